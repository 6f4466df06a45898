//! What layers decide together, and which of them has the last word on each place.
//!
//! Invariant: entries of a list are matched by their keys, as the comparison of policies matches them.

use crate::policy::shape::{Change, Key, List, Node, POLICY, Path, Segment, What, changes, keyed};
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The decisions of some layers put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// The part of a policy document that they decide.
    pub(super) document: Value,
    /// The number of the layer, from the top, that decided each place.
    origins: BTreeMap<Path, usize>,
}

impl Default for Merged {
    fn default() -> Self {
        Self { document: Value::Object(Map::new()), origins: BTreeMap::new() }
    }
}

impl Merged {
    /// The last word on a place: of the layers that decided a part of it the lowest, or whoever decided the whole that
    /// it is a part of. None where the document holds nothing.
    pub(super) fn origin(&self, path: &Path) -> Option<usize> {
        find(&self.document, path)?;
        let below = self.origins.iter().filter(|(own, _)| path.covers(own)).map(|(_, &at)| at).max();
        let above = || self.origins.iter().filter(|(own, _)| own.covers(path)).max_by_key(|(own, _)| own.0.len());
        below.or_else(|| above().map(|(_, &at)| at))
    }

    /// The document with an entry taken out; `None` when there is no such entry.
    pub(super) fn without(document: &Value, path: &Path) -> Option<Value> {
        let Some((Segment::Entry(key), list)) = path.0.split_last() else { return None };
        let list = Path(list.to_vec());
        let found = find(document, &list)?.as_array()?;
        let at = keyed(list.node(POLICY), found, &[]).iter().position(|(own, _)| own == key)?;
        let mut document = document.clone();
        let mut place = &mut document;
        let mut node = POLICY;
        for segment in &list.0 {
            place = match segment {
                Segment::Field(name) => place.get_mut(name)?,
                Segment::Entry(key) => {
                    let entries = place.as_array()?;
                    let at = keyed(node, entries, &[]).iter().position(|(own, _)| own == key)?;
                    place.get_mut(at)?
                }
                Segment::Any => return None,
            };
            node = Path(vec![segment.clone()]).node(node);
        }
        place.as_array_mut()?.remove(at);
        Some(document)
    }

    /// What is decided after the layer of this number has changed the document, and where it differs.
    pub(super) fn after<'v>(&'v self, document: &'v Value, number: usize) -> (Self, Vec<Change<'v>>) {
        let found = changes(&Path::default(), POLICY, &self.document, document);
        let mut origins = self.origins.clone();
        for change in &found {
            if change.what != What::Order {
                origins.retain(|path, _| !change.path.covers(path));
            }
            if change.what == What::Order || change.after.value.is_some() {
                origins.insert(change.path.clone(), number);
            }
        }
        (Self { document: document.clone(), origins }, found)
    }
}

/// The value at a path.
pub(super) fn find<'v>(document: &'v Value, path: &Path) -> Option<&'v Value> {
    let (mut value, mut node) = (document, POLICY);
    for segment in &path.0 {
        value = match segment {
            Segment::Field(name) => value.get(name)?,
            Segment::Entry(key) => {
                keyed(node, value.as_array()?, &[]).into_iter().find(|(own, _)| own == key).map(|(_, entry)| entry)?
            }
            Segment::Any => return None,
        };
        node = Path(vec![segment.clone()]).node(node);
    }
    Some(value)
}

/// What is decided above with what is decided below put over it.
pub(super) fn merge(node: Node, above: Option<&Value>, below: &Value) -> Value {
    match (node, above, below) {
        (Node::Object(_), Some(Value::Object(old)), Value::Object(new)) => fields(node, old, new),
        (Node::Variant(_), Some(Value::Object(old)), Value::Object(new)) if old.keys().eq(new.keys()) => {
            fields(node, old, new)
        }
        (Node::List(list), above, Value::Array(new)) if !matches!(list.key, Key::Place) => {
            let old = above.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            entries(node, list, old, new)
        }
        (Node::Object(_), _, Value::Object(new)) => fields(node, &Map::new(), new),
        _ => below.clone(),
    }
}

fn fields(node: Node, old: &Map<String, Value>, new: &Map<String, Value>) -> Value {
    let mut merged = old.clone();
    for (name, value) in new {
        merged.insert(name.clone(), merge(node.field(name), old.get(name), value));
    }
    merged.into()
}

/// Entries from above in their order, then new ones; by the ascending field where there is one.
fn entries(node: Node, list: &List, old: &[Value], new: &[Value]) -> Value {
    let (old, new) = (keyed(node, old, &[]), keyed(node, new, &[]));
    let mut merged = Vec::new();
    for (key, entry) in &old {
        let over = new.iter().find(|(own, _)| own == key);
        merged.push(over.map_or_else(|| (*entry).clone(), |(_, over)| merge(node.entry(Some(key)), Some(entry), over)));
    }
    let fresh = new.iter().filter(|(key, _)| old.iter().all(|(own, _)| own != key));
    merged.extend(fresh.map(|(key, entry)| merge(node.entry(Some(key)), None, entry)));
    if let Key::Either(names) = list.key {
        let value = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_i64);
        merged.sort_by_key(|entry| (0..).zip(names).find_map(|(at, name): (u32, _)| Some((at, value(entry, name)?))));
    } else if let Some(name) = list.ascending {
        merged.sort_by(|one, other| ascending(one.get(name), other.get(name)));
    }
    merged.into()
}

/// Numbers by size, texts (days, clock times) letter by letter, anything else as it stands.
fn ascending(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => one.as_i64().cmp(&other.as_i64()),
        (Some(Value::String(one)), Some(Value::String(other))) => one.cmp(other),
        _ => Ordering::Equal,
    }
}
