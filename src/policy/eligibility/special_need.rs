//! The applicant has a need that the rule names.

use super::{Reason, word};
use crate::people::{Resident, SpecialNeed};
use crate::policy::points::has_need;
use crate::refusal::Refusal;

pub(super) fn judge(resident: &Resident, needs: Option<&[SpecialNeed]>) -> Option<Reason> {
    let asked = || {
        let needs: Vec<String> = needs.into_iter().flatten().map(word).collect();
        if needs.is_empty() { "any".to_owned() } else { needs.join(", ") }
    };
    let found = || format!("special need {}, asked for: {}", word(resident.special_need), asked());
    (!has_need(resident.special_need, needs)).then(|| Reason::new(Refusal::NoSpecialNeed, found()))
}
