//! Unpaid charges stay within an amount.

use super::Reason;
use crate::people::Resident;
use crate::refusal::Refusal;
use crate::units::Money;

pub(super) fn judge(resident: &Resident, amount: Money) -> Option<Reason> {
    let found = || format!("arrears of {} minor units, at most {}", resident.arrears.as_minor(), amount.as_minor());
    (resident.arrears > amount).then(|| Reason::new(Refusal::ArrearsOutstanding, found()))
}
