//! The independent look: check a whole district, or one market alone, and explain an answer.
//!
//! Invariant: never imports `allocation`. Optimality is proved by the numbers the answer carries, so a wrong solver
//! cannot pass, and a right one need not be believed.

mod explain;
mod figures;
mod finding;
mod market;
mod party;
mod round;

pub use explain::{Explanation, explain};
pub use figures::{Figures, WalkFigures, figures};
pub use finding::Finding;
pub use market::*;

use crate::calendar::Timestamp;
use crate::district::{District, Permit, Round};
use crate::policy::Bill;
use crate::units::{PermitId, StretchId};
use std::collections::BTreeMap;

/// Checks a district from its own state alone: every round derived again, every permit, every bill.
///
/// For each round: everybody who took part has exactly one answer; the reasons, score sheets and positions are those of
/// the rules; nobody is seated twice; no stretch is over capacity; the order is respected and the walk is the least,
/// proved by the prices and closed sets that the round carries; each cutoff is the right one. O(choices log choices) a
/// round.
///
/// # Errors
/// Everything found, each with its witness.
///
/// ```
/// use shared_parking::{audit, sample};
/// assert_eq!(audit::check(&sample::small_district(1).unwrap()), Ok(()));
/// ```
pub fn check(district: &District) -> Result<(), Vec<Finding>> {
    let mut findings = Vec::new();
    for round in district.rounds() {
        round::check_round(district, round, &mut findings);
    }
    check_permits(district, &mut findings);
    check_bills(district, &mut findings);
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// The permits in the state are those of the rounds, and never exceed the spaces of their stretch at any instant.
fn check_permits(district: &District, findings: &mut Vec<Finding>) {
    let issued: BTreeMap<&PermitId, &Permit> =
        district.rounds().iter().flat_map(Round::permits).map(|permit| (&permit.id, permit)).collect();
    let kept: BTreeMap<&PermitId, &Permit> = district.permits().map(|permit| (&permit.id, permit)).collect();
    let strays = issued.iter().filter(|(id, permit)| kept.get(*id) != Some(permit));
    let strays = strays.chain(kept.iter().filter(|(id, _)| !issued.contains_key(*id)));
    findings.extend(strays.map(|(id, _)| Finding::StrayPermit((*id).clone())));

    let mut changes: BTreeMap<&StretchId, Vec<(Timestamp, i64)>> = BTreeMap::new();
    for permit in kept.values() {
        let at = changes.entry(&permit.stretch).or_default();
        at.extend([(permit.valid.start(), 1), (permit.valid.end(), -1)]);
    }
    for (stretch, mut steps) in changes {
        steps.sort_unstable(); // an end before a start at the same instant: windows are half-open
        let (mut now, mut most) = (0_i64, 0);
        for (_, step) in steps {
            now += step;
            most = most.max(now);
        }
        let spaces = district.inventory().stretch(stretch).map_or(0, |own| own.capacity);
        if most > i64::from(spaces) {
            findings.push(Finding::OverCapacity(stretch.clone(), u32::try_from(most).unwrap_or(u32::MAX), spaces));
        }
    }
}

/// Every bill is the one that the tariff gives for its stay, and every line follows from its basis.
fn check_bills(district: &District, findings: &mut Vec<Finding>) {
    for billed in district.stays() {
        let again = district.quote(&billed.stay);
        if !billed.bill.adds_up() || again.as_ref().ok() != Some::<&Bill>(&billed.bill) {
            findings.push(Finding::WrongBill(billed.stay.id.clone()));
        }
    }
}
