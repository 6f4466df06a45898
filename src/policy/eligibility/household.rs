//! A household has so many permits and no more; its earliest claims count.

use super::Reason;
use crate::refusal::Refusal;

pub(super) fn judge(claims: u32, at_most: u32) -> Option<Reason> {
    let found = || format!("{claims} earlier claims of the household, at most {at_most}");
    (claims >= at_most).then(|| Reason::new(Refusal::HouseholdCertified, found()))
}
