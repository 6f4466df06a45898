//! A document of layers read part by part.
//!
//! Invariant: `None` only beside a flaw, so that what needs a layer that could not be read is left out, and no more.

use super::grant::{self, Grant};
use super::layer::{Layer, Level};
use crate::error::{Fields, FlawCode, FlawCollector, near_miss, shown};
use crate::policy::shape::{Entries, Key, Kind, List, Node, POLICY, Path, Segment};
use crate::units::CommunityId;
use serde_json::Value;
use std::collections::BTreeSet;

/// A layer of the document, if it could be read.
pub(super) struct Given {
    /// Whether it says that it is a community's.
    pub(super) community: bool,
    pub(super) layer: Option<Layer>,
}

/// The layers of a document in its order.
pub(super) fn layers(document: &Value, twice: Vec<String>, flaws: &mut FlawCollector) -> Vec<Given> {
    for path in twice {
        flaws.push(FlawCode::Contradiction, path, "it stands there twice", "leave one of the two out");
    }
    let fields = Fields::open(document, "", &["layers"], &[], flaws);
    let layers = fields.and_then(|mut fields| fields.list("layers", layer));
    if layers.as_ref().is_some_and(Vec::is_empty) {
        flaws.push(FlawCode::Empty, "layers", "no layer", "write at least one");
    }
    let layers = layers.unwrap_or_default();
    check_order(&layers, flaws);
    let community = |at: usize| document["layers"][at]["level"] == "community";
    layers.into_iter().enumerate().map(|(at, layer)| Given { community: community(at), layer }).collect()
}

/// Whether an object has no field but these. With another, what was meant is not known.
pub(super) fn has_only(value: &Value, names: &[&str]) -> bool {
    value.as_object().is_some_and(|map| map.keys().all(|key| names.contains(&key.as_str())))
}

fn layer(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Layer> {
    let (required, optional) = (["level", "name", "source", "decides"], ["community", "takes_out", "leaves_open"]);
    let mut fields = Fields::open(value, place, &required, &optional, flaws)?;
    let (level, name) = (fields.one::<Level>("level"), fields.one::<String>("name"));
    let (source, community) = (fields.one("source"), fields.or_default::<Option<CommunityId>>("community"));
    let decides = fields.with("decides", decides);
    let takes_out = if fields.value("takes_out").is_some() { fields.all("takes_out", entry) } else { Some(Vec::new()) };
    let open =
        if fields.value("leaves_open").is_some() { fields.list("leaves_open", Grant::read) } else { Some(Vec::new()) };
    if let Some(open) = &open {
        let known: Vec<(usize, &Grant)> =
            open.iter().enumerate().filter_map(|(at, grant)| Some((at, grant.as_ref()?))).collect();
        grant::check_apart(&known, &format!("{place}.leaves_open"), flaws);
    }
    let mut sound = has_only(value, &[&required[..], &optional[..]].concat());
    let mut wrong = |field: &str, code: FlawCode, problem: &str, remedy: &str| {
        flaws.push(code, format!("{place}.{field}"), problem, remedy);
        sound = false;
    };
    if name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        wrong("name", FlawCode::Missing, "an empty name", "say what the layer is called");
    }
    match (level, &community) {
        (Some(Level::Community), Some(None)) => {
            wrong("community", FlawCode::Missing, "a layer of a community without its id", "add the community's id");
        }
        (Some(Level::City | Level::District | Level::Subdistrict), Some(Some(_))) => {
            wrong(
                "community",
                FlawCode::DoesNotFit,
                "a community above the communities",
                "leave it out, or write the level \"community\"",
            );
        }
        _ => {}
    }
    if level == Some(Level::Community) && open.as_ref().is_some_and(|open| !open.is_empty()) {
        wrong("leaves_open", FlawCode::DoesNotFit, "there is no layer below a community", "leave it out");
    }
    let leaves_open = open?.into_iter().collect::<Option<_>>();
    let layer = Layer {
        level: level?,
        community: community?,
        name: name?,
        source: source?,
        decides: decides?,
        takes_out: takes_out?,
        leaves_open: leaves_open?,
    };
    sound.then_some(layer)
}

/// Notes levels that do not descend, and communities that stand twice.
fn check_order(layers: &[Option<Layer>], flaws: &mut FlawCollector) {
    let known = || layers.iter().enumerate().filter_map(|(at, layer)| Some((at, layer.as_ref()?)));
    for ((before, upper), (at, lower)) in known().zip(known().skip(1)) {
        if !follows(upper, lower) {
            let problem = format!("a {} below layers[{before}], a {}", lower.level, upper.level);
            let remedy = "write city, district and subdistrict in this order, each once, then the communities";
            flaws.push(FlawCode::Contradiction, format!("layers[{at}].level"), problem, remedy);
        }
    }
    for (at, layer) in known() {
        let Some(community) = &layer.community else { continue };
        if let Some((first, _)) =
            known().take_while(|(other, _)| *other < at).find(|(_, other)| other.community.as_ref() == Some(community))
        {
            let problem = format!("layers[{first}] is of community {community} already");
            flaws.push(FlawCode::DuplicateId, format!("layers[{at}].community"), problem, "put both into one layer");
        }
    }
}

/// Whether one layer may stand after another.
pub(super) fn follows(upper: &Layer, lower: &Layer) -> bool {
    upper.level < lower.level || (upper.level, lower.level) == (Level::Community, Level::Community)
}

