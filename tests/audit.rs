//! The auditor can say no: a sound district passes, and each kind of lie in its state is found under its own name.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use shared_parking::audit::{self, Finding};
use shared_parking::{Action, Command, District, Journal, Season, Stay, Timestamp, Window, sample};

/// A district after two rounds and some stays, the second round a month later over what was left.
fn district(seed: u64) -> District {
    let mut journal = Journal::new(sample::small_district(seed).expect("a district"));
    let start: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
    for (number, (season, at)) in [("2026", start), ("2026b", start.plus_seconds(30 * 86_400))].into_iter().enumerate()
    {
        let action = Action::HoldRound { season: Season::new(season).expect("a season"), seed };
        let id = format!("c-{number}").parse().expect("an id");
        journal.execute(Command { id, at, action }).expect("a round");
    }
    let permits: Vec<_> = journal.district().permits().take(3).cloned().collect();
    for (number, permit) in permits.into_iter().enumerate() {
        let start = start.plus_seconds(40 * 86_400);
        let stay = Stay {
            id: format!("s-{number}").parse().expect("an id"),
            stretch: permit.stretch.clone(),
            window: Window::new(start, start.plus_seconds(9_000)).expect("a window"),
            vehicle: shared_parking::people::VehicleClass::Small,
            permit: (number > 0).then_some(permit.id),
        };
        let id = format!("b-{number}").parse().expect("an id");
        journal.execute(Command { id, at: stay.window.end(), action: Action::BillStay(stay) }).expect("a bill");
    }
    journal.district().clone()
}

/// The first district whose first round knows every kind of answer, and stretches both open and closed.
fn mixed() -> District {
    let full = |district: &District| {
        let round = &district.rounds()[0];
        let refused = audit::figures(district, round).refused;
        let closed = round.places.iter().filter(|place| place.closed.is_some()).count();
        refused.keys().any(|number| *number < 300)
            && refused.contains_key(&302)
            && (1..round.places.len()).contains(&closed)
    };
    (1..100).map(district).find(full).expect("a mixed district among a hundred")
}

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
    ("an answer stands twice", "WrongParty", |state| {
        let outcomes = state["rounds"][0]["outcomes"].as_array_mut().expect("outcomes");
        outcomes.insert(0, outcomes[0].clone());
    }),
    ("a reason is dropped", "WrongReasons", |state| {
        outcomes(state, "not-eligible")["answer"]["not-eligible"]["reasons"] = json!([]);
    }),
    ("a ticket is forged", "WrongStanding", |state| {
        outcomes(state, "left-out")["answer"]["left-out"]["standing"]["ticket"] = json!(0);
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
fn sound_districts_pass() {
    for seed in 1..=12 {
        assert_eq!(audit::check(&district(seed)), Ok(()), "seed {seed}");
    }
}

#[test]
fn each_lie_is_found() {
    let sound = serde_json::to_value(mixed()).expect("a document");
    for (what, expected, lie) in LIES {
        let mut state = sound.clone();
        lie(&mut state);
        assert_ne!(state, sound, "{what}: the lie must change something");
        let lying: District = serde_json::from_value(state).unwrap_or_else(|error| panic!("{what}: {error}"));
        let findings = audit::check(&lying).expect_err(what);
        assert!(kinds(&findings).contains(&(*expected).to_owned()), "{what}: {findings:?}");
        assert!(findings.iter().all(|finding| !finding.to_string().is_empty()), "{what}");
    }
}

#[test]
fn every_kind_of_answer_is_explained() {
    let district = mixed();
    let round = &district.rounds()[0];
    let mut told = std::collections::BTreeSet::new();
    for outcome in &round.outcomes {
        let story = audit::explain(&district, &outcome.application).expect("an answered application").to_string();
        told.insert(story.split([':', ' ']).next().unwrap_or_default().to_owned());
        assert!(story.len() > 30, "{story}");
    }
    assert_eq!(told.into_iter().collect::<Vec<_>>(), ["not", "position"]);
    assert!(audit::explain(&district, &"nobody".parse().expect("an id")).is_none());
}

#[test]
fn the_last_one_seated_in_a_closed_set_is_ahead() {
    use shared_parking::district::Answer;
    // By definition of the closed set: every space in it is held by someone no further back than the cutoff.
    let district = district(3);
    for round in district.rounds() {
        for outcome in &round.outcomes {
            if let Answer::LeftOut { position, cutoff: Some(cutoff), .. } = &outcome.answer {
                assert!(cutoff.position < *position, "the last one seated is ahead");
                assert!(cutoff.spaces > 0 && cutoff.stretches > 0);
            }
        }
    }
}
