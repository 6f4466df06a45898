//! Markets and allocations drawn at random.

use proptest::prelude::*;
use shared_parking::market::{Allocation, Market, MarketBuilder, Place, Seat};

/// A market to draw: capacities; for each agent its standing, count, and for each place a cost (9 and more: no choice),
/// a priority (3: none) and how many of its people would hold a space there.
pub type Drawn = (Vec<u32>, Vec<(u32, u32, Vec<(u32, u32, u32)>)>);

pub fn drawn() -> impl Strategy<Value = Drawn> {
    (1_usize..5).prop_flat_map(|places| {
        let pair = (0_u32..13, 0_u32..4, 0_u32..3);
        let agent = (0_u32..3, 1_u32..4, prop::collection::vec(pair, places));
        (prop::collection::vec(0_u32..4, places), prop::collection::vec(agent, 0..7))
    })
}

/// The market, holders only as far as people and spaces go; with `strict`, no two agents have one standing.
pub fn built((capacities, agents): &Drawn, strict: bool) -> MarketBuilder {
    let mut builder = Market::builder();
    let places: Vec<Place> = capacities.iter().map(|&capacity| builder.place(capacity)).collect();
    let mut free = capacities.clone();
    for (number, (standing, count, pairs)) in (0..).zip(agents) {
        let choice = |&(&place, &(cost, ..)): &(&Place, &(u32, u32, u32))| (cost < 9).then_some((place, cost));
        let standing = if strict { standing * 100 + number } else { *standing };
        let agent = builder.agent(standing, *count, places.iter().zip(pairs).filter_map(|pair| choice(&pair)));
        let mut people = *count;
        for ((&place, free), &(cost, priority, held)) in places.iter().zip(&mut free).zip(pairs) {
            if cost < 9 && priority < 3 {
                builder.priority(agent, place, priority);
            }
            let held = held.min(people).min(*free);
            (people, *free) = (people - held, *free - held);
            if held > 0 {
                builder.holds(agent, place, held);
            }
        }
    }
    builder
}

/// Some allocation: everybody takes the choice that the numbers say if there is room.
pub fn some(market: &Market, numbers: &[usize]) -> Allocation {
    let mut free: Vec<u32> = market.places().map(|place| market.capacity(place)).collect();
    let mut pairs = Vec::new();
    let people = market.agents().flat_map(|agent| (0..market.count(agent)).map(move |_| agent));
    for (agent, &number) in people.zip(numbers.iter().cycle()) {
        let choice = market.choices(agent).get(number % (market.choices(agent).len() + 1));
        if let Some(place) = choice.map(|choice| choice.place).filter(|place| free[place.index()] > 0) {
            free[place.index()] -= 1;
            pairs.push((agent, place));
        }
    }
    pairs.sort_unstable();
    let grouped = pairs.chunk_by(|a, b| a == b);
    let seats = grouped.map(|same| Seat { agent: same[0].0, place: same[0].1, count: same.len() as u32 }).collect();
    Allocation { seats, certificate: None }
}
