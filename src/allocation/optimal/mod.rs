//! Optimal assignment by standing, then cost: successive shortest paths with prices on places only.

mod network;
mod search;

use crate::market::{Agent, Allocation, Market};
use network::Network;
use search::Search;

/// The optimal allocation of a market, with its certificate.
///
/// In this order of importance: as many people of the best standing are seated as can be, then of the next, and so on;
/// then the total cost is least; then ties fall by the numbers of places and agents.
///
/// ```
/// use shared_parking::allocation::optimal;
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let late = builder.agent(1, 1, [(kerb, 1)]);
/// let early = builder.agent(0, 1, [(kerb, 99)]);
/// let market = builder.build().unwrap();
/// let allocation = optimal(&market);
/// assert_eq!((allocation.seats_of(early).len(), allocation.seats_of(late).len()), (1, 0));
/// assert_eq!(allocation.certificate.unwrap().places[0].closed, Some(1)); // standing 1 found it full
/// ```
#[must_use]
pub fn optimal(market: &Market) -> Allocation {
    let mut network = Network::new(market);
    let mut search = Search::new(market);
    let mut agents: Vec<Agent> = market.agents().collect();
    agents.sort_by_key(|&agent| (market.standing(agent), agent));
    for agent in agents {
        while network.outside(agent) > 0 && search.run(&mut network, agent) {}
    }
    network.into_allocation()
}
