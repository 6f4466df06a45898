//! Every way through the solver on small markets: the ways that only large ones take are made to be taken by other
//! tuning. The three rules of a certificate are checked here from their words, without the auditor's code.

use super::{Tuning, optimal, solve};
use crate::market::{Allocation, Market, Place, PlacePrice, Standing};
use crate::units::Chance;

/// A full price or a weight: more of a better standing first, then the number.
fn full(told: PlacePrice) -> (i64, i64) {
    (told.closed.map_or(0, rank), told.price)
}

fn rank(standing: Standing) -> i64 {
    i64::from(Standing::MAX) + 1 - i64::from(standing)
}

/// Whether the rules hold, and how many are seated of each standing and at which cost.
fn value(market: &Market, allocation: &Allocation) -> Result<Vec<u64>, String> {
    let prices = &allocation.certificate.as_ref().ok_or("no certificate")?.places;
    let mut held = vec![0; prices.len()];
    let mut by_standing = vec![0; 8];
    for seat in &allocation.seats {
        held[seat.place.index()] += seat.count;
        by_standing[market.standing(seat.agent) as usize] += u64::from(seat.count);
    }
    for place in market.places() {
        let (price, free) = (full(prices[place.index()]), held[place.index()] < market.capacity(place));
        if held[place.index()] > market.capacity(place) || price < (0, 0) || free && price > (0, 0) {
            return Err(format!("rule 1 at {place}"));
        }
    }
    for agent in market.agents() {
        let own = allocation.seats_of(agent);
        let dear = |place: Place| {
            let (weight, price) = full(prices[place.index()]);
            Some((weight, price + i64::from(market.cost(agent, place)?)))
        };
        let least = market.choices(agent).iter().filter_map(|choice| dear(choice.place)).min();
        let out = (rank(market.standing(agent)), 0);
        for seat in own {
            let here = dear(seat.place).ok_or(format!("{agent} sits at no choice"))?;
            if Some(here) != least || here > out {
                return Err(format!("rule 2 for {agent}"));
            }
        }
        if own.iter().map(|seat| seat.count).sum::<u32>() < market.count(agent)
            && least.is_some_and(|least| least < out)
        {
            return Err(format!("rule 3 for {agent}"));
        }
    }
    by_standing.push(allocation.cost(market));
    Ok(by_standing)
}

/// A line of places; each agent accepts some near each other, so that there are strips, closed ends and free middles.
fn market(chance: &mut Chance) -> Market {
    let mut builder = Market::builder();
    let many = 1 + chance.below(14);
    let spaces = 1 + chance.below(5);
    let places: Vec<Place> =
        (0..many).map(|_| builder.place(u32::try_from(chance.below(spaces)).unwrap_or(0))).collect();
    let (standings, people, reach, cost) =
        (1 + chance.below(4), chance.below(60), 1 + chance.below(5), 1 + chance.below(30));
    for _ in 0..people {
        let first = chance.below(many);
        let mut choices = Vec::new();
        for place in places.iter().skip(usize::try_from(first).unwrap_or(0)).take(usize::try_from(reach).unwrap_or(1)) {
            if chance.below(4) > 0 {
                choices.push((*place, u32::try_from(chance.below(cost)).unwrap_or(0)));
            }
        }
        let count = 1 + u32::try_from(chance.below(3)).unwrap_or(0);
        builder.agent(u32::try_from(chance.below(standings)).unwrap_or(0), count, choices);
    }
    builder.finish()
}

#[test]
fn every_way_leads_to_a_proved_answer_of_the_same_value() {
    let seed = 20_261_123;
    let mut chance = Chance::new(seed);
    for turn in 0..6_000 {
        let market = market(&mut chance);
        let usual = value(&market, &optimal(&market));
        assert!(usual.is_ok(), "seed {seed}, turn {turn}: {usual:?}");
        for (row, first) in [(0, u64::MAX), (1, u64::MAX), (3, 2), (40, u64::MAX), (u64::MAX / (1 << 40), 0)] {
            for (depth, near) in [(32, 4), (1, 0), (1, 1)] {
                let tuning = Tuning { sweep: 1_000, first: first.min(1 << 20), row, near, depth, across: 0 };
                let other = value(&market, &solve(&market, tuning));
                assert_eq!(other, usual, "seed {seed}, turn {turn}, row {row}, first {first}, depth {depth}");
            }
        }
    }
}
