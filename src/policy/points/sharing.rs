//! Points for hours shared, and the rounding of hours that do not fill a year.

use crate::people::SharingRecord;
use crate::units::Rounding;
use serde::{Deserialize, Serialize};

/// The days of a year to which a record of fewer days is extended.
const YEAR: u32 = 365;

/// How hours shared become points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SharedScale {
    /// In proportion.
    Rate(SharedRate),
    /// Those of the last step reached, by the hours as recorded.
    Steps(Vec<HourStep>),
}

/// The fields of which a document writes one, for the schema: beside the word of the rule they are one object.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is asked for")]
pub(super) struct Written {
    /// In proportion.
    #[serde(default)]
    rate: Option<SharedRate>,
    /// Those of the last step reached, by the hours as recorded.
    #[serde(default)]
    steps: Option<Vec<HourStep>>,
}

/// Points in proportion to the hours shared, rounded once, and at most so many.
///
/// ```
/// use shared_parking::people::SharingRecord;
/// use shared_parking::policy::SharedRate;
/// // Dongjak, Seoul: 1,000 hours in a year are 10 points, written with one decimal, so 100 tenths.
/// let rate: SharedRate = serde_json::from_str(
///     r#"{ "per_hours": 1000, "points": 100, "most": 100, "annualised": true, "rounding": "nearest" }"#
/// ).unwrap();
/// let points = |hours, days| rate.points(SharingRecord { hours, days });
/// assert_eq!((points(994, 365), points(995, 365), points(2_000, 365)), (99, 100, 100));
/// assert_eq!(points(250, 184), 50); // 495.9 hours a year
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SharedRate {
    /// So many hours: at least 1.
    pub per_hours: u32,
    /// Give so many points: at least 1.
    pub points: u32,
    /// The most points that can be had: at least 1.
    pub most: u32,
    /// Whether the hours of a record of fewer than 365 days are extended to a year: hours times 365, divided by the days.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub annualised: bool,
    /// Which way a fraction of a point goes.
    pub rounding: Rounding,
}

/// A step of [`SharedScale::Steps`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HourStep {
    /// Hours shared, at least.
    pub hours: u32,
    /// Points from there on.
    pub points: u32,
}

impl SharedRate {
    /// The points of a record.
    #[must_use]
    pub fn points(self, record: SharingRecord) -> u32 {
        let (hours, points) = (i128::from(record.hours), i128::from(self.points));
        let (times, over) = if self.annualised && record.days < YEAR { (YEAR, record.days.max(1)) } else { (1, 1) };
        let exact = self
            .rounding
            .divide(hours * points * i128::from(times), i128::from(self.per_hours.max(1)) * i128::from(over));
        u32::try_from(exact).unwrap_or(u32::MAX).min(self.most)
    }
}

impl SharedScale {
    /// The points of a record.
    #[must_use]
    pub fn points(&self, record: SharingRecord) -> u32 {
        match self {
            Self::Rate(rate) => rate.points(record),
            Self::Steps(steps) => {
                let reached = steps.iter().take_while(|step| step.hours <= record.hours);
                reached.last().map_or(0, |step| step.points)
            }
        }
    }
}
