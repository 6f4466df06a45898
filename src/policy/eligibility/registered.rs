//! The applicant is registered as a resident of the area.

use super::Reason;
use crate::people::Resident;
use crate::refusal::Refusal;

pub(super) fn judge(resident: &Resident) -> Option<Reason> {
    (!resident.registered).then(|| Reason::new(Refusal::NotResident, "not registered in the area"))
}
