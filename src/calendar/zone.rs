//! The time zone: the only door between clock time and instants.

use super::timestamp::is_plain;
use super::{Date, TimeOfDay, Timestamp, serde_as_text, unreadable};
use crate::error::Flaws;
use jiff::civil;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// A time zone by its IANA name, from the database bundled with the library (never the machine's own).
///
/// Where clocks are set back, a clock time that occurs twice means the first; where they are set forward, one that is
/// skipped means the instant as long after the change as it lies in the gap (RFC 5545's rule).
///
/// ```
/// use shared_parking::{TimeOfDay, Zone};
/// let zone: Zone = "Asia/Shanghai".parse().unwrap();
/// let evening = zone.instant("2026-03-02".parse().unwrap(), "19:00".parse().unwrap());
/// assert_eq!(evening.to_string(), "2026-03-02T11:00:00Z");
/// assert_eq!(zone.local(evening).second_of_day, 19 * 3_600);
/// assert!("Asia/Desheng".parse::<Zone>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// What calendar and clock show at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// Seconds the clock shows since midnight: 0 to 86,399.
    pub second_of_day: u32,
}

impl Zone {
    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant at which the clock shows `time` on `date`; `24:00` is midnight of the next day.
    #[must_use]
    pub fn instant(&self, date: Date, time: TimeOfDay) -> Timestamp {
        let (days, minutes) = (i32::from(time.minutes() / 1_440), i64::from(time.minutes() % 1_440));
        self.at_second(date.plus_days(days), minutes * 60)
    }

    /// Reads clock time such as `2026-03-02T08:00` or `2026-03-02T08:00:30` in this zone; a text with an offset is an
    /// instant already.
    ///
    /// ```
    /// let zone: shared_parking::Zone = "Asia/Shanghai".parse().unwrap();
    /// assert_eq!(zone.parse_local("2026-03-02T08:00").unwrap().to_string(), "2026-03-02T00:00:00Z");
    /// assert_eq!(zone.parse_local("2026-03-02T08:00Z").unwrap().to_string(), "2026-03-02T08:00:00Z");
    /// assert!(zone.parse_local("2026-03-02T08:00[Asia/Tokyo]").is_err());
    /// ```
    ///
    /// # Errors
    /// One flaw when the text is neither: a day without a time, a zone in brackets, a sixtieth second.
    pub fn parse_local(&self, text: &str) -> Result<Timestamp, Flaws> {
        if let Ok(instant) = text.parse() {
            return Ok(instant);
        }
        let local = is_plain(text).then(|| text.parse::<civil::DateTime>().ok()).flatten();
        local.map(|local| self.resolve(local)).ok_or_else(|| unreadable("a local time", text, "2026-03-02T08:00"))
    }

    /// What calendar and clock show at this instant.
    #[must_use]
    pub fn local(&self, at: Timestamp) -> LocalTime {
        let shown = self.0.to_datetime(at.into());
        let time = shown.time();
        let seconds = i32::from(time.hour()) * 3_600 + i32::from(time.minute()) * 60 + i32::from(time.second());
        LocalTime { date: shown.date().into(), second_of_day: seconds.unsigned_abs() }
    }

    fn at_second(&self, date: Date, second_of_day: i64) -> Timestamp {
        let midnight = civil::Date::from(date).to_datetime(civil::Time::midnight());
        self.resolve(midnight.saturating_add(jiff::SignedDuration::from_secs(second_of_day)))
    }

    fn resolve(&self, local: civil::DateTime) -> Timestamp {
        self.0.to_timestamp(local).map_or(Timestamp::MAX, Timestamp::from)
    }
}

impl FromStr for Zone {
    type Err = Flaws;
    fn from_str(text: &str) -> Result<Self, Flaws> {
        // `Etc/Unknown` is a name of the database for having no answer, and behaves like UTC
        let zone = TimeZone::get(text).ok().filter(|zone| !zone.is_unknown());
        zone.map(Self).ok_or_else(|| unreadable("a time zone of the IANA database", text, "Asia/Shanghai"))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

serde_as_text!(Zone, "A time zone by its IANA name.", "^[A-Za-z0-9_+/-]+$");
