//! What a policy says of the ground: every id it names must be there.

use super::{Policy, ceilings};
use crate::error::Flaws;
use crate::inventory::Inventory;

impl Policy {
    /// Checks the policy against the ground that it is to rule.
    ///
    /// # Errors
    /// Every flaw: communities, streets and stretches that are not on the ground, and ceilings that share a stretch
    /// though neither lies within the other.
    pub fn check_ground(&self, inventory: &Inventory) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        if let Some(shifts) = &self.shifts {
            shifts.check_ground(inventory, &mut flaws);
        }
        ceilings::check_ground(self, inventory, &mut flaws);
        for (at, quota) in self.quotas.iter().enumerate() {
            quota.check_ground(inventory, &format!("quotas[{at}]"), &mut flaws);
        }
        flaws.finish(())
    }
}
