//! The fewest documents that would have to stand in another name.

use crate::people::{Documents, Holder};
use crate::policy::Tier;

const HOLDERS: [Holder; 6] =
    [Holder::Applicant, Holder::Spouse, Holder::Parent, Holder::Child, Holder::Other, Holder::Absent];

/// The documents nearest to these that satisfy a tier of each list; `None` when none do. All combinations of holders are
/// tried. Of those with equally many changes the first is told: by the first document that changes, then by the holders.
pub(super) fn nearest(own: Documents, lists: &[&[Tier]]) -> Option<Documents> {
    let fits = |documents: Documents| lists.iter().all(|tiers| tiers.iter().any(|tier| tier.admits(documents)));
    if fits(own) {
        return Some(own);
    }
    let kept = |to: &Documents| {
        [
            to.title == own.title,
            to.register == own.register,
            to.licence == own.licence,
            to.driving_licence == own.driving_licence,
            to.insurance == own.insurance,
        ]
    };
    let key = |to: &Documents| {
        let kept = kept(to);
        (kept.iter().filter(|kept| !**kept).count(), kept, *to)
    };
    all().filter(|&to| fits(to)).min_by_key(key)
}

/// Every combination of holders.
fn all() -> impl Iterator<Item = Documents> {
    let pairs = || HOLDERS.into_iter().flat_map(|one| HOLDERS.map(|other| (one, other)));
    pairs().flat_map(move |(title, register)| {
        pairs().flat_map(move |(licence, driving_licence)| {
            HOLDERS.map(|insurance| Documents { title, register, licence, driving_licence, insurance })
        })
    })
}
