//! An instant, in whole seconds.

use super::{Date, serde_as_text, unreadable};
use crate::error::Flaws;
use std::fmt;
use std::str::FromStr;

/// An instant in whole seconds since 1970-01-01T00:00:00Z. Read and written as RFC 3339 in UTC.
///
/// The range is that of the years -9999 to 9999; a fraction of a second is cut off when text is read. A text with a zone
/// in brackets or with a sixtieth second is refused.
///
/// ```
/// use shared_parking::Timestamp;
/// let at: Timestamp = "2026-03-02T08:00:00+08:00".parse().unwrap();
/// assert_eq!(at.to_string(), "2026-03-02T00:00:00Z");
/// assert_eq!(at.plus_seconds(60).seconds_since(at), 60);
/// assert!("2026-03-02T08:00:00+08:00[Asia/Tokyo]".parse::<Timestamp>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest instant.
    pub const MIN: Self = Self(-377_705_023_201);
    /// The latest instant.
    pub const MAX: Self = Self(253_402_207_200);

    /// The instant this many seconds after 1970-01-01T00:00:00Z, brought into range.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < Self::MIN.0 {
            Self::MIN
        } else if seconds > Self::MAX.0 {
            Self::MAX
        } else {
            Self(seconds)
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn as_unix(self) -> i64 {
        self.0
    }

    /// The instant this many seconds later (earlier when negative), kept in range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this instant.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// The day in UTC.
    ///
    /// ```
    /// use shared_parking::Timestamp;
    /// let at: Timestamp = "2026-03-02T07:59:00+08:00".parse().unwrap();
    /// assert_eq!(at.utc_date().to_string(), "2026-03-01");
    /// ```
    #[must_use]
    pub fn utc_date(self) -> Date {
        jiff::tz::Offset::UTC.to_datetime(self.into()).date().into()
    }
}

impl FromStr for Timestamp {
    type Err = Flaws;
    fn from_str(text: &str) -> Result<Self, Flaws> {
        let instant = || text.parse::<jiff::Timestamp>().ok();
        let instant = is_plain(text).then(instant).flatten().map(Self::from);
        instant.ok_or_else(|| unreadable("an instant", text, "2026-03-02T08:00:00+08:00"))
    }
}

/// Whether a text is day and clock time as RFC 3339 writes them, maybe without seconds or offset. jiff reads more, and
/// some of it would be read past: a zone in brackets, a day without a time, a sixtieth second.
pub(super) fn is_plain(text: &str) -> bool {
    let Some((_, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let clock = time.as_bytes();
    let has_minutes = clock.len() >= 5 && clock[2] == b':';
    let leaps = clock.get(5) == Some(&b':') && clock.get(6..8) == Some(b"60");
    has_minutes && !leaps && !text.contains('[')
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.as_second() - i64::from(instant.subsec_nanosecond() < 0))
    }
}

impl From<Timestamp> for jiff::Timestamp {
    fn from(instant: Timestamp) -> Self {
        Self::from_second(instant.0).unwrap_or(Self::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        jiff::Timestamp::from(*self).fmt(f)
    }
}

serde_as_text!(Timestamp, "An instant to the second.", "T");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_those_of_jiff() {
        assert_eq!(Timestamp::from(jiff::Timestamp::MIN), Timestamp::MIN);
        assert_eq!(Timestamp::from(jiff::Timestamp::MAX), Timestamp::MAX);
    }
}
