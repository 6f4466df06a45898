//! Applications from JSON: every faulty element is told.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use serde_json::{Value, json};
use shared_parking::interop::applications;
use shared_parking::people::{Application, Preferences};
use shared_parking::{Flaw, FlawCode, StreetId};

const JSON: &str = include_str!("../examples/data/applications_small.json");

fn elements() -> Vec<Value> {
    serde_json::from_str(JSON).unwrap()
}

fn flaws(text: &str) -> Vec<Flaw> {
    applications::from_json(text).expect_err(text).iter().cloned().collect()
}

#[test]
fn texts_that_are_no_array_have_one_flaw() {
    for (text, code, place) in [
        ("", FlawCode::Empty, "document"),
        ("\u{feff} ", FlawCode::Empty, "document"),
        ("{}", FlawCode::WrongValue, "document"),
        ("null", FlawCode::WrongValue, "document"),
        ("[\n{\"id\": }]", FlawCode::Syntax, "line 2, column 8"),
    ] {
        let found = flaws(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].code, found[0].place.as_str()), (code, place), "{text}");
    }
    assert_eq!(applications::from_json("[]"), Ok(Vec::new()));
    assert_eq!(applications::from_json(&format!("\u{feff}{JSON}")).unwrap().len(), 4);
}

#[test]
fn every_faulty_element_is_told_with_its_path() {
    let mut all = elements();
    all[0]["vehicle"]["use"] = json!("racing");
    all[1]["resident"]["documents"]["title"] = json!(7);
    all[2]["resident"].as_object_mut().unwrap().remove("door");
    all[3]["colour"] = json!("red");
    all.push(json!("an application"));
    all.push(elements().swap_remove(0));
    all[5]["resident"]["arrears"] = json!(1.5);
    all.push(elements().swap_remove(1));
    all[6]["id"] = json!(" a ");
    let found = flaws(&Value::from(all).to_string());
    let told: Vec<(FlawCode, &str)> = found.iter().map(|flaw| (flaw.code, flaw.place.as_str())).collect();
    assert_eq!(
        told,
        [
            (FlawCode::WrongValue, "application 0 (id \"a-1\"), vehicle.use"),
            (FlawCode::WrongValue, "application 1 (id \"a-2\"), resident.documents.title"),
            (FlawCode::Missing, "application 2 (id \"a-3\"), resident.door"),
            (FlawCode::Unknown, "application 3 (id \"a-4\"), colour"),
            (FlawCode::WrongValue, "application 4"),
            (FlawCode::DuplicateId, "application 5 (id \"a-1\")"),
            (FlawCode::WrongValue, "application 5 (id \"a-1\"), resident.arrears"),
            (FlawCode::WrongValue, "application 6 (id \" a \"), id"),
        ]
    );
    assert!(found.iter().all(|flaw| !flaw.problem.is_empty() && !flaw.remedy.is_empty()));
}

