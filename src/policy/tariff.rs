//! What parking costs, as data: versions, classes of area, clock windows, steps and units.
//!
//! A unit of time is the only thing that is ever charged. It begins when the one before it ends, takes its length, price
//! and rounding from the window and the step in which it begins, and is rounded when it is left incomplete.
//!
//! Invariant: nothing here computes a price. A tariff that [`Tariff::check`] finds no flaw in gives every stay of at
//! most 366 days from its first version on a price, and no sum overflows.

mod check;

pub(super) use check::{MAX_WINDOWS, check_amount, check_ids, check_versions, check_word};

use crate::calendar::{Date, LocalTime, TimeOfDay};
use crate::units::{Money, Rounding};
use serde::{Deserialize, Serialize};

/// A tariff by its versions, earliest first.
///
/// A stay is priced by the version in force on the local day on which it starts, to its end.
///
/// ```
/// use shared_parking::policy::Tariff;
/// let tariff: Tariff = serde_json::from_str(r#"{ "versions": [ {
///     "from": "2019-01-01",
///     "crossing": "cut", "progress": "each-window", "boundary": "end-inclusive",
///     "classes": [ { "id": "1", "area": "inner city", "schedule": { "windows": [
///         { "id": "day", "from": "07:00", "until": "19:00", "steps": [
///             { "up_to_minutes": 60, "unit_minutes": 15, "unit_price": 250, "rounding": "floor" },
///             { "unit_minutes": 15, "unit_price": 375, "rounding": "floor" } ] },
///         { "id": "night", "from": "19:00", "until": "07:00", "steps": [
///             { "unit_minutes": 120, "unit_price": 100, "rounding": "floor" } ] }
///     ] } } ]
/// } ] }"#).unwrap();
/// let mut found = shared_parking::Flaws::collector();
/// tariff.check("tariff", &mut found);
/// assert!(found.is_clean());
/// assert!(tariff.in_force("2018-12-31".parse().unwrap()).is_none());
/// assert!(tariff.in_force("2026-03-02".parse().unwrap()).is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// The versions, by ascending first day. With none the policy prices nothing: every quote is refused
    /// ([`Refusal::NoTariffYet`](crate::Refusal::NoTariffYet)).
    pub versions: Vec<TariffVersion>,
}

/// A tariff as it stood from one day until the next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TariffVersion {
    /// The first local day on which stays that start are priced by it.
    pub from: Date,
    /// What becomes of a unit that is incomplete where a window ends.
    #[serde(default)]
    pub crossing: Crossing,
    /// From when the steps of a window count elapsed time.
    #[serde(default)]
    pub progress: Progress,
    /// Which window an instant exactly on a boundary belongs to.
    #[serde(default)]
    pub boundary: BoundarySide,
    /// The classes of area, each with its own prices; ids are unique.
    pub classes: Vec<ClassTariff>,
}

/// What becomes of a unit that is incomplete where its window ends.
///
/// A third reading, counting the minutes left over towards the next window's first unit, is deliberately absent: with
/// started units a stay would become cheaper by lasting longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Crossing {
    /// It ends there and is rounded as incomplete; the next window begins with a unit of its own. The default: where an
    /// incomplete unit is free, it never charges a minute of one window at the price of another.
    #[default]
    Cut,
    /// It runs on to its full length at the price of the window in which it began; the next unit begins after it.
    RunOn,
}

/// From when the steps of a window ("the first hour") count elapsed time.
///
/// A schedule of a single window has no boundary, so it never starts again, at midnight or otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Progress {
    /// From the start of the window, or from arrival within it: the first hour comes again every day. The default.
    #[default]
    EachWindow,
    /// By the time the stay has spent in this window on all its days together: the first hour comes once, when the stay
    /// first meets the window.
    EachStay,
    /// From arrival, whichever windows the time was spent in.
    SinceArrival,
}

/// Which of two windows the instant between them belongs to.
///
/// It changes no price. A price is asked for time that passes, and an instant has no length: a unit that ends at
/// 19:00:00 exactly is complete, and one that begins at 19:00:00 exactly passes wholly after it, on either side. It
/// answers the question what a sign shows at that instant, which is [`TariffVersion::window_at`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BoundarySide {
    /// To the window that starts there: 19:00:00 is night. The default, as for every window of this library.
    #[default]
    StartInclusive,
    /// To the window that ends there: 19:00:00 is still day, 19:00:01 is night.
    EndInclusive,
}

