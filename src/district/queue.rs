//! The queue of a round: who is eligible, and in which order.

use super::{Answer, District, Outcome, Permit};
use crate::calendar::{Timestamp, Window};
use crate::inventory::Route;
use crate::people::Application;
use crate::policy::{Circumstances, Claims, Reason, ScoreSheet};
use crate::units::{ApplicationId, Centimetres, HouseholdId, PermitId, ResidentId, Season, StretchId, VehicleId};
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
    /// Judges and orders everybody who still waits. O(n log n).
    pub(super) fn queue(&self, season: &Season, seed: u64, at: Timestamp) -> Queue<'_> {
        let mut ledger = Ledger::default();
        let mut seated = BTreeSet::new();
        for permit in self.permits.values() {
            seated.insert(&permit.application);
            if permit.valid.contains(at) {
                ledger.claim(&permit.household, &permit.vehicle, &permit.resident);
            }
        }
        let mut waiting: Vec<&Application> = self
            .applications
            .values()
            .filter(|recorded| recorded.withdrawn.is_none() && !seated.contains(&recorded.application.id))
            .map(|recorded| &recorded.application)
            .collect();
        // The earliest claim counts, so applications are judged in the order they were handed in.
        waiting.sort_by_key(|application| (application.applied_at, &application.id));
        let (mut eligible, mut refused) = (Vec::new(), Vec::new());
        for application in waiting {
            let reasons = self.judged(application, at, ledger.claims(application));
            if reasons.is_empty() {
                ledger.claim(&application.resident.household, &application.vehicle.id, &application.resident.id);
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

    /// All the reasons against an application at an instant, given what was claimed before it.
    pub(super) fn judged(&self, application: &Application, at: Timestamp, claims: Claims) -> Vec<Reason> {
        let today = self.policy.zone.local(at).date;
        let circumstances = Circumstances { today, claims, tiers: &self.policy.standing.tiers };
        crate::policy::judge(&self.policy.eligibility, application, &circumstances)
    }
}

/// Permits in force and eligible applications so far, by whom and what they are for.
#[derive(Default)]
struct Ledger<'a> {
    households: BTreeMap<&'a HouseholdId, u32>,
    vehicles: BTreeMap<&'a VehicleId, u32>,
    residents: BTreeMap<&'a ResidentId, u32>,
}

impl<'a> Ledger<'a> {
    fn claim(&mut self, household: &'a HouseholdId, vehicle: &'a VehicleId, resident: &'a ResidentId) {
        *self.households.entry(household).or_insert(0) += 1;
        *self.vehicles.entry(vehicle).or_insert(0) += 1;
        *self.residents.entry(resident).or_insert(0) += 1;
    }

    fn claims(&self, application: &Application) -> Claims {
        let resident = &application.resident;
        Claims {
            household: self.households.get(&resident.household).copied().unwrap_or(0),
            vehicle: self.vehicles.get(&application.vehicle.id).copied().unwrap_or(0),
            resident: self.residents.get(&resident.id).copied().unwrap_or(0),
        }
    }
}

impl Candidate<'_> {
    fn key(&self) -> impl Ord + '_ {
        (self.standing.key(&self.application.resident.id), &self.application.id)
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
