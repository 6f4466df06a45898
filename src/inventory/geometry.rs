//! Lengths, places along a path, and nearest points, in whole centimetres.
//!
//! Invariant: every length is the integer square root to the nearest of an exact sum, so a place along a path means
//! the same point wherever it is worked out.

use super::Point;
use crate::units::Rounding;

/// The point of a path that is nearest to another point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foot {
    /// How far the other point lies from it.
    pub(super) distance: u32,
    /// Where it lies along the path.
    pub(super) along: u32,
}

/// Straight distance, to the nearest centimetre (stopping at `u32::MAX`).
pub(super) fn distance(a: Point, b: Point) -> u32 {
    let (east, north) = (a.x.abs_diff(b.x), a.y.abs_diff(b.y));
    let square = u128::from(east) * u128::from(east) + u128::from(north) * u128::from(north);
    let root = u64::try_from(square).map_or_else(|_| square.isqrt(), |small| u128::from(small.isqrt()));
    // The root is floored; the next one is nearer when the rest exceeds half of 2 root + 1.
    let nearest = if square - root * root > root { root + 1 } else { root };
    u32::try_from(nearest).unwrap_or(u32::MAX)
}

/// Length of a path; `None` when it exceeds `u32` (42,949 km).
pub(super) fn length(path: &[Point]) -> Option<u32> {
    path.windows(2).try_fold(0_u32, |sum, pair| sum.checked_add(distance(pair[0], pair[1])))
}

/// The point at this length along a path: its end when the path is shorter, the origin when it has no points.
pub(super) fn point_at(path: &[Point], along: u32) -> Point {
    let mut rest = along;
    for pair in path.windows(2) {
        let own = distance(pair[0], pair[1]);
        if rest <= own {
            return between(pair[0], pair[1], rest, own);
        }
        rest -= own;
    }
    path.last().copied().unwrap_or_default()
}

/// The point of the segment from `a` to `b` nearest to `p`; `own` is the segment's length.
pub(super) fn foot(a: Point, b: Point, own: u32, p: Point) -> Foot {
    let (east, north) = (i128::from(b.x) - i128::from(a.x), i128::from(b.y) - i128::from(a.y));
    let (px, py) = (i128::from(p.x) - i128::from(a.x), i128::from(p.y) - i128::from(a.y));
    let exact = Rounding::Nearest.divide(px * east + py * north, i128::from(own));
    let along = u32::try_from(exact.clamp(0, i128::from(own))).unwrap_or(0);
    Foot { distance: distance(p, between(a, b, along, own)), along }
}

/// The point of a path nearest to `p`; of several the first along it. `None` for fewer than two points.
pub(super) fn foot_on_path(path: &[Point], p: Point) -> Option<Foot> {
    let mut start = 0;
    let feet = path.windows(2).map(|pair| {
        let own = distance(pair[0], pair[1]);
        let found = foot(pair[0], pair[1], own, p);
        let along = start + found.along;
        start += own;
        Foot { along, ..found }
    });
    feet.min()
}

fn between(a: Point, b: Point, along: u32, own: u32) -> Point {
    Point { x: part(a.x, b.x, along, own), y: part(a.y, b.y, along, own) }
}

/// From `a`, the share `along / own` of the way to `b`: never outside the two.
fn part(a: i32, b: i32, along: u32, own: u32) -> i32 {
    let step = (i128::from(b) - i128::from(a)) * i128::from(along);
    let exact = i128::from(a) + Rounding::Nearest.divide(step, i128::from(own));
    i32::try_from(exact).unwrap_or(b)
}
