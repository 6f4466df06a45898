//! The rules of a preset, derived from its document, each with the changes by which a step shows it.

use super::change::{Change, How, word};
use serde_json::{Value, json};

fn entries<'d>(document: &'d Value, list: &str) -> &'d [Value] {
    document.pointer(list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The paths of all figures in a value.
fn figures(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path.to_owned()),
        Value::Object(parts) => parts.iter().for_each(|(name, part)| figures(part, &format!("{path}/{name}"), found)),
        _ => {}
    }
}

/// Lists whose entries are rules, the word before each, and whether its figures count: prices and points have tests of
/// their own for each step.
const LISTS: [(&str, &str, bool); 9] = [
    ("/eligibility", "eligibility", true),
    ("/permits/space_kinds", "space-kind", false),
    ("/standing/points", "points", false),
    ("/standing/ties", "tie", false),
    ("/standing/promotions", "promotion", true),
    ("/quotas", "quota", true),
    ("/special", "special", true),
    ("/tariff/versions", "tariff", false),
    ("/discounts", "discount", false),
];

/// Every rule of a document, each with all its changes.
pub fn changes(document: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    for (list, before, counts) in LISTS {
        for entry in entries(document, list) {
            let (rule, word) = (format!("{before} {}", word(entry)), word(entry));
            found.push(Change::new(&rule, "without it", How::Without { list: list.into(), word: word.clone() }));
            if counts {
                higher(&rule, entry, list, &word, &mut found);
            }
        }
    }
    for tier in entries(document, "/standing/tiers") {
        let rule = format!("tier {}", word(tier));
        found.push(Change::new(&rule, "without it", How::Without { list: "/standing/tiers".into(), word: word(tier) }));
    }
    special(document, &mut found);
    shifts(document, &mut found);
    ceilings(document, &mut found);
    permits(document, &mut found);
    rounds(document, &mut found);
    for part in ["life", "complaints"] {
        let Some(rules) = document.get(part).and_then(Value::as_object) else { continue };
        for (name, value) in rules {
            let (rule, path) = (format!("{part} {name}"), format!("/{part}/{name}"));
            found.push(Change::new(&rule, "without it", How::Remove(path.clone())));
            higher(&rule, value, &path, "", &mut found);
        }
    }
    found
}

fn higher(rule: &str, value: &Value, list: &str, word: &str, found: &mut Vec<Change>) {
    let mut paths = Vec::new();
    figures(value, "", &mut paths);
    for figure in paths {
        let name = if figure.is_empty() { "its figure" } else { &figure[1..] };
        let what = format!("{name}, one higher");
        found.push(Change::new(rule, &what, How::Higher { list: list.into(), word: word.into(), figure }));
    }
}

/// The rules of eligibility of each special class.
fn special(document: &Value, found: &mut Vec<Change>) {
    for (at, class) in entries(document, "/special").iter().enumerate() {
        let list = format!("/special/{at}/eligibility");
        for entry in entries(document, &list) {
            let (rule, word) = (format!("special {} {}", self::word(class), self::word(entry)), self::word(entry));
            found.push(Change::new(&rule, "without it", How::Without { list: list.clone(), word: word.clone() }));
            higher(&rule, entry, &list, &word, found);
        }
    }
}

/// Each shift, and a minute less of it at either end.
fn shifts(document: &Value, found: &mut Vec<Change>) {
    for shift in entries(document, "/shifts/list") {
        let (rule, id) = (format!("shift {}", word(shift)), word(shift));
        found.push(Change::new(&rule, "without it", How::Shift(id.clone())));
        for (end, by) in [("from", 1), ("until", 1_439)] {
            let time = shift[end].as_str().and_then(|time| time.split_once(':')).expect("a time");
            let minutes: u32 = 60 * time.0.parse::<u32>().expect("hours") + time.1.parse::<u32>().expect("minutes");
            let minutes = (minutes + by) % 1_440;
            let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
            found.push(Change::new(&rule, &format!("{end} {time}"), How::Clock(id.clone(), end, time)));
        }
    }
}

fn ceilings(document: &Value, found: &mut Vec<Change>) {
    for ceiling in entries(document, "/ceilings") {
        let (id, mut own) = (word(ceiling), ceiling.clone());
        let list = || "/ceilings".to_owned();
        let rule = format!("ceiling {id}");
        found.push(Change::new(&rule, "without it", How::Without { list: list(), word: id.clone() }));
        let decay = own.as_object_mut().and_then(|own| own.remove("decay"));
        higher(&rule, &own, "/ceilings", &id, found);
        if let Some(decay) = decay {
            higher(&format!("decay {id}"), &json!({ "decay": decay }), "/ceilings", &id, found);
        }
    }
}

fn permits(document: &Value, found: &mut Vec<Change>) {
    for name in ["valid_months", "walk_limit_m"] {
        let path = format!("/permits/{name}");
        higher(&format!("permits {name}"), &document["permits"][name], &path, "", found);
    }
    let classes = entries(document, "/tariff/versions").last().and_then(|version| version["classes"].as_array());
    let other = classes.into_iter().flatten().find(|class| class["id"] != document["permits"]["area_class"]);
    if let Some(other) = other {
        let rule = format!("area-class {}", word(&document["permits"]["area_class"]));
        found.push(Change::new(&rule, "another", How::Set("/permits/area_class".into(), other["id"].clone())));
    }
    if entries(document, "/tariff/versions").is_empty() {
        let tariff = serde_json::to_value(shared_parking::policy::presets::gangnam()).expect("a document");
        found.push(Change::new(
            "no tariff",
            "without it",
            How::Set(
                "/".into(),
                json!({
                    "tariff": tariff["tariff"], "permits": { "area_class": "alley" }
                }),
            ),
        ));
    }
    if document["standing"]["waiting"] == "portable" {
        found.push(Change::new("waiting portable", "without it", How::Remove("/standing/waiting".into())));
    }
}

fn rounds(document: &Value, found: &mut Vec<Change>) {
    let round = &document["round"];
    let mechanism = &round["mechanism"];
    let (name, other) = match mechanism.as_str() {
        Some(name) => (name.to_owned(), json!("serial-dictatorship")),
        None => ("deferred-acceptance".to_owned(), json!({ "deferred-acceptance": "per-place" })),
    };
    found.push(Change::new(&format!("mechanism {name}"), "another", How::Set("/round/mechanism".into(), other)));
    if round["offer_hours"].is_number() {
        found.push(Change::new("offer-hours", "without it", How::Set("/round/offer_hours".into(), Value::Null)));
        higher("offer-hours", &round["offer_hours"], "/round/offer_hours", "", found);
    }
    let renewal = &round["renewal"];
    if renewal.is_object() {
        found.push(Change::new("renewal", "without it", How::Set("/round/renewal".into(), Value::Null)));
        higher("renewal", &renewal["within_days"], "/round/renewal/within_days", "", found);
    }
    if renewal["tenure_months"].is_number() {
        let path = "/round/renewal/tenure_months";
        found.push(Change::new("tenure", "without it", How::Set(path.into(), Value::Null)));
        higher("tenure", &renewal["tenure_months"], path, "", found);
    }
}
