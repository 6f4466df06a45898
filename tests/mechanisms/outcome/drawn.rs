//! Markets drawn from a seed, of any size, with all there is: several people to an agent, ties, closed places,
//! priorities, holders, also of places that are no choice.

use shared_parking::Chance;
use shared_parking::market::{Market, MarketBuilder, Place};

/// How large, at most.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub agents: u64,
    pub places: u64,
    pub count: u64,
    pub capacity: u64,
}

/// A market of exactly so many agents and places.
pub fn drawn(size: Size, seed: u64) -> Market {
    let mut chance = Chance::new(seed);
    let mut draw = move |bound: u64| u32::try_from(chance.below(bound)).expect("small");
    let mut builder = Market::builder();
    let capacities: Vec<u32> = (0..size.places).map(|_| draw(size.capacity + 1)).collect();
    let places: Vec<Place> = capacities.iter().map(|&capacity| builder.place(capacity)).collect();
    let standings = u64::from(draw(4)) + 1;
    let mut counts = Vec::new();
    for _ in 0..size.agents {
        // Costs tie now and then.
        let choices: Vec<(Place, u32)> = places.iter().map(|&place| (place, draw(2 * size.places))).collect();
        let kept: Vec<(Place, u32)> = choices.into_iter().filter(|_| draw(4) > 0).collect();
        counts.push(1 + draw(size.count));
        let agent = builder.agent(draw(standings), counts[counts.len() - 1], kept.iter().copied());
        // Nobody says anything in some markets.
        for (place, _) in kept {
            if standings > 1 && draw(4) > 0 {
                builder.priority(agent, place, draw(6));
            }
        }
    }
    hold(&mut builder, &places, capacities, counts, &mut draw);
    builder.build().expect("a sound market")
}

/// Some people hold a place each.
pub fn hold(
    builder: &mut MarketBuilder,
    places: &[Place],
    mut free: Vec<u32>,
    counts: Vec<u32>,
    draw: &mut impl FnMut(u64) -> u32,
) {
    let often = u64::from(draw(3)) + 1; // in a third of the markets everybody tries
    for (agent, mut people) in (0..).zip(counts) {
        for (&place, free) in places.iter().zip(&mut free) {
            let most = (*free).min(people);
            if most > 0 && draw(often) == 0 {
                let count = 1 + draw(u64::from(most));
                builder.holds(shared_parking::market::Agent::new(agent), place, count);
                (*free, people) = (*free - count, people - count);
                if draw(2) == 0 {
                    break;
                }
            }
        }
    }
}
