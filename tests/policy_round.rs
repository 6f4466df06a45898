//! The rules of a round in a policy document: every part may be absent, and every mistake is told with its path.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use shared_parking::Policy;
use shared_parking::market::{Lots, Mechanism};
use shared_parking::policy::{ChoiceCost, Renewal, RenewedPlace, RoundRules, presets};

/// The preset with this round and these rules of points.
fn document(round: Option<&Value>, points: Option<&Value>) -> String {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    let map = document.as_object_mut().expect("an object");
    map.remove("round").expect("a round");
    map.extend(round.map(|round| ("round".to_owned(), round.clone())));
    if let Some(points) = points {
        map["standing"]["points"] = points.clone();
    }
    document.to_string()
}

fn read(text: &str) -> RoundRules {
    Policy::from_json(text).unwrap_or_else(|flaws| panic!("{text}: {flaws}")).round
}

/// The flaws of a document, one line each; none for a sound one, whose check then says the same.
fn flaws(text: &str) -> Vec<String> {
    match Policy::from_json(text) {
        Ok(policy) => {
            assert_eq!(policy.check(), Ok(()));
            Vec::new()
        }
        Err(flaws) => flaws.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_part_may_be_left_out() {
    let default = RoundRules::default();
    assert_eq!((default.mechanism, default.cost), (Mechanism::Optimal, ChoiceCost::Walk));
    assert_eq!((default.renewal, default.offer_hours), (None, None));
    assert_eq!(read(&document(None, None)), default);
    let renewal = Renewal { within_days: 60, place: RenewedPlace::Keep, tenure_months: None };
    for (round, expected) in [
        (json!({}), default),
        (json!({ "renewal": null, "offer_hours": null }), default),
        (json!({ "cost": "rank" }), RoundRules { cost: ChoiceCost::Rank, ..default }),
        (json!({ "offer_hours": 8_784 }), RoundRules { offer_hours: Some(8_784), ..default }),
        (
            json!({ "renewal": { "within_days": 60, "place": "keep" } }),
            RoundRules { renewal: Some(renewal), ..default },
        ),
        (
            json!({
                "mechanism": "top-trading-cycles", "cost": "rank-then-walk", "offer_hours": 1,
                "renewal": { "within_days": 366, "place": "improve", "tenure_months": 1_200 }
            }),
            RoundRules {
                mechanism: Mechanism::TopTradingCycles,
                cost: ChoiceCost::RankThenWalk,
                renewal: Some(Renewal { within_days: 366, place: RenewedPlace::Improve, tenure_months: Some(1_200) }),
                offer_hours: Some(1),
            },
        ),
    ] {
        let text = document(Some(&round), None);
        assert_eq!(read(&text), expected, "{round}");
        // What is written is read back, by our reader and by serde's.
        let policy = Policy::from_json(&text).expect("a policy");
        let written = serde_json::to_string(&policy).expect("a document");
        assert_eq!(Policy::from_json(&written).as_ref(), Ok(&policy));
        assert_eq!(serde_json::from_str::<Policy>(&written).expect("a policy"), policy);
    }
}

const WORDS: &str = "write one of \"optimal\", \"serial-dictatorship\", \"top-trading-cycles\", \
                     {\"deferred-acceptance\": \"single\"}, {\"deferred-acceptance\": \"per-place\"}";

#[test]
fn the_mechanisms_told_are_those_read() {
    let told = WORDS.strip_prefix("write one of ").expect("words");
    let read: Vec<Mechanism> = told
        .split(", ")
        .map(|word| read(&document(Some(&json!({ "mechanism": word_of(word) })), None)).mechanism)
        .collect();
    assert_eq!(
        read,
        [
            Mechanism::Optimal,
            Mechanism::SerialDictatorship,
            Mechanism::TopTradingCycles,
            Mechanism::DeferredAcceptance(Lots::Single),
            Mechanism::DeferredAcceptance(Lots::PerPlace),
        ]
    );
}

fn word_of(word: &str) -> Value {
    serde_json::from_str(word).expect("JSON")
}

#[test]
fn a_wrong_mechanism_is_told_with_the_right_ones() {
    for wrong in [
        "\"optimum\"",
        "\"deferred-acceptance\"",
        "{\"deferred-acceptance\":\"both\"}",
        "{\"deferred-acceptance\":\"single\",\"optimal\":null}",
        "{\"optimal\":null}",
        "[\"optimal\"]",
        "null",
        "7",
    ] {
        let found = flaws(&document(Some(&json!({ "mechanism": word_of(wrong) })), None));
        assert_eq!(found, [format!("round.mechanism: {wrong} is no mechanism [wrong-value]; {WORDS}")]);
    }
}

/// The round | its flaws, divided by a bar.
const ROUNDS: &str = r#"
{"offer_hours": 1} |
{"offer_hours": 0} | round.offer_hours: 0 [out-of-range]; write 1 to 8784 hours
{"offer_hours": 8785} | round.offer_hours: 8785 [out-of-range]; write 1 to 8784 hours
{"offer_hours": 70000} | round.offer_hours: integer `70000` is not a whole number from 0 to 65535 [out-of-range]; write a whole number from 0 to 65535
{"offer_hours": "72"} | round.offer_hours: string "72" is not a whole number from 0 to 65535 [wrong-value]; write a whole number from 0 to 65535
{"renewal": {"within_days": 1, "place": "keep", "tenure_months": 1}} |
{"renewal": {"within_days": 0, "place": "keep", "tenure_months": 0}} | round.renewal.within_days: 0 [out-of-range]; write 1 to 366 days | round.renewal.tenure_months: 0 [out-of-range]; write 1 to 1200 months
{"renewal": {"within_days": 367, "place": "improve", "tenure_months": 1201}, "offer_hours": 0} | round.renewal.within_days: 367 [out-of-range]; write 1 to 366 days | round.renewal.tenure_months: 1201 [out-of-range]; write 1 to 1200 months | round.offer_hours: 0 [out-of-range]; write 1 to 8784 hours
{"renewal": {"place": "kept", "tenure": 12}} | round.renewal.within_days: it is missing [missing]; add it | round.renewal.tenure: "tenure" is no field [unknown]; leave it out; the fields are within_days, place, tenure_months | round.renewal.place: "kept" is not one of its words [wrong-value]; write `keep` or `improve`
{"renewal": {"within_day": 60, "place": "keep"}} | round.renewal.within_days: it is missing [missing]; is it the field "within_day"? | round.renewal.within_day: "within_day" is no field [unknown]; did you mean within_days?
{"renewal": "keep"} | round.renewal: "keep" is not an object [wrong-value]; write an object with the fields within_days, place
{"mechnism": "optimal", "cost": "distance"} | round.mechnism: "mechnism" is no field [unknown]; did you mean mechanism? | round.cost: "distance" is not one of its words [wrong-value]; write one of `walk`, `rank`, `rank-then-walk`
{"colour": "red"} | round.colour: "colour" is no field [unknown]; leave it out; the fields are mechanism, cost, renewal, offer_hours
"optimal" | round: "optimal" is not an object [wrong-value]; write an object with the fields mechanism, cost, renewal, offer_hours
null | round: null is not an object [wrong-value]; write an object with the fields mechanism, cost, renewal, offer_hours
{"mechanism": "serial-dictatorship", "renewal": {"within_days": 30, "place": "keep"}} |
{"mechanism": "optimal", "renewal": {"within_days": 30, "place": "improve"}} |
{"mechanism": {"deferred-acceptance": "per-place"}, "renewal": {"within_days": 30, "place": "improve"}} |
{"mechanism": "serial-dictatorship", "renewal": {"within_days": 30, "place": "improve"}} | round.renewal.place: "improve" leaves the place held open to others, and with round.mechanism "serial-dictatorship" somebody ahead could take it: the holder would be worse off [contradiction]; write "keep", or another mechanism
"#;

#[test]
fn flaws_of_a_round_are_all_told_with_their_paths() {
    let mut read = 0;
    for row in ROUNDS.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.split(" |").map(str::trim).filter(|cell| !cell.is_empty());
        let round = word_of(cells.next().expect("a round"));
        assert_eq!(flaws(&document(Some(&round), None)), cells.collect::<Vec<_>>(), "{round}");
        read += 1;
    }
    assert_eq!(read, 19);
}

#[test]
fn a_policy_made_in_code_is_checked_like_a_document() {
    let mut policy = presets::xicheng_2022();
    policy.round = RoundRules {
        mechanism: Mechanism::SerialDictatorship,
        renewal: Some(Renewal { within_days: 0, place: RenewedPlace::Improve, tenure_months: None }),
        ..RoundRules::default()
    };
    let found = policy.check().expect_err("two flaws");
    assert_eq!(
        found.iter().map(|flaw| flaw.place.as_str()).collect::<Vec<_>>(),
        ["round.renewal.within_days", "round.renewal.place"]
    );
    assert_eq!(Policy::from_json(&serde_json::to_string(&policy).expect("a document")), Err(found));
}

fn by_distance() -> Value {
    json!({ "for": "distance", "steps": [{ "within_m": 30, "points": 40 }, { "within_m": 60, "points": 30 }], "beyond": 5 })
}

#[test]
fn points_by_distance_need_a_mechanism_in_which_places_have_an_order() {
    let points = json!([{ "for": "special-need", "points": 3 }, by_distance()]);
    let contradiction = |mechanism: &str| {
        format!(
            "standing.points[1]: points by distance differ from stretch to stretch, but round.mechanism is {mechanism}, \
             which serves one list [contradiction]; take these points out, or write \
             {{\"deferred-acceptance\": \"single\"}} or \"top-trading-cycles\" there"
        )
    };
    for (mechanism, sound) in [
        (json!("optimal"), false),
        (json!("serial-dictatorship"), false),
        (json!("top-trading-cycles"), true),
        (json!({ "deferred-acceptance": "single" }), true),
        (json!({ "deferred-acceptance": "per-place" }), true),
    ] {
        let found = flaws(&document(Some(&json!({ "mechanism": mechanism })), Some(&points)));
        let expected = if sound { vec![] } else { vec![contradiction(&mechanism.to_string())] };
        assert_eq!(found, expected, "{mechanism}");
    }
    assert_eq!(flaws(&document(None, Some(&points))), [contradiction("\"optimal\"")], "the default is one list");
    // A round that could not be read says nothing of the points.
    let found = flaws(&document(Some(&json!({ "mechanism": 7 })), Some(&points)));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn offers_need_one_list() {
    let of = |mechanism: Value, points: Value| {
        let round = json!({ "mechanism": mechanism, "offer_hours": 72 });
        flaws(&document(Some(&round), Some(&points)))
    };
    let single = || json!({ "deferred-acceptance": "single" });
    for mechanism in [json!("optimal"), json!("serial-dictatorship"), json!("top-trading-cycles"), single()] {
        assert!(of(mechanism, json!([])).is_empty());
    }
    let told = |found: Vec<String>, what: &str| {
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("round.offer_hours: ") && found[0].contains(what), "{found:?}");
    };
    told(of(json!({ "deferred-acceptance": "per-place" }), json!([])), "lots for each place");
    told(of(single(), json!([by_distance()])), "points by distance");
    told(of(json!("top-trading-cycles"), json!([by_distance()])), "points by distance");
}

#[test]
fn steps_of_distance_ascend_and_stand_in_one_rule() {
    let round = json!({ "mechanism": "top-trading-cycles" });
    let steps = |metres: &[u32]| {
        let steps: Vec<Value> = metres.iter().map(|metres| json!({ "within_m": metres, "points": 1 })).collect();
        json!({ "for": "distance", "steps": steps, "beyond": 0 })
    };
    let of = |points: &Value| flaws(&document(Some(&round), Some(points)));
    let order =
        "standing.points[0].steps: distances do not ascend [contradiction]; sort the steps by distances, each once";
    for (metres, expected) in [
        (&[30, 60, 90][..], None),
        (&[0], None),
        (&[30, 30], Some(order)),
        (&[60, 30], Some(order)),
        (&[], Some("standing.points[0].steps: no step [empty]; write at least one")),
    ] {
        assert_eq!(of(&json!([steps(metres)])), Vec::from_iter(expected), "{metres:?}");
    }
    let twice = "already [contradiction]; put all steps into one of the two";
    assert_eq!(
        of(&json!([{ "for": "special-need", "points": 3 }, by_distance(), by_distance(), steps(&[2, 1])])),
        [
            format!("standing.points[2]: points by distance stand in standing.points[1] {twice}"),
            "standing.points[3].steps: distances do not ascend [contradiction]; sort the steps by distances, each once"
                .to_owned(),
            format!("standing.points[3]: points by distance stand in standing.points[1] {twice}"),
        ]
    );
    let misspelt = json!([{ "for": "distance", "steps": [{ "within": 30, "points": 1 }], "beyond": 0 }]);
    let found = of(&misspelt);
    assert_eq!(
        found,
        ["standing.points[0].steps[0].within: \"within\" is no field [unknown]; did you mean within_m?"],
        "{found:?}"
    );
    assert_eq!(of(&json!([{ "for": "distance", "steps": [] }])).len(), 1, "what counts beyond must be said");
}
