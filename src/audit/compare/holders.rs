//! What becomes of today's holders.

use crate::market::{Agent, Allocation, Market, Place, Seat};
use serde::Serialize;

/// What becomes of today's holders: `kept + moved + lost` are all of them.
///
/// An agent's people are identical, so its seats go to its holders first; as many as possible keep their place, and the
/// others' places and seats are matched the preferred one first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HolderFigures {
    /// Holders who sit where they do today.
    pub kept: u64,
    /// Holders who sit elsewhere.
    pub moved: u64,
    /// Those of them who like the new place less: it costs more, or as much with a higher number.
    pub worse: u64,
    /// Holders who are left out.
    pub lost: u64,
}

/// O(holdings + seats of holders), but for sorting those of one agent.
pub(super) fn moves(market: &Market, allocation: &Allocation) -> HolderFigures {
    let mut figures = HolderFigures::default();
    for held in market.holdings().chunk_by(|a, b| a.agent == b.agent) {
        let seats = allocation.seats_of(held[0].agent);
        figures.kept += held.iter().map(|hold| u64::from(stays(hold, seats))).sum::<u64>();
        let from = others(market, held, seats);
        let to = others(market, seats, held);
        figures.moved += from.len().min(to.len()) as u64;
        figures.worse += from.iter().zip(&to).filter(|(from, to)| to > from).count() as u64;
        figures.lost += from.len().saturating_sub(to.len()) as u64;
    }
    figures
}

/// How many of these people are at the same place in the other list.
fn stays(own: &Seat, other: &[Seat]) -> u32 {
    other.iter().find(|other| other.place == own.place).map_or(0, |other| other.count.min(own.count))
}

/// The places of everybody who is not at the same place in the other list, the preferred one first; a place that is no
/// choice comes last.
fn others(market: &Market, own: &[Seat], other: &[Seat]) -> Vec<(u32, Place)> {
    let cost = |agent: Agent, place: Place| market.cost(agent, place).unwrap_or(u32::MAX);
    let each = |seat: &Seat| {
        let rest = (seat.count - stays(seat, other)) as usize;
        std::iter::repeat_n((cost(seat.agent, seat.place), seat.place), rest)
    };
    let mut places: Vec<(u32, Place)> = own.iter().flat_map(each).collect();
    places.sort_unstable();
    places
}
