//! Who is served first: tier, then points, then tie-breaks, then a ticket.
//!
//! Invariant: two people never tie, because the order ends in the resident's id, and the ticket depends on the person
//! and the season alone, whatever version of the rules scores them.

mod check;
mod lines;
mod score;
mod tier;
mod ties;
mod version;

pub use lines::{ScoreLine, Worth};
pub use score::{PairFacts, ScoreFacts, ScoreSheet, ShownPoints, StandingKey};
pub use tier::{Others, Tier};
pub use ties::TieRule;
pub use version::{EarlierStanding, Queued, StandingVersion};

use crate::calendar::{Timestamp, Zone};
use crate::people::Application;
use crate::policy::points::PointsRule;
use serde::{Deserialize, Serialize};
use version::Version;

/// How the policy orders the queue: by tier, then by points, then by tie-breaks, then by a ticket that is drawn.
///
/// The [`Default`] is an empty table for `..StandingRules::default()`: without a tier no policy is sound.
///
/// ```
/// use shared_parking::policy::{ScoreFacts, StandingRules};
/// use shared_parking::{Application, Season, sample};
/// let rules: StandingRules = serde_json::from_str(r#"{
///     "tiers": ["anyone"],
///     "points": [{ "for": "waiting", "steps": [{ "months": 0, "points": 5 }, { "months": 12, "points": 20 }] }],
///     "ties": [{ "by": "no-driving-day" }],
///     "earlier": [{ "until": "2026-01-01", "queued": "old", "rules": {
///         "tiers": ["anyone"],
///         "points": [{ "for": "waiting", "steps": [{ "days": 0, "points": 50 }] }]
///     } }]
/// }"#).unwrap();
/// let district = sample::small_district(1).unwrap();
/// let (season, zone) = (Season::new("2026").unwrap(), "Asia/Seoul".parse().unwrap());
/// let facts = ScoreFacts::new(&season, 7, "2027-01-10T00:00:00Z".parse().unwrap(), &zone);
/// let score = |applied: &str| {
///     let mut application: Application = district.applications().next().unwrap().application.clone();
///     application.applied_at = applied.parse().unwrap();
///     rules.score(&application, &facts)
/// };
/// let late = score("2026-01-10T00:00:00Z");
/// assert_eq!((late.points, late.ties, late.rules_until), (vec![20], vec![1], None));
/// let early = score("2025-12-31T00:00:00Z"); // queued when the rules changed: the old ones are kept
/// assert_eq!((early.points, early.rules_until), (vec![50], Some("2026-01-01".parse().unwrap())));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StandingRules {
    /// The tiers, best first: an applicant stands in the first that admits the documents. Each must be one that somebody
    /// can stand in, and a list that does not end in `anyone` needs the rule `documents-in-a-tier`.
    pub tiers: Vec<Tier>,
    /// What gives points; their sum decides within a tier, more going first. Some rules depend on the stretch too
    /// ([`PointsRule::Distance`], [`PointsRule::SameCommunity`]): their points count at that stretch only.
    pub points: Vec<PointsRule>,
    /// In how many decimals points are written, 0 to 4: with 1, 95 points are 9.5. Everything is counted in units of the
    /// last decimal; this changes words alone.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub decimals: u8,
    /// What decides between people of one tier with as many points, one rule after the other, before the ticket does. At a
    /// stretch, points for the pair of applicant and stretch count before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieRule>,
    /// What moves an applicant up: the last one reached counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<Promotion>,
    /// From when waiting counts, for points and for ties.
    #[serde(default, skip_serializing_if = "WaitingFrom::is_default")]
    pub waiting: WaitingFrom,
    /// The versions before this one, by ascending `until`. People who are scored by different versions are compared as the
    /// numbers on their sheets: tier 1 of the one is as good as tier 1 of the other, a point is a point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierStanding>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// So many hours shared move an applicant up so many tiers, never above the first; not whose documents no tier admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// Hours shared as recorded, at least.
    pub shared_hours: u32,
    /// How many tiers up, at least 1.
    pub tiers: u32,
}

/// From when waiting counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum WaitingFrom {
    /// From the application.
    #[default]
    FromApplication,
    /// From the instant that the application brings along from another area or an earlier address
    /// ([`Application::waiting_since`]), where it brings one; else from the application.
    Portable,
}

