//! The changes told are enough, and no smaller set is: sets of other values of the facts are tried one by one.

use super::case::Case;
use super::{drawn, town};
use shared_parking::people::{Documents, Holder, OtherSpace, PlateOrigin, SpecialNeed, VehicleClass, VehicleUse};
use shared_parking::policy::{Claims, FactChange, Reason, WhatIf};
use shared_parking::{Chance, Date, Inventory, Money, Policy};
use std::collections::BTreeMap;

/// A way to change one fact: the number of the fact, and the change.
type Step = (usize, Box<dyn Fn(&mut Case)>);

/// Every other value that each fact could have, fact by fact: all there are, where they are few; of days and amounts the
/// most favourable; of the day of the decision the next five weeks.
fn steps(case: &Case) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    fn add(steps: &mut Vec<Step>, fact: usize, change: impl Fn(&mut Case) + 'static) {
        steps.push((fact, Box::new(change)));
    }
    add(&mut steps, 0, |case| case.application.resident.registered = true);
    for origin in [PlateOrigin::Local, PlateOrigin::Other] {
        add(&mut steps, 1, move |case| case.application.vehicle.plate_origin = origin);
    }
    for class in [VehicleClass::Small, VehicleClass::Large, VehicleClass::Motorcycle] {
        add(&mut steps, 2, move |case| case.application.vehicle.class = class);
    }
    for usage in [VehicleUse::Private, VehicleUse::Organisation, VehicleUse::Commercial, VehicleUse::Goods] {
        add(&mut steps, 3, move |case| case.application.vehicle.usage = usage);
    }
    let far: Date = "2099-12-31".parse().expect("a date");
    add(&mut steps, 4, move |case| case.application.vehicle.insured_until = far);
    add(&mut steps, 5, move |case| case.application.vehicle.inspected_until = far);
    add(&mut steps, 6, |case| case.application.resident.other_space = OtherSpace::None);
    add(&mut steps, 7, |case| case.application.resident.certified_elsewhere = false);
    add(&mut steps, 8, |case| case.application.resident.arrears = Money::ZERO);
    let papers: [fn(&mut Documents) -> &mut Holder; 5] = [
        |own| &mut own.title,
        |own| &mut own.register,
        |own| &mut own.licence,
        |own| &mut own.driving_licence,
        |own| &mut own.insurance,
    ];
    for (fact, paper) in (9..).zip(papers) {
        for holder in drawn::HOLDERS {
            add(&mut steps, fact, move |case| *paper(&mut case.application.resident.documents) = holder);
        }
    }
    let claims: [fn(&mut Claims) -> &mut u32; 4] =
        [|own| &mut own.household, |own| &mut own.vehicle, |own| &mut own.resident, |own| &mut own.door];
    for (fact, claim) in (14..).zip(claims) {
        for fewer in 0..*claim(&mut case.claims.clone()) {
            add(&mut steps, fact, move |case| *claim(&mut case.claims) = fewer);
        }
    }
    for (door, ..) in town::DOORS {
        add(&mut steps, 18, move |case| case.application.resident.door = door.parse().expect("an id"));
    }
    for later in 1..=35 {
        let day = case.today.plus_days(later);
        add(&mut steps, 19, move |case| case.today = day);
    }
    for need in [SpecialNeed::None, SpecialNeed::Disability, SpecialNeed::WoundedVeteran] {
        add(&mut steps, 20, move |case| case.application.resident.special_need = need);
    }
    steps
}

/// Whether some set of so many facts makes a goal true.
fn some_set(case: &Case, steps: &[Step], size: usize, goal: &impl Fn(&Case) -> bool) -> bool {
    if size == 0 {
        return goal(case);
    }
    (0..steps.len()).any(|at| {
        let mut changed = case.clone();
        steps[at].1(&mut changed);
        let rest = steps[at..].iter().position(|(fact, _)| *fact != steps[at].0).map_or(steps.len(), |next| at + next);
        some_set(&changed, &steps[rest..], size - 1, goal)
    })
}

