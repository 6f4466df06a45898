//! The home was not built without a right to permits.

use super::Reason;
use crate::inventory::Inventory;
use crate::refusal::Refusal;
use crate::units::{DoorId, StreetId};

pub(super) fn judge(door: &DoorId, inventory: &Inventory, doors: &[DoorId], streets: &[StreetId]) -> Option<Reason> {
    let street = inventory.door(door).map(|door| &door.street);
    let found = match street.filter(|street| streets.contains(street)) {
        _ if doors.contains(door) => format!("door {door} is car-free"),
        Some(street) => format!("door {door}, on the car-free street {street}"),
        None => return None,
    };
    Some(Reason::new(Refusal::CarFreeAddress, found))
}
