//! Every rule of eligibility, one line a case: what is changed in a sound application, and the refusals it leads to, all
//! of them, in order of precedence. First those of `xicheng-2022`, then the others, each line with its rules.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "support/town.rs"]
mod town;

use shared_parking::policy::{Circumstances, Claims, Reason, judge, presets};
use shared_parking::{Application, Centimetres, Date, District, Policy, Refusal};
use std::collections::BTreeSet;

/// Decided on 2026-03-01 with no earlier claim of household, vehicle or resident unless the case says so.
const CASES: &str = "
(nothing)                                               | -
registered=false                                        | 201
plate_origin=other                                      | 202
class=large                                             | 203
class=motorcycle                                        | 203
use=organisation                                        | 204
use=goods                                               | 204
use=commercial                                          | 204
insured_until=2026-03-01                                | -
insured_until=2026-02-28                                | 205
inspected_until=2026-03-01                              | -
inspected_until=2026-02-28                              | 206
other_space=owned                                       | 207
other_space=rented                                      | 207
certified_elsewhere=true                                | 208
arrears=0                                               | -
arrears=1                                               | 209
title=other                                             | -
title=spouse register=parent                            | -
title=other register=spouse                             | 210
title=absent                                            | 210
title=spouse register=parent licence=child              | -
title=other register=other licence=other                | 210
claims=1                                                | 211
claims=2                                                | 211
vehicle_claims=1                                        | 212
resident_claims=1                                       | 213
claims=1 vehicle_claims=1 resident_claims=2             | 211 212 213
arrears=5 registered=false                              | 201 209
claims=1 certified_elsewhere=true plate_origin=other    | 202 208 211
use=goods class=large insured_until=2020-01-01 inspected_until=2020-01-01 other_space=owned | 203 204 205 206 207
";

/// Rules, what is changed in a sound application at the door `near` of `support/town.rs`, and the refusals.
const OTHERS: &str = r#"
{"rule": "door-in-community", "communities": ["west"]}         | (nothing)      | -
{"rule": "door-in-community", "communities": ["west"]}         | door=oak       | 214
{"rule": "door-in-community", "communities": ["east", "west"]} | door=oak       | -
{"rule": "door-in-community", "communities": ["east", "west"]} | door=ash       | 214
{"rule": "door-in-community", "communities": ["west"]}         | door=unknown   | 214
{"rule": "door-on-street", "streets": ["elm"]}                 | (nothing)      | -
{"rule": "door-on-street", "streets": ["oak", "ash"]}          | (nothing)      | 215
{"rule": "door-on-street", "streets": ["oak", "ash"]}          | door=ash       | -
{"rule": "door-on-street", "streets": ["oak"]}                 | door=unknown   | 215
{"rule": "door-within", "metres": 300}                         | (nothing)      | -
{"rule": "door-within", "metres": 300}                         | door=edge      | 216
{"rule": "door-within", "metres": 301}                         | door=edge      | -
{"rule": "door-within", "metres": 299}                         | (nothing)      | 216
{"rule": "door-within", "metres": 300, "streets": ["elm"]}     | (nothing)      | -
{"rule": "door-within", "metres": 300, "streets": ["oak"]}     | (nothing)      | 216
{"rule": "door-within", "metres": 300, "streets": ["oak"]}     | door=oak       | -
{"rule": "door-within", "metres": 10000, "streets": ["ash"]}   | (nothing)      | 216
{"rule": "door-within", "metres": 10000}                       | door=unknown   | 216
{"rule": "permits-per-address", "at_most": 1}                  | door_claims=0  | -
{"rule": "permits-per-address", "at_most": 1}                  | door_claims=1  | 217
{"rule": "permits-per-address", "at_most": 4}                  | door_claims=3  | -
{"rule": "permits-per-address", "at_most": 4}                  | door_claims=4  | 217
{"rule": "permits-per-address", "at_most": 4}                  | claims=9       | -
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}]}  | class=large            | -
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}]}  | class=large claims=1   | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}]}  | class=small claims=1   | -
{"rule": "further-vehicles", "steps": [{"from": 3, "classes": ["small"]}]}  | class=large claims=1   | -
{"rule": "further-vehicles", "steps": [{"from": 3, "classes": ["small"]}]}  | class=large claims=2   | 218
{"rule": "further-vehicles", "steps": [{"from": 3, "classes": ["small"]}]}  | class=large claims=9   | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}]}  | class=large vehicle_claims=3 door_claims=3 | -
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": "three-in-one"}]} | claims=1               | -
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": "three-in-one"}]} | claims=1 title=spouse  | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": "three-in-one"}]} | title=spouse           | -
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} | claims=1 title=other | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} | claims=1 insurance=spouse | -
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} | claims=1 insurance=spouse register=other | -
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} | claims=1 insurance=other | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} | insurance=other | -
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 2}]}         | claims=1       | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]}        | claims=1 today=2026-03-17 | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]}        | claims=1 today=2026-03-18 | -
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]}        | claims=1 today=2026-03-31 | -
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]}        | claims=1 today=2026-04-01 | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}, {"from": 3, "classes": ["motorcycle"]}]} | claims=1 | -
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}, {"from": 3, "classes": ["motorcycle"]}]} | claims=2 | 218
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}, {"from": 3, "classes": ["motorcycle"]}]} | claims=2 class=large | 218
{"rule": "car-free-address", "doors": ["oak"]}                 | (nothing)      | -
{"rule": "car-free-address", "doors": ["oak", "near"]}         | (nothing)      | 219
{"rule": "car-free-address", "streets": ["ash"]}               | (nothing)      | -
{"rule": "car-free-address", "streets": ["ash"]}               | door=ash       | 219
{"rule": "car-free-address", "doors": ["ash"], "streets": ["ash"]} | door=ash   | 219
{"rule": "car-free-address", "streets": ["ash"]}               | door=unknown   | -
{"rule": "special-need"}                                       | (nothing)      | 220
{"rule": "special-need"}                                       | special_need=disability | -
{"rule": "special-need"}                                       | special_need=wounded-veteran | -
{"rule": "special-need", "needs": ["disability"]}              | (nothing)      | 220
{"rule": "special-need", "needs": ["disability"]}              | special_need=disability | -
{"rule": "special-need", "needs": ["disability"]}              | special_need=wounded-veteran | 220
{"rule": "special-need", "needs": ["wounded-veteran", "disability"]} | special_need=disability | -
{"rule": "special-need"}, {"rule": "registered-resident"}, {"rule": "car-free-address", "doors": ["near"]} | registered=false | 201 219 220
{"rule": "car-free-address", "streets": ["ash"]}, {"rule": "permits-per-address", "at_most": 1}, {"rule": "door-within", "metres": 100}, {"rule": "door-on-street", "streets": ["elm"]}, {"rule": "door-in-community", "communities": ["west"]} | door=ash door_claims=1 | 214 215 216 217 219
"#;

