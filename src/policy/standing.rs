//! Who is served first: tier, then points, then a ticket.
//!
//! Invariant: two people never tie, because the order ends in the resident's id, and the ticket depends on the person
//! and the season alone.

use crate::calendar::Timestamp;
use crate::error::{FlawCode, FlawCollector};
use crate::people::{Application, Documents, Holder};
use crate::policy::points::{self, PointsRule};
use crate::units::{Centimetres, ResidentId, Season, Ticket};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How the policy orders the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StandingRules {
    /// The tiers, best first: an applicant stands in the first that admits the documents. Each must be one that somebody
    /// can stand in, and a list that does not end in `anyone` needs the rule `documents-in-a-tier`.
    pub tiers: Vec<Tier>,
    /// What gives points; their sum decides within a tier, more going first. One rule may depend on the stretch too
    /// ([`PointsRule::Distance`]): its points count at that stretch only.
    pub points: Vec<PointsRule>,
}

/// A tier: which documents it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// How one applicant stands, line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreSheet {
    /// The tier, counted from 1; one more than there are tiers when none admits the documents.
    pub tier: u32,
    /// Points by rule, in the order of the policy; 0 for the rule that depends on the stretch too
    /// ([`PointsRule::Distance`]).
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

    /// Whether a rule gives points for the pair of an applicant and a stretch: [`PointsRule::Distance`].
    #[must_use]
    pub fn has_pair_points(&self) -> bool {
        self.points.iter().any(PointsRule::is_of_pairs)
    }

    /// The points for the pair of an applicant and a stretch, `straight` being the straight line from the door to the
    /// stretch ([`Inventory::straight_line`](crate::inventory::Inventory::straight_line)); 0 without a rule for pairs.
    /// At that stretch they add to the points of the [`ScoreSheet`], which does not hold them.
    ///
    /// ```
    /// use shared_parking::Centimetres;
    /// use shared_parking::policy::StandingRules;
    /// // The steps of Dongjak, Seoul.
    /// let rules: StandingRules = serde_json::from_str(r#"{ "tiers": ["anyone"], "points": [{
    ///     "for": "distance",
    ///     "steps": [
    ///         { "within_m": 30, "points": 40 }, { "within_m": 60, "points": 30 },
    ///         { "within_m": 90, "points": 20 }, { "within_m": 120, "points": 10 }
    ///     ],
    ///     "beyond": 5
    /// }] }"#).unwrap();
    /// assert!(rules.has_pair_points());
    /// assert_eq!(rules.pair_points(Centimetres::new(3_000)), 40); // 30.00 m is within 30 m
    /// assert_eq!(rules.pair_points(Centimetres::new(3_001)), 30);
    /// assert_eq!(rules.pair_points(Centimetres::metres(121)), 5);
    /// ```
    #[must_use]
    pub fn pair_points(&self, straight: Centimetres) -> u32 {
        self.points.iter().fold(0, |sum: u32, rule| sum.saturating_add(rule.pair_points(straight)))
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
        points::check(&self.points, flaws);
    }
}

/// Whether some documents have a property: all 216 possible ones are tried.
fn any_documents(holds: impl Fn(Documents) -> bool) -> bool {
    use Holder::{Absent, Applicant, Child, Other, Parent, Spouse};
    let holders = [Applicant, Spouse, Parent, Child, Other, Absent];
    let some = |title, register| {
        holders.iter().any(|&licence| holds(Documents { title, register, licence, ..Documents::default() }))
    };
    holders.iter().any(|&title| holders.iter().any(|&register| some(title, register)))
}
