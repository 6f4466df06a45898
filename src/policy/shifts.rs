//! Shifts: the hours of the day for which a space is given, so that a day holder and a night holder share it.
//!
//! Invariant: the shifts that the spaces of one stretch are given for never overlap on the clock.

use super::{Area, Policy};
use crate::calendar::{TimeOfDay, Window, Zone};
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::{Inventory, Stretch};
use crate::people::Application;
use crate::units::ShiftId;
use serde::{Deserialize, Serialize};

/// The shifts of a policy, and which spaces are given for which of them. Each space is given once for every shift that
/// its stretch is designated for; who asks for a shift competes only with those who ask for the same.
///
/// ```
/// use shared_parking::policy::ShiftRules;
/// // Seoul: all day, or day and night apart (the day of Jongno and Dongjak).
/// let shifts: ShiftRules = serde_json::from_str(r#"{
///     "list": [
///         { "id": "all-day", "from": "00:00", "until": "24:00" },
///         { "id": "day", "from": "09:00", "until": "18:00" },
///         { "id": "night", "from": "18:00", "until": "09:00" }
///     ],
///     "otherwise": ["all-day"],
///     "designated": [{ "area": { "streets": ["market-street"] }, "shifts": ["day", "night"] }]
/// }"#).unwrap();
/// assert!(!shifts.list[1].overlaps(&shifts.list[2]) && shifts.list[0].overlaps(&shifts.list[2]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ShiftRules {
    /// The shifts, at least one. Who asks for none asks for the first.
    pub list: Vec<Shift>,
    /// What stretches are given for that no designation names.
    pub otherwise: Vec<ShiftId>,
    /// What the stretches of an area are given for; the first that covers a stretch counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub designated: Vec<Designation>,
}

/// Hours of the clock, every day, in the policy's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// When it starts, `00:00` to `23:59`.
    pub from: TimeOfDay,
    /// When it ends: at or before `from` means on the next day; `24:00` ends with the day.
    pub until: TimeOfDay,
}

/// What the stretches of an area are given for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Designation {
    /// Which stretches.
    pub area: Area,
    /// For which shifts; none overlaps another.
    pub shifts: Vec<ShiftId>,
}

impl Shift {
    const DAY: u32 = 1_440;

    /// Minutes after midnight at which it starts, and how many it lasts by the clock.
    fn span(&self) -> (u32, u32) {
        let (from, until) = (u32::from(self.from.minutes()), u32::from(self.until.minutes()));
        (from, if until > from { until - from } else { until + Self::DAY - from })
    }

    /// Whether it shares a minute of the clock with another one.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((from, long), (other_from, other_long)) = (self.span(), other.span());
        (other_from + Self::DAY - from) % Self::DAY < long || (from + Self::DAY - other_from) % Self::DAY < other_long
    }

    /// Whether all of a window lies in its hours: within those of one day, unless it goes round the clock.
    #[must_use]
    pub fn covers(&self, window: Window, zone: &Zone) -> bool {
        if self.span().1 == Self::DAY {
            return true;
        }
        let day = zone.local(window.start()).date;
        [day.plus_days(-1), day].into_iter().any(|day| {
            let last = if self.until > self.from { day } else { day.plus_days(1) };
            zone.instant(day, self.from) <= window.start() && window.end() <= zone.instant(last, self.until)
        })
    }
}

impl ShiftRules {
    /// What the spaces of a stretch are given for.
    fn of(&self, stretch: &Stretch, inventory: &Inventory) -> &[ShiftId] {
        let named = self.designated.iter().find(|own| own.area.covers(stretch, inventory));
        named.map_or(&self.otherwise, |own| &own.shifts)
    }

