//! The standing being served, and what leaving out one of its people weighs.
//!
//! Invariant: a site counts only people of the standing being served; whoever is ahead keeps a seat.

use crate::allocation::paths::Weight;

/// The price at which a person of the standing being served rather stays out, far above any sum of costs: a path has
/// at most 2^30 steps of at most 2^30 each, so a distance and the change of a price stay below 2^61.
pub(super) const OUT: i64 = (1 << 62) + (1 << 60);

/// At this price or above, a run is closed: open ones stay below, closed ones above.
pub(super) const CLOSED: i64 = (1 << 61) + (1 << 60);

/// The price of a run closed at a better standing: no search enters.
pub(super) const NEVER: i64 = (1 << 62) + (1 << 61) + (1 << 60);

/// The standing being served: all its people weigh the same.
#[derive(Clone, Copy)]
pub(super) struct Class;

impl Weight<i64> for Class {
    const LIVE: bool = false;

    fn weight(&self, out: i64) -> i64 {
        out
    }
}
