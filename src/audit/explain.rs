//! The story of one answer: which rule, which cutoff, who is ahead (in numbers), what would have changed it.

mod changes;
mod held;
mod later;
mod table;
mod words;

pub use changes::{MoreSpaces, Nearby, SmallestChanges};
pub use later::Later;

use super::Right;
use super::rank::{facts, pair, rank};
use crate::calendar::Timestamp;
use crate::district::{Answer, District, Round};
use crate::inventory::{Stretch, Walk, Walker};
use crate::market::Mechanism;
use crate::policy::{Reason, RenewedPlace, ScoreLine, ScoreSheet};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Centimetres, ShiftId, StretchId};
use changes::{Applicant, smallest};
use held::Renewals;
use std::collections::BTreeMap;
use table::Table;

/// Why an application got its answer, in a form to show and in words ([`Display`](std::fmt::Display)).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Explanation {
    /// Seated.
    Seated {
        /// The position in the queue.
        position: u32,
        /// How many were eligible.
        of: u32,
        /// The street's name, or its id when it has none.
        street: String,
        /// The stretch.
        stretch: StretchId,
        /// The walk.
        walk: Centimetres,
        /// Until when it could be accepted, where it was an offer.
        offer: Option<Timestamp>,
        /// The stretch that they would have liked best of those with a space on offer, when it is a better one.
        better: Option<Better>,
    },
    /// Left out.
    LeftOut {
        /// 301 to 305.
        refusal: Refusal,
        /// The position in the queue.
        position: u32,
        /// How many were eligible.
        of: u32,
        /// Stretches with a space on offer within the walking limit.
        in_reach: u32,
        /// With 302, and with 304 in a serial dictatorship: the cutoff.
        cutoff: Option<crate::district::Cutoff>,
        /// With 304: the last to be admitted where the applicant would have liked best to be.
        last: Option<Box<LastAdmitted>>,
        /// What would have been enough.
        changes: SmallestChanges,
    },
    /// Not eligible.
    NotEligible(Vec<Reason>),
    /// The round's answer, and what became of it afterwards.
    Changed {
        /// The round's answer.
        first: Box<Explanation>,
        /// What became of it, oldest first: at least one.
        then: Vec<Later>,
    },
}

/// A stretch that the applicant would have liked better, and that others got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Better {
    /// The walk to it.
    pub walk: Centimetres,
    /// How many of those seated there stand behind the applicant in the queue.
    pub behind: u32,
    /// The mechanism by which they got it.
    pub mechanism: Mechanism,
    /// Whether a ceiling keeps some of its spaces free.
    pub kept_free: bool,
}

/// The last to be admitted to a stretch, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastAdmitted {
    /// The stretch.
    pub stretch: StretchId,
    /// How that person stood there, by the stretch's own ticket where each has its own; a number sheet, not a person.
    pub standing: ScoreSheet,
    /// That person's points for this very stretch, where the policy gives such points.
    pub pair_points: Option<u32>,
    /// In how many decimals the policy writes points.
    pub decimals: u8,
}

/// Explains many answers of one round: what they share is worked out once.
///
/// ```
/// use shared_parking::audit::{Explainer, Explanation};
/// use shared_parking::{Action, Command, Journal, Season, sample};
/// let mut journal = Journal::new(sample::small_district(1).unwrap());
/// let (id, at) = ("round".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
/// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
/// journal.execute(Command { id, at, action }).unwrap();
///
/// let (district, round) = (journal.district(), &journal.district().rounds()[0]);
/// let mut explainer = Explainer::new(district, round);
/// for outcome in &round.outcomes {
///     let story = explainer.explain(&outcome.application).unwrap();
///     if let Explanation::LeftOut { cutoff: Some(cutoff), changes, .. } = &story {
///         assert_eq!(changes.before_position, Some(cutoff.position));
///         assert!(changes.spaces.as_ref().is_some_and(|more| more.count >= 1 && !more.at.is_empty()));
///     }
///     let words = story.to_string();
///     assert!(words.starts_with("position ") || words.starts_with("not eligible: ["), "{words}");
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Explainer<'a> {
    district: &'a District,
    round: &'a Round,
    walker: Walker<'a>,
    eligible: u32,
    /// The positions of those seated at each stretch for each shift, gathered when first asked for.
    seated: Option<BTreeMap<Right<'a>, Vec<u32>>>,
    /// The round's market, built when somebody left out is first explained; `Some(None)` when it cannot be.
    table: Option<Option<Table<'a>>>,
    /// The permits that later rounds renewed, gathered when first asked for.
    renewals: Option<Renewals<'a>>,
}

impl<'a> Explainer<'a> {
    /// Ready to explain the answers of a round of this district. O(answers).
    #[must_use]
    pub fn new(district: &'a District, round: &'a Round) -> Self {
        let judged = round.outcomes.iter().filter(|outcome| !matches!(outcome.answer, Answer::NotEligible { .. }));
        let eligible = u32::try_from(judged.count()).unwrap_or(u32::MAX);
        let walker = district.inventory().walker();
        Self { district, round, walker, eligible, seated: None, table: None, renewals: None }
    }

