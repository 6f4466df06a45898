//! The smallest changes that would have seated somebody who is left out, each on its own, all else as it was.

use super::table::Table;
use crate::district::{Cutoff, District};
use crate::inventory::{Walk, Walker};
use crate::units::{ApplicationId, Centimetres, StretchId};

/// The longest limit that a policy can set: nothing is looked for beyond it.
const LONGEST: Centimetres = Centimetres::metres(10_000);

/// The smallest change of each kind that would have seated an applicant who is left out. Each is enough on its own, with
/// everything else as it was: the queue, the spaces, everybody's choices; and a smaller one of its kind is not.
///
/// In a round by another mechanism than the optimal one only a position is told, and that only in a serial dictatorship:
/// elsewhere no single change is sure to be enough.
///
/// They are worked out from the round as it is recorded. That the round is sound, [`check`](crate::audit::check) says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmallestChanges {
    /// A position in the queue before this one, the cutoff's: with 302, with 306, and, in a serial dictatorship, 304.
    pub before_position: Option<u32>,
    /// So many more spaces at one of these stretches within the walking limit; none with 301, when there is no stretch
    /// within it that permits may name. None either where the policy has ceilings: they would keep more spaces free.
    pub spaces: Option<MoreSpaces>,
    /// The nearest stretch beyond the walking limit that is not closed to the applicant. A walking limit as long as the
    /// walk to it would have been enough, a centimetre less not. The limit is the applicant's alone: if it changed for
    /// everybody, those ahead would have more choices too. `None` when there is no such stretch within 10 km, the longest
    /// limit that a policy can set.
    pub walk_limit: Option<Nearby>,
}

/// The fewest spaces that would have seated an applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoreSpaces {
    /// How many: 1, and one more for each person ahead who waits and would take a space there first. Fewer spaces would
    /// not have been enough on any stretches of the district.
    pub count: u32,
    /// Where: all of them on any one of these stretches, nearest first.
    pub at: Vec<Nearby>,
}

/// A stretch and the walk to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// The walk from the door.
    pub walk: Centimetres,
    /// The stretch.
    pub stretch: StretchId,
    /// The street's name, or its id when it has none.
    pub street: String,
}

/// Who asks.
pub(super) struct Applicant<'a> {
    pub(super) id: &'a ApplicationId,
    pub(super) position: u32,
    pub(super) cutoff: Option<&'a Cutoff>,
}

/// The smallest change of each kind. `own` are the walks within the limit, nearest first.
pub(super) fn smallest<'a>(
    district: &'a District,
    table: &mut Table<'a>,
    walker: &mut Walker<'a>,
    applicant: &Applicant<'_>,
    own: &[Walk],
) -> SmallestChanges {
    let nearby = |walk: &Walk| {
        let stretch = &district.inventory().stretches()[walk.stretch];
        Nearby { walk: walk.distance, stretch: stretch.id.clone(), street: super::street(district, stretch) }
    };
    let unlimited = district.policy().ceilings.is_empty();
    let more = unlimited.then(|| table.spaces(applicant.position, applicant.id)).flatten();
    let spaces = more.map(|(count, stretches)| {
        let named = |walk: &&Walk| stretches.contains(&&district.inventory().stretches()[walk.stretch].id);
        MoreSpaces { count, at: own.iter().filter(named).map(nearby).collect() }
    });
    let farther = farther(district, table, walker, applicant);
    SmallestChanges {
        before_position: applicant.cutoff.map(|cutoff| cutoff.position),
        spaces,
        walk_limit: farther.as_ref().map(nearby),
    }
}

/// The nearest stretch beyond the limit that the applicant wants and that is open to them. The limit is doubled until one is found, all
/// stretches are reached, or no policy could allow more: at most 14 walks from the door.
fn farther(district: &District, table: &Table<'_>, walker: &mut Walker<'_>, applicant: &Applicant<'_>) -> Option<Walk> {
    let inventory = district.inventory();
    let application = district.application(applicant.id)?.as_of(table.held_by());
    let door = inventory.door_index(&application.resident.door)?;
    let wanted = |walk: &Walk| application.preferences.rank(&inventory.stretches()[walk.stretch].street).is_some();
    let shift = district.policy().shift_asked(application);
    let open_at = |walk: &Walk| table.is_open(&inventory.stretches()[walk.stretch].id, shift, applicant.position);
    let within = district.policy().permits.walk_limit();
    let (mut limit, mut walks) = (within, Vec::new());
    while limit < LONGEST && walks.len() < inventory.stretches().len() {
        limit = (limit + limit).min(LONGEST);
        walker.walks(door, limit, &mut walks);
        let open = |walk: &&Walk| walk.distance > within && wanted(walk) && open_at(walk);
        if let Some(&walk) = walks.iter().find(open) {
            return Some(walk);
        }
    }
    None
}
