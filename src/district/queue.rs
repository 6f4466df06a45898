//! The queue of a round: who is eligible, and in which order.

use super::{Answer, District, Outcome, Permit, Round, Step, next};
use crate::calendar::{Timestamp, Window};
use crate::inventory::Route;
use crate::people::Application;
use crate::policy::{Circumstances, Claims, Reason, ScoreFacts, ScoreSheet};
use crate::units::{
    ApplicationId, Centimetres, DoorId, HouseholdId, PermitId, ResidentId, Season, ShiftId, StretchId, VehicleId,
};
use std::collections::{BTreeMap, BTreeSet};

/// An eligible applicant and how they stand.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The application.
    pub application: &'a Application,
    /// How it stands.
    pub standing: ScoreSheet,
    /// The permit that the applicant holds and would renew: then they are an incumbent.
    pub renews: Option<&'a Permit>,
    /// The quota by which they are served before others.
    pub quota: Option<&'a str>,
}

/// Everybody who takes part in a round.
#[derive(Clone, Debug)]
pub(super) struct Queue<'a> {
    /// The eligible, best standing first: the first has position 1.
    pub(super) eligible: Vec<Candidate<'a>>,
    /// The others with all their reasons, sorted by application.
    pub(super) refused: Vec<(&'a ApplicationId, Vec<Reason>)>,
}

/// Everybody who still waits, judged in the order of their turns.
#[derive(Default)]
pub(super) struct Judged<'a> {
    /// The eligible, the permit that each would renew, and what was claimed before.
    pub(super) eligible: Vec<(&'a Application, Option<&'a Permit>, Claims)>,
    /// The others with all their reasons, and what was claimed before.
    pub(super) refused: Vec<(&'a Application, Vec<Reason>, Claims)>,
}

