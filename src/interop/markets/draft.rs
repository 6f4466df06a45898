//! From numbered rows to a market.
//!
//! Invariant: what the market's own builder refuses is refused here first, with its line, but for sums that are too
//! large: those belong to no line.

use super::scan::Findings;
use crate::error::{FlawCode, Flaws};
use crate::market::{Market, Place, Priority, Seat, Standing};

/// One choice: compared by agent, place, line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) agent: u32,
    pub(super) place: u32,
    pub(super) line: u32,
    pub(super) cost: u32,
}

/// What a place says of an agent, who need not accept it: compared by agent, place, line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) agent: u32,
    pub(super) place: u32,
    pub(super) line: u32,
    pub(super) priority: Priority,
}

/// Everything a market is made of, by number.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) capacities: Vec<u32>,
    /// Standing and count of each agent.
    pub(super) people: Vec<(Standing, u32)>,
    pub(super) rows: Vec<Row>,
    /// Sorted; each pair once, unless that was found as a flaw.
    pub(super) said: Vec<Said>,
    /// Each pair once.
    pub(super) holdings: Vec<Seat>,
}

impl Draft {
    /// Looks for choices given twice, then makes the market if nothing at all was found. `name` tells a choice.
    pub(super) fn market(mut self, mut found: Findings, name: impl Fn(&Row) -> String) -> Result<Market, Flaws> {
        self.rows.sort_unstable();
        for pair in self.rows.windows(2) {
            let [first, again] = pair else { continue };
            if (first.agent, first.place) == (again.agent, again.place) {
                let problem = format!("{} was given before, at line {}", name(again), first.line);
                found.push(again.line, FlawCode::DuplicateId, problem, "give each pair once");
            }
        }
        found.finish()?;
        let mut builder = Market::builder();
        for &capacity in &self.capacities {
            builder.place(capacity);
        }
        let (mut rows, mut said) = (self.rows.as_slice(), self.said.as_slice());
        for (number, &(standing, count)) in (0..).zip(&self.people) {
            let (own, of_own);
            (own, rows) = rows.split_at(rows.iter().take_while(|row| row.agent == number).count());
            (of_own, said) = said.split_at(said.iter().take_while(|said| said.agent == number).count());
            let agent = builder.agent(standing, count, own.iter().map(|row| (Place::new(row.place), row.cost)));
            // a market knows what places say of those who accept them only
            for word in of_own.iter().filter(|word| own.binary_search_by_key(&word.place, |row| row.place).is_ok()) {
                builder.priority(agent, Place::new(word.place), word.priority);
            }
        }
        self.holdings.iter().for_each(|held| builder.holds(held.agent, held.place, held.count));
        builder.build()
    }
}
