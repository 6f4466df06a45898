//! Writing the market format.
//!
//! Invariant: the text depends on the problem alone, and every line of it is read back as it was meant.

use super::MarketFile;
use crate::market::{Agent, Market, Place, Priority};
use std::fmt::Write as _;

/// Writes the market format: places, then each agent with its choices, then priorities and holdings, all in order.
///
/// A place whose priorities are 0, 1, 2 and so on, each once, has a line `priority`; any other that says something, a
/// line `rank` for each agent. What a place said of agents that do not accept it is not in the market, and not written.
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
    tell_priorities(file, text)?;
    for seat in market.holdings() {
        write!(text, "holds {} {}", file.agents[seat.agent.index()], file.places[seat.place.index()])?;
        match seat.count {
            1 => writeln!(text)?,
            count => writeln!(text, " {count}")?,
        }
    }
    Ok(())
}

fn tell_priorities(file: &MarketFile, text: &mut String) -> std::fmt::Result {
    for said in said(file.market()).chunk_by(|a, b| a.0 == b.0) {
        let place = &file.places[said[0].0.index()];
        if (0..).zip(said).all(|(position, word)| word.1 == position) {
            write!(text, "priority {place}")?;
            for (_, _, agent) in said {
                write!(text, " {}", file.agents[agent.index()])?;
            }
            writeln!(text)?;
        } else {
            for (_, priority, agent) in said {
                writeln!(text, "rank {place} {} {priority}", file.agents[agent.index()])?;
            }
        }
    }
    Ok(())
}

/// What each place says, its best first, then by agent.
fn said(market: &Market) -> Vec<(Place, Priority, Agent)> {
    let mut said = Vec::new();
    for agent in market.agents().filter(|_| market.has_priorities()) {
        let own =
            (0..).zip(market.choices(agent)).map(|(at, choice)| (choice.place, market.priority_at(agent, at), agent));
        said.extend(own.filter(|word| word.1 != Market::LAST));
    }
    said.sort_unstable();
    said
}

#[cfg(test)]
mod tests {
    use super::super::read_market;
    use super::*;

    #[test]
    fn holders_in_great_numbers_are_one_line() {
        let many = u32::MAX >> 1;
        let mut builder = Market::builder();
        let kerb = builder.place(many);
        let all = builder.agent(0, many, [(kerb, 1)]);
        builder.holds(all, kerb, many);
        let Ok(market) = builder.build() else { panic!("a sound market") };
        let file = MarketFile::numbered(market);
        let text = write_market(&file);
        assert!(text.ends_with("\nholds a0 p0 2147483647\n"));
        assert_eq!(read_market(&text), Ok(file));
    }
}
