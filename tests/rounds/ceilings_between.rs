//! Ceilings between rounds: a space that falls free goes to nobody while its area has as many permits as it may.

use super::world::{World, policy_with};
use serde_json::{Value, json};
use shared_parking::audit::{self, Finding};
use shared_parking::{District, Timestamp};

fn world(ceilings: &Value, round: Value) -> World {
    // West street k0 has two stretches of two spaces, k1 one of one.
    let parts = json!({ "ceilings": ceilings });
    World::under(policy_with(900, round, &parts), &[(100, 2), (400, 2), (700, 1)], &[0, 390, 410, 690])
}

#[test]
fn what_lapses_goes_to_the_next_in_line_up_to_the_ceiling_and_no_further() {
    let west = json!([{
        "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": 2 },
        "decay": { "from": "2026-04-01", "every_months": 12, "permits": 1, "least": 0 }
    }]);
    let mut world = world(&west, json!({ "offer_hours": 72 }));
    // 744 hours after 1 March it is April, and the ceiling is 1. Bob keeps what he accepted; nobody new comes in while
    // there is one permit in the area, and one comes when there is none.
    world.play(
        "
            0 | apply ann 0   | ok
           25 | apply bob 390 | ok
           50 | apply cat 410 | ok
           75 | apply dan 0   | ok
          100 | apply eve 390 | ok
          124 | round r1      | ann s0, bob s1, cat s2, dan 306, eve 306
          125 | fill r1       | 175
          130 | decline ann   | dan s0
          140 | accept bob    | ok
          141 | accept cat    | ok
          202 | close r1      | eve s1
          210 | accept eve    | ok
          211 | fill r1       | 175
          750 | return eve    | ok
          751 | fill r1       | 175
          752 | return bob    | ok
          753 | apply fay 0   | ok
          754 | fill r1       | 175
          755 | round r2      | fay s0
        ",
    );
}

#[test]
fn a_chain_may_pass_through_an_area_that_is_full() {
    // Everybody's offer is open. West is full with two, and k1's space falls free: Bob moves on to it, which he likes
    // better, and Dan takes Bob's space in the west, where there are no more than before.
    let west = json!([{ "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": 2 } }]);
    let mut world = world(&west, json!({ "offer_hours": 72, "cost": "rank" }));
    world.play(
        "
            0 | apply ann 690 ranked k1 excluded k0 | ok
           25 | apply bob 690 ranked k1 k0          | ok
           50 | apply cat 0 ranked k0 excluded k1   | ok
           75 | apply dan 390 ranked k0 excluded k1 | ok
          100 | apply eve 390 ranked k0 excluded k1 | ok
          124 | round r1                            | ann s2, bob s0, cat s0, dan 306, eve 306
          130 | decline ann                         | bob s0>s2, dan s0
          131 | fill r1                             | 175
          132 | decline cat                         | eve s0
        ",
    );
}

/// A permit or offer too many, written into the books with everything that goes with it but its round, is told.
#[test]
fn a_permit_above_the_ceiling_is_told_whatever_the_round_says() {
    let west = json!([{ "id": "west", "area": { "streets": ["k0"] }, "at_most": { "permits": 2 } }]);
    let mut world = world(&west, json!({}));
    world.play(
        "
            0 | apply ann 0   | ok
           25 | apply bob 390 | ok
           50 | apply cat 390 | ok
          124 | round r1      | ann s0, bob s1, cat s2
        ",
    );
    let mut document = serde_json::to_value(world.district()).expect("a document");
    let text = document.to_string().replace("\"stretch\":\"s2\"", "\"stretch\":\"s1\"");
    document = serde_json::from_str(&text).expect("a document");
    let district: District = serde_json::from_value(document).expect("a district");
    let at: Timestamp = "2026-03-06T04:00:00+08:00".parse().expect("an instant");
    let findings = audit::check(&district).expect_err("findings");
    assert!(findings.contains(&Finding::AboveCeiling("west".to_owned(), at, 3, 2)), "{findings:?}");
}
