//! The auditor can say no: a sound district passes, and each kind of lie in its state is found under its own name.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use shared_parking::audit::{self, Explainer, Explanation, Finding};
use shared_parking::district::Answer;
use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::{
    Action, Application, Command, District, Event, Journal, Refusal, Season, Stay, Timestamp, Window, sample,
};

/// A journal of two rounds and some stays, the second round a month later over what was left.
fn journal(seed: u64) -> Journal {
    let mut journal = Journal::new(sample::small_district(seed).expect("a district"));
    let start: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let month = 30 * 86_400;
    let mut send = |id: &str, at, action| {
        journal.execute(Command { id: id.parse().expect("an id"), at, action }).expect("no refusal").to_vec()
    };
    let round = |season: &str| Action::HoldRound { season: Season::new(season).expect("a season"), seed };
    let first = send("round 1", start, round("2026"));
    let Event::RoundHeld(held) = &first[0] else { panic!("a round") };
    let left = held.outcomes.iter().find(|outcome| !matches!(outcome.answer, Answer::Seated { .. }));
    send("withdrawal", start, Action::Withdraw(left.expect("somebody without a permit").application.clone()));
    send("round 2", start.plus_seconds(month), round("2026b"));
    for (number, permit) in held.permits().take(3).enumerate() {
        let start = start.plus_seconds(month + 86_400);
        let stay = Stay {
            id: format!("s-{number}").parse().expect("an id"),
            stretch: permit.stretch.clone(),
            window: Window::new(start, start.plus_seconds(9_000)).expect("a window"),
            vehicle: permit.vehicle.clone(),
            class: VehicleClass::Small,
            special_need: SpecialNeed::None,
            permit: (number > 0).then(|| permit.id.clone()),
        };
        send(&format!("bill {number}"), stay.window.end(), Action::BillStay(stay));
    }
    journal
}

fn district(seed: u64) -> District {
    journal(seed).district().clone()
}

/// The first district whose first round knows every kind of answer, and stretches both open and closed.
fn mixed() -> District {
    let full = |district: &District| {
        let round = &district.rounds()[0];
        let refused = audit::figures(round).refused;
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

/// Every leaf of a part of a district's JSON, as a path.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, own)| {
            leaves(own, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), found);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, own)| leaves(own, &format!("{path}/{at}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value of the same kind.
fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(own) => json!(!own),
        Value::Number(own) => json!(own.as_i64().map_or(0, |own| own + 1)),
        Value::Null => json!(1),
        // A later second, another hexadecimal digit, another word.
        Value::String(own) if own.ends_with('Z') => json!(format!("{}9Z", &own[..own.len() - 2])),
        Value::String(own) if own.len() > 1 && own.ends_with('0') => json!(format!("{}1", &own[..own.len() - 1])),
        Value::String(own) => json!(format!("{}0", &own[..own.len() - 1])),
        other => other.clone(),
    }
}

/// Whatever a single leaf of the state is changed to, reading refuses it or the audit finds it. A fixed share of the
/// leaves: every 7th; all of them with `AUDIT_ALL=1`.
#[test]
fn no_single_change_passes() {
    let sound = serde_json::to_value(mixed()).expect("a document");
    let mut paths = Vec::new();
    for part in ["inventory", "policy", "founded", "clock", "commands", "applications", "rounds", "permits", "stays"] {
        leaves(&sound[part], &format!("/{part}"), &mut paths);
    }
    assert!(paths.len() > 1_500, "only {} leaves", paths.len());
    let step = if std::env::var_os("AUDIT_ALL").is_some() { 1 } else { 7 };
    let mut state = sound.clone();
    let mut passed = Vec::new();
    for path in paths.iter().step_by(step) {
        let leaf = state.pointer_mut(path).expect("a leaf");
        let before = leaf.clone();
        *leaf = changed(&before);
        let altered = *leaf != before;
        let read: Result<District, _> = serde_json::from_value(state.clone());
        if altered && read.is_ok_and(|district| audit::check(&district).is_ok()) {
            passed.push(path);
        }
        *state.pointer_mut(path).expect("a leaf") = before;
    }
    // The proof may have slack: another price, or another position of closing, proves the same. Nothing else may pass.
    let proof = |path: &str| path.starts_with("/rounds/") && (path.ends_with("/price") || path.ends_with("/closed"));
    passed.retain(|path| !proof(path));
    assert!(passed.is_empty(), "{passed:#?}");
}

