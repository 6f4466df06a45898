//! An invented day of parking: permit holders by night, visitors by day.

use crate::calendar::{Date, TimeOfDay, Window, Zone};
use crate::people::VehicleClass;
use crate::units::{BasisPoints, Chance, PermitId, StayId, StretchId};
use std::collections::BTreeMap;

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

/// One invented stay of a small car in one space of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StayRow {
    /// Its id: the date, then a number in order of start, stretch and space.
    pub id: StayId,
    /// The stretch.
    pub stretch: StretchId,
    /// From when to when, to the second.
    pub window: Window,
    /// The permit of a holder; none for a visitor.
    pub permit: Option<PermitId>,
    /// The size of the vehicle: always small.
    pub vehicle: VehicleClass,
}

const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;

/// Invents the stays that begin on one day, sorted by id.
///
/// A holder comes home between 17:30 and 22:00 and leaves the next morning between 06:30 and 09:30; one in twelve does
/// not use the car that day. Visitors come from 07:00 on, stay 20 minutes to 5 hours, and are gone by 17:00. Stretches
/// are given with how many spaces each has; holders of a full or unknown stretch stay away. Two stays never share a
/// space at once, so a stretch never holds more cars than it has spaces. The result depends on no row's order.
///
/// ```
/// use shared_parking::{BasisPoints, PermitId, StretchId};
/// use shared_parking::sample::{Day, stays};
/// let day = Day {
///     date: "2026-03-02".parse().unwrap(),
///     zone: "Asia/Shanghai".parse().unwrap(),
///     visitors: BasisPoints::new(5_000),
/// };
/// let stretch = StretchId::new("s-1-l").unwrap();
/// let holders = [(PermitId::new("p-1").unwrap(), stretch.clone())];
/// let rows = stays(&day, &holders, &[(stretch, 2)], 7);
/// assert!(rows.iter().filter(|row| row.permit.is_some()).count() <= 1);
/// assert!(rows.iter().all(|row| row.window.seconds() >= 20 * 60));
/// ```
#[must_use]
pub fn stays(day: &Day, holders: &[(PermitId, StretchId)], stretches: &[(StretchId, u32)], seed: u64) -> Vec<StayRow> {
    let chance = Chance::new(seed).fork(&format!("stays {}", day.date));
    let mut waiting: BTreeMap<&StretchId, Vec<&PermitId>> = BTreeMap::new();
    for (permit, stretch) in holders {
        waiting.entry(stretch).or_default().push(permit);
    }
    let mut found = Vec::new();
    for (stretch, &capacity) in
        stretches.iter().map(|(stretch, capacity)| (stretch, capacity)).collect::<BTreeMap<_, _>>()
    {
        let mut permits = waiting.remove(stretch).unwrap_or_default();
        permits.sort_unstable();
        permits.dedup();
        let mut permits = permits.into_iter();
        for space in 0..capacity {
            let own = chance.fork(&format!("{stretch} {space}"));
            let night =
                permits.next().and_then(|permit| Some((night(day, &chance.fork(permit.as_str()))?, Some(permit))));
            let visits = visits(day, &own).into_iter().map(|window| (window, None));
            found.extend(visits.chain(night).map(|(window, permit)| (window, stretch, space, permit)));
        }
    }
    found.sort_unstable();
    let row = |(number, (window, stretch, _, permit)): (usize, (Window, &StretchId, u32, Option<&PermitId>))| {
        Some(StayRow {
            id: StayId::new(&format!("{}-{:06}", day.date, number + 1)).ok()?, // always a legal id
            stretch: stretch.clone(),
            window,
            permit: permit.cloned(),
            vehicle: VehicleClass::Small,
        })
    };
    found.into_iter().enumerate().filter_map(row).collect()
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
