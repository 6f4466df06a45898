//! A complaint: who says what is wrong with what, who looks into it, and what came of it.
//!
//! Invariant: words from closed lists, ids and dates; there is no free text that could carry a name.

use crate::calendar::{Date, Timestamp};
use crate::units::{ApplicationId, ComplaintId, OfficerId, ResidentId, Season, StayId, StretchId};
use serde::{Deserialize, Serialize};

/// What somebody complains about, and why.
///
/// ```
/// use shared_parking::district::Complaint;
/// let complaint: Complaint = serde_json::from_str(r#"{
///     "id": "g-1", "by": "r-1", "about": { "space": { "stretch": "s-1" } }, "kind": "visitor-stayed"
/// }"#).unwrap();
/// assert_eq!(complaint.by.as_str(), "r-1");
/// let told = r#"{ "id": "g-1", "by": "r-1", "about": { "stay": "s-9" }, "kind": "other", "text": "Mr Li" }"#;
/// assert!(serde_json::from_str::<Complaint>(told).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Complaint {
    /// Its id, which no other complaint and no appeal has.
    pub id: ComplaintId,
    /// Who complains: anybody, an applicant or not.
    pub by: ResidentId,
    /// About what.
    pub about: Subject,
    /// Why.
    pub kind: ComplaintKind,
}

/// What a complaint is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Subject {
    /// The spaces of a stretch.
    Space {
        /// Which stretch.
        stretch: StretchId,
    },
    /// A stay that was billed.
    Stay(StayId),
    /// The answer that a round gave to an application, one's own or another's.
    Decision {
        /// The round's season.
        season: Season,
        /// Whose application.
        application: ApplicationId,
    },
}

/// Why somebody complains: what holders and applicants of permits are known to complain about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ComplaintKind {
    /// No reason was given for a refusal.
    NoReasonGiven,
    /// The score or the rank is kept from the applicant.
    HiddenScore,
    /// The same people hold for ever.
    PermanentHolder,
    /// The right was handed on to somebody else against the rules.
    RightHandedOn,
    /// A plate was read wrongly.
    PlateMisread,
    /// A visitor's car was not gone when the holder came back.
    VisitorStayed,
    /// The waiting time was estimated wrongly.
    WaitingEstimate,
    /// None of these.
    Other,
}

/// What came of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintOutcome {
    /// It was right, and what was wrong was put right.
    Resolved,
    /// It was right, and what is wrong stays so.
    NotResolved,
    /// It was not right.
    Unfounded,
}

/// A complaint, and what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedComplaint {
    /// What was said.
    pub complaint: Complaint,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
    /// The last day, in the policy's zone, on which an answer is in time.
    pub due: Date,
    /// The officers who were given it, one after the other.
    pub assigned: Vec<Assigned>,
    /// The answer, if there is one.
    pub answered: Option<Answered>,
    /// What whoever complained says of the answer, if anything.
    pub rated: Option<Rated>,
}

/// A complaint was given to an officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// To whom.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
}

/// A complaint was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// What came of it.
    pub outcome: ComplaintOutcome,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
}

/// An answer was rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rated {
    /// Whether it satisfies.
    pub satisfied: bool,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
}

impl RecordedComplaint {
    /// The officer who has it now.
    #[must_use]
    pub fn officer(&self) -> Option<&OfficerId> {
        self.assigned.last().map(|assigned| &assigned.officer)
    }
}
