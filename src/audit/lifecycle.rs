//! What happened to permits after they were given, against the rules, and taken over once more.
//!
//! Invariant: derived from the records and the policy; the district's own table of steps is not asked.

use super::finding::Finding;
use super::party::{Counts, claim_for, claim_of};
use super::permits::{History, cut};
use crate::calendar::Timestamp;
use crate::district::{Change, Changed, District, Ended, Permit, Reach, Suspension};
use crate::people::{Application, Resident, Vehicle};
use crate::policy::{Circumstances, OnDeath, OnMove, Reason, judge};
use crate::refusal::Refusal;
use crate::units::{DoorId, PermitId};

/// The changes of each permit stand in the order of their commands, and no list of them is empty.
pub(super) fn check_order(district: &District, findings: &mut Vec<Finding>) {
    for (permit, changes) in district.changes() {
        let sorted = changes.windows(2).all(|pair| pair[0].by < pair[1].by && pair[0].at <= pair[1].at);
        if changes.is_empty() || !sorted {
            findings.push(Finding::WrongChange(permit.clone(), changes.last().map_or(0, |last| last.by)));
        }
    }
}

/// Checks one change; `before` is what stood before it. O(permits).
pub(super) fn check_change(
    district: &District,
    before: &History,
    permit: &PermitId,
    changed: &Changed,
    findings: &mut Vec<Finding>,
) {
    let at = changed.at;
    let held = before.permits.get(permit).filter(|held| held.offer.is_none() && held.ended.is_none());
    let held = held.filter(|held| held.valid.contains(at));
    if !held.is_some_and(|held| Case { district, before, held, at }.is_as_the_rules_give(&changed.change)) {
        findings.push(Finding::WrongChange(permit.clone(), changed.by));
    }
}

/// A permit in force at the instant of a change, and what else stood then.
struct Case<'a> {
    district: &'a District,
    before: &'a History,
    held: &'a Permit,
    at: Timestamp,
}

impl Case<'_> {
    fn is_as_the_rules_give(&self, change: &Change) -> bool {
        let (held, life) = (self.held, &self.district.policy().life);
        let vehicle_due = held.suspended.as_ref().and_then(|own| own.another_by);
        match change {
            Change::Suspended { .. } => held.suspended.is_none(),
            Change::Reinstated => held.suspended.is_some() && vehicle_due.is_none(),
            Change::Revoked { .. } | Change::GivenBack => self.can_end(),
            Change::VehicleChanged(vehicle) => vehicle.id != held.vehicle && self.can_have(vehicle),
            Change::Moved { door, kept } => {
                self.district.inventory().door(door).is_some()
                    && *kept == self.reach(door)
                    && (kept.is_some() || self.can_end())
            }
            Change::Died { heir: None } => self.can_end(),
            Change::Died { heir: Some(heir) } => life.on_death == OnDeath::ToHousehold && self.can_take_over(heir),
            Change::VehicleSold { another_by } => {
                let due = life.vehicle_sold_days.map(|days| self.at.plus_seconds(i64::from(days) * 86_400));
                vehicle_due.is_none() && *another_by == due && (due.is_some() || self.can_end())
            }
            Change::VehicleLapsed => vehicle_due.is_some_and(|until| until <= self.at),
        }
    }

    fn can_end(&self) -> bool {
        self.held.valid.start() < self.at
    }

    /// Whether nothing speaks against another vehicle. What is asked of a household's further vehicles but holds of the
    /// present one as well is no matter of the vehicle.
    fn can_have(&self, vehicle: &Vehicle) -> bool {
        let Some(facts) = self.facts() else { return false };
        let present = self.reasons(&facts);
        let reasons = self.reasons(&Application { vehicle: vehicle.clone(), ..facts });
        let kept = |own: &Reason| own.refusal == Refusal::FurtherVehicle && present.contains(own);
        !reasons.iter().any(|own| own.is_about_vehicle() && !kept(own))
    }

    /// The way from a new door, where the policy lets the permit stay.
    fn reach(&self, door: &DoorId) -> Option<Reach> {
        if self.district.policy().life.on_move == OnMove::Ends {
            return None;
        }
        let (inventory, mut walks) = (self.district.inventory(), Vec::new());
        inventory.walker().walks(inventory.door_index(door)?, self.district.policy().permits.walk_limit(), &mut walks);
        let own = walks.into_iter().find(|walk| inventory.stretches()[walk.stretch].id == self.held.stretch)?;
        Some(Reach { walk: own.distance, route: own.route })
    }

    fn can_take_over(&self, heir: &Resident) -> bool {
        let held = self.held;
        let facts = self.facts().map(|facts| Application { resident: heir.clone(), ..facts });
        heir.household == held.household
            && heir.door == held.door
            && heir.id != held.resident
            && facts.is_some_and(|facts| self.reasons(&facts).iter().all(Reason::is_about_vehicle))
    }

    fn facts(&self) -> Option<Application> {
        self.before.holder(self.district, self.held).cloned()
    }

    /// The reasons against these facts, given every other permit and offer that stood.
    fn reasons(&self, facts: &Application) -> Vec<Reason> {
        let mut counts = Counts::default();
        for other in self.before.permits.values().filter(|other| other.id != self.held.id) {
            if other.valid.contains(self.at) {
                counts.change(claim_of(other), 1);
            }
        }
        let policy = self.district.policy();
        let claims = counts.of(claim_for(facts));
        judge(&policy.eligibility, facts, &Circumstances::of(policy, self.district.inventory(), self.at, claims))
    }
}

