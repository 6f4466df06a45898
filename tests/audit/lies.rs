//! Lies told on purpose, each with the finding that must name it.

use super::mixed;
use serde_json::{Value, json};
use shared_parking::District;
use shared_parking::audit::{self, Finding};

/// The kinds of findings, without their witnesses.
fn kinds(findings: &[Finding]) -> Vec<String> {
    let mut kinds: Vec<String> = findings
        .iter()
        .map(|finding| format!("{finding:?}").split(['(', ' ']).next().unwrap_or_default().to_owned())
        .collect();
    kinds.dedup();
    kinds
}

fn outcomes<'a>(state: &'a mut Value, kind: &str) -> &'a mut Value {
    let outcomes = state["rounds"][0]["outcomes"].as_array_mut().expect("outcomes");
    outcomes.iter_mut().find(|own| own["answer"].get(kind).is_some()).unwrap_or_else(|| panic!("nobody {kind}"))
}

/// Who is seated and who is left out trade places, in everything but the standing and position.
fn trade(state: &mut Value) {
    let seated = outcomes(state, "seated")["answer"]["seated"].clone();
    let left = outcomes(state, "left-out")["answer"]["left-out"].clone();
    let mut permit = seated["permit"].clone();
    permit["application"] = outcomes(state, "left-out")["application"].clone();
    *outcomes(state, "left-out") = json!({ "application": permit["application"], "answer": { "seated": {
        "standing": left["standing"], "position": left["position"], "permit": permit } } });
    let first = outcomes(state, "seated");
    *first = json!({ "application": first["application"], "answer": { "left-out": {
        "standing": seated["standing"], "position": seated["position"],
        "refusal": left["refusal"], "cutoff": left["cutoff"] } } });
}

type Lie = fn(&mut Value);

