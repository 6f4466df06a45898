//! An appeal: which decision is said to be wrong, what an officer found, and what was decided again.
//!
//! Invariant: an upheld appeal names the fact or the rule that was wrong, and what was decided again follows from it.

use crate::calendar::{Date, Timestamp};
use crate::people::Application;
use crate::policy::{Reason, ScoreSheet};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, ComplaintId, OfficerId, PermitId, Season};
use serde::{Deserialize, Serialize};

/// An applicant's appeal against a decision. A decision can be appealed once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// Its id, which no other appeal and no complaint has.
    pub id: ComplaintId,
    /// The season of the round that decided: the latest that answered the application.
    pub season: Season,
    /// The application; it has led to no permit and no offer.
    pub application: ApplicationId,
    /// What is said to be wrong.
    pub ground: AppealGround,
}

/// What is said to be wrong with a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AppealGround {
    /// A fact about the applicant or the vehicle.
    WrongFact,
    /// A rule that does not apply, or says something else.
    WrongRule,
    /// The tier or the points.
    WrongStanding,
    /// The door, or the spaces in reach of it.
    WrongReach,
    /// A claim of somebody else that was counted against the applicant.
    WrongClaim,
}

/// What an officer found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum AppealFinding {
    /// The decision stands.
    Dismissed {
        /// Why.
        ground: DismissalGround,
    },
    /// The decision was wrong and is opened again.
    Upheld {
        /// What was wrong with it, put right.
        corrected: Correction,
    },
}

/// Why a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DismissalGround {
    /// The facts are as they were recorded.
    FactsConfirmed,
    /// The rule was rightly applied.
    RuleConfirmed,
    /// The appeal is right, and the decision would be the same.
    NotDecisive,
    /// The applicant has withdrawn, or got a permit or an offer, in the meantime.
    Settled,
}

/// What was wrong with a decision, put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Correction {
    /// Facts: the application as it should have been recorded, under the same id, by the same resident and handed in at
    /// the same instant. From now on these are its facts, in this line and in later rounds, as if it had been amended; but
    /// household and waiting time can be put right too.
    Fact(Box<Application>),
    /// A rule that should not have spoken against this applicant, by its refusal. It is set aside in the line of this
    /// round, and in no later one. Not a rule about the claims of others.
    Rule(Refusal),
}

/// An appeal, and what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedAppeal {
    /// What was said.
    pub appeal: Appeal,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
    /// The last day, in the policy's zone, on which an answer is in time.
    pub due: Date,
    /// The answer, if there is one.
    pub resolved: Option<Resolution>,
}

/// The answer to an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// Who resolved it.
    pub officer: OfficerId,
    /// What the officer found.
    pub finding: AppealFinding,
    /// When.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
    /// What was decided again, when the appeal was upheld.
    pub reopened: Option<Reopened>,
}

/// A decision that was taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopened {
    /// The season of the round in whose line it was taken: the latest that answered the application, which is the one
    /// appealed unless another was held in the meantime.
    pub season: Season,
    /// The new answer, at the round's instant: with the permits that were given before the round and end after it, as they
    /// stand when the appeal is upheld (with the vehicle that is on them now, and without offers closed since).
    pub answer: NewAnswer,
    /// The permit or offer that came of it at once, if a space was free and nobody ahead could take it. One that comes
    /// later has the same id.
    pub permit: Option<PermitId>,
}

/// The answer of a decision that was taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum NewAnswer {
    /// Eligible, and in line.
    InLine {
        /// How the applicant stands: by the round's season, seed and instant.
        standing: ScoreSheet,
        /// The last of the round's positions that stands before: the place in line is between this position and the next;
        /// 0 before everybody. Among several between the same two, the standing decides.
        after: u32,
        /// The number of the permit that may come of it (see [`PermitId::in_round`]): the position the application had in
        /// the round; where it had none, a number after the last position, in the order in which decisions were opened
        /// again. No other application of the season has it.
        number: u32,
    },
    /// Not eligible; whoever was in line leaves it.
    NotEligible {
        /// All the reasons, in order of precedence: at least one.
        reasons: Vec<Reason>,
    },
}

impl RecordedAppeal {
    /// What was decided again, and the number of the command, when the appeal was upheld.
    pub(crate) fn reopened(&self) -> Option<(&Reopened, u64)> {
        let resolution = self.resolved.as_ref()?;
        Some((resolution.reopened.as_ref()?, resolution.by))
    }

    /// The correction and the number of the command, when the appeal was upheld.
    pub(crate) fn correction(&self) -> Option<(&Correction, u64)> {
        let resolution = self.resolved.as_ref()?;
        match &resolution.finding {
            AppealFinding::Upheld { corrected } => Some((corrected, resolution.by)),
            AppealFinding::Dismissed { .. } => None,
        }
    }
}