#[test]
fn every_field_of_one_application_can_be_wrong_and_all_are_told_at_once() {
    let mut element = elements().swap_remove(0);
    let (instant, day) = ("write it like 2026-03-02T08:00:00+08:00", "write it like 2026-03-02");
    let (text, flag) = ("give 1 to 128 bytes without control characters or outer spaces", "write true or false");
    let holders = "write one of `applicant`, `spouse`, `parent`, `child`, `other`, `absent`";
    let amount = "write a whole number of minor units (fen, cent), without a currency";
    let wrong = [
        ("/id", json!(""), "an empty application id", text),
        ("/applied_at", json!("yesterday"), "\"yesterday\" is not an instant", instant),
        ("/resident/id", json!(7), "7 is not a text", text),
        ("/resident/household", json!(null), "null is not a text", text),
        ("/resident/door", json!(" d"), "\" d\" is not a door id", text),
        ("/resident/registered", json!("yes"), "\"yes\" is not true or false", flag),
        ("/resident/documents/title", json!("aplicant"), "\"aplicant\" is not one of its words", holders),
        ("/resident/documents/register", json!({}), "{} is not one of its words", holders),
        ("/resident/documents/licence", json!(""), "\"\" is not one of its words", holders),
        (
            "/resident/other_space",
            json!("shared"),
            "\"shared\" is not one of its words",
            "write one of `none`, `owned`, `rented`",
        ),
        ("/resident/certified_elsewhere", json!(0), "0 is not true or false", flag),
        ("/resident/arrears", json!(1.5), "1.5 is not an amount", amount),
        (
            "/resident/special_need",
            json!([]),
            "[] is not one of its words",
            "write one of `none`, `disability`, `wounded-veteran`",
        ),
        ("/vehicle/id", json!("a\tb"), "\"a\\tb\" is not a vehicle id", text),
        (
            "/vehicle/class",
            json!("Small"),
            "\"Small\" is not one of its words",
            "write one of `small`, `large`, `motorcycle`",
        ),
        ("/vehicle/plate_origin", json!("locl"), "\"locl\" is not one of its words", "write `local` or `other`"),
        (
            "/vehicle/use",
            json!(true),
            "true is not one of its words",
            "write one of `private`, `organisation`, `commercial`, `goods`",
        ),
        ("/vehicle/insured_until", json!("31.12.2026"), "\"31.12.2026\" is not a date", day),
        ("/vehicle/inspected_until", json!("2026-02-30"), "\"2026-02-30\" is not a date", day),
    ];
    for (path, value, _, _) in &wrong {
        *element.pointer_mut(path).unwrap() = value.clone();
    }
    let found = flaws(&json!([element]).to_string());
    let told: Vec<(&str, &str, &str)> =
        found.iter().map(|flaw| (flaw.place.as_str(), flaw.problem.as_str(), flaw.remedy.as_str())).collect();
    let path = |path: &str| format!("application 0 (id \"\"), {}", path[1..].replace('/', "."));
    let places: Vec<String> = wrong.iter().map(|(place, ..)| path(place)).collect();
    let expected: Vec<(&str, &str, &str)> =
        wrong.iter().zip(&places).map(|((_, _, problem, remedy), place)| (place.as_str(), *problem, *remedy)).collect();
    assert_eq!(told, expected);
}

#[test]
fn missing_unknown_and_repeated_fields_are_each_a_flaw() {
    let mut element = elements().swap_remove(0);
    let vehicle = element["vehicle"].as_object_mut().unwrap();
    let class = vehicle.remove("class").unwrap();
    vehicle.insert("clas".to_owned(), class);
    vehicle.remove("use");
    vehicle.insert("colour".to_owned(), json!("red"));
    element["resident"]["documents"] = json!("all shown");
    element.as_object_mut().unwrap().remove("applied_at");
    let text = format!("[{element}]").replacen("\"registered\":true", "\"registered\":true,\"registered\":false", 1);
    let lines: Vec<String> = flaws(&text)
        .iter()
        .map(|flaw| format!("{} {} | {} | {}", flaw.code.slug(), flaw.place, flaw.problem, flaw.remedy))
        .collect();
    let fields = "id, class, plate_origin, use, insured_until, inspected_until";
    let place = "application 0 (id \"a-1\")";
    assert_eq!(
        lines,
        [
            "contradiction application 0, resident.registered | it stands there twice | leave one of the two out"
                .to_owned(),
            format!("missing {place}, applied_at | it is missing | add it"),
            format!(
                "wrong-value {place}, resident.documents | \"all shown\" is not an object | write an object with the fields title, register, licence"
            ),
            format!("missing {place}, vehicle.class | it is missing | is it the field \"clas\"?"),
            format!("missing {place}, vehicle.use | it is missing | add it"),
            format!("unknown {place}, vehicle.clas | \"clas\" is no field | did you mean class?"),
            format!("unknown {place}, vehicle.colour | \"colour\" is no field | leave it out; the fields are {fields}"),
        ]
    );
}

#[test]
fn arrears_are_never_negative() {
    let mut all = elements();
    all[1]["resident"]["arrears"] = json!(-5);
    let found = flaws(&Value::from(all).to_string());
    let told: Vec<String> = found.iter().map(|flaw| flaw.to_string()).collect();
    let place = "application 1 (id \"a-2\"), resident.arrears";
    assert_eq!(told, [format!("{place}: an amount of -5 minor units [out-of-range]; write 0 or more")]);
}

