//! The vehicle serves an admitted use.

use super::{Reason, word};
use crate::people::{Vehicle, VehicleUse};
use crate::refusal::Refusal;

pub(super) fn judge(vehicle: &Vehicle, admit: &[VehicleUse]) -> Option<Reason> {
    let found = || format!("vehicle use {}", word(vehicle.usage));
    (!admit.contains(&vehicle.usage)).then(|| Reason::new(Refusal::NotPrivateUse, found()))
}
