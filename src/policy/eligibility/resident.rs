//! A resident has one permit and no more, in whatever household.

use super::{Claims, Reason};
use crate::refusal::Refusal;

pub(super) fn judge(claims: Claims) -> Option<Reason> {
    let found = || format!("{} earlier claims of the resident", claims.resident);
    (claims.resident > 0).then(|| Reason::new(Refusal::ResidentCertified, found()))
}
