//! Whether the stretches of one kerb leave room for each other.
//!
//! Invariant: what passes could be marked side by side after moving each stretch at most [`OVERLAP`] along its kerb, so
//! no kerb is given away twice.

use super::Stretch;
use super::findings::{Findings, Row};
use super::{kerb, place};
use crate::error::FlawCode;
use crate::units::Centimetres;

/// How far stretches may reach into those before them on their kerb, all together: surveys are a metre off. The reaches
/// of a row of stretches add up, so that a long row of short ones gains no more than one metre either.
pub(super) const OVERLAP: u32 = place::TOLERANCE;

/// Two stretches of one kerb without room for both, by their places in the list. `first` starts no later.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    pub(super) first: usize,
    pub(super) second: usize,
    /// How far the second reaches into the first and those before it.
    pub(super) by: Centimetres,
}

/// Every stretch without room beside those that start before it on its side of its street. O(n log n).
pub(super) fn overlaps<'a>(stretches: impl Iterator<Item = &'a Stretch>) -> Vec<Overlap> {
    let mut sorted: Vec<(usize, &Stretch)> = stretches.enumerate().collect();
    let kerb_of = |stretch: &'a Stretch| (&stretch.street, stretch.side);
    let key = |&(_, stretch): &(usize, &'a Stretch)| (kerb_of(stretch), stretch.from, stretch.to, &stretch.id);
    sorted.sort_by(|one, other| key(one).cmp(&key(other)));
    let mut found = Vec::new();
    for kerb in sorted.chunk_by(|one, other| kerb_of(one.1) == kerb_of(other.1)) {
        // How far the stretches so far reach when each is moved on as far as those before it need.
        let mut taken: Option<(u64, usize)> = None;
        for &(second, stretch) in kerb {
            let (from, to) = (u64::from(stretch.from.get()), u64::from(stretch.to.get()));
            let reach = taken.map_or(0, |(end, _)| end.saturating_sub(from));
            taken = match taken {
                Some((end, first)) if reach > u64::from(OVERLAP) => {
                    let by = Centimetres::new(u32::try_from(reach).unwrap_or(u32::MAX));
                    found.push(Overlap { first, second, by });
                    if to > end { Some((to, second)) } else { Some((end, first)) }
                }
                _ => Some((to + reach, second)),
            };
        }
    }
    found
}

/// A stretch with the row it comes from: its own, or that of the street whose kerb it was derived from.
pub(super) struct Laid<'a> {
    pub(super) stretch: Stretch,
    pub(super) row: Row,
    pub(super) origin: &'a str,
}

/// Notes every stretch without room, at a given one of the two, with the other's row.
pub(super) fn note(laid: &[Laid<'_>], found: &mut Findings) {
    for Overlap { first, second, by } in overlaps(laid.iter().map(|laid| &laid.stretch)) {
        let is_given = |at: usize| matches!(laid[at].row, Row::Stretch(_));
        let (at, other) = if is_given(second) { (&laid[second], &laid[first]) } else { (&laid[first], &laid[second]) };
        let (side, street) = (kerb::word(at.stretch.side), at.stretch.street.as_str());
        let problem = format!(
            "{:?} overlaps {:?} ({}) by {by} on the {side} kerb of street {street:?}",
            at.stretch.id.as_str(),
            other.stretch.id.as_str(),
            other.row.name(other.origin),
        );
        let remedy = if matches!(other.row, Row::Stretch(_)) {
            "correct the place, the capacity or the length of a space, or leave one of the two out"
        } else {
            "leave out the stretch, or the street's kerb on that side"
        };
        found.push((at.row, at.origin), "path", FlawCode::DoesNotFit, problem, remedy);
    }
}
