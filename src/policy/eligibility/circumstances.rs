//! What a rule may look at besides the application.

use crate::calendar::{Date, Timestamp};
use crate::inventory::{Inventory, SpaceKind};
use crate::people::Application;
use crate::policy::Policy;
use crate::policy::standing::Tier;

/// Permits in force, open offers and earlier eligible applications that share something with an application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Those of the same household.
    pub household: u32,
    /// Those for the same vehicle.
    pub vehicle: u32,
    /// Those of the same resident.
    pub resident: u32,
    /// Those from the same residence door.
    pub door: u32,
}

/// What a rule may look at besides the application.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The day of the decision: the local day, in the policy's zone, of its instant.
    pub today: Date,
    /// What was claimed before.
    pub claims: Claims,
    /// The tiers of the standing, by the version that counts.
    pub tiers: &'a [Tier],
    /// What is on the ground.
    pub inventory: &'a Inventory,
    /// The kinds of spaces that permits may name.
    pub space_kinds: &'a [SpaceKind],
}

impl<'a> Circumstances<'a> {
    /// Those of a decision under a policy on its ground at an instant, after these claims.
    ///
    /// ```
    /// use shared_parking::policy::{Circumstances, Claims, judge};
    /// use shared_parking::sample;
    /// let district = sample::small_district(1).unwrap();
    /// let (policy, application) = (district.policy(), &district.applications().next().unwrap().application);
    /// // 17:00 in London is past midnight in Beijing, and insurance is judged on Beijing's day.
    /// let at = "2026-02-28T17:00:00Z".parse().unwrap();
    /// let circumstances = Circumstances::of(policy, district.inventory(), at, Claims::default());
    /// assert_eq!(circumstances.today.to_string(), "2026-03-01");
    /// assert_eq!(judge(&policy.eligibility, application, &circumstances), district.judge(application, at));
    /// ```
    #[must_use]
    pub fn of(policy: &'a Policy, inventory: &'a Inventory, at: Timestamp, claims: Claims) -> Self {
        Self {
            today: policy.zone.local(at).date,
            claims,
            tiers: &policy.standing.tiers,
            inventory,
            space_kinds: &policy.permits.space_kinds,
        }
    }

    /// The same for one application, whose documents are judged by the version of the standing that counts for it
    /// ([`StandingRules::tiers_for`](crate::policy::StandingRules::tiers_for)).
    #[must_use]
    pub fn for_application(self, policy: &'a Policy, application: &Application, at: Timestamp) -> Self {
        Self { tiers: policy.standing.tiers_for(application, at, &policy.zone), ..self }
    }
}
