//! From numbered rows to a market.
//!
//! Invariant: what the market's own builder refuses is refused here first, with its line, but for sums that are too
//! large: those belong to no line.

use super::scan::Findings;
use crate::error::{FlawCode, Flaws};
use crate::market::{Market, Place, Standing};

/// One choice: compared by agent, place, line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) agent: u32,
    pub(super) place: u32,
    pub(super) line: u32,
    pub(super) cost: u32,
}

/// Everything a market is made of, by number.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) capacities: Vec<u32>,
    /// Standing and count of each agent.
    pub(super) people: Vec<(Standing, u32)>,
    pub(super) rows: Vec<Row>,
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
        let mut rest = self.rows.as_slice();
        for (agent, &(standing, count)) in (0..).zip(&self.people) {
            let own;
            (own, rest) = rest.split_at(rest.iter().take_while(|row| row.agent == agent).count());
            builder.agent(standing, count, own.iter().map(|row| (Place::new(row.place), row.cost)));
        }
        builder.build()
    }
}
