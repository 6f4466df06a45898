//! The figures by their definitions, one person at a time.

use shared_parking::BasisPoints;
use shared_parking::audit::{EnvyFigures, HolderFigures, Spread};
use shared_parking::market::{Allocation, Claims, Market, Place, Seat};
use std::collections::BTreeSet;

/// Numbers of people, by the definitions: all pairs, all ranks.
pub fn spread(mut values: Vec<u32>) -> Spread {
    values.sort_unstable();
    let people = values.len() as u64;
    let total: u64 = values.iter().map(|&value| u64::from(value)).sum();
    let double: u64 = values.iter().flat_map(|a| values.iter().map(|b| u64::from(a.abs_diff(*b)))).sum();
    let nearest = |above: u64, below: u64| (2 * above + below).checked_div(2 * below).unwrap_or(0);
    let at_least = |tenths: u64| {
        let enough = |value: &&u32| values.iter().filter(|other| other <= value).count() as u64 * 10 >= people * tenths;
        values.iter().find(enough).copied().unwrap_or(0)
    };
    Spread {
        people,
        total,
        mean: nearest(total, people) as u32,
        median: at_least(5),
        p90: at_least(9),
        max: values.last().copied().unwrap_or(0),
        gini: BasisPoints::new(nearest(double * 10_000, 2 * people * total) as u32),
    }
}

/// Everybody against everybody.
pub fn envy(market: &Market, seats: &[Option<Place>], claims: &Claims, by_list: bool) -> EnvyFigures {
    let (mut agents, mut pairs) = (BTreeSet::new(), BTreeSet::new());
    let at = |turn: usize, place: Place| market.choices(claims.agent(turn)).iter().position(|own| own.place == place);
    let liking = |turn: usize, place: Option<Place>| {
        place.map_or((u64::MAX, u32::MAX), |own| {
            (u64::from(market.cost(claims.agent(turn), own).unwrap()), own.number())
        })
    };
    for turn in 0..seats.len() {
        for (other, seat) in seats.iter().enumerate() {
            let Some(own) = seat.and_then(|place| at(turn, place)) else { continue };
            let theirs = at(other, seat.unwrap()).unwrap();
            let ahead = if by_list {
                turn < other
            } else {
                claims.claim(market, turn, own) < claims.claim(market, other, theirs)
            };
            if ahead && liking(turn, *seat) < liking(turn, seats[turn]) {
                agents.insert(claims.agent(turn));
                pairs.insert((claims.agent(turn), *seat));
            }
        }
    }
    EnvyFigures { agents: agents.len() as u64, pairs: pairs.len() as u64 }
}

/// Holders one by one: each keeps their place if one of the agent's seats is there, then the others take the best.
pub fn holders(market: &Market, allocation: &Allocation) -> HolderFigures {
    let mut found = HolderFigures::default();
    for agent in market.agents() {
        let each = |seats: &[Seat]| -> Vec<(u32, Place)> {
            let own = seats.iter().filter(|seat| seat.agent == agent);
            let cost = |place| market.cost(agent, place).unwrap_or(u32::MAX);
            let mut each: Vec<_> =
                own.flat_map(|seat| (0..seat.count).map(move |_| (cost(seat.place), seat.place))).collect();
            each.sort_unstable();
            each
        };
        let (held, mut free) = (each(market.holdings()), each(&allocation.seats));
        let mut others = Vec::new();
        for hold in held {
            match free.iter().position(|seat| *seat == hold) {
                Some(at) => drop(free.remove(at)),
                None => others.push(hold),
            }
            found.kept += 1;
        }
        found.kept -= others.len() as u64;
        for (number, hold) in others.into_iter().enumerate() {
            match free.get(number) {
                Some(seat) => (found.moved, found.worse) = (found.moved + 1, found.worse + u64::from(*seat > hold)),
                None => found.lost += 1,
            }
        }
    }
    found
}
