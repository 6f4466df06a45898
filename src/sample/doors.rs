//! Invented doors: along the streets, set back from the carriageway, never outside the district.

use super::lattice::{whole, whole_u64};
use super::spaces::{beside, largest_remainder};
use super::streets::Piece;
use crate::inventory::{Point, Side};
use crate::units::Chance;

/// Doors keep away from the ends of a piece, where a crossing street runs.
const CLEAR: i64 = 1_500;

/// A door at one side of a piece.
pub(super) struct Doorway<'a> {
    /// Counted from 0 over the whole district.
    pub(super) number: usize,
    pub(super) piece: &'a Piece,
    /// The community on its side, by its place in the caller's list.
    pub(super) community: Option<usize>,
    pub(super) position: Point,
}

/// Places exactly this many doors in proportion to the pieces' length, if there is any piece.
pub(super) fn open<'a>(pieces: &'a [Piece], doors: usize, chance: &Chance) -> Vec<Doorway<'a>> {
    let weights: Vec<i64> = pieces.iter().map(|piece| (piece.length() - 2 * CLEAR).max(100)).collect();
    let shares = largest_remainder(whole(doors), &weights, &vec![i64::MAX / 1_000_000_000; weights.len()]);
    let places = pieces.iter().zip(shares).flat_map(|(piece, share)| (0..share).map(move |at| (piece, at, share)));
    let mut placed = Vec::new();
    for (number, (piece, at, share)) in places.enumerate() {
        let mut chance = chance.fork(&format!("door {number}"));
        let stride = (piece.length() - 2 * CLEAR).max(0) / share;
        let along = CLEAR.min(piece.length() / 2) + at * stride + whole_u64(chance.below(stride.unsigned_abs()));
        let side = match (piece.left, piece.right) {
            (Some(_), None) => Side::Left,
            (None, Some(_)) => Side::Right,
            _ if chance.below(2) == 0 => Side::Left,
            _ => Side::Right,
        };
        let off = i64::from(piece.width()) / 2 + 600 + whole_u64(chance.below(1_400));
        let community = if side == Side::Left { piece.left } else { piece.right };
        placed.push(Doorway { number, piece, community, position: beside(&piece.path, along, side, off) });
    }
    placed
}
