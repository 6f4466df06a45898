//! Applications as they were recorded, amended, asked for papers and withdrawn, against the rules for doing so.

use super::finding::Finding;
use crate::calendar::Timestamp;
use crate::district::{Correction, District, Recorded};
use crate::people::Application;
use crate::units::ApplicationId;
use std::collections::BTreeMap;

/// Checks that each application names ground that there is, contradicts nothing, is not dated after its command, and was
/// amended, asked for papers and withdrawn only while it had led to nothing. O(applications + permits, log each).
pub(super) fn check_applications(district: &District, findings: &mut Vec<Finding>) {
    let instants: BTreeMap<u64, Timestamp> = district.commands().map(|(_, log)| (log.number, log.at)).collect();
    let used = first_used(district);
    let corrected = corrections(district);
    let sound = |recorded: &Recorded| {
        let used = used.get(&recorded.application.id).copied();
        let before_use = |by: u64| recorded.by < by && used.is_none_or(|used| by < used);
        let last = recorded.withdrawn.unwrap_or(u64::MAX);
        let amended: Vec<u64> = recorded.earlier.iter().map(|facts| facts.until).collect();
        let asked: Vec<u64> = recorded.requests.iter().map(|request| request.by).collect();
        let facts: Vec<&Application> =
            recorded.earlier.iter().map(|facts| &facts.application).chain([&recorded.application]).collect();
        // An upheld appeal may lead to a permit at once.
        let replaced = |(pair, &by): (&[&Application], &u64)| match corrected.get(&(&pair[0].id, by)) {
            Some(&to) => pair[1] == to && recorded.by < by && used.is_none_or(|used| by <= used),
            None => follows(pair[0], pair[1]) && before_use(by),
        };
        instants.get(&recorded.by).is_some_and(|&at| recorded.application.applied_at <= at)
            && facts.iter().all(|facts| is_on_the_ground(district, facts))
            && facts.windows(2).zip(&amended).all(replaced)
            && [&amended, &asked].into_iter().all(|own| own.is_sorted_by(|a, b| a < b))
            && amended.iter().chain(&asked).all(|&by| by < last)
            && asked.iter().all(|&by| before_use(by))
            && recorded.requests.iter().all(|request| !request.missing.is_empty())
            && recorded.withdrawn.is_none_or(before_use)
    };
    for recorded in district.applications().filter(|recorded| !sound(recorded)) {
        findings.push(Finding::WrongApplication(recorded.application.id.clone()));
    }
}

/// The facts that upheld appeals put right, by application and command; that they may be is checked with the appeals.
pub(super) fn corrections(district: &District) -> BTreeMap<(&ApplicationId, u64), &Application> {
    let upheld = district.appeals().filter_map(|recorded| Some((&recorded.appeal.application, recorded.correction()?)));
    let facts = upheld.filter_map(|(id, (correction, by))| match correction {
        Correction::Fact(facts) => Some(((id, by), &**facts)),
        Correction::Rule(_) => None,
    });
    facts.collect()
}

/// The number of the command by which each application first led to a permit or an offer. O(permits log permits).
pub(super) fn first_used(district: &District) -> BTreeMap<&ApplicationId, u64> {
    let mut used: BTreeMap<&ApplicationId, u64> = BTreeMap::new();
    let rounds = district.rounds().iter().flat_map(|round| round.permits().map(|permit| (permit, round.by)));
    let passed = district.passings().iter();
    let passed = passed.flat_map(|passing| passing.passed.iter().map(|passed| (&passed.permit, passing.by)));
    for (permit, by) in rounds.chain(passed) {
        let first = used.entry(&permit.application).or_insert(by);
        *first = by.min(*first);
    }
    used
}

/// Whether facts name a door and streets that there are, preferences that contradict nothing, a waiting that did not begin
/// after they were handed in, and a sharing record that can be.
pub(super) fn is_on_the_ground(district: &District, facts: &Application) -> bool {
    let mut streets = facts.preferences.ranked.iter().chain(&facts.preferences.excluded);
    district.inventory().door(&facts.resident.door).is_some()
        && streets.all(|street| district.inventory().street(street).is_some())
        && facts.preferences.check().is_ok()
        && facts.waiting_since.is_none_or(|since| since <= facts.applied_at)
        && facts.resident.sharing.days <= 366
        && facts.resident.sharing.hours.div_ceil(24) <= facts.resident.sharing.days
        && district.policy().has_shift_of(facts)
}

/// Whether facts may take the place of others: of the same application, date, person and household, waiting no shorter.
fn follows(before: &Application, after: &Application) -> bool {
    let fixed = |facts: &Application| {
        (facts.id.clone(), facts.applied_at, facts.resident.id.clone(), facts.resident.household.clone())
    };
    let waits_since = |facts: &Application| facts.waiting_since.into_iter().fold(facts.applied_at, Ord::min);
    fixed(before) == fixed(after) && waits_since(after) <= waits_since(before)
}
