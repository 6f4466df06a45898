//! A stay: one vehicle in one space of a stretch, from arriving to leaving.

use crate::calendar::Window;
use crate::people::{SpecialNeed, VehicleClass};
use crate::policy::Bill;
use crate::units::{PermitId, StayId, StretchId, VehicleId};
use serde::{Deserialize, Serialize};

/// One vehicle in one space of a stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Its id.
    pub id: StayId,
    /// Where.
    pub stretch: StretchId,
    /// From arriving to leaving.
    pub window: Window,
    /// Which vehicle, by a pseudonym of the host's choice; under a permit it must be the permit's.
    pub vehicle: VehicleId,
    /// The class of the vehicle.
    pub class: VehicleClass,
    /// The need of the driver that was accepted when the stay started.
    pub special_need: SpecialNeed,
    /// The permit it is under, if any: in force for the whole stay, it gives the holder's price on every stretch that
    /// permits may name. Under a special permit the vehicle is one of it that is active for the whole stay.
    pub permit: Option<PermitId>,
}

/// A stay with its bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BilledStay {
    /// The stay.
    pub stay: Stay,
    /// What it costs, line by line.
    pub bill: Bill,
    /// The number of the command that billed it.
    pub by: u64,
}
