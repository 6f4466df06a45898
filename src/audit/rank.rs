//! What claims are ordered by, written out here once for every check: the auditor's own reading of the rules.

use crate::district::District;
use crate::district::Round;
use crate::people::Application;
use crate::policy::{PairFacts, ScoreFacts, ScoreSheet};
use crate::units::{ResidentId, Ticket};
use std::cmp::Reverse;

/// A claim, the better one smaller: incumbents first, then tier, points with those of the pair, tie-breaks, ticket,
/// resident.
pub(super) type Rank<'a> = (bool, u32, Reverse<u64>, &'a [i64], Ticket, &'a ResidentId);

/// The claim of somebody with a sheet: with points for the pair of applicant and stretch, and the ticket that counts.
pub(super) fn rank<'a>(
    newcomer: bool,
    sheet: &'a ScoreSheet,
    pair_points: u32,
    ticket: Ticket,
    resident: &'a ResidentId,
) -> Rank<'a> {
    let points: u64 = sheet.points.iter().map(|&points| u64::from(points)).sum();
    (newcomer, sheet.tier, Reverse(points + u64::from(pair_points)), &sheet.ties, ticket, resident)
}

/// What the score of an application in a round depends on, read from the ground and the round's record.
pub(super) fn facts<'a>(
    district: &'a District,
    round: &'a Round,
    application: &Application,
    earlier_claims: u32,
) -> ScoreFacts<'a> {
    let door = district.inventory().door(&application.resident.door);
    ScoreFacts {
        season: &round.season,
        seed: round.seed,
        at: round.at,
        zone: &district.policy().zone,
        community: door.and_then(|door| door.community.as_ref()),
        earlier_claims,
        first_shift: district.policy().first_shift(),
    }
}

/// The facts of the pair of an applicant and a stretch, by its index in the inventory.
pub(super) fn pair(district: &District, application: &Application, stretch: usize) -> Option<PairFacts> {
    let inventory = district.inventory();
    let index = inventory.door_index(&application.resident.door)?;
    let straight = inventory.straight_line(index, stretch)?;
    let street = inventory.street(&inventory.stretches().get(stretch)?.street)?;
    let own = inventory.doors()[index].community.as_ref();
    Some(PairFacts { straight, same_community: own.is_some_and(|own| street.community.as_ref() == Some(own)) })
}
