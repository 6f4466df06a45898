//! The meter: units begin one after another, each at the price of the window and step in which it begins.
//!
//! Invariant: every unit but the last is settled by what lies before its end, so a longer stay repeats the shorter
//! one's units and prices never fall. Units of one step are counted by division, not one by one.

use super::Ground;
use super::cuts::{Cuts, Piece};
use crate::calendar::{TimeOfDay, Timestamp};
use crate::policy::tariff::{ClockWindow, Crossing, MAX_WINDOWS, Progress, Schedule, Step};
use crate::units::{Money, Rounding};

/// What the meter tells as it runs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading<'a> {
    /// Units of one step, from the start of the first to the end of the last.
    Run { window: &'a ClockWindow, number: usize, step: &'a Step, start: Timestamp, end: Timestamp, units: i64 },
    /// What lay above the cap of a day.
    DayCap { start: Timestamp, end: Timestamp, of: Money, limit: Money },
    /// What lay above the cap of the stay.
    StayCap { of: Money, limit: Money },
}

/// Runs `schedule` over the stay, tells every reading, and returns the price.
pub(super) fn run<'a>(ground: &Ground<'_>, schedule: &'a Schedule, tell: impl FnMut(Reading<'a>)) -> Money {
    let stay = ground.stay.window;
    let today = Today { start: stay.start(), end: stay.start(), sum: Money::ZERO };
    let mut meter = Meter { ground, schedule, tell, at: stay.start(), today, total: Money::ZERO };
    let mut spent = [0_i64; MAX_WINDOWS];
    for piece in Cuts::new(ground.zone, &schedule.windows, stay, ground.day) {
        let origin = match ground.version.progress {
            Progress::EachWindow => piece.start,
            Progress::EachStay => piece.start.plus_seconds(-spent[piece.index]),
            Progress::SinceArrival => stay.start(),
        };
        spent[piece.index] += piece.end.seconds_since(piece.start);
        while meter.at < piece.end && meter.units(piece, origin) {}
    }
    meter.close_day();
    meter.close_stay()
}

struct Meter<'a, 'g, F> {
    ground: &'g Ground<'g>,
    schedule: &'a Schedule,
    tell: F,
    /// Where the next unit begins.
    at: Timestamp,
    /// Kept only where days are capped.
    today: Today,
    total: Money,
}

/// The charges of units that begin on one local day.
struct Today {
    start: Timestamp,
    end: Timestamp,
    sum: Money,
}

impl<'a, F: FnMut(Reading<'a>)> Meter<'a, '_, F> {
    /// Counts the units that begin in one step of this piece. False when the window has no step, which no checked
    /// schedule has.
    fn units(&mut self, piece: Piece, origin: Timestamp) -> bool {
        let window = &self.schedule.windows[piece.index];
        let Some((number, step)) = window.step_at(self.at.seconds_since(origin)) else { return false };
        let mut limit = piece.end;
        if let Some(minutes) = step.up_to_minutes {
            let end = origin.plus_seconds(i64::from(minutes) * 60);
            // Past the last step of an unchecked schedule its end lies behind: that step then goes on.
            limit = if end > self.at { limit.min(end) } else { limit };
        }
        if self.schedule.cap_per_day.is_some() {
            self.enter_day();
            limit = limit.min(self.today.end);
        }
        let stop = match self.ground.version.crossing {
            Crossing::Cut => piece.end,
            Crossing::RunOn => self.ground.stay.window.end(),
        };
        let unit = i64::from(step.unit_minutes) * 60;
        let begun = limit.seconds_since(self.at).unsigned_abs().div_ceil(unit.unsigned_abs());
        let whole = unit.saturating_mul(i64::try_from(begun).unwrap_or(i64::MAX));
        let (start, end) = (self.at, self.at.plus_seconds(whole).min(stop));
        let units = count(step.rounding, end.seconds_since(start), unit);
        let amount = step.unit_price.times(units).unwrap_or(Money::minor(i64::MAX));
        (self.tell)(Reading::Run { window, number, step, start, end, units });
        self.total += amount;
        self.today.sum += amount;
        self.at = end;
        true
    }

    /// Goes on to the local day on which the next unit begins.
    fn enter_day(&mut self) {
        if self.at < self.today.end {
            return;
        }
        self.close_day();
        let zone = self.ground.zone;
        let date = zone.local(self.at).date;
        // Where clocks set back repeat the last minutes of a day, its midnight may lie behind already.
        let midnights = [1, 2].map(|days| zone.instant(date.plus_days(days), TimeOfDay::MIDNIGHT));
        let end = midnights.into_iter().find(|&midnight| midnight > self.at).unwrap_or(Timestamp::MAX);
        self.today = Today { start: self.at, end, sum: Money::ZERO };
    }

    fn close_day(&mut self) {
        let Today { start, sum: of, .. } = self.today;
        if let Some(limit) = self.schedule.cap_per_day.filter(|&limit| of > limit) {
            (self.tell)(Reading::DayCap { start, end: self.at, of, limit });
            self.total += limit - of;
        }
    }

    fn close_stay(mut self) -> Money {
        let of = self.total;
        if let Some(limit) = self.schedule.cap_per_stay.filter(|&limit| of > limit) {
            (self.tell)(Reading::StayCap { of, limit });
            self.total = limit;
        }
        self.total
    }
}

/// How many units of `unit` seconds `seconds` make, an incomplete one by the rounding.
fn count(rounding: Rounding, seconds: i64, unit: i64) -> i64 {
    i64::try_from(rounding.divide(i128::from(seconds), i128::from(unit))).unwrap_or(i64::MAX)
}
