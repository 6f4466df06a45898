//! Special permits, granted and changed once more, command by command, and the stays billed under them.
//!
//! Invariant: who is on a permit and who is active is told here from its steps alone, without the district's own account
//! of them.

use super::finding::Finding;
use crate::calendar::{TimeOfDay, Timestamp};
use crate::district::{District, Permit, SpecialChange, SpecialPermit, SpecialRequest, SpecialStep, Stay};
use crate::people::{Application, Preferences, Vehicle, VehicleClass};
use crate::policy::{Circumstances, Claims, SpecialClass, judge};
use crate::units::{ApplicationId, PermitId, VehicleId};
use std::collections::{BTreeMap, BTreeSet};

/// The permits granted so far, as they stand at a command.
pub(super) struct Desk<'a> {
    district: &'a District,
    permits: BTreeMap<&'a PermitId, Standing<'a>>,
    requests: BTreeSet<&'a ApplicationId>,
}

/// A permit, and what is true of it now.
struct Standing<'a> {
    permit: &'a SpecialPermit,
    ends: Timestamp,
    on: BTreeMap<&'a VehicleId, &'a Vehicle>,
    active: BTreeSet<&'a VehicleId>,
}

impl<'a> Desk<'a> {
    pub(super) const fn open(district: &'a District) -> Self {
        Self { district, permits: BTreeMap::new(), requests: BTreeSet::new() }
    }

    /// Checks what one command did: granted a permit, or changed it by a step; `before` are the permits and offers of
    /// rounds that stood before it. A grant looks at every permit, a step that adds a vehicle too.
    pub(super) fn check(
        &mut self,
        permit: &'a SpecialPermit,
        step: Option<&'a SpecialStep>,
        before: &BTreeMap<PermitId, Permit>,
        findings: &mut Vec<Finding>,
    ) {
        let sound = match step {
            None => self.grant(permit, before),
            Some(step) => self.change(permit, step, before).is_some(),
        };
        if !sound {
            findings.push(Finding::WrongSpecial(permit.id.clone(), step.map_or(permit.by, |step| step.by)));
        }
    }

    fn grant(&mut self, permit: &'a SpecialPermit, before: &BTreeMap<PermitId, Permit>) -> bool {
        let sound = self.may_grant(permit, before).is_some();
        let on = permit.request.vehicles.iter().map(|vehicle| (&vehicle.id, vehicle)).collect();
        self.requests.insert(&permit.request.id);
        self.permits.insert(&permit.id, Standing { permit, ends: permit.valid.end(), on, active: BTreeSet::new() });
        sound
    }

    /// `None` when the permit says something else than it should, or should not have been granted.
    fn may_grant(&self, permit: &SpecialPermit, before: &BTreeMap<PermitId, Permit>) -> Option<()> {
        let (district, request, at) = (self.district, &permit.request, permit.valid.start());
        let class = district.policy().special_class(&request.kind)?;
        let zone = &district.policy().zone;
        let last = zone.instant(zone.local(at).date.plus_months(class.valid_months), TimeOfDay::MIDNIGHT);
        let numbers = std::iter::once(permit.by).chain(permit.changes.iter().map(|step| step.by));
        let says = permit.id == PermitId::special(&class.kind, permit.by)
            && permit.valid.end() == last
            && numbers.is_sorted_by(|a, b| a < b)
            && !self.requests.contains(&request.id)
            && district.application(&request.id).is_none()
            && district.inventory().door(&request.resident.door).is_some();
        let ids: BTreeSet<&VehicleId> = request.vehicles.iter().map(|vehicle| &vehicle.id).collect();
        let listed = ids.len() == request.vehicles.len() && (1..=class.vehicles as usize).contains(&ids.len());
        let judged = request.vehicles.iter().all(|vehicle| self.admits(class, request, vehicle, at, before));
        let others = || self.in_force(at).filter(|other| other.permit.request.kind == class.kind);
        let household = &request.resident.household;
        let own = others().filter(|other| other.permit.request.resident.household == *household).count();
        let free = |count: usize, bound: Option<u32>| bound.is_none_or(|bound| count < bound as usize);
        let bounded = free(own, class.per_household) && free(others().count(), class.at_most);
        (says && listed && judged && bounded).then_some(())
    }

