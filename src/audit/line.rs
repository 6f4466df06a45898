//! The line of a round as it stood before a command: the eligible by position, and decisions taken again at their places.
//!
//! Invariant: read from the records alone; that a record says the right place is checked where it was written.

use super::rank::rank;
use crate::district::{Answer, Correction, District, NewAnswer, Recorded, RecordedAppeal, Round};
use crate::market::{Lots, Mechanism};
use crate::people::Application;
use crate::policy::ScoreSheet;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Season};
use std::collections::BTreeMap;

/// Somebody in the line of a round.
pub(super) struct Entrant<'a> {
    pub(super) application: &'a Application,
    pub(super) standing: &'a ScoreSheet,
    /// Whether they renewed in the round.
    pub(super) renewed: bool,
    /// What the id of a permit is made of.
    pub(super) number: u32,
    /// The refusals that appeals set aside.
    pub(super) set_aside: Vec<Refusal>,
    /// Which quota's turn it is: those without one come last.
    pub(super) turn: usize,
}

impl<'a> Entrant<'a> {
    /// What the line is sorted by.
    pub(super) fn key(&self) -> impl Ord + 'a {
        let (application, standing) = (self.application, self.standing);
        // Incumbents are told apart before, and no points of a pair count.
        let rank = rank(false, standing, 0, standing.ticket, &application.resident.id);
        (!self.renewed, self.turn, rank, &application.id)
    }
}

/// The eligible of a round with their positions, and facts as they stood before a command.
pub(super) fn eligible<'a>(
    district: &'a District,
    round: &'a Round,
    before: u64,
) -> impl Iterator<Item = Option<(u32, Entrant<'a>)>> {
    round.outcomes.iter().filter_map(move |outcome| {
        let (standing, number, quota, renewed) = match &outcome.answer {
            Answer::Seated { standing, position, quota, permit, .. } => {
                (standing, *position, quota, permit.renews.is_some())
            }
            Answer::LeftOut { standing, position, quota, .. } => (standing, *position, quota, false),
            Answer::NotEligible { .. } => return None,
        };
        let (own, turn) = (district.application(&outcome.application), nth(district, quota.as_deref()));
        let entrant = |recorded: &'a Recorded| {
            let (application, set_aside) = (recorded.as_of(before), Vec::new());
            (number, Entrant { application, standing, renewed, number, set_aside, turn })
        };
        Some(own.map(entrant))
    })
}

/// The line of a round as it stood before the command of a number; `None` when an application is missing.
pub(super) fn line_of<'a>(district: &'a District, round: &'a Round, before: u64) -> Option<Vec<Entrant<'a>>> {
    let mut again: BTreeMap<&ApplicationId, (u64, &NewAnswer)> = BTreeMap::new();
    for (recorded, by) in reopened(district, &round.season, before) {
        let answer = &recorded.resolved.as_ref()?.reopened.as_ref()?.answer;
        let latest = again.entry(&recorded.appeal.application).or_insert((by, answer));
        if latest.0 < by {
            *latest = (by, answer);
        }
    }
    let mut line: Vec<(u32, bool, Entrant<'a>)> = Vec::new();
    for found in eligible(district, round, before) {
        let (position, entrant) = found?;
        if !again.contains_key(&entrant.application.id) {
            line.push((position, false, entrant));
        }
    }
    for (id, (_, answer)) in again {
        let NewAnswer::InLine { standing, after, number } = answer else { continue };
        let application = district.application(id)?.as_of(before);
        let (number, set_aside) = (*number, set_aside(district, &round.season, id, before));
        let turn = turn_of(district, round, application);
        line.push((*after, true, Entrant { application, standing, renewed: false, number, set_aside, turn }));
    }
    line.sort_by(|a, b| (a.0, a.1, a.2.key()).cmp(&(b.0, b.1, b.2.key())));
    Some(line.into_iter().map(|(_, _, entrant)| entrant).collect())
}

/// The appeals that took decisions of a season again before a command, with the numbers of their own commands.
pub(super) fn reopened<'a>(
    district: &'a District,
    season: &'a Season,
    before: u64,
) -> impl Iterator<Item = (&'a RecordedAppeal, u64)> {
    district.appeals().filter_map(move |recorded| {
        let (reopened, by) = recorded.reopened()?;
        (reopened.season == *season && by < before).then_some((recorded, by))
    })
}

/// The refusals that appeals set aside for an application in the line of a season before a command.
pub(super) fn set_aside(district: &District, season: &Season, id: &ApplicationId, before: u64) -> Vec<Refusal> {
    let own = reopened(district, season, before).filter(|(recorded, _)| recorded.appeal.application == *id);
    let rules = own.filter_map(|(recorded, _)| match recorded.correction()?.0 {
        Correction::Rule(refusal) => Some(*refusal),
        Correction::Fact(_) => None,
    });
    rules.collect()
}

/// Which quota's reserved turn an application keeps from its round; as many as there are quotas when it has none.
pub(super) fn turn_of(district: &District, round: &Round, application: &Application) -> usize {
    let quotas = &district.policy().quotas;
    let reserved = match round.answer(&application.id) {
        Some(Answer::Seated { quota, .. } | Answer::LeftOut { quota, .. }) => nth(district, quota.as_deref()),
        _ => quotas.len(),
    };
    let admitted = quotas.get(reserved).is_some_and(|own| own.group.admits(application, district.inventory()));
    if admitted { reserved } else { quotas.len() }
}

/// The place of a quota in the policy's list; as many as there are when it is none of them.
fn nth(district: &District, quota: Option<&str>) -> usize {
    let quotas = &district.policy().quotas;
    quotas.iter().position(|own| Some(own.id.as_str()) == quota).unwrap_or(quotas.len())
}

/// Whether the rules let a free space fall to the next in line: there is one line for all places.
pub(super) fn can_pass_on(district: &District) -> bool {
    let policy = district.policy();
    policy.round.mechanism != Mechanism::DeferredAcceptance(Lots::PerPlace) && !policy.standing.has_pair_points()
}

/// Whether no other round was held between a round and a command.
pub(super) fn is_latest(district: &District, round: &Round, before: u64) -> bool {
    !district.rounds().iter().any(|other| round.by < other.by && other.by < before)
}
