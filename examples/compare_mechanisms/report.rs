//! The comparison as a table for a council: a row a figure, a column a mechanism.

use crate::COLUMNS;
use crate::cases::Case;
use crate::round::AGAIN_DAYS;
use shared_parking::audit::{Compared, Comparison, GroupFigures};
use shared_parking::{BasisPoints, Centimetres};
use std::fmt::Write;

const LABEL: usize = 42;
const CELL: usize = 15;
/// More groups than these are told by the two extremes.
const MOST_GROUPS: usize = 8;

/// What the rows mean, once for all tables.
pub const LEGEND: &str = "\
How to read it
  walks      On foot from the door to the middle of the stretch, of those with a space. More people with a space means
             more of those who have none near by, and so longer walks.
  Gini       How unequal a number is among people: 0, all have the same; towards 1, one person has it all.
  envy       People who would rather have a stretch where somebody with a worse claim to it got a space. Claims count
             points for distance and put holders first; by the list alone, neither counts. Lots per place draw ties anew
             for each stretch, which leaves some envy by the tickets of the list.
  pairs      The same counted by stretch: somebody who envies people on three stretches counts three times.
  holders    Permits have ended and all spaces are given anew. Deferred acceptance and trading protect holders, the
             optimal mechanism and the serial dictatorship do not.
  waiting    Days since applying; whoever is left out waits until the next round, a permit's term later, at least.
  quarter    Where no communities are named: the doors, divided at the median of all doors each way.
";

type Cell<'c> = &'c dyn Fn(&Compared) -> String;

struct Table<'c> {
    comparison: &'c Comparison,
    text: String,
}

/// The table of a case, under what it stands on.
pub fn text(case: &Case, comparison: &Comparison) -> String {
    let mut text = format!("{}\n", case.title);
    for words in &case.words {
        let _ = writeln!(text, "  {words}");
    }
    let _ = writeln!(
        text,
        "  Today's holders are invented: the half that applied first, seated by the optimal mechanism;\n  \
         they applied again {AGAIN_DAYS} days before the round."
    );
    let Comparison { people, holders, spaces, .. } = comparison;
    let _ = writeln!(text, "  {spaces} spaces, {people} eligible applicants, {holders} of them with a space today.\n");
    let mut table = Table { comparison, text };
    for line in 0..2 {
        table.line("", COLUMNS.iter().map(|(_, heading)| heading[line].to_owned()));
    }
    table.seats();
    table.fairness();
    table.groups();
    table.text.push('\n');
    table.text
}

impl Table<'_> {
    fn line(&mut self, label: &str, cells: impl Iterator<Item = String>) {
        let mut line = label.to_owned() + &" ".repeat(LABEL.saturating_sub(width(label)));
        cells.for_each(|cell| line += &format!("{cell:>CELL$}"));
        self.text += line.trim_end();
        self.text.push('\n');
    }

    fn row(&mut self, label: &str, cell: Cell<'_>) {
        let comparison = self.comparison;
        self.line(label, comparison.allocations.iter().map(cell));
    }

    fn seats(&mut self) {
        let people = self.comparison.people;
        let metres = |walk: u32| format!("{} m", Centimetres::new(walk).whole_metres());
        self.row("people with a space", &|own| own.seated.to_string());
        self.row("people left out", &|own| (people - own.seated).to_string());
        self.row("walk, mean", &|own| metres(own.cost.mean));
        self.row("walk, nine in ten within", &|own| metres(own.cost.p90));
        self.row("walk, longest", &|own| metres(own.cost.max));
        self.row("walk, Gini", &|own| gini(own.cost.gini));
    }

    fn fairness(&mut self) {
        self.row("people with justified envy", &|own| own.envy.agents.to_string());
        self.row("  pairs of person and stretch", &|own| own.envy.pairs.to_string());
        self.row("people with envy by the list alone", &|own| own.envy_by_list.agents.to_string());
        self.row("  pairs of person and stretch", &|own| own.envy_by_list.pairs.to_string());
        self.row("holders who keep their stretch", &|own| own.holders.kept.to_string());
        self.row("holders who move to a nearer one", &|own| (own.holders.moved - own.holders.worse).to_string());
        self.row("holders who move to a farther one", &|own| own.holders.worse.to_string());
        self.row("holders who lose their space", &|own| own.holders.lost.to_string());
        self.row("waiting, mean", &|own| {
            own.waiting.as_ref().map_or_else(String::new, |of| format!("{} days", of.mean))
        });
        self.row("waiting, Gini", &|own| own.waiting.as_ref().map_or_else(String::new, |of| gini(of.gini)));
    }

    /// The share of each group that is seated.
    fn groups(&mut self) {
        let Some(first) = self.comparison.allocations.first() else { return };
        for grouping in first.groups.chunk_by(|a, b| a.grouping == b.grouping) {
            let name = &grouping[0].grouping;
            let of = |own: &Compared| -> Vec<GroupFigures> {
                own.groups.iter().filter(|group| group.grouping == *name).cloned().collect()
            };
            if grouping.len() <= MOST_GROUPS {
                for (at, group) in grouping.iter().enumerate() {
                    let label = format!("seated of {} in {name} {}", group.people, group.group);
                    self.row(&label, &|own| percent(of(own)[at].share()));
                }
            } else {
                let shares = |own: &Compared| of(own).iter().map(GroupFigures::share).collect::<Vec<_>>();
                let (least, most) = (format!("seated, {name} with the least"), format!("seated, {name} with the most"));
                self.row(&least, &|own| shares(own).into_iter().min().map_or_else(String::new, percent));
                self.row(&most, &|own| shares(own).into_iter().max().map_or_else(String::new, percent));
            }
        }
    }
}

/// How many columns a text takes: characters of Chinese, Japanese and Korean take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum()
}

/// To three decimals.
fn gini(points: BasisPoints) -> String {
    let thousandths = (points.get() + 5) / 10;
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

/// To a tenth of a percent.
fn percent(share: BasisPoints) -> String {
    let tenths = (share.get() + 5) / 10;
    format!("{}.{} %", tenths / 10, tenths % 10)
}
