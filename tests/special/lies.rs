//! Records that fit their commands, but not the rules: each kind is found under its own name.

use super::table::told;
use serde_json::{Value, json};
use shared_parking::{Action, Command, Digest, District, Inventory, Policy, Timestamp, audit};

/// Everything is allowed.
fn lenient() -> Value {
    json!([{ "kind": "carer", "eligibility": [], "vehicles": 5, "active_at_once": 3, "valid_months": 12 }])
}

const STEPS: &str = "
0 | apply o-1 bob v-bob               | ok
0 | grant a-1 carer ann v1 v2         | carer#000001
0 | grant a-2 carer ann v3            | carer#000002
0 | grant a-3 carer bob v1            | carer#000003
1 | activate a-1 v1                   | ok
1 | activate a-1 v2                   | ok
2 | add a-1 v4                        | ok
6 | deactivate a-1 v2                 | ok
6 | stay x s0 a-1 v2 1 6              | 0
6 | remove a-1 v2                     | ok
7 | revoke a-1                        | ok
7 | revoke a-2                        | ok
7 | grant a-4 carer ann v1 v2         | carer#000012
";

fn sound() -> Value {
    let (world, _) = told(&lenient(), STEPS);
    assert_eq!(audit::check_journal(&world.journal), Ok(()));
    serde_json::to_value(world.district()).expect("a document")
}