fn sound() -> serde_json::Value {
    serde_json::json!({
        "id": "a-1", "applied_at": "2026-01-05T01:00:00Z",
        "resident": {
            "id": "r-1", "household": "h-1", "door": "d-1", "registered": true,
            "documents": {
                "title": "applicant", "register": "applicant", "licence": "applicant", "insurance": "absent"
            },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none"
        },
        "vehicle": {
            "id": "v-1", "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2026-12-31", "inspected_until": "2026-12-31"
        }
    })
}

/// The application with one field set, wherever that field lives.
fn set(document: &mut serde_json::Value, field: &str, word: &str) {
    let value: serde_json::Value = serde_json::from_str(word).unwrap_or_else(|_| word.into());
    for home in ["/vehicle", "/resident", "/resident/documents"] {
        let home = document.pointer_mut(home).expect("a part of an application").as_object_mut().expect("an object");
        if let Some(own) = home.get_mut(field) {
            *own = value;
            return;
        }
    }
    panic!("no field {field}");
}

/// The application, the day and the claims of a case.
fn case(changes: &str, door: &str) -> (Application, Date, Claims) {
    let (mut document, mut claims, mut today) = (sound(), Claims::default(), "2026-03-01");
    document["resident"]["door"] = door.into();
    for change in changes.split_whitespace().filter(|word| *word != "(nothing)") {
        match change.split_once('=').expect("field=value") {
            ("claims", number) => claims.household = number.parse().expect("a number"),
            ("vehicle_claims", number) => claims.vehicle = number.parse().expect("a number"),
            ("resident_claims", number) => claims.resident = number.parse().expect("a number"),
            ("door_claims", number) => claims.door = number.parse().expect("a number"),
            ("today", day) => today = day,
            (field, word) => set(&mut document, field, word),
        }
    }
    (serde_json::from_value(document).expect("an application"), today.parse().expect("a date"), claims)
}

/// The reasons of a case, held to the refusals expected.
fn judged(policy: &Policy, changes: &str, expected: &str, line: &str) -> Vec<Reason> {
    let (town, (application, today, claims)) = (town::inventory(), case(changes, "near"));
    let (tiers, space_kinds) = (&policy.standing.tiers, &policy.permits.space_kinds);
    let circumstances = Circumstances { today, claims, tiers, inventory: &town, space_kinds };
    let reasons = judge(&policy.eligibility, &application, &circumstances);
    let found: Vec<String> = reasons.iter().map(|reason| reason.refusal.number().to_string()).collect();
    let expected: Vec<&str> = expected.split_whitespace().filter(|word| *word != "-").collect();
    assert_eq!(found, expected, "{line}");
    assert!(reasons.iter().all(|reason| !reason.found.is_empty()), "{line}: each reason names its fact");
    reasons
}

/// The preset with these rules alone, read and checked, and founded on the town.
fn with_rules(rules: &str) -> Policy {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document["eligibility"] = serde_json::from_str(&format!("[{rules}]")).expect(rules);
    document["standing"]["tiers"] = serde_json::json!(["anyone"]);
    let policy = Policy::from_json(&document.to_string()).unwrap_or_else(|flaws| panic!("{rules}: {flaws}"));
    District::new(town::inventory(), policy.clone()).unwrap_or_else(|flaws| panic!("{rules}: {flaws}"));
    policy
}

