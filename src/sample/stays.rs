//! An invented day of parking: permit holders by night, visitors by day.

use crate::calendar::{Date, TimeOfDay, Window, Zone};
use crate::district::{Permit, Stay};
use crate::inventory::{SpaceKind, Stretch};
use crate::people::{SpecialNeed, VehicleClass};
use crate::units::{BasisPoints, Chance, PermitId, StayId, StretchId, VehicleId};
use std::collections::{BTreeMap, BTreeSet};

/// The day whose stays are invented. **The shapes are invented too**; they only look like a residential street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The local day on which the stays begin.
    pub date: Date,
    /// The zone whose clocks it follows.
    pub zone: Zone,
    /// How busy visitors keep a space between 07:00 and 17:00: their share of the time, roughly; the whole means one
    /// visitor after another.
    pub visitors: BasisPoints,
}

/// Somebody who has a permit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// The permit.
    pub permit: PermitId,
    /// Its vehicle.
    pub vehicle: VehicleId,
    /// Its stretch, where the holder always parks.
    pub stretch: StretchId,
}

impl From<&Permit> for Holder {
    fn from(permit: &Permit) -> Self {
        Self { permit: permit.id.clone(), vehicle: permit.vehicle.clone(), stretch: permit.stretch.clone() }
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;

/// Invents the stays that begin on one day, sorted by id.
///
/// A holder comes home between 17:30 and 22:00 and leaves the next morning between 06:30 and 09:30; one in twelve does
/// not use the car that day. Visitors come to shared spaces from 07:00 on, stay 20 minutes to 5 hours, and are gone by
/// 17:00; all cars are small. Holders of a full or unknown stretch stay away. Two stays never share a space at once, so
/// a stretch never holds more cars than it has spaces. A stay's id is the date and a number in order of start, stretch
/// and space; a visitor's vehicle is named after the stay. The result depends on no row's order.
///
/// ```
/// use shared_parking::{BasisPoints, sample};
/// let district = sample::small_district(1).unwrap();
/// let day = sample::Day {
///     date: "2026-03-02".parse().unwrap(),
///     zone: "Asia/Shanghai".parse().unwrap(),
///     visitors: BasisPoints::new(5_000),
/// };
/// let holders: Vec<sample::Holder> = district.permits().map(Into::into).collect();
/// let stays = sample::stays(&day, &holders, district.inventory().stretches(), 7);
/// assert!(!stays.is_empty() && stays.iter().all(|stay| stay.window.seconds() >= 20 * 60));
/// assert!(stays.iter().all(|stay| district.quote(stay).is_ok()));
/// ```
#[must_use]
pub fn stays(day: &Day, holders: &[Holder], stretches: &[Stretch], seed: u64) -> Vec<Stay> {
    let chance = Chance::new(seed).fork(&format!("stays {}", day.date));
    let mut waiting: BTreeMap<&StretchId, BTreeSet<&Holder>> = BTreeMap::new();
    for holder in holders {
        waiting.entry(&holder.stretch).or_default().insert(holder);
    }
    let by_id: BTreeMap<&StretchId, &Stretch> = stretches.iter().map(|stretch| (&stretch.id, stretch)).collect();
    let mut found = Vec::new();
    for (id, stretch) in by_id {
        let mut holders = waiting.remove(id).unwrap_or_default().into_iter();
        for space in 0..stretch.capacity {
            let own = chance.fork(&format!("{id} {space}"));
            let night = holders
                .next()
                .and_then(|holder| Some((night(day, &chance.fork(holder.permit.as_str()))?, Some(holder))));
            let visits = if stretch.kind == SpaceKind::Shared { visits(day, &own) } else { Vec::new() };
            let visits = visits.into_iter().map(|window| (window, None));
            found.extend(visits.chain(night).map(|(window, holder)| (window, id, space, holder)));
        }
    }
    found.sort_unstable();
    let stay = |(number, (window, stretch, _, holder)): (usize, (Window, &StretchId, u32, Option<&Holder>))| {
        let name = format!("{}-{:06}", day.date, number + 1);
        Some(Stay {
            id: StayId::new(&name).ok()?, // always a legal id, and so is the next
            stretch: stretch.clone(),
            window,
            vehicle: holder
                .map_or_else(|| VehicleId::new(&format!("visitor-{name}")), |own| Ok(own.vehicle.clone()))
                .ok()?,
            class: VehicleClass::Small,
            special_need: SpecialNeed::None,
            permit: holder.map(|own| own.permit.clone()),
        })
    };
    found.into_iter().enumerate().filter_map(stay).collect()
}

/// A holder's night, unless the car stays away.
fn night(day: &Day, chance: &Chance) -> Option<Window> {
    let mut chance = chance.fork("night");
    let home = chance.below(12) > 0;
    let from = 17 * HOUR + 30 * MINUTE + chance.below(4 * HOUR + 30 * MINUTE);
    let to = 24 * HOUR + 6 * HOUR + 30 * MINUTE + chance.below(3 * HOUR);
    if home { window(day, from, to) } else { None }
}

/// One space's visitors, one after another.
fn visits(day: &Day, chance: &Chance) -> Vec<Window> {
    let mut chance = chance.fork("visits");
    let busy = u64::from(day.visitors.get().min(BasisPoints::WHOLE.get()));
    let mut found = Vec::new();
    if busy == 0 {
        return found;
    }
    let mut at = 7 * HOUR;
    loop {
        let long = 20 * MINUTE + chance.below(4 * HOUR + 40 * MINUTE + 1).min(chance.below(4 * HOUR + 40 * MINUTE + 1));
        // Gaps of this bound make the expected gap the stay's share of idle time.
        at += chance.below(2 * long * (10_000 - busy) / busy + 1);
        if at + long > 17 * HOUR {
            return found;
        }
        found.extend(window(day, at, at + long));
        at += long;
    }
}

/// The window between two readings of the clock, in seconds after the day's midnight; up to a day later.
fn window(day: &Day, from: u64, to: u64) -> Option<Window> {
    let instant = |seconds: u64| {
        let days = i32::try_from(seconds / (24 * HOUR)).ok()?;
        let of_day = u16::try_from(seconds % (24 * HOUR) / MINUTE).ok()?;
        let time = TimeOfDay::new(of_day / 60, of_day % 60)?;
        let rest = i64::try_from(seconds % MINUTE).ok()?;
        Some(day.zone.instant(day.date.plus_days(days), time).plus_seconds(rest))
    };
    Window::new(instant(from)?, instant(to)?).ok() // a clock change by night never turns these around
}
