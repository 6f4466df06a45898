//! The story of one answer: which rule, which cutoff, who is ahead (in numbers), what would have changed it.

use crate::district::{Answer, District, Round};
use crate::inventory::Walker;
use crate::policy::Reason;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Centimetres, StretchId};
use std::collections::BTreeMap;
use std::fmt;

/// Why an application got its answer, in a form to show and in words ([`Display`](fmt::Display)).
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
        /// The nearest stretch that had a space on offer, when it is nearer, and who got it.
        nearer: Option<Nearer>,
    },
    /// Left out.
    LeftOut {
        /// 301, 302 or 303.
        refusal: Refusal,
        /// The position in the queue.
        position: u32,
        /// How many were eligible.
        of: u32,
        /// Stretches with a space on offer within the walking limit.
        in_reach: u32,
        /// With 302: the cutoff.
        cutoff: Option<crate::district::Cutoff>,
    },
    /// Not eligible.
    NotEligible(Vec<Reason>),
}

/// A nearer stretch that somebody else got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearer {
    /// The walk to it.
    pub walk: Centimetres,
    /// How many of those seated there stand behind the applicant in the queue: they are there because everybody
    /// together walks less that way.
    pub behind: u32,
}

/// Explains many answers of one round: what they share is worked out once.
///
/// ```
/// use shared_parking::{Action, Command, Journal, Season, audit::Explainer, sample};
/// let mut journal = Journal::new(sample::small_district(1).unwrap());
/// let (id, at) = ("round".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
/// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
/// journal.execute(Command { id, at, action }).unwrap();
///
/// let (district, round) = (journal.district(), &journal.district().rounds()[0]);
/// let mut explainer = Explainer::new(district, round);
/// for outcome in &round.outcomes {
///     let story = explainer.explain(&outcome.application).unwrap().to_string();
///     assert!(story.starts_with("position ") || story.starts_with("not eligible: ["), "{story}");
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Explainer<'a> {
    district: &'a District,
    round: &'a Round,
    walker: Walker<'a>,
    eligible: u32,
    /// The positions of those seated at each stretch, gathered when first asked for.
    seated: Option<BTreeMap<&'a StretchId, Vec<u32>>>,
}

impl<'a> Explainer<'a> {
    /// Ready to explain the answers of a round of this district. O(answers).
    #[must_use]
    pub fn new(district: &'a District, round: &'a Round) -> Self {
        let judged = round.outcomes.iter().filter(|outcome| !matches!(outcome.answer, Answer::NotEligible { .. }));
        let eligible = u32::try_from(judged.count()).unwrap_or(u32::MAX);
        Self { district, round, walker: district.inventory().walker(), eligible, seated: None }
    }

    /// How many of those seated at a stretch stand behind a position.
    fn behind(&mut self, stretch: &StretchId, position: u32) -> u32 {
        let round = self.round;
        let seated = self.seated.get_or_insert_with(|| {
            let mut seated: BTreeMap<&StretchId, Vec<u32>> = BTreeMap::new();
            for outcome in &round.outcomes {
                if let Answer::Seated { position, permit, .. } = &outcome.answer {
                    seated.entry(&permit.stretch).or_default().push(*position);
                }
            }
            seated
        });
        let others = seated.get(stretch).map_or(&[][..], Vec::as_slice);
        u32::try_from(others.iter().filter(|&&other| other > position).count()).unwrap_or(u32::MAX)
    }

    /// Explains one answer; `None` when the round did not answer this application. O(walks from its door).
    pub fn explain(&mut self, application: &ApplicationId) -> Option<Explanation> {
        let answer = self.round.answer(application)?;
        let of = self.eligible;
        Some(match answer {
            Answer::NotEligible { reasons } => Explanation::NotEligible(reasons.clone()),
            Answer::LeftOut { refusal, position, cutoff, .. } => {
                let in_reach = u32::try_from(self.offers(application).len()).unwrap_or(u32::MAX);
                let (refusal, position, cutoff) = (*refusal, *position, cutoff.clone());
                Explanation::LeftOut { refusal, position, of, in_reach, cutoff }
            }
            Answer::Seated { position, permit, .. } => {
                let nearest = self.offers(application).into_iter().next().filter(|(walk, _)| *walk < permit.walk);
                let nearer = nearest.map(|(walk, there)| Nearer { walk, behind: self.behind(there, *position) });
                let (position, stretch, walk) = (*position, permit.stretch.clone(), permit.walk);
                Explanation::Seated { position, of, street: self.street(&stretch), stretch, walk, nearer }
            }
        })
    }

    /// The stretches within the walking limit that had a space on offer, nearest first.
    fn offers(&mut self, application: &ApplicationId) -> Vec<(Centimetres, &'a StretchId)> {
        let (district, round) = (self.district, self.round);
        let mut walks = Vec::new();
        let door = district.application(application).map(|own| &own.application.resident.door);
        if let Some(door) = door.and_then(|door| district.inventory().door_index(door)) {
            self.walker.walks(door, district.policy().permits.walk_limit(), &mut walks);
        }
        let offered = |walk: crate::inventory::Walk| {
            let id = &district.inventory().stretches()[walk.stretch].id;
            let at = round.places.binary_search_by(|proof| proof.stretch.cmp(id)).ok()?;
            (round.places[at].offered > 0).then_some((walk.distance, id))
        };
        walks.into_iter().filter_map(offered).collect()
    }

    fn street(&self, stretch: &StretchId) -> String {
        let inventory = self.district.inventory();
        let Some(stretch) = inventory.stretch(stretch) else { return String::new() };
        let named = inventory.street(&stretch.street).filter(|street| !street.name.is_empty());
        named.map_or_else(|| stretch.street.to_string(), |street| street.name.clone())
    }
}

/// Explains the latest answer to one application; `None` when no round has answered it. O(answers of that round): for
/// many, use an [`Explainer`].
#[must_use]
pub fn explain(district: &District, application: &ApplicationId) -> Option<Explanation> {
    let round = district.rounds().iter().rev().find(|round| round.answer(application).is_some())?;
    Explainer::new(district, round).explain(application)
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seated { position, of, street, stretch, walk, nearer } => {
                write!(f, "position {position} of {of}: a space on {street} ({stretch}), {walk} from the door")?;
                match nearer {
                    None => Ok(()),
                    Some(Nearer { walk, behind: 0 }) => {
                        write!(f, "; the nearest, {walk} away, is held by people ahead")
                    }
                    Some(Nearer { walk, .. }) => {
                        write!(f, "; the nearest is {walk} away, but in all people walk least when others park there")
                    }
                }
            }
            Self::NotEligible(reasons) => {
                write!(f, "not eligible:")?;
                reasons.iter().try_for_each(|reason| write!(f, " [{}] found: {}.", reason.refusal, reason.found))
            }
            Self::LeftOut { refusal, position, of, in_reach, cutoff } => {
                write!(f, "position {position} of {of}: [{refusal}]")?;
                let Some(cutoff) = cutoff else { return Ok(()) };
                let spaces = format!("{} spaces on {} stretches", cutoff.spaces, cutoff.stretches);
                write!(
                    f,
                    ". All {spaces} ({in_reach} in reach, the others by changing places) are held by people up to "
                )?;
                write!(f, "position {at}; a position before {at} would have been enough", at = cutoff.position)
            }
        }
    }
}