/// What one application says of its preferences | its flaws, divided by a bar; none: it is read.
const WISHES: &str = r#"
{} |
{"ranked": []} |
{"ranked": ["elm"], "excluded": ["oak"]} |
null | preferences: null is not an object [wrong-value]; write an object with the fields ranked, excluded
["elm"] | preferences: ["elm"] is not an object [wrong-value]; write an object with the fields ranked, excluded
{"rankd": ["elm"]} | preferences.rankd: "rankd" is no field [unknown]; did you mean ranked?
{"ranked": "elm"} | preferences.ranked: "elm" is not a list of street ids [wrong-value]; write a JSON array, such as ["elm", "oak"]
{"ranked": null} | preferences.ranked: null is not a list of street ids [wrong-value]; write a JSON array, such as ["elm", "oak"]
{"ranked": ["elm", 7, " oak", ""], "excluded": [["ash"]]} | preferences.ranked[1]: 7 is not a street id [wrong-value]; write the street's id in quotation marks | preferences.ranked[2]: " oak" is not a street id [wrong-value]; give 1 to 128 bytes without control characters or outer spaces | preferences.ranked[3]: an empty street id [wrong-value]; give 1 to 128 bytes without control characters or outer spaces | preferences.excluded[0]: ["ash"] is not a street id [wrong-value]; write the street's id in quotation marks
{"ranked": ["elm", "oak", "elm", "elm"]} | preferences.ranked[2]: street "elm" is ranked twice [contradiction]; keep the better rank | preferences.ranked[3]: street "elm" is ranked twice [contradiction]; keep the better rank
{"ranked": ["elm"], "excluded": ["ash", "elm", "ash"]} | preferences.excluded[1]: street "elm" is ranked and excluded [contradiction]; leave it out of one of the two lists | preferences.excluded[2]: street "ash" is excluded twice [contradiction]; leave one of the two out
"#;

#[test]
fn what_is_preferred_may_be_absent_and_is_read_with_every_flaw() {
    let mut rows = 0;
    for row in WISHES.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.split(" |").map(str::trim).filter(|cell| !cell.is_empty());
        let wishes = cells.next().unwrap();
        let expected: Vec<String> = cells.map(|flaw| format!("application 1 (id \"a-2\"), {flaw}")).collect();
        let mut all = elements();
        all[1]["preferences"] = serde_json::from_str(wishes).unwrap();
        match applications::from_json(&Value::from(all).to_string()) {
            Ok(read) => {
                assert!(expected.is_empty(), "{wishes}");
                assert_eq!(read[1].preferences, serde_json::from_str::<Preferences>(wishes).unwrap());
                assert!(read[0].preferences.is_empty());
            }
            Err(flaws) => assert_eq!(flaws.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{wishes}"),
        }
        rows += 1;
    }
    assert_eq!(rows, 11);
    let text = JSON.replacen("\"vehicle\"", "\"preferences\": {\"ranked\": [], \"ranked\": [\"elm\"]}, \"vehicle\"", 1);
    let told: Vec<String> = flaws(&text).iter().map(|flaw| flaw.place.clone()).collect();
    assert_eq!(told, ["application 0, preferences.ranked"]);
}

