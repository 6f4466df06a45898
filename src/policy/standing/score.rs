//! How one applicant stands: the score sheet, what it is made from, and what compares it with others.
//!
//! Invariant: two people never tie, because the order ends in the resident's id, and the ticket depends on the person
//! and the season alone.

use crate::calendar::{Date, Timestamp, Zone};
use crate::units::{Centimetres, CommunityId, ResidentId, Season, ShiftId, Ticket};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::fmt;

/// How one applicant stands, in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreSheet {
    /// The tier, counted from 1; one more than there are tiers when none admits the documents.
    pub tier: u32,
    /// Points by rule, in the order of the policy; 0 for a rule that depends on the stretch too (see
    /// [`StandingRules::pair_points`](super::StandingRules::pair_points)).
    pub points: Vec<u32>,
    /// A number for each tie-break, in the order of the policy; a smaller one goes first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<i64>,
    /// The ticket.
    pub ticket: Ticket,
    /// How many tiers better than the documents admit, for hours shared; `tier` counts them already.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub promoted: u32,
    /// Which rules counted: those in force until this day ([`EarlierStanding::until`](super::EarlierStanding::until));
    /// `None` for the present ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules_until: Option<Date>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What sheets are compared by, smallest first: tier, points, tie-breaks, ticket, resident.
pub type StandingKey<'a> = (u32, Reverse<u64>, &'a [i64], Ticket, &'a ResidentId);

impl ScoreSheet {
    /// A sheet with a tier, points and a ticket alone: no tie-breaks, not promoted, by the present rules.
    #[must_use]
    pub const fn new(tier: u32, points: Vec<u32>, ticket: Ticket) -> Self {
        Self { tier, points, ties: Vec::new(), ticket, promoted: 0, rules_until: None }
    }

    /// The sum of the points.
    #[must_use]
    pub fn total_points(&self) -> u64 {
        self.points.iter().map(|&points| u64::from(points)).sum()
    }

    /// What the queue is sorted by, smallest first; `resident` makes it strict.
    ///
    /// Tie-breaks are compared one after the other. Sheets by two versions of the rules are compared as the numbers they
    /// hold; where one has fewer tie-breaks and they agree that far, it goes first.
    ///
    /// ```
    /// use shared_parking::policy::ScoreSheet;
    /// use shared_parking::{ResidentId, Season, Ticket};
    /// let (ann, bob): (ResidentId, ResidentId) = ("ann".parse().unwrap(), "bob".parse().unwrap());
    /// let ticket = |person| Ticket::draw(7, &Season::new("2026").unwrap(), person);
    /// let sheet = |points, tie, person| ScoreSheet { ties: vec![tie], ..ScoreSheet::new(1, points, ticket(person)) };
    /// // More points first; with as many the tie-break, whatever the tickets say.
    /// assert!(sheet(vec![30], 1, &ann).key(&ann) < sheet(vec![20, 5], 0, &bob).key(&bob));
    /// assert!(sheet(vec![25], 1, &ann).key(&ann) > sheet(vec![20, 5], 0, &bob).key(&bob));
    /// ```
    #[must_use]
    pub fn key<'a>(&'a self, resident: &'a ResidentId) -> StandingKey<'a> {
        self.key_at(0, self.ticket, resident)
    }

    /// What claims to one stretch are sorted by, smallest first: as [`key`](Self::key), with the points for the pair of
    /// applicant and stretch among the points, and the ticket that counts there.
    #[must_use]
    pub fn key_at<'a>(&'a self, pair_points: u32, ticket: Ticket, resident: &'a ResidentId) -> StandingKey<'a> {
        (self.tier, Reverse(self.total_points() + u64::from(pair_points)), &self.ties, ticket, resident)
    }
}

/// What a score depends on besides the application and the rules.
///
/// ```
/// use shared_parking::Season;
/// use shared_parking::policy::ScoreFacts;
/// let (season, zone) = (Season::new("2026").unwrap(), "Asia/Seoul".parse().unwrap());
/// let facts = ScoreFacts::new(&season, 7, "2026-03-01T00:00:00Z".parse().unwrap(), &zone);
/// let second_car = ScoreFacts { earlier_claims: 1, ..facts };
/// assert_eq!(second_car.seed, facts.seed);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ScoreFacts<'a> {
    /// The season of the round.
    pub season: &'a Season,
    /// Its public seed.
    pub seed: u64,
    /// When it is held.
    pub at: Timestamp,
    /// The zone whose days and months count.
    pub zone: &'a Zone,
    /// The community of the residence door, if any.
    pub community: Option<&'a CommunityId>,
    /// Permits in force and earlier eligible applications of the household, as the eligibility counts them.
    pub earlier_claims: u32,
    /// The shift that an application asks for that names none.
    pub first_shift: Option<&'a ShiftId>,
}

impl<'a> ScoreFacts<'a> {
    /// The facts of a round; for an applicant of no community and a household without earlier claims, where there are no
    /// shifts.
    #[must_use]
    pub const fn new(season: &'a Season, seed: u64, at: Timestamp, zone: &'a Zone) -> Self {
        Self { season, seed, at, zone, community: None, earlier_claims: 0, first_shift: None }
    }
}

/// What the points for a pair of applicant and stretch depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairFacts {
    /// The straight line from the door to the stretch
    /// ([`Inventory::straight_line`](crate::inventory::Inventory::straight_line)).
    pub straight: Centimetres,
    /// Whether the door and the stretch's street belong to one community.
    pub same_community: bool,
}

/// Points as they are shown: with so many decimals ([`StandingRules::decimals`](super::StandingRules::decimals)).
///
/// ```
/// use shared_parking::policy::ShownPoints;
/// assert_eq!(ShownPoints { points: 95, decimals: 0 }.to_string(), "95");
/// assert_eq!(ShownPoints { points: 95, decimals: 1 }.to_string(), "9.5");
/// assert_eq!(ShownPoints { points: 5, decimals: 2 }.to_string(), "0.05");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownPoints {
    /// The points in units of the last decimal.
    pub points: u64,
    /// How many decimals.
    pub decimals: u8,
}

impl fmt::Display for ShownPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { points, decimals } = *self;
        let Some(unit) = 10_u64.checked_pow(u32::from(decimals)).filter(|unit| *unit > 1) else {
            return write!(f, "{points}");
        };
        write!(f, "{}.{:0width$}", points / unit, points % unit, width = usize::from(decimals))
    }
}
