//! Walking from a door, or from any point, to the middles of the stretches within reach.
//!
//! Invariant: a distance is the least over all ways through the network, in whole centimetres, and depends on nothing
//! but the inventory, the start and the limit.

use super::index::Snap;
use super::{Inventory, Point, Route, Walk};
use crate::units::{Centimetres, Rounding};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where each stretch lies in the network, by street piece and by node.
#[derive(Clone, Debug)]
pub(super) struct Goals {
    /// Per street: its stretches as (place along, number).
    by_street: Vec<Vec<(u32, u32)>>,
    /// Where each node's entries start in `by_node`; one more entry than nodes.
    starts: Vec<usize>,
    /// For the pieces that end at a node: how far along them a stretch lies, and its number.
    by_node: Vec<(u32, u32)>,
    /// The component of each stretch.
    components: Vec<u32>,
    /// The one component that holds every stretch, if there is such a one.
    only: Option<u32>,
}

impl Goals {
    /// Sorts stretches, given as (street, middle along it), into the network.
    pub(super) fn of(network: &super::network::Network, streets: usize, middles: &[(usize, u32)]) -> Self {
        let mut by_street = vec![Vec::new(); streets];
        let mut listed: Vec<(u32, u32, u32)> = Vec::with_capacity(2 * middles.len());
        for (number, &(street, along)) in (0_u32..).zip(middles) {
            by_street[street].push((along, number));
            let piece = network.piece(street, along);
            let (before, after) = (network.joints(street)[piece], network.joints(street)[piece + 1]);
            listed.push((before.node, along - before.along, number));
            listed.push((after.node, after.along - along, number));
        }
        listed.sort_unstable();
        let nodes = u32::try_from(network.nodes()).unwrap_or(u32::MAX);
        let starts = (0..=nodes).map(|node| listed.partition_point(|&(at, ..)| at < node)).collect();
        let by_node = listed.into_iter().map(|(_, offset, number)| (offset, number)).collect();
        let components: Vec<u32> = middles.iter().map(|&(street, _)| network.component(street)).collect();
        let only = components.first().copied().filter(|first| components.iter().all(|own| own == first));
        Self { by_street, starts, by_node, components, only }
    }
}

/// Walks from many doors with one set of buffers: nothing is allocated for a door once they have grown.
///
/// One walker serves one thread; make one for each.
///
/// ```
/// # use shared_parking::inventory::{Inventory, KerbRules, KerbRow, Layout, LonLat, Side, SpaceKind, StreetKind, StreetRow, DoorRow, Survey};
/// use shared_parking::Centimetres;
/// # let at = |lon: f64| LonLat { lon, lat: 39.95 };
/// # let street = StreetRow {
/// #     origin: "row 1".into(), id: "alley".into(), name: "Alley".into(), kind: StreetKind::Alley, community: None,
/// #     path: vec![at(116.37), at(116.371)], width: None, one_way: false, node_from: None, node_to: None,
/// #     kerbs: vec![KerbRow { side: Side::Left, layout: Layout::Parallel, kind: SpaceKind::Shared, capacity: Some(4) }],
/// # };
/// # let door = DoorRow { origin: "row 2".into(), id: "7".into(), position: at(116.37), street_name: None, community: None };
/// # let survey = Survey { streets: vec![street], doors: vec![door], ..Survey::default() };
/// # let inventory = Inventory::build(&survey, &KerbRules::default()).unwrap();
/// let mut walker = inventory.walker();
/// let mut walks = Vec::new();
/// for door in 0..inventory.doors().len() {
///     walker.walks(door, Centimetres::metres(500), &mut walks);
///     assert!(walks.is_sorted());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Walker<'a> {
    inventory: &'a Inventory,
    /// The number of the present search; what carries another number is stale.
    search: u32,
    nodes: Vec<Best>,
    stretches: Vec<Best>,
    /// The stretches reached by the present search.
    reached: Vec<u32>,
    /// (distance, node), nearest first.
    waiting: BinaryHeap<Reverse<(u32, u32)>>,
}

/// The least distance found by a search.
#[derive(Clone, Copy, Debug, Default)]
struct Best {
    search: u32,
    distance: u32,
}

impl Best {
    /// True when this distance is the least so far.
    fn improve(&mut self, search: u32, distance: u32) -> bool {
        let better = self.search != search || distance < self.distance;
        if better {
            *self = Self { search, distance };
        }
        better
    }
}

impl<'a> Walker<'a> {
    pub(super) fn new(inventory: &'a Inventory) -> Self {
        Self {
            inventory,
            search: 0,
            nodes: vec![Best::default(); inventory.network.nodes()],
            stretches: vec![Best::default(); inventory.stretches.len()],
            reached: Vec::new(),
            waiting: BinaryHeap::new(),
        }
    }

