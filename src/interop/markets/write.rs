//! Writing the market format.
//!
//! Invariant: the text depends on the problem alone, and every line of it is read back as it was meant.

use super::MarketFile;
use std::fmt::Write as _;

/// Writes the market format: places, then each agent with its choices, then priorities and holdings, all in order.
///
/// [`read_market`](super::read_market) gives the same file again, when it came from the market format or from
/// [`MarketFile::numbered`]. One that came from DIMACS is the same problem, numbered otherwise: its ids, which were
/// numbers, are then words (`10` before `9`). A file without places and agents is an empty text, which is not read.
///
/// ```
/// use shared_parking::interop::markets::{read_market, write_market};
/// let file = read_market("holds ann kerb # today\nagent ann 0\nplace kerb 1").unwrap();
/// assert_eq!(write_market(&file), "place kerb 1\nagent ann 0\nholds ann kerb\n");
/// ```
#[must_use]
pub fn write_market(file: &MarketFile) -> String {
    let mut text = String::new();
    let told = tell(file, &mut text);
    debug_assert!(told.is_ok(), "a String takes everything");
    text
}

fn tell(file: &MarketFile, text: &mut String) -> std::fmt::Result {
    let market = file.market();
    for (place, id) in market.places().zip(&file.places) {
        writeln!(text, "place {id} {}", market.capacity(place))?;
    }
    for (agent, id) in market.agents().zip(&file.agents) {
        write!(text, "agent {id} {}", market.standing(agent))?;
        match market.count(agent) {
            1 => writeln!(text)?,
            count => writeln!(text, " {count}")?,
        }
        for choice in market.choices(agent) {
            writeln!(text, "choice {id} {} {}", file.places[choice.place.index()], choice.cost)?;
        }
    }
    for (id, agents) in file.places.iter().zip(&file.priorities).filter(|(_, agents)| !agents.is_empty()) {
        write!(text, "priority {id}")?;
        for agent in agents {
            write!(text, " {}", file.agents[agent.index()])?;
        }
        writeln!(text)?;
    }
    for seat in &file.holdings {
        for _ in 0..seat.count {
            writeln!(text, "holds {} {}", file.agents[seat.agent.index()], file.places[seat.place.index()])?;
        }
    }
    Ok(())
}
