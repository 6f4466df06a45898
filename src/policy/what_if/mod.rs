//! What would have to be otherwise for a no to become a yes: the fewest facts, found exactly.
//!
//! Invariant: with the changes made the rules that they were found for say yes, and no fewer facts would do. The rules
//! themselves are the measure: [`FactChange`] says nothing about how a fact comes to change.

mod asked;
mod documents;
mod door;
mod fact;
mod search;

pub use fact::{FactChange, FromTo};

use super::{Circumstances, Policy, Reason};
use crate::people::Application;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A reason against an application, and the fewest facts that would have to be otherwise for it to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// Why it is not eligible.
    pub reason: Reason,
    /// What would have to be otherwise, in the order of [`FactChange`]; empty where nothing would do, because no door
    /// satisfies the rules about doors or because the rules exclude each other.
    pub changes: Vec<FactChange>,
}

impl Policy {
    /// For each reason against an application, in order of precedence, the smallest set of facts that would make it go
    /// without giving another reason; nothing when it is eligible.
    ///
    /// Smallest is the set with the fewest facts. Of several the one is told that leaves the household's earlier claims
    /// as they are, or takes the fewest away; documents change from the first on (title, register, licence, driving
    /// licence, insurance), to the first holder that will do (applicant, spouse, parent, child, other); the nearest door
    /// by a straight line is named. Each fact is changed as little as can be: a day no later, an amount no lower than
    /// needed. What somebody does about it is theirs: a fact may be one that no paper changes. The day of the decision
    /// can only be a later one. Claims are facts of their own: they are told as they would have to be, and are not
    /// counted again for another door or another vehicle.
    ///
    /// At most all 7,776 combinations of holders are tried for each number of earlier claims that matters, and every
    /// door once.
    ///
    /// ```
    /// use shared_parking::policy::{Circumstances, Claims};
    /// use shared_parking::sample;
    /// let district = sample::small_district(1).unwrap();
    /// let mut application = district.applications().next().unwrap().application.clone();
    /// application.resident.documents.register = serde_json::from_str(r#""other""#).unwrap();
    /// application.resident.documents.licence = serde_json::from_str(r#""absent""#).unwrap();
    /// let at = "2026-03-01T00:00:00Z".parse().unwrap();
    /// let circumstances = Circumstances::of(district.policy(), district.inventory(), at, Claims::default());
    /// let found = district.policy().what_if(&application, &circumstances);
    /// let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    /// // Two in one are enough, so the register may stay as it is.
    /// assert_eq!(told, ["210 documents-disagree: licence: applicant instead of absent"]);
    /// ```
    #[must_use]
    pub fn what_if(&self, application: &Application, circumstances: &Circumstances<'_>) -> Vec<WhatIf> {
        let reasons: Vec<Option<Reason>> =
            self.eligibility.iter().map(|rule| rule.judge(application, circumstances)).collect();
        let mut found = Vec::new();
        for (at, reason) in reasons.iter().enumerate() {
            let Some(reason) = reason else { continue };
            let kept =
                self.eligibility.iter().enumerate().filter(|&(other, _)| other == at || reasons[other].is_none());
            let kept: Vec<_> = kept.map(|(_, rule)| rule).collect();
            let changes = search::smallest(&kept, application, circumstances).unwrap_or_default();
            found.push(WhatIf { reason: reason.clone(), changes });
        }
        found.sort_by(|a, b| a.reason.cmp(&b.reason));
        found
    }

    /// The smallest set of facts that would make every reason go at once, as [`what_if`](Self::what_if) tells it for
    /// each; empty when the application is eligible, `None` where nothing would do. It may be smaller than the sets for
    /// the reasons together, since one fact may answer several.
    ///
    /// ```
    /// use shared_parking::policy::{Circumstances, Claims, FactChange, FromTo};
    /// use shared_parking::{Money, sample};
    /// let district = sample::small_district(1).unwrap();
    /// let mut application = district.applications().next().unwrap().application.clone();
    /// let at = "2026-03-01T00:00:00Z".parse().unwrap();
    /// let circumstances = Circumstances::of(district.policy(), district.inventory(), at, Claims::default());
    /// let what_if = |application: &_| district.policy().what_if_all(application, &circumstances).unwrap();
    /// assert_eq!(what_if(&application), []);
    /// application.resident.arrears = Money::minor(1_200);
    /// let paid = FromTo { from: Money::minor(1_200), to: Money::ZERO };
    /// assert_eq!(what_if(&application), [FactChange::Arrears(paid)]);
    /// ```
    #[must_use]
    pub fn what_if_all(&self, application: &Application, circumstances: &Circumstances<'_>) -> Option<Vec<FactChange>> {
        search::smallest(&self.eligibility.iter().collect::<Vec<_>>(), application, circumstances)
    }
}

impl fmt::Display for WhatIf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.reason.refusal.number(), self.reason.refusal.slug())?;
        let changes: Vec<String> = self.changes.iter().map(ToString::to_string).collect();
        if changes.is_empty() { f.write_str("no fact would do") } else { f.write_str(&changes.join("; ")) }
    }
}
