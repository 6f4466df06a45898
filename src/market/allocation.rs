//! An answer to a market, with the evidence that it is the right one.

use super::{Agent, Market, Place, Standing};
use serde::{Deserialize, Serialize};

/// Some people of one agent at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Whose seat.
    pub agent: Agent,
    /// Where.
    pub place: Place,
    /// How many of the agent's identical people: at least one.
    pub count: u32,
}

/// Who sits where, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// Sorted by agent, then place; each pair once. Whoever is not here is left out.
    pub seats: Vec<Seat>,
    /// The evidence of an optimal answer; other mechanisms have none.
    pub certificate: Option<Certificate>,
}

impl Allocation {
    /// How many people are seated.
    #[must_use]
    pub fn seated(&self) -> u64 {
        self.seats.iter().map(|seat| u64::from(seat.count)).sum()
    }

    /// What all seats cost together. A seat that is no choice of the market counts nothing (`audit` names it), and what is
    /// more than 64 bits hold, which no sound answer costs, counts as [`u64::MAX`].
    #[must_use]
    pub fn cost(&self, market: &Market) -> u64 {
        let cost = |seat: &Seat| market.cost(seat.agent, seat.place).map_or(0, u64::from);
        let own = self.seats.iter().map(|seat| cost(seat) * u64::from(seat.count));
        own.fold(0, u64::saturating_add)
    }

    /// The seats of one agent.
    #[must_use]
    pub fn seats_of(&self, agent: Agent) -> &[Seat] {
        let from = self.seats.partition_point(|seat| seat.agent < agent);
        let to = self.seats.partition_point(|seat| seat.agent <= agent);
        &self.seats[from..to]
    }
}

/// Why an allocation is optimal: one price for each place.
///
/// Write `W(s)` for the weight of leaving out one person of standing `s`. Weights are not numbers but ranks: `W` of a
/// better standing outweighs any multiple of `W` of a worse one, and every `W` outweighs any number. A *full price* is
/// `price`, or `W(closed) + price` where the place is closed; full prices compare by their `W` first (none is least),
/// then by `price`. The allocation is optimal exactly when there are full prices with:
/// 1. no full price is below zero, and one above zero only where the place is full (a place of capacity 0 is full);
/// 2. everyone seated sits where cost plus full price is least among their choices, and not above `W` of their standing;
/// 3. for everyone left out, cost plus full price is at least `W` of their standing at every choice.
///
/// An agent of which some are seated and some left out is bound by both 2 and 3.
///
/// **Why the rules suffice.** Take any other allocation and add up, for each person, cost or `W` of their standing. By
/// 2 and 3 the person's share in this allocation, price of the seat included, is at most their share in the other one,
/// its price included. So this total is at most the other total plus (prices paid there) minus (prices paid here). Here
/// every priced place is full, there no place holds more than fits, and by 1 no price is negative: the difference is at
/// most zero. The sums compare as ranks do: people left out of the best standing first, then of the next, then cost.
///
/// **Why such prices exist.** For an optimal allocation let the full price of a place be what losing one of its spaces
/// would cost: the least over all chains of people moving up, each to another of their choices, that end at a free space
/// (a number: moves only) or with somebody left out (one `W`, plus a number that may be negative). So one mark and one
/// number always do. A place of capacity 0 has no such chain; any high price serves, and it is marked closed at 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Certificate {
    /// One for each place of the market, in order.
    pub places: Vec<PlacePrice>,
}

/// The price of one place; see [`Certificate`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacePrice {
    /// The standing at which the place became part of a closed set: all full, all held by people of this standing or
    /// a better one who have nowhere else to go. Nobody behind can be seated here by any re-arrangement; who is of this
    /// same standing can, in the stead of another one. Places of capacity 0 are closed at 0.
    pub closed: Option<Standing>,
    /// The price in units of cost; it may be negative where the place is closed.
    pub price: i64,
}
