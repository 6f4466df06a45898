//! Special classes in a policy document: every mistake is told with its path.

use serde_json::{Value, json};
use shared_parking::Policy;
use shared_parking::policy::presets;

fn document(special: Option<&str>, asked: Option<&str>) -> String {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    if let Some(special) = special {
        document["special"] = serde_json::from_str(special).expect("JSON");
    }
    if let Some(kind) = asked {
        let effect = json!({ "fixed": { "amount": 100 } });
        let discount = json!({ "id": "special", "when": { "permit": kind }, "effect": effect });
        document["discounts"].as_array_mut().expect("a list").push(discount);
    }
    document.to_string()
}

fn flaws(text: &str) -> Vec<String> {
    match Policy::from_json(text) {
        Ok(policy) => {
            assert_eq!(policy.check(), Ok(()));
            Vec::new()
        }
        Err(flaws) => flaws.iter().map(ToString::to_string).collect(),
    }
}

/// The classes | their flaws, divided by a bar.
const CLASSES: &str = r#"
[] |
[{"kind": "carer", "eligibility": [], "vehicles": 5, "active_at_once": 5, "valid_months": 12}] |
[{"kind": "carer", "eligibility": [{"rule": "insurance-valid"}], "vehicles": 1000, "active_at_once": 1, "valid_months": 1200, "at_most": 1, "per_household": null}] |
null | special: null is not a list [wrong-value]; write a list in square brackets
[7] | special[0]: 7 is not an object [wrong-value]; write an object with the fields kind, eligibility, vehicles, active_at_once, valid_months
[{"kind": "carer", "eligibility": [], "vehicles": 5, "active": 1, "valid_months": 12}] | special[0].active_at_once: it is missing [missing]; add it | special[0].active: "active" is no field [unknown]; leave it out; the fields are kind, eligibility, vehicles, active_at_once, valid_months, at_most, per_household
[{"kind": "carer", "eligibility": [], "vehicles": 0, "active_at_once": 0, "valid_months": 0, "at_most": 0, "per_household": 0}] | special[0].vehicles: 0 [out-of-range]; write 1 to 1000 vehicles | special[0].active_at_once: 0 [out-of-range]; write 1 to 1000 vehicles | special[0].valid_months: 0 [out-of-range]; write 1 to 1200 months | special[0].at_most: 0 [out-of-range]; write at least 1, or leave it out for any number | special[0].per_household: 0 [out-of-range]; write at least 1, or leave it out for any number
[{"kind": "carer", "eligibility": [], "vehicles": 1001, "active_at_once": 1002, "valid_months": 1201}] | special[0].vehicles: 1001 [out-of-range]; write 1 to 1000 vehicles | special[0].active_at_once: 1002 [out-of-range]; write 1 to 1000 vehicles | special[0].valid_months: 1201 [out-of-range]; write 1 to 1200 months
[{"kind": "a/b", "eligibility": [{"rule": "plate-origin", "admit": []}], "vehicles": 2, "active_at_once": 2, "valid_months": 12}] | special[0].kind: a kind "a/b" [wrong-value]; give 1 to 64 bytes without slashes, control characters or outer spaces | special[0].eligibility[0] (plate-origin): the rule admits nobody [out-of-range]; admit at least one, or take the rule out
[{"kind": "resident", "eligibility": [], "vehicles": 2, "active_at_once": 2, "valid_months": 12}] | special[0].kind: another kind of permit is called "resident" [duplicate-id]; give each kind its own word
[{"kind": "carer", "eligibility": [], "vehicles": 2, "active_at_once": 2, "valid_months": 12}, {"kind": "carer", "eligibility": [{"rule": "insured"}], "vehicles": 2, "active_at_once": 3, "valid_months": 12}, {"kind": "carer", "eligibility": [], "vehicles": 2, "active_at_once": 3, "valid_months": 12}] | special[1].eligibility[0].rule: "insured" is not | special[2].active_at_once: 3 of 2 vehicles [contradiction]; write at most the number of vehicles | special[2].kind: another kind of permit is called "carer" [duplicate-id]; give each kind its own word
"#;

#[test]
fn flaws_of_classes_are_all_told_with_their_paths() {
    let mut rows = 0;
    for row in CLASSES.lines().filter(|row| !row.is_empty()) {
        let (classes, expected) = row.split_once(" |").expect("classes | flaws");
        let expected: Vec<&str> = expected.split(" | ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let found = flaws(&document(Some(classes), None));
        assert_eq!(found.len(), expected.len(), "{classes}: {found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{classes}:\n{found}\n{expected}");
        }
        rows += 1;
    }
    assert_eq!(rows, 11);
}

#[test]
fn a_discount_may_ask_for_a_special_kind() {
    let carer = r#"[{"kind": "carer", "eligibility": [], "vehicles": 5, "active_at_once": 1, "valid_months": 12}]"#;
    assert!(flaws(&document(Some(carer), Some("carer"))).is_empty());
    assert!(flaws(&document(Some(carer), Some("resident"))).is_empty());
    let told = |remedy: &str| {
        [format!("discounts[1].when.permit: no permit of kind \"guest\" is issued [unknown-reference]; {remedy}")]
    };
    let remedy = r#"write "resident" or "carer", or change permits.kind"#;
    assert_eq!(flaws(&document(Some(carer), Some("guest"))), told(remedy));
    assert_eq!(flaws(&document(None, Some("guest"))), told(r#"write "resident", or change permits.kind"#));
    // A class that could not be read may have been the one asked for.
    assert_eq!(flaws(&document(Some("[7]"), Some("guest"))).len(), 1);
}

#[test]
fn a_policy_without_classes_is_written_as_before() {
    let written = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    assert_eq!(written.get("special"), None);
    let carer = r#"[{"kind":"carer","eligibility":[],"vehicles":5,"active_at_once":1,"valid_months":12,"at_most":9}]"#;
    let policy = Policy::from_json(&document(Some(carer), None)).expect("a policy");
    let written = serde_json::to_string(&policy).expect("a document");
    assert!(written.contains(carer));
    assert_eq!(Policy::from_json(&written).as_ref(), Ok(&policy));
    assert_eq!(serde_json::from_str::<Policy>(&written).expect("a policy"), policy);
    let _: Value = serde_json::from_str(&written).expect("JSON");
}