impl District {
    /// Judges and orders everybody who still waits. O(n log n).
    pub(super) fn queue(&self, season: &Season, seed: u64, at: Timestamp) -> Queue<'_> {
        let judged = self.judge_in_turn(at);
        let candidate = |(application, renews, claims)| {
            let standing = self.score(application, claims, season, seed, at);
            Candidate { application, standing, renews, quota: None }
        };
        let mut eligible: Vec<Candidate<'_>> = judged.eligible.into_iter().map(candidate).collect();
        eligible.sort_by(|a, b| a.key().cmp(&b.key()));
        let mut refused: Vec<_> =
            judged.refused.into_iter().map(|(application, reasons, _)| (&application.id, reasons)).collect();
        refused.sort_by_key(|&(application, _)| application);
        Queue { eligible, refused }
    }

    /// Judges everybody who still waits, each after the claims of those before. O(n log n).
    pub(super) fn judge_in_turn(&self, at: Timestamp) -> Judged<'_> {
        let mut ledger = Ledger::default();
        let seated: BTreeSet<&ApplicationId> = self.seated().collect();
        let mut renewable = Renewable::default();
        for permit in self.permits.values() {
            if permit.valid.contains(at) {
                ledger.claim_of(permit);
                if self.is_renewable(permit, at) {
                    renewable.add(permit);
                }
            }
        }
        let mut waiting: Vec<&Application> = self
            .applications
            .values()
            .filter(|recorded| recorded.takes_part() && !seated.contains(&recorded.application.id))
            .map(|recorded| &recorded.application)
            .collect();
        // The earliest claim counts, so applications are judged in the order they were handed in.
        waiting.sort_by_key(|application| (application.applied_at, &application.id));
        let mut judged = Judged::default();
        for application in waiting {
            let renews = renewable.of(application).find(|permit| self.accepts_held(application, permit));
            // Who renews gives the old permit back: it does not stand in its own way.
            renews.into_iter().for_each(|permit| ledger.release(permit));
            let claims = ledger.claims(application);
            let reasons = self.judged(application, at, claims);
            if reasons.is_empty() {
                ledger.claim_for(application);
                renews.into_iter().for_each(|permit| renewable.take(permit));
                judged.eligible.push((application, renews, claims));
            } else {
                renews.into_iter().for_each(|permit| ledger.claim_of(permit));
                judged.refused.push((application, reasons, claims));
            }
        }
        judged
    }

    /// How an application stands in a round, given what was claimed before it.
    pub(super) fn score(
        &self,
        application: &Application,
        claims: Claims,
        season: &Season,
        seed: u64,
        at: Timestamp,
    ) -> ScoreSheet {
        let door = self.inventory.door(&application.resident.door);
        let community = door.and_then(|door| door.community.as_ref());
        let facts = ScoreFacts::new(season, seed, at, &self.policy.zone);
        let first_shift = self.policy.first_shift();
        let facts = ScoreFacts { community, earlier_claims: claims.household, first_shift, ..facts };
        self.policy.standing.score(application, &facts)
    }

    /// Every application that led to a permit or an offer.
    pub(super) fn seated(&self) -> impl Iterator<Item = &ApplicationId> {
        let passed = self.passings.iter().flat_map(|passing| &passing.passed).map(|passed| &passed.permit);
        self.rounds.iter().flat_map(Round::permits).chain(passed).map(|permit| &permit.application)
    }

    /// The claims of permits and offers.
    pub(super) fn claims_of<'p>(&self, permits: impl Iterator<Item = &'p Permit>) -> Ledger<'p> {
        let mut ledger = Ledger::default();
        permits.for_each(|permit| ledger.claim_of(permit));
        ledger
    }

    /// Whether the rules let the holder of a permit in force renew it in a round at an instant: it is not suspended, its
    /// end is near, and the tenure is not over.
    pub(super) fn is_renewable(&self, permit: &Permit, at: Timestamp) -> bool {
        let Some(renewal) = self.policy.round.renewal else { return false };
        let last = at.plus_seconds(i64::from(renewal.within_days) * 86_400);
        let day = |at| self.policy.zone.local(at).date;
        let tenure = renewal.tenure_months.is_none_or(|months| day(permit.since).plus_months(months) > day(at));
        let legal = next(permit.state(at), Step::Renew).is_ok();
        legal && permit.valid.start() < at && permit.valid.end() <= last && tenure
    }

    /// Whether an applicant would still take the place of a permit: from the same door, for the same shift, on a street
    /// not excluded.
    pub(super) fn accepts_held(&self, application: &Application, permit: &Permit) -> bool {
        let street = self.inventory.stretch(&permit.stretch).map(|stretch| &stretch.street);
        application.resident.door == permit.door
            && self.policy.shift_asked(application) == permit.shift.as_ref()
            && street.is_some_and(|street| application.preferences.rank(street).is_some())
    }

    /// All the reasons against an application at an instant, given what was claimed before it.
    pub(super) fn judged(&self, application: &Application, at: Timestamp, claims: Claims) -> Vec<Reason> {
        let circumstances = Circumstances::of(&self.policy, &self.inventory, at, claims);
        let circumstances = circumstances.for_application(&self.policy, application, at);
        crate::policy::judge(&self.policy.eligibility, application, &circumstances)
    }
}

/// Permits in force and eligible applications so far, by whom and what they are for.
#[derive(Default)]
pub(super) struct Ledger<'a> {
    households: BTreeMap<&'a HouseholdId, u32>,
    vehicles: BTreeMap<&'a VehicleId, u32>,
    residents: BTreeMap<&'a ResidentId, u32>,
    doors: BTreeMap<&'a DoorId, u32>,
}

/// Permits that may be renewed, by resident and vehicle, the first to end first.
#[derive(Default)]
struct Renewable<'a>(BTreeMap<(&'a ResidentId, &'a VehicleId), ByEnd<'a>>);

type ByEnd<'a> = BTreeMap<(Timestamp, &'a PermitId), &'a Permit>;

impl<'a> Renewable<'a> {
    fn add(&mut self, permit: &'a Permit) {
        let own = self.0.entry((&permit.resident, &permit.vehicle)).or_default();
        own.insert((permit.valid.end(), &permit.id), permit);
    }

