//! Peers that come as crates: dense assignment, for small markets.

use crate::family::measure::timed;
use crate::merged::Merged;
use crate::objective::Objective;
use crate::peer::{Peer, Turn};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// What a seat is worth for each pair of a space and a person: `(classes - class) * unit - cost`, and 0 for a pair that
/// is no choice. A seat worth 0 is no seat.
struct Worth {
    spaces: usize,
    people: usize,
    /// By space, then person.
    worth: Vec<i64>,
    classes: Vec<u32>,
    standings: u32,
    unit: i64,
}

impl Worth {
    /// `market` is unmerged.
    fn new(market: &Merged) -> Self {
        let (spaces, people, unit) = (market.capacities.len(), market.groups.len(), market.unit());
        let mut worth = vec![0; spaces * people];
        for (person, group) in market.groups.iter().enumerate() {
            for &(space, cost) in market.list(group.list as usize) {
                worth[space as usize * people + person] =
                    i64::from(market.classes - group.class) * unit - i64::from(cost);
            }
        }
        let classes = market.groups.iter().map(|group| group.class).collect();
        Self { spaces, people, worth, classes, standings: market.classes, unit }
    }

    fn worth(&self, space: usize, person: usize) -> i64 {
        if space < self.spaces && person < self.people { self.worth[space * self.people + person] } else { 0 }
    }

    /// The objective of pairs of a space and a person, some of which may be worth nothing.
    fn objective(&self, pairs: impl Iterator<Item = (usize, usize)>) -> Objective {
        let mut objective = Objective { seated: vec![0; self.standings as usize], cost: 0 };
        for (space, person) in pairs.filter(|&(space, person)| self.worth(space, person) > 0) {
            let class = self.classes[person];
            let cost = i64::from(self.standings - class) * self.unit - self.worth(space, person);
            objective.seated[class as usize] += 1;
            objective.cost += cost.unsigned_abs();
        }
        objective
    }
}

/// `pathfinding`'s Hungarian method: largest worth, rows no more than columns.
pub(crate) struct KuhnMunkres(Worth);

impl KuhnMunkres {
    pub(crate) fn new(unmerged: &Merged) -> Self {
        Self(Worth::new(unmerged))
    }
}

impl Peer for KuhnMunkres {
    fn solve(&mut self) -> Result<Turn, String> {
        let worth = &self.0;
        let tall = worth.spaces > worth.people;
        let (total_ms, (solve_ms, matched)) = timed(|| {
            let sides = if tall { (worth.people, worth.spaces) } else { (worth.spaces, worth.people) };
            let cell = |(row, column)| if tall { worth.worth(column, row) } else { worth.worth(row, column) };
            let matrix = Matrix::from_fn(sides.0, sides.1, cell);
            timed(|| kuhn_munkres(&matrix).1)
        });
        let pair = |(row, column)| if tall { (column, row) } else { (row, column) };
        Ok(Turn { objective: worth.objective(matched.into_iter().enumerate().map(pair)), solve_ms, total_ms })
    }
}

/// `lapjv`, the method of Jonker and Volgenant: least cost, square, in floating point.
pub(crate) struct LapJv(Worth);

impl LapJv {
    /// Costs are whole and their sums stay below 2^53 (`peer::columns`), so floating point is exact.
    pub(crate) fn new(unmerged: &Merged) -> Self {
        Self(Worth::new(unmerged))
    }
}

impl Peer for LapJv {
    fn solve(&mut self) -> Result<Turn, String> {
        let worth = &self.0;
        let (total_ms, (solve_ms, matched)) = timed(|| {
            let (side, top) = (worth.spaces.max(worth.people), worth.worth.iter().copied().max().unwrap_or(0));
            let cell = |(space, person)| (top - worth.worth(space, person)) as f64;
            let matrix = ndarray::Array2::from_shape_fn((side, side), cell);
            timed(|| lapjv::lapjv(&matrix))
        });
        let (columns, _) = matched.map_err(|error| error.to_string())?;
        Ok(Turn { objective: worth.objective(columns.into_iter().enumerate()), solve_ms, total_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::Family;
    use shared_parking::allocation::optimal;
    use shared_parking::market::Market;

    fn agree(market: &Market) -> Objective {
        let ours = Objective::new(market, &optimal(market));
        let unmerged = Merged::new(market).unmerged();
        let peers: [(&str, &mut dyn Peer); 2] =
            [("kuhn_munkres", &mut KuhnMunkres::new(&unmerged)), ("lapjv", &mut LapJv::new(&unmerged))];
        for (name, peer) in peers {
            assert_eq!(ours.against("ours", &peer.solve().unwrap().objective, name), None);
        }
        ours
    }

    #[test]
    fn the_crates_agree_on_642_spaces() {
        let ours = agree(&Family::Spaces.recipe(642).market());
        assert_eq!(ours.seated.len(), 3);
        assert!(ours.seated.iter().sum::<u64>() > 600, "{ours}");
    }

    #[test]
    fn more_spaces_than_people_and_people_without_choices() {
        let mut builder = Market::builder();
        let (kerb, yard) = (builder.place(2), builder.place(2));
        builder.agent(3, 2, [(kerb, 30), (yard, 10)]);
        builder.agent(1, 1, []);
        let ours = agree(&builder.build().unwrap());
        assert_eq!(ours, Objective { seated: vec![0, 2], cost: 20 });
    }
}