#[test]
fn a_journal_that_answers_something_else_is_found() {
    type Lie = fn(&mut Value);
    let lies: [(&str, Lie); 6] = [
        ("a bill for another time", |entry| entry["events"][0]["stay-billed"]["bill"]["total"] = json!(0)),
        ("another id", |entry| entry["command"]["id"] = json!("another")),
        ("a second later", |entry| entry["command"]["at"] = json!("2026-12-31T00:00:00Z")),
        ("no bill at all", |entry| entry["events"] = json!([])),
        ("a command changed after its answer", |entry| {
            entry["command"]["action"]["bill-stay"]["vehicle"] = json!("another");
        }),
        ("an answer given twice", |entry| {
            let event = entry["events"][0].clone();
            entry["events"].as_array_mut().expect("events").push(event);
        }),
    ];
    let sound = journal(2);
    assert_eq!(audit::check_journal(&sound), Ok(()));
    let text = sound.to_jsonl().expect("text");
    let lines: Vec<&str> = text.lines().collect();
    for (what, lie) in lies {
        let mut entry: Value = serde_json::from_str(lines[lines.len() - 1]).expect("an entry");
        lie(&mut entry);
        let last = entry.to_string();
        let mut lying = lines.clone();
        *lying.last_mut().expect("an entry") = &last;
        let read = Journal::from_jsonl(&lying.join("\n"));
        let passes = read.is_ok_and(|journal| audit::check_journal(&journal).is_ok());
        assert!(!passes, "{what}");
    }
    let shorter = Journal::from_jsonl(&lines[..lines.len() - 1].join("\n")).expect("a shorter history is a history");
    assert_ne!(shorter.head(), sound.head(), "but it has another head");
}

#[test]
fn one_vehicle_and_one_person_have_one_permit() {
    let twice = |change: fn(&mut Application, &Application)| -> Vec<u16> {
        let mut journal = Journal::new(sample::small_district(1).expect("a district"));
        let at: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
        let waiting: Vec<Application> = journal.district().applications().map(|own| own.application.clone()).collect();
        let eligible = waiting.iter().find(|own| journal.district().judge(own, at).is_empty()).expect("one").clone();
        let mut second = Application { id: "a-second".parse().expect("an id"), applied_at: at, ..eligible.clone() };
        second.resident.household = "h-other".parse().expect("an id");
        second.resident.id = "r-other".parse().expect("an id");
        second.vehicle.id = "v-other".parse().expect("an id");
        change(&mut second, &eligible);
        let season = Season::new("2026").expect("a season");
        for (id, action) in [("1", Action::Apply(second)), ("2", Action::HoldRound { season, seed: 1 })] {
            journal.execute(Command { id: id.parse().expect("an id"), at, action }).expect("no refusal");
        }
        match journal.district().rounds()[0].answer(&"a-second".parse().expect("an id")).expect("an answer") {
            Answer::NotEligible { reasons } => reasons.iter().map(|reason| reason.refusal.number()).collect(),
            _ => Vec::new(),
        }
    };
    assert!(twice(|_, _| ()).is_empty());
    assert_eq!(twice(|second, first| second.resident.household = first.resident.household.clone()), [211]);
    assert_eq!(twice(|second, first| second.vehicle.id = first.vehicle.id.clone()), [212]);
    assert_eq!(twice(|second, first| second.resident.id = first.resident.id.clone()), [213]);
}

#[test]
fn answers_are_told_as_they_are() {
    let district = mixed();
    for round in district.rounds() {
        let mut explainer = Explainer::new(&district, round);
        for outcome in &round.outcomes {
            let story = explainer.explain(&outcome.application).expect("an answer");
            let text = story.to_string();
            match (&outcome.answer, &story) {
                (Answer::Seated { position, permit, .. }, Explanation::Seated { nearer, .. }) => {
                    assert!(text.starts_with(&format!("position {position} of ")), "{text}");
                    assert!(
                        text.contains(permit.stretch.as_str()) && text.contains(&permit.walk.to_string()),
                        "{text}"
                    );
                    let Some(nearer) = nearer else { continue };
                    assert!(nearer.walk < permit.walk);
                    let words = if nearer.behind == 0 { "is held by people ahead" } else { "walk least" };
                    assert!(text.contains(words), "{text}");
                    let full = round.places.iter().filter(|place| place.offered > 0).count();
                    assert!(full > 1, "a nearer stretch had a space on offer");
                }
                (Answer::LeftOut { refusal, cutoff, .. }, Explanation::LeftOut { in_reach, .. }) => {
                    assert!(text.contains(&refusal.number().to_string()), "{text}");
                    assert_eq!(*in_reach > 0, *refusal == Refusal::AheadInQueue, "{text}");
                    let cutoff = cutoff.as_ref().map(|cutoff| format!("a position before {} would", cutoff.position));
                    assert!(cutoff.is_none_or(|cutoff| text.contains(&cutoff)), "{text}");
                }
                (Answer::NotEligible { reasons }, Explanation::NotEligible(told)) => {
                    assert_eq!(reasons, told);
                    assert!(reasons.iter().all(|reason| text.contains(&reason.found)), "{text}");
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(audit::explain(&district, &"nobody".parse().expect("an id")).is_none());
}

#[test]
fn the_last_one_seated_in_a_closed_set_is_ahead() {
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
