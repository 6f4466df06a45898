//! An address has so many permits and no more; its earliest claims count.

use super::{Claims, Reason};
use crate::refusal::Refusal;

pub(super) fn judge(claims: Claims, at_most: u32) -> Option<Reason> {
    let found = || format!("{} earlier claims at the door, at most {at_most}", claims.door);
    (claims.door >= at_most).then(|| Reason::new(Refusal::AddressFull, found()))
}
