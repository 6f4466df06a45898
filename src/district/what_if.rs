//! What would have to be otherwise for somebody who waits to be eligible now.

use super::District;
use crate::calendar::Timestamp;
use crate::policy::{Circumstances, WhatIf};
use crate::units::ApplicationId;

impl District {
    /// For each reason against an application in a round held at an instant, the fewest facts that would have to be
    /// otherwise ([`Policy::what_if`](crate::policy::Policy::what_if)), after the permits in force, the open offers and the
    /// eligible applications handed in before it. Nothing when it is eligible; `None` when it does not wait: there is no
    /// such application, it was withdrawn, papers are missing, or it has led to a permit or an offer. O(n log n) for n who wait.
    ///
    /// ```
    /// use shared_parking::sample;
    /// let district = sample::small_district(1).unwrap();
    /// let at = "2026-03-01T00:00:00Z".parse().unwrap();
    /// let reasons = |id| district.what_if(id, at).unwrap();
    /// let ids = || district.applications().map(|recorded| &recorded.application.id);
    /// assert!(ids().any(|id| reasons(id).is_empty()));
    /// let found = ids().flat_map(reasons).next().unwrap();
    /// assert_eq!(found.to_string(), "202 plate-not-local: plate origin: local instead of other");
    /// assert_eq!(district.what_if(&"nobody".parse().unwrap(), at), None);
    /// ```
    #[must_use]
    pub fn what_if(&self, application: &ApplicationId, at: Timestamp) -> Option<Vec<WhatIf>> {
        let judged = self.judge_in_turn(at);
        if judged.eligible.iter().any(|(own, ..)| own.id == *application) {
            return Some(Vec::new());
        }
        let (own, _, claims) = judged.refused.into_iter().find(|(own, ..)| own.id == *application)?;
        let circumstances = Circumstances::of(&self.policy, &self.inventory, at, claims);
        Some(self.policy.what_if(own, &circumstances.for_application(&self.policy, own, at)))
    }
}
