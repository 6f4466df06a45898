//! Every refusal of a special permit, one line a step.

use super::world::{World, hour, request};
use serde_json::{Value, json};
use shared_parking::policy::presets;
use shared_parking::{Journal, Refusal, Timestamp, audit};
use std::collections::BTreeSet;

pub fn classes() -> Value {
    json!([
        {
            "kind": "carer",
            "eligibility": [
                { "rule": "registered-resident" }, { "rule": "insurance-valid" },
                { "rule": "one-permit-per-vehicle" }, { "rule": "permits-per-household", "at_most": 2 }
            ],
            "vehicles": 3, "active_at_once": 1, "valid_months": 12, "at_most": 2, "per_household": 1
        },
        { "kind": "guest", "eligibility": [], "vehicles": 2, "active_at_once": 2, "valid_months": 1 }
    ])
}

/// hour since the first of March (`max`: the end of time) | what | answer
pub const STEPS: &str = "
0   | apply o-1 bob v-bob                              | ok
0   | apply o-2 bea v-bea                              | ok
0   | round r1                                         | ok
1   | grant o-1 guest ann v1                           | 103
1   | grant a-1 guest ann v1 door=nowhere              | 104
1   | grant a-1 driver ann v1                          | 145
1   | grant a-1 carer ann v1 v2 v1                     | 149
1   | grant a-1 carer ann                              | 150
1   | grant a-1 carer ann v1 v2 v3 v4                  | 150
1   | grant a-1 carer ann v1 registered=no             | 154
1   | grant a-1 carer ann v1 insured=2026-02-28        | 154
1   | grant a-1 carer ann v1 v-bob                     | 154
1   | grant a-1 carer ann v1 v2 insured=2026-03-01     | carer#000003
1   | grant a-1 carer cat v5                           | 103
1   | apply a-1 ann v6                                 | 103
2   | grant a-2 carer cat v5 v2                        | 154
2   | grant a-2 carer cat v5 household=h-ann           | 155
2   | grant a-2 carer bob v5                           | carer#000004
2   | grant a-3 carer dan v7                           | 156
2   | grant a-3 carer dan v7 household=h-ann           | 155
2   | grant a-3 carer dan v5                           | 154
2   | grant a-3 guest bob v5 v-bob                     | guest#000005
3   | activate a-9 v1                                  | 146
3   | activate a-1 v3                                  | 148
3   | deactivate a-1 v3                                | 148
3   | remove a-1 v3                                    | 148
3   | deactivate a-1 v1                                | 152
8   | activate a-1 v1                                  | ok
8   | activate a-1 v1                                  | 151
8   | activate a-1 v2                                  | 153
9   | add a-1 v2                                       | 149
9   | add a-1 v5                                       | 154
9   | add a-1 v3 insured=2026-02-28                    | 154
9   | add a-1 v3                                       | ok
9   | add a-1 v4                                       | 150
9   | add a-1 v5                                       | 150
10  | deactivate a-1 v1                                | ok
10  | activate a-1 v2                                  | ok
10  | deactivate a-1 v2                                | ok
10  | activate a-1 v1                                  | ok
11  | stay x1 s0 a-1 v1 8 11                           | 0
12  | stay x1 s0 a-1 v1 8 11                           | 106
12  | stay x2 nowhere a-1 v1 11 12                     | 107
12  | stay x2 s0 a-9 v1 11 12                          | 108
12  | stay x2 s0 a-1 v1 0 2                            | 109
12  | stay x2 s0 a-1 v1 11 13                          | 116
12  | stay x2 s0 a-1 v1 10 12                          | 117
12  | stay x2 s0 a-1 v4 11 12                          | 118
12  | stay x2 s0 a-1 v1 11 12 class=large              | 118
12  | stay x2 s2 a-1 v1 11 12                          | 119
12  | stay x2 s2 a-1 v2 11 12                          | 119
12  | stay x2 s0 a-1 v2 11 12                          | 152
12  | stay x2 s0 a-1 v1 7 8                            | 152
12  | stay x2 s1 a-1 v1 11 12                          | 0
12  | stay x3 s1 - v1 11 12                            | 119
13  | remove a-1 v1                                    | ok
13  | stay x3 s0 a-1 v1 12 13                          | 0
14  | stay x4 s0 a-1 v1 13 14                          | 152
14  | activate a-1 v2                                  | ok
14  | add a-1 v1 class=large                           | ok
14  | activate a-1 v1                                  | 153
14  | remove a-1 v2                                    | ok
14  | remove a-1 v3                                    | ok
14  | activate a-1 v1                                  | ok
15  | stay x4 s0 a-1 v1 14 15                          | 152
15  | stay x4 s0 a-1 v1 14 15 class=large              | 0
16  | activate a-3 v5                                  | ok
16  | activate a-3 v-bob                               | ok
18  | stay x5 s0 a-3 v5 16 18                          | 1250
18  | stay x6 s0 a-3 v-bob 16 18                       | 1250
18  | stay x7 s0 a-3 v5 17 18                          | 117
18  | revoke a-1                                       | ok
18  | revoke a-1                                       | 147
18  | activate a-1 v1                                  | 147
18  | grant a-4 carer dan v1                           | carer#000027
19  | stay x7 s0 a-1 v1 17 18 class=large              | 0
19  | stay x8 s0 a-1 v1 18 19 class=large              | 109
743 | deactivate a-3 v5                                | ok
744 | activate a-3 v5                                  | 147
744 | revoke a-3                                       | 147
744 | stay x8 s0 a-3 v-bob 742 744                     | 50
745 | stay x9 s0 a-3 v-bob 743 745                     | 109
745 | stay x9 s0 a-3 v5 742 744                        | 152
max | grant a-5 guest eve v8                           | 120
";

