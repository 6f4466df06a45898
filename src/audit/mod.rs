//! The independent look: check a whole district, or one market alone, and explain an answer: who is ahead, and the
//! smallest changes that would have made a no a yes.
//!
//! Invariant: never imports `allocation`. Optimality is proved by the numbers the answer carries, so a wrong solver
//! cannot pass, and a right one need not be believed.

mod again;
mod appeals;
mod application;
mod compare;
mod complaint_figures;
mod complaints;
mod explain;
mod figures;
mod finding;
mod full;
mod gains;
mod journal;
mod lifecycle;
mod limits;
mod line;
mod log;
mod market;
mod outcome;
mod party;
mod passing;
mod permits;
mod quotas;
mod rank;
mod round;
mod special;
mod vacancy;

pub use compare::{
    Compared, Comparison, EnvyFigures, GroupFigures, Grouping, HolderFigures, Labels, NotComparable, Spread, Waiting,
    compare,
};
pub use complaint_figures::{ComplaintFigures, DaysFigures, MonthFigures, complaint_figures};
pub use explain::{Better, Explainer, Explanation, LastAdmitted, Later, MoreSpaces, Nearby, SmallestChanges, explain};
pub use figures::{Figures, Revenue, WalkFigures, figures, revenue};
pub use finding::Finding;
pub use gains::{Gains, GainsBy, GroupGains, NotOneQuestion, Tally, compare_rounds};
pub use journal::check_journal;
pub use market::*;
pub use outcome::{
    DeniedClaim, Envy, Exchange, ExchangeStep, TradeStep, WastedSeat, WorseThanHeld, better_stable_cycles,
    check_outcome, envy_by_list, improvement_cycles, justified_envy, out_of_trade, top_claims_denied, wasted_seats,
    worse_than_held,
};
pub use vacancy::{FallFinding, check_fall};

use crate::calendar::{Timestamp, Window};
use crate::district::{District, Permit, Round};
use crate::policy::Bill;
use crate::units::{PermitId, ShiftId, StayId, StretchId, VehicleId};
use permits::{Change, History};
use std::collections::{BTreeMap, BTreeSet};

/// A stretch for a shift.
type Right<'a> = (&'a StretchId, Option<&'a ShiftId>);

