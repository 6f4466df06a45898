//! Places with room that somebody prefers.

use super::better;
use crate::market::{Agent, Allocation, Market, Place};

/// Somebody prefers a place with room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WastedSeat {
    /// Who.
    pub agent: Agent,
    /// The place with room.
    pub place: Place,
    /// The seat they have instead; `None` when left out.
    pub seat: Option<Place>,
}

/// Who prefers a place with room to what they have, each agent, place and seat once, sorted. Empty: no seat is wasted, as
/// every mechanism guarantees; [`Optimal`](crate::market::Mechanism::Optimal) but for places of equal cost, between which
/// it does not choose.
///
/// Everybody can check it for themselves: it takes the free spaces and one's own choices. O(places + choices of all
/// people).
///
/// ```
/// use shared_parking::audit::{WastedSeat, wasted_seats};
/// use shared_parking::market::{Allocation, Market, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let market = builder.build().unwrap();
/// let allocation = Allocation { seats: vec![Seat { agent: ann, place: yard, count: 1 }], certificate: None };
/// assert_eq!(wasted_seats(&market, &allocation), [WastedSeat { agent: ann, place: kerb, seat: Some(yard) }]);
/// ```
#[must_use]
pub fn wasted_seats(market: &Market, allocation: &Allocation) -> Vec<WastedSeat> {
    let known =
        |agent: Agent, place: Place| agent.index() < market.agents().len() && place.index() < market.places().len();
    let mut room: Vec<u64> = market.places().map(|place| u64::from(market.capacity(place))).collect();
    let mut left_out: Vec<u64> = market.agents().map(|agent| u64::from(market.count(agent))).collect();
    let mut held = Vec::with_capacity(allocation.seats.len());
    for seat in allocation.seats.iter().filter(|seat| seat.count > 0 && known(seat.agent, seat.place)) {
        for rest in [&mut room[seat.place.index()], &mut left_out[seat.agent.index()]] {
            *rest = rest.saturating_sub(u64::from(seat.count));
        }
        if market.cost(seat.agent, seat.place).is_some() {
            held.push((seat.agent, Some(seat.place)));
        }
    }
    held.extend(market.agents().filter(|agent| left_out[agent.index()] > 0).map(|agent| (agent, None)));
    let mut wasted = Vec::new();
    for (agent, seat) in held {
        let free = better(market, agent, seat).filter(|(_, place)| room[place.index()] > 0);
        wasted.extend(free.map(|(_, place)| WastedSeat { agent, place, seat }));
    }
    wasted.sort_unstable();
    wasted.dedup();
    wasted
}
