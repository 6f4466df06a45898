//! The waiting list as the office sees it.

use super::report::Positions;
use super::waiters::Waiters;
use crate::calendar::Timestamp;
use crate::policy::Reason;
use crate::units::{ApplicationId, Season};
use serde::Serialize;

/// Everybody who waits at an instant. For the office, not for publication: it names applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingList {
    /// The instant.
    pub at: Timestamp,
    /// The eligible, in the order of what is known before a draw; equals in the order of their applications.
    pub rows: Vec<WaitingRow>,
    /// Those who wait for nothing as they are: not eligible, with all their reasons, sorted by application.
    pub not_eligible: Vec<(ApplicationId, Vec<Reason>)>,
}

/// One who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingRow {
    /// Which application.
    pub application: ApplicationId,
    /// The positions that a round could give.
    pub positions: Positions,
    /// Whether a permit is held and would be renewed.
    pub incumbent: bool,
    /// The tier, from 1.
    pub tier: u32,
    /// The points, those for a pair of applicant and stretch left out.
    pub points: u64,
    /// Whole days waited.
    pub waited_days: u32,
}

impl Waiters<'_> {
    /// All of them as a list. O(n log n).
    #[must_use]
    pub fn list(&self) -> WaitingList {
        let row = |(own, positions): (&crate::district::Candidate<'_>, Positions)| WaitingRow {
            application: own.application.id.clone(),
            positions,
            incumbent: own.renews.is_some(),
            tier: own.standing.tier,
            points: own.standing.total_points(),
            waited_days: self.district.waited_days(own.application, self.at),
        };
        let refused = self.district.queue(&Season::of_no_round(), 0, self.at).refused;
        WaitingList {
            at: self.at,
            rows: self.in_order().map(row).collect(),
            not_eligible: refused.into_iter().map(|(id, reasons)| (id.clone(), reasons)).collect(),
        }
    }
}
