//! Are the seats sound: choices of agents there are, nobody twice, no place over capacity?

use super::super::market::MarketFinding;
use crate::market::{Market, Seat};

/// Tells every seat that is not sound; how many sit at each place. O(places + agents + seats log choices-per-agent).
pub(in crate::audit) fn check_seats(market: &Market, seats: &[Seat], findings: &mut Vec<MarketFinding>) -> Vec<u64> {
    let (places, agents) = (market.places().len(), market.agents().len());
    let (mut at_place, mut of_agent) = (vec![0; places], vec![0; agents]);
    for (position, seat) in seats.iter().enumerate() {
        if seat.count == 0 || seat.agent.index() >= agents || seat.place.index() >= places {
            findings.push(MarketFinding::MeaninglessSeat { position });
            continue;
        }
        if position > 0 && (seats[position - 1].agent, seats[position - 1].place) >= (seat.agent, seat.place) {
            findings.push(MarketFinding::OutOfOrder { position });
        }
        if market.cost(seat.agent, seat.place).is_none() {
            findings.push(MarketFinding::NotAChoice { agent: seat.agent, place: seat.place });
        }
        of_agent[seat.agent.index()] += u64::from(seat.count);
        at_place[seat.place.index()] += u64::from(seat.count);
    }
    for (agent, seated) in market.agents().zip(of_agent) {
        if seated > u64::from(market.count(agent)) {
            findings.push(MarketFinding::TooManySeated { agent, seated });
        }
    }
    for (place, &seated) in market.places().zip(&at_place) {
        if seated > u64::from(market.capacity(place)) {
            findings.push(MarketFinding::OverCapacity { place, seated });
        }
    }
    at_place
}
