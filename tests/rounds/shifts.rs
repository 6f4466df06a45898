//! Shifts: a day holder and a night holder share one space, and each shift is a market of its own.

use super::world::{World, policy_with};
use serde_json::{Value, json};
use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::{Policy, Refusal, Stay, Window};

/// Seoul's hours; the first street by day and night apart, the others round the clock.
fn shifts() -> Value {
    json!({ "shifts": {
        "list": [
            { "id": "all-day", "from": "00:00", "until": "24:00" },
            { "id": "day", "from": "09:00", "until": "18:00" },
            { "id": "night", "from": "18:00", "until": "09:00" }
        ],
        "otherwise": ["all-day"],
        "designated": [{ "area": { "streets": ["k0"] }, "shifts": ["day", "night"] }]
    } })
}

#[test]
fn a_day_holder_and_a_night_holder_share_a_space() {
    let renewal = json!({ "renewal": { "within_days": 30, "place": "keep" } });
    let mut world = World::under(policy_with(900, renewal, &shifts()), &[(100, 1), (600, 1)], &[100, 600]);
    world.play(
        "
            0 | apply ann 100 shift night         | ok
           24 | apply bob 100 shift day           | ok
           48 | apply cat 100 shift night         | ok
           72 | apply dan 600                     | ok
           96 | apply eve 100                     | ok
          120 | apply fox 100 excluded k1         | ok
          121 | apply gus 100 shift evening       | 126
          144 | apply hal 100 shift day excluded k0 | ok
          200 | round r1 | ann s0 night, bob s0 day, cat 302, dan s1 all-day, eve 302, fox 305, hal 305
         8700 | apply ann 100 shift day           | ok
         8701 | apply bob 100 shift day           | ok
         8702 | round r2 | bob s0 day, cat 303, eve 303, fox 305, hal 305, ann 211
        ",
    );
    let district = world.district();
    assert_eq!(district.held("2026-03-12T00:00:00+08:00".parse().expect("an instant")).values().sum::<u32>(), 2);
    let first = &district.rounds()[0];
    let told: Vec<_> = first.places.iter().map(|place| (place.stretch.as_str(), place.shift.as_ref())).collect();
    let shift = |id: &str| Some(id.parse().expect("a shift"));
    let due: [(&str, Option<shared_parking::ShiftId>); 3] =
        [("s0", shift("day")), ("s0", shift("night")), ("s1", shift("all-day"))];
    assert_eq!(told, due.iter().map(|(stretch, shift)| (*stretch, shift.as_ref())).collect::<Vec<_>>());
}

/// from | until | whose permit | what it costs, or the refusal. Local times of 2 to 4 March 2026.
const STAYS: &str = "
02T18:00 | 03T09:00 | ann | 7.00
02T17:59 | 02T20:00 | ann | 109
03T07:00 | 03T09:01 | ann | 109
02T20:00 | 03T20:00 | ann | 109
02T09:00 | 02T18:00 | bob | 4.00
02T08:59 | 02T11:00 | bob | 109
02T17:00 | 02T18:01 | bob | 109
02T00:00 | 04T00:00 | dan | 24.00
";

#[test]
fn a_permit_counts_in_the_hours_of_its_shift_alone() {
    let mut world = World::under(policy_with(900, json!({}), &shifts()), &[(100, 1), (600, 1)], &[100, 600]);
    world.play(
        "
            0 | apply ann 100 shift night | ok
            1 | apply bob 100 shift day   | ok
            2 | apply dan 600             | ok
            3 | round r1                  | ann s0 night, bob s0 day, dan s1 all-day
        ",
    );
    let district = world.district();
    let local = |text: &str| format!("2026-03-{text}:00+08:00").parse().expect("an instant");
    for line in STAYS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let permit = district.permits().find(|permit| permit.resident.as_str() == cells[2]).expect("a permit");
        let stay = Stay {
            id: "s-1".parse().expect("an id"),
            stretch: permit.stretch.clone(),
            window: Window::new(local(cells[0]), local(cells[1])).expect("a window"),
            vehicle: permit.vehicle.clone(),
            class: VehicleClass::Small,
            special_need: SpecialNeed::None,
            permit: Some(permit.id.clone()),
        };
        let currency = &district.policy().currency;
        let told =
            district.quote(&stay).map_or_else(|no: Refusal| no.number().to_string(), |bill| currency.write(bill.total));
        assert_eq!(told, cells[3], "{line}");
    }
}

#[test]
fn flaws_of_shifts_are_told_at_once() {
    let mut document = serde_json::to_value(policy_with(900, json!({}), &shifts())).expect("a document");
    document["shifts"]["list"][1]["from"] = "24:00".into();
    document["shifts"]["list"][2]["id"] = "day".into();
    document["shifts"]["otherwise"] = json!(["all-day", "day", "evening"]);
    document["shifts"]["designated"][0]["area"]["streets"] = json!(["k0", "k0"]);
    document["shifts"]["designated"][0]["shifts"] = json!(["day", "day"]);
    let flaws = Policy::from_json(&document.to_string()).expect_err("flaws");
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "shifts.list[1].from",
            "shifts.list[2]",
            "shifts.otherwise[1]",
            "shifts.otherwise[2]",
            "shifts.designated[0].area.streets[1]",
            "shifts.designated[0].shifts[1]",
        ]
    );
}
