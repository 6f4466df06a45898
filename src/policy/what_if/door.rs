//! The nearest door that satisfies the rules about doors.

use crate::inventory::Door;
use crate::people::Application;
use crate::policy::{Circumstances, Rule};
use crate::units::DoorId;

/// The own door when all the rules say yes to it, else the nearest by a straight line, then by id, to which they do.
pub(super) fn nearest(application: &Application, rules: &[&Rule], circumstances: &Circumstances<'_>) -> Option<DoorId> {
    let fits = |application: &Application| rules.iter().all(|rule| rule.judge(application, circumstances).is_none());
    let (own, inventory) = (&application.resident.door, circumstances.inventory);
    if fits(application) {
        return Some(own.clone());
    }
    let mut doors: Vec<&Door> = inventory.doors().iter().collect();
    if let Some(home) = inventory.door(own) {
        doors.sort_by_key(|door| (square(home, door), &door.id));
    }
    let mut moved = application.clone();
    let found = doors.into_iter().find(|door| {
        moved.resident.door = door.id.clone();
        fits(&moved)
    });
    found.map(|door| door.id.clone())
}

/// The square of the distance of two doors.
fn square(one: &Door, other: &Door) -> u128 {
    let side = |one: i32, other: i32| u128::from(one.abs_diff(other)).pow(2);
    side(one.position.x, other.position.x) + side(one.position.y, other.position.y)
}
