//! Invented streets: full-length lines of the lattice, and alleys across its blocks, cut into pieces at junctions.
//!
//! Widths and the sides that carry spaces follow the usual reading of what a carriageway can bear: 14 m two-way both
//! sides, 9 m two-way one side, 6 m one-way one side.

use super::lattice::{Lattice, SLOTS, between, distance, whole, whole_u64};
use crate::inventory::{Point, Side, StreetKind};
use crate::units::{BasisPoints, Chance};
use std::collections::{BTreeMap, BTreeSet};

/// A piece of a named street, inside or at the edge of one block.
pub(super) struct Piece {
    /// Which street, counted from 0.
    pub(super) street: usize,
    /// Which piece of it, counted from 0.
    pub(super) part: usize,
    pub(super) kind: StreetKind,
    /// Whether its path runs north rather than east.
    northbound: bool,
    /// The community on each side, by its place in the caller's list; none outside the district.
    pub(super) left: Option<usize>,
    pub(super) right: Option<usize>,
    pub(super) path: Vec<Point>,
    pub(super) nodes: (i64, i64),
    /// The sides on which spaces are marked.
    pub(super) marked: &'static [Side],
}

impl Piece {
    /// The community the piece is counted to: at an edge between two, the one to the south or west, so that the streets
    /// of the first communities close around them.
    pub(super) fn home(&self) -> Option<usize> {
        if self.northbound { self.left.or(self.right) } else { self.right.or(self.left) }
    }

    pub(super) fn length(&self) -> i64 {
        self.path.windows(2).map(|ends| distance(ends[0], ends[1])).sum()
    }

    /// Width of the carriageway in centimetres.
    pub(super) fn width(&self) -> u32 {
        match self.kind {
            StreetKind::Main => 1_400,
            StreetKind::Alley => 600,
            _ => 900,
        }
    }

    /// The street's id with the piece's number.
    pub(super) fn id(&self) -> String {
        format!("s-{:05}-{:03}", self.street + 1, self.part + 1)
    }
}

/// An edge of a block, from the corner at (column, row) to the east or to the north.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    north: bool,
    column: usize,
    row: usize,
}

impl Edge {
    fn point(self, lattice: &Lattice, slot: i64) -> Point {
        let end = lattice.corner(self.column + usize::from(!self.north), self.row + usize::from(self.north));
        between(lattice.corner(self.column, self.row), end, slot, SLOTS)
    }

    /// The network's node at this slot: corners are shared by the edges that meet there.
    fn node(self, lattice: &Lattice, slot: i64) -> i64 {
        let at = |column: usize, row: usize| whole(row * (lattice.columns + 1) + column) * 2 * SLOTS + 1;
        match slot {
            0 => at(self.column, self.row),
            SLOTS => at(self.column + usize::from(!self.north), self.row + usize::from(self.north)),
            _ => at(self.column, self.row) + i64::from(self.north) * SLOTS + slot,
        }
    }
}

/// Lays out exactly this many named streets and alleys, all connected.
pub(super) fn lay(lattice: &Lattice, streets: usize, chance: &Chance) -> Vec<Piece> {
    let lines = lines(lattice, streets);
    let alleys = streets - lines.len();
    let mut cuts = BTreeMap::new();
    let mut pieces = Vec::new();
    for block in 0..lattice.blocks() {
        let first = block * alleys / lattice.blocks();
        let here = (block + 1) * alleys / lattice.blocks() - first;
        let numbers = lines.len() + first..lines.len() + first + here;
        cross(lattice, block, numbers, &chance.fork(&format!("block {block}")), &mut cuts, &mut pieces);
    }
    for (street, &(north, line)) in lines.iter().enumerate() {
        along(lattice, (street, north, line), &chance.fork(&format!("street {street}")), &cuts, &mut pieces);
    }
    pieces.sort_by_key(|piece| (piece.street, piece.part));
    pieces
}

