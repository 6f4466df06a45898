//! The documents fall into one of the tiers of the standing.

use super::{Reason, word};
use crate::people::Resident;
use crate::policy::standing::Tier;
use crate::refusal::Refusal;

pub(super) fn judge(resident: &Resident, tiers: &[Tier]) -> Option<Reason> {
    let documents = resident.documents;
    let found = || {
        let (title, register, licence) = (word(documents.title), word(documents.register), word(documents.licence));
        format!("title {title}, register {register}, licence {licence}")
    };
    let fits = tiers.iter().any(|tier| tier.admits(documents));
    (!fits).then(|| Reason::new(Refusal::DocumentsDisagree, found()))
}
