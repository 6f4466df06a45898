//! Two policies compared: nothing that differs is passed over, and what is told is told in a council's words.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "support/leaves.rs"]
mod leaves;
#[path = "support/full_policy.rs"]
mod whole;

use leaves::{changed, leaves};
use serde_json::{Value, json};
use shared_parking::policy::{Difference, presets};
use shared_parking::{Currency, Policy};
use std::collections::BTreeSet;
use whole::full;

fn policy(document: &Value) -> Policy {
    serde_json::from_value(document.clone()).unwrap_or_else(|error| panic!("{error}"))
}

fn paths(differences: &[Difference]) -> BTreeSet<&str> {
    differences.iter().map(|difference| difference.path.as_str()).collect()
}

/// What differs, the laws of every comparison held to on the way.
#[track_caller]
fn compared(before: &Policy, after: &Policy) -> Vec<Difference> {
    let (told, back) = (before.compare(after), after.compare(before));
    assert_eq!(told.is_empty(), before == after, "none exactly when they are equal");
    assert_eq!(paths(&told), paths(&back));
    assert_eq!(paths(&told).len(), told.len(), "each place once");
    for difference in &told {
        assert_eq!(difference.to_string(), difference.words);
        let there = back.iter().find(|other| other.path == difference.path).expect("the same path");
        assert_eq!((&there.before, &there.after), (&difference.after, &difference.before), "{}", difference.path);
    }
    told
}

/// The field or the word a pointer into the document ends in, and the lists above it by their names.
fn named(pointer: &str) -> Vec<&str> {
    pointer.split('/').filter(|part| !part.is_empty() && part.parse::<usize>().is_err()).collect()
}

/// The fields that a path of a difference names; a tier that is written as an object ends it.
fn fields(path: &str) -> Vec<&str> {
    let path = path.split("[\"{").next().unwrap_or_default();
    let outside = path.split(']').map(|part| part.split('[').next().unwrap_or_default());
    outside.flat_map(|part| part.split('.')).filter(|part| !part.is_empty()).collect()
}

/// Whether a path of a difference names the place of a pointer, or an entry that the place belongs to.
fn names(path: &str, pointer: &str) -> bool {
    named(pointer).starts_with(&fields(path))
}

/// Another value for a leaf that a policy can still be read from.
fn another(document: &Value, pointer: &str) -> Option<Policy> {
    let words = [
        "shared",
        "disabled",
        "large",
        "motorcycle",
        "other",
        "local",
        "goods",
        "private",
        "anyone",
        "family",
        "cut",
        "run-on",
        "each-stay",
        "each-window",
        "start-inclusive",
        "end-inclusive",
        "floor",
        "ceiling",
        "optimal",
        "serial-dictatorship",
        "walk",
        "rank",
        "keep",
        "improve",
        "disability",
        "from-application",
        "old",
        "new",
        "nearest",
        "register",
        "shown",
        "wounded-veteran",
        "insurance-valid",
        "no-other-space",
        "05:15",
        "2020-02-02",
        "Asia/Seoul",
    ];
    let own = document.pointer(pointer).expect("a leaf");
    let values = std::iter::once(changed(own)).chain(words.into_iter().map(|word| json!(word)));
    let values = values.chain([json!({ "within_days": 60, "place": "keep" })]); // renewals, where there are none
    values.filter(|value| value != own).find_map(|value| {
        let mut document = document.clone();
        *document.pointer_mut(pointer).expect("a leaf") = value;
        serde_json::from_value(document).ok()
    })
}

#[test]
fn every_single_value_that_changes_is_told_where_it_stands() {
    let mut tried = 0;
    for document in [serde_json::to_value(presets::xicheng_2022()).expect("a document"), full()] {
        let (before, mut all) = (policy(&document), Vec::new());
        leaves(&document, "", &mut all);
        for pointer in all {
            // The word of a rule with fields of its own cannot become another word.
            let Some(after) = another(&document, &pointer) else {
                let word = ["/rule", "/for", "/by"].into_iter().any(|word| pointer.ends_with(word));
                assert!(word, "{pointer}");
                continue;
            };
            let told = compared(&before, &after);
            let part = |path: &str| {
                document.pointer(&pointer).is_some_and(Value::is_null) && fields(path).starts_with(&named(&pointer))
            };
            let named = |told: &Difference| names(&told.path, &pointer) || part(&told.path);
            assert!(told.iter().any(named), "{pointer}: {told:#?}");
            assert!(told.len() <= 3, "{pointer}: {told:#?}");
            tried += 1;
        }
    }
    assert!(tried > 350, "{tried}");
}

