//! Checking a journal: every entry follows from its command, and together they lead to a sound district.

use super::check;
use super::finding::Finding;
use crate::district::{Action, District, Entry};
use crate::journal::Journal;

/// Checks a journal from its genesis on: the genesis is sound, the events of each entry are what its command led to, and
/// the district they lead to is sound.
///
/// Every command but that of a round is decided again and compared. A round is not drawn again: its answers are proved by
/// [`check`], so a better solver does not make an old journal wrong. O(everything that happened).
///
/// # Errors
/// Everything found, each with its witness.
///
/// ```
/// use shared_parking::{Journal, audit, sample};
/// let journal = Journal::new(sample::small_district(1).unwrap());
/// assert_eq!(audit::check_journal(&journal), Ok(()));
/// ```
pub fn check_journal(journal: &Journal) -> Result<(), Vec<Finding>> {
    let mut findings = check(journal.genesis()).err().unwrap_or_default();
    let mut district = journal.genesis().clone();
    for (number, entry) in journal.entries().iter().enumerate() {
        if !follows(&district, entry) {
            findings.push(Finding::WrongEntry(number, entry.command.id.clone()));
        }
        district.apply(entry);
    }
    if district != *journal.district() {
        findings.push(Finding::WrongReplay);
    }
    findings.extend(check(&district).err().unwrap_or_default());
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

fn follows(district: &District, entry: &Entry) -> bool {
    let command = &entry.command;
    let new = district.command(&command.id).is_none() && district.clock().is_none_or(|clock| clock <= command.at);
    let again = match &command.action {
        Action::HoldRound { season, .. } => district.rounds().iter().all(|round| round.season != *season),
        _ => district.decide(command).is_ok_and(|events| events == entry.events),
    };
    new && again && entry.is_answered()
}
