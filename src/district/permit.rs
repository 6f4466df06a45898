//! A permit: the certified place of one household's vehicle on one stretch.

use crate::calendar::Window;
use crate::inventory::Route;
use crate::units::{
    ApplicationId, Centimetres, DoorId, HouseholdId, PermitId, ResidentId, Season, StretchId, VehicleId,
};
use serde::{Deserialize, Serialize};

/// The right to a space on a stretch, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permit {
    /// Its id: the season and the position in its round's queue.
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
    /// For which vehicle.
    pub vehicle: VehicleId,
    /// The holder's door.
    pub door: DoorId,
    /// The place: any of this stretch's identical spaces.
    pub stretch: StretchId,
    /// The walk from the door to the middle of the stretch.
    pub walk: Centimetres,
    /// How the walk was found.
    pub route: Route,
    /// When it is in force.
    pub valid: Window,
}
