//! The residence door opens to one of the streets.

use super::Reason;
use crate::inventory::Inventory;
use crate::refusal::Refusal;
use crate::units::{DoorId, StreetId};

pub(super) fn judge(door: &DoorId, inventory: &Inventory, streets: &[StreetId]) -> Option<Reason> {
    let own = inventory.door(door).map(|door| &door.street);
    let found = || match own {
        Some(street) => format!("door {door}, on the street {street}"),
        None => format!("door {door}, on no street"),
    };
    let listed = own.is_some_and(|own| streets.contains(own));
    (!listed).then(|| Reason::new(Refusal::OffTheStreets, found()))
}
