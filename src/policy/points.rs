//! What gives points: waiting, a need, and how near a stretch lies to the door.
//!
//! Invariant: a rule gives its points either to the applicant, whatever the stretch, or to the pair of applicant and
//! stretch, never to both.

use super::RoundRules;
use crate::calendar::Timestamp;
use crate::error::{FlawCode, FlawCollector};
use crate::people::{Application, SpecialNeed};
use crate::units::Centimetres;
use serde::{Deserialize, Serialize};

/// A rule that gives points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "for", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum PointsRule {
    /// Points by days waited since the application: those of the last step reached.
    Waiting {
        /// Steps with ascending days.
        steps: Vec<WaitingStep>,
    },
    /// Points for a stated special need.
    SpecialNeed {
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
}

/// A step of [`PointsRule::Waiting`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WaitingStep {
    /// Whole days of 86,400 seconds waited, at least.
    pub days: u32,
    /// Points from then on.
    pub points: u32,
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

impl PointsRule {
    /// The points of the applicant, whatever the stretch.
    pub(super) fn points(&self, application: &Application, at: Timestamp) -> u32 {
        match self {
            Self::Waiting { steps } => {
                let days = at.seconds_since(application.applied_at).div_euclid(86_400);
                let reached = steps.iter().take_while(|step| i64::from(step.days) <= days);
                reached.last().map_or(0, |step| step.points)
            }
            Self::SpecialNeed { points } => {
                if application.resident.special_need == SpecialNeed::None {
                    0
                } else {
                    *points
                }
            }
            Self::Distance { .. } => 0,
        }
    }

    /// Whether it gives points to pairs of an applicant and a stretch.
    pub(super) const fn is_of_pairs(&self) -> bool {
        matches!(self, Self::Distance { .. })
    }

    /// The points of a pair with this straight line between door and stretch.
    pub(super) fn pair_points(&self, straight: Centimetres) -> u32 {
        match self {
            Self::Waiting { .. } | Self::SpecialNeed { .. } => 0,
            Self::Distance { steps, beyond } => {
                steps.iter().find(|step| step.covers(straight)).map_or(*beyond, |step| step.points)
            }
        }
    }

    fn check(&self, place: &str, flaws: &mut FlawCollector) {
        let place = || format!("{place}.steps");
        let (empty, ascending, unit) = match self {
            Self::Waiting { steps } => {
                (steps.is_empty(), steps.is_sorted_by(|earlier, later| earlier.days < later.days), "days")
            }
            Self::Distance { steps, .. } => {
                (steps.is_empty(), steps.is_sorted_by(|near, far| near.within_m < far.within_m), "distances")
            }
            Self::SpecialNeed { .. } => return,
        };
        if empty {
            flaws.push(FlawCode::Empty, place(), "no step", "write at least one");
        } else if !ascending {
            let remedy = format!("sort the steps by {unit}, each once");
            flaws.push(FlawCode::Contradiction, place(), format!("{unit} do not ascend"), remedy);
        }
    }
}

/// Notes every flaw of the rules, their places counted below `standing.points`.
pub(super) fn check(rules: &[PointsRule], flaws: &mut FlawCollector) {
    let first = rules.iter().position(PointsRule::is_of_pairs);
    for (at, rule) in rules.iter().enumerate() {
        let place = format!("standing.points[{at}]");
        rule.check(&place, flaws);
        if let Some(first) = first.filter(|first| *first < at && rule.is_of_pairs()) {
            let problem = format!("points by distance stand in standing.points[{first}] already");
            flaws.push(FlawCode::Contradiction, place, problem, "put all steps into one of the two");
        }
    }
}

/// Notes offers where each place has claims of its own: a space that falls free goes by the one list.
pub(super) fn check_offers(rules: &[PointsRule], round: &RoundRules, flaws: &mut FlawCollector) {
    let apart = if round.draws_by_place() {
        "lots for each place"
    } else if round.orders_by_place() && rules.iter().any(PointsRule::is_of_pairs) {
        "points by distance"
    } else {
        return;
    };
    if round.offer_hours.is_some() {
        let problem = format!("a space that falls free goes to the next on the list, which {apart} do not count in");
        let remedy = format!("leave offers out, so that seats are permits at once; or leave the {apart} out");
        flaws.push(FlawCode::Contradiction, "round.offer_hours", problem, remedy);
    }
}

/// Notes each rule whose points the mechanism of the round would pass over.
pub(super) fn check_mechanism(rules: &[PointsRule], round: &RoundRules, flaws: &mut FlawCollector) {
    if round.orders_by_place() {
        return;
    }
    for (at, _) in rules.iter().enumerate().filter(|(_, rule)| rule.is_of_pairs()) {
        let problem = format!(
            "points by distance differ from stretch to stretch, but round.mechanism is {}, which serves one list",
            round.mechanism_written()
        );
        let remedy =
            "take these points out, or write {\"deferred-acceptance\": \"single\"} or \"top-trading-cycles\" there";
        flaws.push(FlawCode::Contradiction, format!("standing.points[{at}]"), problem, remedy);
    }
}
