//! Where streets meet: the joints on every street's path, and the nodes they belong to.
//!
//! Invariant: a function of the streets alone, whatever their order. Vertices on the same centimetre are one node; so
//! are street ends of one node number that lie within [`ONE_NODE`], and so is a loose end and the place within
//! [`TOUCHING`] of it on another street.

use super::geometry::distance;
use super::groups::{Merged, groups_within};
use super::index::{Snap, StreetIndex};
use super::network::{Joint, small};
use super::{Point, Street};
use std::collections::BTreeMap;

/// How far apart two ends of one node number may lie. Clipped data keeps the numbers of ends that were cut off; joined
/// by those, streets would have short cuts that are not there.
const ONE_NODE: u32 = 1_000;
/// How far from another street a loose end may lie to be joined to it: much more than a drawing program is off, much less
/// than the width of the narrowest street. An assumption of this library.
pub(super) const TOUCHING: u32 = 50;

/// One vertex of one street.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Vertex {
    at: Point,
    street: usize,
    number: usize,
}

/// An end that touches another street: the place of the end, and where it touches.
struct Touch {
    end: usize,
    on: On,
}

enum On {
    /// A vertex of the other street, by its place.
    Vertex(usize),
    /// Between two vertices: the street, and where along it.
    Path(usize, u32),
}

/// Every street's joints in path order, and how many nodes they name. O(v log v) for v vertices.
pub(super) fn joints_of(streets: &[Street], near: &StreetIndex) -> (Vec<Vec<Joint>>, usize) {
    let mut vertices: Vec<Vertex> = Vec::new();
    for (street, row) in streets.iter().enumerate() {
        vertices.extend(row.path.iter().enumerate().map(|(number, &at)| Vertex { at, street, number }));
    }
    vertices.sort_unstable();
    let places: Vec<&[Vertex]> = vertices.chunk_by(|one, other| one.at == other.at).collect();
    let ground = Ground { streets, near, places, lengths: streets.iter().map(lengths).collect() };
    let mut merged = Merged::new(ground.places.len());
    ground.join_named(&mut merged);
    let touches = ground.touches(&mut merged);
    let mut touched = vec![false; ground.places.len()];
    for touch in &touches {
        if let On::Vertex(place) = touch.on {
            merged.join(touch.end, place);
            touched[place] = true;
        }
    }
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    let mut joints: Vec<Vec<Joint>> = vec![Vec::new(); streets.len()];
    for (place, group) in ground.places.iter().enumerate() {
        if group.len() > 1 || touched[place] || group.iter().any(|vertex| ground.is_end(vertex)) {
            let next = small(numbers.len());
            let node = *numbers.entry(merged.root(place)).or_insert(next);
            for vertex in *group {
                joints[vertex.street].push(Joint { along: ground.lengths[vertex.street][vertex.number], node });
            }
        }
    }
    for touch in touches {
        // An end is always a node, so its number is there.
        if let (On::Path(street, along), Some(&node)) = (touch.on, numbers.get(&merged.root(touch.end))) {
            joints[street].push(Joint { along, node });
        }
    }
    joints.iter_mut().for_each(|own| own.sort_unstable());
    (joints, numbers.len())
}

/// Where each vertex lies along its street.
fn lengths(street: &Street) -> Vec<u32> {
    let mut along = 0;
    let steps = street.path.windows(2).map(|pair| {
        along += distance(pair[0], pair[1]);
        along
    });
    std::iter::once(0).chain(steps).collect()
}

/// The streets with all their vertices, those of one place together, sorted by place.
struct Ground<'a> {
    streets: &'a [Street],
    near: &'a StreetIndex,
    places: Vec<&'a [Vertex]>,
    lengths: Vec<Vec<u32>>,
}

impl Ground<'_> {
    fn is_end(&self, vertex: &Vertex) -> bool {
        vertex.number == 0 || vertex.number + 1 == self.streets[vertex.street].path.len()
    }

    /// Joins ends of one node number that lie near each other, directly or by way of others.
    fn join_named(&self, merged: &mut Merged) {
        let mut named: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (place, group) in self.places.iter().enumerate() {
            for vertex in group.iter().filter(|vertex| self.is_end(vertex)) {
                let row = &self.streets[vertex.street];
                let number = if vertex.number == 0 { row.node_from } else { row.node_to };
                if let Some(number) = number {
                    named.entry(number).or_default().push(place);
                }
            }
        }
        for mut ends in named.into_values() {
            ends.dedup(); // places come in ascending order
            let points: Vec<Point> = ends.iter().map(|&end| self.places[end][0].at).collect();
            for (&end, first) in ends.iter().zip(groups_within::<ONE_NODE>(&points)) {
                merged.join(end, ends[first]);
            }
        }
    }

    /// Where ends touch streets that they are not joined to. Judged before any of them is joined, so that no order
    /// matters. An end that meets another street already, and gets to the touched one by some way, is a junction that
    /// was drawn beside that street on purpose (OpenStreetMap has many), and stays what it is.
    fn touches(&self, merged: &mut Merged) -> Vec<Touch> {
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); self.streets.len()];
        let mut meeting = vec![0_u32; self.places.len()];
        let mut parts = Merged::new(self.places.len());
        for (place, group) in self.places.iter().enumerate() {
            let root = merged.root(place);
            for vertex in *group {
                own[vertex.street].push(root);
                meeting[root] += 1;
                parts.join(root, own[vertex.street][0]);
            }
        }
        own.iter_mut().for_each(|roots| roots.sort_unstable());
        let mut touches = Vec::new();
        for (end, group) in self.places.iter().enumerate() {
            if !group.iter().any(|vertex| self.is_end(vertex)) {
                continue;
            }
            let root = merged.root(end);
            for snap in self.near.on_each_street(group[0].at, TOUCHING) {
                let apart = meeting[root] == 1 || parts.root(root) != parts.root(own[snap.street][0]);
                if apart && own[snap.street].binary_search(&root).is_err() {
                    touches.push(Touch { end, on: self.on(group[0].at, snap) });
                }
            }
        }
        touches
    }

    /// The vertex within reach of the end, if there is one near the foot, and otherwise the foot itself.
    fn on(&self, end: Point, Snap { street, along, .. }: Snap) -> On {
        let lengths = &self.lengths[street];
        let first = lengths.partition_point(|&at| at + 2 * TOUCHING < along);
        let beside = (first..lengths.len()).take_while(|&at| lengths[at] <= along.saturating_add(2 * TOUCHING));
        let path = &self.streets[street].path;
        let nearest = beside.map(|at| (distance(end, path[at]), at)).min().filter(|&(off, _)| off <= TOUCHING);
        let place = nearest.and_then(|(_, at)| self.places.binary_search_by_key(&path[at], |group| group[0].at).ok());
        place.map_or(On::Path(street, along), On::Vertex)
    }
}
