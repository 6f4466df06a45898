//! The jittered lattice under an invented district: its blocks, their corners, and which community each belongs to.

use crate::inventory::Point;
use crate::units::Chance;

/// A block's extent in centimetres before scaling: 20 blocks make the 4.14 square kilometres published for Desheng.
const BLOCK: (i64, i64) = (48_000, 43_000);
/// Thousandths of a block by which a corner may lie off its place, each way.
const JITTER: i64 = 70;
/// Alleys meet the edge of a block at multiples of one twelfth of it.
pub(super) const SLOTS: i64 = 12;

/// Blocks in columns and rows, with the communities that tile them.
pub(super) struct Lattice {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// For each row of communities, how many stand in it.
    tiles: Vec<usize>,
    /// The place in the caller's list of each tile, row by row.
    order: Vec<usize>,
    /// Size in percent of the base size.
    pub(super) scale: i64,
    chance: Chance,
}

impl Lattice {
    /// A lattice with at most three alleys a block and at least one block a community.
    pub(super) fn new(streets: usize, communities: usize, chance: &Chance) -> Self {
        let communities = communities.max(1);
        let tile_rows = communities.isqrt();
        let tiles: Vec<usize> =
            (0..tile_rows).map(|row| (row + 1) * communities / tile_rows - row * communities / tile_rows).collect();
        let blocks = communities.max(streets * 10 / 23);
        let columns = tiles.iter().copied().max().unwrap_or(1).max((blocks - 1).isqrt() + 1);
        let rows = tile_rows.max(blocks.div_ceil(columns));
        Self { columns, rows, order: listed(&tiles), tiles, scale: 100, chance: chance.fork("lattice") }
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.columns * self.rows
    }

    /// The community, by its place in the caller's list, of the block in this column and row.
    pub(super) fn community(&self, column: usize, row: usize) -> usize {
        let tile_row = row * self.tiles.len() / self.rows;
        let before: usize = self.tiles[..tile_row].iter().sum();
        self.order[before + column * self.tiles[tile_row] / self.columns]
    }

    /// The corner where column line `column` meets row line `row`, in centimetres from the district's middle.
    pub(super) fn corner(&self, column: usize, row: usize) -> Point {
        let mut chance = self.chance.fork(&format!("{column} {row}"));
        let mut along = |line: usize, lines: usize, block: i64| {
            let thousandths = whole(line) * 1_000 - whole(lines) * 500 + whole_u64(chance.below(141)) - JITTER;
            centimetre(thousandths * block * self.scale / 100_000)
        };
        Point { x: along(column, self.columns, BLOCK.0), y: along(row, self.rows, BLOCK.1) }
    }

    /// The ring around a community, anticlockwise and closed, or nothing when it has no block.
    pub(super) fn ring(&self, community: usize) -> Vec<Point> {
        let mine = |block: &usize| self.community(block % self.columns, block / self.columns) == community;
        let (Some(first), Some(last)) = ((0..self.blocks()).find(mine), (0..self.blocks()).rfind(mine)) else {
            return Vec::new();
        };
        // Communities are rectangles of blocks, so the first and the last block are opposite corners.
        let (west, south) = (first % self.columns, first / self.columns);
        let (east, north) = (last % self.columns + 1, last / self.columns + 1);
        let bottom = (west..east).map(|column| (column, south));
        let right = (south..north).map(|row| (east, row));
        let top = (west + 1..=east).rev().map(|column| (column, north));
        let left = (south..=north).rev().map(|row| (west, row));
        bottom.chain(right).chain(top).chain(left).map(|(column, row)| self.corner(column, row)).collect()
    }
}

/// Communities that follow each other in the caller's list are neighbours: the list runs through pairs of tile rows,
/// column by column, so its first six stand three by two.
fn listed(tiles: &[usize]) -> Vec<usize> {
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for (row, &count) in tiles.iter().enumerate() {
        places.extend((0..count).map(|column| (row / 2, column, row)));
    }
    let mut by_list: Vec<usize> = (0..places.len()).collect();
    by_list.sort_by_key(|&tile| places[tile]);
    let mut order = vec![0; places.len()];
    for (listed, &tile) in by_list.iter().enumerate() {
        order[tile] = listed;
    }
    order
}

/// The point `part / whole` of the way from `from` to `to`.
pub(super) fn between(from: Point, to: Point, part: i64, whole: i64) -> Point {
    let step = |a: i32, b: i32| centimetre(i64::from(a) + (i64::from(b) - i64::from(a)) * part / whole.max(1));
    Point { x: step(from.x, to.x), y: step(from.y, to.y) }
}

/// Length of a straight line, in centimetres, rounded down.
pub(super) fn distance(from: Point, to: Point) -> i64 {
    let (dx, dy) = (i64::from(to.x) - i64::from(from.x), i64::from(to.y) - i64::from(from.y));
    (dx * dx + dy * dy).isqrt()
}

/// A count as a signed number: plans are far too small for it not to fit.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A drawn number as a signed one.
pub(super) fn whole_u64(drawn: u64) -> i64 {
    i64::try_from(drawn).unwrap_or(i64::MAX)
}

fn centimetre(length: i64) -> i32 {
    i32::try_from(length).unwrap_or(if length < 0 { i32::MIN } else { i32::MAX })
}
