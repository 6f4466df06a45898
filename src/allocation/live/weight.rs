//! What leaving people out weighs, and the prices that are compared with it.
//!
//! Invariant: a weight is a multiple of 2^64; every price is one weight or none, plus a sum of costs below 2^62.

use crate::allocation::paths::Weight;
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

/// What leaving out one person of an agent weighs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own(pub(super) i128);

impl Weight<i128> for Own {
    const LIVE: bool = true;

    fn weight(&self, _: i128) -> i128 {
        self.0
    }
}
