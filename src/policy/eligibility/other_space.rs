//! The household has no off-street space of its own.

use super::{Reason, word};
use crate::people::{OtherSpace, Resident};
use crate::refusal::Refusal;

pub(super) fn judge(resident: &Resident) -> Option<Reason> {
    let found = || format!("an off-street space, {}", word(resident.other_space));
    (resident.other_space != OtherSpace::None).then(|| Reason::new(Refusal::OtherSpace, found()))
}
