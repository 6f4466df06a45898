//! A stretch lies within a straight line of the residence door.

use super::{Circumstances, Reason};
use crate::inventory::{Inventory, Stretch};
use crate::refusal::Refusal;
use crate::units::{Centimetres, DoorId, StreetId};

/// O(stretches within the limit) for a yes, O(stretches) for a no, which tells how far the nearest one is.
pub(super) fn judge(
    door: &DoorId,
    metres: u32,
    streets: &[StreetId],
    circumstances: &Circumstances<'_>,
) -> Option<Reason> {
    let (inventory, limit) = (circumstances.inventory, Centimetres::metres(metres));
    let counts = |stretch: &Stretch| {
        circumstances.space_kinds.contains(&stretch.kind) && (streets.is_empty() || streets.contains(&stretch.street))
    };
    let is_near = inventory.door(door).is_some_and(|own| {
        let near = inventory.nearest_stretches(own.position, limit);
        near.iter().any(|&(_, stretch)| counts(&inventory.stretches()[stretch]))
    });
    let found = || match nearest(door, inventory, counts) {
        Some(straight) => format!("{straight} from door {door} to the nearest stretch that counts, at most {limit}"),
        None => format!("no stretch that counts for door {door}"),
    };
    (!is_near).then(|| Reason::new(Refusal::TooFarAway, found()))
}

fn nearest(door: &DoorId, inventory: &Inventory, counts: impl Fn(&Stretch) -> bool) -> Option<Centimetres> {
    let door = inventory.door_index(door)?;
    let all = inventory.stretches().iter().enumerate().filter(|(_, stretch)| counts(stretch));
    all.filter_map(|(stretch, _)| inventory.straight_line(door, stretch)).min()
}
