//! Who took part in a round, and in which order: verified from the answers, not taken from the district's queue.

use super::finding::Finding;
use super::round::in_force;
use crate::district::{Answer, District, Round};
use crate::people::Application;
use crate::policy::{Circumstances, ScoreSheet, judge};
use crate::units::{ApplicationId, HouseholdId};
use std::collections::{BTreeMap, BTreeSet};

/// The eligible applicants of a round in the order the rules give.
pub(super) struct Party<'a> {
    queue: Vec<&'a Application>,
    scores: Vec<&'a ScoreSheet>,
}

impl<'a> Party<'a> {
    /// The eligible, position 1 first.
    pub(super) fn queue(&self) -> &[&'a Application] {
        &self.queue
    }

    /// The score sheet at an index of the queue.
    pub(super) fn score(&self, index: usize) -> Option<&'a ScoreSheet> {
        self.scores.get(index).copied()
    }

    /// Verifies parties, reasons, scores and positions of a round, and gathers the eligible.
    pub(super) fn gather(district: &'a District, round: &'a Round, findings: &mut Vec<Finding>) -> Self {
        check_presence(district, round, findings);
        check_reasons(district, round, findings);
        let mut standing = Vec::new();
        for outcome in &round.outcomes {
            let (Some(application), Some((score, position))) =
                (district.application(&outcome.application), place_in_queue(&outcome.answer))
            else {
                continue;
            };
            let due = district.policy().standing.score(application, &round.season, round.seed, round.at);
            if due != *score {
                findings.push(Finding::WrongStanding(round.season.clone(), application.id.clone()));
            }
            standing.push((application, score, position));
        }
        standing.sort_by(|(a, a_score, _), (b, b_score, _)| {
            (a_score.key(&a.resident.id), &a.id).cmp(&(b_score.key(&b.resident.id), &b.id))
        });
        for ((application, _, position), due) in standing.iter().zip(1..) {
            if *position != due {
                findings.push(Finding::WrongStanding(round.season.clone(), application.id.clone()));
            }
        }
        let (queue, scores) = standing.into_iter().map(|(application, score, _)| (application, score)).unzip();
        Self { queue, scores }
    }
}

fn place_in_queue(answer: &Answer) -> Option<(&ScoreSheet, u32)> {
    match answer {
        Answer::Seated { standing, position, .. } | Answer::LeftOut { standing, position, .. } => {
            Some((standing, *position))
        }
        Answer::NotEligible { .. } => None,
    }
}

/// Everybody recorded before the round without a permit in force has one answer, and nobody else has any.
fn check_presence(district: &District, round: &Round, findings: &mut Vec<Finding>) {
    let granted: BTreeSet<&ApplicationId> = in_force(district, round).map(|permit| &permit.application).collect();
    let early = |id: &ApplicationId| district.recorded_by(id).is_some_and(|number| number < round.by);
    let mut due: Vec<&ApplicationId> = district.applications().map(|application| &application.id).collect();
    due.retain(|id| early(id) && !granted.contains(id));
    let answered: Vec<&ApplicationId> = round.outcomes.iter().map(|outcome| &outcome.application).collect();
    if due == answered {
        return;
    }
    let (due_set, answered_set): (BTreeSet<_>, BTreeSet<_>) = (due.into_iter().collect(), answered.iter().collect());
    let answered_set: BTreeSet<&ApplicationId> = answered_set.into_iter().copied().collect();
    let mut wrong: BTreeSet<&ApplicationId> = due_set.symmetric_difference(&answered_set).copied().collect();
    // The right people in a wrong order, or one of them twice.
    wrong.extend(answered.windows(2).filter(|pair| pair[0] >= pair[1]).map(|pair| pair[1]));
    findings.extend(wrong.into_iter().map(|id| Finding::WrongParty(round.season.clone(), id.clone())));
}

/// Each answer has the reasons that the rules give, counting a household's permits and its earlier eligible claims.
fn check_reasons(district: &District, round: &Round, findings: &mut Vec<Finding>) {
    let policy = district.policy();
    let mut claims: BTreeMap<&HouseholdId, u32> = BTreeMap::new();
    for permit in in_force(district, round) {
        *claims.entry(&permit.household).or_insert(0) += 1;
    }
    let mut parties: Vec<_> = round
        .outcomes
        .iter()
        .filter_map(|outcome| district.application(&outcome.application).map(|own| (own, &outcome.answer)))
        .collect();
    parties.sort_by_key(|(application, _)| (application.applied_at, &application.id));
    for (application, answer) in parties {
        let claimed = claims.entry(&application.resident.household).or_insert(0);
        let today = policy.zone.local(round.at).date;
        let circumstances = Circumstances { today, household_claims: *claimed, tiers: &policy.standing.tiers };
        let due = judge(&policy.eligibility, application, &circumstances);
        let agrees = match answer {
            Answer::NotEligible { reasons } => !due.is_empty() && *reasons == due,
            _ => due.is_empty(),
        };
        if !agrees {
            findings.push(Finding::WrongReasons(round.season.clone(), application.id.clone()));
        }
        *claimed += u32::from(due.is_empty());
    }
}
