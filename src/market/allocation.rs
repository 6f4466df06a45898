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

    /// What all seats cost together. A seat that is no choice of the market counts nothing (`audit` names it).
    #[must_use]
    pub fn cost(&self, market: &Market) -> u64 {
        let cost = |seat: &Seat| market.cost(seat.agent, seat.place).map_or(0, u64::from);
        self.seats.iter().map(|seat| cost(seat) * u64::from(seat.count)).sum()
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
/// Write `W(s)` for the weight of leaving out a person of standing `s`, each weight above any sum of the costs and of
/// the weights behind it. The full price of a place is `price`, plus `W(s)` when it is `closed` at standing `s`. The
/// allocation is optimal exactly when such prices exist with:
/// 1. a full price is never negative, and positive only where the place is full;
/// 2. everyone seated sits where cost plus full price is least among their choices, and not above `W` of their standing;
/// 3. for everyone left out, cost plus full price is at least `W` of their standing at every choice.
///
/// By the duality of linear programs nothing else need be believed: `audit` checks the three in one pass.
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
    /// a better one who have nowhere else to go. Nobody behind can be seated here by any re-arrangement.
    pub closed: Option<Standing>,
    /// The price in units of cost; it may be negative where the place is closed.
    pub price: i64,
}
