//! The waiting list: where somebody stands, how many are ahead, and how long it may take.
//!
//! Invariant: it only looks. Whoever is told about gets numbers of other people, never a person; and no number of days
//! stands without the numbers that it is derived from.

mod classes;
mod derivation;
mod estimate;
mod line;
mod list;
mod report;
mod turnover;
mod waiters;

pub use classes::{ClassCount, PeopleAhead, WaitingClass};
pub use estimate::{Bounds, Estimate, NoEstimate, Span, WrongEstimate};
pub use list::{WaitingList, WaitingRow};
pub use report::{LastRound, NotWaiting, Positions, WaitingReport};
pub use waiters::Waiters;

use super::District;
use crate::calendar::Timestamp;
use crate::people::Application;
use crate::refusal::Refusal;
use crate::units::ApplicationId;

impl District {
    /// Where an application stands if a round were held at an instant, and how long it may have to wait. Classes of fewer
    /// than `fewest` people are told together: see [`PeopleAhead`]. Whoever asks for many reports asks [`Waiters`].
    ///
    /// The records are those of now, whatever the instant: ask for the present or a later one.
    ///
    /// # Errors
    /// Why it does not wait.
    ///
    /// ```
    /// use shared_parking::district::{NoEstimate, NotWaiting};
    /// use shared_parking::sample;
    /// let district = sample::small_district(1).unwrap();
    /// let at = "2026-03-01T00:00:00Z".parse().unwrap();
    /// let list = district.waiting_list(at).unwrap();
    /// let last = list.rows.last().unwrap();
    ///
    /// let report = district.waiting(&last.application, at, 5).unwrap();
    /// assert_eq!(report.positions, last.positions);
    /// assert_eq!(usize::try_from(report.positions.last).unwrap(), list.rows.len());
    /// // before the draw, all of one tier and one number of points are equal
    /// assert!(report.positions.first < report.positions.last);
    /// assert_eq!(report.in_district.surely, report.positions.first - 1);
    /// assert!(report.on_same_stretches.surely <= report.in_district.surely);
    /// assert_eq!(report.estimate, Err(NoEstimate::TooFewRounds { held: 0 })); // no past, no number
    ///
    /// let refused = &list.not_eligible[0];
    /// let reasons = refused.1.clone();
    /// assert_eq!(district.waiting(&refused.0, at, 5), Err(NotWaiting::NotEligible { reasons }));
    /// ```
    pub fn waiting(&self, id: &ApplicationId, at: Timestamp, fewest: u32) -> Result<WaitingReport, NotWaiting> {
        self.in_line(id, at)?;
        Waiters::at(self, at)?.report(id, fewest)
    }

    /// Everybody who waits, as the office sees them. O(n log n) besides laying out the round.
    ///
    /// # Errors
    /// [`Refusal::MarketTooLarge`], as [`round_market`](Self::round_market).
    pub fn waiting_list(&self, at: Timestamp) -> Result<WaitingList, Refusal> {
        Ok(Waiters::at(self, at)?.list())
    }

    /// Since when an application has waited, by the present rules.
    fn waits_since(&self, application: &Application) -> Timestamp {
        self.policy.standing.waiting.since(application)
    }

    /// For how many whole days of 86,400 seconds an application has waited; 0 before it began to.
    fn waited_days(&self, application: &Application, at: Timestamp) -> u32 {
        let seconds = at.seconds_since(self.waits_since(application)).max(0);
        u32::try_from(seconds / 86_400).unwrap_or(u32::MAX)
    }
}
