//! Joins the pieces of a named street into lines long enough to carry its name.

use super::frame::{Frame, Pixel, distance};
use super::roads::pixels;
use crate::inventory::{Inventory, StreetKind};
use std::collections::BTreeMap;

/// The longest line made of pieces of one name.
pub(super) struct Chain<'a> {
    pub(super) name: &'a str,
    pub(super) kind: StreetKind,
    pub(super) line: Vec<Pixel>,
    pub(super) length: i64,
}

/// One chain for each name, footways left out: larger kinds first, then longer chains, then by name.
pub(super) fn chains<'a>(frame: &Frame, inventory: &'a Inventory) -> Vec<Chain<'a>> {
    let mut named: BTreeMap<&str, (StreetKind, Vec<Vec<Pixel>>)> = BTreeMap::new();
    for street in inventory.streets() {
        if !street.name.is_empty() && street.kind != StreetKind::Footway {
            let (kind, pieces) = named.entry(&street.name).or_insert((street.kind, Vec::new()));
            *kind = (*kind).min(street.kind);
            pieces.push(pixels(frame, street));
        }
    }
    let longest = |(name, (kind, pieces)): (&'a str, (StreetKind, Vec<Vec<Pixel>>))| {
        let lines = join(pieces).into_iter().map(|line| (length(&line), line));
        let (length, line) = lines.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        Some(Chain { name, kind, line, length })
    };
    let mut chains: Vec<Chain<'a>> = named.into_iter().filter_map(longest).collect();
    chains.sort_by_key(|chain| (chain.kind, std::cmp::Reverse(chain.length), chain.name));
    chains
}

pub(super) fn length(line: &[Pixel]) -> i64 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

/// Puts pieces together end to end, each once, in their order.
fn join(mut pieces: Vec<Vec<Pixel>>) -> Vec<Vec<Pixel>> {
    let mut lines = Vec::new();
    while !pieces.is_empty() {
        let mut line = pieces.remove(0);
        for _ in 0..2 {
            while let Some(next) = follower(&mut pieces, &line) {
                line.extend(next.into_iter().skip(1));
            }
            line.reverse();
        }
        lines.push(line);
    }
    lines
}

/// Takes the piece that goes on where the line ends, turned the right way.
fn follower(pieces: &mut Vec<Vec<Pixel>>, line: &[Pixel]) -> Option<Vec<Pixel>> {
    let end = line.last()?;
    let at = pieces.iter().position(|piece| piece.first() == Some(end) || piece.last() == Some(end))?;
    let mut piece = pieces.remove(at);
    if piece.first() != Some(end) {
        piece.reverse();
    }
    Some(piece)
}
