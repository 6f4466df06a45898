//! The mechanisms: a market in, an allocation out; and allocations that change one by one.
//!
//! [`Mechanism`] compares what they guarantee. [`mod@optimal`] says how the optimal one is found, why it is right and what
//! it costs, [`live`] how it is kept up, [`vacancy`] who gets a space that falls free, at nobody's cost.
//!
//! Invariant: the answer depends on the market and the seed alone. No clock and no thread decides anything, and no chance
//! but the lots that [`Claims`](crate::market::Claims) draws from the seed.

mod deferred;
mod lines;
pub mod live;
pub mod optimal;
mod paths;
mod preferences;
mod search;
mod serial;
mod trading;
pub mod vacancy;
mod waiting;

pub use crate::market::{Lots, Mechanism};
pub use deferred::deferred;
pub use live::{Live, Move, Snapshot, Steady};
pub use optimal::optimal;
pub use serial::serial;
pub use trading::trading;
pub use vacancy::{FallThrough, fall_through};

use crate::market::{Allocation, Market};

/// Allocates a market by the given mechanism. The seed draws the lots that break ties; [`Mechanism::Optimal`] draws none.
///
/// ```
/// use shared_parking::allocation::{Mechanism, allocate};
/// use shared_parking::market::{Lots, Market};
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let yard = builder.place(1);
/// let flexible = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let bound = builder.agent(1, 1, [(kerb, 20)]);
/// let market = builder.build().unwrap();
///
/// let allocation = allocate(&market, Mechanism::Optimal, 7);
/// assert_eq!(allocation.seats_of(flexible)[0].place, yard); // moved aside, so that both are seated
/// assert_eq!(allocation.seats_of(bound)[0].place, kerb);
/// assert_eq!(allocation.cost(&market), 60);
///
/// for mechanism in [
///     Mechanism::SerialDictatorship,
///     Mechanism::DeferredAcceptance(Lots::Single),
///     Mechanism::TopTradingCycles,
/// ] {
///     let allocation = allocate(&market, mechanism, 7);
///     assert_eq!(allocation.seats_of(flexible)[0].place, kerb); // the first takes the best
///     assert_eq!(allocation.seats_of(bound), []);
/// }
/// ```
#[must_use]
pub fn allocate(market: &Market, mechanism: Mechanism, seed: u64) -> Allocation {
    match mechanism {
        Mechanism::Optimal => optimal(market),
        Mechanism::DeferredAcceptance(lots) => deferred(market, lots, seed),
        Mechanism::SerialDictatorship => serial(market, seed),
        Mechanism::TopTradingCycles => trading(market, seed),
    }
}

/// Lengths inside a market fit 32 bits: its builder refuses more.
#[expect(clippy::cast_possible_truncation, reason = "the market's builder refuses what does not fit")]
const fn index(length: usize) -> u32 {
    length as u32
}
