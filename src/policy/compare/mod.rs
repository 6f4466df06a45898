//! Two versions of a policy compared in words.
//!
//! Invariant: complete by construction. The documents are walked, not the fields known here, so two policies without a
//! difference are equal.

mod absent;

use super::Policy;
use super::shape::{Change, Node, POLICY, Path, Side, Tongue, What, changes, keyed, phrase, said};
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// A place where two policies differ.
///
/// ```
/// use shared_parking::policy::presets;
/// let before = presets::xicheng_2022();
/// let mut after = before.clone();
/// after.permits.walk_limit_m = 400;
/// after.discounts.clear();
/// let told = before.compare(&after);
/// assert_eq!(told[0].path, "permits.walk_limit_m");
/// assert_eq!(told[0].after.as_deref(), Some("400 m"));
/// let words: Vec<String> = told.iter().map(ToString::to_string).collect();
/// assert_eq!(words, ["walking limit: 500 m, now 400 m", "discount resident-price: taken out"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The place in the document, entries of lists named by what they are: `discounts[resident-price].when.permit`. A
    /// step of a tariff is named by its place, counted from 1.
    pub path: String,
    /// What the first policy says there, in words; none where it says nothing.
    pub before: Option<String>,
    /// What the second says.
    pub after: Option<String>,
    /// Both in a line; of a field left out also what that means.
    pub words: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Policy {
    /// What differs between this policy and another that would replace it, in the order of the document; of a list, first
    /// its entries in the order of this policy, then the new ones, then the order. None exactly when they are equal.
    ///
    /// Entries of lists are matched by what they are, wherever they stand: rules of eligibility by their word, points by
    /// what they are for, discounts, classes and windows by id, versions of the tariff by first day, steps of points by
    /// what they reach, words by themselves; only the steps of a window of the tariff go by their place. So an entry whose
    /// id changes is one taken out and one added. Entries in another order are told as one difference of the list, for it
    /// decides in the tiers and is what people read elsewhere. Money is said in the currency of the policy it stands in.
    ///
    /// It need not be a sound policy. Time grows with the lengths of both documents, and with the square of a list's.
    ///
    /// See [`Difference`] for an example.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Vec<Difference> {
        // A policy is data only, so that writing it cannot fail.
        let document = |policy: &Self| serde_json::to_value(policy).unwrap_or_default();
        compare(&document(self), &document(other))
    }
}

fn compare(before: &Value, after: &Value) -> Vec<Difference> {
    let tongues = (Tongue::of(before), Tongue::of(after));
    let found = changes(&Path::default(), POLICY, before, after);
    found.iter().flat_map(|change| told(change, &tongues)).collect()
}

fn told(change: &Change<'_>, tongues: &(Tongue, Tongue)) -> Vec<Difference> {
    let Change { path, node, what, before, after } = change;
    let keys = |one: &Side<'_>, other: &Side<'_>| -> Vec<String> {
        keyed(*node, one.list(), other.list()).into_iter().map(|(key, _)| key).collect()
    };
    let lists = || (keys(before, after), keys(after, before));
    match (what, node) {
        (What::Order, _) => {
            let (before, after) = lists();
            let say = |keys: Vec<String>| keys.iter().map(|key| said(*node, key)).collect::<Vec<_>>();
            vec![order(path, &say(kept(&before, &after)), &say(kept(&after, &before)))]
        }
        (What::Entry, node) => {
            let say = |tongue: &Tongue, side: &Side<'_>| side.value.map(|entry| tongue.describe(path, *node, entry));
            vec![entry(path, say(&tongues.0, before), say(&tongues.1, after))]
        }
        (What::Value, Node::Words(_)) if before.value.is_some() && after.value.is_some() => {
            let (before, after) = lists();
            list_of_words(path, *node, &before, &after)
        }
        (What::Value, _) => vec![value(change, tongues)],
    }
}

/// A single value, or a list that only one of the policies has.
fn value(change: &Change<'_>, tongues: &(Tongue, Tongue)) -> Difference {
    let path = &change.path;
    let before = tongues.0.say(path, change.node, change.before);
    let after = tongues.1.say(path, change.node, change.after);
    let left_out = || match absent::meaning(path) {
        Some(meaning) => format!("not set ({meaning})"),
        None => "not set".to_owned(),
    };
    let said = |side: &Option<String>| side.clone().unwrap_or_else(left_out);
    let words = format!("{}: {}, now {}", phrase(path, 0), said(&before), said(&after));
    Difference { path: path.to_string(), before, after, words }
}

/// An entry that only one of the policies has.
fn entry(path: &Path, before: Option<String>, after: Option<String>) -> Difference {
    let words = match &after {
        None => format!("{}: taken out", phrase(path, 0)),
        Some(added) if added.is_empty() => format!("{}: added", phrase(path, 0)),
        Some(added) => format!("{}: added ({added})", phrase(path, 0)),
    };
    Difference { path: path.to_string(), before, after, words }
}

/// Words taken out, then words added, then another order of the rest.
fn list_of_words(path: &Path, node: Node, before: &[String], after: &[String]) -> Vec<Difference> {
    let place = phrase(path, 0);
    let one = |word: &String, out: bool| {
        let own = said(node, word);
        let (before, after) = if out { (Some(own.clone()), None) } else { (None, Some(own.clone())) };
        let words = format!("{place}: {own} {}", if out { "taken out" } else { "added" });
        Difference { path: path.entry(word).to_string(), before, after, words }
    };
    let mut all: Vec<Difference> =
        before.iter().filter(|word| !after.contains(word)).map(|word| one(word, true)).collect();
    all.extend(after.iter().filter(|word| !before.contains(word)).map(|word| one(word, false)));
    let (before, after) = (kept(before, after), kept(after, before));
    if before != after {
        let say = |keys: &[String]| keys.iter().map(|key| said(node, key)).collect::<Vec<_>>();
        all.push(order(path, &say(&before), &say(&after)));
    }
    all
}

/// The entries that another list has too.
fn kept(list: &[String], other: &[String]) -> Vec<String> {
    list.iter().filter(|word| other.contains(word)).cloned().collect()
}

/// Another order of the same entries, told from the first to the last that stands elsewhere.
fn order(path: &Path, before: &[String], after: &[String]) -> Difference {
    let same = |one: &[String], other: &[String]| one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let first = same(before, after);
    let backwards = |list: &[String]| list[first..].iter().rev().cloned().collect::<Vec<_>>();
    let last = same(&backwards(before), &backwards(after));
    let part = |list: &[String]| list[first..list.len() - last].join(", ");
    let (before, after) = (part(before), part(after));
    let words = format!("{}, in another order: {before}, now {after}", phrase(path, 0));
    Difference { path: path.to_string(), before: Some(before), after: Some(after), words }
}
