//! The standing being served: how many of each site are seated and wait, and what leaving one of them out weighs.
//!
//! Invariant: only people of the standing being served are counted here; whoever is ahead keeps a seat.

use crate::allocation::paths::{Moved, NOBODY, People, State};

/// The price at which a person of the standing being served rather stays out, far above any sum of costs: a path has
/// at most 2^30 steps of at most 2^30 each, so a distance and the change of a price stay below 2^61.
pub(super) const OUT: i64 = (1 << 62) + (1 << 60);

/// At this price or above, a run is closed: open ones stay below, closed ones above.
pub(super) const CLOSED: i64 = (1 << 61) + (1 << 60);

/// The price of a run closed at a better standing: no search enters.
pub(super) const NEVER: i64 = (1 << 62) + (1 << 61) + (1 << 60);

/// People of a site of the standing being served.
#[derive(Clone, Copy, Default)]
pub(super) struct Class {
    /// They have a seat, and can still be dropped.
    pub(super) seated: u32,
    /// They have none.
    pub(super) waiting: u32,
}

impl Class {
    fn seat(&mut self, people: u32) {
        self.seated += people;
        self.waiting -= people;
    }

    fn drop(&mut self, people: u32) {
        self.seated -= people;
        self.waiting += people;
    }
}

impl People<i64> for Class {
    const LIVE: bool = false;

    fn drop_weight(&self, out: i64) -> i64 {
        if self.seated > 0 { out } else { NEVER }
    }

    fn droppable(&self) -> u32 {
        self.seated
    }

    fn wait_weight(&self, out: i64) -> Option<i64> {
        (self.waiting > 0).then_some(out)
    }

    fn waiting(&self) -> u32 {
        self.waiting
    }
}

/// Counts who has moved.
pub(super) fn count(state: &mut State<'_, i64, Class>, moved: Moved) {
    if moved.seated != NOBODY {
        state.site_mut(moved.seated).people.seat(moved.people);
    }
    if moved.dropped != NOBODY {
        state.site_mut(moved.dropped).people.drop(moved.people);
    }
}
