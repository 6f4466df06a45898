//! What became of a permit after it was given: its changes, its renewal, its end.
//!
//! Invariant: read from what the district remembers alone; that a permit's time is over is told as of the latest command.

use super::later::Later;
use crate::calendar::Timestamp;
use crate::district::{Change, District, Permit, Round};
use crate::units::PermitId;
use std::collections::BTreeMap;
use std::fmt;

/// The permits that later rounds renewed, each with the one that took its place and the number of that round's command.
pub(super) type Renewals<'a> = BTreeMap<&'a PermitId, (u64, &'a Permit)>;

/// Those of the permits of this round and of the rounds before. O(permits of later rounds).
pub(super) fn renewals<'a>(district: &'a District, round: &Round) -> Renewals<'a> {
    let later = district.rounds().iter().filter(|later| later.by > round.by);
    let renewed =
        |later: &'a Round| later.permits().filter_map(|permit| Some((permit.renews.as_ref()?, (later.by, permit))));
    later.flat_map(renewed).collect()
}

/// What happened to a permit, each with its instant and the number of its command; its end by time has none and comes
/// before the commands of its instant. Nothing for an offer. O(changes).
pub(super) fn of(district: &District, permit: &PermitId, renewals: &Renewals<'_>) -> Vec<(Timestamp, u64, Later)> {
    let changes = district.changes_of(permit).iter().map(|changed| {
        let (at, change) = (changed.at, Box::new(changed.change.clone()));
        (at, changed.by, Later::PermitChanged { at, change })
    });
    let renewed = renewals.get(permit).map(|&(by, next)| {
        let (at, season) = (next.valid.start(), next.season.clone());
        (at, by, Later::Renewed { at, season, stretch: next.stretch.clone(), walk: next.walk })
    });
    let over = |held: &&Permit| {
        let cut_short = held.offer.is_some() || held.ended.is_some() || renewed.is_some();
        !cut_short && district.clock().is_some_and(|clock| held.valid.end() <= clock)
    };
    let expired = district.permit(permit).filter(over).map(|held| {
        let at = held.valid.end();
        (at, 0, Later::Expired { at })
    });
    changes.chain(renewed).chain(expired).collect()
}

/// A change in words, without a word on the facts of whoever took a permit over.
pub(super) fn say(at: Timestamp, change: &Change, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "at {at} ")?;
    match change {
        Change::Suspended { reason } => write!(f, "the permit was suspended ({reason})"),
        Change::Reinstated => write!(f, "the suspension was lifted"),
        Change::Revoked { reason } => write!(f, "the permit was revoked ({reason})"),
        Change::GivenBack => write!(f, "the permit was given back"),
        Change::VehicleChanged(vehicle) => write!(f, "vehicle {} took the place of the one before", vehicle.id),
        Change::Moved { kept: Some(reach), .. } => {
            write!(f, "the household moved, and the permit stayed, {} from the new door", reach.walk)
        }
        Change::Moved { kept: None, .. } => write!(f, "the household moved, and the permit ended"),
        Change::Died { heir: Some(_) } => {
            write!(f, "the holder died, and somebody of the household took the permit over")
        }
        Change::Died { heir: None } => write!(f, "the holder died, and the permit ended"),
        Change::VehicleSold { another_by: Some(until) } => {
            write!(f, "the vehicle was sold, and the permit suspended for another to come before {until}")
        }
        Change::VehicleSold { another_by: None } => write!(f, "the vehicle was sold, and the permit ended"),
        Change::VehicleLapsed => write!(f, "the permit ended, for no other vehicle had come in time"),
    }
}
