//! From kerbs on which parking is allowed to stretches of spaces.
//!
//! Invariant: a stated capacity comes out exactly; otherwise no space reaches into the clear of a junction, and part of
//! a space is no space.

use super::geometry::point_at;
use super::network::Network;
use super::{KerbRow, KerbRules, Layout, Side, Street, Stretch};
use crate::units::{Centimetres, StretchId};

/// The most spaces of a derived stretch, so that its middle stands for all of them.
const MOST_SPACES: u32 = 10;
/// The longest derived stretch, about: a stated capacity may be spread thinly.
const LONGEST: u32 = 6_000;

/// A run of kerb between two junctions.
#[derive(Clone, Copy)]
struct Run {
    from: u32,
    to: u32,
}

impl Run {
    const fn length(self) -> u32 {
        self.to.saturating_sub(self.from)
    }
}

/// True for each node at which a street is crossed, joined or renamed.
///
/// A node is a junction when three or more pieces of street meet there, or two of different names. A street that goes
/// on in another row is not cut, even where the kerb's rule changes: a survey that tells no-stopping zones apart has
/// kept the junction clear already.
pub(super) fn junctions(network: &Network, streets: &[Street]) -> Vec<bool> {
    let mut meeting: Vec<Vec<usize>> = vec![Vec::new(); network.nodes()];
    for street in 0..streets.len() {
        let joints = network.joints(street);
        for (number, joint) in joints.iter().enumerate() {
            let pieces = if number == 0 || number + 1 == joints.len() { 1 } else { 2 };
            meeting[joint.node as usize].extend(std::iter::repeat_n(street, pieces));
        }
    }
    let differ = |one: usize, other: usize| streets[one].name != streets[other].name;
    let is_junction = |pieces: Vec<usize>| pieces.len() > 2 || (pieces.len() == 2 && differ(pieces[0], pieces[1]));
    meeting.into_iter().map(is_junction).collect()
}

/// What one street's kerbs yield.
pub(super) struct Derivation<'a> {
    pub(super) network: &'a Network,
    pub(super) junctions: &'a [bool],
    pub(super) rules: &'a KerbRules,
}

impl Derivation<'_> {
    /// The stretches of a street, numbered along its path for each side; an `Err` holds an id that is too long.
    pub(super) fn stretches(&self, number: usize, street: &Street, kerbs: &[KerbRow]) -> Result<Vec<Stretch>, String> {
        let mut found: Vec<Stretch> = Vec::new();
        for side in [Side::Left, Side::Right] {
            let mut next = 1_u32;
            let own: Vec<&KerbRow> = kerbs.iter().filter(|kerb| kerb.side == side).collect();
            for (kerb, run, capacity) in self.side_by_side(number, street, &own) {
                for stretch in cut(run, capacity, stall(self.rules, kerb.layout)) {
                    let id = format!("{}/{}/{next}", street.id, word(side));
                    let id = StretchId::new(&id).map_err(|_| id)?;
                    found.push(self.stretch(id, street, kerb, stretch));
                    next += 1;
                }
            }
        }
        Ok(found)
    }

    fn stretch(&self, id: StretchId, street: &Street, kerb: &KerbRow, (run, capacity): (Run, u32)) -> Stretch {
        let length = stall(self.rules, kerb.layout).min(run.length() / capacity).max(1);
        Stretch {
            id,
            street: street.id.clone(),
            side: kerb.side,
            kind: kerb.kind,
            layout: kerb.layout,
            capacity,
            from: Centimetres::new(run.from),
            to: Centimetres::new(run.to),
            space_length: Centimetres::new(length),
            space_width: across(self.rules, kerb.layout),
            position: point_at(&street.path, middle(run.from, run.to)),
        }
    }

    /// The runs of one side, each divided among the rows of the kerb in proportion to the length of their spaces.
    fn side_by_side<'k>(&self, number: usize, street: &Street, kerbs: &[&'k KerbRow]) -> Vec<(&'k KerbRow, Run, u32)> {
        let filled: Vec<Vec<(Run, u32)>> = kerbs.iter().map(|kerb| self.filled(number, street, kerb)).collect();
        let mut laid = Vec::new();
        for (at, &(run, _)) in filled.iter().take(1).flatten().enumerate() {
            let length = |row: usize| u64::from(filled[row][at].1) * u64::from(stall(self.rules, kerbs[row].layout));
            let total = (0..kerbs.len()).map(length).sum::<u64>().max(1);
            let place = |before: u64| {
                let part = u128::from(run.length()) * u128::from(before) / u128::from(total);
                run.from + u32::try_from(part).unwrap_or(run.length())
            };
            let mut before = 0;
            for (row, kerb) in kerbs.iter().enumerate() {
                let after = before + length(row);
                // One row alone has the whole run, even where it holds no space.
                let own = if kerbs.len() == 1 { run } else { Run { from: place(before), to: place(after) } };
                laid.push((*kerb, own, filled[row][at].1));
                before = after;
            }
        }
        laid
    }

    /// The runs of a kerb, each with its spaces.
    fn filled(&self, number: usize, street: &Street, kerb: &KerbRow) -> Vec<(Run, u32)> {
        let usable = self.runs(number, street, self.rules.junction_clear.get());
        let stall = stall(self.rules, kerb.layout);
        let Some(capacity) = kerb.capacity else {
            return usable.into_iter().map(|run| (run, run.length() / stall.max(1))).collect();
        };
        let any = usable.iter().any(|run| run.length() > 0);
        // Where the clears leave nothing, someone counted cars there all the same.
        let runs = if any { usable } else { self.runs(number, street, 0) };
        let shares = in_proportion(capacity, &runs.iter().map(|run| run.length()).collect::<Vec<_>>());
        runs.into_iter().zip(shares).collect()
    }

    /// The path cut at its junctions, with `clear` taken off on each side of one.
    fn runs(&self, number: usize, street: &Street, clear: u32) -> Vec<Run> {
        let at = self.network.joints(number).iter().filter(|joint| self.junctions[joint.node as usize]);
        let mut cuts: Vec<u32> = at.map(|joint| joint.along).collect();
        let whole = street.length.get();
        let (first, last) = (cuts.first() == Some(&0), cuts.last() == Some(&whole));
        if !first {
            cuts.insert(0, 0);
        }
        if !last {
            cuts.push(whole);
        }
        let count = cuts.len() - 1;
        let run = |(at, pair): (usize, &[u32])| {
            let from = pair[0] + if at > 0 || first { clear } else { 0 };
            let to = pair[1].saturating_sub(if at + 1 < count || last { clear } else { 0 });
            if from < to { Run { from, to } } else { Run { from: pair[0], to: pair[0] } }
        };
        cuts.windows(2).enumerate().map(run).collect()
    }
}