    /// Puts the walks from a door that are no longer than `limit` into `walks`, sorted by distance, then stretch.
    ///
    /// `door` is its place in [`Inventory::doors`]; a place beyond the last door has no walks. A stretch in a part of
    /// the network that no way connects to the door's is measured by a straight line times the rules' factor, and says
    /// so ([`Route::StraightLine`]). O(w log w) for the w pieces of street and stretches within the limit.
    pub fn walks(&mut self, door: usize, limit: Centimetres, walks: &mut Vec<Walk>) {
        walks.clear();
        if let (Some(door), Some(&start)) = (self.inventory.doors.get(door), self.inventory.starts.get(door)) {
            self.search(door.position, start, limit.get(), walks);
        }
    }

    /// The same from any point: it is taken to the nearest street, however far, and walks from there.
    pub fn walks_from(&mut self, point: Point, limit: Centimetres, walks: &mut Vec<Walk>) {
        walks.clear();
        if let Some(start) = self.inventory.near_streets.nearest(point) {
            self.search(point, start, limit.get(), walks);
        }
    }

    fn search(&mut self, position: Point, start: Snap, limit: u32, walks: &mut Vec<Walk>) {
        self.begin();
        if start.distance <= limit {
            self.leave(start, limit);
            self.spread(limit);
        }
        for &stretch in &self.reached {
            let distance = Centimetres::new(self.stretches[stretch as usize].distance);
            walks.push(Walk { distance, stretch: stretch as usize, route: Route::Network });
        }
        self.straight_lines(position, start, limit, walks);
        walks.sort_unstable();
    }

    /// Forgets the last search by counting on; after four thousand million of them, by wiping.
    fn begin(&mut self) {
        self.reached.clear();
        self.waiting.clear();
        self.search = self.search.wrapping_add(1);
        if self.search == 0 {
            self.nodes.fill(Best::default());
            self.stretches.fill(Best::default());
            self.search = 1;
        }
    }

    /// The two ways along the start's own street, and the stretches on the same piece of it.
    fn leave(&mut self, start: Snap, limit: u32) {
        let network = &self.inventory.network;
        let piece = network.piece(start.street, start.along);
        let (before, after) = (network.joints(start.street)[piece], network.joints(start.street)[piece + 1]);
        self.arrive(before.node, start.distance.saturating_add(start.along - before.along), limit);
        self.arrive(after.node, start.distance.saturating_add(after.along - start.along), limit);
        let inventory = self.inventory;
        for &(along, stretch) in &inventory.goals.by_street[start.street] {
            if (before.along..=after.along).contains(&along) {
                self.reach(stretch, start.distance.saturating_add(along.abs_diff(start.along)), limit);
            }
        }
    }

    fn spread(&mut self, limit: u32) {
        let inventory = self.inventory;
        while let Some(Reverse((distance, node))) = self.waiting.pop() {
            let at = node as usize;
            if distance > self.nodes[at].distance {
                continue; // a shorter way was found after this one was put in line
            }
            for &(offset, stretch) in
                &inventory.goals.by_node[inventory.goals.starts[at]..inventory.goals.starts[at + 1]]
            {
                self.reach(stretch, distance.saturating_add(offset), limit);
            }
            for arc in inventory.network.arcs(node) {
                self.arrive(arc.to, distance.saturating_add(arc.length), limit);
            }
        }
    }

    fn arrive(&mut self, node: u32, distance: u32, limit: u32) {
        if distance <= limit && self.nodes[node as usize].improve(self.search, distance) {
            self.waiting.push(Reverse((distance, node)));
        }
    }

    fn reach(&mut self, stretch: u32, distance: u32, limit: u32) {
        if distance > limit {
            return;
        }
        let best = &mut self.stretches[stretch as usize];
        if best.search != self.search {
            self.reached.push(stretch);
        }
        best.improve(self.search, distance);
    }

    /// The stretches that no way leads to.
    fn straight_lines(&self, position: Point, start: Snap, limit: u32, walks: &mut Vec<Walk>) {
        let Inventory { goals, network, rules, .. } = self.inventory;
        let own = network.component(start.street);
        if goals.only == Some(own) {
            return;
        }
        let factor = rules.straight_line_factor;
        let radius = Rounding::Ceiling.divide((i128::from(limit) + 1) * 10_000, i128::from(factor.get()));
        let radius = u32::try_from(radius).unwrap_or(u32::MAX);
        for (straight, stretch) in self.inventory.near_stretches.within(position, radius) {
            let distance = u32::try_from(factor.of(i64::from(straight), Rounding::Nearest)).unwrap_or(u32::MAX);
            if goals.components[stretch] != own && distance <= limit {
                walks.push(Walk { distance: Centimetres::new(distance), stretch, route: Route::StraightLine });
            }
        }
    }
}
