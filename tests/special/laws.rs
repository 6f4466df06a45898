//! Commands drawn by chance: the answers are those of the naive model, no bound is ever exceeded, the audit agrees, and a
//! replay gives the same district.

use super::naive::{Model, Rules, Step};
use super::world::{World, hour};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};
use shared_parking::audit;
use shared_parking::district::SpecialPermit;
use std::collections::BTreeMap;

fn rules() -> impl Strategy<Value = Vec<Rules>> {
    let class = |kind| {
        (any::<bool>(), 1_usize..4, 1_usize..4, 1_usize..3, 1_usize..5, 1_usize..3).prop_map(move |drawn| {
            let (one_permit_per_vehicle, vehicles, active, valid_months, at_most, per_household) = drawn;
            let active_at_once = active.min(vehicles);
            Rules { kind, one_permit_per_vehicle, vehicles, active_at_once, valid_months, at_most, per_household }
        })
    };
    (class("carer"), class("guest")).prop_map(|(carer, guest)| vec![carer, guest])
}

/// Hours since the last command, and the command. Few vehicles, so that much is refused and much is not. A permit is
/// drawn as how many were granted after it, and 9 stands for one that nobody has.
fn steps() -> impl Strategy<Value = Vec<(i64, Step)>> {
    let hours = prop_oneof![30 => 0_i64..4, 1 => Just(400_i64)];
    let (permit, car) = (prop_oneof![4 => 0_usize..2, 4 => 0_usize..9, 1 => Just(9_usize)], 0_u8..3);
    let step = prop_oneof![
        3 => (0_usize..2, 0_u8..3, 0_u8..16).prop_map(|(class, household, cars)| Step::Grant(class, household, cars)),
        6 => (permit.clone(), car.clone()).prop_map(|(permit, car)| Step::Activate(permit, car)),
        3 => (permit.clone(), car.clone()).prop_map(|(permit, car)| Step::Deactivate(permit, car)),
        2 => (permit.clone(), car.clone()).prop_map(|(permit, car)| Step::Add(permit, car)),
        2 => (permit.clone(), car.clone()).prop_map(|(permit, car)| Step::Remove(permit, car)),
        1 => permit.clone().prop_map(Step::Revoke),
        6 => (permit, car, 0_i64..3, 1_i64..4, prop::bool::weighted(0.1))
            .prop_map(|(permit, car, ago, hours, large)| Step::Stay(permit, car, ago, hours, large)),
    ];
    prop::collection::vec((hours, step), 1..70)
}

fn classes(rules: &[Rules]) -> Value {
    let class = |own: &Rules| {
        let eligibility =
            if own.one_permit_per_vehicle { json!([{ "rule": "one-permit-per-vehicle" }]) } else { json!([]) };
        json!({
            "kind": own.kind, "eligibility": eligibility, "vehicles": own.vehicles,
            "active_at_once": own.active_at_once, "valid_months": own.valid_months, "at_most": own.at_most,
            "per_household": own.per_household
        })
    };
    rules.iter().map(class).collect()
}

/// The step with the permit's number in the order of grants; as it is drawn, it counts from the latest.
fn numbered(step: Step, granted: usize) -> Step {
    let of = |drawn: usize| if drawn == 9 || granted == 0 { usize::MAX } else { granted - 1 - drawn % granted };
    match step {
        Step::Grant(..) => step,
        Step::Activate(permit, car) => Step::Activate(of(permit), car),
        Step::Deactivate(permit, car) => Step::Deactivate(of(permit), car),
        Step::Add(permit, car) => Step::Add(of(permit), car),
        Step::Remove(permit, car) => Step::Remove(of(permit), car),
        Step::Revoke(permit) => Step::Revoke(of(permit)),
        Step::Stay(permit, car, ago, hours, large) => Step::Stay(of(permit), car, ago, hours, large),
    }
}

/// The step in words; permits are numbered in the order in which they were granted, requests by the step.
fn words(step: Step, number: usize, requests: &[String], rules: &[Rules]) -> String {
    let of = |permit: usize| requests.get(permit).map_or("nobody", String::as_str);
    match step {
        Step::Grant(class, household, bits) => {
            let cars: String = (0..8).filter(|car| bits >> car & 1 == 1).map(|car| format!(" v{car}")).collect();
            format!("grant a-{number} {} r{household}{cars}", rules[class].kind)
        }
        Step::Activate(permit, car) => format!("activate {} v{car}", of(permit)),
        Step::Deactivate(permit, car) => format!("deactivate {} v{car}", of(permit)),
        Step::Add(permit, car) => format!("add {} v{car}", of(permit)),
        Step::Remove(permit, car) => format!("remove {} v{car}", of(permit)),
        Step::Revoke(permit) => format!("revoke {}", of(permit)),
        Step::Stay(permit, car, ..) => format!("stay x-{number} s0 {} v{car}", of(permit)),
    }
}