/// The prices of one class of area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClassTariff {
    /// The class's id, as streets and bills name it.
    pub id: String,
    /// Where it applies, in words.
    pub area: String,
    /// Its prices.
    pub schedule: Schedule,
}

/// Prices over the day: clock windows that tile 24 hours, and caps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The windows by ascending start, each starting where the one before ends, the first where the last ends.
    pub windows: Vec<ClockWindow>,
    /// The most that the units which begin on one local calendar day cost together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_per_day: Option<Money>,
    /// The most that a stay costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_per_stay: Option<Money>,
}

/// A window of the clock and its steps.
///
/// Windows are cut at clock times of the policy's zone, and what passes between the cuts is counted in real seconds: a
/// night of 19:00 to 07:00 lasts 11 or 13 hours when the clocks change. Where clocks are set back over a boundary, its
/// first occurrence counts; where they are set forward over it, the change itself is the boundary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClockWindow {
    /// The window's id within its schedule ("day").
    pub id: String,
    /// When it starts, `00:00` to `23:59`.
    pub from: TimeOfDay,
    /// When it ends: at or before `from` means on the next day; `24:00` ends with the day.
    pub until: TimeOfDay,
    /// The steps by ascending reach; only the last is without end.
    pub steps: Vec<Step>,
}

/// What a unit costs that begins while this step lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Units that begin before this many minutes of progress; without it, all later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to_minutes: Option<u32>,
    /// The length of a unit in minutes of elapsed time.
    pub unit_minutes: u32,
    /// The price of a unit, in minor units of the currency.
    pub unit_price: Money,
    /// What an incomplete unit counts: `floor` nothing, `ceiling` a whole one, `nearest` a whole one from half on.
    pub rounding: Rounding,
}

impl Tariff {
    /// The version in force for stays that start on this day; none before the first.
    #[must_use]
    pub fn in_force(&self, day: Date) -> Option<&TariffVersion> {
        self.versions.iter().rev().find(|version| version.from <= day)
    }
}

impl TariffVersion {
    /// The class with this id.
    #[must_use]
    pub fn class(&self, id: &str) -> Option<&ClassTariff> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The window whose price a sign of this class shows at a clock reading, by the tariff's boundary side.
    ///
    /// ```
    /// use shared_parking::policy::presets;
    /// let xicheng = presets::xicheng_2022();
    /// let version = &xicheng.tariff.versions[1];
    /// let shown = |local: &str| {
    ///     let at = xicheng.zone.local(xicheng.zone.parse_local(local).unwrap());
    ///     version.window_at("1", at).unwrap().id.clone()
    /// };
    /// assert_eq!(shown("2026-03-02T19:00:00"), "day");
    /// assert_eq!(shown("2026-03-02T19:00:01"), "night");
    /// assert_eq!(shown("2026-03-02T07:00:00"), "night");
    /// ```
    #[must_use]
    pub fn window_at(&self, class: &str, at: LocalTime) -> Option<&ClockWindow> {
        let day = 86_400;
        let second = match self.boundary {
            BoundarySide::StartInclusive => at.second_of_day,
            // What ends at this instant is what was in force a second ago.
            BoundarySide::EndInclusive => (at.second_of_day + day - 1) % day,
        };
        let windows = &self.class(class)?.schedule.windows;
        let started = |window: &&ClockWindow| u32::from(window.from.minutes()) * 60 <= second;
        windows.iter().rev().find(started).or_else(|| windows.last())
    }
}

impl ClockWindow {
    /// The number, counted from 0, and the step of a unit that begins after so many seconds of progress.
    pub(super) fn step_at(&self, seconds: i64) -> Option<(usize, &Step)> {
        let reaches = |step: &Step| step.up_to_minutes.is_none_or(|minutes| seconds < i64::from(minutes) * 60);
        self.steps.iter().enumerate().find(|(_, step)| reaches(step)).or(self.steps.iter().enumerate().next_back())
    }
}
