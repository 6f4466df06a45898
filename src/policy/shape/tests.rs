//! The shape against what reads a policy: both know the same fields and the same words.

use super::{Entries, Field, Key, Kind, List, Node, POLICY, Path};
use crate::error::FlawCode;
use crate::policy::{Policy, presets};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A value that fits; `of` chooses among the variants.
fn sample(node: Node, of: usize) -> Value {
    match node {
        Node::Leaf(kind) => leaf(kind),
        Node::Words([]) => json!(["any"]),
        Node::Words(words) => words.iter().map(|(word, _)| written(word)).collect(),
        Node::Object(fields) => object(fields, 0),
        Node::Variant(fields) => json!({ fields[of].name: sample(fields[of].node, 0) }),
        Node::List(list) => entries(list),
        Node::Unknown => Value::Null,
    }
}

/// A word as a document writes it; of an object told by its only field, one that can be read.
fn written(word: &str) -> Value {
    if word == "{\"agreement\":…}" {
        return json!({ "agreement": { "of": ["title"], "at_least": 1, "others": "kin" } });
    }
    serde_json::from_str(word).unwrap_or_else(|_| json!(word))
}

/// The word itself, or the only field of an object.
fn word(known: &str) -> String {
    known.strip_prefix("{\"").and_then(|rest| rest.strip_suffix("\":…}")).unwrap_or(known).to_owned()
}

/// Fields of which an object has one.
const EITHER: [[&str; 2]; 2] = [["days", "months"], ["rate", "steps"]];

/// How many objects it takes to have each of the fields once.
fn alternatives(fields: &[Field]) -> usize {
    let has = |name: &&str| fields.iter().any(|field| field.name == *name);
    let either = EITHER.iter().any(|group| group.iter().all(has));
    let variants = fields.iter().map(|field| if let Node::Variant(all) = field.node { all.len() } else { 1 });
    variants.max().unwrap_or(1).max(1 + usize::from(either))
}

/// An object with all the fields; of those of which it has only one, and of variants, `of` says which.
fn object(fields: &[Field], of: usize) -> Value {
    let has = |name: &&str| fields.iter().any(|field| field.name == *name);
    let group = EITHER.iter().find(|group| group.iter().all(has));
    let left_out = |name: &str| group.is_some_and(|group| group.contains(&name) && group[of] != name);
    let fields = fields.iter().filter(|field| !left_out(field.name));
    fields.map(|field| (field.name.to_owned(), sample(field.node, of))).collect::<Map<_, _>>().into()
}

fn leaf(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!("CNY"), // fits a currency too
        Kind::Word(words) => written(words.first().expect("a word").0),
        Kind::Count(..) | Kind::Money(_) | Kind::Price | Kind::Share(..) => json!(kind.range().expect("a range").0),
        Kind::Date => json!("2026-03-02"),
        Kind::Clock => json!("07:30"),
        Kind::Zone => json!("Asia/Shanghai"),
        Kind::Flag => json!(true),
    }
}

/// One entry of each kind, and of each variant that an entry may have.
fn entries(list: &List) -> Value {
    let named = |mut entry: Value, key: &str| {
        if let (Key::Field(name), Entries::ByKey(_)) = (list.key, list.entries) {
            entry[name] = json!(key);
        }
        entry
    };
    let all = |fields: &'static [Field]| (0..alternatives(fields)).map(move |of| object(fields, of));
    match list.entries {
        Entries::ByKey(kinds) => {
            kinds.iter().flat_map(|&(key, fields)| all(fields).map(move |entry| named(entry, key))).collect()
        }
        Entries::Alike(fields) => all(fields).collect(),
    }
}

