//! Every rule of eligibility of the Beijing preset, one line a case: what is changed in a sound application, and the
//! refusals it leads to, all of them, in order of precedence.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use shared_parking::policy::{Circumstances, Claims, judge, presets};
use shared_parking::{Application, Refusal};

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

fn sound() -> serde_json::Value {
    serde_json::json!({
        "id": "a-1", "applied_at": "2026-01-05T01:00:00Z",
        "resident": {
            "id": "r-1", "household": "h-1", "door": "d-1", "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
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

#[test]
fn each_case_has_its_refusals() {
    let policy = presets::beijing();
    let mut met = std::collections::BTreeSet::new();
    for case in CASES.lines().filter(|line| !line.trim().is_empty()) {
        let (changes, expected) = case.split_once('|').expect("changes | refusals");
        let (mut document, mut claims) = (sound(), Claims::default());
        for change in changes.split_whitespace().filter(|word| *word != "(nothing)") {
            match change.split_once('=').expect("field=value") {
                ("claims", number) => claims.household = number.parse().expect("a number"),
                ("vehicle_claims", number) => claims.vehicle = number.parse().expect("a number"),
                ("resident_claims", number) => claims.resident = number.parse().expect("a number"),
                (field, word) => set(&mut document, field, word),
            }
        }
        let application: Application = serde_json::from_value(document).expect("an application");
        let today = "2026-03-01".parse().expect("a date");
        let circumstances = Circumstances { today, claims, tiers: &policy.standing.tiers };
        let reasons = judge(&policy.eligibility, &application, &circumstances);
        let found: Vec<String> = reasons.iter().map(|reason| reason.refusal.number().to_string()).collect();
        let expected: Vec<&str> = expected.split_whitespace().filter(|word| *word != "-").collect();
        assert_eq!(found, expected, "{case}");
        assert!(reasons.iter().all(|reason| !reason.found.is_empty()), "{case}: each reason names its fact");
        met.extend(reasons.iter().map(|reason| reason.refusal));
    }
    let all = Refusal::ALL.iter().filter(|refusal| (200..300).contains(&refusal.number()));
    assert!(all.clone().all(|refusal| met.contains(refusal)), "no case for one of {:?}", all.collect::<Vec<_>>());
}

#[test]
fn reasons_are_the_same_whatever_the_order_of_the_rules() {
    let policy = presets::beijing();
    let mut document = sound();
    for (field, word) in [("registered", "false"), ("arrears", "7"), ("class", "large"), ("other_space", "owned")] {
        set(&mut document, field, word);
    }
    let application: Application = serde_json::from_value(document).expect("an application");
    let today = "2026-03-01".parse().expect("a date");
    let circumstances = Circumstances { today, claims: Claims::default(), tiers: &policy.standing.tiers };
    let mut rules = policy.eligibility.clone();
    let due = judge(&rules, &application, &circumstances);
    for _ in 0..rules.len() {
        rules.rotate_left(1);
        assert_eq!(judge(&rules, &application, &circumstances), due);
    }
}