/// A host who was told these steps, each answered as expected; and the refusals met.
pub fn told(classes: &Value, steps: &str) -> (World, BTreeSet<String>) {
    let mut world = World::new(classes);
    let mut met = BTreeSet::new();
    for line in steps.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [at, what, expected] = cells[..] else { panic!("three cells: {line}") };
        let at = if at == "max" { Timestamp::MAX } else { hour(at.parse().expect("an hour")) };
        let before = world.district().clone();
        assert_eq!(world.tell(at, what), expected, "{line}");
        if expected.len() == 3 && expected.parse::<u32>().is_ok_and(|number| number > 100) {
            assert_eq!(*world.district(), before, "{line}: nothing changes");
            met.insert(expected.to_owned());
        }
    }
    (world, met)
}

#[test]
fn each_step_has_its_answer() {
    let (world, met) = told(&classes(), STEPS);
    let own = Refusal::ALL.iter().map(|refusal| refusal.number()).filter(|number| (145..=156).contains(number));
    let missing: Vec<u16> = own.filter(|number| !met.contains(&number.to_string())).collect();
    assert!(missing.is_empty(), "no step for {missing:?}");
    assert_eq!(audit::check_journal(&world.journal), Ok(()));
    assert_eq!(world.journal.replay(), *world.district());
    let read = Journal::from_jsonl(&world.journal.to_jsonl().expect("text")).expect("a journal");
    assert_eq!(read, world.journal);
    let text = serde_json::to_string(world.district()).expect("a document");
    assert_eq!(serde_json::from_str::<shared_parking::District>(&text).expect("a district"), *world.district());
}

/// A permit of a round and a special permit count for the address alike; nobody's own permit counts against them.
const ONE_ADDRESS: &str = "
0 | grant a-1 guest ann v1 | guest#000000
0 | grant a-2 guest bob v2 | 154
0 | add a-1 v3             | ok
1 | revoke a-1             | ok
1 | apply o-1 bob v-bob    | ok
1 | round r1               | ok
1 | grant a-2 guest bob v2 | 154
";

#[test]
fn an_address_counts_permits_of_both_kinds() {
    let classes = json!([{
        "kind": "guest", "eligibility": [{ "rule": "permits-per-address", "at_most": 1 }],
        "vehicles": 2, "active_at_once": 1, "valid_months": 1
    }]);
    let (world, _) = told(&classes, ONE_ADDRESS);
    assert_eq!(audit::check_journal(&world.journal), Ok(()));
}

/// In Amsterdam's class for people with a disability the one who asks must have that need, the vehicle may be anybody's.
const NEED: &str = "
0 | grant a-1 disabled ann v1                                     | 154
0 | grant a-1 disabled ann v1 need=wounded-veteran                | 154
0 | grant a-1 disabled ann v1 need=disability                     | disabled#000000
0 | grant a-2 disabled ann v2 need=disability                     | 155
1 | grant a-2 carer bob v2                                        | carer#000001
2 | remove a-1 v1                                                 | ok
2 | add a-1 v3                                                    | ok
";

