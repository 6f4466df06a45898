//! What somebody who waits is told.

use super::classes::PeopleAhead;
use super::estimate::{Estimate, NoEstimate};
use crate::calendar::Timestamp;
use crate::district::{Answer, Cutoff, District};
use crate::policy::Reason;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, PermitId, Season};
use serde::Serialize;

/// Where an application stands, for the one who handed it in. Of other people it holds numbers alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingReport {
    /// Which application.
    pub application: ApplicationId,
    /// The instant it is told for.
    pub at: Timestamp,
    /// Whole days waited so far.
    pub waited_days: u32,
    /// Whether a permit is held and would be renewed: then they are an incumbent, who stands before everybody else.
    pub incumbent: bool,
    /// The position in the queue of the whole district.
    pub positions: Positions,
    /// How many stretches with marked spaces the applicant would accept, for the shift asked for.
    pub stretches: u32,
    /// The people ahead who accept at least one of these stretches for the same shift: those who can be in the way.
    pub on_same_stretches: PeopleAhead,
    /// The people ahead in the whole district.
    pub in_district: PeopleAhead,
    /// How it went in the round held last; `None` when there was none, or the application did not stand in its queue.
    pub last_round: Option<LastRound>,
    /// How long it may take from now.
    pub estimate: Result<Estimate, NoEstimate>,
}

/// The positions that a round held at an instant could give. A ticket depends on the seed and the season of its round, so
/// between rounds nobody knows it: whoever stands better than all equals has `first`, whoever stands worse has `last`.
/// How many turns a quota takes depends on tickets too, so people of other quotas may come in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Positions {
    /// The best, from 1: so many and one less stand surely ahead, by tier, points and tie-breaks.
    pub first: u32,
    /// The worst: the equals, whom the ticket will order, and those whom a quota may put ahead, come before it.
    pub last: u32,
    /// How many stand in the queue.
    pub of: u32,
}

/// How an application that still waits did in the round held last, by the round's own answer: a decision that an appeal
/// reopened is told by [`audit::explain`](crate::audit::explain).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastRound {
    /// Its season.
    pub season: Season,
    /// When it was held.
    pub at: Timestamp,
    /// The position there, from 1.
    pub position: u32,
    /// Why there was no space.
    pub refusal: Refusal,
    /// What would have been good enough, where that is known.
    pub cutoff: Option<Cutoff>,
}

/// Why an application does not wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NotWaiting {
    /// There is no application with this id.
    #[error("there is no application with this id")]
    Unknown,
    /// It was withdrawn.
    #[error("the application was withdrawn")]
    Withdrawn,
    /// Papers were asked for that have not come.
    #[error("papers were asked for that have not come")]
    Incomplete,
    /// It led to a permit or an offer, and is used up.
    #[error("the application led to {permit} and is used up")]
    Seated {
        /// The id of the permit or offer, which may have ended or been closed since.
        permit: PermitId,
    },
    /// It is not eligible at the instant.
    #[error("the application is not eligible: {}", told(reasons))]
    NotEligible {
        /// All the reasons, in order of precedence.
        reasons: Vec<Reason>,
    },
    /// The district is too large for one round.
    #[error("{0}")]
    TooLarge(Refusal),
}

fn told(reasons: &[Reason]) -> String {
    let told = reasons.iter().map(|reason| format!("{} {}", reason.refusal.number(), reason.found));
    told.collect::<Vec<_>>().join("; ")
}

impl From<Refusal> for NotWaiting {
    fn from(refusal: Refusal) -> Self {
        Self::TooLarge(refusal)
    }
}

impl District {
    /// Whether an application is recorded, not withdrawn, not used up, complete and eligible. O(n log n).
    pub(super) fn in_line(&self, id: &ApplicationId, at: Timestamp) -> Result<(), NotWaiting> {
        let recorded = self.application(id).ok_or(NotWaiting::Unknown)?;
        if recorded.withdrawn.is_some() {
            return Err(NotWaiting::Withdrawn);
        }
        let passed = self.passings().iter().flat_map(|passing| &passing.passed).map(|passed| &passed.permit);
        let mut permits = self.rounds().iter().flat_map(super::super::Round::permits).chain(passed);
        if let Some(permit) = permits.find(|permit| permit.application == *id) {
            return Err(NotWaiting::Seated { permit: permit.id.clone() });
        }
        if recorded.misses_papers(u64::MAX) {
            return Err(NotWaiting::Incomplete);
        }
        let refused = self.queue(&Season::of_no_round(), 0, at).refused;
        match refused.into_iter().find(|(own, _)| *own == id) {
            Some((_, reasons)) => Err(NotWaiting::NotEligible { reasons }),
            None => Ok(()),
        }
    }

    /// How an application that stands in the queue now did in the round held last.
    pub(super) fn in_last_round(&self, id: &ApplicationId) -> Option<LastRound> {
        let round = self.rounds().last()?;
        let Answer::LeftOut { refusal, position, cutoff, .. } = round.answer(id)? else { return None };
        let (season, at, cutoff) = (round.season.clone(), round.at, cutoff.clone());
        Some(LastRound { season, at, position: *position, refusal: *refusal, cutoff })
    }
}
