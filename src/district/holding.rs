//! Deciding what happens to a permit after it was given.
//!
//! Each command first takes its step in the table of [`lifecycle`](super::lifecycle), then has guards of its own.

use super::{Action, Change, District, Event, Permit, Reach, Step, next};
use crate::calendar::Timestamp;
use crate::people::{Application, Resident, Vehicle};
use crate::policy::{OnDeath, OnMove, Reason};
use crate::refusal::Refusal;
use crate::units::{DoorId, PermitId};

/// What is asked of a household's further vehicles: of their class, but also of documents and of the day, which no other
/// vehicle could mend.
const FURTHER: Refusal = Refusal::FurtherVehicle;

impl District {
    /// Decides the commands that are about one permit.
    pub(super) fn decide_held(&self, action: &Action, at: Timestamp) -> Result<Event, Refusal> {
        let (permit, change) = match action {
            Action::Suspend { permit, reason } => {
                self.held_before(permit, at, Step::Suspend)?;
                (permit, Change::Suspended { reason: reason.clone() })
            }
            Action::Reinstate(permit) => {
                let held = self.held_before(permit, at, Step::Reinstate)?;
                let due = held.suspended.as_ref().is_some_and(|own| own.another_by.is_some());
                (permit, if due { Err(Refusal::AnotherVehicleDue) } else { Ok(Change::Reinstated) }?)
            }
            Action::Revoke { permit, reason } => {
                ends_after_its_start(self.held_before(permit, at, Step::Revoke)?, at)?;
                (permit, Change::Revoked { reason: reason.clone() })
            }
            Action::GiveBack(permit) => {
                ends_after_its_start(self.held_before(permit, at, Step::GiveBack)?, at)?;
                (permit, Change::GivenBack)
            }
            Action::ChangeVehicle { permit, vehicle } => (permit, self.decide_vehicle(permit, vehicle, at)?),
            Action::Moved { permit, door } => (permit, self.decide_move(permit, door, at)?),
            Action::Died { permit, heir } => (permit, self.decide_death(permit, heir.as_ref(), at)?),
            Action::VehicleSold(permit) => (permit, self.decide_sale(permit, at)?),
            Action::CloseLapsed(permit) => (permit, self.decide_lapse(permit, at)?),
            // The others are decided elsewhere and never come here.
            _ => return Err(Refusal::UnknownPermit),
        };
        Ok(Event::PermitChanged { permit: permit.clone(), change })
    }

    /// The permit as it stands, when the step is legal.
    fn held_before(&self, permit: &PermitId, at: Timestamp, step: Step) -> Result<&Permit, Refusal> {
        let held = self.permits.get(permit).ok_or(Refusal::UnknownPermit)?;
        next(held.state(at), step)?;
        Ok(held)
    }

    fn decide_vehicle(&self, permit: &PermitId, vehicle: &Vehicle, at: Timestamp) -> Result<Change, Refusal> {
        let held = self.held_before(permit, at, Step::Alter)?;
        if held.vehicle == vehicle.id {
            return Err(Refusal::SameVehicle);
        }
        if !self.judge_vehicle(held, vehicle, at).is_empty() {
            return Err(Refusal::VehicleNotAdmitted);
        }
        Ok(Change::VehicleChanged(vehicle.clone()))
    }

    fn decide_move(&self, permit: &PermitId, door: &DoorId, at: Timestamp) -> Result<Change, Refusal> {
        let index = self.inventory.door_index(door).ok_or(Refusal::UnknownDoor)?;
        let held = self.held_before(permit, at, Step::Alter)?;
        let kept = match self.policy.life.on_move {
            OnMove::Ends => None,
            OnMove::KeepsWithinWalk => {
                let (mut walks, limit) = (Vec::new(), self.policy.permits.walk_limit());
                self.inventory.walker().walks(index, limit, &mut walks);
                let place = self.inventory.stretch_index(&held.stretch);
                let walk = walks.iter().find(|walk| Some(walk.stretch) == place);
                walk.map(|walk| Reach { walk: walk.distance, route: walk.route })
            }
        };
        if kept.is_none() {
            self.decide_end(held, at)?;
        }
        Ok(Change::Moved { door: door.clone(), kept })
    }

