//! Looking things up in an inventory.
//!
//! Invariant: every list is sorted by id, so a look-up is a binary search and a place in a list is stable.

use super::{
    Community, Door, Inventory, KerbRules, LonLat, Point, Space, SpaceKind, Street, Stretch, Walk, Walker, geometry,
};
use crate::units::{Centimetres, CommunityId, DoorId, StreetId, StretchId};
use std::fmt;

impl Inventory {
    /// What the district is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words its data's licence asks to be shown; empty when none.
    #[must_use]
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// The communities, sorted by id.
    #[must_use]
    pub fn communities(&self) -> &[Community] {
        &self.communities
    }

    /// The streets, sorted by id.
    #[must_use]
    pub fn streets(&self) -> &[Street] {
        &self.streets
    }

    /// The stretches, given and derived, sorted by id.
    #[must_use]
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// The doors, sorted by id.
    #[must_use]
    pub fn doors(&self) -> &[Door] {
        &self.doors
    }

    /// The community with this id.
    #[must_use]
    pub fn community(&self, id: &CommunityId) -> Option<&Community> {
        self.communities.binary_search_by(|community| community.id.cmp(id)).ok().map(|at| &self.communities[at])
    }

    /// The street with this id.
    #[must_use]
    pub fn street(&self, id: &StreetId) -> Option<&Street> {
        self.street_index(id).map(|at| &self.streets[at])
    }

    /// The place of a street in [`streets`](Self::streets).
    #[must_use]
    pub fn street_index(&self, id: &StreetId) -> Option<usize> {
        self.streets.binary_search_by(|street| street.id.cmp(id)).ok()
    }

    /// The stretch with this id.
    #[must_use]
    pub fn stretch(&self, id: &StretchId) -> Option<&Stretch> {
        self.stretch_index(id).map(|at| &self.stretches[at])
    }

    /// The place of a stretch in [`stretches`](Self::stretches).
    #[must_use]
    pub fn stretch_index(&self, id: &StretchId) -> Option<usize> {
        self.stretches.binary_search_by(|stretch| stretch.id.cmp(id)).ok()
    }

    /// The door with this id.
    #[must_use]
    pub fn door(&self, id: &DoorId) -> Option<&Door> {
        self.door_index(id).map(|at| &self.doors[at])
    }

    /// The place of a door in [`doors`](Self::doors).
    #[must_use]
    pub fn door_index(&self, id: &DoorId) -> Option<usize> {
        self.doors.binary_search_by(|door| door.id.cmp(id)).ok()
    }

    /// How many spaces of this kind there are.
    #[must_use]
    pub fn capacity(&self, kind: SpaceKind) -> u64 {
        self.stretches.iter().filter(|stretch| stretch.kind == kind).map(|stretch| u64::from(stretch.capacity)).sum()
    }

