//! The documents fall into one of the tiers of the standing.

use super::{Reason, word};
use crate::people::Resident;
use crate::policy::standing::Tier;
use crate::refusal::Refusal;

pub(super) fn judge(resident: &Resident, tiers: &[Tier]) -> Option<Reason> {
    let documents = resident.documents;
    let found = || {
        let (title, register, licence) = (word(documents.title), word(documents.register), word(documents.licence));
        let three = format!("title {title}, register {register}, licence {licence}");
        // Two more are told where they were shown.
        let more = [("driving licence", documents.driving_licence), ("insurance", documents.insurance)];
        let more = more.into_iter().filter(|(_, holder)| !holder.is_absent());
        more.fold(three, |told, (name, holder)| format!("{told}, {name} {}", word(holder)))
    };
    let fits = tiers.iter().any(|tier| tier.admits(documents));
    (!fits).then(|| Reason::new(Refusal::DocumentsDisagree, found()))
}