impl History {
    /// The facts about a permit's holder and vehicle as they stood.
    pub(super) fn holder<'a>(&'a self, district: &'a District, held: &Permit) -> Option<&'a Application> {
        let changed = self.holders.get(&held.id);
        changed.or_else(|| Some(&district.application(&held.application)?.application))
    }

    /// Takes a change over.
    pub(super) fn alter(&mut self, district: &District, id: &PermitId, changed: &Changed) {
        let Some(mut held) = self.permits.get(id).cloned() else { return self.strays.push(id.clone()) };
        let mut holder = self.holder(district, &held).cloned();
        match &changed.change {
            Change::VehicleChanged(vehicle) => {
                held.vehicle = vehicle.id.clone();
                holder.iter_mut().for_each(|own| own.vehicle = vehicle.clone());
            }
            Change::Moved { door, kept: Some(reach) } => {
                (held.door, held.walk, held.route) = (door.clone(), reach.walk, reach.route);
                holder.iter_mut().for_each(|own| own.resident.door = door.clone());
            }
            Change::Died { heir: Some(heir) } => {
                held.resident = heir.id.clone();
                holder.iter_mut().for_each(|own| own.resident = heir.clone());
            }
            _ => {}
        }
        held.suspended = suspension(held.suspended.take().map(|own| *own), changed).map(Box::new);
        if let Some(how) = end(&changed.change) {
            held.valid = cut(&held, changed.at).unwrap_or(held.valid);
            (held.ended, held.suspended) = (Some(how), None);
        }
        self.holders.extend(holder.map(|holder| (id.clone(), holder)));
        self.permits.insert(id.clone(), held);
    }
}

/// The suspension after a change: it lasts while the office or a sold vehicle asks for it, since the first of the two.
fn suspension(before: Option<Suspension>, changed: &Changed) -> Option<Suspension> {
    let since = before.as_ref().map_or(changed.at, |own| own.since);
    let (mut reason, mut another_by) = before.map_or((None, None), |own| (own.reason, own.another_by));
    match &changed.change {
        Change::Suspended { reason: why } => reason = Some(why.clone()),
        Change::Reinstated => reason = None,
        Change::VehicleSold { another_by: until } => another_by = *until,
        Change::VehicleChanged(_) => another_by = None,
        _ => {}
    }
    let lasts = reason.is_some() || another_by.is_some();
    lasts.then_some(Suspension { since, reason, another_by })
}

/// How a change ends a permit, if it does.
const fn end(change: &Change) -> Option<Ended> {
    match change {
        Change::Revoked { .. } => Some(Ended::Revoked),
        Change::GivenBack => Some(Ended::GivenBack),
        Change::Moved { kept: None, .. } => Some(Ended::Moved),
        Change::Died { heir: None } => Some(Ended::Died),
        Change::VehicleSold { another_by: None } | Change::VehicleLapsed => Some(Ended::VehicleSold),
        _ => None,
    }
}
