//! A special permit: several vehicles of one household, some of them active at once, outside rounds and ceilings.
//!
//! Invariant: what was granted stays as it was; what happened to it afterwards is a list of steps, oldest first, which is
//! only ever added to. So who was active at any past instant can always be told.

mod decide;
mod price;

use super::District;
use crate::calendar::{Timestamp, Window};
use crate::people::{Resident, Vehicle, VehicleClass};
use crate::units::{ApplicationId, PermitId, VehicleId};
use serde::{Deserialize, Serialize};

/// What is asked for: a permit of a special class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialRequest {
    /// Its id, which no application and no other request has.
    pub id: ApplicationId,
    /// The kind of the class, as the policy calls it.
    pub kind: String,
    /// Who asks: the person cared for, the host of guests, the sharer.
    pub resident: Resident,
    /// The vehicles to begin with, each once: at least one.
    pub vehicles: Vec<Vehicle>,
}

/// A change of a special permit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum SpecialChange {
    /// From now on this vehicle of the permit may park, until it is deactivated or the permit ends.
    Activate(VehicleId),
    /// From now on this vehicle may not park any more.
    Deactivate(VehicleId),
    /// Put a vehicle on the permit, not active yet. It is judged as if the permit were asked for now, with the facts of
    /// its resident as they were recorded.
    AddVehicle(Vehicle),
    /// Take a vehicle off the permit; if it is active, it is no longer.
    RemoveVehicle(VehicleId),
    /// End the permit now.
    Revoke,
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialStep {
    /// What was changed.
    pub change: SpecialChange,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
}

/// A permit outside rounds and ceilings. It names no stretch and takes no space.
///
/// ```
/// use shared_parking::district::{SpecialChange, SpecialRequest};
/// use shared_parking::policy::{Policy, presets};
/// use shared_parking::{Action, Command, District, Journal, Refusal, sample};
/// let sample = sample::small_district(1).unwrap();
/// let carers = r#"{ "kind": "carer", "eligibility": [], "vehicles": 5, "active_at_once": 1, "valid_months": 12 }"#;
/// let policy = Policy { special: vec![serde_json::from_str(carers).unwrap()], ..presets::xicheng_2022() };
/// let mut journal = Journal::new(District::new(sample.inventory().clone(), policy).unwrap());
/// let mut send = |id: &str, at: &str, action| {
///     let command = Command { id: id.parse().unwrap(), at: at.parse().unwrap(), action };
///     journal.execute(command).map(|_| ())
/// };
///
/// // a household and the cars of its two carers
/// let known: Vec<_> = sample.applications().take(2).map(|recorded| &recorded.application).collect();
/// let (id, resident) = ("a-1".parse().unwrap(), known[0].resident.clone());
/// let (morning, evening) = (known[0].vehicle.clone(), known[1].vehicle.clone());
/// let vehicles = vec![morning.clone(), evening.clone()];
/// let request = SpecialRequest { id, kind: "carer".into(), resident, vehicles };
/// send("c-1", "2026-03-02T00:00:00Z", Action::GrantSpecial(request)).unwrap();
///
/// // they take turns
/// let permit = "carer#000000".parse().unwrap();
/// let mut turn = |id, at, change| send(id, at, Action::ChangeSpecial { permit: Clone::clone(&permit), change });
/// turn("c-2", "2026-03-02T01:00:00Z", SpecialChange::Activate(morning.id.clone())).unwrap();
/// let second = SpecialChange::Activate(evening.id.clone());
/// assert_eq!(turn("c-3", "2026-03-02T02:00:00Z", second.clone()), Err(Refusal::TooManyActive));
/// turn("c-4", "2026-03-02T05:00:00Z", SpecialChange::Deactivate(morning.id.clone())).unwrap();
/// turn("c-5", "2026-03-02T05:00:00Z", second).unwrap();
///
/// let permit = journal.district().special_permit(&permit).unwrap();
/// assert_eq!(permit.active_at("2026-03-02T04:59:59Z".parse().unwrap()), [&morning]);
/// assert_eq!(permit.active_at("2026-03-02T05:00:00Z".parse().unwrap()), [&evening]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialPermit {
    /// Its id: the kind, and the number of the command that granted it.
    pub id: PermitId,
    /// What was asked for, and granted as it was.
    pub request: SpecialRequest,
    /// When it is in force unless it is revoked: from the instant it was granted to the first instant of the day on
    /// which its months are over.
    pub valid: Window,
    /// The number of the command that granted it.
    pub by: u64,
    /// What was changed since, oldest first.
    pub changes: Vec<SpecialStep>,
}

/// A time during which a vehicle was active without a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activation<'a> {
    /// The vehicle, with its facts as recorded.
    pub vehicle: &'a Vehicle,
    /// From being activated to being deactivated, to leaving the permit or to the permit's end, whatever came first.
    pub window: Window,
}