/// No set of fewer facts does, looked for up to two facts; `told` is the number of those told, `None` when nothing does.
fn assert_smallest(case: &Case, told: Option<usize>, goal: &impl Fn(&Case) -> bool) {
    let steps = steps(case);
    for size in 0..told.unwrap_or(usize::MAX).min(3) {
        assert!(!some_set(case, &steps, size, goal), "{size} facts are enough");
    }
}

/// What was told, and how often: the number of facts for each refusal, the number for all of them, and each fact.
type Met = BTreeMap<String, usize>;

/// Each reason goes with its changes and no other comes, and fewer facts would not do.
fn check_each(policy: &Policy, case: &Case, town: &Inventory, met: &mut Met) {
    let (failing, circumstances) = (case.failing(policy, town), case.circumstances(policy, town));
    let found = policy.what_if(&case.application, &circumstances);
    let told: Vec<Reason> = found.iter().map(|what_if| what_if.reason.clone()).collect();
    assert_eq!(told, case.reasons(policy, town), "the reasons, in order");
    for WhatIf { reason, changes } in &found {
        let gives =
            |at: &usize| policy.eligibility[*at].judge(&case.application, &circumstances).as_ref() == Some(reason);
        let own = (0..policy.eligibility.len()).find(gives).expect("a rule that gives it");
        let goal = |case: &Case| {
            let left = case.failing(policy, town);
            !left.contains(&own) && left.is_subset(&failing)
        };
        let enough = !changes.is_empty();
        assert_eq!(goal(&case.with(changes)), enough, "{reason:?} {changes:?}");
        assert_smallest(case, enough.then_some(changes.len()), &goal);
        *met.entry(format!("{} of {}", changes.len(), reason.refusal.number())).or_default() += 1;
    }
}

/// All reasons go with the changes for all, and fewer facts would not do.
fn check_all(policy: &Policy, case: &Case, town: &Inventory, met: &mut Met) {
    let all = policy.what_if_all(&case.application, &case.circumstances(policy, town));
    let goal = |case: &Case| case.failing(policy, town).is_empty();
    assert_smallest(case, all.as_ref().map(Vec::len), &goal);
    let size = all.as_ref().map_or_else(|| "nothing".to_owned(), |all| all.len().min(4).to_string());
    *met.entry(format!("all: {size}")).or_default() += 1;
    let Some(all) = all else { return };
    assert!(goal(&case.with(&all)), "{all:?}");
    for (left_out, change) in all.iter().enumerate() {
        // Where the set is too large to try all smaller ones: none of its changes can be left out.
        let fewer: Vec<FactChange> = [&all[..left_out], &all[left_out + 1..]].concat();
        assert!(!goal(&case.with(&fewer)), "{all:?} without {change}");
        *met.entry(change.to_string().split(':').next().unwrap_or_default().to_owned()).or_default() += 1;
    }
}

/// What must have been met, so that the test has seen every rule and sets of several sizes.
const MET: &str = "
    1 of 201, 1 of 202, 1 of 203, 2 of 203, 1 of 204, 1 of 205, 1 of 206, 1 of 207, 1 of 208, 1 of 209, 1 of 210, 2 of 210,
    3 of 210, 1 of 211, 1 of 212, 1 of 213, 1 of 214, 0 of 214, 1 of 215, 0 of 215, 1 of 216, 0 of 216, 1 of 217, 1 of 218,
    1 of 219, 1 of 220, all: nothing, all: 1, all: 2, all: 3, all: 4, title, register, licence, day of the decision,
    special need, residence door, earlier claims of the household, earlier claims at the door, class of the vehicle
";

#[test]
fn the_changes_are_enough_and_no_smaller_set_is() {
    let (town, mut met) = (town::inventory(), Met::new());
    for seed in 0..800 {
        let mut chance = Chance::new(seed);
        let (policy, case) = (drawn::policy(&mut chance), drawn::case(&mut chance));
        check_each(&policy, &case, &town, &mut met);
        check_all(&policy, &case, &town, &mut met);
    }
    for wanted in MET.split(',').map(str::trim) {
        assert!(met.contains_key(wanted), "no case of {wanted}: {met:#?}");
    }
}
