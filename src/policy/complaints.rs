//! Complaints and appeals: how long each may take.

use crate::error::{FlawCode, FlawCollector};
use serde::{Deserialize, Serialize};

/// How long an answer may take, and how long a decision can be appealed. In a document the whole part, or either figure,
/// may be left out; the defaults, 14 and 30 days, are ours and taken from no city.
///
/// ```
/// use shared_parking::policy::{ComplaintRules, Policy, presets};
/// let mut document = serde_json::to_value(presets::xicheng_2022()).unwrap();
/// assert_eq!(document.get("complaints"), None); // the defaults are not written
/// document["complaints"] = serde_json::json!({ "answer_days": 7 });
/// let rules = Policy::from_json(&document.to_string()).unwrap().complaints;
/// assert_eq!(rules, ComplaintRules { answer_days: 7, appeal_days: 30 });
/// document["complaints"]["appeal_days"] = 0.into();
/// let flaws = Policy::from_json(&document.to_string()).unwrap_err();
/// assert!(flaws.to_string().contains("complaints.appeal_days"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ComplaintRules {
    /// How many days after the day on which a complaint or an appeal comes in it is to be answered: 1 to 366. The last of
    /// them is still in time.
    pub answer_days: u16,
    /// How many days after the day of its round a decision can be appealed: 1 to 366. The last of them is still in time.
    pub appeal_days: u16,
}

impl Default for ComplaintRules {
    fn default() -> Self {
        Self { answer_days: 14, appeal_days: 30 }
    }
}

impl ComplaintRules {
    /// Whether both figures are the defaults, which a document leaves out.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn check(self, flaws: &mut FlawCollector) {
        for (field, days) in [("answer_days", self.answer_days), ("appeal_days", self.appeal_days)] {
            if !(1..=366).contains(&days) {
                flaws.push(
                    FlawCode::OutOfRange,
                    format!("complaints.{field}"),
                    days.to_string(),
                    "write 1 to 366 days",
                );
            }
        }
    }
}
