//! Deciding on special permits: granting one, and changing it.

use super::{SpecialChange, SpecialPermit, SpecialRequest};
use crate::calendar::{TimeOfDay, Timestamp, Window};
use crate::district::{District, Event};
use crate::people::{Application, Preferences, Vehicle};
use crate::policy::{Circumstances, Claims, Reason, SpecialClass, judge};
use crate::refusal::Refusal;
use crate::units::{HouseholdId, PermitId, VehicleId};
use std::collections::{BTreeMap, BTreeSet};

impl District {
    /// All the reasons against a special permit at an instant: for each vehicle that fails a rule of the class all the
    /// rules that it or its resident fails, sorted by vehicle. Nobody has a claim against their own permit: for a vehicle
    /// to be added, ask with the request of its permit. What the class bounds (vehicles, permits) is no reason here.
    /// O(permits + special permits).
    ///
    /// # Errors
    /// [`Refusal::UnknownSpecialClass`].
    pub fn judge_special(
        &self,
        request: &SpecialRequest,
        at: Timestamp,
    ) -> Result<BTreeMap<VehicleId, Vec<Reason>>, Refusal> {
        let class = self.policy.special_class(&request.kind).ok_or(Refusal::UnknownSpecialClass)?;
        let (shared, on) = self.claims_against(request, at);
        let mut told = BTreeMap::new();
        for vehicle in &request.vehicles {
            let claims = Claims { vehicle: on.get(&vehicle.id).copied().unwrap_or(0), ..shared };
            let circumstances = Circumstances::of(&self.policy, &self.inventory, at, claims);
            let application = asked(request, vehicle, at);
            let circumstances = circumstances.for_application(&self.policy, &application, at);
            let reasons = judge(&class.eligibility, &application, &circumstances);
            if !reasons.is_empty() {
                told.insert(vehicle.id.clone(), reasons);
            }
        }
        Ok(told)
    }

