//! What became of an answer after its round: appeals, offers that came or were closed, and what happened to the permit.

use super::held::{self, Renewals};
use crate::calendar::Timestamp;
use crate::district::{Answer, Change, District, NewAnswer, Passing, Round};
use crate::units::{ApplicationId, Centimetres, PermitId, Season, StretchId};

/// Something that happened to an applicant's decision, offer or permit after the round.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Later {
    /// A space that had fallen free was offered, in the place of an earlier offer if there was one.
    Offered {
        /// When.
        at: Timestamp,
        /// Where.
        stretch: StretchId,
        /// The walk from the door.
        walk: Centimetres,
    },
    /// The applicant accepted the offer.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// The applicant declined the offer.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// The offer was closed because it had lapsed.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// A space that had fallen free was given, where the policy makes no offers.
    Given {
        /// When.
        at: Timestamp,
        /// Where.
        stretch: StretchId,
        /// The walk from the door.
        walk: Centimetres,
    },
    /// An appeal was dismissed.
    Dismissed {
        /// When.
        at: Timestamp,
    },
    /// An appeal was upheld, and the decision taken again.
    Reopened {
        /// When.
        at: Timestamp,
        /// The last of the round's positions that stands before in line; `None` when not eligible all the same.
        after: Option<u32>,
    },
    /// Something happened to the permit that it led to: it was suspended, say, or given back.
    PermitChanged {
        /// When.
        at: Timestamp,
        /// What.
        change: Box<Change>,
    },
    /// A later round gave another permit in its place.
    Renewed {
        /// When.
        at: Timestamp,
        /// The season of that round.
        season: Season,
        /// Where.
        stretch: StretchId,
        /// The walk from the door.
        walk: Centimetres,
    },
    /// The permit's time was over, as of the district's latest command.
    Expired {
        /// When.
        at: Timestamp,
    },
}

/// What happened to one application's decision, offers and permit of a round, oldest first. O(appeals + spaces passed on
/// + changes of the permit).
pub(super) fn of(
    district: &District,
    round: &Round,
    application: &ApplicationId,
    renewals: &Renewals<'_>,
) -> Vec<Later> {
    let appeals = district.appeals().filter(|recorded| recorded.appeal.application == *application);
    let appeals = appeals.filter_map(|recorded| Some((&recorded.appeal.season, recorded.resolved.as_ref()?)));
    let (mut later, mut number) = (Vec::new(), None);
    for (season, resolution) in appeals {
        let (at, by) = (resolution.at, resolution.by);
        match &resolution.reopened {
            None if *season == round.season => later.push((at, by, Later::Dismissed { at })),
            Some(reopened) if reopened.season == round.season => {
                let place = match &reopened.answer {
                    NewAnswer::InLine { after, number, .. } => Some((*after, *number)),
                    NewAnswer::NotEligible { .. } => None,
                };
                later.push((at, by, Later::Reopened { at, after: place.map(|(after, _)| after) }));
                number = place.map(|(_, number)| number).or(number);
            }
            _ => {}
        }
    }
    if let Some(Answer::Seated { position, .. } | Answer::LeftOut { position, .. }) = round.answer(application) {
        number = Some(*position);
    }
    if let Some(number) = number {
        let own = PermitId::in_round(&round.season, number);
        let passings = district.passings().iter().filter(|passing| passing.season == round.season);
        later.extend(passings.flat_map(|passing| in_passing(passing, &own).map(|own| (passing.at, passing.by, own))));
        let accepted = district.acceptance(&own);
        later.extend(accepted.map(|accepted| (accepted.at, accepted.by, Later::Accepted { at: accepted.at })));
        later.extend(held::of(district, &own, renewals));
    }
    // Commands follow each other in time; what came of one keeps its order.
    later.sort_by_key(|&(at, by, _)| (at, by));
    later.into_iter().map(|(_, _, own)| own).collect()
}

fn in_passing<'a>(passing: &'a Passing, own: &'a PermitId) -> impl Iterator<Item = Later> + 'a {
    let at = passing.at;
    let closed = passing.closed.binary_search(own).is_ok();
    let closed =
        closed.then_some(if passing.declined.is_some() { Later::Declined { at } } else { Later::Lapsed { at } });
    let passed = passing.passed.iter().map(|passed| &passed.permit).filter(move |permit| permit.id == *own);
    let passed = passed.map(move |permit| {
        let (stretch, walk) = (permit.stretch.clone(), permit.walk);
        if permit.offer.is_some() { Later::Offered { at, stretch, walk } } else { Later::Given { at, stretch, walk } }
    });
    closed.into_iter().chain(passed)
}
