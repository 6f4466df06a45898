//! Who stands ahead of whom before a draw, and between which positions that leaves somebody.
//!
//! Invariant: of two people one is ahead only if no ticket can change that; whatever tickets or the turns of a quota may
//! turn round is undecided.

use super::report::Positions;
use crate::district::{Candidate, District};
use crate::policy::ScoreSheet;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The candidates of a round, as far as their order is known before the draw.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// For each candidate the score sheet with one ticket for all.
    sheets: Vec<ScoreSheet>,
    /// How many candidates stand better by incumbency, tier, points and tie-breaks; equals have one number.
    ranks: Vec<u32>,
    /// The quotas that each could be served by before others, by number; of incumbents, who are before all, every one.
    quotas: Vec<BTreeSet<usize>>,
    /// For each set of quotas the ranks of those who have it, ascending.
    by_quotas: BTreeMap<BTreeSet<usize>, Vec<u32>>,
}

impl Line {
    /// O(n log n) for each set of quotas that occurs.
    pub(super) fn form(district: &District, candidates: &[Candidate<'_>]) -> Self {
        let rules = &district.policy().quotas;
        let quotas = |own: &Candidate<'_>| -> BTreeSet<usize> {
            let admits = |quota: &usize| rules[*quota].group.admits(own.application, district.inventory());
            (0..rules.len()).filter(|quota| own.renews.is_some() || admits(quota)).collect()
        };
        let blind = |own: &Candidate<'_>| {
            let mut sheet = own.standing.clone();
            candidates.iter().take(1).for_each(|anyone| sheet.ticket = anyone.standing.ticket);
            sheet
        };
        let sheets: Vec<ScoreSheet> = candidates.iter().map(blind).collect();
        let compare = |&a: &usize, &b: &usize| {
            let newcomer = |own: usize| candidates[own].renews.is_none();
            newcomer(a).cmp(&newcomer(b)).then_with(|| by_sheet(&sheets[a], &sheets[b], &candidates[a]))
        };
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by(compare);
        let (mut ranks, mut rank) = (vec![0; candidates.len()], 0);
        for equals in order.chunk_by(|a, b| compare(a, b) == Ordering::Equal) {
            equals.iter().for_each(|&own| ranks[own] = rank);
            rank += number(equals.len());
        }
        let quotas: Vec<BTreeSet<usize>> = candidates.iter().map(quotas).collect();
        let mut by_quotas: BTreeMap<BTreeSet<usize>, Vec<u32>> = BTreeMap::new();
        for own in order {
            by_quotas.entry(quotas[own].clone()).or_default().push(ranks[own]);
        }
        Self { sheets, ranks, quotas, by_quotas }
    }

    /// What a round could make of a candidate's position. O(log n) for each set of quotas that occurs.
    pub(super) fn positions(&self, own: usize) -> Positions {
        let (mut ahead, mut behind) = (0, 0);
        for (quotas, ranks) in &self.by_quotas {
            // Whoever is in all the quotas of another one, and better, is never overtaken by them.
            if quotas.is_superset(&self.quotas[own]) {
                ahead += ranks.partition_point(|&rank| rank < self.ranks[own]);
            }
            if quotas.is_subset(&self.quotas[own]) {
                behind += ranks.len() - ranks.partition_point(|&rank| rank <= self.ranks[own]);
            }
        }
        let of = self.ranks.len();
        Positions { first: number(ahead + 1), last: number(of - behind), of: number(of) }
    }

    /// The place of a candidate among all, equals having one.
    pub(super) fn rank(&self, own: usize) -> u32 {
        self.ranks[own]
    }

    /// Who of two stands ahead on the list; `Equal` when that is undecided.
    pub(super) fn order(&self, a: usize, b: usize) -> Ordering {
        self.settled(self.ranks[a].cmp(&self.ranks[b]), a, b)
    }

    /// The same at a place that gives each of two people some points of its own.
    pub(super) fn order_with(&self, a: (usize, u32), b: (usize, u32), candidates: &[Candidate<'_>]) -> Ordering {
        let with = |(own, points): (usize, u32)| {
            let mut sheet = self.sheets[own].clone();
            sheet.points.push(points);
            sheet
        };
        let newcomer = |own: usize| candidates[own].renews.is_none();
        let there = newcomer(a.0).cmp(&newcomer(b.0));
        self.settled(there.then_with(|| by_sheet(&with(a), &with(b), &candidates[a.0])), a.0, b.0)
    }

    /// Quotas can turn an order round, if the one behind is in a quota in which the other is not.
    fn settled(&self, order: Ordering, a: usize, b: usize) -> Ordering {
        let holds = match order {
            Ordering::Less => self.quotas[a].is_superset(&self.quotas[b]),
            Ordering::Equal => true,
            Ordering::Greater => self.quotas[b].is_superset(&self.quotas[a]),
        };
        if holds { order } else { Ordering::Equal }
    }
}

/// A number of people: a round has fewer than 2^31.
pub(super) fn number(people: usize) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}

/// The order of two score sheets of one ticket, as if both were of one resident.
fn by_sheet(a: &ScoreSheet, b: &ScoreSheet, anyone: &Candidate<'_>) -> Ordering {
    let resident = &anyone.application.resident.id;
    a.key(resident).cmp(&b.key(resident))
}
