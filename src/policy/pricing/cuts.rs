//! Where the windows of a schedule cut a stay.
//!
//! Invariant: the pieces are never empty and join end to start, from arrival to departure, whatever the clocks do.

use super::super::tariff::ClockWindow;
use crate::calendar::{Date, LocalTime, TimeOfDay, Timestamp, Window, Zone};

/// A part of the stay within one window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The window's place in the schedule.
    pub(super) index: usize,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
}

/// The pieces of a stay, in order.
///
/// Three facts make it cheap. A schedule of one window is never cut. On a local day of 86,400 seconds every clock time
/// lies as far after midnight as the clock says, so such a day costs one midnight. Only on the other days, two a year
/// at most places, is each boundary asked of the zone.
pub(super) struct Cuts<'a> {
    zone: &'a Zone,
    windows: &'a [ClockWindow],
    day: Day,
    /// The window to come, on `day`.
    index: usize,
    /// How far the stay has been cut.
    at: Timestamp,
    end: Timestamp,
}

struct Day {
    date: Date,
    midnight: Timestamp,
    next_midnight: Timestamp,
}

impl<'a> Cuts<'a> {
    /// The pieces of `stay`, which starts on the local day `day`. `windows` is not empty.
    pub(super) fn new(zone: &'a Zone, windows: &'a [ClockWindow], stay: Window, day: Date) -> Self {
        // Yesterday's last window is the first that can reach into the stay; pieces before arrival come out empty.
        let date = day.plus_days(-1);
        let alone = windows.len() == 1;
        let midnight = if alone { stay.start() } else { shown(zone, day, TimeOfDay::MIDNIGHT) };
        let day = Day { date, midnight, next_midnight: midnight };
        Self { zone, windows, day, index: windows.len() - 1, at: stay.start(), end: stay.end() }
    }

    /// The window to come and when it ends by the clock; the one after it comes next.
    fn advance(&mut self) -> (usize, Timestamp) {
        let index = self.index;
        if self.windows.len() == 1 {
            return (index, Timestamp::MAX);
        }
        self.index += 1;
        if self.index == self.windows.len() {
            let date = self.day.date.plus_days(1);
            if date == self.day.date {
                return (index, Timestamp::MAX); // the calendar ends: its last window runs on
            }
            let midnight = self.day.next_midnight;
            let next_midnight = shown(self.zone, date.plus_days(1), TimeOfDay::MIDNIGHT);
            self.day = Day { date, midnight, next_midnight };
            self.index = 0;
        }
        (index, self.begin())
    }

    /// When the window to come begins.
    fn begin(&self) -> Timestamp {
        let Day { date, midnight, next_midnight } = self.day;
        let from = self.windows[self.index].from;
        if next_midnight.seconds_since(midnight) == 86_400 {
            return midnight.plus_seconds(i64::from(from.minutes()) * 60);
        }
        shown(self.zone, date, from)
    }
}

/// The first instant at which calendar and clock show this time, or a later one where the time is skipped.
///
/// In a gap the zone answers as long after the change as the time lies in the gap, at most a day; the change itself is
/// found by halving, since readings only rise in between.
fn shown(zone: &Zone, date: Date, time: TimeOfDay) -> Timestamp {
    let answer = zone.instant(date, time);
    let wanted = LocalTime { date, second_of_day: u32::from(time.minutes()) * 60 };
    if zone.local(answer) <= wanted {
        return answer; // earlier only at the end of the calendar
    }
    let (mut before, mut after) = (answer.plus_seconds(-86_400 - 1), answer);
    while after.seconds_since(before) > 1 {
        let middle = before.plus_seconds(after.seconds_since(before) / 2);
        if zone.local(middle) < wanted {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

impl Iterator for Cuts<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while self.at < self.end {
            let (index, until) = self.advance();
            let (start, end) = (self.at, until.min(self.end));
            if start < end {
                self.at = end;
                return Some(Piece { index, start, end });
            }
        }
        None
    }
}
