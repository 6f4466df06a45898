//! The people of an agent while it is present, and what leaving them out weighs.
//!
//! Invariant: a weight is a multiple of 2^64; every price is one weight or none, plus a sum of costs below 2^62.

use crate::allocation::paths::{Moved, NOBODY, People, Price, State};
use crate::market::{PlacePrice, Standing};

/// What leaving out one person of a standing weighs.
pub(super) fn weight(standing: Standing) -> i128 {
    i128::from(u64::from(Standing::MAX) + 1 - u64::from(standing)) << 64
}

/// The price as a certificate tells it.
pub(super) fn told(price: i128) -> PlacePrice {
    let multiple = (price + (1 << 63)) >> 64;
    let rest = i64::try_from(price - (multiple << 64)).unwrap_or(0); // within 2^63 by the choice of the multiple
    let closed = u32::try_from((1 << 32) - multiple).ok().filter(|_| multiple > 0);
    PlacePrice { closed, price: rest }
}

/// The full price of what a certificate tells.
pub(super) fn full(told: PlacePrice) -> i128 {
    told.closed.map_or(0, weight) + i128::from(told.price)
}

/// The people of an agent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    pub(super) weight: i128,
    pub(super) seated: u32,
    pub(super) waiting: u32,
}

impl Party {
    pub(super) fn new(standing: Standing, waiting: u32) -> Self {
        Self { weight: weight(standing), seated: 0, waiting }
    }

    pub(super) fn seat(&mut self, people: u32) {
        self.seated += people;
        self.waiting -= people;
    }

    fn drop(&mut self, people: u32) {
        self.seated -= people;
        self.waiting += people;
    }
}

impl People<i128> for Party {
    const LIVE: bool = true;

    fn drop_weight(&self, _: i128) -> i128 {
        if self.seated > 0 { self.weight } else { i128::NEVER }
    }

    fn droppable(&self) -> u32 {
        self.seated
    }

    fn wait_weight(&self, _: i128) -> Option<i128> {
        (self.waiting > 0).then_some(self.weight)
    }

    fn waiting(&self) -> u32 {
        self.waiting
    }
}

/// Counts who has moved.
pub(super) fn count(state: &mut State<'_, i128, Party>, moved: Moved) {
    if moved.seated != NOBODY {
        state.site_mut(moved.seated).people.seat(moved.people);
    }
    if moved.dropped != NOBODY {
        state.site_mut(moved.dropped).people.drop(moved.people);
    }
}