    fn decide_death(&self, permit: &PermitId, heir: Option<&Resident>, at: Timestamp) -> Result<Change, Refusal> {
        let Some(heir) = heir else {
            self.decide_end(self.held_before(permit, at, Step::End)?, at)?;
            return Ok(Change::Died { heir: None });
        };
        let held = self.held_before(permit, at, Step::Alter)?;
        if self.policy.life.on_death == OnDeath::Ends {
            return Err(Refusal::NoTakeover);
        }
        let at_home = (&heir.household, &heir.door) == (&held.household, &held.door) && heir.id != held.resident;
        if !at_home || !self.judge_heir(held, heir, at).is_empty() {
            return Err(Refusal::HeirNotAdmitted);
        }
        Ok(Change::Died { heir: Some(heir.clone()) })
    }

    fn decide_sale(&self, permit: &PermitId, at: Timestamp) -> Result<Change, Refusal> {
        let held = self.held_before(permit, at, Step::Sell)?;
        if held.suspended.as_ref().is_some_and(|own| own.another_by.is_some()) {
            return Err(Refusal::AnotherVehicleDue);
        }
        let another_by = self.policy.life.vehicle_sold_days.map(|days| at.plus_seconds(i64::from(days) * 86_400));
        if another_by.is_none() {
            self.decide_end(held, at)?;
        }
        Ok(Change::VehicleSold { another_by })
    }

    fn decide_lapse(&self, permit: &PermitId, at: Timestamp) -> Result<Change, Refusal> {
        let held = self.held_before(permit, at, Step::End)?;
        let until = held.suspended.as_ref().and_then(|own| own.another_by);
        if until.is_none_or(|until| at < until) {
            return Err(Refusal::NoVehicleOverdue);
        }
        Ok(Change::VehicleLapsed)
    }

    fn decide_end(&self, held: &Permit, at: Timestamp) -> Result<(), Refusal> {
        next(held.state(at), Step::End)?;
        ends_after_its_start(held, at)
    }

    /// All the reasons against another vehicle for a permit at an instant: what the rules say of the vehicle, and of other
    /// permits and offers for it; nothing else about the holder is judged again. None when it can take the place of the
    /// permit's vehicle. O(permits).
    #[must_use]
    pub fn judge_vehicle(&self, permit: &Permit, vehicle: &Vehicle, at: Timestamp) -> Vec<Reason> {
        let Some(held) = self.as_held(permit) else { return Vec::new() };
        let before = self.judged_beside(permit, &held, at);
        let mut reasons =
            self.judged_beside(permit, &Application { vehicle: vehicle.clone(), ..held.into_owned() }, at);
        reasons.retain(|reason| reason.is_about_vehicle() && !(reason.refusal == FURTHER && before.contains(reason)));
        reasons
    }

    /// All the reasons against somebody who would take over a permit at an instant: what the rules say of the person and
    /// the household, the permit's own claim set aside; not what they say of the vehicle. O(permits).
    #[must_use]
    pub fn judge_heir(&self, permit: &Permit, heir: &Resident, at: Timestamp) -> Vec<Reason> {
        let Some(held) = self.as_held(permit) else { return Vec::new() };
        let mut reasons = self.judged_beside(permit, &Application { resident: heir.clone(), ..held.into_owned() }, at);
        reasons.retain(|reason| !reason.is_about_vehicle());
        reasons
    }

    /// The reasons against an application, given all permits and offers that stand but one.
    fn judged_beside(&self, permit: &Permit, facts: &Application, at: Timestamp) -> Vec<Reason> {
        let others = self.permits.values().filter(|other| other.id != permit.id && other.valid.contains(at));
        let claims = self.claims_of(others).claims(facts);
        self.judged(facts, at, claims)
    }
}

/// A permit that ended at its first instant would never have been in force, and a window is never empty.
fn ends_after_its_start(held: &Permit, at: Timestamp) -> Result<(), Refusal> {
    if held.valid.start() < at { Ok(()) } else { Err(Refusal::PermitJustStarted) }
}

impl Change {
    /// The command that leads to it.
    pub(crate) fn asked(&self, permit: &PermitId) -> Action {
        let permit = permit.clone();
        match self {
            Self::Suspended { reason } => Action::Suspend { permit, reason: reason.clone() },
            Self::Reinstated => Action::Reinstate(permit),
            Self::Revoked { reason } => Action::Revoke { permit, reason: reason.clone() },
            Self::GivenBack => Action::GiveBack(permit),
            Self::VehicleChanged(vehicle) => Action::ChangeVehicle { permit, vehicle: vehicle.clone() },
            Self::Moved { door, .. } => Action::Moved { permit, door: door.clone() },
            Self::Died { heir } => Action::Died { permit, heir: heir.clone() },
            Self::VehicleSold { .. } => Action::VehicleSold(permit),
            Self::VehicleLapsed => Action::CloseLapsed(permit),
        }
    }
}