/// A path to an entry of a list.
fn entry(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Path> {
    let path = grant::path(value.as_str().unwrap_or_default(), place, flaws)?;
    let list = Path(path.0.split_last().map(|(_, list)| list.to_vec()).unwrap_or_default()).node(POLICY);
    let keyed = matches!(list, Node::List(List { key: Key::Field(_) | Key::Either(_), .. }));
    if keyed && path.0.iter().all(|segment| *segment != Segment::Any) {
        return Some(path);
    }
    let remedy = "name one entry, as in discounts[gift]; an optional field is unset by null in \"decides\", and a list of \
                  words or steps is decided as a whole";
    flaws.push(FlawCode::DoesNotFit, place, format!("{path} is no entry that can be taken out"), remedy);
    None
}

/// A part of a policy document, checked against the shape of one.
fn decides(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Value> {
    for own in ["name", "source"].into_iter().filter(|own| value.get(own).is_some()) {
        let remedy = format!("leave it out: the layer's own {own} is taken");
        flaws.push(FlawCode::DoesNotFit, format!("{place}.{own}"), "it is not for a layer to decide", remedy);
    }
    if value.is_null() {
        let remedy = "write an object with parts of a policy";
        flaws.push(FlawCode::WrongValue, place, "null is not an object", remedy);
        return None;
    }
    let own = value.get("name").or_else(|| value.get("source")).is_none();
    (part(POLICY, value, place, flaws) && own).then(|| value.clone())
}

/// Notes what cannot stand at a place; whether all can.
fn part(node: Node, value: &Value, place: &str, flaws: &mut FlawCollector) -> bool {
    let mut wrong = |problem: String, remedy: String| {
        flaws.push(FlawCode::WrongValue, place, problem, remedy);
        false
    };
    match (node, value) {
        (_, Value::Null) => true,
        (Node::Leaf(kind), value) => kind.fits(value).map_or_else(
            |wanted| wrong(format!("{} cannot stand here", shown(value)), format!("write {wanted}")),
            |()| true,
        ),
        (Node::Words(said), Value::Array(words)) => {
            let mut sound = true;
            for (at, word) in words.iter().enumerate() {
                sound &= part(Node::Leaf(Kind::Word(said)), word, &format!("{place}[{at}]"), flaws);
            }
            sound
        }
        (Node::List(list), Value::Array(all)) => entries(list, all, place, flaws),
        (Node::Words(_) | Node::List(_), value) => {
            wrong(format!("{} is not a list", shown(value)), "write a list in square brackets".to_owned())
        }
        (Node::Variant(_), Value::Object(map)) if map.len() != 1 => {
            let names: Vec<&str> = node.fields().iter().map(|field| field.name).collect();
            wrong(format!("{} fields", map.len()), format!("write exactly one of {}", names.join(", ")))
        }
        (Node::Object(_) | Node::Variant(_), value) => object(node, value, place, flaws),
        (Node::Unknown, _) => wrong("nothing can stand here".to_owned(), "leave it out".to_owned()),
    }
}

fn object(node: Node, value: &Value, place: &str, flaws: &mut FlawCollector) -> bool {
    let names: Vec<&str> = node.fields().iter().map(|field| field.name).collect();
    let Some(fields) = Fields::open(value, place, &[], &names, flaws) else { return false };
    let found: Vec<(Node, &Value, String)> = node
        .fields()
        .iter()
        .filter_map(|field| fields.value(field.name).map(|(value, at)| (field.node, value, at)))
        .collect();
    let mut sound = has_only(value, &names);
    for (node, value, place) in found {
        sound &= part(node, value, &place, flaws);
    }
    sound
}

/// Entries, each with its key, and each key once.
fn entries(list: &List, all: &[Value], place: &str, flaws: &mut FlawCollector) -> bool {
    let (mut sound, mut seen) = (true, BTreeSet::new());
    for (at, entry) in all.iter().enumerate() {
        let place = format!("{place}[{at}]");
        let mut wrong = |code: FlawCode, place: &str, problem: String, remedy: String| {
            flaws.push(code, place, problem, remedy);
            sound = false;
        };
        let key = match (list.key, entry) {
            (_, entry) if !entry.is_object() => {
                wrong(
                    FlawCode::WrongValue,
                    &place,
                    format!("{} is not an object", shown(entry)),
                    "write an object in curly brackets".to_owned(),
                );
                continue;
            }
            (Key::Place, _) => (at + 1).to_string(),
            (Key::Either(names), entry) => match list.either(entry) {
                Some(key) => key,
                None => {
                    let names = names.join(" or ");
                    let problem = format!("neither {names} says which entry it is");
                    wrong(FlawCode::Missing, &place, problem, format!("add the field {names}"));
                    continue;
                }
            },
            (Key::Field(name), entry) => match entry.get(name) {
                Some(key) if key.is_string() || key.is_u64() => {
                    key.as_str().map_or_else(|| key.to_string(), str::to_owned)
                }
                _ => {
                    wrong(
                        FlawCode::Missing,
                        &place,
                        format!("no {name:?} says which entry it is"),
                        format!("add the field {name:?}"),
                    );
                    continue;
                }
            },
        };
        if !seen.insert(key.clone()) {
            wrong(
                FlawCode::DuplicateId,
                &place,
                format!("{key:?} stands here twice"),
                "put both into one entry".to_owned(),
            );
        }
        let node = list.entries.of(&key);
        if let (Node::Unknown, Entries::ByKey(kinds)) = (node, list.entries) {
            let words = || kinds.iter().map(|(word, _)| *word);
            let remedy = near_miss(&key, words()).map_or_else(
                || format!("write one of {}", words().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean {meant}?"),
            );
            wrong(FlawCode::WrongValue, &place, format!("{key:?} is not one of its words"), remedy);
            continue;
        }
        sound &= part(node, entry, &place, flaws);
    }
    sound
}
