//! A stretch of time: from an instant up to, not including, another.

use super::Timestamp;
use crate::error::{FlawCode, Flaws};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A half-open stretch of time `[start, end)`, never empty.
///
/// ```
/// use shared_parking::{Timestamp, Window};
/// let start: Timestamp = "2026-03-02T00:00:00Z".parse().unwrap();
/// let window = Window::new(start, start.plus_seconds(900)).unwrap();
/// assert!(window.contains(start) && !window.contains(window.end()));
/// assert!(Window::new(start, start).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "Ends")]
pub struct Window {
    start: Timestamp,
    end: Timestamp,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    start: Timestamp,
    end: Timestamp,
}

impl Window {
    /// The window from `start` up to `end`.
    ///
    /// # Errors
    /// One flaw when `end` is not after `start`.
    pub fn new(start: Timestamp, end: Timestamp) -> Result<Self, Flaws> {
        if start < end {
            return Ok(Self { start, end });
        }
        let problem = format!("a window from {start} to {end}");
        Err(Flaws::one(FlawCode::OutOfRange, "", problem, "let it end after it starts"))
    }

    /// The window from an instant to the end of time (a second long at the very end).
    #[must_use]
    pub fn all_from(start: Timestamp) -> Self {
        let start = start.min(Timestamp::MAX.plus_seconds(-1));
        Self { start, end: Timestamp::MAX }
    }

    /// The first instant.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// The first instant after it.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// How long it lasts: at least one second.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.end.seconds_since(self.start)
    }

    /// Whether the instant lies in it.
    #[must_use]
    pub fn contains(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two share an instant.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ends = Ends::deserialize(deserializer)?;
        Self::new(ends.start, ends.end).map_err(|flaws| D::Error::custom(flaws.sentence()))
    }
}

impl From<Window> for Ends {
    fn from(window: Window) -> Self {
        Self { start: window.start, end: window.end }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.end)
    }
}
