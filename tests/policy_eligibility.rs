//! Rules of eligibility as a document: every flaw of every field is told, and what the rules name must be on the ground.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "support/town.rs"]
mod town;

use serde_json::{Value, json};
use shared_parking::policy::presets;
use shared_parking::{District, Flaws, Policy};

/// The preset with these rules and no others.
fn document(rules: &str) -> Value {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document["eligibility"] = serde_json::from_str(&format!("[{rules}]")).expect(rules);
    document["standing"]["tiers"] = json!(["anyone"]);
    document
}

fn told(flaws: &Flaws) -> Vec<String> {
    flaws.iter().map(ToString::to_string).collect()
}

/// Rules, then their flaws below `eligibility`, each after a bar; none: they are read and written as they were.
const RULES: &str = r#"
{"rule": "door-within", "metres": 1} |
{"rule": "door-within", "metres": 10000, "streets": ["elm"]} |
{"rule": "door-within", "metres": 0} | [0] (door-within).metres: 0 [out-of-range]; write 1 to 10000 metres
{"rule": "door-within", "metres": 10001} | [0] (door-within).metres: 10001 [out-of-range]; write 1 to 10000 metres
{"rule": "door-within", "metres": -1, "streets": ["elm", "", 7], "street": "elm"} | [0].street: "street" is no field [unknown]; leave it out; the fields are rule, metres, streets | [0].metres: integer `-1` is not a whole number from 0 to 4294967295 [out-of-range]; write a whole number from 0 to 4294967295 | [0].streets[1]: an empty street id [wrong-value]; give 1 to 128 bytes without control characters or outer spaces | [0].streets[2]: integer `7` is not a text in quotation marks [wrong-value]; write a text in quotation marks
{"rule": "door-within", "metres": 9, "streets": ["elm", "oak", "elm"]} | [0] (door-within).streets[2]: elm stands here twice [contradiction]; keep the first
{"rule": "door-in-community", "communities": []} | [0] (door-in-community): the rule admits nobody [out-of-range]; admit at least one, or take the rule out
{"rule": "door-in-community", "communities": ["east", "east"]} | [0] (door-in-community).communities[1]: east stands here twice [contradiction]; keep the first
{"rule": "door-in-community"} | [0].communities: it is missing [missing]; add it
{"rule": "door-in-community", "comunities": ["east"]} | [0].communities: it is missing [missing]; is it the field "comunities"? | [0].comunities: "comunities" is no field [unknown]; did you mean communities?
{"rule": "door-on-street", "streets": []} | [0] (door-on-street): the rule admits nobody [out-of-range]; admit at least one, or take the rule out
{"rule": "door-on-street", "streets": ["elm", "elm", "elm"]} | [0] (door-on-street).streets[1]: elm stands here twice [contradiction]; keep the first | [0] (door-on-street).streets[2]: elm stands here twice [contradiction]; keep the first
{"rule": "door-on-street", "streets": "elm"} | [0].streets: "elm" is not a list [wrong-value]; write a list in square brackets
{"rule": "permits-per-address", "at_most": 1} |
{"rule": "permits-per-address", "at_most": 0} | [0] (permits-per-address): the rule admits nobody [out-of-range]; admit at least one, or take the rule out
{"rule": "permits-per-address", "at_most": 2}, {"rule": "permits-per-address", "at_most": 3} | [1] (permits-per-address): the rule stands here twice [contradiction]; keep one of them
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 2}]} |
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 28}, {"from": 3, "from_day": 28}]} |
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 1}]} | [0] (further-vehicles).steps[0].from_day: 1 [out-of-range]; write 2 to 28, a day that every month has
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 29}]} | [0] (further-vehicles).steps[0].from_day: 29 [out-of-range]; write 2 to 28, a day that every month has
{"rule": "further-vehicles", "steps": [{"from": 1, "classes": ["small"]}]} | [0] (further-vehicles).steps[0].from: 1 [out-of-range]; write 2 or more; what is asked of every vehicle are rules of their own
{"rule": "further-vehicles", "steps": [{"from": 2}]} | [0] (further-vehicles).steps[0]: the step asks for nothing [empty]; write classes, documents or from_day, or take the step out
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": []}]} | [0] (further-vehicles).steps[0].classes: the step admits nobody [out-of-range]; admit at least one, or leave classes out
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["small", "large", "small"]}]} | [0] (further-vehicles).steps[0].classes[2]: small stands here twice [contradiction]; keep the first
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 2, "others": "kin"}}}]} |
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "title"], "at_least": 9, "others": "kin"}}}]} | [0] (further-vehicles).steps[0].documents.agreement.at_least: 9 of 2 documents [out-of-range]; write 1 to 2 | [0] (further-vehicles).steps[0].documents.agreement.of[1]: title stands here twice [contradiction]; keep the first
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": [], "at_least": 1, "others": "kin"}}}]} | [0] (further-vehicles).steps[0].documents.agreement.of: no document [empty]; name at least one
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": "anyone"}]} | [0] (further-vehicles).steps[0].documents: "anyone" asks for nothing [empty]; name a tier that not everybody satisfies, or leave documents out
{"rule": "plate-origin", "admit": ["local", "local"]} | [0] (plate-origin).admit[1]: local stands here twice [contradiction]; keep the first
{"rule": "vehicle-class", "admit": ["small", "large", "small"]} | [0] (vehicle-class).admit[2]: small stands here twice [contradiction]; keep the first
{"rule": "vehicle-use", "admit": ["private", "private"]} | [0] (vehicle-use).admit[1]: private stands here twice [contradiction]; keep the first
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 2}]}, {"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 3}]} | [1] (further-vehicles): the rule stands here twice [contradiction]; keep one of them
{"rule": "further-vehicles", "steps": [{"from": "two", "classes": ["smal", "large", "big"], "documents": 3, "from_day": 300}]} | [0].steps[0].from: string "two" is not a whole number from 0 to 4294967295 [wrong-value]; write a whole number from 0 to 4294967295 | [0].steps[0].classes[0]: "smal" is not one of its words [wrong-value]; write one of `small`, `large`, `motorcycle` | [0].steps[0].classes[2]: "big" is not one of its words [wrong-value]; write one of `small`, `large`, `motorcycle` | [0].steps[0].documents* | [0].steps[0].from_day: integer `300` is not a whole number from 0 to 255 [out-of-range]; write a whole number from 0 to 255
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}}]} |
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 3, "others": "kin"}}}]} | [0] (further-vehicles).steps[0].documents.agreement.at_least: 3 of 2 documents [out-of-range]; write 1 to 2
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": "family"}, {"from": 3, "documents": {"agreement": {"of": [], "at_least": 1, "others": "kin"}}}]} | [0] (further-vehicles).steps[1].documents.agreement.of: no document [empty]; name at least one
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "title"], "at_least": 1, "others": "kin"}}}]} | [0] (further-vehicles).steps[0].documents.agreement.of[1]: title stands here twice [contradiction]; keep the first
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["deed", "title", "visa"], "at_leest": 1, "others": "kind"}}}]} | [0].steps[0].documents.agreement.at_least: it is missing [missing]; is it the field "at_leest"? | [0].steps[0].documents.agreement.at_leest: "at_leest" is no field [unknown]; did you mean at_least? | [0].steps[0].documents.agreement.of[0]: "deed" is not one of its words* | [0].steps[0].documents.agreement.of[2]: "visa" is not one of its words* | [0].steps[0].documents.agreement.others: "kind" is not one of its words [wrong-value]; write `shown` or `kin`
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": 4}}]} | [0].steps[0].documents.agreement: 4 is not an object [wrong-value]; write an object with the fields of, at_least, others
{"rule": "permits-per-household", "at_most": 2}, {"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 9}]} |
{"rule": "permits-per-household", "at_most": 2}, {"rule": "further-vehicles", "steps": [{"from": 3, "from_day": 9}]} | [1] (further-vehicles).steps[0].from: from 3, but permits-per-household admits 2 [contradiction]; take the step out, or admit more permits for a household
{"rule": "further-vehicles", "steps": []} | [0] (further-vehicles).steps: no step [empty]; write at least one
{"rule": "further-vehicles", "steps": [{"from": 3, "from_day": 9}, {"from": 3, "from_day": 9}]} | [0] (further-vehicles).steps: vehicles do not ascend [contradiction]; sort the steps by vehicle, each once
{"rule": "further-vehicles", "steps": [{"from": 3, "from_day": 9}, {"from": 2, "from_day": 9}]} | [0] (further-vehicles).steps: vehicles do not ascend [contradiction]; sort the steps by vehicle, each once
{"rule": "further-vehicles", "steps": [{"form": 3, "from_day": 9}, 4], "from": 3} | [0].from: "from" is no field [unknown]; leave it out; the fields are rule, steps | [0].steps[0].from: it is missing [missing]; is it the field "form"? | [0].steps[0].form: "form" is no field [unknown]; did you mean from? | [0].steps[1]: 4 is not an object [wrong-value]; write an object with the fields from
{"rule": "car-free-address"} | [0] (car-free-address): the rule names no door and no street [empty]; name a door or a street, or take the rule out
{"rule": "car-free-address", "doors": ["near", "near"], "streets": ["ash", "ash"]} | [0] (car-free-address).doors[1]: near stands here twice [contradiction]; keep the first | [0] (car-free-address).streets[1]: ash stands here twice [contradiction]; keep the first
{"rule": "door-on-street", "streets": ["elm", "ash"]}, {"rule": "car-free-address", "streets": ["ash"]} | [1] (car-free-address).streets[0]: the rule door-on-street admits ash [contradiction]; leave the street out of one of the two
{"rule": "special-need"} |
{"rule": "special-need", "needs": ["disability", "wounded-veteran"]} |
{"rule": "special-need", "needs": []} | [0] (special-need).needs: no need [empty]; name at least one, or leave the list out
{"rule": "special-need", "needs": ["disability", "wounded-veteran", "disability"]} | [0] (special-need).needs[2]: disability stands here twice [contradiction]; keep the first
{"rule": "special-need", "needs": ["none", "disability"]} | [0] (special-need).needs[0]: who has no need has none [contradiction]; take it out
{"rule": "special-need", "needs": ["disabled", "disability", "age"], "need": 1} | [0].need: "need" is no field [unknown]; leave it out; the fields are rule, needs | [0].needs[0]: "disabled" is not one of its words [wrong-value]; write one of `none`, `disability`, `wounded-veteran` | [0].needs[2]: "age" is not one of its words [wrong-value]; write one of `none`, `disability`, `wounded-veteran`
{"rule": "special-need"}, {"rule": "special-need", "needs": ["disability"]} | [1] (special-need): the rule stands here twice [contradiction]; keep one of them
{"rule": "plate-origin", "admit": ["locl", "othr"], "amit": 1} | [0].amit: "amit" is no field [unknown]; leave it out; the fields are rule, admit | [0].admit[0]: "locl" is not one of its words [wrong-value]; write `local` or `other` | [0].admit[1]: "othr" is not one of its words [wrong-value]; write `local` or `other`
{"rule": "insurance-valid", "on": "today", "at": "noon"} | [0].at: "at" is no field [unknown]; leave it out; the fields are rule | [0].on: "on" is no field [unknown]; leave it out; the fields are rule
{"rule": "door-whithin", "metres": 0} | [0].rule*
{"metres": 9} | [0]: no field "rule" [missing]; add the field "rule"
{"rule": "door-in-comunity"}, {"rule": "door-within", "metres": 0} | [0].rule* | [1] (door-within).metres: 0 [out-of-range]; write 1 to 10000 metres
"#;

#[test]
fn every_flaw_of_a_rule_is_told() {
    let mut rows = 0;
    for row in RULES.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.split(" |").map(str::trim).filter(|cell| !cell.is_empty());
        let document = document(cells.next().expect("rules"));
        let expected: Vec<String> = cells.map(|cell| format!("eligibility{cell}")).collect();
        match Policy::from_json(&document.to_string()) {
            Ok(policy) => {
                assert!(expected.is_empty(), "{row}");
                assert_eq!(serde_json::to_value(&policy).expect("a document"), document, "{row}");
            }
            Err(flaws) => {
                let found = told(&flaws);
                assert_eq!(found.len(), expected.len(), "{row}: {found:#?}");
                for (found, expected) in found.iter().zip(&expected) {
                    match expected.strip_suffix('*') {
                        Some(start) => assert!(found.starts_with(start), "{row}: {found}"),
                        None => assert_eq!(found, expected, "{row}"),
                    }
                }
            }
        }
        rows += 1;
    }
    assert_eq!(rows, 60);
}

