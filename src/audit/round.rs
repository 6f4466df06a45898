//! Checking a round from the district alone: who took part, in which order, over which choices, with which proof.
//!
//! Invariant: nothing is taken from the round but its claims, and neither the district's own queue nor a solver is
//! called.

use super::again::Again;
use super::finding::Finding;
use super::outcome::check_outcome;
use super::party::Party;
use super::permits::History;
use crate::calendar::{TimeOfDay, Timestamp};
use crate::district::{District, Permit, Round};

/// Checks one round; `history` is what stood before it. O(choices log choices).
pub(super) fn check_round(district: &District, round: &Round, history: &History, findings: &mut Vec<Finding>) {
    let season = &round.season;
    let before = findings.len();
    if round.mechanism != district.policy().round.mechanism {
        findings.push(Finding::WrongMechanism(season.clone()));
    }
    let in_force: Vec<Permit> =
        history.permits.values().filter(|permit| permit.valid.contains(round.at)).cloned().collect();
    let party = Party::gather(district, round, &in_force, history, findings);
    let again = match Again::build(district, round, party, &in_force) {
        Ok(again) => again,
        Err(flaws) => return findings.push(Finding::Unsound(season.clone(), flaws)),
    };
    again.check_offer(findings);
    if findings.len() > before {
        return; // without the right people and places the rest would only echo
    }
    let allocation = again.claimed();
    if let Err(faults) = check_outcome(again.market(), round.mechanism, round.seed, &allocation) {
        findings.extend(faults.into_iter().map(|fault| Finding::NotProved(season.clone(), fault)));
        return; // cutoffs follow from a proof
    }
    again.check_answers(&allocation, findings);
}

/// When the permits of a round end: with the day on which their months are over.
pub(super) fn valid_until(district: &District, round: &Round) -> Timestamp {
    let policy = district.policy();
    let last = policy.zone.local(round.at).date.plus_months(policy.permits.valid_months);
    policy.zone.instant(last, TimeOfDay::MIDNIGHT)
}