/// Every object and every single value of the sample, with its JSON pointer.
fn places(node: Node, value: &Value, at: &str, found: &mut Vec<(String, Node)>) {
    found.push((at.to_owned(), node));
    match (node, value) {
        (Node::List(list), Value::Array(all)) => {
            for (number, entry) in all.iter().enumerate() {
                let key = match list.key {
                    Key::Field(name) => entry[name].as_str().unwrap_or_default(),
                    Key::Either(_) | Key::Place => "1",
                };
                places(list.entries.of(key), entry, &format!("{at}/{number}"), found);
            }
        }
        (Node::Object(_) | Node::Variant(_), Value::Object(map)) => {
            map.iter().for_each(|(name, inner)| places(node.field(name), inner, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

fn sample_places() -> (Value, Vec<(String, Node)>) {
    let (document, mut found) = (sample(POLICY, 0), Vec::new());
    places(POLICY, &document, "", &mut found);
    (document, found)
}

/// The words between backticks, or after the colon of "the fields are".
fn listed(remedy: &str) -> BTreeSet<String> {
    if let Some((_, fields)) = remedy.split_once("the fields are ") {
        return fields.split(", ").map(str::to_owned).collect();
    }
    remedy.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The remedy for a stranger, as the reader of policies tells it.
fn told(document: &Value, stranger: &str) -> String {
    let flaws = Policy::from_json(&document.to_string()).expect_err("a stranger");
    let all: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    let flaw = flaws.iter().find(|flaw| flaw.problem.contains(stranger));
    flaw.unwrap_or_else(|| panic!("{stranger} passed: {all:#?}")).remedy.clone()
}

#[test]
fn every_object_has_the_fields_that_the_reader_knows() {
    let (document, places) = sample_places();
    let mut objects = 0;
    for (at, node) in &places {
        let (Node::Object(_) | Node::Variant(_)) = node else { continue };
        objects += 1;
        let mut strange = document.clone();
        let object = strange.pointer_mut(at).and_then(Value::as_object_mut).expect("an object");
        if let Node::Variant(_) = node {
            object.clear(); // a second field would not be looked at
        }
        object.insert("zzzzzzzzzzzz".to_owned(), json!({}));
        let mut known: BTreeSet<String> = node.fields().iter().map(|field| field.name.to_owned()).collect();
        let heard = listed(&told(&strange, "zzzzzzzzzzzz"));
        // The word that tells kinds of entries apart is not a field for serde.
        known.retain(|name| heard.contains(name) || !["rule", "for", "by"].contains(&name.as_str()));
        assert_eq!(known, heard, "{at}: write the same fields into src/policy/shape");
    }
    assert!(objects > 30, "{objects}");
}

#[test]
fn every_choice_has_the_words_that_the_reader_knows() {
    let (document, places) = sample_places();
    let tags = |node: &Node| match node {
        Node::List(List { entries: Entries::ByKey(kinds), key: Key::Field(name), .. }) => {
            Some((*name, kinds.iter().map(|(key, _)| (*key).to_owned()).collect::<BTreeSet<_>>()))
        }
        _ => None,
    };
    let words = |said: super::Said| said.iter().map(|(known, _)| word(known)).collect();
    let mut choices = 0;
    for (at, node) in &places {
        let (at, known) = match node {
            Node::Leaf(Kind::Word([])) | Node::Words([]) => continue,
            Node::Leaf(Kind::Word(said)) => (at.clone(), words(said)),
            Node::Words(said) => (format!("{at}/0"), words(said)),
            node => match tags(node) {
                Some((name, known)) => (format!("{at}/0/{name}"), known),
                None => continue,
            },
        };
        choices += 1;
        let mut strange = document.clone();
        *strange.pointer_mut(&at).expect("a place") = json!("zzzzzzzzzzzz");
        let remedy = told(&strange, "zzzzzzzzzzzz");
        let heard = if at == "/round/mechanism" {
            let plain = remedy.trim_start_matches("write one of ").replace("\": \"", "\":\"");
            plain.split(", ").map(|word| word.trim_matches('"').to_owned()).collect()
        } else {
            listed(&remedy)
        };
        assert_eq!(known, heard, "{at}: write the same words into src/policy/shape");
    }
    assert!(choices > 15, "{choices}");
}

#[test]
fn every_range_is_the_one_that_is_checked() {
    let (document, places) = sample_places();
    let flawed = |at: &str, value: i64| -> BTreeSet<String> {
        let mut document = document.clone();
        *document.pointer_mut(at).expect("a place") = json!(value);
        let flaws = Policy::from_json(&document.to_string()).expect_err("the sample is not sound");
        let of_values = flaws.iter().filter(|flaw| matches!(flaw.code, FlawCode::OutOfRange | FlawCode::WrongValue));
        of_values.map(ToString::to_string).collect()
    };
    eprintln!(
        "{:#?}",
        Policy::from_json(&document.to_string())
            .expect_err("")
            .iter()
            .map(|f| f.to_string())
            .filter(|f| f.starts_with("standing"))
            .collect::<Vec<_>>()
    );
    let mut ranges = 0;
    for (at, node) in &places {
        let Node::Leaf(kind) = node else { continue };
        let Some((least, most)) = kind.range() else { continue };
        ranges += 1;
        let sound = flawed(at, least);
        assert!(!flawed(at, least - 1).is_subset(&sound), "{at}: {} passes", least - 1);
        assert!(flawed(at, most).is_subset(&sound), "{at}: {most} does not pass");
        if let Some(more) = most.checked_add(1) {
            assert!(!flawed(at, more).is_subset(&sound), "{at}: {more} passes");
        }
    }
    assert!(ranges > 15, "{ranges}");
}

#[test]
fn every_place_of_a_preset_is_known_and_has_words() {
    fn walk(path: &Path, node: Node, value: &Value, seen: &mut u32) {
        assert!(!matches!(node, Node::Unknown), "{path}");
        *seen += 1;
        match value {
            Value::Object(map) => {
                map.iter().for_each(|(name, inner)| walk(&path.field(name), node.field(name), inner, seen));
            }
            Value::Array(all) if matches!(node, Node::List(_)) => {
                for (key, inner) in super::keyed(node, all, &[]) {
                    walk(&path.entry(&key), node.entry(Some(&key)), inner, seen);
                }
            }
            value => match node {
                Node::Leaf(kind) => {
                    assert!(value.is_null() || kind.fits(value).is_ok(), "{path}")
                }
                _ => assert!(value.is_array() || value.is_null(), "{path}"),
            },
        }
        if !path.0.is_empty() {
            assert_eq!(Path::parse(&path.to_string()).as_ref(), Ok(path));
            assert!(path.check(POLICY).is_ok(), "{path}");
            assert!(!super::phrase(path, 0).is_empty(), "{path}");
        }
    }
    let mut seen = 0;
    let document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    walk(&Path::default(), POLICY, &document, &mut seen);
    assert!(seen > 150, "{seen}");
}
