//! What gives points: waiting, a need, hours shared, where the door lies, and how near a stretch lies to it.
//!
//! Invariant: a rule gives its points either to the applicant, whatever the stretch, or to the pair of applicant and
//! stretch, never to both; and integers decide, each rounding a named one.

mod check;
mod sharing;
mod waiting;

pub(super) use check::{check, check_each_need, check_ground, check_mechanism, check_needs, check_offers};
pub use sharing::{HourStep, SharedRate, SharedScale};
pub use waiting::{Wait, WaitingStep};
pub(super) use waiting::{days_between, months_between};

use super::{PairFacts, ScoreFacts};
use crate::calendar::Timestamp;
use crate::people::{Application, SpecialNeed};
use crate::units::{Centimetres, CommunityId};
use serde::{Deserialize, Serialize};

/// A rule that gives points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "for", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum PointsRule {
    /// Points by the time waited: those of the last step reached. From when it counts,
    /// [`StandingRules::waiting`](super::StandingRules::waiting) says.
    Waiting {
        /// Steps with ascending times, all in days or all in months, and points that never fall.
        steps: Vec<WaitingStep>,
    },
    /// Points for a stated special need.
    SpecialNeed {
        /// How many.
        points: u32,
        /// Which needs count; `None`: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needs: Option<Vec<SpecialNeed>>,
    },
    /// Points for hours in which others were let use the space: `{"for": "shared-hours", "rate": …}` in proportion, or
    /// `{"for": "shared-hours", "steps": …}` by steps.
    SharedHours(#[cfg_attr(feature = "schema", schemars(with = "sharing::Written"))] SharedScale),
    /// Points for a door in one of these communities.
    InCommunities {
        /// The communities, each once.
        communities: Vec<CommunityId>,
        /// How many.
        points: u32,
    },
    /// Points by the straight line between the residence door and the stretch: those of the first step that it is
    /// within, or those for beyond all of them. So they belong to the pair of an applicant and a stretch: they count at
    /// that stretch ([`StandingRules::pair_points`](super::StandingRules::pair_points)), and a
    /// [`ScoreSheet`](super::ScoreSheet) holds 0 for this rule.
    ///
    /// Only a mechanism in which each place has its own order can use them: deferred acceptance or top trading cycles.
    /// At most one rule of points may be of this kind.
    Distance {
        /// Steps with ascending distances, at least one.
        steps: Vec<DistanceStep>,
        /// Points when the stretch is farther than the last step says.
        beyond: u32,
    },
    /// Points for a stretch on a street of the door's own community. They belong to the pair, as those by distance do.
    /// At most one rule of points may be of this kind.
    SameCommunity {
        /// How many.
        points: u32,
    },
}

/// A step of [`PointsRule::Distance`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DistanceStep {
    /// Metres at most: 30.00 m is within 30, 30.01 m is not.
    pub within_m: u32,
    /// Points up to there.
    pub points: u32,
}

impl DistanceStep {
    fn covers(self, straight: Centimetres) -> bool {
        u64::from(straight.get()) <= 100 * u64::from(self.within_m)
    }
}

/// Whether a need is one of those that count.
pub(super) fn has_need(need: SpecialNeed, needs: Option<&[SpecialNeed]>) -> bool {
    need != SpecialNeed::None && needs.is_none_or(|needs| needs.contains(&need))
}

impl PointsRule {
    /// The points of an applicant who has waited since an instant, whatever the stretch.
    pub(super) fn points(&self, application: &Application, since: Timestamp, facts: &ScoreFacts<'_>) -> u32 {
        match self {
            Self::Waiting { steps } => waiting::points(steps, since, facts.at, facts.zone),
            Self::SpecialNeed { points, needs } => {
                given(has_need(application.resident.special_need, needs.as_deref()), *points)
            }
            Self::SharedHours(scale) => scale.points(application.resident.sharing),
            Self::InCommunities { communities, points } => {
                given(facts.community.is_some_and(|own| communities.contains(own)), *points)
            }
            Self::Distance { .. } | Self::SameCommunity { .. } => 0,
        }
    }

    /// Whether it gives points to pairs of an applicant and a stretch.
    pub(super) const fn is_of_pairs(&self) -> bool {
        self.of_pairs().is_some()
    }

    /// What the points of a rule for pairs are called.
    pub(super) const fn of_pairs(&self) -> Option<&'static str> {
        match self {
            Self::Distance { .. } => Some("points by distance"),
            Self::SameCommunity { .. } => Some("points for the same community"),
            _ => None,
        }
    }

    /// The points of a pair.
    pub(super) fn pair_points(&self, pair: PairFacts) -> u32 {
        match self {
            Self::Distance { steps, beyond } => {
                steps.iter().find(|step| step.covers(pair.straight)).map_or(*beyond, |step| step.points)
            }
            Self::SameCommunity { points } => given(pair.same_community, *points),
            _ => 0,
        }
    }

    /// The word that stands for this rule in a document.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::SpecialNeed { .. } => "special-need",
            Self::SharedHours(_) => "shared-hours",
            Self::InCommunities { .. } => "in-communities",
            Self::Distance { .. } => "distance",
            Self::SameCommunity { .. } => "same-community",
        }
    }
}

const fn given(due: bool, points: u32) -> u32 {
    if due { points } else { 0 }
}
