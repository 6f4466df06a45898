//! The mechanisms: a market in, an allocation out; and allocations that change one by one.
//!
//! [`mod@optimal`] says how the optimal one is found, why it is right and what it costs, [`live`] how it is kept up.
//!
//! Invariant: the answer depends on the market alone. No clock, no chance, no thread decides anything.

pub mod live;
pub mod optimal;
mod paths;

pub use live::{Live, Move, Snapshot, Steady};
pub use optimal::optimal;

use crate::market::{Allocation, Market};
use serde::{Deserialize, Serialize};

/// How an allocation is found: a closed list, so that a policy can name one and a journal can keep the name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mechanism {
    /// Seat as many as possible of the best standing, then of the next, and so on; then walk least. See [`optimal()`].
    #[default]
    Optimal,
}

/// Allocates a market by the given mechanism.
///
/// ```
/// use shared_parking::allocation::{Mechanism, allocate};
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let yard = builder.place(1);
/// let flexible = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let bound = builder.agent(1, 1, [(kerb, 20)]);
/// let market = builder.build().unwrap();
///
/// let allocation = allocate(&market, Mechanism::Optimal);
/// assert_eq!(allocation.seats_of(flexible)[0].place, yard); // moved aside, so that both are seated
/// assert_eq!(allocation.seats_of(bound)[0].place, kerb);
/// assert_eq!(allocation.cost(&market), 60);
/// ```
#[must_use]
pub fn allocate(market: &Market, mechanism: Mechanism) -> Allocation {
    match mechanism {
        Mechanism::Optimal => optimal(market),
    }
}

/// Lengths inside a market fit 32 bits: its builder refuses more.
#[expect(clippy::cast_possible_truncation, reason = "the market's builder refuses what does not fit")]
const fn index(length: usize) -> u32 {
    length as u32
}