impl SpecialPermit {
    /// The first instant at which it is no longer in force, as far as is known.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        let revoked = self.changes.iter().find(|step| step.change == SpecialChange::Revoke);
        revoked.map_or(self.valid.end(), |step| step.at.min(self.valid.end()))
    }

    /// Whether it is in force at an instant.
    #[must_use]
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        self.valid.start() <= at && at < self.until()
    }

    /// Whether it is in force for the whole of a window.
    #[must_use]
    pub fn covers(&self, window: Window) -> bool {
        self.valid.start() <= window.start() && window.end() <= self.until()
    }

    /// The vehicles on it after all its changes, in the order in which they were put on it. O(changes and vehicles,
    /// multiplied).
    #[must_use]
    pub fn vehicles(&self) -> Vec<&Vehicle> {
        self.told().listed
    }

    /// Every vehicle that was ever on it.
    pub fn vehicles_ever(&self) -> impl Iterator<Item = &Vehicle> {
        let added = self.changes.iter().filter_map(|step| match &step.change {
            SpecialChange::AddVehicle(vehicle) => Some(vehicle),
            _ => None,
        });
        self.request.vehicles.iter().chain(added)
    }

    /// When which vehicle was active, by the first instant, then by vehicle. Those that are active now end with the
    /// permit. A vehicle that was deactivated in the instant of its activation never was active.
    #[must_use]
    pub fn activations(&self) -> Vec<Activation<'_>> {
        let Told { mut past, active, .. } = self.told();
        past.extend(active.into_iter().filter_map(|(vehicle, since)| activation(vehicle, since, self.until())));
        past.sort_by_key(|own| (own.window, &own.vehicle.id));
        past
    }

    /// The vehicles active at an instant, sorted by id.
    #[must_use]
    pub fn active_at(&self, at: Timestamp) -> Vec<&Vehicle> {
        let active = self.activations().into_iter().filter(|own| own.window.contains(at));
        let mut vehicles: Vec<&Vehicle> = active.map(|own| own.vehicle).collect();
        vehicles.sort_by_key(|vehicle| &vehicle.id);
        vehicles
    }

    /// Whether a vehicle, recorded with this class, was active at every instant of a window.
    #[must_use]
    pub fn is_active_throughout(&self, vehicle: &VehicleId, class: VehicleClass, window: Window) -> bool {
        let mut reached = window.start();
        for own in self.activations() {
            let joins = own.window.start() <= reached && reached < own.window.end();
            if joins && own.vehicle.id == *vehicle && own.vehicle.class == class {
                reached = own.window.end();
            }
        }
        reached >= window.end()
    }

    /// What its changes lead to, one after the other.
    fn told(&self) -> Told<'_> {
        let mut told = Told { listed: self.request.vehicles.iter().collect(), active: Vec::new(), past: Vec::new() };
        self.changes.iter().for_each(|step| told.take(step));
        told
    }
}

/// Where a permit's changes have led so far.
struct Told<'a> {
    /// The vehicles on it.
    listed: Vec<&'a Vehicle>,
    /// Those that are active, each since when.
    active: Vec<(&'a Vehicle, Timestamp)>,
    past: Vec<Activation<'a>>,
}

impl<'a> Told<'a> {
    fn take(&mut self, step: &'a SpecialStep) {
        match &step.change {
            SpecialChange::Activate(id) => {
                let vehicle = self.listed.iter().find(|vehicle| vehicle.id == *id);
                self.active.extend(vehicle.map(|&vehicle| (vehicle, step.at)));
            }
            SpecialChange::Deactivate(id) => self.end(id, step.at),
            SpecialChange::AddVehicle(vehicle) => self.listed.push(vehicle),
            SpecialChange::RemoveVehicle(id) => {
                self.end(id, step.at);
                self.listed.retain(|vehicle| vehicle.id != *id);
            }
            SpecialChange::Revoke => {}
        }
    }

    fn end(&mut self, id: &VehicleId, at: Timestamp) {
        let ended = self.active.iter().position(|(vehicle, _)| vehicle.id == *id).map(|own| self.active.remove(own));
        self.past.extend(ended.and_then(|(vehicle, since)| activation(vehicle, since, at)));
    }
}

/// Nothing when it would have ended in its first instant.
fn activation(vehicle: &Vehicle, since: Timestamp, until: Timestamp) -> Option<Activation<'_>> {
    Window::new(since, until).ok().map(|window| Activation { vehicle, window })
}

impl District {
    /// All special permits ever granted, sorted by id.
    pub fn special_permits(&self) -> impl ExactSizeIterator<Item = &SpecialPermit> {
        self.special.values()
    }

    /// One special permit.
    #[must_use]
    pub fn special_permit(&self, id: &PermitId) -> Option<&SpecialPermit> {
        self.special.get(id)
    }

    /// The special permit that a request led to, if it did.
    #[must_use]
    pub fn special_permit_of(&self, request: &ApplicationId) -> Option<&SpecialPermit> {
        self.special.get(self.requested.get(request)?)
    }

    /// Files a special permit.
    pub(super) fn file(&mut self, permit: SpecialPermit) {
        self.requested.insert(permit.request.id.clone(), permit.id.clone());
        self.special.insert(permit.id.clone(), permit);
    }
}