#[test]
fn a_class_may_ask_for_a_special_need() {
    let policy = serde_json::to_value(presets::amsterdam()).expect("a document");
    let (world, _) = told(&policy["special"], NEED);
    assert_eq!(audit::check_journal(&world.journal), Ok(()));
    let asked = request("a-3", "disabled", "cat", &["v4"], &[]);
    let reasons = world.district().judge_special(&asked, hour(3)).expect("a class");
    let told: Vec<&str> = reasons.values().flatten().map(|own| own.found.as_str()).collect();
    assert_eq!(told, ["special need none, asked for: disability"]);
}

#[test]
fn the_first_permit_tells_who_was_active() {
    let (world, _) = told(&classes(), STEPS);
    let permit = world.district().special_permit(&"carer#000003".parse().expect("an id")).expect("a permit");
    assert_eq!(permit.until(), hour(18));
    assert!(permit.valid.end() > hour(24 * 364), "what was granted stays as it was");
    let told: Vec<String> = permit
        .activations()
        .iter()
        .map(|own| {
            let hours = |at: Timestamp| at.seconds_since(hour(0)) / 3_600;
            let class = serde_json::to_value(own.vehicle.class).expect("a word");
            format!("{} {class} {} {}", own.vehicle.id, hours(own.window.start()), hours(own.window.end()))
        })
        .collect();
    assert_eq!(told, ["v1 \"small\" 8 10", "v1 \"small\" 10 13", "v1 \"large\" 14 18"]);
    let ids = |vehicles: Vec<&shared_parking::Vehicle>| -> Vec<String> {
        vehicles.into_iter().map(|vehicle| vehicle.id.to_string()).collect()
    };
    assert_eq!(ids(permit.vehicles()), ["v1"]);
    assert_eq!(ids(permit.vehicles_ever().collect()), ["v1", "v2", "v3", "v1"]);
    assert_eq!(ids(permit.active_at(hour(9))), ["v1"]);
    assert!(permit.active_at(hour(13)).is_empty() && permit.active_at(hour(18)).is_empty());
}

/// request | for each vehicle that fails a rule, all the reasons
const REASONS: &str = "
b-1 carer ann v1                                     | -
b-1 carer ann v1 v-bob                               | v-bob 212
b-1 carer ann v1 v9 insured=2026-02-28               | v1 205, v9 205
b-1 carer ann v-bob v1 registered=no insured=2026-01-01 | v-bob 201 205 212, v1 201 205
b-1 carer ann v5                                     | v5 212
b-1 carer cat v2 household=h-bob                     | v2 211
b-1 carer cat v5 household=h-bob                     | v5 211 212
a-2 carer bob v5                                     | -
b-1 guest ann v-bob registered=no                    | -
b-1 driver ann v1                                    | 145
";

/// What has ended counts no more.
const BEFORE: &str = "
0   | apply o-1 bob v-bob                              | ok
0   | round r1                                         | ok
2   | grant a-2 carer bob v5                           | carer#000002
2   | grant a-3 guest bob v5 v-bob v1                  | 150
2   | grant a-3 guest bob v1 v-bob                     | guest#000003
3   | revoke a-3                                       | ok
";

/// At hour 4 bob holds a permit of the round for v-bob and a carer's permit for v5.
#[test]
fn all_reasons_are_told() {
    let (world, _) = told(&classes(), BEFORE);
    let mut rows = 0;
    for line in REASONS.lines().filter(|line| !line.trim().is_empty()) {
        let (asked, expected) = line.split_once('|').expect("two cells");
        let words: Vec<&str> = asked.split_whitespace().collect();
        let facts: Vec<(&str, &str)> = words.iter().filter_map(|word| word.split_once('=')).collect();
        let vehicles: Vec<&str> = words[3..].iter().filter(|word| !word.contains('=')).copied().collect();
        let request = request(words[0], words[1], words[2], &vehicles, &facts);
        let found = match world.district().judge_special(&request, hour(4)) {
            Err(refusal) => refusal.number().to_string(),
            Ok(reasons) if reasons.is_empty() => "-".to_owned(),
            Ok(reasons) => {
                let numbers = reasons.iter().map(|(vehicle, reasons)| {
                    let numbers = reasons.iter().map(|reason| format!(" {}", reason.refusal.number()));
                    format!("{vehicle}{}", numbers.collect::<String>())
                });
                numbers.collect::<Vec<_>>().join(", ")
            }
        };
        assert_eq!(found, expected.trim(), "{line}");
        rows += 1;
    }
    assert_eq!(rows, 10);
}