    /// How many of those seated at a stretch for a shift stand behind a position.
    fn behind(&mut self, stretch: &StretchId, shift: Option<&ShiftId>, position: u32) -> u32 {
        let round = self.round;
        let seated = self.seated.get_or_insert_with(|| {
            let mut seated: BTreeMap<Right<'_>, Vec<u32>> = BTreeMap::new();
            for outcome in &round.outcomes {
                if let Answer::Seated { position, permit, .. } = &outcome.answer {
                    seated.entry((&permit.stretch, permit.shift.as_ref())).or_default().push(*position);
                }
            }
            seated
        });
        let others = seated.get(&(stretch, shift)).map_or(&[][..], Vec::as_slice);
        u32::try_from(others.iter().filter(|&&other| other > position).count()).unwrap_or(u32::MAX)
    }

    /// Explains one answer, with what became of it and of the permit it led to until the latest command; `None` when the
    /// round did not answer this application.
    ///
    /// O(walks from its door) for a seat; the first answer also asks for the permits of later rounds. For a no, further the walks to the nearest open stretch, and a trial of each
    /// stretch in reach (see [`Shortage`](crate::market::Shortage)), each made once for the whole round; the first no
    /// also asks for the walks from every door. Measured with two applicants for each space: 0.4 s for all of 1,685 noes
    /// on 320 stretches, 0.4 s for the first of 16,759 on 3,059, and some 20 s until every stretch has been tried. Where
    /// everybody has 30 stretches in reach and the district hangs together, one no among 22,500 spaces takes seconds.
    pub fn explain(&mut self, application: &ApplicationId) -> Option<Explanation> {
        let first = self.answer(application)?;
        let (district, round) = (self.district, self.round);
        let renewals = self.renewals.get_or_insert_with(|| held::renewals(district, round));
        let then = later::of(district, round, application, renewals);
        Some(if then.is_empty() { first } else { Explanation::Changed { first: Box::new(first), then } })
    }

    /// The score sheet of somebody whom the round answered, line by line, each with the fact that counted; for somebody
    /// seated with the points for that stretch. `None` for those who were not eligible and for everybody else. O(rules).
    ///
    /// ```
    /// use shared_parking::audit::Explainer;
    /// use shared_parking::{Action, Command, Journal, Season, sample};
    /// let mut journal = Journal::new(sample::small_district(1).unwrap());
    /// let (id, at) = ("round".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
    /// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
    /// journal.execute(Command { id, at, action }).unwrap();
    /// let (district, round) = (journal.district(), &journal.district().rounds()[0]);
    /// let permit = round.permits().next().unwrap();
    /// let lines = Explainer::new(district, round).score_lines(&permit.application).unwrap();
    /// assert!(lines[0].to_string().starts_with("tier "));
    /// assert!(lines.last().unwrap().words.starts_with("ticket "));
    /// ```
    #[must_use]
    pub fn score_lines(&self, application: &ApplicationId) -> Option<Vec<ScoreLine>> {
        let (standing, permit) = match self.round.answer(application)? {
            Answer::Seated { standing, permit, .. } => (standing, Some(permit)),
            Answer::LeftOut { standing, .. } => (standing, None),
            Answer::NotEligible { .. } => return None,
        };
        let (district, own) = (self.district, &self.district.application(application)?.application);
        // The lines take the claims of the household from the sheet.
        let facts = facts(district, self.round, own, 0);
        let stretch = permit.and_then(|permit| district.inventory().stretch_index(&permit.stretch));
        let pair = stretch.and_then(|stretch| pair(district, own, stretch));
        Some(district.policy().standing.lines(own, standing, &facts, pair))
    }

    fn answer(&mut self, application: &ApplicationId) -> Option<Explanation> {
        let answer = self.round.answer(application)?;
        let of = self.eligible;
        Some(match answer {
            Answer::NotEligible { reasons } => Explanation::NotEligible(reasons.clone()),
            Answer::LeftOut { refusal, position, cutoff, .. } => {
                let own = self.walks(application);
                let in_reach = u32::try_from(self.offers(application, &own).len()).unwrap_or(u32::MAX);
                let (refusal, position, cutoff) = (*refusal, *position, cutoff.clone());
                let changes = self.changes(&Applicant { id: application, position, cutoff: cutoff.as_ref() }, &own);
                let last = match refusal {
                    Refusal::BetterClaims => self.last_admitted(application, &own).map(Box::new),
                    _ => None,
                };
                Explanation::LeftOut { refusal, position, of, in_reach, cutoff, last, changes }
            }
            Answer::Seated { position, permit, .. } => {
                let own = self.walks(application);
                let offers = self.offers(application, &own);
                let here = offers.iter().find(|offer| *offer.2 == permit.stretch).map_or(u32::MAX, |offer| offer.0);
                // Who renews may have had to keep the place held, whatever else was free.
                let kept = permit.renews.is_some()
                    && self.district.policy().round.renewal.is_some_and(|renewal| renewal.place == RenewedPlace::Keep);
                let best = offers.first().filter(|best| best.0 < here && !kept).map(|best| (best.1, best.2));
                let mechanism = self.round.mechanism;
                let better = best.map(|(walk, there)| {
                    let shift = permit.shift.as_ref();
                    let place = self.round.place_of(there, shift).map(|at| &self.round.places[at]);
                    let kept_free = place.is_some_and(|place| place.kept_free > 0);
                    Better { walk, behind: self.behind(there, shift, *position), mechanism, kept_free }
                });
                let (position, stretch, walk, offer) = (*position, permit.stretch.clone(), permit.walk, permit.offer);
                let street = self.district.inventory().stretch(&stretch).map(|own| street(self.district, own));
                let street = street.unwrap_or_default();
                Explanation::Seated { position, of, street, stretch, walk, offer, better }
            }
        })
    }

