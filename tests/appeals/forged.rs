//! Records that nobody asked for, told so that everything else agrees with them: the audit finds them all the same.

use super::town::Town;
use serde_json::{Value, json};
use shared_parking::Digest;
use shared_parking::audit::Finding;
use shared_parking::{Action, Command, District, Stay, Window, audit};

fn document(district: &District) -> Value {
    serde_json::to_value(district).expect("a document")
}

fn found(state: Value) -> Vec<Finding> {
    let forged: District = serde_json::from_value(state).expect("a district");
    audit::check(&forged).err().unwrap_or_default()
}

/// Ann was offered the only space, and Bob won an appeal that brought him into line: by which command, and how it stands.
fn won() -> (u64, Value) {
    let mut town = Town::new(&[(0, 1)], &[0], json!({ "offer_hours": 72 }), None);
    town.play(
        "0 | apply ann 0 | ok
         1 | apply bob 0 arrears=100 | ok
         24 | round r1 | ann s0, bob 209
         25 | appeal p1 r1 bob wrong-fact | ok
         48 | uphold p1 fact bob arrears=0 | after 1 no 2",
    );
    let sound = document(town.district());
    (sound["appeals"]["p1"]["resolved"]["by"].as_u64().expect("a number"), sound)
}

/// What Bob's offer would be.
fn offer(sound: &Value) -> Value {
    let (mut permit, at) = (sound["permits"]["r1-000001"].clone(), sound["clock"].clone());
    let known = &sound["applications"].as_object().expect("applications");
    let bob = known.values().map(|own| &own["application"]).find(|own| own["resident"]["id"] == "bob").expect("bob");
    for (part, value) in [
        ("id", json!("r1-000002")),
        ("application", bob["id"].clone()),
        ("resident", bob["resident"]["id"].clone()),
        ("household", bob["resident"]["household"].clone()),
        ("vehicle", bob["vehicle"]["id"].clone()),
        ("since", at.clone()),
    ] {
        permit[part] = value;
    }
    permit["valid"]["start"] = at;
    let until: shared_parking::Timestamp =
        serde_json::from_value(permit["valid"]["start"].clone()).expect("an instant");
    permit["offer"] = json!(until.plus_seconds(72 * 3_600));
    permit
}

#[test]
fn an_appeal_that_declines_the_offer_of_somebody_else() {
    let (by, sound) = won();
    assert_eq!(found(sound.clone()), []);
    let (permit, mut state) = (offer(&sound), sound);
    state["passings"] = json!([{
        "season": "r1", "at": state["clock"], "by": by, "declined": "r1-000001", "closed": ["r1-000001"],
        "passed": [{ "from": null, "permit": permit }]
    }]);
    state["permits"] = json!({ "r1-000002": permit });
    state["appeals"]["p1"]["resolved"]["reopened"]["permit"] = json!("r1-000002");
    let findings = found(state);
    assert!(findings.iter().any(|own| matches!(own, Finding::WrongAppeal(_))), "{findings:?}");
}

#[test]
fn a_second_passing_of_the_same_command() {
    let mut town = Town::new(&[(0, 2)], &[0], json!({ "offer_hours": 24 }), None);
    town.play(
        "0 | apply ann 0 | ok
         1 | apply bob 0 arrears=100 | ok
         24 | round r1 | ann s0, bob 209
         25 | appeal p1 r1 bob wrong-fact | ok
         48 | uphold p1 fact bob arrears=0 | after 1 no 2: bob s0",
    );
    let sound = document(town.district());
    assert_eq!(found(sound.clone()), []);
    // Ann's offer has lapsed; but nobody closed it.
    let mut state = sound;
    let mut second = state["passings"][0].clone();
    (second["closed"], second["passed"]) = (json!(["r1-000001"]), json!([]));
    state["passings"].as_array_mut().expect("passings").push(second);
    state["permits"].as_object_mut().expect("permits").remove("r1-000001");
    assert_ne!(found(state), []);
}

#[test]
fn passings_that_trade_places() {
    let mut town = Town::new(&[(0, 2)], &[0], json!({ "offer_hours": 72 }), None);
    town.play(
        "0 | apply ann 0 | ok
         1 | apply bob 0 | ok
         2 | apply cat 0 | ok
         24 | round r1 | ann s0, bob s0, cat 302
         25 | decline ann | cat s0
         26 | decline bob | ",
    );
    let mut state = document(town.district());
    assert_eq!(found(state.clone()), []);
    state["passings"].as_array_mut().expect("passings").swap(0, 1);
    let findings = found(state);
    assert!(findings.iter().any(|own| matches!(own, Finding::WrongOffers(..))), "{findings:?}");
}

#[test]
fn a_stay_billed_before_it_ended() {
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    town.play("24 | stay st1 s0 | ok");
    let district = town.district();
    let (mut state, billed) = (document(district), district.stays().next().expect("a stay"));
    let window = billed.stay.window;
    let longer = Window::new(window.start(), window.end().plus_seconds(1)).expect("a window");
    let stay = Stay { window: longer, ..billed.stay.clone() };
    let (id, logged) = district.commands().last().expect("a command");
    let command = Command { id: id.clone(), at: logged.at, action: Action::BillStay(stay.clone()) };
    assert!(district.decide(&Command { id: "other".parse().expect("an id"), ..command.clone() }).is_err());
    // Whoever forges the record forges its fingerprint with it.
    state["commands"][id.as_str()]["digest"] = json!(Digest::of(&command).expect("a digest").to_string());
    state["stays"]["st1"]["bill"] = json!(district.quote(&stay).expect("a bill"));
    state["stays"]["st1"]["stay"] = json!(stay);
    assert_eq!(found(state), [Finding::WrongBill(stay.id)]);
}
