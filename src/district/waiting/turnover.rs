//! How many newcomers got a space, round by round.
//!
//! Invariant: whoever got a space counts once, where they have it at last: an offer that was closed counts for the next
//! in line. What fell free between two rounds and was passed on counts between them.

use super::estimate::Span;
use crate::district::District;
use crate::units::{PermitId, Season, ShiftId, StretchId};
use std::collections::{BTreeMap, BTreeSet};

/// A stretch, for a shift where the policy has shifts.
pub(super) type Right<'a> = (&'a StretchId, Option<&'a ShiftId>);

/// For each round the newcomers to each stretch and shift, oldest first. Whoever renewed is none.
#[derive(Clone, Debug)]
pub(super) struct Turnover<'a> {
    district: &'a District,
    by_round: Vec<BTreeMap<Right<'a>, u32>>,
}

impl<'a> Turnover<'a> {
    /// O(permits log rounds).
    pub(super) fn of(district: &'a District) -> Self {
        let rounds = district.rounds();
        let numbers: BTreeMap<&Season, usize> = rounds.iter().map(|round| &round.season).zip(0..).collect();
        let mut between: BTreeMap<&PermitId, usize> = BTreeMap::new();
        for passing in district.passings().iter().filter(|passing| passing.closed.is_empty()) {
            let next = rounds.partition_point(|round| round.by < passing.by);
            let new = passing.passed.iter().filter(|passed| passed.from.is_none());
            between.extend(new.map(|passed| (&passed.permit.id, next)));
        }
        let mut by_round = vec![BTreeMap::new(); rounds.len()];
        // Offers that were closed are not among the permits any more.
        for permit in district.permits().filter(|permit| permit.renews.is_none()) {
            let number = between.get(&permit.id).or_else(|| numbers.get(&permit.season));
            // What was passed on since the last round is in no span yet.
            if let Some(own) = number.and_then(|&number| by_round.get_mut(number)) {
                *own.entry((&permit.stretch, permit.shift.as_ref())).or_insert(0) += 1;
            }
        }
        Self { district, by_round }
    }

    /// The spans from round to round, each with the newcomers who then got a space on these stretches. The first round
    /// gave out what was free since ever, so it only starts a span. O(rounds times stretches, log).
    pub(super) fn on(&self, rights: &BTreeSet<Right<'_>>) -> Vec<Span> {
        let rounds = self.district.rounds();
        let span = |(pair, newcomers): (&[crate::district::Round], &BTreeMap<Right<'_>, u32>)| Span {
            season: pair[1].season.clone(),
            from: pair[0].at,
            to: pair[1].at,
            newcomers: rights.iter().filter_map(|right| newcomers.get(right)).sum(),
        };
        rounds.windows(2).zip(self.by_round.iter().skip(1)).map(span).collect()
    }
}
