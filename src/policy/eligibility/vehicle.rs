//! A vehicle has one permit and no more, in whosever name.

use super::{Claims, Reason};
use crate::refusal::Refusal;

pub(super) fn judge(claims: Claims) -> Option<Reason> {
    let found = || format!("{} earlier claims for the vehicle", claims.vehicle);
    (claims.vehicle > 0).then(|| Reason::new(Refusal::VehicleCertified, found()))
}
