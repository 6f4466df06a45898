//! Bounds within which a single value, or the words of a list, may be decided.
//!
//! Invariant: a layer that hands a value on can only narrow its bounds.

use crate::policy::shape::{Kind, Node, Path, Side, Tongue};
use serde::Serialize;
use serde_json::Value;
use std::cmp::Ordering;

/// The bounds of one place; without any, everything is admitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Bounds {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at_least: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at_most: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) one_of: Option<Vec<Value>>,
}

impl Bounds {
    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.at_least.is_none() && self.at_most.is_none() && self.one_of.is_none()
    }

    /// Whether a value lies within; of a list of words, each word. Nothing set lies within no bounds.
    pub(super) fn admits(&self, node: Node, value: Option<&Value>) -> bool {
        if self.is_empty() {
            return true;
        }
        let Some(value) = value else { return false };
        let listed = |value: &Value| self.one_of.as_ref().is_none_or(|words| words.contains(value));
        match node {
            Node::Words(_) => value.as_array().is_some_and(|words| words.iter().all(listed)),
            Node::Leaf(kind) => {
                let beyond = |bound: &Option<Value>, side: Ordering| {
                    bound.as_ref().is_some_and(|bound| kind.order(value, bound).is_none_or(|order| order == side))
                };
                listed(value) && !beyond(&self.at_least, Ordering::Less) && !beyond(&self.at_most, Ordering::Greater)
            }
            _ => false,
        }
    }

    /// Whether whatever lies within these bounds lies within the outer ones.
    pub(super) fn within(&self, outer: &Self, node: Node) -> bool {
        if let Some(words) = &self.one_of {
            // A list of words is admitted word by word.
            let whole = |word: &Value| {
                if matches!(node, Node::Words(_)) { Value::from(vec![word.clone()]) } else { word.clone() }
            };
            let mut own = words.iter().map(whole).filter(|value| self.admits(node, Some(value)));
            return own.all(|value| outer.admits(node, Some(&value)));
        }
        let Node::Leaf(kind) = node else { return outer.is_empty() };
        let inside = |own: &Option<Value>, outer: &Option<Value>, beyond: Ordering| match (own, outer) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(outer)) => kind.order(own, outer).is_some_and(|order| order != beyond),
        };
        outer.one_of.is_none()
            && inside(&self.at_least, &outer.at_least, Ordering::Less)
            && inside(&self.at_most, &outer.at_most, Ordering::Greater)
    }

    /// Whether nothing that a policy can hold lies within.
    pub(super) fn admit_nothing(&self, node: Node) -> bool {
        if let Some(words) = &self.one_of {
            let whole = |word: &Value| {
                if matches!(node, Node::Words(_)) { Value::from(vec![word.clone()]) } else { word.clone() }
            };
            return !words.iter().any(|word| self.admits(node, Some(&whole(word))));
        }
        let Node::Leaf(kind) = node else { return false };
        let crossed = match (&self.at_least, &self.at_most) {
            (Some(least), Some(most)) => kind.order(least, most) == Some(Ordering::Greater),
            _ => false,
        };
        crossed || kind.range().is_some_and(|range| self.outside(range))
    }

    /// Whether a range of whole numbers lies outside.
    fn outside(&self, (least, most): (i64, i64)) -> bool {
        let number = |bound: &Option<Value>| bound.as_ref().and_then(Value::as_i64);
        number(&self.at_least).is_some_and(|bound| bound > most)
            || number(&self.at_most).is_some_and(|bound| bound < least)
    }

    /// The bounds in words: `from 100 m to 500 m`; nothing without bounds.
    pub(super) fn words(&self, path: &Path, node: Node, tongue: &Tongue) -> String {
        let say = |value: &Value| {
            let kind = match node {
                Node::Leaf(kind) => Node::Leaf(kind),
                _ => Node::Leaf(Kind::Text),
            };
            tongue.say(path, kind, Side { value: Some(value), beside: None }).unwrap_or_default()
        };
        let mut parts = Vec::new();
        match (&self.at_least, &self.at_most) {
            (Some(least), Some(most)) => parts.push(format!("from {} to {}", say(least), say(most))),
            (Some(least), None) => parts.push(format!("from {} on", say(least))),
            (None, Some(most)) => parts.push(format!("up to {}", say(most))),
            (None, None) => {}
        }
        if let Some(words) = &self.one_of {
            parts.push(format!("to {}", words.iter().map(say).collect::<Vec<_>>().join(", ")));
        }
        parts.join(" and ")
    }
}
