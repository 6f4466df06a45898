//! Sets that are joined step by step, and points grouped by what lies near.
//!
//! Invariant: a group is named by the smallest place in it, so no order of joining shows.

use super::Point;
use super::geometry::distance;
use std::collections::BTreeMap;

/// Places joined into sets: each points to another of its set, the root, which is the smallest, to itself.
pub(super) struct Merged(Vec<usize>);

impl Merged {
    pub(super) fn new(places: usize) -> Self {
        Self((0..places).collect())
    }

    pub(super) fn root(&mut self, place: usize) -> usize {
        let mut at = place;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// A square of the plane: its column and its row.
type Cell = (i32, i32);

/// Groups points that lie within `REACH` centimetres of each other, directly or by way of others: for each point the
/// place of the first of its group.
///
/// Points of one cell of a raster are near each other whatever they are, so only neighbouring cells are compared, and of
/// those only the points that face each other: O(n log n), times at most the number of centimetres of a cell's side.
pub(super) fn groups_within<const REACH: u32>(points: &[Point]) -> Vec<usize> {
    // The diagonal of a cell is shorter than the reach: 707 / 500 is less than the root of 2.
    let side = i32::try_from(REACH * 707 / 1_000).unwrap_or(i32::MAX).max(1);
    let mut merged = Merged::new(points.len());
    let mut cells: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    for (number, at) in points.iter().enumerate() {
        let cell = cells.entry((at.x.div_euclid(side), at.y.div_euclid(side))).or_default();
        cell.push(number);
        merged.join(number, cell[0]);
    }
    // Half of the neighbours up to two cells away: the others look from their side.
    let steps: Vec<Cell> = (0..=2).flat_map(|x| (-2..=2).map(move |y| (x, y))).filter(|&step| step > (0, 0)).collect();
    for (&(column, row), here) in &cells {
        for &(x, y) in &steps {
            let Some(there) = cells.get(&(column + x, row + y)) else { continue };
            if merged.root(here[0]) == merged.root(there[0]) {
                continue;
            }
            let (from, to) = (facing(points, here, (x, y)), facing(points, there, (-x, -y)));
            if from.iter().any(|&a| to.iter().any(|&b| distance(a, b) <= REACH)) {
                merged.join(here[0], there[0]);
            }
        }
    }
    (0..points.len()).map(|number| merged.root(number)).collect()
}

/// The points of a cell that lie nearest to the cells in this direction: of each line that leads there, the last.
/// Whatever lies behind it on its line is farther from everything there.
fn facing(points: &[Point], cell: &[usize], (x, y): Cell) -> Vec<Point> {
    let mut last: BTreeMap<i32, Point> = BTreeMap::new();
    for &number in cell {
        let at = points[number];
        let (line, ahead): (i32, fn(Point, Point, Cell) -> bool) = if y == 0 {
            (at.y, |one, other, step| (one.x > other.x) == (step.0 > 0))
        } else {
            (at.x, |one, other, step| (one.y > other.y) == (step.1 > 0))
        };
        let best = last.entry(line).or_insert(at);
        if ahead(at, *best, (x, y)) {
            *best = at;
        }
    }
    last.into_values().collect()
}
