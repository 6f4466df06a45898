//! From sites and runs back to agents and places.
//!
//! Invariant: identical people take seats in the order of their numbers, identical places are filled in the order of
//! theirs.

use super::class::Class;
use super::merge::NO_RUN;
use super::network::Network;
use crate::allocation::index;
use crate::allocation::paths::Store;
use crate::market::{Agent, Allocation, Certificate, Market, Place, PlacePrice, Seat};

/// The people of a site at a run.
#[derive(Clone, Copy, Default)]
struct Block {
    run: u32,
    people: u32,
}

/// The allocation. `seated` is how many of each group of the network have a seat, `full` the prices of the runs.
pub(super) fn answer(
    market: &Market,
    network: &Network,
    store: Store<i64, Class>,
    seated: &[u32],
    full: &[PlacePrice],
) -> Allocation {
    let of_agents = by_agent(market, network, seated);
    let mut seats = seat_agents(network, store, of_agents);
    let places = name_places(market, network, &mut seats);
    let price = |place: Place| match network.runs.of_place[place.index()] {
        NO_RUN if market.capacity(place) == 0 => PlacePrice { closed: Some(0), price: 0 },
        NO_RUN => PlacePrice::default(),
        run => full[run as usize],
    };
    let certificate = Certificate { places: market.places().map(price).collect() };
    Allocation { seats: places, certificate: Some(certificate) }
}

/// How many people of each agent have a seat, agents in the network's order.
fn by_agent(market: &Market, network: &Network, seated: &[u32]) -> Vec<u32> {
    let mut of_agents = vec![0; network.agents.len()];
    for (group, &seated) in network.groups.iter().zip(seated) {
        let (mut at, mut rest) = (group.first as usize, seated);
        while rest > 0 {
            let here = rest.min(market.count(network.agents[at]));
            of_agents[at] = here;
            rest -= here;
            at += 1;
        }
    }
    of_agents
}

/// The blocks of all sites, by site; within a site by run.
fn blocks(network: &Network, store: &Store<i64, Class>) -> Vec<Block> {
    let mut ends = vec![0_u32; network.sites() + 1];
    let each = || (0..index(store.runs.len())).flat_map(|run| store.held(run).map(move |holder| (run, holder)));
    each().for_each(|(_, holder)| ends[holder.site as usize + 1] += 1);
    for site in 0..network.sites() {
        ends[site + 1] += ends[site];
    }
    let mut blocks = vec![Block::default(); ends[network.sites()] as usize];
    for (run, holder) in each() {
        let end = &mut ends[holder.site as usize];
        blocks[*end as usize] = Block { run, people: holder.people };
        *end += 1;
    }
    blocks
}

/// Seats by agent; `Seat::place` still names a run.
fn seat_agents(network: &Network, store: Store<i64, Class>, of_agents: Vec<u32>) -> Vec<Seat> {
    let mut blocks = blocks(network, &store);
    drop(store);
    let mut seats = Vec::with_capacity(blocks.len());
    let mut at = 0;
    for (&agent, mut rest) in network.agents.iter().zip(of_agents) {
        while rest > 0 {
            let block = &mut blocks[at];
            let count = rest.min(block.people);
            seats.push(Seat { agent, place: Place::new(block.run), count });
            block.people -= count;
            rest -= count;
            at += usize::from(block.people == 0);
        }
    }
    sort_by_agent(network.agents.len(), seats)
}

fn sort_by_agent(agents: usize, seats: Vec<Seat>) -> Vec<Seat> {
    let mut ends = vec![0_u32; agents + 1];
    seats.iter().for_each(|seat| ends[seat.agent.index() + 1] += 1);
    for at in 0..agents {
        ends[at + 1] += ends[at];
    }
    let mut sorted = vec![Seat { agent: Agent::new(0), place: Place::new(0), count: 0 }; seats.len()];
    for seat in seats {
        let end = &mut ends[seat.agent.index()];
        sorted[*end as usize] = seat;
        *end += 1;
    }
    sorted
}

/// Names the places of the runs: each run's places are filled in order.
fn name_places(market: &Market, network: &Network, seats: &mut [Seat]) -> Vec<Seat> {
    let runs = network.runs.capacity.len();
    let mut next: Vec<(u32, u32)> = vec![(NO_RUN, 0); runs]; // the place being filled, and its free spaces
    let mut after = vec![NO_RUN; market.places().len()]; // the next place of the same run
    for place in market.places().rev() {
        let run = network.runs.of_place[place.index()];
        if run != NO_RUN {
            after[place.index()] = next[run as usize].0;
            next[run as usize] = (place.number(), market.capacity(place));
        }
    }
    let mut named: Vec<Seat> = Vec::with_capacity(seats.len());
    for seat in seats {
        let mut rest = seat.count;
        while rest > 0 {
            let (place, free) = &mut next[seat.place.index()];
            let count = rest.min(*free);
            named.push(Seat { agent: seat.agent, place: Place::new(*place), count });
            *free -= count;
            rest -= count;
            if *free == 0 {
                *place = after[*place as usize];
                *free = if *place == NO_RUN { 0 } else { market.capacity(Place::new(*place)) };
            }
        }
    }
    for seats in named.chunk_by_mut(|one, other| one.agent == other.agent) {
        seats.sort_unstable();
    }
    named
}
