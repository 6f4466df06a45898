//! A household has so many permits and no more; its earliest claims count.

use super::{Claims, Reason};
use crate::refusal::Refusal;

pub(super) fn judge(claims: Claims, at_most: u32) -> Option<Reason> {
    let found = || format!("{} earlier claims of the household, at most {at_most}", claims.household);
    (claims.household >= at_most).then(|| Reason::new(Refusal::HouseholdCertified, found()))
}
