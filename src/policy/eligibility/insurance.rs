//! The insurance is valid on the day of the decision, its last day included.

use super::Reason;
use crate::calendar::Date;
use crate::people::Vehicle;
use crate::refusal::Refusal;

pub(super) fn judge(vehicle: &Vehicle, today: Date) -> Option<Reason> {
    let found = || format!("insured until {}, decided on {today}", vehicle.insured_until);
    (vehicle.insured_until < today).then(|| Reason::new(Refusal::InsuranceLapsed, found()))
}