#[test]
fn rules_of_special_classes_are_read_as_all_others() {
    let mut document = document("");
    let rules = json!([{ "rule": "plate-origin", "admit": ["locl", "othr"] }, { "rule": "door-within", "meters": 9 }]);
    document["special"] = json!([
        { "kind": "carer", "eligibility": rules, "vehicles": 3, "active_at_once": 1, "valid_months": 12 }
    ]);
    let found = told(&Policy::from_json(&document.to_string()).expect_err("flaws"));
    let expected =
        ["[0].admit[0]", "[0].admit[1]", "[1].metres", "[1].meters"].map(|at| format!("special[0].eligibility{at}: "));
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert!(found.iter().zip(&expected).all(|(found, expected)| found.starts_with(expected)), "{found:#?}");
}

#[test]
fn what_the_rules_name_must_be_on_the_ground() {
    let rules = r#"
        {"rule": "door-in-community", "communities": ["west", "north", "south"]},
        {"rule": "door-on-street", "streets": ["elm", "lime"]},
        {"rule": "door-within", "metres": 9, "streets": ["lime", "oak"]},
        {"rule": "car-free-address", "doors": ["near", "far"], "streets": ["ash", "birch"]}
    "#;
    let policy = Policy::from_json(&document(rules).to_string()).expect("a sound policy");
    let expected = [
        "eligibility[0] (door-in-community).communities[1]: there is no community north [unknown-reference]; survey the community, correct its id, or leave it out",
        "eligibility[0] (door-in-community).communities[2]: there is no community south [unknown-reference]; survey the community, correct its id, or leave it out",
        "eligibility[1] (door-on-street).streets[1]: there is no street lime [unknown-reference]; survey the street, correct its id, or leave it out",
        "eligibility[2] (door-within).streets[0]: there is no street lime [unknown-reference]; survey the street, correct its id, or leave it out",
        "eligibility[3] (car-free-address).doors[1]: there is no door far [unknown-reference]; survey the door, correct its id, or leave it out",
        "eligibility[3] (car-free-address).streets[1]: there is no street birch [unknown-reference]; survey the street, correct its id, or leave it out",
    ];
    let town = town::inventory();
    assert_eq!(told(&policy.check_ground(&town).expect_err("flaws")), expected);
    assert_eq!(told(&District::new(town, policy).expect_err("flaws")), expected);
}

#[test]
fn a_stored_district_is_held_to_its_ground() {
    let rules = r#"{"rule": "door-on-street", "streets": ["elm"]}, {"rule": "car-free-address", "doors": ["near"]}"#;
    let policy = Policy::from_json(&document(rules).to_string()).expect("a sound policy");
    let district = District::new(town::inventory(), policy).expect("a district");
    let text = serde_json::to_string(&district).expect("text");
    assert_eq!(serde_json::from_str::<District>(&text).expect("a district"), district);
    let changed = text
        .replace(r#""streets":["elm"]"#, r#""streets":["lime"]"#)
        .replace(r#""doors":["near"]"#, r#""doors":["far"]"#);
    let error = serde_json::from_str::<District>(&changed).expect_err("not this ground").to_string();
    for told in [
        "policy, eligibility[0] (door-on-street).streets[0]: there is no street lime",
        "doors[0]: there is no door far",
    ] {
        assert!(error.contains(told), "{error}");
    }
}
