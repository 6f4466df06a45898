//! What a policy says of the ground: every id it names must be there.

use super::{Policy, ceilings, eligibility};
use crate::error::Flaws;
use crate::inventory::Inventory;

impl Policy {
    /// Checks the policy against the ground that it is to rule.
    ///
    /// ```
    /// use shared_parking::policy::Rule;
    /// use shared_parking::{FlawCode, sample};
    /// let district = sample::small_district(1).unwrap();
    /// let mut policy = district.policy().clone();
    /// assert_eq!(policy.check_ground(district.inventory()), Ok(()));
    /// policy.eligibility = vec![Rule::DoorOnStreet { streets: vec!["elm".parse().unwrap()] }];
    /// let flaws = policy.check_ground(district.inventory()).unwrap_err();
    /// let flaw = flaws.iter().next().unwrap();
    /// assert_eq!(flaw.code, FlawCode::UnknownReference);
    /// assert_eq!(flaw.place, "eligibility[0] (door-on-street).streets[0]");
    /// ```
    ///
    /// # Errors
    /// Every flaw: communities, streets, stretches and doors that are not on the ground, and ceilings that share a stretch
    /// though neither lies within the other.
    pub fn check_ground(&self, inventory: &Inventory) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        eligibility::check_ground(&self.eligibility, inventory, &mut flaws);
        for (at, class) in self.special.iter().enumerate() {
            let mut own = Flaws::collector();
            eligibility::check_ground(&class.eligibility, inventory, &mut own);
            for flaw in own.finish(()).err().iter().flatten() {
                let place = format!("special[{at}].{}", flaw.place);
                flaws.push(flaw.code, place, flaw.problem.clone(), flaw.remedy.clone());
            }
        }
        if let Some(shifts) = &self.shifts {
            shifts.check_ground(inventory, &mut flaws);
        }
        self.standing.check_ground(inventory, &mut flaws);
        ceilings::check_ground(self, inventory, &mut flaws);
        for (at, quota) in self.quotas.iter().enumerate() {
            quota.check_ground(inventory, &format!("quotas[{at}]"), &mut flaws);
        }
        flaws.finish(())
    }
}
