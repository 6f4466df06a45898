//! What happened to permits after they were given: each change as it is remembered, and what it makes of the permit.
//!
//! Invariant: a change holds results (the new walk, the day by which another vehicle must come), so taking one over
//! computes nothing; and a permit's fields never change in another way, but for acceptance and renewal.

use super::{District, Permit};
use crate::calendar::{Timestamp, Window};
use crate::inventory::Route;
use crate::people::{Application, Resident, Vehicle, VehicleClass};
use crate::units::{Centimetres, DoorId, PermitId, VehicleId, Word};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One change of a permit, with its command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// The instant: whatever was so before it stays so.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
    /// What changed.
    pub change: Change,
}

/// What can happen to a permit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Change {
    /// The office suspended it.
    Suspended {
        /// Why.
        reason: Word,
    },
    /// The office lifted its suspension.
    Reinstated,
    /// The office took it away.
    Revoked {
        /// Why.
        reason: Word,
    },
    /// The holder gave it back.
    GivenBack,
    /// Another vehicle took the place of the one it was for.
    VehicleChanged(Vehicle),
    /// The household moved.
    Moved {
        /// The new door.
        door: DoorId,
        /// The way from it, when the permit stays; otherwise it ended.
        kept: Option<Reach>,
    },
    /// The holder died.
    Died {
        /// Who took it over; without anybody it ended.
        heir: Option<Resident>,
    },
    /// The vehicle was sold.
    VehicleSold {
        /// Until when another vehicle can take its place (that instant excluded), when the permit stays; otherwise it
        /// ended.
        another_by: Option<Timestamp>,
    },
    /// No other vehicle came in time: it ended.
    VehicleLapsed,
}

/// The way from a door to a permit's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// The walk.
    pub walk: Centimetres,
    /// How it was found.
    pub route: Route,
}

/// Why a permit keeps its space and no stay can be billed under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// Since when.
    pub since: Timestamp,
    /// The office's reason, where the office suspended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Word>,
    /// Until when another vehicle can take the place of the one that was sold, where one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub another_by: Option<Timestamp>,
}

/// How a permit came to its end before its time; when it did, `valid` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Ended {
    /// The office took it away.
    Revoked,
    /// The holder gave it back.
    GivenBack,
    /// The household moved.
    Moved,
    /// The holder died.
    Died,
    /// The vehicle was sold, and no other one came in time where the policy gives time for that.
    VehicleSold,
}

impl Permit {
    /// Takes a change over.
    pub(super) fn change(&mut self, at: Timestamp, change: &Change) {
        match change {
            Change::Suspended { reason } => self.suspend(at).reason = Some(reason.clone()),
            Change::Reinstated => self.suspended = None,
            Change::Revoked { .. } => self.end_by(at, Ended::Revoked),
            Change::GivenBack => self.end_by(at, Ended::GivenBack),
            Change::VehicleChanged(vehicle) => {
                self.vehicle = vehicle.id.clone();
                // What the office suspended stays suspended.
                self.suspended.iter_mut().for_each(|own| own.another_by = None);
                self.suspended.take_if(|own| own.reason.is_none());
            }
            Change::Moved { door, kept: Some(reach) } => {
                (self.door, self.walk, self.route) = (door.clone(), reach.walk, reach.route);
            }
            Change::Moved { kept: None, .. } => self.end_by(at, Ended::Moved),
            Change::Died { heir: Some(heir) } => self.resident = heir.id.clone(),
            Change::Died { heir: None } => self.end_by(at, Ended::Died),
            Change::VehicleSold { another_by: Some(until) } => self.suspend(at).another_by = Some(*until),
            Change::VehicleSold { another_by: None } | Change::VehicleLapsed => self.end_by(at, Ended::VehicleSold),
        }
    }

    fn suspend(&mut self, since: Timestamp) -> &mut Suspension {
        self.suspended.get_or_insert_with(|| Box::new(Suspension { since, reason: None, another_by: None }))
    }

    fn end_by(&mut self, at: Timestamp, how: Ended) {
        self.end_at(at);
        (self.ended, self.suspended) = (Some(how), None);
    }
}

