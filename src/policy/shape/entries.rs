//! What makes an entry of a list the same entry in two documents: the one definition for layers and for comparing.
//!
//! Invariant: no two entries of one list have one key.

use super::{Key, List, Node};
use serde_json::Value;
use std::collections::BTreeSet;

/// The fields that name an entry of a list which the shape does not know, in order of precedence.
const NAMES: [&str; 7] = ["id", "rule", "for", "kind", "class", "community", "from"];

/// The entries of a list with their keys: the value of the field that the shape names, or the place counted from 1. An
/// entry whose key is taken already gets `#2`, `#3` and so on; a list of words has the words. In a list that the shape
/// does not know, the key is the first of a few telling fields that every entry has, `beside` included.
pub(in crate::policy) fn keyed<'v>(node: Node, entries: &'v [Value], beside: &[Value]) -> Vec<(String, &'v Value)> {
    let name = match node {
        Node::List(list) => match list.key {
            Key::Field(name) => Some(name),
            Key::Either(_) | Key::Place => None,
        },
        Node::Words(_) => None,
        _ => {
            let all = || entries.iter().chain(beside);
            NAMES.into_iter().find(|name| all().all(|entry| entry.get(name).is_some_and(is_scalar)))
        }
    };
    let places = matches!(node, Node::List(list) if matches!(list.key, Key::Either(_) | Key::Place));
    let mut taken = BTreeSet::new();
    let keyed = entries.iter().zip(1..).map(|(entry, at): (_, u32)| {
        let own = if places { None } else { name.map_or(Some(entry), |name| entry.get(name)) };
        let told = match node {
            Node::List(list) => list.either(entry),
            // Two objects in lists of words are the same when they say the same.
            Node::Words(_) => Some(written(entry)),
            _ => None,
        };
        let first = told.or_else(|| own.filter(|own| is_scalar(own)).map(written)).unwrap_or_else(|| at.to_string());
        let again = (2_u32..).map(|times| format!("{first}#{times}"));
        let key = std::iter::once(first.clone()).chain(again).find(|key| !taken.contains(key)).unwrap_or_default();
        taken.insert(key.clone());
        (key, entry)
    });
    keyed.collect()
}

impl List {
    /// The key of an entry that has one of several fields: `12 months`.
    pub(in crate::policy) fn either(&self, entry: &Value) -> Option<String> {
        let Key::Either(names) = self.key else { return None };
        let own =
            |name: &&str| entry.get(name).filter(|own| is_scalar(own)).map(|own| format!("{} {name}", written(own)));
        names.iter().find_map(own)
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array() && !value.is_null()
}

/// A word without its quotation marks, anything else as JSON writes it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::keyed;
    use crate::policy::shape::{Node, POLICY, Path};
    use serde_json::{Value, json};

    #[track_caller]
    fn keys(list: &str, entries: Value, expected: &[&str]) {
        let node = Path::parse(list).map_or(Node::Unknown, |path| path.node(POLICY));
        let entries = entries.as_array().unwrap();
        let found: Vec<String> = keyed(node, entries, &[]).into_iter().map(|(key, _)| key).collect();
        assert_eq!(found, expected, "{list}");
    }

    #[test]
    fn an_entry_is_told_by_its_word_its_id_or_its_place() {
        keys("eligibility", json!([{ "rule": "a" }, { "rule": "b" }]), &["a", "b"]);
        keys("discounts", json!([{ "id": "a" }, { "id": "a" }, { "id": "a#2" }]), &["a", "a#2", "a#2#2"]);
        keys("discounts", json!([{ "when": {} }, { "id": "x" }]), &["1", "x"]);
        keys("tariff.versions[x].classes[1].schedule.windows[day].steps", json!([{ "id": 7 }, {}]), &["1", "2"]);
        keys("permits.space_kinds", json!(["shared", "resident"]), &["shared", "resident"]);
        let steps = json!([{ "days": 5 }, { "months": 5 }, { "months": 5 }, {}]);
        keys("standing.points[waiting].steps", steps, &["5 days", "5 months", "5 months#2", "4"]);
        let agreement = json!({ "agreement": { "at_least": 2 } });
        keys("standing.tiers", json!(["anyone", agreement]), &["anyone", "{\"agreement\":{\"at_least\":2}}"]);
        keys("new", json!([{ "kind": "k", "id": 7 }, { "kind": "l", "id": 8 }]), &["7", "8"]);
        keys("new", json!([{ "kind": "k", "id": 7 }, { "kind": "l" }]), &["k", "l"]);
        keys("new", json!([{ "share": 1 }, 5, [1]]), &["1", "5", "3"]);
    }
}
