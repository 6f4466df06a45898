//! How long it may take, and from what that number comes.
//!
//! Invariant: an estimate holds every number that it is derived from, so that anyone can work it out again; where the
//! past says nothing there is no number, but the reason.

use crate::calendar::Timestamp;
use crate::units::{Rounding, Season};
use serde::{Deserialize, Serialize};

/// How long somebody may still have to wait for a space, from what happened between past rounds.
///
/// Spaces must fall free for the newcomers ahead and for oneself, as far as none are free now. How fast that goes, the
/// newcomers tell who got a space on the same stretches in past rounds: in the best span between two rounds, on average,
/// and in the worst. It is a look back: people who apply later and stand better, people ahead who go elsewhere or give
/// up, and newly marked spaces are not foreseen, nor is a ceiling that falls. Spaces are given in rounds, so the answer comes with a round.
///
/// ```
/// use shared_parking::district::Estimate;
/// let mut told: Estimate = serde_json::from_str(r#"{
///     "ahead": 5, "undecided": 2, "free": 1, "stretches": 3,
///     "spans": [
///         { "season": "2024", "from": "2023-03-01T00:00:00Z", "to": "2024-03-01T00:00:00Z", "newcomers": 4 },
///         { "season": "2025", "from": "2024-03-01T00:00:00Z", "to": "2025-03-01T00:00:00Z", "newcomers": 2 }
///     ],
///     "bounds": { "lower_days": 458, "likely_days": 731, "upper_days": 1278 }
/// }"#).unwrap();
/// assert_eq!(told.check(), Ok(())); // 5 x 366 / 4, 6 x 731 / 6, 7 x 365 / 2
/// told.bounds.likely_days = 8_736; // a published 287 months
/// assert!(told.check().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Newcomers surely ahead who accept one of the applicant's stretches. Holders who renew bring their own spaces.
    pub ahead: u32,
    /// Newcomers there whom tickets, or a stretch's own points, may put ahead.
    pub undecided: u32,
    /// Spaces of these stretches that nobody holds now, nor is offered; no more than ceilings let be given.
    pub free: u64,
    /// How many stretches the applicant accepts.
    pub stretches: u32,
    /// The spans between rounds, oldest first: at least two.
    pub spans: Vec<Span>,
    /// What follows.
    pub bounds: Bounds,
}

/// From one round to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The season of the round at its end.
    pub season: Season,
    /// When the round before was held.
    pub from: Timestamp,
    /// When the round at its end was held.
    pub to: Timestamp,
    /// Newcomers who got a space of these stretches in the round at its end, or one that was passed on of its offers, or
    /// one that fell free in the span and was passed on in it.
    pub newcomers: u32,
}

/// Days of waiting from now, rounded up; the lower bound is never above the likely one, nor that above the upper one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Nobody undecided goes first, and spaces fall free as in the best span. 0: enough spaces are free now.
    pub lower_days: u64,
    /// Half of the undecided go first, rounded up, and spaces fall free as on average of all spans.
    pub likely_days: u64,
    /// All of them go first, and spaces fall free as in the worst span; `None` when nobody came in then, so that the
    /// past gives no bound.
    pub upper_days: Option<u64>,
}

/// Why there is no estimate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoEstimate {
    /// They hold a space and would renew.
    #[error("the applicant holds a space and renews it")]
    Incumbent,
    /// The applicant accepts no stretch.
    #[error("no stretch with spaces lies in reach that the applicant accepts")]
    NoStretch,
    /// Two spans between rounds are needed, so three rounds.
    #[error("{held} rounds were held; an estimate needs three, so two spans between rounds")]
    TooFewRounds {
        /// How many rounds were held.
        held: usize,
    },
    /// Nobody new got a space of these stretches since the first round.
    #[error("no newcomer got a space there in the {spans} spans between rounds")]
    NoTurnover {
        /// How many spans there were.
        spans: usize,
    },
    /// The spans lie in no order of time.
    #[error("a span ends before it starts, or before the one before it")]
    OutOfOrder,
}

