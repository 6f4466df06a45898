//! How many spaces each kerb of an invented district holds, in all exactly as many as were asked for.

use super::lattice::whole;
use super::streets::Piece;
use crate::inventory::{Point, Side};
use crate::units::Rounding;

/// Length of one marked space parallel to the kerb, in centimetres.
pub(super) const SPACE_LENGTH: i64 = 600;
/// Width of one marked space, in centimetres.
pub(super) const SPACE_WIDTH: i64 = 250;
/// Kept clear at each end of a piece: half a crossing main street and 5 m.
const CLEAR: i64 = 1_200;

/// The most spaces of one stretch, so that its middle stands for all of them.
const MOST: i64 = 10;
/// Between stretches that follow each other at one kerb.
const GAP: i64 = 100;

/// A stretch of spaces at one kerb of a piece.
pub(super) struct Marked<'a> {
    pub(super) piece: &'a Piece,
    pub(super) side: Side,
    /// Counted from 0 along the kerb.
    pub(super) number: i64,
    pub(super) capacity: i64,
    /// Where its middle lies along the piece.
    along: i64,
}

impl Marked<'_> {
    /// The middle of the stretch, in the middle of its spaces.
    pub(super) fn middle(&self) -> Point {
        beside(&self.piece.path, self.along, self.side, (i64::from(self.piece.width()) - SPACE_WIDTH) / 2)
    }
}

/// Cuts the spaces of one kerb into stretches as even as can be, around the kerb's middle.
fn cut(piece: &Piece, side: Side, spaces: i64) -> impl Iterator<Item = Marked<'_>> {
    let stretches = (spaces + MOST - 1) / MOST;
    let start = (piece.length() - spaces * SPACE_LENGTH - (stretches - 1) * GAP) / 2;
    let before = move |number: i64| number * spaces / stretches;
    let edge = move |number: i64| start + before(number) * SPACE_LENGTH + number * GAP;
    (0..stretches).map(move |number| Marked {
        piece,
        side,
        number,
        capacity: before(number + 1) - before(number),
        along: (edge(number) + edge(number + 1) - GAP) / 2,
    })
}

/// Kerb that spaces may take: the clear ends, the gaps, and two hundredths for what projection may shorten are left out.
fn usable(piece: &Piece) -> i64 {
    (piece.length() * 96 / 100 - 2 * CLEAR).max(0)
}

/// How many spaces would fit on these pieces.
pub(super) fn room<'a>(pieces: impl Iterator<Item = &'a Piece>) -> i64 {
    pieces.map(|piece| usable(piece) / SPACE_LENGTH * whole(piece.marked.len())).sum()
}

/// Distributes `spaces` over the kerbs in proportion to their usable length, by largest remainder (ties by the order of
/// the pieces), never more than fit. Exactly `spaces` when they are not more than [`room`]; kerbs without any are left
/// out.
pub(super) fn mark<'a>(pieces: impl Iterator<Item = &'a Piece>, spaces: u32) -> Vec<Marked<'a>> {
    let kerbs: Vec<(&Piece, Side)> =
        pieces.flat_map(|piece| piece.marked.iter().map(move |&side| (piece, side))).collect();
    let weights: Vec<i64> = kerbs.iter().map(|(piece, _)| usable(piece)).collect();
    let most: Vec<i64> = weights.iter().map(|weight| weight / SPACE_LENGTH).collect();
    let shares = largest_remainder(i64::from(spaces), &weights, &most);
    kerbs.into_iter().zip(shares).flat_map(|((piece, side), share)| cut(piece, side, share)).collect()
}

/// Splits `total` in proportion to `weights` with no part above its `most`; the parts add up to `total` unless
/// that is more than all of `most` together.
pub(super) fn largest_remainder(total: i64, weights: &[i64], most: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    let exact = |weight: i64| i128::from(total) * i128::from(weight);
    let mut parts: Vec<i64> = (weights.iter().zip(most))
        .map(|(&weight, &most)| {
            i64::try_from(Rounding::Floor.divide(exact(weight), sum)).map_or(most, |part| part.min(most))
        })
        .collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(exact(weights[at]).checked_rem(sum)), at));
    let mut missing = total.min(most.iter().sum()) - parts.iter().sum::<i64>();
    while missing > 0 {
        for &at in &order {
            if missing > 0 && parts[at] < most[at] {
                parts[at] += 1;
                missing -= 1;
            }
        }
    }
    parts
}

/// The point `along` a path and `off` centimetres to a side of it.
pub(super) fn beside(path: &[Point], along: i64, side: Side, off: i64) -> Point {
    let mut left = along;
    let mut ends = (Point::default(), Point::default());
    for pair in path.windows(2) {
        ends = (pair[0], pair[1]);
        let length = super::lattice::distance(ends.0, ends.1);
        if left <= length {
            break;
        }
        left -= length;
    }
    let (from, to) = ends;
    let length = super::lattice::distance(from, to).max(1);
    let (dx, dy) = (i64::from(to.x) - i64::from(from.x), i64::from(to.y) - i64::from(from.y));
    let off = if side == Side::Left { off } else { -off };
    let moved = |start: i32, step: i64| start.saturating_add(i32::try_from(step).unwrap_or(0));
    Point { x: moved(from.x, (dx * left - dy * off) / length), y: moved(from.y, (dy * left + dx * off) / length) }
}
