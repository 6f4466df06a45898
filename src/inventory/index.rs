//! Finding what is near: pieces of streets and middles of stretches in an R-tree.
//!
//! Invariant: the tree only proposes candidates by box; distances, order and ties are decided here, on integers, by
//! (distance, number in id order, place along). Nothing of the tree is stored or shown.

use super::geometry::{Foot, distance, foot};
use super::network::small;
use super::{Point, Street, Stretch};
use rstar::{AABB, RTree, RTreeObject};

/// The half width of the first box searched, in centimetres; it grows until it holds the answer.
const FIRST_BOX: i64 = 5_000;
/// Feet and distances are rounded: what is found within a reach may lie this much beyond it.
const SLACK: i64 = 2;
/// A box of this half width holds every point there is.
const WHOLE_BOX: i64 = 1 << 34;

/// One straight piece of a street's path.
#[derive(Clone, Copy, Debug)]
struct Piece {
    a: Point,
    b: Point,
    length: u32,
    /// Where along its street the piece starts.
    start: u32,
    street: u32,
}

impl Piece {
    /// The place on the piece that is nearest to a point.
    fn snap(&self, point: Point) -> Snap {
        let Foot { distance, along } = foot(self.a, self.b, self.length, point);
        Snap { distance, street: self.street as usize, along: self.start + along }
    }
}

/// The middle of a stretch.
#[derive(Clone, Copy, Debug)]
struct Middle {
    at: Point,
    stretch: u32,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[i64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(corner(self.a), corner(self.b))
    }
}

impl RTreeObject for Middle {
    type Envelope = AABB<[i64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(corner(self.at))
    }
}

/// A place on a street, and how far something lies from it. The order of the fields is the order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Snap {
    pub(super) distance: u32,
    pub(super) street: usize,
    pub(super) along: u32,
}

/// Finds the nearest place on a street.
#[derive(Clone, Debug)]
pub(super) struct StreetIndex(RTree<Piece>);

impl StreetIndex {
    pub(super) fn of(streets: &[Street]) -> Self {
        let mut pieces = Vec::new();
        for (number, street) in streets.iter().enumerate() {
            let mut start = 0;
            for pair in street.path.windows(2) {
                let length = distance(pair[0], pair[1]);
                pieces.push(Piece { a: pair[0], b: pair[1], length, start, street: small(number) });
                start += length;
            }
        }
        Self(RTree::bulk_load(pieces))
    }

    /// The nearest place on any street; `None` when there is no street.
    pub(super) fn nearest(&self, point: Point) -> Option<Snap> {
        let mut reach = FIRST_BOX;
        loop {
            let best = self.best_in_box(point, reach, |_| true);
            if reach >= WHOLE_BOX || best.is_some_and(|snap| i64::from(snap.distance) <= reach) {
                return best;
            }
            reach *= 4;
        }
    }

    /// The nearest place within `reach` on the streets that `accept` takes.
    pub(super) fn nearest_of(&self, point: Point, reach: u32, accept: impl Fn(usize) -> bool) -> Option<Snap> {
        self.best_in_box(point, i64::from(reach), accept).filter(|snap| snap.distance <= reach)
    }

    /// The nearest place within `reach` on every street that comes so near, sorted by street.
    pub(super) fn on_each_street(&self, point: Point, reach: u32) -> Vec<Snap> {
        let near = self.0.locate_in_envelope_intersecting(&around(point, i64::from(reach)));
        let mut snaps: Vec<Snap> = near.map(|piece| piece.snap(point)).filter(|snap| snap.distance <= reach).collect();
        snaps.sort_unstable_by_key(|snap| (snap.street, *snap));
        snaps.dedup_by_key(|snap| snap.street);
        snaps
    }

    fn best_in_box(&self, point: Point, reach: i64, accept: impl Fn(usize) -> bool) -> Option<Snap> {
        let near = self.0.locate_in_envelope_intersecting(&around(point, reach));
        near.filter(|piece| accept(piece.street as usize)).map(|piece| piece.snap(point)).min()
    }
}

/// Finds the stretches near a point.
#[derive(Clone, Debug)]
pub(super) struct StretchIndex(RTree<Middle>);

impl StretchIndex {
    pub(super) fn of(stretches: &[Stretch]) -> Self {
        let middle = |(number, stretch): (usize, &Stretch)| Middle { at: stretch.position, stretch: small(number) };
        Self(RTree::bulk_load(stretches.iter().enumerate().map(middle).collect()))
    }

    /// The stretches whose middle lies within `limit`, each with its straight distance, in no order.
    pub(super) fn within(&self, point: Point, limit: u32) -> impl Iterator<Item = (u32, usize)> + '_ {
        let near = self.0.locate_in_envelope(&around(point, i64::from(limit)));
        let found = near.map(move |middle| (distance(point, middle.at), middle.stretch as usize));
        found.filter(move |&(distance, _)| distance <= limit)
    }
}

fn corner(point: Point) -> [i64; 2] {
    [i64::from(point.x), i64::from(point.y)]
}

fn around(point: Point, reach: i64) -> AABB<[i64; 2]> {
    let [x, y] = corner(point);
    let reach = reach + SLACK;
    AABB::from_corners([x - reach, y - reach], [x + reach, y + reach])
}
