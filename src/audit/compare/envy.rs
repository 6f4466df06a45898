//! Who would rather have a place where somebody with a worse claim sits: how many.

use crate::market::{Agent, Claims, Market, Place};
use serde::Serialize;

/// Justified envy: somebody prefers a place to their seat, or to none, and somebody with a worse claim to it has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EnvyFigures {
    /// How many agents have people who do.
    pub agents: u64,
    /// Of how many places they have it: pairs of an agent and a place.
    pub pairs: u64,
}

/// Counts it. `claim` is the claim of a turn to one of its choices, by its position; the smaller one goes first.
/// `seats` are by turn. It is enough to look at the worst claim that got a seat at each place.
pub(super) fn justified<C: Ord + Copy>(
    market: &Market,
    claims: &Claims,
    seats: &[Option<Place>],
    claim: impl Fn(usize, usize) -> C,
) -> EnvyFigures {
    let position =
        |agent: Agent, place: Place| market.choices(agent).binary_search_by_key(&place, |own| own.place).ok();
    let mut worst: Vec<Option<C>> = vec![None; market.places().len()];
    for (turn, place) in seats.iter().enumerate().filter_map(|(turn, place)| Some((turn, (*place)?))) {
        let own = position(claims.agent(turn), place).map(|at| claim(turn, at));
        worst[place.index()] = worst[place.index()].max(own);
    }
    let mut turns: Vec<usize> = (0..seats.len()).collect();
    turns.sort_unstable_by_key(|&turn| (claims.agent(turn), turn));
    let mut envy = EnvyFigures::default();
    for own in turns.chunk_by(|&a, &b| claims.agent(a) == claims.agent(b)) {
        let agent = claims.agent(own[0]);
        let mut envied = vec![false; market.choices(agent).len()];
        for &turn in own {
            let seat = seats[turn].and_then(|place| Some((market.cost(agent, place)?, place)));
            for (at, choice) in market.choices(agent).iter().enumerate() {
                let preferred = seat.is_none_or(|seat| (choice.cost, choice.place) < seat);
                if preferred && worst[choice.place.index()].is_some_and(|worst| claim(turn, at) < worst) {
                    envied[at] = true;
                }
            }
        }
        let pairs = envied.iter().filter(|&&envied| envied).count() as u64;
        envy.agents += u64::from(pairs > 0);
        envy.pairs += pairs;
    }
    envy
}