impl Change {
    /// Whether the permit is suspended after it, given whether it was by the office and for want of a vehicle before.
    const fn suspends(&self, (office, vehicle): (bool, bool)) -> (bool, bool) {
        match self {
            Self::Suspended { .. } => (true, vehicle),
            Self::Reinstated => (false, vehicle),
            Self::VehicleSold { another_by: Some(_) } => (office, true),
            Self::VehicleChanged(_) => (office, false),
            _ => (office, vehicle),
        }
    }
}

impl District {
    /// Everything that changed a permit after it was given, oldest first.
    ///
    /// ```
    /// use shared_parking::district::{Change, State};
    /// use shared_parking::{Action, Command, Journal, Season, Timestamp, sample};
    /// let mut journal = Journal::new(sample::small_district(1).unwrap());
    /// let at: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    /// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
    /// journal.execute(Command { id: "round".parse().unwrap(), at, action }).unwrap();
    ///
    /// let permit = journal.district().permits().next().unwrap().id.clone();
    /// let action = Action::Suspend { permit: permit.clone(), reason: "arrears".parse().unwrap() };
    /// journal.execute(Command { id: "stop".parse().unwrap(), at, action }).unwrap();
    /// let district = journal.district();
    /// assert_eq!(district.changes_of(&permit)[0].change, Change::Suspended { reason: "arrears".parse().unwrap() });
    /// assert_eq!(district.permit(&permit).unwrap().state(at), State::Suspended);
    /// assert_eq!(district.held(at).values().sum::<u32>() as usize, district.permits().count()); // it keeps its space
    /// ```
    #[must_use]
    pub fn changes_of(&self, permit: &PermitId) -> &[Changed] {
        self.changes.get(permit).map_or(&[], Vec::as_slice)
    }

    /// The permits that were changed, sorted by id, each with its changes, oldest first.
    pub fn changes(&self) -> impl ExactSizeIterator<Item = (&PermitId, &[Changed])> {
        self.changes.iter().map(|(permit, changes)| (permit, changes.as_slice()))
    }

    /// Whether no instant of a window falls into a suspension of a permit.
    pub(super) fn is_free_in(&self, permit: &PermitId, window: Window) -> bool {
        self.throughout(
            permit,
            window,
            (false, false),
            |now, change| change.suspends(now),
            |now| *now == (false, false),
        )
    }

    /// Whether one vehicle of this class was a permit's for the whole of a window.
    pub(super) fn has_vehicle(
        &self,
        permit: &Permit,
        window: Window,
        vehicle: &VehicleId,
        class: VehicleClass,
    ) -> bool {
        let given = self.application(&permit.application).map(|recorded| &recorded.application.vehicle);
        let after = |now, change: &Change| match change {
            Change::VehicleChanged(other) => Some(other.clone()),
            _ => now,
        };
        let own = |now: &Option<Vehicle>| now.as_ref().is_some_and(|own| own.id == *vehicle && own.class == class);
        self.throughout(&permit.id, window, given.cloned(), after, own)
    }

    /// Whether something holds at every instant of a window, of what a permit's changes make of a first state one after
    /// the other.
    fn throughout<S>(
        &self,
        permit: &PermitId,
        window: Window,
        first: S,
        after: impl Fn(S, &Change) -> S,
        holds: impl Fn(&S) -> bool,
    ) -> bool {
        let (mut now, mut from) = (first, Timestamp::MIN);
        for changed in self.changes_of(permit) {
            let shared = from.max(window.start()) < changed.at.min(window.end());
            if shared && !holds(&now) {
                return false;
            }
            (now, from) = (after(now, &changed.change), changed.at);
        }
        from >= window.end() || holds(&now)
    }

    /// The facts about a permit's holder and vehicle as they stand: those of its application, but for what has changed.
    pub(super) fn as_held(&self, permit: &Permit) -> Option<Cow<'_, Application>> {
        let mut facts = Cow::Borrowed(&self.application(&permit.application)?.application);
        for changed in self.changes_of(&permit.id) {
            match &changed.change {
                Change::VehicleChanged(vehicle) => facts.to_mut().vehicle = vehicle.clone(),
                Change::Moved { door, kept: Some(_) } => facts.to_mut().resident.door = door.clone(),
                Change::Died { heir: Some(heir) } => facts.to_mut().resident = heir.clone(),
                _ => {}
            }
        }
        Some(facts)
    }
}
