//! What is present now, as a market with its allocation: to check, to keep, or to solve afresh.
//!
//! Invariant: agents that are present keep their order; their numbers are counted from 0 again.

use super::ground::Ground;
use super::weight::told;
use crate::market::{Agent, Allocation, Certificate, Market, MarketBuilder, Seat};

/// A market and its allocation at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Places with the same numbers; agents that are present, counted from 0 again.
    pub market: Market,
    /// Who sits where; with a certificate if the allocation is kept optimal.
    pub allocation: Allocation,
    /// The number each agent of the snapshot has among those who come and go.
    pub agents: Vec<Agent>,
}

impl Snapshot {
    pub(super) fn of(ground: &Ground, certified: bool) -> Self {
        let mut builder: MarketBuilder = Market::builder();
        for &capacity in &ground.capacities {
            builder.place(capacity);
        }
        let (mut agents, mut seats) = (Vec::new(), Vec::new());
        for number in ground.agents() {
            let (Some(site), Some(standing)) = (ground.present(number), ground.standing(number)) else { continue };
            let agent = builder.agent(standing, site.people.seated + site.people.waiting, ground.choices(number));
            agents.push(number);
            seats.extend(ground.seats_of(number).into_iter().map(|(place, count)| Seat { agent, place, count }));
        }
        let certificate =
            certified.then(|| Certificate { places: ground.store.prices.iter().map(|&price| told(price)).collect() });
        Self { market: builder.finish(), allocation: Allocation { seats, certificate }, agents }
    }
}
