//! The JSON Schema of policies: kept as it is made, true of every preset and of a full document, and never stricter than the reader.
//!
//! `WRITE_SCHEMA=1 cargo test --features schema --test schema` writes the kept file anew.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "support/full_policy.rs"]
mod full_policy;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};
use shared_parking::Policy;
use shared_parking::policy::{presets, schema};

const KEPT: &str = "src/policy/policy.schema.json";

struct Checker {
    schemas: Schemas,
    policy: SchemaIndex,
}

impl Checker {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("policy.json", schema()).expect("a resource");
        let policy = compiler.compile("policy.json", &mut schemas).expect("a schema");
        Self { schemas, policy }
    }

    fn admits(&self, document: &Value) -> bool {
        self.schemas.validate(document, self.policy).is_ok()
    }
}

/// The presets, and a document in which everything stands.
fn documents() -> Vec<Value> {
    let presets = presets::names().map(|name| presets::by_name(name).expect("a preset"));
    let presets = presets.map(|policy| serde_json::to_value(policy).expect("a document"));
    presets.chain([full_policy::full()]).collect()
}

#[test]
fn the_kept_schema_is_the_one_the_types_give() {
    let due = format!("{}\n", serde_json::to_string_pretty(&schema()).expect("text"));
    if std::env::var_os("WRITE_SCHEMA").is_some() {
        std::fs::write(KEPT, &due).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(KEPT).expect("the kept schema");
    assert!(kept == due, "{KEPT} is out of date: run this test with WRITE_SCHEMA=1");
}

#[test]
fn every_document_is_admitted() {
    let checker = Checker::new();
    for document in documents() {
        let found = checker.schemas.validate(&document, checker.policy).map_err(|error| error.to_string());
        assert_eq!(found, Ok(()), "{}", document["name"]);
    }
}

/// Every way to the parts of a document.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Object(map) => {
            let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
            map.iter().for_each(|(key, own)| paths(own, &format!("{path}/{}", escaped(key)), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, own)| paths(own, &format!("{path}/{at}"), found));
        }
        _ => {}
    }
}

#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let checker = Checker::new();
    let (mut refused, mut strangers) = (0, 0);
    for document in documents() {
        let mut found = Vec::new();
        paths(&document, "", &mut found);
        for path in found {
            let others = [json!(null), json!(true), json!(-1), json!(7), json!("word"), json!([]), json!({})];
            for other in others {
                let mut changed = document.clone();
                *changed.pointer_mut(&path).expect("a part") = other;
                if !checker.admits(&changed) {
                    refused += 1;
                    assert!(
                        Policy::from_json(&changed.to_string()).is_err(),
                        "{path}: {}",
                        changed.pointer(&path).expect("a part")
                    );
                }
            }
            let mut changed = document.clone();
            let Some(Value::Object(part)) = changed.pointer_mut(&path) else { continue };
            for key in part.keys().cloned().collect::<Vec<_>>() {
                let mut shorter = document.clone();
                let Some(Value::Object(part)) = shorter.pointer_mut(&path) else { continue };
                part.remove(&key);
                let required = Policy::from_json(&shorter.to_string()).is_err();
                assert!(required || checker.admits(&shorter), "{path} without {key}");
            }
            part.insert("stranger".to_owned(), json!(1));
            strangers += 1;
            assert!(!checker.admits(&changed), "{path} with a stranger");
            assert!(Policy::from_json(&changed.to_string()).is_err(), "{path} with a stranger");
        }
    }
    assert!(refused > 1_000 && strangers > 30, "{refused} refused, {strangers} strangers");
}

/// The presets leave much out; here almost everything stands that one may write, and the document is sound.
#[test]
fn what_the_schema_refuses_in_a_full_document_the_reader_refuses() {
    let (checker, mut document) = (Checker::new(), full_policy::full());
    document["eligibility"] = json!([
        { "rule": "door-in-community", "communities": ["east"] }, { "rule": "door-on-street", "streets": ["elm"] },
        { "rule": "door-within", "metres": 300, "streets": ["elm"] }, { "rule": "permits-per-address", "at_most": 4 },
        { "rule": "further-vehicles", "steps": [
            { "from": 2, "classes": ["small"], "documents": "family", "from_day": 18 }
        ] },
        { "rule": "car-free-address", "doors": ["d-1"], "streets": ["ash"] }, { "rule": "documents-in-a-tier" }
    ]);
    // Ceilings go with one list alone.
    document["round"]["mechanism"] = json!("optimal");
    document["round"]["renewal"]["place"] = json!("keep");
    let points = document["standing"]["points"].as_array_mut().expect("points");
    points.retain(|rule| rule["for"] != "distance" && rule["for"] != "same-community");
    let reads = |document: &Value| Policy::from_json(&document.to_string());
    assert_eq!(reads(&document).err().map(|flaws| flaws.to_string()), None);
    assert!(checker.admits(&document));
    let mut found = Vec::new();
    paths(&document, "", &mut found);
    let days = ["2026-02-30", "20260302", "-000001-01-01", "+012026-01-01", "9999-12-31"];
    let words = ["", " ", "word", "24:00", "7:00", "UTC", "Etc/GMT+5", "anyone", "optimal"];
    let texts = days.into_iter().chain(words).map(Value::from);
    let numbers =
        [json!(-1), json!(0), json!(7), json!(256), json!(70_000), json!(5_000_000_000_u64), json!(1.5), json!(2.0)];
    let others: Vec<Value> =
        [json!(null), json!(true), json!([]), json!({})].into_iter().chain(texts).chain(numbers).collect();
    let mut refused = 0;
    for path in found {
        for other in &others {
            let mut changed = document.clone();
            *changed.pointer_mut(&path).expect("a part") = other.clone();
            if !checker.admits(&changed) {
                refused += 1;
                assert!(reads(&changed).is_err(), "{path}: {other}");
            }
        }
    }
    assert!(refused > 5_000, "{refused}");
}