    /// Every single space, stretch by stretch.
    pub fn spaces(&self) -> impl Iterator<Item = Space> + '_ {
        self.stretches
            .iter()
            .flat_map(|stretch| (1..=stretch.capacity).map(move |number| Space { stretch: stretch.id.clone(), number }))
    }

    /// The south-western and north-eastern corner of the box around all streets, stretches and doors.
    #[must_use]
    pub fn bounds(&self) -> (Point, Point) {
        let paths = self.streets.iter().flat_map(|street| street.path.iter().copied());
        let others = self.stretches.iter().map(|stretch| stretch.position);
        let points = paths.chain(others).chain(self.doors.iter().map(|door| door.position));
        let around = points.fold(None, |around: Option<(Point, Point)>, p| {
            let (low, high) = around.unwrap_or((p, p));
            let low = Point { x: low.x.min(p.x), y: low.y.min(p.y) };
            Some((low, Point { x: high.x.max(p.x), y: high.y.max(p.y) }))
        });
        around.unwrap_or_default()
    }

    /// The rules its stretches were derived by.
    #[must_use]
    pub const fn kerb_rules(&self) -> &KerbRules {
        &self.rules
    }

    /// How many parts of the street network no way connects: 1 when everyone can walk everywhere.
    #[must_use]
    pub fn component_count(&self) -> u32 {
        self.network.component_count()
    }

    /// The degrees of a point, rounded to 1e-7 of a degree (1.2 cm at most): for writing maps.
    #[must_use]
    pub fn to_lon_lat(&self, point: Point) -> LonLat {
        self.plane.to_lon_lat(point)
    }

    /// The point of a position in degrees, for a visitor's destination. `None` when it is not finite or out of range.
    #[must_use]
    pub fn to_point(&self, at: LonLat) -> Option<Point> {
        super::projection::in_range(at).then(|| self.plane.project(at))
    }

    /// The point at this length along a street's path; its end when the street is shorter.
    ///
    /// `None` for an unknown street.
    #[must_use]
    pub fn point_along(&self, street: &StreetId, along: Centimetres) -> Option<Point> {
        self.street(street).map(|street| geometry::point_at(&street.path, along.get()))
    }

    /// A walker with its own buffers, for many doors.
    #[must_use]
    pub fn walker(&self) -> Walker<'_> {
        Walker::new(self)
    }

    /// The walks from a door that are no longer than `limit`, sorted by distance, then stretch; `None` for an unknown
    /// door. For many doors, use one [`Walker`].
    #[must_use]
    pub fn walks(&self, door: &DoorId, limit: Centimetres) -> Option<Vec<Walk>> {
        let mut walks = Vec::new();
        self.walker().walks(self.door_index(door)?, limit, &mut walks);
        Some(walks)
    }

    /// The walks from any point: it is taken to the nearest street and walks from there.
    #[must_use]
    pub fn walks_from(&self, point: Point, limit: Centimetres) -> Vec<Walk> {
        let mut walks = Vec::new();
        self.walker().walks_from(point, limit, &mut walks);
        walks
    }

    /// The straight line from a door to the middle of a stretch, where walks to it end; each is told by its place in
    /// [`doors`](Self::doors) and [`stretches`](Self::stretches), and beyond them there is none. To the nearest
    /// centimetre.
    ///
    /// ```
    /// # let plan = shared_parking::sample::Plan { name: "T".into(), communities: vec![], streets: 3, spaces: 20, doors: 9, seed: 1 };
    /// # let rules = shared_parking::inventory::KerbRules::default();
    /// # let inventory = shared_parking::Inventory::build(&plan.survey().unwrap(), &rules).unwrap();
    /// use shared_parking::Centimetres;
    /// for walk in inventory.walks(&inventory.doors()[0].id, Centimetres::metres(500)).unwrap() {
    ///     let straight = inventory.straight_line(0, walk.stretch).unwrap();
    ///     assert!(straight <= walk.distance + Centimetres::metres(1)); // every piece of the walk is rounded
    /// }
    /// assert_eq!(inventory.straight_line(inventory.doors().len(), 0), None);
    /// ```
    #[must_use]
    pub fn straight_line(&self, door: usize, stretch: usize) -> Option<Centimetres> {
        let (door, stretch) = (self.doors.get(door)?, self.stretches.get(stretch)?);
        Some(Centimetres::new(geometry::distance(door.position, stretch.position)))
    }

    /// The stretches whose middle lies within `limit` of a point by a straight line, each by its distance and its place
    /// in [`stretches`](Self::stretches), nearest first and equal distances by id.
    #[must_use]
    pub fn nearest_stretches(&self, point: Point, limit: Centimetres) -> Vec<(Centimetres, usize)> {
        let near = self.near_stretches.within(point, limit.get());
        let mut found: Vec<_> = near.map(|(distance, stretch)| (Centimetres::new(distance), stretch)).collect();
        found.sort_unstable();
        found
    }
}

/// Equal ground: the network and the index follow from it.
impl PartialEq for Inventory {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.attribution, self.plane, &self.rules)
            == (&other.name, &other.attribution, other.plane, &other.rules)
            && self.communities == other.communities
            && self.streets == other.streets
            && self.stretches == other.stretches
            && self.doors == other.doors
    }
}

impl Eq for Inventory {}

impl fmt::Debug for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inventory")
            .field("name", &self.name)
            .field("communities", &self.communities.len())
            .field("streets", &self.streets.len())
            .field("stretches", &self.stretches.len())
            .field("doors", &self.doors.len())
            .finish_non_exhaustive()
    }
}