    /// Who was admitted last, by the claims to it, where an applicant would have liked best to be.
    fn last_admitted(&self, application: &ApplicationId, own: &[Walk]) -> Option<LastAdmitted> {
        let &(_, _, stretch) = self.offers(application, own).first()?;
        let asks = self.district.application(application)?;
        let shift = self.district.policy().shift_asked(asks.as_of(self.round.by));
        let there = self.round.outcomes.iter().filter_map(|outcome| match &outcome.answer {
            Answer::Seated { standing, pair_points, permit, .. }
                if permit.stretch == *stretch && permit.shift.as_ref() == shift =>
            {
                let ticket = self.round.ticket_there(standing, permit);
                let points = pair_points.unwrap_or(0);
                let key = rank(permit.renews.is_none(), standing, points, ticket, &permit.resident);
                Some((key, ScoreSheet { ticket, ..standing.clone() }, *pair_points))
            }
            _ => None,
        });
        let (_, standing, pair_points) = there.max_by(|a, b| a.0.cmp(&b.0))?;
        let decimals = self.district.policy().standing.decimals;
        Some(LastAdmitted { stretch: stretch.clone(), standing, pair_points, decimals })
    }

    fn changes(&mut self, applicant: &Applicant<'_>, own: &[Walk]) -> SmallestChanges {
        let (district, round) = (self.district, self.round);
        if round.mechanism != Mechanism::Optimal {
            let before_position = applicant.cutoff.map(|cutoff| cutoff.position);
            return SmallestChanges { before_position, ..SmallestChanges::default() };
        }
        match self.table.get_or_insert_with(|| Table::of(district, round)) {
            Some(table) => smallest(district, table, &mut self.walker, applicant, own),
            None => SmallestChanges::default(),
        }
    }

    /// The walks from an applicant's door within the walking limit, nearest first.
    fn walks(&mut self, application: &ApplicationId) -> Vec<Walk> {
        let district = self.district;
        let mut walks = Vec::new();
        let door = district.application(application).map(|own| &own.as_of(self.round.by).resident.door);
        if let Some(door) = door.and_then(|door| district.inventory().door_index(door)) {
            self.walker.walks(door, district.policy().permits.walk_limit(), &mut walks);
        }
        walks
    }

    /// The stretches with a space on offer that an applicant accepts within the limit, with cost and walk, the best first.
    fn offers(&self, application: &ApplicationId, walks: &[Walk]) -> Vec<(u32, Centimetres, &'a StretchId)> {
        let (district, round) = (self.district, self.round);
        let Some(recorded) = district.application(application) else { return Vec::new() };
        let policy = district.policy();
        let own = recorded.as_of(round.by);
        let (preferences, shift) = (&own.preferences, policy.shift_asked(own));
        let offer = |walk: &Walk| {
            let stretch = &district.inventory().stretches()[walk.stretch];
            let at = round.place_of(&stretch.id, shift)?;
            let cost = policy.round.cost(preferences, &stretch.street, walk.distance, policy.permits.walk_limit())?;
            (round.places[at].offered > 0).then_some((cost, walk.distance, &stretch.id))
        };
        let mut offers: Vec<_> = walks.iter().filter_map(offer).collect();
        offers.sort_unstable();
        offers
    }
}

/// The name of a stretch's street, or its id when it has none.
fn street(district: &District, stretch: &Stretch) -> String {
    let named = district.inventory().street(&stretch.street).filter(|street| !street.name.is_empty());
    named.map_or_else(|| stretch.street.to_string(), |street| street.name.clone())
}

/// Explains the latest answer to one application; `None` when no round has answered it. O(answers of that round),
/// and for a no O(choices) more, as [`Explainer::explain`] says: for many, use an [`Explainer`].
#[must_use]
pub fn explain(district: &District, application: &ApplicationId) -> Option<Explanation> {
    let round = district.rounds().iter().rev().find(|round| round.answer(application).is_some())?;
    Explainer::new(district, round).explain(application)
}
