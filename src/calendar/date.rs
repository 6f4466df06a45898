//! A day of the Gregorian calendar.

use super::{serde_as_text, unreadable};
use crate::error::Flaws;
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, years -9999 to 9999. Read and written as `2026-03-02`, and in no other way.
///
/// ```
/// use shared_parking::Date;
/// let leap: Date = "2028-02-29".parse().unwrap();
/// assert_eq!(leap.plus_days(1).to_string(), "2028-03-01");
/// assert_eq!(leap.plus_months(12).to_string(), "2029-02-28"); // the last day of a shorter month
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day this many days later (earlier when negative), kept in range.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().try_days(days).unwrap_or_default()))
    }

    /// The same day of the month this many months later, or that month's last day where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().try_months(months).unwrap_or_default()))
    }

    /// The day of its month: 1 to 31.
    ///
    /// ```
    /// assert_eq!("2026-03-02".parse::<shared_parking::Date>().unwrap().day_of_month(), 2);
    /// ```
    #[must_use]
    pub fn day_of_month(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// How many months have gone by on a later day: the most that [`plus_months`](Self::plus_months) can add without
    /// passing it, at most 65,535; 0 when it is no later day.
    ///
    /// ```
    /// use shared_parking::Date;
    /// let leap: Date = "2024-02-29".parse().unwrap();
    /// assert_eq!(leap.months_until("2025-02-27".parse().unwrap()), 11);
    /// assert_eq!(leap.months_until("2025-02-28".parse().unwrap()), 12); // that month has no 29th
    /// assert_eq!(leap.months_until("2024-02-28".parse().unwrap()), 0);
    /// ```
    #[must_use]
    pub fn months_until(self, later: Self) -> u16 {
        let number = |date: jiff::civil::Date| i32::from(date.year()) * 12 + i32::from(date.month());
        let months = (number(later.0) - number(self.0)).clamp(0, i32::from(u16::MAX));
        let months = u16::try_from(months).unwrap_or(u16::MAX);
        if self.plus_months(months) > later { months.saturating_sub(1) } else { months }
    }

    /// The first day of the same month.
    ///
    /// ```
    /// use shared_parking::Date;
    /// assert_eq!("2028-02-29".parse::<Date>().unwrap().first_of_month().to_string(), "2028-02-01");
    /// ```
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }
}

impl FromStr for Date {
    type Err = Flaws;
    fn from_str(text: &str) -> Result<Self, Flaws> {
        let date = text.parse().ok().map(Self);
        // jiff also reads a day out of `20260302` and out of a whole instant
        date.filter(|date| date.to_string() == text).ok_or_else(|| unreadable("a date", text, "2026-03-02"))
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for jiff::civil::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

serde_as_text!(Date, "A day of the Gregorian calendar.", "^-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}$");
