//! An application: who, from which door, with which vehicle, since when.

use super::{Documents, Preferences, Vehicle};
use crate::calendar::Timestamp;
use crate::error::{FlawCode, Flaws};
use crate::units::{ApplicationId, DoorId, HouseholdId, Money, ResidentId, ShiftId};
use serde::{Deserialize, Serialize};

/// A resident's request for a permit, with every fact the rules ask for.
///
/// ```
/// use shared_parking::people::Application;
/// let application: Application = serde_json::from_str(r#"{
///     "id": "a-1", "applied_at": "2026-01-05T01:00:00Z",
///     "resident": {
///         "id": "r-1", "household": "h-1", "door": "d-1", "registered": true,
///         "documents": { "title": "applicant", "register": "applicant", "licence": "spouse" },
///         "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none"
///     },
///     "vehicle": {
///         "id": "v-1", "class": "small", "plate_origin": "local", "use": "private",
///         "insured_until": "2026-12-31", "inspected_until": "2027-06-30"
///     }
/// }"#).unwrap();
/// assert_eq!(application.resident.documents.in_applicants_name(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The application's own id.
    pub id: ApplicationId,
    /// When it was handed in.
    pub applied_at: Timestamp,
    /// Who asks.
    pub resident: Resident,
    /// For which vehicle.
    pub vehicle: Vehicle,
    /// Since when the household has waited, where that is longer than since `applied_at`: time brought along from another
    /// area or an earlier address and accepted by the office. Whether it counts, the policy says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// For which shift a permit is asked, where the policy has shifts; then `None` asks for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<ShiftId>,
    /// Which streets they prefer, and which they do not want.
    #[serde(default, skip_serializing_if = "Preferences::is_empty")]
    pub preferences: Preferences,
}

/// The facts about an applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resident {
    /// A pseudonym of the host's choice.
    pub id: ResidentId,
    /// The household, which shares one claim.
    pub household: HouseholdId,
    /// The residence door: where walking starts.
    pub door: DoorId,
    /// Whether the resident is registered as living in the area.
    pub registered: bool,
    /// Whose names stand on the documents.
    pub documents: Documents,
    /// Whether the household has an off-street space.
    pub other_space: OtherSpace,
    /// Whether the applicant or the vehicle holds a permit of another area.
    pub certified_elsewhere: bool,
    /// Unpaid parking charges, in minor units.
    pub arrears: Money,
    /// A need that the office has accepted.
    pub special_need: SpecialNeed,
    /// How much the household let others use its space.
    #[serde(default, skip_serializing_if = "SharingRecord::is_empty")]
    pub sharing: SharingRecord,
    /// Whether the applicant takes part in a programme of a weekly day without driving.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_driving_day: bool,
}

/// How long a holder let others use the space while it was idle, and over how long a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingRecord {
    /// Whole hours shared.
    pub hours: u32,
    /// The days of the last year on which the space was held: 1 to 366, or 0 with no hours.
    pub days: u32,
}

impl SharingRecord {
    /// Whether nothing is recorded.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.hours == 0 && self.days == 0
    }

    /// Checks that so many hours fit on so many days of one year.
    ///
    /// # Errors
    /// Every flaw, its place being `days` or `hours`: more than 366 days, hours on no day, more than 24 hours a day.
    ///
    /// ```
    /// use shared_parking::people::SharingRecord;
    /// let check = |hours, days| SharingRecord { hours, days }.check();
    /// assert!(check(0, 0).is_ok() && check(0, 366).is_ok() && check(24, 1).is_ok());
    /// assert_eq!(check(25, 1).unwrap_err().iter().next().unwrap().place, "hours");
    /// assert_eq!(check(1, 0).unwrap_err().iter().next().unwrap().place, "days");
    /// assert_eq!(check(9_000, 367).unwrap_err().len(), 2);
    /// ```
    pub fn check(&self) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        if self.days > 366 {
            let remedy = "write at most 366, the days of the last year";
            flaws.push(FlawCode::OutOfRange, "days", format!("{} days", self.days), remedy);
        }
        if self.days == 0 && self.hours > 0 {
            let problem = format!("{} h shared on no day", self.hours);
            flaws.push(FlawCode::Contradiction, "days", problem, "say on how many days the space was held: 1 to 366");
        } else if u64::from(self.hours) > 24 * u64::from(self.days) {
            let problem = format!("{} h shared in {} d", self.hours, self.days);
            flaws.push(FlawCode::OutOfRange, "hours", problem, "write at most 24 hours for each day");
        }
        flaws.finish(())
    }
}

/// Whether a household has a space off the street.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OtherSpace {
    /// None.
    None,
    /// It owns one.
    Owned,
    /// It rents one.
    Rented,
}

/// A need that the office has accepted, which rules, standing, quotas and discounts may take into account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SpecialNeed {
    /// None stated.
    None,
    /// A disability that makes walking hard.
    Disability,
    /// A veteran with a recognised injury.
    WoundedVeteran,
}