/// What happened to a world that was told these steps, each answered as the model says.
fn play(rules: &[Rules], steps: &[(i64, Step)]) -> Result<(World, BTreeMap<String, usize>), TestCaseError> {
    let (mut world, mut model) = (World::new(&classes(rules)), Model::new(rules.to_vec()));
    let (mut now, mut requests, mut met) = (0, Vec::new(), BTreeMap::new());
    for (number, &(later, step)) in steps.iter().enumerate() {
        now += later;
        let step = numbered(step, requests.len());
        let mut text = words(step, number, &requests, rules);
        if let Step::Stay(_, _, ago, hours, large) = step {
            let class = if large { "large" } else { "small" };
            text = format!("{text} {} {} class={class}", now - ago - hours, now - ago);
        }
        let answer = world.send(hour(now), &text).map(|_| ()).map_err(|refusal| refusal.number());
        prop_assert_eq!(answer, model.take(now, step), "step {}, hour {}: {}", number, now, text);
        let told = answer.map_or_else(|no| no.to_string(), |()| text.split(' ').next().unwrap_or_default().to_owned());
        *met.entry(told).or_insert(0) += 1;
        if matches!(step, Step::Grant(..)) && answer.is_ok() {
            requests.push(format!("a-{number}"));
        }
    }
    let permits: Vec<&SpecialPermit> = requests
        .iter()
        .map(|request| world.district().special_permit(&world.permit(request)).expect("a permit"))
        .collect();
    prop_assert_eq!(permits.len(), model.permits());
    bounded(rules, &permits, &model, now + 48)?;
    Ok((world, met))
}

/// In no hour is a bound exceeded, and those are active whom the model knows.
fn bounded(rules: &[Rules], permits: &[&SpecialPermit], model: &Model, last: i64) -> Result<(), TestCaseError> {
    let ends = permits.iter().map(|permit| permit.until().seconds_since(hour(0)) / 3_600);
    let hours: Vec<i64> = (0..=last).chain(ends.flat_map(|end| [end - 1, end])).collect();
    for at in hours {
        for own in rules {
            let in_force: Vec<_> = permits
                .iter()
                .filter(|permit| permit.request.kind == own.kind && permit.is_in_force(hour(at)))
                .map(|permit| permit.request.resident.household.as_str())
                .collect();
            prop_assert!(in_force.len() <= own.at_most);
            prop_assert!(
                in_force.iter().all(|one| in_force.iter().filter(|other| *other == one).count() <= own.per_household)
            );
        }
        for (number, permit) in permits.iter().enumerate() {
            let class = rules.iter().find(|own| own.kind == permit.request.kind).expect("a class");
            let active: Vec<String> = permit.active_at(hour(at)).iter().map(|own| own.id.to_string()).collect();
            let due: Vec<String> = model.active(number, at).iter().map(|car| format!("v{car}")).collect();
            prop_assert_eq!(&active, &due, "permit {}, hour {}", number, at);
            prop_assert!(active.len() <= class.active_at_once && permit.vehicles().len() <= class.vehicles);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_the_models_and_no_bound_is_exceeded(rules in rules(), steps in steps()) {
        let (world, _) = play(&rules, &steps)?;
        prop_assert_eq!(audit::check_journal(&world.journal), Ok(()));
        prop_assert_eq!(&world.journal.replay(), world.district());
        let text = serde_json::to_string(world.district()).expect("a document");
        let read: shared_parking::District = serde_json::from_str(&text).expect("a district");
        prop_assert_eq!(&read, world.district());
    }
}

/// What is drawn leads to every kind of step and to every refusal that it can lead to.
#[test]
fn the_draw_meets_everything() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..100 {
        let drawn = (rules(), steps()).new_tree(&mut runner).expect("a draw").current();
        let (_, own) = play(&drawn.0, &drawn.1).expect("the model agrees");
        own.into_iter().for_each(|(word, count)| *met.entry(word).or_insert(0) += count);
    }
    let words = "grant activate deactivate add remove revoke stay \
                 108 109 117 118 146 147 148 149 150 151 152 153 154 155 156";
    let missing: Vec<&str> = words.split_whitespace().filter(|word| !met.contains_key(*word)).collect();
    assert!(missing.is_empty(), "{missing:?} of {met:?}");
}