#[test]
fn every_entry_taken_out_added_or_swapped_is_told() {
    fn lists(value: &Value, pointer: String, found: &mut Vec<String>) {
        match value {
            Value::Array(all) => {
                all.iter().enumerate().for_each(|(at, inner)| lists(inner, format!("{pointer}/{at}"), found));
                found.push(pointer);
            }
            // What an agreement holds is told as one tier.
            Value::Object(map) if map.contains_key("agreement") => {}
            Value::Object(map) => map.iter().for_each(|(key, inner)| lists(inner, format!("{pointer}/{key}"), found)),
            _ => {}
        }
    }
    let (document, mut all) = (full(), Vec::new());
    lists(&document, String::new(), &mut all);
    let before = policy(&document);
    let mut tried = [0; 3];
    for pointer in all {
        let entries = document.pointer(&pointer).and_then(Value::as_array).expect("a list");
        let mut hold = |kind: usize, changed: Vec<Value>| {
            let mut document = document.clone();
            *document.pointer_mut(&pointer).expect("a list") = changed.into();
            let told = compared(&before, &policy(&document));
            assert!(
                told.iter().all(|difference| fields(&difference.path).starts_with(&named(&pointer))),
                "{pointer}: {told:#?}"
            );
            tried[kind] += 1;
            told
        };
        for at in 0..entries.len() {
            let mut without = entries.clone();
            without.remove(at);
            let told = hold(0, without);
            let steps = pointer.contains("/windows/") && pointer.ends_with("/steps");
            assert!(told.len() == 1 || steps, "{pointer}: {told:#?}");
            let mut twice = entries.clone();
            twice.push(entries[at].clone());
            assert_eq!(hold(1, twice).len(), 1, "{pointer}");
            for other in 0..at {
                let mut swapped = entries.clone();
                swapped.swap(at, other);
                let told = hold(2, swapped);
                let order = told.len() == 1 && told[0].words.contains("in another order");
                assert!(order || steps, "{pointer}: {told:#?}");
            }
        }
    }
    assert!(tried.iter().all(|&tried| tried > 60), "{tried:?}");
}

#[test]
fn differences_stand_in_the_order_of_the_document() {
    let before = presets::xicheng_2022();
    let mut after = policy(&full());
    after.name.push('!');
    after.permits.walk_limit_m = 7;
    after.eligibility.reverse();
    let told: Vec<_> = before.compare(&after).into_iter().map(|difference| difference.path).collect();
    let class = "tariff.versions[2019-01-01].classes[1].schedule";
    let expected = [
        "name".to_owned(),
        "permits.walk_limit_m".to_owned(),
        "permits.per_space".to_owned(),
        "eligibility".to_owned(),
        "standing.points[waiting]".to_owned(),
        "standing.points[special-need]".to_owned(),
        "standing.points[distance]".to_owned(),
        "standing.points[shared-hours]".to_owned(),
        "standing.points[in-communities]".to_owned(),
        "standing.points[same-community]".to_owned(),
        "standing.decimals".to_owned(),
        "standing.ties[special-need]".to_owned(),
        "standing.ties[shift]".to_owned(),
        "standing.ties[no-driving-day]".to_owned(),
        "standing.promotions[600]".to_owned(),
        "standing.waiting".to_owned(),
        "standing.earlier[2024-01-01]".to_owned(),
        "shifts.list[day]".to_owned(),
        "shifts.list[night]".to_owned(),
        "shifts.otherwise".to_owned(),
        "shifts.designated[1]".to_owned(),
        "ceilings[east]".to_owned(),
        "ceilings[all]".to_owned(),
        "quotas[need]".to_owned(),
        "round.mechanism".to_owned(),
        "round.cost".to_owned(),
        "round.renewal.within_days".to_owned(),
        "round.renewal.place".to_owned(),
        "round.renewal.tenure_months".to_owned(),
        format!("{class}.cap_per_day"),
        format!("{class}.cap_per_stay"),
        "discounts[need]".to_owned(),
        "discounts[gift]".to_owned(),
        "special[carer]".to_owned(),
        "special[shared-car]".to_owned(),
        "complaints.answer_days".to_owned(),
        "complaints.appeal_days".to_owned(),
    ];
    assert_eq!(told, expected);
}

