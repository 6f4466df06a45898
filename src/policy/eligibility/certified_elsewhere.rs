//! Neither applicant nor vehicle holds a permit of another area.

use super::Reason;
use crate::people::Resident;
use crate::refusal::Refusal;

pub(super) fn judge(resident: &Resident) -> Option<Reason> {
    resident.certified_elsewhere.then(|| Reason::new(Refusal::CertifiedElsewhere, "holds a permit of another area"))
}
