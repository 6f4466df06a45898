//! The answer in lines.

use super::options::Options;
use shared_parking::audit;
use shared_parking::interop::markets::MarketFile;
use shared_parking::market::{Allocation, Market, PlacePrice};
use std::io::{self, Write};

/// Nothing is printed that the auditor does not accept.
pub fn assert_sound(market: &Market, options: &Options, allocation: &Allocation) {
    let findings = audit::check_outcome(market, options.mechanism, options.seed, allocation).err().unwrap_or_default();
    assert!(findings.is_empty(), "the audit found: {findings:?}");
}

/// Seats, people left out, prices, and the two sums.
pub fn write(out: &mut impl Write, file: &MarketFile, allocation: &Allocation) -> io::Result<()> {
    let (market, places, agents) = (file.market(), file.places(), file.agents());
    for seat in &allocation.seats {
        let cost = market.cost(seat.agent, seat.place).unwrap_or_default(); // the audit has seen that it is a choice
        write!(out, "seat {} {} {cost}", agents[seat.agent.index()], places[seat.place.index()])?;
        finish(out, seat.count)?;
    }
    for agent in market.agents() {
        let seated: u32 = allocation.seats_of(agent).iter().map(|seat| seat.count).sum();
        let left = market.count(agent) - seated;
        if left > 0 {
            write!(out, "left {}", agents[agent.index()])?;
            finish(out, left)?;
        }
    }
    for (id, PlacePrice { closed, price }) in places.iter().zip(allocation.certificate.iter().flat_map(|c| &c.places)) {
        match closed {
            None => writeln!(out, "price {id} {price}")?,
            Some(standing) => writeln!(out, "price {id} {price} closed {standing}")?,
        }
    }
    writeln!(out, "seated {}", allocation.seated())?;
    writeln!(out, "cost {}", allocation.cost(market))
}

/// A count of one goes without saying.
fn finish(out: &mut impl Write, count: u32) -> io::Result<()> {
    if count == 1 { writeln!(out) } else { writeln!(out, " {count}") }
}
