//! Which community a place belongs to, by the communities' rings.
//!
//! Invariant: a place inside several rings, or on their border, belongs to the smallest id among them.

use super::Point;
use crate::units::CommunityId;
use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{Coord, LineString, Polygon, Validation};

/// The rings, sorted by the community's id.
#[derive(Default)]
pub(super) struct Rings(Vec<(CommunityId, Polygon<i64>)>);

impl Rings {
    pub(super) fn of(mut rings: Vec<(CommunityId, Vec<Point>)>) -> Self {
        rings.sort_by(|one, other| one.0.cmp(&other.0));
        Self(rings.into_iter().map(|(id, ring)| (id, polygon(&ring, i64::from))).collect())
    }

    /// The community a point belongs to, if any. O(vertices of all rings).
    pub(super) fn home(&self, point: Point) -> Option<&CommunityId> {
        let at = Coord { x: i64::from(point.x), y: i64::from(point.y) };
        let inside = |ring: &&(CommunityId, Polygon<i64>)| ring.1.coordinate_position(&at) != CoordPos::Outside;
        self.0.iter().find(inside).map(|(id, _)| id)
    }
}

/// What is wrong with a ring, in words, if anything is.
pub(super) fn fault(ring: &[Point]) -> Option<String> {
    polygon(ring, f64::from).check_validation().err().map(|fault| fault.to_string())
}

/// A polygon without holes; an open ring is closed.
fn polygon<T: geo::CoordNum>(ring: &[Point], exact: impl Fn(i32) -> T) -> Polygon<T> {
    let shell: Vec<Coord<T>> = ring.iter().map(|point| Coord { x: exact(point.x), y: exact(point.y) }).collect();
    Polygon::new(LineString::new(shell), Vec::new())
}
