//! What somebody prefers, and how people and their seats are counted: shared by the mechanisms that seat one by one.
//!
//! Invariant: who prefers what is by cost, then place, so preferences never tie.

use super::index;
use crate::market::{Agent, Allocation, Choice, Claims, Market, Place, Seat};

/// The choice somebody prefers among those that are open, and its position; `choices` are sorted by place.
///
/// Looks at each choice once. No branch hangs on the answers, which are hard to foresee.
pub(super) fn best(choices: impl Iterator<Item = (Choice, bool)>) -> Option<usize> {
    let mut best = u64::MAX;
    for (at, (choice, open)) in (0_u64..).zip(choices) {
        // costs are below 2^30, so this is less than the start
        let key = u64::from(choice.cost) << 32 | at;
        best = best.min(if open { key } else { u64::MAX });
    }
    #[expect(clippy::cast_possible_truncation, reason = "the last 32 bits are the position")]
    let at = best as u32 as usize;
    (best != u64::MAX).then_some(at)
}

/// The allocation that seats everybody where their turn says. O(people), and sorting the places of each agent's people.
pub(super) fn seated(market: &Market, claims: &Claims, seats: &[Option<Place>]) -> Allocation {
    let mut sorted: Vec<Seat> = Vec::with_capacity(seats.iter().flatten().count());
    let mut turns = claims.by_agent();
    let mut own: Vec<Place> = Vec::new();
    for agent in market.agents() {
        let (mine, others) = turns.split_at(market.count(agent) as usize);
        turns = others;
        own.clear();
        own.extend(mine.iter().filter_map(|&turn| seats[turn as usize]));
        own.sort_unstable();
        sorted.extend(own.chunk_by(|a, b| a == b).map(|same| seat(agent, same)));
    }
    Allocation { seats: sorted, certificate: None }
}

fn seat(agent: Agent, same: &[Place]) -> Seat {
    Seat { agent, place: same[0], count: index(same.len()) }
}