/// Checks a district from its own state alone: every record against the fingerprint of its command, every round derived
/// again, every permit, every bill.
///
/// For each round: everybody who took part has exactly one answer; the reasons, score sheets and positions are those of
/// the rules; nobody is seated twice; no stretch is over capacity; the order is respected and the walk is the least,
/// proved by the prices and closed sets that the round carries; each cutoff is the right one. O(choices log choices) a
/// round.
///
/// The fingerprints find whatever was changed by accident. Whoever changes a record on purpose can recompute its
/// fingerprint too: against that, publish [`Journal::head`](crate::journal::Journal::head) from time to time.
///
/// # Errors
/// What was found, each with its witness. A round with the wrong people or places, or without proof, is not looked at
/// any further, since the rest would only echo.
///
/// ```
/// use shared_parking::{audit, sample};
/// assert_eq!(audit::check(&sample::small_district(1).unwrap()), Ok(()));
/// ```
pub fn check(district: &District) -> Result<(), Vec<Finding>> {
    let mut findings = Vec::new();
    if !district.is_as_founded() {
        findings.push(Finding::NotAsFounded);
    }
    log::check_log(district, &mut findings);
    application::check_applications(district, &mut findings);
    complaints::check_complaints(district, &mut findings);
    appeals::check_appeals(district, &mut findings);
    check_rounds_apart(district, &mut findings);
    check_passings_apart(district, &mut findings);
    lifecycle::check_order(district, &mut findings);
    let mut desk = special::Desk::open(district);
    let history = History::walk(district, |history, change| match change {
        Change::Issued(round) => round::check_round(district, round, history, &mut findings),
        Change::Passed(passing) => passing::check_passing(district, passing, &history.permits, &mut findings),
        Change::Accepted(..) => {}
        Change::Special(permit, step) => desk.check(permit, *step, &history.permits, &mut findings),
        Change::Changed(permit, changed) => {
            lifecycle::check_change(district, history, permit, changed, &mut findings);
        }
        Change::Reopened(appeal) => appeals::check_reopened(district, appeal, &history.permits, &mut findings),
    });
    check_permits(district, history, &mut findings);
    check_bills(district, &mut findings);
    special::check_uses(district, &mut findings);
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Each season has one round, and rounds stand in the order of their commands.
fn check_rounds_apart(district: &District, findings: &mut Vec<Finding>) {
    let mut seasons = BTreeSet::new();
    let mut before: Option<&Round> = None;
    for round in district.rounds() {
        let late = before.is_none_or(|before| before.by < round.by && before.at <= round.at);
        if !seasons.insert(&round.season) || !late {
            findings.push(Finding::RoundOutOfPlace(round.season.clone()));
        }
        before = Some(round);
    }
}

/// Each command passed spaces on once at the most, and what was passed on stands in the order of the commands.
fn check_passings_apart(district: &District, findings: &mut Vec<Finding>) {
    let late = district.passings().windows(2).filter(|pair| pair[0].by >= pair[1].by);
    findings.extend(late.map(|pair| Finding::WrongOffers(pair[1].season.clone(), pair[1].by)));
}

/// The permits in the state are those that the records lead to, and never exceed the spaces of their stretch, nor the
/// ceilings; an offer keeps its space as a permit does.
fn check_permits(district: &District, history: History, findings: &mut Vec<Finding>) {
    let History { permits: due, kept, strays, .. } = history;
    findings.extend(strays.into_iter().map(Finding::StrayPermit));
    let stands: BTreeMap<&PermitId, &Permit> = district.permits().map(|permit| (&permit.id, permit)).collect();
    let ids: BTreeSet<&PermitId> = due.keys().chain(stands.keys().copied()).collect();
    let strays = ids.into_iter().filter(|id| due.get(*id) != stands.get(*id).copied());
    findings.extend(strays.map(|id| Finding::StrayPermit(id.clone())));
    let mut changes: BTreeMap<Right<'_>, Vec<(Timestamp, i64)>> = BTreeMap::new();
    let permits = due.values().map(|permit| (&permit.stretch, permit.shift.as_ref(), permit.valid));
    let kept = kept.iter().map(|(stretch, shift, window)| (stretch, shift.as_ref(), *window));
    let mut windows = Vec::new();
    for (stretch, shift, window) in permits.chain(kept) {
        changes.entry((stretch, shift)).or_default().extend([(window.start(), 1), (window.end(), -1)]);
        windows.push((stretch, window));
    }
    full::check_ceilings(district, &windows, findings);
    for ((stretch, shift), mut steps) in changes {
        steps.sort_unstable(); // an end before a start at the same instant: windows are half-open
        let (mut now, mut most) = (0_i64, 0);
        for (_, step) in steps {
            now += step;
            most = most.max(now);
        }
        let (inventory, policy) = (district.inventory(), district.policy());
        let given = inventory.stretch(stretch).filter(|own| policy.rights_on(own, inventory).contains(&shift));
        let spaces = given.map_or(0, |own| policy.permits.permits_for(own.capacity));
        if most > i64::from(spaces) {
            findings.push(Finding::OverCapacity(stretch.clone(), u32::try_from(most).unwrap_or(u32::MAX), spaces));
        }
    }
}

/// What a stay keeps in use: a permit, of a special permit one vehicle alone.
type User<'a> = (&'a PermitId, Option<&'a VehicleId>);

/// Every bill is the one that the policy gives for its stay, which had ended by then, every line follows from its basis,
/// and no permit (of a special permit no vehicle) is in two stays at once. The tariff is the law here; that it is priced
/// rightly is proved by the tests' naive pricer.
fn check_bills(district: &District, findings: &mut Vec<Finding>) {
    let instants: BTreeMap<u64, Timestamp> = district.commands().map(|(_, log)| (log.number, log.at)).collect();
    let mut uses: BTreeMap<User<'_>, Vec<(Window, &StayId)>> = BTreeMap::new();
    for billed in district.stays() {
        let again = district.price(&billed.stay);
        let ended = instants.get(&billed.by).is_none_or(|&at| billed.stay.window.end() <= at);
        if !ended || !billed.bill.adds_up() || again.as_ref().ok() != Some::<&Bill>(&billed.bill) {
            findings.push(Finding::WrongBill(billed.stay.id.clone()));
        }
        if let Some(permit) = &billed.stay.permit {
            let one_of_many = district.special_permit(permit).map(|_| &billed.stay.vehicle);
            uses.entry((permit, one_of_many)).or_default().push((billed.stay.window, &billed.stay.id));
        }
    }
    for mut stays in uses.into_values() {
        stays.sort_unstable();
        let clashes = stays.windows(2).filter(|pair| pair[0].0.overlaps(pair[1].0));
        findings.extend(clashes.map(|pair| Finding::WrongBill(pair[1].1.clone())));
    }
}
