//! What an answer guarantees, checked on the answer alone: each property with its witnesses.
//!
//! | to audit | one needs | what is proved |
//! |---|---|---|
//! | [`wasted_seats`] | capacities, seats, one's own choices | no place with room is preferred |
//! | [`justified_envy`] | the claims of all at the places they prefer | stability, with no waste |
//! | [`envy_by_list`] | the list down to one's own turn | a serial dictatorship, with no waste |
//! | [`worse_than_held`] | one's own holding and seat | individual rationality |
//! | [`top_claims_denied`] | all claims to one place | the best claims to a place are respected |
//! | [`improvement_cycles`] | everybody's choices and seats | Pareto efficiency, with no waste |
//! | [`better_stable_cycles`] | everybody's choices, seats and claims | that no other stable answer is better for anybody |
//! | [`out_of_trade`] | everybody's choices, seats, claims and holdings | top trading cycles |
//!
//! Everybody can check the first five for themselves, knowing no more than the row says; for the others somebody must
//! know all. Where a function takes [`Claims`], they are those of the same market; with those of another one it may
//! panic. Seats that the market does not know are passed over: [`check_outcome`] names them.
//!
//! Invariant: no mechanism is called. A property is read off the seats, and where it has only one answer
//! ([`check_outcome`]), its proof stands beside the function.

mod check;
mod circles;
mod envy;
mod held;
mod seats;
mod stable;
mod trade;
mod waste;

pub use check::check_outcome;
pub use circles::{Exchange, ExchangeStep, improvement_cycles};
pub use envy::{Envy, envy_by_list, justified_envy};
pub use held::{DeniedClaim, WorseThanHeld, top_claims_denied, worse_than_held};
pub(super) use seats::check_seats;
pub use stable::better_stable_cycles;
pub use trade::{TradeStep, out_of_trade};
pub use waste::{WastedSeat, wasted_seats};

use crate::market::{Agent, Allocation, Claims, Cost, Market, Place};

/// How an agent likes a seat: the smaller, the better; being left out is worse than any choice.
fn liking(market: &Market, agent: Agent, seat: Option<Place>) -> (Cost, Place) {
    let seated = seat.and_then(|place| Some((market.cost(agent, place)?, place)));
    seated.unwrap_or((Cost::MAX, Place::new(u32::MAX)))
}

/// The choices an agent prefers to a seat: positions in its choices, and places.
fn better(market: &Market, agent: Agent, seat: Option<Place>) -> impl Iterator<Item = (usize, Place)> + use<'_> {
    let own = liking(market, agent, seat);
    let choices = market.choices(agent).iter().enumerate();
    choices.filter(move |(_, choice)| (choice.cost, choice.place) < own).map(|(at, choice)| (at, choice.place))
}

/// Everybody by turn, with the seat they have.
struct People<'a> {
    market: &'a Market,
    claims: &'a Claims,
    seats: Vec<Option<Place>>,
}

impl<'a> People<'a> {
    fn new(market: &'a Market, claims: &'a Claims, allocation: &Allocation) -> Self {
        Self { market, claims, seats: claims.seats(market, allocation) }
    }

    /// Turn, agent and seat of everybody.
    fn each(&self) -> impl Iterator<Item = (usize, Agent, Option<Place>)> {
        self.seats.iter().enumerate().map(|(turn, &seat)| (turn, self.claims.agent(turn), seat))
    }

    /// The position of a place in an agent's choices.
    fn position(&self, agent: Agent, place: Place) -> Option<usize> {
        self.market.choices(agent).binary_search_by_key(&place, |choice| choice.place).ok()
    }
}