/// Where in the full document, the value written there (`-` takes out, a list's `+` adds), the words.
const WORDS: &str = r#"
/name                                  | "New"                     | name: Beijing, Xicheng 2022, resident permits, now New
/zone                                  | "Asia/Seoul"              | time zone: Asia/Shanghai, now Asia/Seoul
/permits/walk_limit_m                  | 400                       | walking limit: 500 m, now 400 m
/permits/valid_months                  | 1                         | permits are valid for: 12 months, now 1 month
/permits/space_kinds/0                 | -                         | kinds of spaces: shared taken out
/permits/space_kinds                   | ["resident", "shared"]    | kinds of spaces, in another order: shared, resident, now resident, shared
/eligibility/8/amount                  | 5000                      | rule arrears-at-most: 0.00 CNY, now 50.00 CNY
/eligibility/8                         | -                         | rule arrears-at-most: taken out
/eligibility/1/admit/+                 | "other"                   | rule plate-origin, admitted: other added
/eligibility/10/at_most                | 2                         | rule permits-per-household, at most: 1, now 2
/standing/tiers/+                      | "anyone"                  | tiers: anyone added
/standing/tiers                        | ["two-in-one", "three-in-one", "family"] | tiers, in another order: three-in-one, two-in-one, now two-in-one, three-in-one
/standing/points/0/steps/1/points      | 25                        | points for waiting, from 365 days: 20 points, now 25 points
/standing/points/2/beyond              | 1                         | points for distance, beyond all steps: 5 points, now 1 point
/standing/points/3/rate/rounding       | "floor"                   | points for shared-hours, rounded: nearest, now down
/standing/points/3/rate/annualised     | false                     | points for shared-hours, for a whole year: yes, now not set (no)
/standing/points/4/communities/+       | "west"                    | points for in-communities, communities: west added
/standing/decimals                     | 2                         | decimals of points: 1, now 2
/standing/waiting                      | "from-application"        | waiting counts: from where it began, wherever that was, now not set (from the application)
/standing/ties/1/first/+               | "night"                   | tie-break by shift, first: night added
/standing/ties/2                       | -                         | tie-break by no-driving-day: taken out
/standing/ties/+                       | {"by":"waiting"}          | tie-break by waiting: added
/standing/promotions/0/tiers           | 2                         | promotion from 600 hours shared, up: 1 tier, now 2 tiers
/standing/promotions/+                 | {"shared_hours":900,"tiers":2} | promotion from 900 hours shared: added (up 2 tiers)
/standing/earlier/0/queued             | "old"                     | rules until 2024-01-01, who queued is scored by: the better rules, now the old rules
/standing/earlier/0/rules/points/0/steps/1/points | 25             | rules until 2024-01-01, points for waiting, from 12 months: 20 points, now 25 points
/standing/earlier/0/rules/points/0/steps/+ | {"months":24,"points":30} | rules until 2024-01-01, points for waiting, from 24 months: added (30 points)
/standing/earlier/0/rules/tiers/1      | -                         | rules until 2024-01-01, tiers: 1 of title, insurance in the applicant's name, the others in that of kin taken out
/standing/earlier/0                    | -                         | rules until 2024-01-01: taken out
/standing/points/2/steps/+             | {"within_m":90,"points":20} | points for distance, within 90 m: added (20 points)
/permits/per_space                     | -                         | permits for a space: 120%, now not set (100%)
/shifts/list/0/until                   | "17:00"                   | shifts, shift day, until: 18:00, now 17:00
/shifts/otherwise/1                    | -                         | shifts, what spaces are given for elsewhere: night taken out
/shifts/designated/0/area/streets/+    | "mill"                    | shifts, designation 1, streets: mill added
/ceilings/0/decay/permits              | 20                        | ceiling east, falls, by: 10 permits, now 20 permits
/ceilings/0/at_most/permits            | 90                        | ceiling east, at most: 100 permits, now 90 permits
/ceilings/1                            | -                         | ceiling all: taken out
/quotas/0/reserve/1/at_least/share     | 500                       | quota need, from 50 spaces, at least, share of the spaces: 3%, now 5%
/quotas/0/group/special_needs/+        | "wounded-veteran"         | quota need, group, needs: wounded veteran added
/round/mechanism                       | {"deferred-acceptance":"per-place"} | mechanism: top trading cycles, now deferred acceptance with a lot for each place
/round/renewal/tenure_months           | -                         | renewal, longest tenure: 24 months, now not set (no limit)
/round/renewal/place                   | "keep"                    | renewal, place: the one held or a better one, now the one held
/life                                  | {"on_move":"keeps-within-walk"} | when a holder moves: not set (the permit ends), now the permit stays within the walking limit
/life                                  | {"on_death":"to-household"} | when a holder dies: not set (the permit ends), now somebody of the household can take the permit over
/life                                  | {"vehicle_sold_days":1}   | another vehicle after a sale within: not set (the permit ends with the sale), now 1 day
/round/offer_hours                     | 72                        | an offer lapses after: not set (permits at once, without an offer), now 72 hours
/tariff/versions/1/classes/0/schedule/windows/0/steps/0/unit_price | 300 | tariff from 2019-01-01, class 1, window day, step 1: 2.50 CNY a 15 min, now 3.00 CNY a 15 min
/tariff/versions/1/classes/0/schedule/windows/0/steps/0/unit_minutes | 20 | tariff from 2019-01-01, class 1, window day, step 1, unit: 15 min, now 20 min
/tariff/versions/1/classes/0/schedule/windows/0/until | "21:00"    | tariff from 2019-01-01, class 1, window day, until: 19:00, now 21:00
/tariff/versions/1/classes/0/schedule/cap_per_day | -             | tariff from 2019-01-01, class 1, at most a day: 90.00 CNY, now not set (no cap)
/tariff/versions/0                     | -                         | tariff from 2011-04-01: taken out
/discounts/0                           | -                         | discount resident-price: taken out
/discounts/1/effect/percent/share      | 1250                      | discount need, taken off: 80%, now 12.5%
/discounts/1/when/vehicle              | -                         | discount need, for vehicles: small, now not set (any class)
/complaints/answer_days                | 10                        | complaints are answered within: 7 days, now 10 days
/complaints/appeal_days                | 30                        | decisions can be appealed for: 20 days, now 30 days
/special/0/active_at_once              | 2                         | special class carer, active at once: 1 vehicle, now 2 vehicles
/special/0/at_most                     | -                         | special class carer, in force at once: 200 permits, now not set (no limit)
/special/0/eligibility/1/amount        | 5000                      | special class carer, rule arrears-at-most: 0.00 CNY, now 50.00 CNY
/special/0/eligibility/2/needs/+       | "wounded-veteran"         | special class carer, rule special-need, needs: wounded veteran added
/special/0/eligibility/2/needs         | -                         | special class carer, rule special-need, needs: disability, now not set (any need)
/special/1/eligibility/0/steps/0/documents/agreement/at_least | 2      | special class shared-car, rule further-vehicles, from vehicle 2, documents: 1 of title, insurance in the applicant's name, the others in that of kin, now 2 of title, insurance in the applicant's name, the others in that of kin
/special/1/eligibility/0/steps/0/documents | "family"              | special class shared-car, rule further-vehicles, from vehicle 2, documents: 1 of title, insurance in the applicant's name, the others in that of kin, now family
/special/1/eligibility/0/steps/1/documents | {"agreement":{"of":["licence"],"at_least":1,"others":"shown"}} | special class shared-car, rule further-vehicles, from vehicle 4, documents: family, now 1 of licence in the applicant's name, the others shown, in whoever's name
/special/1                             | -                         | special class shared-car: taken out
/discounts/+                           | {"id":"half","when":{"permit":"resident"},"effect":{"percent":{"share":5000,"rounding":"floor"}}} | discount half: added (for holders of a permit resident; taken off 50%; what is taken off is rounded down)
/discounts/+                           | {"id":"night","when":{},"effect":{"substitute":{"schedule":{"windows":[{"id":"all","from":"00:00","until":"24:00","steps":[{"unit_minutes":120,"unit_price":100,"rounding":"ceiling"}]}]}}}} | discount night: added (prices instead, window all (from 00:00; until 24:00; step 1 (unit 120 min; 1.00 CNY a 120 min; an incomplete unit is charged whole)))
"#;

