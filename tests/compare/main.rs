//! Allocations of one market side by side: each figure by hand, and against a naive count of people one by one.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test stops at the first surprise")]

mod drawn;
mod known;
mod laws;
mod naive;

use shared_parking::audit::{Compared, Labels, Spread, compare};
use shared_parking::market::{Agent, Allocation, Lots, Market, Place, Seat};

const SEED: u64 = 7;

fn seat(agent: u32, place: u32, count: u32) -> Seat {
    Seat { agent: Agent::new(agent), place: Place::new(place), count }
}

/// The figures of one allocation.
fn figures(market: &Market, labels: &Labels, allocation: &Allocation, lots: Lots) -> Compared {
    let mut comparison = compare(market, labels, &[("it", allocation)], lots, SEED).unwrap();
    comparison.allocations.remove(0)
}

/// The spread of costs where everybody has a street of their own.
fn spread(values: &[u32]) -> Spread {
    let mut builder = Market::builder();
    for &value in values {
        let own = builder.place(1);
        builder.agent(0, 1, [(own, value)]);
    }
    let market = builder.build().unwrap();
    let everybody =
        Allocation { seats: (0..).zip(values).map(|(own, _)| seat(own, own, 1)).collect(), certificate: None };
    figures(&market, &Labels::default(), &everybody, Lots::Single).cost
}
