//! Who is compared, on which form of a market, and up to which size.

use crate::dense::{KuhnMunkres, LapJv};
use crate::merged::Merged;
use crate::objective::Objective;
use crate::program::Workshop;

/// One solve.
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    pub(crate) objective: Objective,
    /// The solve alone.
    pub(crate) solve_ms: f64,
    /// The same with the building of the solver's own graph or matrix.
    pub(crate) total_ms: f64,
}

/// A solver that holds a market.
pub(crate) trait Peer {
    fn solve(&mut self) -> Result<Turn, String>;
}

/// What `--with` chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum With {
    Lemon,
    Sites,
    Unmerged,
    Ortools,
    Scipy,
    Crates,
}

impl With {
    pub(crate) const ALL: [Self; 6] =
        [Self::Lemon, Self::Sites, Self::Unmerged, Self::Ortools, Self::Scipy, Self::Crates];

    pub(crate) fn name(self) -> &'static str {
        ["lemon", "sites", "unmerged", "ortools", "scipy", "crates"][self as usize]
    }
}

/// Where a solver lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    Lemon,
    Python,
    Crate,
}

/// How large the sums of a solver's weights may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// One weight and all costs in an `i64`.
    Weight,
    /// A weight times so many for each node, in an `i64`.
    Scaled(i64),
    /// A weight for each person, whole in an `f64`.
    Float,
}

/// A column of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    with: With,
    pub(crate) title: &'static str,
    method: &'static str,
    home: Home,
    room: Room,
    unmerged: bool,
    /// More arcs (pairs of a group and a place, or cells of a matrix) would not end in reasonable time.
    most: u64,
}

const fn column(with: With, title: &'static str, method: &'static str, home: Home, room: Room) -> Column {
    Column { with, title, method, home, room, unmerged: false, most: u64::MAX }
}

impl Column {
    const fn unmerged_to(self, most: u64) -> Self {
        Self { unmerged: true, most, ..self }
    }
}

use {Home::*, Room::*};

const COLUMNS: [Column; 9] = [
    column(With::Lemon, "NetworkSimplex", "network-simplex", Lemon, Weight),
    column(With::Sites, "NetworkSimplex, sites", "network-simplex-sites", Lemon, Weight),
    column(With::Ortools, "OR-Tools", "ortools", Python, Scaled(1)),
    column(With::Unmerged, "unmerged NetworkSimplex", "network-simplex", Lemon, Weight).unmerged_to(2_000_000),
    column(With::Unmerged, "unmerged CapacityScaling", "capacity-scaling", Lemon, Weight).unmerged_to(12_000_000),
    column(With::Unmerged, "unmerged CostScaling", "cost-scaling", Lemon, Scaled(16)).unmerged_to(2_000_000),
    column(With::Scipy, "scipy", "scipy", Python, Float).unmerged_to(2_000_000),
    column(With::Crates, "kuhn_munkres", "kuhn_munkres", Crate, Weight).unmerged_to(1_000_000),
    column(With::Crates, "lapjv", "lapjv", Crate, Float).unmerged_to(2_000_000),
];

pub(crate) fn columns(with: &[With]) -> Vec<Column> {
    COLUMNS.into_iter().filter(|column| with.contains(&column.with)).collect()
}

/// Why a column has no figure for a market.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// Not installed; how to.
    Absent(String),
    /// Too large for it.
    Large,
    /// Its numbers cannot hold the weights.
    Narrow,
}

impl Column {
    /// The solver, ready for its first turn.
    pub(crate) fn open(&self, workshop: &Workshop, forms: &Forms<'_>) -> Result<Box<dyn Peer>, Absence> {
        if forms.size(self) > self.most {
            return Err(Absence::Large);
        }
        if !self.fits(forms.merged) {
            return Err(Absence::Narrow);
        }
        let market = if self.unmerged { forms.unmerged() } else { forms.merged };
        Ok(match self.home {
            Crate if self.method == "lapjv" => Box::new(LapJv::new(market)),
            Crate => Box::new(KuhnMunkres::new(market)),
            Lemon => Box::new(workshop.lemon(self.method, market, self.unmerged).map_err(Absence::Absent)?),
            Python => Box::new(workshop.python(self.method, market, self.unmerged).map_err(Absence::Absent)?),
        })
    }

    fn fits(&self, merged: &Merged) -> bool {
        let Some(weight) = merged.largest_weight() else { return false };
        let nodes = i64::try_from(2 * (merged.people() + merged.spaces() + 1)).unwrap_or(i64::MAX);
        match self.room {
            Weight => true,
            Scaled(by) => weight.checked_mul(by).and_then(|weight| weight.checked_mul(nodes)).is_some(),
            Float => weight.checked_mul(nodes).is_some_and(|sum| sum < 1 << 53),
        }
    }
}

/// Both forms of a market; the unmerged one is made when first needed.
pub(crate) struct Forms<'a> {
    pub(crate) merged: &'a Merged,
    unmerged: std::cell::OnceCell<Merged>,
}

impl<'a> Forms<'a> {
    pub(crate) fn new(merged: &'a Merged) -> Self {
        Self { merged, unmerged: std::cell::OnceCell::new() }
    }

    fn unmerged(&self) -> &Merged {
        self.unmerged.get_or_init(|| self.merged.unmerged())
    }

    fn size(&self, column: &Column) -> u64 {
        match (column.home, column.unmerged) {
            (Crate, _) => self.merged.spaces() * self.merged.people(),
            (_, true) => self.merged.unmerged_arcs(),
            (_, false) => self.merged.arcs(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::Family;

    #[test]
    fn columns_follow_the_wish_and_sizes_are_capped() {
        let titles = |with: &[With]| columns(with).iter().map(|column| column.title).collect::<Vec<_>>();
        assert_eq!(titles(&[With::Scipy, With::Lemon]), ["NetworkSimplex", "scipy"]);
        assert_eq!(columns(&With::ALL).len(), COLUMNS.len());
        let merged = Merged::new(&Family::Spaces.recipe(2_250).market());
        let (forms, workshop) = (Forms::new(&merged), Workshop::new().unwrap());
        for column in columns(&[With::Crates]) {
            assert_eq!(column.open(&workshop, &forms).err(), Some(Absence::Large));
        }
    }

    #[test]
    fn weights_beyond_a_solver_s_numbers_are_seen() {
        let tiers = Merged::new(&Family::Spaces.recipe(642).market());
        let strict = Merged::new(&Family::Strict.recipe(22_500).market());
        let fitting = |merged: &Merged| COLUMNS.iter().filter(|column| column.fits(merged)).count();
        assert_eq!(fitting(&tiers), COLUMNS.len());
        // 45,000 standings times 22,501 times 300 m are 3e13: no float, no cost scaled by the nodes.
        assert!(fitting(&strict) < COLUMNS.len(), "{:?}", strict.largest_weight());
        assert!(COLUMNS[0].fits(&strict));
    }
}
