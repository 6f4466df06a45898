//! Applications as they were recorded and withdrawn, against the rules for doing so.

use super::finding::Finding;
use crate::calendar::Timestamp;
use crate::district::{District, Recorded};
use crate::units::ApplicationId;
use std::collections::BTreeMap;

/// Checks that each application names ground that there is, contradicts nothing, is not dated after its command, and was
/// withdrawn only while it had led to nothing. O(applications + permits, log each).
pub(super) fn check_applications(district: &District, findings: &mut Vec<Finding>) {
    let instants: BTreeMap<u64, Timestamp> = district.commands().map(|(_, log)| (log.number, log.at)).collect();
    let mut used: BTreeMap<&ApplicationId, u64> = BTreeMap::new();
    let rounds = district.rounds().iter().flat_map(|round| round.permits().map(|permit| (permit, round.by)));
    let passed = district.passings().iter();
    let passed = passed.flat_map(|passing| passing.passed.iter().map(|passed| (&passed.permit, passing.by)));
    for (permit, by) in rounds.chain(passed) {
        let first = used.entry(&permit.application).or_insert(by);
        *first = by.min(*first);
    }
    let sound = |recorded: &Recorded| {
        let application = &recorded.application;
        let mut streets = application.preferences.ranked.iter().chain(&application.preferences.excluded);
        let used = used.get(&application.id).copied();
        instants.get(&recorded.by).is_some_and(|&at| application.applied_at <= at)
            && district.inventory().door(&application.resident.door).is_some()
            && streets.all(|street| district.inventory().street(street).is_some())
            && application.preferences.check().is_ok()
            && recorded.withdrawn.is_none_or(|by| recorded.by < by && used.is_none_or(|used| by < used))
    };
    for recorded in district.applications().filter(|recorded| !sound(recorded)) {
        findings.push(Finding::WrongApplication(recorded.application.id.clone()));
    }
}