#[test]
fn what_changes_is_said_as_a_council_says_it() {
    let mut told = 0;
    for line in WORDS.lines().filter(|line| !line.is_empty()) {
        let [pointer, value, words] = line.split(" | ").map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let mut document = full();
        let (outer, last) = pointer.rsplit_once('/').expect("a place");
        let holder = document.pointer_mut(outer).expect("a place above");
        match (holder, last, value) {
            (Value::Array(all), "+", value) => all.push(serde_json::from_str(value).expect(value)),
            (Value::Array(all), at, "-") => drop(all.remove(at.parse().expect("a number"))),
            (Value::Object(map), name, "-") => drop(map.remove(name)),
            (Value::Object(map), name, value) => {
                map.insert(name.to_owned(), serde_json::from_str(value).expect(value));
            }
            _ => panic!("{line}"),
        }
        let found = compared(&policy(&full()), &policy(&document));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, [words], "{pointer}");
        told += 1;
    }
    assert!(told >= 25, "{told}");
}

#[test]
fn money_is_said_in_the_currency_of_its_policy() {
    let before = presets::xicheng_2022();
    let mut after = before.clone();
    after.currency = Currency::KRW;
    after.eligibility.retain(|rule| !matches!(rule, shared_parking::policy::Rule::ArrearsAtMost { .. }));
    after.eligibility.push(serde_json::from_value(json!({ "rule": "arrears-at-most", "amount": 5 })).expect("a rule"));
    let told: Vec<String> = compared(&before, &after).iter().map(ToString::to_string).collect();
    assert_eq!(
        told[..3],
        ["currency: CNY, now KRW", "decimals of the currency: 2, now 0", "rule arrears-at-most: 0.00 CNY, now 5 KRW",]
    );
}