/// What is said besides in one application | its flaws, divided by a bar; none: it is read as serde reads it.
const BESIDES: &str = r#"
{} |
{"waiting_since": "2020-01-05T01:00:00Z", "shift": "night"} |
{"resident": {"sharing": {"hours": 0, "days": 0}, "no_driving_day": false}} |
{"resident": {"sharing": {"hours": 8784, "days": 366}, "no_driving_day": true}} |
{"resident": {"documents": {"driving_licence": "applicant", "insurance": "spouse"}}} |
{"waiting_since": "long ago"} | waiting_since: "long ago" is not an instant [wrong-value]; write it like 2026-03-02T08:00:00+08:00
{"waiting_since": null, "shift": null} | waiting_since: null is not a text [wrong-value]; write it like 2026-03-02T08:00:00+08:00 | shift: null is not a text [wrong-value]; give 1 to 32 bytes without control characters or outer spaces
{"waiting_sinse": "2020-01-05T01:00:00Z"} | waiting_sinse: "waiting_sinse" is no field [unknown]; did you mean waiting_since?
{"shift": ""} | shift: an empty shift id [wrong-value]; give 1 to 32 bytes without control characters or outer spaces
{"resident": {"no_driving_day": "yes"}} | resident.no_driving_day: "yes" is not true or false [wrong-value]; write true or false
{"resident": {"documents": {"driving_licence": "aplicant", "insurance": 7}}} | resident.documents.driving_licence: "aplicant" is not one of its words [wrong-value]; write one of `applicant`, `spouse`, `parent`, `child`, `other`, `absent` | resident.documents.insurance: 7 is not one of its words [wrong-value]; write one of `applicant`, `spouse`, `parent`, `child`, `other`, `absent`
{"resident": {"sharing": [5, 1]}} | resident.sharing: [5,1] is not an object [wrong-value]; write an object with the fields hours, days
{"resident": {"sharing": {"hours": 5}}} | resident.sharing.days: it is missing [missing]; add it
{"resident": {"sharing": {"hours": 1.5, "days": -1}}} | resident.sharing.hours: 1.5 is not a whole number [wrong-value]; write a whole number, 0 or more | resident.sharing.days: -1 [out-of-range]; write 0 to 4294967295
{"resident": {"sharing": {"hours": 4294967296, "days": 1}}} | resident.sharing.hours: 4294967296 [out-of-range]; write 0 to 4294967295
{"resident": {"sharing": {"hours": 1, "days": 0}}} | resident.sharing.days: 1 h shared on no day [contradiction]; say on how many days the space was held: 1 to 366
{"resident": {"sharing": {"hours": 25, "days": 1}}} | resident.sharing.hours: 25 h shared in 1 d [out-of-range]; write at most 24 hours for each day
{"resident": {"sharing": {"hours": 8809, "days": 367}}} | resident.sharing.days: 367 days [out-of-range]; write at most 366, the days of the last year | resident.sharing.hours: 8809 h shared in 367 d [out-of-range]; write at most 24 hours for each day
"#;

/// Puts the fields of one object into another, objects into objects.
fn merge(into: &mut Value, from: &Value) {
    let (Some(own), Some(from)) = (into.as_object_mut(), from.as_object()) else { return *into = from.clone() };
    from.iter().for_each(|(key, value)| merge(own.entry(key).or_insert(Value::Null), value));
}

#[test]
fn facts_that_may_be_absent_are_read_with_every_flaw() {
    let mut rows = 0;
    for row in BESIDES.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.split(" |").map(str::trim).filter(|cell| !cell.is_empty());
        let besides: Value = serde_json::from_str(cells.next().unwrap()).unwrap();
        let expected: Vec<String> = cells.map(|flaw| format!("application 1 (id \"a-2\"), {flaw}")).collect();
        let mut all = elements();
        merge(&mut all[1], &besides);
        match applications::from_json(&Value::from(all.clone()).to_string()) {
            Ok(read) => {
                assert!(expected.is_empty(), "{row}");
                assert_eq!(read, serde_json::from_value::<Vec<Application>>(Value::from(all)).unwrap(), "{row}");
            }
            Err(flaws) => assert_eq!(flaws.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{row}"),
        }
        rows += 1;
    }
    assert_eq!(rows, 18);
}

#[test]
fn a_thousand_streets_can_be_ranked_and_no_more() {
    let ranked = |count: usize| {
        let ranked: Vec<StreetId> = (0..count).map(|at| format!("s-{at}").parse().unwrap()).collect();
        let excluded = (0..2_000).map(|at| format!("e-{at}").parse().unwrap()).collect();
        Preferences { ranked, excluded }
    };
    assert_eq!(ranked(Preferences::MOST_RANKED).check(), Ok(()));
    let flaws = ranked(Preferences::MOST_RANKED + 1).check().unwrap_err();
    assert_eq!(
        flaws.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["ranked: 1001 streets are ranked [out-of-range]; rank at most 1000: those nearest to the door are enough"]
    );
    // What the limit is for: the last rank and the longest walk of any policy (10 km) fit one cost.
    let (rank, walk) = (Preferences::MOST_RANKED as u64, 1_000_000_u64);
    assert!(rank * (walk + 1) + walk <= u64::from(shared_parking::market::Market::MAX_COST));
}