    fn take(&mut self, permit: &'a Permit) {
        let own = self.0.get_mut(&(&permit.resident, &permit.vehicle));
        own.and_then(|own| own.remove(&(permit.valid.end(), &permit.id)));
    }

    /// The permits that an application could renew: of the same resident for the same vehicle, the first to end first.
    fn of(&self, application: &'a Application) -> impl Iterator<Item = &'a Permit> {
        let own = self.0.get(&(&application.resident.id, &application.vehicle.id));
        own.into_iter().flat_map(BTreeMap::values).copied()
    }
}

impl<'a> Ledger<'a> {
    /// Takes a permit's claim out.
    fn release(&mut self, permit: &'a Permit) {
        let counts = [
            self.households.get_mut(&permit.household),
            self.vehicles.get_mut(&permit.vehicle),
            self.residents.get_mut(&permit.resident),
            self.doors.get_mut(&permit.door),
        ];
        counts.into_iter().flatten().for_each(|count| *count = count.saturating_sub(1));
    }

    fn claim_of(&mut self, permit: &'a Permit) {
        self.claim(&permit.household, &permit.vehicle, &permit.resident, &permit.door);
    }

    pub(super) fn claim_for(&mut self, application: &'a Application) {
        let resident = &application.resident;
        self.claim(&resident.household, &application.vehicle.id, &resident.id, &resident.door);
    }

    fn claim(
        &mut self,
        household: &'a HouseholdId,
        vehicle: &'a VehicleId,
        resident: &'a ResidentId,
        door: &'a DoorId,
    ) {
        *self.households.entry(household).or_insert(0) += 1;
        *self.vehicles.entry(vehicle).or_insert(0) += 1;
        *self.residents.entry(resident).or_insert(0) += 1;
        *self.doors.entry(door).or_insert(0) += 1;
    }

    pub(super) fn claims(&self, application: &Application) -> Claims {
        let resident = &application.resident;
        Claims {
            household: self.households.get(&resident.household).copied().unwrap_or(0),
            vehicle: self.vehicles.get(&application.vehicle.id).copied().unwrap_or(0),
            resident: self.residents.get(&resident.id).copied().unwrap_or(0),
            door: self.doors.get(&resident.door).copied().unwrap_or(0),
        }
    }
}

impl Candidate<'_> {
    /// Incumbents stand before everybody else.
    pub(super) fn key(&self) -> impl Ord + '_ {
        (self.renews.is_none(), self.standing.key(&self.application.resident.id), &self.application.id)
    }

    /// The permit of this candidate, seated at a stretch. A renewal is no offer: whoever applied for it holds it already.
    pub(super) fn permit(&self, round: &Terms<'_>, position: u32, seat: Given<'_>) -> Permit {
        let application = self.application;
        let Given { stretch, shift, walk, route } = seat;
        Permit {
            id: PermitId::in_round(round.season, position),
            kind: round.kind.to_owned(),
            season: round.season.clone(),
            application: application.id.clone(),
            resident: application.resident.id.clone(),
            household: application.resident.household.clone(),
            vehicle: application.vehicle.id.clone(),
            door: application.resident.door.clone(),
            stretch: stretch.clone(),
            shift: shift.cloned(),
            walk,
            route,
            valid: round.valid,
            since: self.renews.map_or(round.valid.start(), |renewed| renewed.since),
            renews: self.renews.map(|renewed| renewed.id.clone()),
            offer: round.offer.filter(|_| self.renews.is_none()),
            suspended: None,
            ended: None,
        }
    }
}

/// The place of a permit, and how far it lies from the door.
pub(super) struct Given<'a> {
    pub(super) stretch: &'a StretchId,
    pub(super) shift: Option<&'a ShiftId>,
    pub(super) walk: Centimetres,
    pub(super) route: Route,
}

/// What all permits of a round have in common.
pub(super) struct Terms<'a> {
    pub(super) season: &'a Season,
    pub(super) kind: &'a str,
    pub(super) valid: Window,
    /// Until when they can be accepted, where the policy makes offers.
    pub(super) offer: Option<Timestamp>,
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