impl WaitingFrom {
    /// Since when an applicant has waited.
    ///
    /// ```
    /// use shared_parking::policy::WaitingFrom;
    /// use shared_parking::sample;
    /// let mut moved = sample::small_district(1).unwrap().applications().next().unwrap().application.clone();
    /// moved.waiting_since = Some(moved.applied_at.plus_seconds(-86_400));
    /// assert_eq!(WaitingFrom::FromApplication.since(&moved), moved.applied_at);
    /// assert_eq!(Some(WaitingFrom::Portable.since(&moved)), moved.waiting_since);
    /// ```
    #[must_use]
    pub fn since(self, application: &Application) -> Timestamp {
        let applied = application.applied_at;
        match self {
            Self::FromApplication => applied,
            Self::Portable => application.waiting_since.map_or(applied, |since| since.min(applied)),
        }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl StandingRules {
    /// The score sheet of an application in a round. O(rules), for each version that counts.
    #[must_use]
    pub fn score(&self, application: &Application, facts: &ScoreFacts<'_>) -> ScoreSheet {
        let mut counting = self.counting(application, facts.at, facts.zone);
        let admits =
            |version: &Version<'_>| version.tiers.iter().any(|tier| tier.admits(application.resident.documents));
        if counting.iter().any(admits) {
            counting.retain(admits); // to stand nowhere among few tiers is no better than the last of many
        }
        let sheets = counting.into_iter().map(|version| version.score(application, facts));
        let resident = &application.resident.id;
        // The newest stands first, and of equal ones the first stays.
        let best = sheets.reduce(|best, next| if next.key(resident) < best.key(resident) { next } else { best });
        best.unwrap_or_else(|| self.present().score(application, facts))
    }

    /// The tiers by which the documents of an application are judged at an instant: those of the version that counts; of
    /// several, the newest one with a tier for the documents.
    #[must_use]
    pub fn tiers_for(&self, application: &Application, at: Timestamp, zone: &Zone) -> &[Tier] {
        let admits = |tiers: &[Tier]| tiers.iter().any(|tier| tier.admits(application.resident.documents));
        let mut counting = self.counting(application, at, zone);
        counting.sort_by_key(|version| !admits(version.tiers));
        counting.first().map_or(&self.tiers, |version| version.tiers)
    }

    /// Whether a rule of some version gives points for the pair of an applicant and a stretch: [`PointsRule::Distance`]
    /// or [`PointsRule::SameCommunity`].
    #[must_use]
    pub fn has_pair_points(&self) -> bool {
        self.all_points().any(|(_, rules)| rules.iter().any(PointsRule::is_of_pairs))
    }

    /// The points for the pair of an applicant with this sheet and a stretch; 0 without a rule for pairs in the version
    /// that the sheet is by. At that stretch they add to the points of the [`ScoreSheet`], which does not hold them.
    ///
    /// ```
    /// use shared_parking::policy::{PairFacts, ScoreSheet, StandingRules};
    /// use shared_parking::{Centimetres, Season, Ticket};
    /// // The steps of Dongjak, Seoul.
    /// let rules: StandingRules = serde_json::from_str(r#"{ "tiers": ["anyone"], "points": [
    ///     {
    ///         "for": "distance",
    ///         "steps": [
    ///             { "within_m": 30, "points": 40 }, { "within_m": 60, "points": 30 },
    ///             { "within_m": 90, "points": 20 }, { "within_m": 120, "points": 10 }
    ///         ],
    ///         "beyond": 5
    ///     },
    ///     { "for": "same-community", "points": 10 }
    /// ] }"#).unwrap();
    /// assert!(rules.has_pair_points());
    /// let ticket = Ticket::draw(7, &Season::new("2026").unwrap(), &"ann".parse().unwrap());
    /// let sheet = ScoreSheet::new(1, vec![0, 0], ticket);
    /// let points = |centimetres, same_community| {
    ///     rules.pair_points(&sheet, PairFacts { straight: Centimetres::new(centimetres), same_community })
    /// };
    /// assert_eq!(points(3_000, true), 50); // 30.00 m is within 30 m
    /// assert_eq!(points(3_001, true), 40);
    /// assert_eq!(points(12_100, false), 5);
    /// ```
    #[must_use]
    pub fn pair_points(&self, sheet: &ScoreSheet, pair: PairFacts) -> u32 {
        let rules = self.version_of(sheet).points;
        rules.iter().fold(0, |sum: u32, rule| sum.saturating_add(rule.pair_points(pair)))
    }

    /// The rules of points of every version, with the version's place in a document.
    pub(super) fn all_points(&self) -> impl Iterator<Item = (String, &[PointsRule])> {
        self.versions().map(|(place, version)| (place, version.points))
    }
}