#[test]
fn each_case_has_its_refusals() {
    let (policy, mut met) = (presets::xicheng_2022(), BTreeSet::new());
    for line in CASES.lines().filter(|line| !line.trim().is_empty()) {
        let (changes, expected) = line.split_once('|').expect("changes | refusals");
        met.extend(judged(&policy, changes, expected, line).into_iter().map(|reason| reason.refusal));
    }
    for line in OTHERS.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('|').collect();
        let [rules, changes, expected] = cells[..] else { panic!("rules | changes | refusals: {line}") };
        met.extend(judged(&with_rules(rules), changes, expected, line).into_iter().map(|reason| reason.refusal));
    }
    let all = Refusal::ALL.iter().filter(|refusal| (200..300).contains(&refusal.number()));
    assert!(all.clone().all(|refusal| met.contains(refusal)), "no case for one of {:?}", all.collect::<Vec<_>>());
}

#[test]
fn the_doors_of_the_town_lie_a_centimetre_apart() {
    let town = town::inventory();
    let to_elm = |door: &str| {
        let door = town.door_index(&door.parse().expect("an id")).expect("a door");
        let stretch = town.stretch_index(&"elm-1".parse().expect("an id")).expect("a stretch");
        town.straight_line(door, stretch)
    };
    assert_eq!((to_elm("near"), to_elm("edge")), (Some(Centimetres::new(30_000)), Some(Centimetres::new(30_001))));
}

/// Rules, changes, and the facts found, in words.
const FOUND: &str = r#"
{"rule": "door-in-community", "communities": ["west"]} | door=oak | door oak, in the community east
{"rule": "door-in-community", "communities": ["west"]} | door=ash | door ash, in no community
{"rule": "door-on-street", "streets": ["elm"]} | door=oak | door oak, on the street oak
{"rule": "door-within", "metres": 300} | door=edge | 300.01 m from door edge to the nearest stretch that counts, at most 300.00 m
{"rule": "door-within", "metres": 300, "streets": ["ash"]} | (nothing) | no stretch that counts for door near
{"rule": "permits-per-address", "at_most": 2} | door_claims=2 | 2 earlier claims at the door, at most 2
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"], "documents": "family", "from_day": 18}]} | claims=2 class=large title=other | vehicle 3 of the household: class large, admitted: small; documents that are not family; decided on 2026-03-01, admitted from day 18 of the month on
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} | claims=1 title=spouse | vehicle 2 of the household: documents, asked for: 1 of title, insurance in the applicant's name, the others in that of kin
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "shown"}}}]} | claims=1 | vehicle 2 of the household: documents, asked for: 1 of title, insurance in the applicant's name, the others shown, in whoever's name
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small"]}, {"from": 3, "classes": ["motorcycle"]}]} | claims=2 class=large | vehicle 3 of the household: class large, admitted: small; class large, admitted: motorcycle
{"rule": "car-free-address", "doors": ["near"]} | (nothing) | door near is car-free
{"rule": "car-free-address", "streets": ["elm"]} | (nothing) | door near, on the car-free street elm
{"rule": "special-need"} | (nothing) | special need none, asked for: any
{"rule": "special-need", "needs": ["disability"]} | special_need=wounded-veteran | special need wounded-veteran, asked for: disability
{"rule": "special-need", "needs": ["wounded-veteran", "disability"]} | (nothing) | special need none, asked for: wounded-veteran, disability
"#;

#[test]
fn each_reason_tells_the_fact_found() {
    for line in FOUND.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [rules, changes, expected] = cells[..] else { panic!("rules | changes | fact: {line}") };
        let policy = with_rules(rules);
        let (town, (application, today, claims)) = (town::inventory(), case(changes, "near"));
        let (tiers, space_kinds) = (&policy.standing.tiers, &policy.permits.space_kinds);
        let circumstances = Circumstances { today, claims, tiers, inventory: &town, space_kinds };
        let reasons = judge(&policy.eligibility, &application, &circumstances);
        assert_eq!(reasons.iter().map(|reason| reason.found.as_str()).collect::<Vec<_>>(), [expected], "{line}");
    }
}

#[test]
fn reasons_are_the_same_whatever_the_order_of_the_rules() {
    let policy = presets::xicheng_2022();
    let mut document = sound();
    for (field, word) in [("registered", "false"), ("arrears", "7"), ("class", "large"), ("other_space", "owned")] {
        set(&mut document, field, word);
    }
    let application: Application = serde_json::from_value(document).expect("an application");
    let today = "2026-03-01".parse().expect("a date");
    let (town, claims) = (town::inventory(), Claims::default());
    let (tiers, space_kinds) = (&policy.standing.tiers, &policy.permits.space_kinds);
    let circumstances = Circumstances { today, claims, tiers, inventory: &town, space_kinds };
    let mut rules = policy.eligibility.clone();
    let due = judge(&rules, &application, &circumstances);
    for _ in 0..rules.len() {
        rules.rotate_left(1);
        assert_eq!(judge(&rules, &application, &circumstances), due);
    }
}