    /// A shift by its id.
    #[must_use]
    pub fn shift(&self, id: &ShiftId) -> Option<&Shift> {
        self.list.iter().find(|shift| shift.id == *id)
    }

    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        if self.list.is_empty() {
            flaws.push(FlawCode::Empty, "shifts.list", "no shift", "write at least one, or leave the shifts out");
        }
        for (at, shift) in self.list.iter().enumerate() {
            let place = format!("shifts.list[{at}]");
            if shift.from.minutes() == 1_440 {
                flaws.push(FlawCode::OutOfRange, format!("{place}.from"), "24:00", "write 00:00 to 23:59");
            }
            if self.list[..at].iter().any(|earlier| earlier.id == shift.id) {
                let problem = format!("a second shift {:?}", shift.id.as_str());
                flaws.push(FlawCode::DuplicateId, place, problem, "give it another id");
            }
        }
        self.check_given(&self.otherwise, "shifts.otherwise", flaws);
        for (at, designation) in self.designated.iter().enumerate() {
            let place = format!("shifts.designated[{at}]");
            designation.area.check(&format!("{place}.area"), flaws);
            self.check_given(&designation.shifts, &format!("{place}.shifts"), flaws);
        }
    }

    fn check_given(&self, given: &[ShiftId], place: &str, flaws: &mut FlawCollector) {
        for (at, id) in given.iter().enumerate() {
            let place = format!("{place}[{at}]");
            let Some(shift) = self.shift(id) else {
                let problem = format!("no shift {:?}", id.as_str());
                flaws.push(FlawCode::UnknownReference, place, problem, "name one of shifts.list");
                continue;
            };
            let earlier = given[..at].iter().filter_map(|id| self.shift(id)).find(|earlier| earlier.overlaps(shift));
            if let Some(earlier) = earlier {
                let problem = format!("shift {:?} overlaps {:?}", id.as_str(), earlier.id.as_str());
                let remedy = "give a space only for shifts of which one ends before the next starts";
                flaws.push(FlawCode::Contradiction, place, problem, remedy);
            }
        }
    }

    pub(super) fn check_ground(&self, inventory: &Inventory, flaws: &mut FlawCollector) {
        for (at, designation) in self.designated.iter().enumerate() {
            designation.area.check_ground(inventory, &format!("shifts.designated[{at}].area"), flaws);
        }
    }
}

impl Policy {
    /// The rights that each space of a stretch gives: one for every shift it is designated for, a single one without a
    /// shift where the policy has none; nothing where permits may not name its kind.
    #[must_use]
    pub fn rights_on<'a>(&'a self, stretch: &Stretch, inventory: &Inventory) -> Vec<Option<&'a ShiftId>> {
        if !self.permits.space_kinds.contains(&stretch.kind) {
            return Vec::new();
        }
        match &self.shifts {
            None => vec![None],
            Some(rules) => rules.of(stretch, inventory).iter().map(Some).collect(),
        }
    }

    /// The shift that an application asks for that names none.
    pub(crate) fn first_shift(&self) -> Option<&ShiftId> {
        self.shifts.as_ref()?.list.first().map(|shift| &shift.id)
    }

    /// The shift that an application asks for; `None` where the policy has no shifts.
    #[must_use]
    pub fn shift_asked<'a>(&'a self, application: &'a Application) -> Option<&'a ShiftId> {
        let rules = self.shifts.as_ref()?;
        application.shift.as_ref().or_else(|| rules.list.first().map(|shift| &shift.id))
    }

    /// Whether an application asks for a shift that there is, or for none.
    #[must_use]
    pub fn has_shift_of(&self, application: &Application) -> bool {
        let known = |id: &ShiftId| self.shifts.as_ref().is_some_and(|rules| rules.shift(id).is_some());
        application.shift.as_ref().is_none_or(known)
    }

    /// Whether a permit for a shift covers all hours of a window.
    #[must_use]
    pub fn shift_covers(&self, shift: Option<&ShiftId>, window: Window) -> bool {
        let rules = self.shifts.as_ref();
        shift.is_none_or(|id| {
            rules.and_then(|rules| rules.shift(id)).is_some_and(|shift| shift.covers(window, &self.zone))
        })
    }
}
