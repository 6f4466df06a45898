//! Quotas: so many of a group are served before others, whoever of them can be seated.

use super::world::{World, policy_with};
use serde_json::{Value, json};
use shared_parking::audit;
use shared_parking::district::Answer;

fn quota(reserve: &Value) -> Value {
    json!({ "quotas": [{ "id": "disabled", "group": { "special_needs": ["disability"] }, "reserve": reserve }] })
}

#[test]
fn a_quota_is_filled_by_those_who_can_be_seated() {
    // Two spaces of three reserved; Cat lives too far from any space, so her turn goes to the next of the group.
    let parts = quota(&json!([{ "from_spaces": 2, "at_least": { "share": 5_000 } }]));
    let mut world = World::under(policy_with(300, json!({}), &parts), &[(0, 3)], &[0, 900]);
    world.play(
        "
            0 | apply ann 0                   | ok
            1 | apply bob 0                   | ok
           25 | apply cat 900 need disability | ok
           50 | apply dan 0 need disability   | ok
           75 | apply eve 0 need disability   | ok
          100 | apply fox 0 need disability   | ok
          124 | round r1 | cat 301, dan s0, eve s0, ann s0, bob 302, fox 302
        ",
    );
    let quotas: Vec<bool> = world.district().rounds()[0]
        .outcomes
        .iter()
        .map(|outcome| match &outcome.answer {
            Answer::Seated { quota, .. } | Answer::LeftOut { quota, .. } => quota.is_some(),
            Answer::NotEligible { .. } => false,
        })
        .collect();
    assert_eq!(quotas.iter().filter(|&&served| served).count(), 3);
}

#[test]
fn holders_of_the_group_count_and_what_it_leaves_is_free_for_all() {
    let parts = quota(&json!([{ "from_spaces": 1, "at_least": { "permits": 1 } }]));
    let renewal = json!({ "renewal": { "within_days": 30, "place": "keep" } });
    let mut world = World::under(policy_with(300, renewal, &parts), &[(0, 2)], &[0]);
    world.play(
        "
            0 | apply ann 0                 | ok
            1 | apply bob 0                 | ok
           50 | apply cat 0 need disability | ok
           60 | apply dan 0 need disability | ok
           99 | round r1                    | cat s0, ann s0, bob 302, dan 302
          100 | round r2                    | bob 303, dan 303
         8700 | apply cat 0 need disability | ok
         8701 | round r3                    | cat s0, bob 302, dan 302
        ",
    );
}

#[test]
fn a_round_that_serves_a_quota_wrongly_is_found() {
    let parts = quota(&json!([{ "from_spaces": 1, "at_least": { "permits": 1 } }]));
    let mut world = World::under(policy_with(300, json!({}), &parts), &[(0, 2)], &[0]);
    world.play(
        "
            0 | apply ann 0                 | ok
            1 | apply bob 0                 | ok
           50 | apply cat 0 need disability | ok
           99 | round r1                    | cat s0, ann s0, bob 302
        ",
    );
    let honest = serde_json::to_value(world.district()).expect("a document");
    for lie in [json!(null), json!("other")] {
        let mut document = honest.clone();
        for outcome in document["rounds"][0]["outcomes"].as_array_mut().expect("a list") {
            if let Some(quota) = outcome.pointer_mut("/answer/seated/quota") {
                *quota = lie.clone();
            }
        }
        let district = serde_json::from_value(document).expect("a district");
        assert!(audit::check(&district).is_err(), "{lie}");
    }
}
