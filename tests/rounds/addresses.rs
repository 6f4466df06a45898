//! Permits for each address: counted in rounds and when spaces of closed offers go on.

use super::world::{World, policy};
use proptest::prelude::*;
use serde_json::json;
use shared_parking::district::Answer;
use shared_parking::policy::Rule;
use shared_parking::{Action, Command, DoorId, audit};
use std::collections::BTreeMap;

/// A town with offers and at most so many permits at a door.
fn world(at_most: u32, stretches: &[(u32, u32)], doors: &[u32]) -> World {
    let mut policy = policy(2_000, json!({ "mechanism": "optimal", "offer_hours": 72 }), None);
    policy.eligibility.push(Rule::PermitsPerAddress { at_most });
    World::under(policy, stretches, doors)
}

#[test]
fn the_earliest_of_an_address_count() {
    // Cat comes too late for the door's two; Eve lives elsewhere. When an offer is closed, its claim is gone.
    let mut world = world(2, &[(0, 2)], &[0, 60]);
    world.play(
        "
            0 | apply ann 0  | ok
            1 | apply bob 0  | ok
            2 | apply cat 0  | ok
            3 | apply eve 60 | ok
           24 | round r1     | ann s0, bob s0, eve 302, cat 217
           25 | decline ann  | eve s0
           26 | accept bob   | ok
           27 | apply fay 0  | ok
           28 | round r2     | cat 303, fay 217
    ",
    );
}

/// Records an application beside those that the world makes: for a vehicle of somebody else, handed in before all.
fn record(world: &mut World, name: &str, door: &str, vehicle: &str) {
    let mut own = world.district().applications().next().expect("somebody").application.clone();
    let at = world.district().clock().expect("an instant");
    own.id = format!("{name}-own").parse().expect("an id");
    own.applied_at = at.plus_seconds(-10 * 86_400);
    own.resident.id = name.parse().expect("an id");
    own.resident.household = format!("h-{name}").parse().expect("an id");
    own.resident.door = door.parse().expect("an id");
    own.preferences = Default::default();
    own.vehicle.id = vehicle.parse().expect("an id");
    let id = format!("record-{name}").parse().expect("an id");
    world.journal.execute(Command { id, at, action: Action::Apply(own) }).expect("recorded");
}

#[test]
fn whoever_takes_the_last_permit_of_an_address_ends_the_turn_of_the_others() {
    // Nobody of the first round wants anything on k1, so Ann and Abe wait for s0. In the second round others had claimed their vehicles, so Bob got
    // one of their door's two permits. When both spaces of s0 fall free at once, only one of the two can follow.
    let mut world = world(2, &[(0, 2), (600, 3)], &[0, 60, 700]);
    world.play(
        "
            0 | apply una 60 excluded k1 | ok
            0 | apply vic 60 excluded k1 | ok
           24 | apply ann 0 excluded k1 | ok
           25 | apply abe 0 excluded k1 | ok
           48 | round r1                | una s0, vic s0, ann 302, abe 302
    ",
    );
    record(&mut world, "dan", "d700", "v-ann");
    record(&mut world, "deb", "d700", "v-abe");
    world.play(
        "
           50 | apply bob 0             | ok
           51 | round r2                | deb s1, dan s1, bob s1, abe 212, ann 212
           52 | decline dan             |
           53 | decline deb             |
          120 | close r1                | ann s0
          121 | close r1                | 125
    ",
    );
    let own = world.district().permits().filter(|permit| permit.door.as_str() == "d0");
    assert_eq!(own.map(|permit| permit.resident.as_str()).collect::<Vec<_>>(), ["ann", "bob"]);
}

#[derive(Clone, Debug)]
enum Step {
    Apply(usize),
    Round,
    Decline(usize),
    Accept(usize),
    Close,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0_usize..3).prop_map(Step::Apply),
        2 => Just(Step::Round),
        3 => (0_usize..30).prop_map(Step::Decline),
        1 => (0_usize..30).prop_map(Step::Accept),
        1 => Just(Step::Close),
    ];
    prop::collection::vec(step, 1..45)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// The auditor counts by itself, and judges everybody again before each single chain; whole batches must agree.
    #[test]
    fn no_address_ever_has_more_than_its_permits(at_most in 1_u32..4, steps in steps()) {
        let doors = [0, 60, 700];
        let mut world = world(at_most, &[(0, 2), (100, 1), (600, 2)], &doors);
        let (mut people, mut rounds) = (0, 0);
        for (number, step) in (0..).zip(steps) {
            let hour = 12 * number;
            match step {
                Step::Apply(door) => {
                    people += 1;
                    world.tell(hour, &format!("apply p{people} {}", doors[door]));
                }
                Step::Round => {
                    rounds += 1;
                    world.tell(hour, &format!("round r{rounds}"));
                }
                Step::Decline(person) => drop(world.tell(hour, &format!("decline p{person}"))),
                Step::Accept(person) => drop(world.tell(hour, &format!("accept p{person}"))),
                Step::Close => {
                    for round in 1..=rounds {
                        world.tell(hour, &format!("close r{round}"));
                    }
                }
            }
            let mut at_doors: BTreeMap<&DoorId, u32> = BTreeMap::new();
            for permit in world.district().permits() {
                *at_doors.entry(&permit.door).or_default() += 1;
            }
            prop_assert!(at_doors.values().all(|&count| count <= at_most), "{at_doors:?}");
        }
        prop_assert_eq!(audit::check_journal(&world.journal), Ok(()));
    }
}

#[test]
fn the_audit_counts_the_permits_of_an_address_too() {
    let mut world = world(1, &[(0, 2)], &[0]);
    world.play("0 | apply ann 0 | ok\n1 | apply bob 0 | ok\n24 | round r1 | ann s0, bob 217");
    let mut document = serde_json::to_value(world.district()).expect("a document");
    let rules = document["policy"]["eligibility"].as_array_mut().expect("rules");
    *rules.last_mut().expect("a rule") = json!({ "rule": "permits-per-address", "at_most": 2 });
    let changed: shared_parking::District = serde_json::from_value(document).expect("a district");
    let found = audit::check(&changed).expect_err("a lie");
    let bob =
        &world.district().rounds()[0].outcomes.iter().find(|own| matches!(own.answer, Answer::NotEligible { .. }));
    let bob = bob.expect("an answer").application.clone();
    let reasons = |finding: &audit::Finding| matches!(finding, audit::Finding::WrongReasons(_, id) if *id == bob);
    assert!(found.iter().any(reasons), "{found:?}");
}
