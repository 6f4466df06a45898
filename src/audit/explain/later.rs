//! What became of an answer after its round: offers that came, and offers that were closed.

use crate::calendar::Timestamp;
use crate::district::{Answer, District, Passing, Round};
use crate::units::{ApplicationId, Centimetres, PermitId, StretchId};

/// Something that happened to an applicant's offer after the round.
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
}

/// What happened to one application's offers of a round, oldest first. O(spaces passed on).
pub(super) fn of(district: &District, round: &Round, application: &ApplicationId) -> Vec<Later> {
    let Some(Answer::Seated { position, .. } | Answer::LeftOut { position, .. }) = round.answer(application) else {
        return Vec::new();
    };
    let own = PermitId::in_round(&round.season, *position);
    let passings = district.passings().iter().filter(|passing| passing.season == round.season);
    let mut later: Vec<Later> = passings.flat_map(|passing| in_passing(passing, &own)).collect();
    // An offer that was accepted is never passed on: it is the last that happened.
    later.extend(district.acceptance(&own).map(|accepted| Later::Accepted { at: accepted.at }));
    later
}

fn in_passing(passing: &Passing, own: &PermitId) -> Vec<Later> {
    let at = passing.at;
    let closed = passing.closed.binary_search(own).is_ok();
    let closed =
        closed.then_some(if passing.declined.is_some() { Later::Declined { at } } else { Later::Lapsed { at } });
    let offered = passing.passed.iter().map(|passed| &passed.permit).filter(|permit| permit.id == *own);
    let offered = offered.map(|permit| Later::Offered { at, stretch: permit.stretch.clone(), walk: permit.walk });
    closed.into_iter().chain(offered).collect()
}
