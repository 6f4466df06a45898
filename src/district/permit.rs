//! A permit: the certified place of one household's vehicle on one stretch.

use super::{Ended, Suspension};
use crate::calendar::{Timestamp, Window};
use crate::inventory::Route;
use crate::units::{
    ApplicationId, Centimetres, DoorId, HouseholdId, PermitId, ResidentId, Season, ShiftId, StretchId, VehicleId,
};
use serde::{Deserialize, Serialize};

/// The right to a space on a stretch, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permit {
    /// Its id: the season and the position in its round's queue, or the number that an upheld appeal gave it.
    pub id: PermitId,
    /// The kind of permit, as the policy calls it.
    pub kind: String,
    /// The season of the round that issued it.
    pub season: Season,
    /// The application it answers.
    pub application: ApplicationId,
    /// Who holds it.
    pub resident: ResidentId,
    /// The holder's household.
    pub household: HouseholdId,
    /// For which vehicle: of one that was sold, until another takes its place.
    pub vehicle: VehicleId,
    /// The holder's door.
    pub door: DoorId,
    /// The place: any of this stretch's identical spaces.
    pub stretch: StretchId,
    /// The shift it is for, where the policy has shifts: stays under it lie within these hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// The walk from the door to the middle of the stretch.
    pub walk: Centimetres,
    /// How the walk was found.
    pub route: Route,
    /// When it is in force; of an offer, the longest time it could be.
    pub valid: Window,
    /// Since when its holder has held without a break: its own first instant, or that of the permit it renews.
    pub since: Timestamp,
    /// The permit it replaces, which ended at its first instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<PermitId>,
    /// While it is only an offer: until when it can be accepted (that instant excluded). It keeps its space, and is not
    /// in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Timestamp>,
    /// While it is suspended: since when, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Box<Suspension>>,
    /// How it ended before its time, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

impl Permit {
    /// Ends it at an instant after its first one; an earlier end stays as it is.
    pub(super) fn end_at(&mut self, at: Timestamp) {
        if let Ok(shorter) = Window::new(self.valid.start(), at.min(self.valid.end())) {
            self.valid = shorter;
        }
    }

    /// Makes a permit of an offer, from an instant on.
    pub(super) fn accept(&mut self, at: Timestamp) {
        self.offer = None;
        self.since = at;
        self.valid = Window::new(at, self.valid.end()).unwrap_or(self.valid);
    }

    /// Whether it is a permit, not an offer, and in force for the whole of a window; a suspended one is in force, but no
    /// stay can be billed under it.
    #[must_use]
    pub fn covers(&self, window: Window) -> bool {
        self.offer.is_none() && self.valid.start() <= window.start() && window.end() <= self.valid.end()
    }
}
