//! The plate is of an admitted origin.

use super::{Reason, word};
use crate::people::{PlateOrigin, Vehicle};
use crate::refusal::Refusal;

pub(super) fn judge(vehicle: &Vehicle, admit: &[PlateOrigin]) -> Option<Reason> {
    let found = || format!("plate origin {}", word(vehicle.plate_origin));
    (!admit.contains(&vehicle.plate_origin)).then(|| Reason::new(Refusal::PlateNotLocal, found()))
}