/// The lines of the lattice that carry streets: all of them, or when the district has fewer streets the middle ones,
/// by turns east-west and north-south, so that they always meet.
fn lines(lattice: &Lattice, streets: usize) -> Vec<(bool, usize)> {
    let outwards = |north: bool, count: usize| {
        let mut lines: Vec<usize> = (0..=count).collect();
        lines.sort_by_key(|&line| (line * 2).abs_diff(count));
        lines.into_iter().enumerate().map(move |(turn, line)| (turn, north, line))
    };
    let mut all: Vec<_> = outwards(false, lattice.rows).chain(outwards(true, lattice.columns)).collect();
    all.sort_unstable();
    all.truncate(streets);
    let mut kept: Vec<(bool, usize)> = all.into_iter().map(|(_, north, line)| (north, line)).collect();
    kept.sort_unstable();
    kept
}

/// The alleys across one block, all north-south or all east-west, and where they cut its edges.
fn cross(
    lattice: &Lattice,
    block: usize,
    numbers: std::ops::Range<usize>,
    chance: &Chance,
    cuts: &mut BTreeMap<Edge, BTreeSet<i64>>,
    pieces: &mut Vec<Piece>,
) {
    let (column, row) = (block % lattice.columns, block / lattice.columns);
    let mut chance = chance.fork("alleys");
    let north = chance.happens(BasisPoints::new(6_000));
    let start = Edge { north: !north, column, row };
    let end = if north { Edge { row: row + 1, ..start } } else { Edge { column: column + 1, ..start } };
    let share = whole(numbers.len()) + 1;
    for (turn, street) in numbers.enumerate() {
        // At most three alleys, so places are three slots apart and a step aside never makes two meet.
        let mut slot = || (whole(turn) + 1) * SLOTS / share + whole_u64(chance.below(3)) - 1;
        let slots = (slot(), slot());
        cuts.entry(start).or_default().insert(slots.0);
        cuts.entry(end).or_default().insert(slots.1);
        let (from, to) = (start.point(lattice, slots.0), end.point(lattice, slots.1));
        let middle = between(from, to, 40 + whole_u64(chance.below(21)), 100);
        let aside = i32::try_from(chance.below(1_601)).unwrap_or(0) - 800;
        let bend = Point { x: middle.x + aside, y: middle.y + aside };
        let community = Some(lattice.community(column, row));
        pieces.push(Piece {
            street,
            part: 0,
            kind: StreetKind::Alley,
            northbound: north,
            left: community,
            right: community,
            path: vec![from, bend, to],
            nodes: (start.node(lattice, slots.0), end.node(lattice, slots.1)),
            marked: one_side(&mut chance),
        });
    }
}

/// The pieces of one full-length street.
fn along(
    lattice: &Lattice,
    (street, north, line): (usize, bool, usize),
    chance: &Chance,
    cuts: &BTreeMap<Edge, BTreeSet<i64>>,
    pieces: &mut Vec<Piece>,
) {
    let (lines, blocks) = if north { (lattice.columns, lattice.rows) } else { (lattice.rows, lattice.columns) };
    let main = line == 0 || line == lines || line * 2 == lines;
    let kind = if main { StreetKind::Main } else { StreetKind::Street };
    let marked = if main { &[Side::Left, Side::Right] } else { one_side(&mut chance.fork("side")) };
    let mut part = 0;
    for block in 0..blocks {
        let (column, row) = if north { (line, block) } else { (block, line) };
        let edge = Edge { north, column, row };
        let above = (line < lines).then(|| lattice.community(column, row));
        let below = (line > 0).then(|| lattice.community(column - usize::from(north), row - usize::from(!north)));
        let (left, right) = if north { (below, above) } else { (above, below) };
        let mut from = 0;
        for to in cuts.get(&edge).into_iter().flatten().copied().chain([SLOTS]) {
            let path = vec![edge.point(lattice, from), edge.point(lattice, to)];
            let nodes = (edge.node(lattice, from), edge.node(lattice, to));
            pieces.push(Piece { street, part, kind, northbound: north, left, right, path, nodes, marked });
            (from, part) = (to, part + 1);
        }
    }
}

fn one_side(chance: &mut Chance) -> &'static [Side] {
    if chance.happens(BasisPoints::new(5_000)) { &[Side::Left] } else { &[Side::Right] }
}
