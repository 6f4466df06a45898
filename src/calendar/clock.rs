//! A reading of the wall clock, to the minute.

use super::{serde_as_text, unreadable};
use crate::error::Flaws;
use std::fmt;
use std::str::FromStr;

/// A clock time from `00:00` to `24:00` in whole minutes. Read and written as `HH:MM`; `24:00` is the end of a day.
///
/// ```
/// use shared_parking::TimeOfDay;
/// let evening: TimeOfDay = "19:00".parse().unwrap();
/// assert_eq!(evening.minutes(), 1_140);
/// assert!(["24:01", "7:30", "+7:30", "07:+5"].iter().all(|text| text.parse::<TimeOfDay>().is_err()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The start of a day.
    pub const MIDNIGHT: Self = Self(0);

    /// A clock time by hour and minute, if there is such a one.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if minute < 60 && (hour < 24 || hour == 24 && minute == 0) { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// Minutes since the start of the day: 0 to 1,440.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl FromStr for TimeOfDay {
    type Err = Flaws;
    fn from_str(text: &str) -> Result<Self, Flaws> {
        // `parse` alone would take a sign for a digit
        let is_two = |digits: &str| digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        let two = |digits: &str| is_two(digits).then(|| digits.parse().ok()).flatten();
        text.split_once(':')
            .and_then(|(hour, minute)| Self::new(two(hour)?, two(minute)?))
            .ok_or_else(|| unreadable("a clock time", text, "07:30"))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

serde_as_text!(TimeOfDay, "A clock time from 00:00 to 24:00.", "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$");