/// An estimate that does not follow from its own numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the estimate does not follow from its numbers, which give {due:?}")]
pub struct WrongEstimate {
    /// What follows from them.
    pub due: Result<Bounds, NoEstimate>,
}

impl Span {
    /// How long it lasts: started days of 86,400 seconds count whole, and it is one day at least.
    #[must_use]
    pub fn days(&self) -> u64 {
        u64::try_from(self.to.seconds_since(self.from)).unwrap_or(0).div_ceil(86_400).max(1)
    }
}

/// So many newcomers in so many days.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    pub(super) newcomers: u64,
    pub(super) days: u64,
}

impl Pace {
    /// How many days so many people need; `None` when there are some and nobody comes in.
    fn days_for(self, people: u64) -> Option<u64> {
        if people == 0 {
            return Some(0);
        }
        let days = Rounding::Ceiling.divide(i128::from(people) * i128::from(self.days), i128::from(self.newcomers));
        (self.newcomers > 0).then(|| u64::try_from(days).unwrap_or(u64::MAX))
    }

    /// Whether people come in faster than at another pace.
    fn is_faster(self, other: Self) -> bool {
        u128::from(self.newcomers) * u128::from(other.days) > u128::from(other.newcomers) * u128::from(self.days)
    }
}

impl From<&Span> for Pace {
    fn from(span: &Span) -> Self {
        Self { newcomers: u64::from(span.newcomers), days: span.days() }
    }
}

impl Estimate {
    /// From its numbers; the bounds given are not looked at.
    pub(super) fn derived(mut self) -> Result<Self, NoEstimate> {
        self.bounds = self.due()?;
        Ok(self)
    }

    /// Works the bounds out again.
    ///
    /// # Errors
    /// When others follow from the numbers, or none.
    pub fn check(&self) -> Result<(), WrongEstimate> {
        let due = self.due();
        if due.as_ref() == Ok(&self.bounds) { Ok(()) } else { Err(WrongEstimate { due }) }
    }

    fn due(&self) -> Result<Bounds, NoEstimate> {
        let spans = self.spans.len();
        let (2.., Some((best, worst))) = (spans, self.extremes()) else {
            return Err(NoEstimate::TooFewRounds { held: spans + 1 });
        };
        if !self.spans.iter().all(|span| span.from <= span.to) || !self.spans.is_sorted_by(|a, b| a.to <= b.from) {
            return Err(NoEstimate::OutOfOrder);
        }
        let [least, likely, most] = self.needed();
        let average = self.average();
        match (Pace::from(best).days_for(least), average.days_for(likely)) {
            (Some(lower_days), Some(likely_days)) if average.newcomers > 0 => {
                Ok(Bounds { lower_days, likely_days, upper_days: Pace::from(worst).days_for(most) })
            }
            _ => Err(NoEstimate::NoTurnover { spans }),
        }
    }

    /// How many spaces must fall free: at the least, likely, at the most.
    pub(super) fn needed(&self) -> [u64; 3] {
        let before = |undecided: u32| (u64::from(self.ahead) + u64::from(undecided) + 1).saturating_sub(self.free);
        [before(0), before(self.undecided.div_ceil(2)), before(self.undecided)]
    }

    /// The best span and the worst, of equal ones the oldest.
    pub(super) fn extremes(&self) -> Option<(&Span, &Span)> {
        let first = self.spans.first()?;
        let faster = |a: &Span, b: &Span| Pace::from(a).is_faster(Pace::from(b));
        let best = self.spans.iter().fold(first, |best, own| if faster(own, best) { own } else { best });
        let worst = self.spans.iter().fold(first, |worst, own| if faster(worst, own) { own } else { worst });
        Some((best, worst))
    }

    /// All spans as one.
    pub(super) fn average(&self) -> Pace {
        let newcomers = self.spans.iter().map(|span| u64::from(span.newcomers)).sum();
        Pace { newcomers, days: self.spans.iter().map(Span::days).sum() }
    }
}
