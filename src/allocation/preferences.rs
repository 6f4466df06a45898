//! What everybody prefers, and how people and their seats are counted: shared by the mechanisms that seat one by one.
//!
//! Invariant: a list's order is by cost, then place, so preferences never tie.

use super::index;
use crate::market::{Agent, Allocation, Claims, Market, Place, Seat};

/// Every choice list in the order of preference.
pub(super) struct Preferences {
    /// Where each list starts, and one more.
    starts: Vec<usize>,
    /// Positions in the list as the market has it, the preferred one first.
    order: Vec<u32>,
}

impl Preferences {
    /// O(c log c) for each list of c choices; agents with equal lists share one.
    pub(super) fn of(market: &Market) -> Self {
        let mut starts = Vec::with_capacity(market.list_count() + 1);
        let (mut order, mut sorted) = (Vec::new(), Vec::new());
        for list in 0..market.list_count() {
            starts.push(order.len());
            // the list is sorted by place, so a cost with its position sorts by cost, then place
            let keyed = market.list(list).iter().zip(0_u64..).map(|(choice, at)| u64::from(choice.cost) << 32 | at);
            sorted.clear();
            sorted.extend(keyed);
            sorted.sort_unstable();
            #[expect(clippy::cast_possible_truncation, reason = "the last 32 bits are the position")]
            order.extend(sorted.iter().map(|&key| key as u32));
        }
        starts.push(order.len());
        Self { starts, order }
    }

    /// The position, in the agent's choices, of the choice it likes best but for so many.
    pub(super) fn position(&self, market: &Market, agent: Agent, but: u32) -> Option<usize> {
        let list = market.list_of(agent);
        let own = &self.order[self.starts[list]..self.starts[list + 1]];
        own.get(but as usize).map(|&at| at as usize)
    }
}

/// The allocation that seats everybody where their turn says.
pub(super) fn seated(claims: &Claims, seats: &[Option<Place>]) -> Allocation {
    let mut pairs: Vec<(Agent, Place)> =
        seats.iter().enumerate().filter_map(|(turn, seat)| Some((claims.agent(turn), (*seat)?))).collect();
    pairs.sort_unstable();
    let seat = |group: &[(Agent, Place)]| Seat { agent: group[0].0, place: group[0].1, count: index(group.len()) };
    Allocation { seats: pairs.chunk_by(|a, b| a == b).map(seat).collect(), certificate: None }
}