const LIES: &[(&str, &str, Lie)] = &[
    ("an answer is missing", "WrongParty", |state| {
        state["rounds"][0]["outcomes"].as_array_mut().expect("outcomes").remove(0);
    }),
    ("an answer stands twice", "(refused by the reader)", |state| {
        let outcomes = state["rounds"][0]["outcomes"].as_array_mut().expect("outcomes");
        outcomes.insert(0, outcomes[0].clone());
    }),
    ("a reason is dropped", "WrongReasons", |state| {
        outcomes(state, "not-eligible")["answer"]["not-eligible"]["reasons"] = json!([]);
    }),
    ("a ticket is forged", "WrongStanding", |state| {
        outcomes(state, "left-out")["answer"]["left-out"]["standing"]["ticket"] = json!("0000000000000000");
    }),
    ("a position is improved", "WrongStanding", |state| {
        outcomes(state, "left-out")["answer"]["left-out"]["position"] = json!(1);
    }),
    ("the offer is smaller than the ground", "WrongOffer", |state| {
        state["rounds"][0]["places"][0]["offered"] = json!(0);
    }),
    ("a stretch is not on offer", "WrongOffer", |state| {
        state["rounds"][0]["places"].as_array_mut().expect("places").remove(0);
    }),
    ("two trade places out of turn", "NotProved", trade),
    ("a price is changed", "NotProved", |state| {
        let places = state["rounds"][0]["places"].as_array_mut().expect("places");
        let open = places.iter_mut().find(|place| place["closed"].is_null()).expect("an open place");
        open["price"] = json!(-1);
    }),
    ("a closed set is denied", "NotProved", |state| {
        for place in state["rounds"][0]["places"].as_array_mut().expect("places") {
            place["closed"] = Value::Null;
        }
    }),
    ("a permit names another stretch", "NotProved", |state| {
        let far = json!("nowhere");
        outcomes(state, "seated")["answer"]["seated"]["permit"]["stretch"] = far;
    }),
    ("a walk is shortened", "WrongPermit", |state| {
        let walk = &mut outcomes(state, "seated")["answer"]["seated"]["permit"]["walk"];
        *walk = json!(walk.as_u64().expect("centimetres") - 1);
    }),
    ("every permit lasts a second longer, here and there", "WrongPermit", |state| {
        let end = state["permits"]["2026-000001"]["valid"]["end"].as_str().expect("an instant").to_owned();
        let longer = end.replace("00Z", "01Z");
        let text = state.to_string().replace(&end, &longer);
        *state = serde_json::from_str(&text).expect("a document");
    }),
    ("a permit is renamed, here and there", "WrongPermit", |state| {
        let text = state.to_string().replace("2026-000001", "king");
        *state = serde_json::from_str(&text).expect("a document");
    }),
    ("a price of the tariff is lowered", "NotAsFounded", |state| {
        let version = &mut state["policy"]["tariff"]["versions"][1];
        version["classes"][0]["schedule"]["windows"][0]["steps"][0]["unit_price"] = json!(1);
    }),
    ("a street becomes one way", "NotAsFounded", |state| {
        let street = &mut state["inventory"]["streets"][0]["one_way"];
        *street = json!(!street.as_bool().expect("a truth"));
    }),
    ("a round is repeated", "RoundOutOfPlace", |state| {
        let rounds = state["rounds"].as_array_mut().expect("rounds");
        rounds.push(rounds[0].clone());
    }),
    ("rounds trade places", "RoundOutOfPlace", |state| {
        state["rounds"].as_array_mut().expect("rounds").swap(0, 1);
    }),
    ("a round is drawn with another seed", "NotAsked", |state| {
        state["rounds"][0]["seed"] = json!(99);
    }),
    ("an application is embellished", "NotAsked", |state| {
        state["applications"]["a-000001"]["application"]["resident"]["special_need"] = json!("disability");
    }),
    ("an application is backdated", "NotAsked", |state| {
        state["applications"]["a-000001"]["application"]["applied_at"] = json!("2026-01-01T00:00:00Z");
    }),
    ("somebody waits since the day after tomorrow", "WrongApplication", |state| {
        state["applications"]["a-000001"]["application"]["waiting_since"] = json!("2036-01-01T00:00:00Z");
    }),
    ("somebody shared more hours than there are", "WrongApplication", |state| {
        let shared = json!({ "hours": 49, "days": 2 });
        state["applications"]["a-000001"]["application"]["resident"]["sharing"] = shared;
    }),
    ("somebody shared on more days than a year has", "WrongApplication", |state| {
        let shared = json!({ "hours": 0, "days": 367 });
        state["applications"]["a-000001"]["application"]["resident"]["sharing"] = shared;
    }),
    ("a withdrawal is forgotten", "StrayCommand", |state| {
        for recorded in state["applications"].as_object_mut().expect("applications").values_mut() {
            recorded["withdrawn"] = Value::Null;
        }
    }),
    ("the commands are forgotten", "NotAsked", |state| state["commands"] = json!({})),
    ("a command is redated", "StrayCommand", |state| {
        state["commands"]["round 1"]["at"] = json!("2027-01-01T00:00:00Z");
    }),
    ("a command is renumbered", "StrayCommand", |state| state["commands"]["round 1"]["number"] = json!(999)),
    ("the clock is set back", "WrongClock", |state| state["clock"] = json!("2020-01-01T00:00:00Z")),
    ("the stays are forgotten", "StrayCommand", |state| state["stays"] = json!({})),
    ("another car takes the stay", "NotAsked", |state| state["stays"]["s-1"]["stay"]["vehicle"] = json!("another")),
    ("a permit is made to last", "WrongPermit", |state| {
        outcomes(state, "seated")["answer"]["seated"]["permit"]["valid"]["end"] = json!("2036-01-01T00:00:00Z");
    }),
    ("a cutoff is moved", "WrongRefusal", |state| {
        let cutoff = &mut outcomes(state, "left-out")["answer"]["left-out"]["cutoff"]["position"];
        *cutoff = json!(cutoff.as_u64().expect("a position") + 1);
    }),
    ("a refusal is swapped", "WrongRefusal", |state| {
        outcomes(state, "left-out")["answer"]["left-out"]["refusal"] = json!("no-space-in-reach");
    }),
    ("a permit comes from nowhere", "StrayPermit", |state| {
        let permits = state["permits"].as_object_mut().expect("permits");
        let mut stray = permits.values().next().expect("a permit").clone();
        stray["id"] = json!("stray");
        permits.insert("stray".to_owned(), stray);
    }),
    ("a stretch shrinks below its permits", "OverCapacity", |state| {
        for stretch in state["inventory"]["stretches"].as_array_mut().expect("stretches") {
            stretch["capacity"] = json!(1);
        }
    }),
    ("a bill is padded", "WrongBill", |state| {
        state["stays"]["s-1"]["bill"]["total"] = json!(99_900);
    }),
    ("a visitor's stay is given the holder's price", "WrongBill", |state| {
        state["stays"]["s-0"]["bill"] = state["stays"]["s-1"]["bill"].clone();
    }),
];

#[test]
fn each_lie_is_found() {
    let sound = serde_json::to_value(mixed()).expect("a document");
    for (what, expected, lie) in LIES {
        let mut state = sound.clone();
        lie(&mut state);
        assert_ne!(state, sound, "{what}: the lie must change something");
        let lying: District = match serde_json::from_value(state) {
            Ok(lying) => lying,
            Err(error) => {
                assert_eq!(*expected, "(refused by the reader)", "{what}: {error}");
                continue;
            }
        };
        let findings = audit::check(&lying).expect_err(what);
        assert!(kinds(&findings).contains(&(*expected).to_owned()), "{what}: {findings:?}");
        assert!(findings.iter().all(|finding| !finding.to_string().is_empty()), "{what}");
    }
}
