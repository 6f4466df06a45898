//! The shape of a policy document: its fields in order, what their values are, how the entries of its lists are told
//! apart, and the words a council has for each.
//!
//! Invariant: it knows every field that a policy is read from, and no other. A test puts a stranger into each object of
//! a full document and compares the fields the reader names with those written here: whoever adds a part to the policy
//! adds its line to a table in `document.rs`, `places.rs`, `rules.rs`,
//! `standing.rs` or `prices.rs`.

mod document;
mod entries;
mod kind;
mod path;
mod places;
mod prices;
mod rules;
mod standing;
#[cfg(test)]
mod tests;
mod walk;
mod words;

pub(super) use document::POLICY;
pub(super) use entries::keyed;
pub(super) use kind::Kind;
pub(super) use path::{Path, Segment};
pub(super) use walk::{Change, Side, What, changes, inside};
pub(super) use words::{Tongue, phrase, said};

/// What may stand at a place of the document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node {
    /// A single value.
    Leaf(Kind),
    /// A list of words, each as it is written and as it is said; of any words when none are given. Decided as a whole.
    Words(Said),
    /// An object with some of these fields.
    Object(&'static [Field]),
    /// An object with exactly one of these fields.
    Variant(&'static [Field]),
    /// A list of objects.
    List(&'static List),
    /// Nothing that is known here: told by its path and its value.
    Unknown,
}

/// Words as a document writes them, and how they are said; an empty saying is the word itself.
pub(super) type Said = &'static [(&'static str, &'static str)];

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// Its name in the document.
    pub(super) name: &'static str,
    /// What a council calls it; empty where its parent or its value says it all.
    pub(super) words: &'static str,
    /// What stands in it.
    pub(super) node: Node,
}

/// A list of objects, each with an identity.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// What makes an entry the same entry.
    pub(super) key: Key,
    /// What stands before and after the key where an entry is named: `within` 30 `m`.
    pub(super) noun: (&'static str, &'static str),
    /// What an entry holds.
    pub(super) entries: Entries,
    /// Whether entries stand by ascending value of this field.
    pub(super) ascending: Option<&'static str>,
}

/// What makes an entry of a list the same entry.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key {
    /// The value of a field.
    Field(&'static str),
    /// The value of one of these fields and the field's name, as in `12 months`; an entry has one of them.
    Either(&'static [&'static str]),
    /// Its place in the list, counted from 1. Such a list is decided as a whole.
    Place,
}

/// What the entries of a list hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entries {
    /// All the same fields.
    Alike(&'static [Field]),
    /// Fields that depend on the key, which is one of these words.
    ByKey(&'static [(&'static str, &'static [Field])]),
}

impl Entries {
    /// What the entry with this key holds; nothing known for a key that is none of the words.
    pub(super) fn of(&self, key: &str) -> Node {
        match self {
            Self::Alike(fields) => Node::Object(fields),
            Self::ByKey(kinds) => {
                kinds.iter().find(|(word, _)| *word == key).map_or(Node::Unknown, |(_, fields)| Node::Object(fields))
            }
        }
    }
}

impl Node {
    /// What stands in a field of it.
    pub(super) fn field(&self, name: &str) -> Self {
        self.fields().iter().find(|field| field.name == name).map_or(Self::Unknown, |field| field.node)
    }

    /// What an entry of it holds. For any entry (`None`), the fields that all kinds of entries have in common.
    pub(super) fn entry(&self, key: Option<&str>) -> Self {
        match (self, key) {
            (Self::List(list), Some(key)) => list.entries.of(key),
            (Self::List(List { entries: Entries::Alike(fields), .. }), None) => Self::Object(fields),
            _ => Self::Unknown,
        }
    }

    /// The fields it may have.
    pub(super) const fn fields(&self) -> &'static [Field] {
        match self {
            Self::Object(fields) | Self::Variant(fields) => fields,
            _ => &[],
        }
    }
}

/// A line of a table.
const fn field(name: &'static str, words: &'static str, node: Node) -> Field {
    Field { name, words, node }
}
