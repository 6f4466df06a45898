//! A round's public table: the shift of each permit, and the quota by which somebody was served before others.

use super::world::{World, policy_with};
use serde_json::json;
use shared_parking::interop::publication::{bars_csv, positions_csv};

/// A day and a night permit on the first street, all day on the others; the first turn is for a group whose id
/// needs quotation marks.
fn world() -> World {
    let parts = json!({
        "shifts": {
            "list": [
                { "id": "all-day", "from": "00:00", "until": "24:00" },
                { "id": "day", "from": "09:00", "until": "18:00" },
                { "id": "night", "from": "18:00", "until": "09:00" }
            ],
            "otherwise": ["all-day"],
            "designated": [{ "area": { "streets": ["k0"] }, "shifts": ["day", "night"] }]
        },
        "quotas": [{
            "id": "the \"need\"", "group": { "special_needs": ["disability"] },
            "reserve": [{ "from_spaces": 1, "at_least": { "permits": 1 } }]
        }]
    });
    World::under(policy_with(900, json!({}), &parts), &[(100, 1), (600, 1)], &[100, 600])
}

/// Without the points, the ticket and what breaks ties.
fn told(csv: &str) -> Vec<String> {
    let short = |line: &str| {
        let cells: Vec<&str> = line.splitn(11, ',').collect();
        format!("{} {} {}", cells[0], cells[6], cells[10])
    };
    csv.lines().map(short).collect()
}

#[test]
fn the_table_tells_shifts_and_quotas() {
    let mut world = world();
    world.play(
        "
            0 | apply ann 100 shift day                   | ok
           24 | apply bob 600                             | ok
           48 | apply cat 600                             | ok
           72 | apply dan 600 need disability             | ok
           99 | round r1 | dan s1 all-day, ann s0 day, bob 302, cat 302
        ",
    );
    let public = world.district().rounds()[0].published(1);
    let rows = [
        "position result shift,quota",
        r#"1 permit all-day,"the ""need""""#,
        "2 permit day,",
        "3 302 ,", // what somebody left out asked for is not told
        "4 302 ,",
    ];
    assert_eq!(told(&positions_csv(&public)), rows);
    assert_eq!(bars_csv(&public).lines().filter(|line| line.ends_with(",day")).count(), 1);
    let shifts: Vec<_> = serde_json::to_value(&public).expect("a document")["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row.get("shift").cloned(), row.get("quota").cloned()))
        .collect();
    let due =
        [(Some(json!("all-day")), Some(json!("the \"need\""))), (Some(json!("day")), None), (None, None), (None, None)];
    assert_eq!(shifts, due);
}

#[test]
fn both_shifts_of_a_stretch_have_a_bar() {
    let mut world = world();
    world.play(
        "
            0 | apply ann 100 shift day                   | ok
           24 | apply bob 100 shift night                 | ok
           99 | round r1 | ann s0 day, bob s0 night
        ",
    );
    let csv = bars_csv(&world.district().rounds()[0].published(1));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, "stretch,offered,given,tier,points,shift"));
    assert!(lines[1].starts_with("s0,1,1,1,") && lines[1].ends_with(",day"), "{lines:?}");
    assert!(lines[2].starts_with("s0,1,1,1,") && lines[2].ends_with(",night"), "{lines:?}");
}