/// Cuts a run into equal stretches of at most [`MOST_SPACES`] spaces and about [`LONGEST`] centimetres.
fn cut(run: Run, capacity: u32, stall: u32) -> Vec<(Run, u32)> {
    if capacity == 0 {
        return Vec::new();
    }
    let spread = run.length() / capacity; // at least a stall, unless the capacity is stated
    let thin = if spread >= 2 * stall.max(1) { run.length().div_ceil(LONGEST) } else { 1 };
    let pieces = capacity.div_ceil(MOST_SPACES).max(thin).min(capacity);
    let spaces_before = |piece: u32| scaled(capacity, piece, pieces);
    let place = |piece: u32| run.from + scaled(run.length(), spaces_before(piece), capacity);
    let piece = |at: u32| (Run { from: place(at), to: place(at + 1) }, spaces_before(at + 1) - spaces_before(at));
    (0..pieces).map(piece).collect()
}

/// `whole * part / parts`, rounded down.
fn scaled(whole: u32, part: u32, parts: u32) -> u32 {
    u32::try_from(u64::from(whole) * u64::from(part) / u64::from(parts.max(1))).unwrap_or(whole)
}

/// Shares of `total` in proportion to `weights` by the largest remainder; equal remainders go to the first.
fn in_proportion(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|&weight| u64::from(weight)).sum::<u64>().max(1);
    let exact = |weight: u32| u64::from(total) * u64::from(weight);
    let mut shares: Vec<u32> = weights.iter().map(|&weight| u32::try_from(exact(weight) / sum).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(exact(weights[at]) % sum), at));
    let given: u32 = shares.iter().sum();
    for at in order.into_iter().take((total - given) as usize) {
        shares[at] += 1;
    }
    shares
}

/// Length along the kerb of one space.
pub(super) const fn stall(rules: &KerbRules, layout: Layout) -> u32 {
    match layout {
        Layout::Parallel => rules.parallel_length.get(),
        Layout::Diagonal => rules.diagonal_length.get(),
        Layout::Perpendicular => rules.perpendicular_length.get(),
    }
}

/// Width of one space across the kerb: a space at an angle reaches as far as a parallel one is long.
pub(super) const fn across(rules: &KerbRules, layout: Layout) -> Centimetres {
    match layout {
        Layout::Parallel => rules.space_width,
        Layout::Diagonal | Layout::Perpendicular => rules.parallel_length,
    }
}

/// The middle of a stretch, along its street.
pub(super) const fn middle(from: u32, to: u32) -> u32 {
    from + (to - from) / 2
}

pub(super) const fn word(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
