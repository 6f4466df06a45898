//! Who is served first: tier, then points, then a ticket.
//!
//! Invariant: two people never tie, because the order ends in the resident's id, and the ticket depends on the person
//! and the season alone.

use crate::calendar::Timestamp;
use crate::error::{FlawCode, FlawCollector};
use crate::people::{Application, Documents, Holder, SpecialNeed};
use crate::units::{ResidentId, Season, Ticket};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How the policy orders the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingRules {
    /// The tiers, best first: an applicant stands in the first that admits the documents. Each must be one that somebody
    /// can stand in, and a list that does not end in `anyone` needs the rule `documents-in-a-tier`.
    pub tiers: Vec<Tier>,
    /// What gives points; their sum decides within a tier, more going first.
    pub points: Vec<PointsRule>,
}

/// A tier: which documents it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Tier {
    /// Title, register and licence all in the applicant's name ("three in one").
    ThreeInOne,
    /// At least two of the three in the applicant's name, and none missing.
    TwoInOne,
    /// Each in the name of the applicant, a spouse, a parent or a child.
    Family,
    /// Everybody else.
    Anyone,
}

impl Tier {
    /// Whether these documents satisfy the tier.
    #[must_use]
    pub fn admits(self, documents: Documents) -> bool {
        match self {
            Self::ThreeInOne => documents.in_applicants_name() == 3,
            Self::TwoInOne => documents.in_applicants_name() >= 2 && documents.all_shown(),
            Self::Family => documents.in_the_family(),
            Self::Anyone => true,
        }
    }
}

/// A rule that gives points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// A step of [`PointsRule::Waiting`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingStep {
    /// Whole days of 86,400 seconds waited, at least.
    pub days: u32,
    /// Points from then on.
    pub points: u32,
}

impl PointsRule {
    fn points(&self, application: &Application, at: Timestamp) -> u32 {
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
        }
    }
}

/// How one applicant stands, line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreSheet {
    /// The tier, counted from 1; one more than there are tiers when none admits the documents.
    pub tier: u32,
    /// Points by rule, in the order of the policy.
    pub points: Vec<u32>,
    /// The ticket.
    pub ticket: Ticket,
}

impl ScoreSheet {
    /// The sum of the points.
    #[must_use]
    pub fn total_points(&self) -> u64 {
        self.points.iter().map(|&points| u64::from(points)).sum()
    }

    /// What the queue is sorted by, smallest first; `resident` makes it strict.
    #[must_use]
    pub fn key<'a>(&self, resident: &'a ResidentId) -> (u32, Reverse<u64>, Ticket, &'a ResidentId) {
        (self.tier, Reverse(self.total_points()), self.ticket, resident)
    }
}

impl StandingRules {
    /// The score sheet of an application in the round of a season held at an instant with a public seed.
    #[must_use]
    pub fn score(&self, application: &Application, season: &Season, seed: u64, at: Timestamp) -> ScoreSheet {
        let resident = &application.resident;
        ScoreSheet {
            tier: u32::try_from(self.tier_of(resident.documents) + 1).unwrap_or(u32::MAX),
            points: self.points.iter().map(|rule| rule.points(application, at)).collect(),
            ticket: Ticket::draw(seed, season, &resident.id),
        }
    }

    /// Whether everybody has a tier, whatever their documents.
    pub(super) fn admits_anyone(&self) -> bool {
        !any_documents(|documents| self.tier_of(documents) == self.tiers.len())
    }

    /// The first tier that admits the documents, counted from 0; as many as there are tiers when none does.
    fn tier_of(&self, documents: Documents) -> usize {
        self.tiers.iter().take_while(|tier| !tier.admits(documents)).count()
    }

    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        if self.tiers.is_empty() {
            flaws.push(FlawCode::Empty, "standing.tiers", "no tier", "write at least one, such as \"anyone\"");
        }
        for (at, tier) in self.tiers.iter().enumerate().filter(|(at, tier)| self.tiers[..*at].contains(tier)) {
            let place = format!("standing.tiers[{at}]");
            flaws.push(FlawCode::Contradiction, place, format!("{tier:?} stands here twice"), "keep the first");
        }
        for (at, tier) in self.tiers.iter().enumerate() {
            let (earlier, place) = (&self.tiers[..at], format!("standing.tiers[{at}]"));
            if !earlier.contains(tier) && !any_documents(|documents| self.tier_of(documents) == at) {
                let problem = format!("nobody stands in {tier:?}: the tiers before it admit all whom it admits");
                flaws.push(
                    FlawCode::Contradiction,
                    place,
                    problem,
                    "list the narrower tier first, or take this one out",
                );
            }
        }
        for (at, rule) in self.points.iter().enumerate() {
            let PointsRule::Waiting { steps } = rule else { continue };
            let place = format!("standing.points[{at}].steps");
            if steps.is_empty() {
                flaws.push(FlawCode::Empty, place, "no step", "write at least one");
            } else if !steps.is_sorted_by(|earlier, later| earlier.days < later.days) {
                flaws.push(FlawCode::Contradiction, place, "days do not ascend", "sort the steps by days, each once");
            }
        }
    }
}

/// Whether some documents have a property: all 216 possible ones are tried.
fn any_documents(holds: impl Fn(Documents) -> bool) -> bool {
    use Holder::{Absent, Applicant, Child, Other, Parent, Spouse};
    let holders = [Applicant, Spouse, Parent, Child, Other, Absent];
    let some = |title, register| holders.iter().any(|&licence| holds(Documents { title, register, licence }));
    holders.iter().any(|&title| holders.iter().any(|&register| some(title, register)))
}
