//! The queue of a round: who is eligible, and in which order.

use super::{Answer, District, Outcome, Permit};
use crate::calendar::{Timestamp, Window};
use crate::inventory::Route;
use crate::people::Application;
use crate::policy::{Circumstances, Reason, ScoreSheet};
use crate::units::{ApplicationId, Centimetres, HouseholdId, PermitId, Season, StretchId};
use std::collections::{BTreeMap, BTreeSet};

/// An eligible applicant and how they stand.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    /// The application.
    pub(super) application: &'a Application,
    /// How it stands.
    pub(super) standing: ScoreSheet,
}

/// Everybody who takes part in a round.
#[derive(Clone, Debug)]
pub(super) struct Queue<'a> {
    /// The eligible, best standing first: the first has position 1.
    pub(super) eligible: Vec<Candidate<'a>>,
    /// The others with all their reasons, sorted by application.
    pub(super) refused: Vec<(&'a ApplicationId, Vec<Reason>)>,
}

impl District {
    /// Judges and orders everybody without a permit in force. O(n log n).
    pub(super) fn queue(&self, season: &Season, seed: u64, at: Timestamp) -> Queue<'_> {
        let mut claims: BTreeMap<&HouseholdId, u32> = BTreeMap::new();
        let mut granted = BTreeSet::new();
        for permit in self.permits.values().filter(|permit| permit.valid.contains(at)) {
            *claims.entry(&permit.household).or_insert(0) += 1;
            granted.insert(&permit.application);
        }
        let mut waiting: Vec<&Application> = self
            .applications
            .values()
            .filter(|recorded| !granted.contains(&recorded.application.id))
            .map(|recorded| &recorded.application)
            .collect();
        // A household's earliest claim counts, so its applications are judged in the order they were handed in.
        waiting.sort_by_key(|application| (application.applied_at, &application.id));
        let (mut eligible, mut refused) = (Vec::new(), Vec::new());
        for application in waiting {
            let claimed = claims.entry(&application.resident.household).or_insert(0);
            let reasons = self.judge(application, at, *claimed);
            if reasons.is_empty() {
                *claimed += 1;
                let standing = self.policy.standing.score(application, season, seed, at);
                eligible.push(Candidate { application, standing });
            } else {
                refused.push((&application.id, reasons));
            }
        }
        eligible.sort_by(|a, b| a.key().cmp(&b.key()));
        refused.sort_by_key(|&(application, _)| application);
        Queue { eligible, refused }
    }

    /// All the reasons against an application at an instant, given how many claims its household has already.
    #[must_use]
    pub fn judge(&self, application: &Application, at: Timestamp, household_claims: u32) -> Vec<Reason> {
        let today = self.policy.zone.local(at).date;
        let tiers = &self.policy.standing.tiers;
        let circumstances = Circumstances { today, household_claims, tiers };
        crate::policy::judge(&self.policy.eligibility, application, &circumstances)
    }
}

impl Candidate<'_> {
    fn key(&self) -> impl Ord {
        let (tier, points, ticket, resident) = self.standing.key(&self.application.resident.id);
        (tier, points, ticket, resident.clone(), self.application.id.clone())
    }

    /// The permit of this candidate, seated at a stretch.
    pub(super) fn permit(&self, round: &Terms<'_>, position: u32, seat: (StretchId, Centimetres, Route)) -> Permit {
        let application = self.application;
        let (stretch, walk, route) = seat;
        Permit {
            id: PermitId::in_round(round.season, position),
            kind: round.kind.to_owned(),
            season: round.season.clone(),
            application: application.id.clone(),
            resident: application.resident.id.clone(),
            household: application.resident.household.clone(),
            vehicle: application.vehicle.id.clone(),
            door: application.resident.door.clone(),
            stretch,
            walk,
            route,
            valid: round.valid,
        }
    }
}

/// What all permits of a round have in common.
pub(super) struct Terms<'a> {
    pub(super) season: &'a Season,
    pub(super) kind: &'a str,
    pub(super) valid: Window,
}

impl Queue<'_> {
    /// The outcomes of those who are not eligible.
    pub(super) fn refusals(&self) -> impl Iterator<Item = Outcome> {
        self.refused.iter().map(|(application, reasons)| Outcome {
            application: (*application).clone(),
            answer: Answer::NotEligible { reasons: reasons.clone() },
        })
    }
}
