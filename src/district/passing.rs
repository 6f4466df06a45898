//! Spaces that fall free with an offer, and who gets them.

use super::Permit;
use crate::calendar::Timestamp;
use crate::units::{PermitId, Season, StretchId};
use serde::{Deserialize, Serialize};

/// Offers that were closed, and the offers that came of their spaces and of others that had fallen free; permits, where the
/// policy makes no offers.
///
/// A space falls to the next in line of the round by the fewest moves: whoever has an open offer of the round may go on
/// to a space that costs them no more, so that somebody further on can come ([`fall_through`]). Nobody is made worse off,
/// and a permit that was accepted is never touched.
///
/// [`fall_through`]: crate::allocation::fall_through
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passing {
    /// The season of the round that made the offers.
    pub season: Season,
    /// When they were passed on.
    pub at: Timestamp,
    /// The number of the command that passed them on.
    pub by: u64,
    /// The offer that was declined; `None` when offers were closed because they had lapsed, or none was closed.
    pub declined: Option<PermitId>,
    /// The offers closed, sorted by id: none when a command filled vacancies, or an appeal was upheld.
    pub closed: Vec<PermitId>,
    /// Who goes where, in the order in which it can be done: each chain ends with somebody who had no offer.
    pub passed: Vec<Passed>,
}

/// A new offer that came of a free space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passed {
    /// The stretch of the offer that this one takes the place of, under the same id; `None` for somebody who had none.
    pub from: Option<StretchId>,
    /// The offer as it stands now, valid from now on.
    pub permit: Permit,
}

/// When an offer was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The instant.
    pub at: Timestamp,
    /// The number of the command.
    pub by: u64,
}
