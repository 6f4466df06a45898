//! The vehicle is of an admitted class.

use super::{Reason, word};
use crate::people::{Vehicle, VehicleClass};
use crate::refusal::Refusal;

pub(super) fn judge(vehicle: &Vehicle, admit: &[VehicleClass]) -> Option<Reason> {
    let found = || format!("vehicle class {}", word(vehicle.class));
    (!admit.contains(&vehicle.class)).then(|| Reason::new(Refusal::VehicleClassNotAdmitted, found()))
}
