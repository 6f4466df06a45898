//! The residence door lies in one of the communities.

use super::Reason;
use crate::inventory::Inventory;
use crate::refusal::Refusal;
use crate::units::{CommunityId, DoorId};

pub(super) fn judge(door: &DoorId, inventory: &Inventory, communities: &[CommunityId]) -> Option<Reason> {
    let own = inventory.door(door).and_then(|door| door.community.as_ref());
    let found = || match own {
        Some(community) => format!("door {door}, in the community {community}"),
        None => format!("door {door}, in no community"),
    };
    let inside = own.is_some_and(|own| communities.contains(own));
    (!inside).then(|| Reason::new(Refusal::OutsideCommunities, found()))
}
