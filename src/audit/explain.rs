//! The story of one answer: which rule, which cutoff, who is ahead (in numbers), what would have changed it.

use crate::district::{Answer, District, Round};
use crate::policy::Reason;
use crate::units::{ApplicationId, Centimetres};
use std::fmt;

/// Why an application got its answer, in a form to show and in words ([`Display`](fmt::Display)).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Explanation {
    /// Seated: the place and the walk, and how far the queue reached.
    Seated {
        /// The position in the queue.
        position: u32,
        /// How many were eligible.
        of: u32,
        /// The street's name, or its id when it has none.
        street: String,
        /// The stretch.
        stretch: crate::units::StretchId,
        /// The walk.
        walk: Centimetres,
        /// The nearest walk to any stretch on offer: a longer `walk` made room for others.
        nearest: Centimetres,
    },
    /// Left out.
    LeftOut {
        /// The answer, word for word.
        answer: Answer,
        /// How many were eligible.
        of: u32,
        /// Stretches within the walking limit.
        in_reach: u32,
    },
    /// Not eligible.
    NotEligible(Vec<Reason>),
}

/// Explains the latest answer to an application; `None` when no round has answered it.
#[must_use]
pub fn explain(district: &District, application: &ApplicationId) -> Option<Explanation> {
    let (round, answer) =
        district.rounds().iter().rev().find_map(|round| round.answer(application).map(|answer| (round, answer)))?;
    let of = eligible(round);
    let limit = district.policy().permits.walk_limit();
    let door = &district.application(application)?.resident.door;
    let offered = |stretch: usize| {
        let id = &district.inventory().stretches()[stretch].id;
        round.places.binary_search_by(|proof| proof.stretch.cmp(id)).is_ok()
    };
    let mut walks = district.inventory().walks(door, limit)?;
    walks.retain(|walk| offered(walk.stretch));
    Some(match answer {
        Answer::NotEligible { reasons } => Explanation::NotEligible(reasons.clone()),
        Answer::LeftOut { .. } => {
            let in_reach = u32::try_from(walks.len()).unwrap_or(u32::MAX);
            Explanation::LeftOut { answer: answer.clone(), of, in_reach }
        }
        Answer::Seated { position, permit, .. } => {
            let street = district.inventory().stretch(&permit.stretch).map(|stretch| &stretch.street);
            let named = street.and_then(|id| district.inventory().street(id)).filter(|own| !own.name.is_empty());
            let fallback = || street.map_or_else(String::new, ToString::to_string);
            Explanation::Seated {
                position: *position,
                of,
                street: named.map_or_else(fallback, |own| own.name.clone()),
                stretch: permit.stretch.clone(),
                walk: permit.walk,
                nearest: walks.first().map_or(permit.walk, |walk| walk.distance),
            }
        }
    })
}

fn eligible(round: &Round) -> u32 {
    let judged = round.outcomes.iter().filter(|outcome| !matches!(outcome.answer, Answer::NotEligible { .. }));
    u32::try_from(judged.count()).unwrap_or(u32::MAX)
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seated { position, of, street, stretch, walk, nearest } => {
                write!(f, "position {position} of {of}: a space on {street} ({stretch}), {walk} from the door")?;
                if nearest < walk {
                    write!(
                        f,
                        "; the nearest is {nearest} away, and giving it to others seats everybody ahead with the least walk in all"
                    )?;
                }
                Ok(())
            }
            Self::NotEligible(reasons) => {
                write!(f, "not eligible:")?;
                reasons.iter().try_for_each(|reason| write!(f, " [{}] found: {}.", reason.refusal, reason.found))
            }
            Self::LeftOut { answer: Answer::LeftOut { refusal, position, cutoff, .. }, of, in_reach } => {
                write!(f, "position {position} of {of}: [{refusal}]")?;
                if let Some(cutoff) = cutoff {
                    let spaces = format!("{} spaces on {} stretches", cutoff.spaces, cutoff.stretches);
                    write!(
                        f,
                        ". All {spaces} ({in_reach} in reach, the others by changing places) are held by people up to position {}; ",
                        cutoff.position
                    )?;
                    write!(f, "a position before {} would have been enough", cutoff.position)?;
                }
                Ok(())
            }
            Self::LeftOut { .. } => Ok(()),
        }
    }
}
