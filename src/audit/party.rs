//! Who took part in a round, and in which order: verified from the answers, not taken from the district's queue.

use super::finding::Finding;
use super::round::in_force;
use crate::district::{Answer, District, Recorded, Round};
use crate::people::Application;
use crate::policy::{Circumstances, Claims, ScoreSheet, judge};
use crate::units::{ApplicationId, HouseholdId, ResidentId, VehicleId};
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
            let (Some(recorded), Some((score, position))) =
                (district.application(&outcome.application), place_in_queue(&outcome.answer))
            else {
                continue;
            };
            let application = &recorded.application;
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

/// Everybody recorded before the round, not withdrawn and not seated by then, has one answer, and nobody else has any.
fn check_presence(district: &District, round: &Round, findings: &mut Vec<Finding>) {
    let earlier = district.rounds().iter().filter(|other| other.by < round.by);
    let seated: BTreeSet<&ApplicationId> = earlier.flat_map(Round::permits).map(|permit| &permit.application).collect();
    let waits = |recorded: &&Recorded| {
        recorded.by < round.by
            && recorded.withdrawn.is_none_or(|by| by > round.by)
            && !seated.contains(&recorded.application.id)
    };
    let due: BTreeSet<&ApplicationId> =
        district.applications().filter(waits).map(|recorded| &recorded.application.id).collect();
    let answered: BTreeSet<&ApplicationId> = round.outcomes.iter().map(|outcome| &outcome.application).collect();
    let mut wrong: BTreeSet<&ApplicationId> = due.symmetric_difference(&answered).copied().collect();
    // The right people in a wrong order, or one of them twice.
    let pairs = round.outcomes.windows(2).filter(|pair| pair[0].application >= pair[1].application);
    wrong.extend(pairs.map(|pair| &pair[1].application));
    findings.extend(wrong.into_iter().map(|id| Finding::WrongParty(round.season.clone(), id.clone())));
}

/// Each answer has the reasons that the rules give, counting permits in force and earlier eligible claims.
fn check_reasons(district: &District, round: &Round, findings: &mut Vec<Finding>) {
    let policy = district.policy();
    let mut claimed: Vec<(&HouseholdId, &VehicleId, &ResidentId)> =
        in_force(district, round).map(|permit| (&permit.household, &permit.vehicle, &permit.resident)).collect();
    let mut parties: Vec<_> = round
        .outcomes
        .iter()
        .filter_map(|outcome| Some((&district.application(&outcome.application)?.application, &outcome.answer)))
        .collect();
    parties.sort_by_key(|(application, _)| (application.applied_at, &application.id));
    // How many claimed so far share each id: the three kinds of id are told apart by their types.
    let (mut households, mut vehicles, mut residents) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let today = policy.zone.local(round.at).date;
    for (application, answer) in parties {
        for (household, vehicle, resident) in claimed.drain(..) {
            *households.entry(household).or_insert(0) += 1;
            *vehicles.entry(vehicle).or_insert(0) += 1;
            *residents.entry(resident).or_insert(0) += 1;
        }
        let (resident, vehicle) = (&application.resident, &application.vehicle);
        let claims = Claims {
            household: households.get(&resident.household).copied().unwrap_or(0),
            vehicle: vehicles.get(&vehicle.id).copied().unwrap_or(0),
            resident: residents.get(&resident.id).copied().unwrap_or(0),
        };
        let circumstances = Circumstances { today, claims, tiers: &policy.standing.tiers };
        let due = judge(&policy.eligibility, application, &circumstances);
        let agrees = match answer {
            Answer::NotEligible { reasons } => !due.is_empty() && *reasons == due,
            _ => due.is_empty(),
        };
        if !agrees {
            findings.push(Finding::WrongReasons(round.season.clone(), application.id.clone()));
        }
        if due.is_empty() {
            claimed.push((&resident.household, &vehicle.id, &resident.id));
        }
    }
}
