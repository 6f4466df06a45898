//! Where two documents differ, place by place in the order of the document.
//!
//! Invariant: whatever differs is told, known to the shape or not, save that a field with `null` and an absent one are
//! the same; and the other way round the same places are told.

use super::{Node, Path, keyed};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A place where two documents differ.
#[derive(Clone, Debug)]
pub(in crate::policy) struct Change<'v> {
    /// The place.
    pub(in crate::policy) path: Path,
    /// What stands there.
    pub(in crate::policy) node: Node,
    /// In which way they differ.
    pub(in crate::policy) what: What,
    /// What stood there, and the object it stood in.
    pub(in crate::policy) before: Side<'v>,
    /// What stands there now, and the object it stands in.
    pub(in crate::policy) after: Side<'v>,
}

/// In which way two documents differ at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum What {
    /// A single value, a list of words, or an empty list or object.
    Value,
    /// An entry that one of the two lists does not have.
    Entry,
    /// The order of the entries that both lists have; path and sides are the lists'.
    Order,
}

/// One of two documents at a place.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::policy) struct Side<'v> {
    /// The value; an absent one is none, like `null`.
    pub(in crate::policy) value: Option<&'v Value>,
    /// The object it stands in.
    pub(in crate::policy) beside: Option<&'v Map<String, Value>>,
}

impl<'v> Side<'v> {
    /// The entries of a list; none of anything else.
    pub(in crate::policy) fn list(&self) -> &'v [Value] {
        self.value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

/// Every place where two documents (or two parts at a path) differ.
pub(in crate::policy) fn changes<'v>(path: &Path, node: Node, before: &'v Value, after: &'v Value) -> Vec<Change<'v>> {
    let mut walk = Walk(Vec::new());
    let side = |value| Side { value: Some(value), beside: None };
    walk.value(path, node, side(before), side(after));
    walk.0
}

/// Every value in an entry, as a change from nothing.
pub(in crate::policy) fn inside<'v>(path: &Path, node: Node, entry: &'v Value) -> Vec<Change<'v>> {
    let mut walk = Walk(Vec::new());
    walk.value(path, node, Side::default(), Side { value: Some(entry), beside: None });
    walk.0
}

struct Walk<'v>(Vec<Change<'v>>);

impl<'v> Walk<'v> {
    fn push(&mut self, path: &Path, node: Node, what: What, before: Side<'v>, after: Side<'v>) {
        self.0.push(Change { path: path.clone(), node, what, before, after });
    }

    fn value(&mut self, path: &Path, node: Node, before: Side<'v>, after: Side<'v>) {
        let present = |side: Side<'v>| side.value.filter(|value| !value.is_null());
        let (one, other) = (present(before), present(after));
        if one == other {
            return;
        }
        let opaque = matches!(node, Node::Leaf(_) | Node::Words(_));
        match (one.or(other), other.or(one)) {
            (Some(Value::Object(before)), Some(Value::Object(after))) if !opaque => {
                if before.is_empty() && other.is_none() || after.is_empty() && one.is_none() {
                    let sides = (Side { value: one, beside: None }, Side { value: other, beside: None });
                    return self.push(path, node, What::Value, sides.0, sides.1);
                }
                self.object(path, node, one.map(|_| before), other.map(|_| after));
            }
            (Some(Value::Array(before)), Some(Value::Array(after))) if !opaque => {
                if before.is_empty() && other.is_none() || after.is_empty() && one.is_none() {
                    let sides = (Side { value: one, beside: None }, Side { value: other, beside: None });
                    return self.push(path, node, What::Value, sides.0, sides.1);
                }
                let sides = (Side { value: one, beside: None }, Side { value: other, beside: None });
                self.list(path, node, sides.0, sides.1);
            }
            _ => {
                let side = |value, side: Side<'v>| Side { value, beside: side.beside };
                self.push(path, node, What::Value, side(one, before), side(other, after));
            }
        }
    }

    /// The fields in the order of the shape, then those it does not know.
    fn object(
        &mut self,
        path: &Path,
        node: Node,
        one: Option<&'v Map<String, Value>>,
        other: Option<&'v Map<String, Value>>,
    ) {
        let known = || node.fields().iter().map(|field| field.name);
        let written = || one.into_iter().chain(other).flat_map(Map::keys).map(String::as_str);
        let strangers: BTreeSet<&str> = written().filter(|name| known().all(|known| known != *name)).collect();
        let side =
            |map: Option<&'v Map<String, Value>>, name| Side { value: map.and_then(|map| map.get(name)), beside: map };
        for name in known().chain(strangers) {
            self.value(&path.field(name), node.field(name), side(one, name), side(other, name));
        }
    }

    /// The entries of the first list in its order, then those that only the second has, then the order.
    fn list(&mut self, path: &Path, node: Node, before: Side<'v>, after: Side<'v>) {
        let (one, other) = (before.list(), after.list());
        let (one, other) = (keyed(node, one, other), keyed(node, other, one));
        let find =
            |list: &[(String, &'v Value)], key: &str| list.iter().find(|(own, _)| own == key).map(|(_, entry)| *entry);
        let side = |value: Option<&'v Value>| Side { value, beside: None };
        for (key, entry) in &one {
            let (place, inner) = (path.entry(key), node.entry(Some(key)));
            match find(&other, key) {
                Some(now) => self.value(&place, inner, side(Some(entry)), side(Some(now))),
                None => self.push(&place, inner, What::Entry, side(Some(entry)), Side::default()),
            }
        }
        for (key, entry) in other.iter().filter(|(key, _)| find(&one, key).is_none()) {
            self.push(&path.entry(key), node.entry(Some(key)), What::Entry, Side::default(), side(Some(entry)));
        }
        let kept = |list: &[(String, &'v Value)], among: &[(String, &'v Value)]| -> Vec<String> {
            list.iter().map(|(key, _)| key.clone()).filter(|key| find(among, key).is_some()).collect()
        };
        if kept(&one, &other) != kept(&other, &one) {
            self.push(path, node, What::Order, before, after);
        }
    }
}