fn findings(state: Value) -> Vec<String> {
    let district: District = serde_json::from_value(state).expect("a district");
    audit::check(&district).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

fn wrong(told: &[(u64, u64)]) -> Vec<String> {
    let told = told.iter().map(|(permit, by)| {
        format!("special permit carer#{permit:06}: command number {by} led to something that the rules do not give")
    });
    told.collect()
}

/// The same records under stricter rules.
#[test]
fn every_rule_is_checked_again() {
    for (field, value, expected) in [
        ("active_at_once", json!(2), &[][..]),
        ("active_at_once", json!(1), &[(1, 5)]),
        ("vehicles", json!(3), &[]),
        ("at_most", json!(3), &[]),
        ("at_most", json!(2), &[(3, 3)]),
        ("at_most", json!(1), &[(2, 2), (3, 3), (12, 12)]),
        ("per_household", json!(2), &[]),
        ("per_household", json!(1), &[(2, 2)]),
        ("valid_months", json!(11), &[(1, 1), (2, 2), (3, 3), (12, 12)]),
        ("eligibility", json!([{ "rule": "one-permit-per-vehicle" }]), &[(3, 3), (12, 12)]),
        ("eligibility", json!([{ "rule": "permits-per-household", "at_most": 1 }]), &[(2, 2), (1, 6)]),
        ("eligibility", json!([{ "rule": "one-permit-per-resident" }]), &[(2, 2), (1, 6)]),
        ("eligibility", json!([{ "rule": "permits-per-address", "at_most": 1 }]), &[(2, 2), (3, 3), (1, 6), (12, 12)]),
        ("eligibility", json!([{ "rule": "insurance-valid" }, { "rule": "registered-resident" }]), &[]),
        (
            "eligibility",
            json!([{ "rule": "plate-origin", "admit": ["other"] }]),
            &[(1, 1), (2, 2), (3, 3), (1, 6), (12, 12)],
        ),
    ] {
        let mut state = sound();
        state["policy"]["special"][0][field] = value.clone();
        refound(&mut state);
        assert_eq!(findings(state), wrong(expected), "{field} {value}");
    }
    let mut state = sound();
    state["policy"]["special"][0]["active_at_once"] = 2.into();
    state["policy"]["special"][0]["vehicles"] = 2.into();
    refound(&mut state);
    assert_eq!(findings(state), wrong(&[(1, 6)]), "vehicles 2");
}

/// Ground and rules as if they had always been so.
fn refound(state: &mut Value) {
    let inventory: Inventory = serde_json::from_value(state["inventory"].clone()).expect("an inventory");
    let policy: Policy = serde_json::from_value(state["policy"].clone()).expect("a policy");
    state["founded"] = Digest::of(&(&inventory, &policy)).expect("a digest").to_string().into();
}

/// What command a number stood for, with what was asked and when changed, and its fingerprint with it.
fn forge(state: &mut Value, number: u64, at: &Value, action: Value) {
    let commands = state["commands"].as_object_mut().expect("commands");
    let (id, logged) = commands.iter_mut().find(|(_, logged)| logged["number"] == number).expect("a command");
    let action: Action = serde_json::from_value(action).expect("an action");
    let instant: Timestamp = serde_json::from_value(at.clone()).expect("an instant");
    let command = Command { id: id.parse().expect("an id"), at: instant, action };
    logged["at"] = at.clone();
    logged["digest"] = Digest::of(&command).expect("a digest").to_string().into();
}

/// A request changed together with its command.
fn forge_request(state: &mut Value, permit: &str, number: u64, change: impl Fn(&mut Value)) {
    let own = &mut state["special"][permit];
    change(&mut own["request"]);
    let (at, request) = (own["valid"]["start"].clone(), own["request"].clone());
    forge(state, number, &at, json!({ "grant-special": request }));
}

#[test]
fn a_request_that_should_have_been_refused_is_found() {
    for (pointer, value) in [
        ("/id", json!("o-1")),
        ("/id", json!("a-1")),
        ("/kind", json!("driver")),
        ("/resident/door", json!("d-nowhere")),
        ("/vehicles", json!([])),
    ] {
        let mut state = sound();
        forge_request(&mut state, "carer#000002", 2, |request| {
            *request.pointer_mut(pointer).expect("a value") = value.clone();
        });
        assert_eq!(findings(state)[..1], wrong(&[(2, 2)]), "{pointer} {value}");
    }
    let mut state = sound();
    forge_request(&mut state, "carer#000002", 2, |request| {
        let first = request["vehicles"][0].clone();
        request["vehicles"].as_array_mut().expect("a list").push(first);
    });
    assert_eq!(findings(state), wrong(&[(2, 2)]), "a vehicle twice");
}

#[test]
fn a_stay_needs_its_vehicle_active() {
    // Activated at hour 2, deactivated at hour 2, revoked at hour 2; the stay is from hour 1 to hour 6.
    let later = "2026-02-28T18:00:00Z";
    for (number, place) in [(5, 1), (7, 3), (10, 5)] {
        let mut state = sound();
        let step = &mut state["special"]["carer#000001"]["changes"][place];
        assert_eq!(step["by"], number);
        step["at"] = later.into();
        let change = step["change"].clone();
        let action = json!({ "change-special": { "permit": "carer#000001", "change": change } });
        forge(&mut state, number, &later.into(), action);
        assert_eq!(wrong_bills(state), 2, "command {number}");
    }
    let mut state = sound();
    forge_request(&mut state, "carer#000001", 1, |request| request["vehicles"][1]["class"] = "large".into());
    assert_eq!(wrong_bills(state), 2, "another class");
}

/// Twice a bill: by the district's account, and by the audit's own.
fn wrong_bills(state: Value) -> usize {
    findings(state).iter().filter(|told| told.starts_with("stay x: the bill")).count()
}

#[test]
fn what_no_fingerprint_holds_is_found() {
    let mut renamed = sound();
    let special = renamed["special"].as_object_mut().expect("permits");
    let mut own = special.remove("carer#000003").expect("a permit");
    own["id"] = "carer#000013".into();
    special.insert("carer#000013".to_owned(), own);
    let named = "special permit carer#000013: command number 3 led to something that the rules do not give";
    assert_eq!(findings(renamed), [named]);

    let mut swapped = sound();
    swapped["special"]["carer#000001"]["changes"].as_array_mut().expect("steps").swap(0, 1);
    assert_eq!(findings(swapped), wrong(&[(1, 1)]));

    let mut longer = sound();
    longer["special"]["carer#000003"]["valid"]["end"] = "2028-01-01T00:00:00Z".into();
    assert_eq!(findings(longer), wrong(&[(3, 3)]));

    let mut lost = sound();
    lost["special"]["carer#000001"]["changes"].as_array_mut().expect("steps").pop();
    assert!(findings(lost).iter().any(|told| told.contains("c-10: its number, instant or record")));
}
