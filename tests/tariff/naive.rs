//! A meter that watches every tick of the clock and keeps one open unit: slow, obvious, and written from the
//! documentation of the tariff alone. It shares the data types with the engine and none of its arithmetic.

use shared_parking::policy::{Crossing, Progress, Schedule, TariffVersion};
use shared_parking::{Rounding, Window};
use std::collections::BTreeMap;

struct Open {
    begun_on: jiff::civil::Date,
    price: i64,
    length: i64,
    elapsed: i64,
    rounding: Rounding,
}

impl Open {
    fn charge(&self) -> i64 {
        let counts = match self.rounding {
            _ if self.elapsed == self.length => true,
            Rounding::Floor => false,
            Rounding::Ceiling => true,
            Rounding::Nearest => self.elapsed * 2 >= self.length,
        };
        if counts { self.price } else { 0 }
    }
}

/// The price of the stay, looking at the clock every `tick` seconds. `tick` must divide a minute and the stay, and the
/// stay must start on a tick. Windows are told by the clock reading, so boundaries must not lie where clocks change.
pub(crate) fn price(version: &TariffVersion, schedule: &Schedule, zone: &str, stay: Window, tick: i64) -> i64 {
    let zone = jiff::tz::TimeZone::get(zone).unwrap();
    let mut days: BTreeMap<jiff::civil::Date, i64> = BTreeMap::new();
    let mut open: Option<Open> = None;
    let mut last_window = usize::MAX;
    let mut in_window = 0; // since this window began, or since arrival
    let mut by_window = vec![0; schedule.windows.len()];
    let mut elapsed = 0;
    while elapsed < stay.seconds() {
        let shown = zone.to_datetime(jiff::Timestamp::from_second(stay.start().as_unix() + elapsed).unwrap());
        let minute = u16::try_from(i32::from(shown.hour()) * 60 + i32::from(shown.minute())).unwrap();
        let index = window(schedule, minute);
        if index != last_window {
            in_window = 0;
            if version.crossing == Crossing::Cut
                && let Some(cut) = open.take()
            {
                *days.entry(cut.begun_on).or_default() += cut.charge();
            }
        }
        last_window = index;
        let progress = match version.progress {
            Progress::EachWindow => in_window,
            Progress::EachStay => by_window[index],
            Progress::SinceArrival => elapsed,
            _ => unreachable!(),
        };
        let unit = open.get_or_insert_with(|| {
            let steps = &schedule.windows[index].steps;
            let reaches = |end: Option<u32>| end.is_none_or(|minutes| progress < i64::from(minutes) * 60);
            let step = steps.iter().find(|step| reaches(step.up_to_minutes)).unwrap();
            Open {
                begun_on: shown.date(),
                price: step.unit_price.as_minor(),
                length: i64::from(step.unit_minutes) * 60,
                elapsed: 0,
                rounding: step.rounding,
            }
        });
        unit.elapsed += tick;
        if unit.elapsed == unit.length {
            *days.entry(unit.begun_on).or_default() += unit.charge();
            open = None;
        }
        elapsed += tick;
        in_window += tick;
        by_window[index] += tick;
    }
    if let Some(left) = open {
        *days.entry(left.begun_on).or_default() += left.charge();
    }
    let capped = |sum: &i64| schedule.cap_per_day.map_or(*sum, |cap| cap.as_minor().min(*sum));
    let total: i64 = days.values().map(capped).sum();
    schedule.cap_per_stay.map_or(total, |cap| cap.as_minor().min(total))
}

fn window(schedule: &Schedule, minute: u16) -> usize {
    let holds = |from: u16, until: u16| {
        if from < until { from <= minute && minute < until } else { minute >= from || minute < until }
    };
    schedule.windows.iter().position(|window| holds(window.from.minutes(), window.until.minutes())).unwrap()
}
