//! Points for the time waited, by days or by months of the calendar.

use crate::calendar::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A time waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Whole days of 86,400 seconds.
    Days(u32),
    /// Months of the calendar, by the days in the policy's zone, whatever the clock shows: who applied on 1 February 2025
    /// has waited 12 months on 1 February 2026. Where a month has no such day its last one counts.
    Months(u16),
}

impl Wait {
    /// Whether it has been waited from one instant to another. Nobody waits before the first.
    pub(super) fn is_over(self, since: Timestamp, at: Timestamp, zone: &Zone) -> bool {
        since <= at
            && match self {
                Self::Days(days) => days_between(since, at) >= i64::from(days),
                Self::Months(months) => months_between(since, at, zone) >= months,
            }
    }
}

/// Whole days waited.
pub(crate) const fn days_between(since: Timestamp, at: Timestamp) -> i64 {
    at.seconds_since(since).div_euclid(86_400)
}

/// Whole months waited.
pub(crate) fn months_between(since: Timestamp, at: Timestamp, zone: &Zone) -> u16 {
    zone.local(since).date.months_until(zone.local(at).date)
}

/// A step of [`PointsRule::Waiting`](super::PointsRule::Waiting), written `{"days": 365, "points": 20}` or
/// `{"months": 12, "points": 20}`.
///
/// ```
/// use shared_parking::policy::{Wait, WaitingStep};
/// let year: WaitingStep = serde_json::from_str(r#"{ "months": 12, "points": 20 }"#).unwrap();
/// assert_eq!(year, WaitingStep { wait: Wait::Months(12), points: 20 });
/// assert!(serde_json::from_str::<WaitingStep>(r#"{ "months": 12, "days": 365, "points": 20 }"#).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Written", into = "Written")]
pub struct WaitingStep {
    /// The time waited, at least.
    pub wait: Wait,
    /// Points from then on.
    pub points: u32,
}

/// A step as a document writes it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    months: Option<u16>,
    points: u32,
}

/// A step with neither days nor months, or with both.
struct NotOneTime;

impl fmt::Display for NotOneTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a step of waiting has days or months; write one of the two")
    }
}

impl TryFrom<Written> for WaitingStep {
    type Error = NotOneTime;
    fn try_from(written: Written) -> Result<Self, NotOneTime> {
        let wait = match (written.days, written.months) {
            (Some(days), None) => Wait::Days(days),
            (None, Some(months)) => Wait::Months(months),
            _ => return Err(NotOneTime),
        };
        Ok(Self { wait, points: written.points })
    }
}

impl From<WaitingStep> for Written {
    fn from(step: WaitingStep) -> Self {
        let (days, months) = match step.wait {
            Wait::Days(days) => (Some(days), None),
            Wait::Months(months) => (None, Some(months)),
        };
        Self { days, months, points: step.points }
    }
}

/// The points of the last step reached.
pub(super) fn points(steps: &[WaitingStep], since: Timestamp, at: Timestamp, zone: &Zone) -> u32 {
    let reached = steps.iter().take_while(|step| step.wait.is_over(since, at, zone));
    reached.last().map_or(0, |step| step.points)
}
