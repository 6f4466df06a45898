//! One market: generated once, then everybody takes turns.

use crate::args::Args;
use crate::family::Recipe;
use crate::family::measure::{SHORT_MS, median, pass, timed};
use crate::merged::Merged;
use crate::objective::Objective;
use crate::peer::{Absence, Column, Forms, Peer, Turn};
use crate::program::Workshop;
use crate::table::{Cell, Row};
use shared_parking::allocation::optimal;
use shared_parking::market::Market;
use std::hint::black_box;

/// A row of the table and what goes with it.
pub(crate) struct Outcome {
    pub(crate) row: Row,
    /// What is absent and how to install it.
    pub(crate) notes: Vec<String>,
    pub(crate) disagreements: Vec<String>,
}

/// Our solver in the shape of a peer.
struct Ours<'a>(&'a Market);

impl Peer for Ours<'_> {
    fn solve(&mut self) -> Result<Turn, String> {
        let (solve_ms, allocation) = timed(|| optimal(self.0));
        Ok(Turn { objective: Objective::new(self.0, &allocation), solve_ms, total_ms: solve_ms })
    }
}

/// A solver and its turns so far.
struct Runner<'a> {
    peer: Result<Box<dyn Peer + 'a>, Cell>,
    turns: Vec<Turn>,
    spent_ms: f64,
}

impl<'a> Runner<'a> {
    fn new(peer: Result<Box<dyn Peer + 'a>, Cell>) -> Self {
        Self { peer, turns: Vec::new(), spent_ms: 0.0 }
    }

    fn turn(&mut self, budget_ms: f64) {
        let Ok(peer) = &mut self.peer else { return };
        if self.spent_ms > budget_ms {
            return;
        }
        let (spent, turn) = timed(|| {
            let first = peer.solve()?;
            if first.total_ms < SHORT_MS { peer.solve() } else { Ok(first) }
        });
        self.spent_ms += spent;
        match turn {
            Ok(turn) => self.turns.push(turn),
            Err(error) => self.peer = Err(Cell::Text(error)),
        }
    }

    fn median(&self, time: impl Fn(&Turn) -> f64) -> f64 {
        median(&self.turns.iter().map(time).collect::<Vec<_>>())
    }
}

pub(crate) fn market(
    args: &Args,
    workshop: &Workshop,
    columns: &[Column],
    family: &str,
    recipe: &Recipe,
) -> Result<Outcome, String> {
    let market = recipe.market();
    let merged = Merged::new(&market);
    workshop.clear();
    let mut notes = Vec::new();
    let mut runners = vec![Runner::new(Ok(Box::new(Ours(&market)) as Box<dyn Peer>))];
    let forms = Forms::new(&merged);
    for column in columns {
        runners.push(Runner::new(column.open(workshop, &forms).map_err(|absence| cell(absence, &mut notes))));
    }
    drop(forms);
    let mut passes = Vec::new();
    for _ in 0..args.repeat {
        passes.push(timed(|| black_box(pass(black_box(&market)))).0);
        for (at, runner) in runners.iter_mut().enumerate() {
            runner.turn(if at == 0 { f64::INFINITY } else { f64::from(args.budget) * 1_000.0 });
        }
    }
    let name = format!("{family} {} / {}", merged.spaces(), merged.people());
    let (ours, peers) = runners.split_first().ok_or("nobody took part")?;
    let truth = &ours.turns.first().ok_or("no turn was taken")?.objective;
    let row = Row {
        market: name.clone(),
        choices: market.choice_count(),
        merged: merged.choices.len(),
        ours_ms: ours.median(|turn| turn.solve_ms),
        pass_ms: median(&passes),
        cells: peers.iter().map(figure).collect(),
    };
    let mut disagreements = Vec::new();
    for (runner, title) in runners.iter().zip(std::iter::once("ours again").chain(columns.iter().map(|c| c.title))) {
        let differing = runner.turns.iter().find_map(|turn| truth.against("ours", &turn.objective, title));
        disagreements.extend(differing.map(|told| format!("{name}: {told}")));
    }
    Ok(Outcome { row, notes, disagreements })
}

fn figure(runner: &Runner<'_>) -> Cell {
    match &runner.peer {
        Err(cell) => cell.clone(),
        Ok(_) => Cell::Time {
            solve_ms: runner.median(|turn| turn.solve_ms),
            total_ms: runner.median(|turn| turn.total_ms),
            turns: runner.turns.len(),
        },
    }
}

fn cell(absence: Absence, notes: &mut Vec<String>) -> Cell {
    Cell::Text(
        match absence {
            Absence::Absent(how) => {
                notes.push(how);
                "absent"
            }
            Absence::Large => "large",
            Absence::Narrow => "narrow",
        }
        .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::Family;
    use crate::peer::{With, columns};

    #[test]
    fn a_run_without_programs_has_a_row() {
        let args = Args { sizes: vec![], families: vec![], with: vec![], repeat: 1, budget: 60, deferred: vec![] };
        let columns = columns(&[With::Crates]);
        let recipe = Recipe { people: 80, spaces: 100, ..Family::Spaces.recipe(642) };
        let outcome = market(&args, &Workshop::new().unwrap(), &columns, "small", &recipe).unwrap();
        assert_eq!((outcome.row.market.as_str(), outcome.disagreements.len()), ("small 100 / 80", 0));
        assert!(outcome.row.cells.iter().all(|cell| matches!(cell, Cell::Time { turns: 1, .. })), "{:?}", outcome.row);
    }
}