    /// The permits, open offers and other special permits in force that share household, resident or door with a request,
    /// and for each of its vehicles those that it is on.
    fn claims_against<'a>(
        &'a self,
        request: &'a SpecialRequest,
        at: Timestamp,
    ) -> (Claims, BTreeMap<&'a VehicleId, u32>) {
        let mut shared = Claims::default();
        let mut on: BTreeMap<&VehicleId, u32> = request.vehicles.iter().map(|vehicle| (&vehicle.id, 0)).collect();
        let asks = &request.resident;
        let mut count = |same: [bool; 3], vehicles: &[&'a VehicleId]| {
            let of = [&mut shared.household, &mut shared.resident, &mut shared.door];
            of.into_iter().zip(same).for_each(|(count, same)| *count += u32::from(same));
            for &vehicle in vehicles {
                on.entry(vehicle).and_modify(|count| *count += 1);
            }
        };
        for permit in self.permits.values().filter(|permit| permit.valid.contains(at)) {
            let same = [permit.household == asks.household, permit.resident == asks.id, permit.door == asks.door];
            count(same, &[&permit.vehicle]);
        }
        for other in self.special.values().filter(|own| own.request.id != request.id && own.is_in_force(at)) {
            let vehicles: Vec<&VehicleId> = other.vehicles().into_iter().map(|vehicle| &vehicle.id).collect();
            let own = &other.request.resident;
            count([own.household == asks.household, own.id == asks.id, own.door == asks.door], &vehicles);
        }
        (shared, on)
    }

    pub(in crate::district) fn decide_grant(&self, request: &SpecialRequest, at: Timestamp) -> Result<Event, Refusal> {
        if self.applications.contains_key(&request.id) || self.requested.contains_key(&request.id) {
            return Err(Refusal::ApplicationIdReused);
        }
        if self.inventory.door(&request.resident.door).is_none() {
            return Err(Refusal::UnknownDoor);
        }
        let class = self.policy.special_class(&request.kind).ok_or(Refusal::UnknownSpecialClass)?;
        let zone = &self.policy.zone;
        let last = zone.local(at).date.plus_months(class.valid_months);
        let valid = Window::new(at, zone.instant(last, TimeOfDay::MIDNIGHT)).map_err(|_| Refusal::BeyondCalendar)?;
        let mut listed = BTreeSet::new();
        if !request.vehicles.iter().all(|vehicle| listed.insert(&vehicle.id)) {
            return Err(Refusal::VehicleListedTwice);
        }
        if request.vehicles.is_empty() || !has_room(class, request.vehicles.len() - 1) {
            return Err(Refusal::NumberOfVehicles);
        }
        if !self.judge_special(request, at)?.is_empty() {
            return Err(Refusal::NotEligibleForClass);
        }
        self.decide_bounds(class, request, at)?;
        let (by, request) = (self.next_number(), request.clone());
        let id = PermitId::special(&request.kind, by);
        Ok(Event::SpecialGranted(SpecialPermit { id, request, valid, by, changes: Vec::new() }))
    }

    /// Whether household and district have room for one more permit of a class.
    fn decide_bounds(&self, class: &SpecialClass, request: &SpecialRequest, at: Timestamp) -> Result<(), Refusal> {
        let of_class = self.special.values().filter(|own| own.request.kind == class.kind && own.is_in_force(at));
        let households: Vec<&HouseholdId> = of_class.map(|own| &own.request.resident.household).collect();
        let own = households.iter().filter(|household| ***household == request.resident.household).count();
        let reaches = |count: usize, bound: Option<u32>| bound.is_some_and(|bound| count >= bound as usize);
        if reaches(own, class.per_household) {
            return Err(Refusal::HouseholdHasSpecial);
        }
        if reaches(households.len(), class.at_most) { Err(Refusal::SpecialClassFull) } else { Ok(()) }
    }

    pub(in crate::district) fn decide_change(
        &self,
        id: &PermitId,
        change: &SpecialChange,
        at: Timestamp,
    ) -> Result<Event, Refusal> {
        let permit = self.special.get(id).ok_or(Refusal::UnknownSpecialPermit)?;
        let class = self.policy.special_class(&permit.request.kind).ok_or(Refusal::UnknownSpecialClass)?;
        if !permit.is_in_force(at) {
            return Err(Refusal::SpecialPermitEnded);
        }
        let listed = |id: &VehicleId| permit.vehicles().iter().any(|vehicle| vehicle.id == *id);
        match change {
            SpecialChange::Activate(id) | SpecialChange::Deactivate(id) | SpecialChange::RemoveVehicle(id)
                if !listed(id) =>
            {
                return Err(Refusal::VehicleNotOnPermit);
            }
            SpecialChange::Activate(id) => {
                let active = permit.active_at(at);
                if active.iter().any(|vehicle| vehicle.id == *id) {
                    return Err(Refusal::VehicleAlreadyActive);
                }
                if active.len() >= class.active_at_once as usize {
                    return Err(Refusal::TooManyActive);
                }
            }
            SpecialChange::Deactivate(id) => {
                if !permit.active_at(at).iter().any(|vehicle| vehicle.id == *id) {
                    return Err(Refusal::VehicleNotActive);
                }
            }
            SpecialChange::AddVehicle(vehicle) => {
                if listed(&vehicle.id) {
                    return Err(Refusal::VehicleListedTwice);
                }
                if !has_room(class, permit.vehicles().len()) {
                    return Err(Refusal::NumberOfVehicles);
                }
                let request = SpecialRequest { vehicles: vec![vehicle.clone()], ..permit.request.clone() };
                if !self.judge_special(&request, at)?.is_empty() {
                    return Err(Refusal::NotEligibleForClass);
                }
            }
            SpecialChange::RemoveVehicle(_) | SpecialChange::Revoke => {}
        }
        Ok(Event::SpecialChanged { permit: id.clone(), change: change.clone() })
    }
}

/// Whether a permit with so many vehicles may list one more.
fn has_room(class: &SpecialClass, vehicles: usize) -> bool {
    vehicles < class.vehicles as usize
}

/// What the rules of eligibility look at: an application for one vehicle, handed in now.
fn asked(request: &SpecialRequest, vehicle: &Vehicle, at: Timestamp) -> Application {
    Application {
        id: request.id.clone(),
        applied_at: at,
        resident: request.resident.clone(),
        vehicle: vehicle.clone(),
        waiting_since: None,
        shift: None,
        preferences: Preferences::default(),
    }
}