    /// `None` when the step should not have been taken.
    fn change(
        &mut self,
        permit: &'a SpecialPermit,
        step: &'a SpecialStep,
        before: &BTreeMap<PermitId, Permit>,
    ) -> Option<()> {
        let class = self.district.policy().special_class(&permit.request.kind)?;
        if let SpecialChange::AddVehicle(vehicle) = &step.change
            && !self.admits(class, &permit.request, vehicle, step.at, before)
        {
            return None;
        }
        let own = self.permits.get_mut(&permit.id)?;
        if !own.is_in_force(step.at) {
            return None;
        }
        let done = match &step.change {
            SpecialChange::Activate(id) => {
                own.on.contains_key(id) && own.active.insert(id) && own.active.len() <= class.active_at_once as usize
            }
            SpecialChange::Deactivate(id) => own.active.remove(id),
            SpecialChange::AddVehicle(vehicle) => {
                own.on.insert(&vehicle.id, vehicle).is_none() && own.on.len() <= class.vehicles as usize
            }
            SpecialChange::RemoveVehicle(id) => {
                own.active.remove(id);
                own.on.remove(id).is_some()
            }
            SpecialChange::Revoke => {
                own.ends = step.at;
                true
            }
        };
        done.then_some(())
    }

    fn in_force(&self, at: Timestamp) -> impl Iterator<Item = &Standing<'a>> {
        self.permits.values().filter(move |own| own.is_in_force(at))
    }

    /// Whether the rules of a class admit a vehicle beside what others have in force.
    fn admits(
        &self,
        class: &SpecialClass,
        request: &SpecialRequest,
        vehicle: &Vehicle,
        at: Timestamp,
        before: &BTreeMap<PermitId, Permit>,
    ) -> bool {
        let resident = &request.resident;
        let mut claims = Claims::default();
        let mut count = |same: [bool; 4]| {
            let of = [&mut claims.household, &mut claims.resident, &mut claims.vehicle, &mut claims.door];
            of.into_iter().zip(same).for_each(|(count, same)| *count += u32::from(same));
        };
        for other in before.values().filter(|other| other.valid.contains(at)) {
            let household = other.household == resident.household;
            let (vehicle, door) = (other.vehicle == vehicle.id, other.door == resident.door);
            count([household, other.resident == resident.id, vehicle, door]);
        }
        for other in self.in_force(at).filter(|other| other.permit.request.id != request.id) {
            let theirs = &other.permit.request.resident;
            let household = theirs.household == resident.household;
            let (vehicle, door) = (other.on.contains_key(&vehicle.id), theirs.door == resident.door);
            count([household, theirs.id == resident.id, vehicle, door]);
        }
        let policy = self.district.policy();
        let application = Application {
            id: request.id.clone(),
            applied_at: at,
            resident: resident.clone(),
            vehicle: vehicle.clone(),
            waiting_since: None,
            shift: None,
            preferences: Preferences::default(),
        };
        let circumstances = Circumstances::of(policy, self.district.inventory(), at, claims);
        let circumstances = circumstances.for_application(policy, &application, at);
        judge(&class.eligibility, &application, &circumstances).is_empty()
    }
}

impl Standing<'_> {
    fn is_in_force(&self, at: Timestamp) -> bool {
        self.permit.valid.start() <= at && at < self.ends
    }
}

/// Every stay billed under a special permit lies within the permit's time, and its vehicle, of the class recorded, was
/// active at each instant of it. O(changes) for each instant at which something changed during the stay.
pub(super) fn check_uses(district: &District, findings: &mut Vec<Finding>) {
    for billed in district.stays() {
        let special = billed.stay.permit.as_ref().and_then(|id| district.special_permit(id));
        if special.is_some_and(|permit| !was_active(permit, &billed.stay)) {
            findings.push(Finding::WrongBill(billed.stay.id.clone()));
        }
    }
}

fn was_active(permit: &SpecialPermit, stay: &Stay) -> bool {
    let (stood, window) = (permit.valid, stay.window);
    let inside = |at: &Timestamp| window.contains(*at);
    let mut instants = permit.changes.iter().map(|step| step.at).filter(inside).chain([window.start()]);
    let revoked = permit.changes.iter().any(|step| step.change == SpecialChange::Revoke && step.at < window.end());
    let within = stood.start() <= window.start() && window.end() <= stood.end();
    within && !revoked && instants.all(|at| active_class(permit, &stay.vehicle, at) == Some(stay.class))
}

/// The class of a vehicle that is active once everything up to an instant is done.
fn active_class(permit: &SpecialPermit, id: &VehicleId, at: Timestamp) -> Option<VehicleClass> {
    let listed = permit.request.vehicles.iter().find(|vehicle| vehicle.id == *id);
    let (mut class, mut active) = (listed.map(|vehicle| vehicle.class), false);
    for step in permit.changes.iter().filter(|step| step.at <= at) {
        match &step.change {
            SpecialChange::Activate(own) if own == id => active = true,
            SpecialChange::Deactivate(own) if own == id => active = false,
            SpecialChange::AddVehicle(own) if own.id == *id => class = Some(own.class),
            SpecialChange::RemoveVehicle(own) if own == id => (class, active) = (None, false),
            _ => {}
        }
    }
    class.filter(|_| active)
}
