//! The tables of shifts, ceilings and quotas.

use super::rules::NEEDS;
use super::{Entries, Field, Key, Kind, List, Node, field};

const MOST: i64 = u32::MAX as i64;
/// Ids of any kind.
pub(super) const IDS: Node = Node::Words(&[]);

const AREA: Node = Node::Object(&[
    field("communities", "communities", IDS),
    field("streets", "streets", IDS),
    field("stretches", "stretches", IDS),
]);

/// A number of permits, or a share of spaces.
const AMOUNT: Node = Node::Variant(&[
    field("permits", "", Node::Leaf(Kind::Count(("permit", "permits"), 0, MOST))),
    field("share", "share of the spaces", Node::Leaf(Kind::Share(0, MOST))),
]);

/// The shifts and what spaces are given for.
pub(super) const SHIFTS: &[Field] = &[
    field("list", "shifts", Node::List(&LIST)),
    field("otherwise", "what spaces are given for elsewhere", IDS),
    field("designated", "designations", Node::List(&DESIGNATED)),
];

const LIST: List = List {
    key: Key::Field("id"),
    noun: ("shift", ""),
    entries: Entries::Alike(&[
        field("id", "shift", Node::Leaf(Kind::Text)),
        field("from", "from", Node::Leaf(Kind::Clock)),
        field("until", "until", Node::Leaf(Kind::Clock)),
    ]),
    ascending: None,
};

/// The first that covers a stretch counts, so they go by their places.
const DESIGNATED: List = List {
    key: Key::Place,
    noun: ("designation", ""),
    entries: Entries::Alike(&[field("area", "", AREA), field("shifts", "for", IDS)]),
    ascending: None,
};

/// The ceilings.
pub(super) const CEILINGS: List = List {
    key: Key::Field("id"),
    noun: ("ceiling", ""),
    entries: Entries::Alike(&[
        field("id", "ceiling", Node::Leaf(Kind::Text)),
        field("area", "area", AREA),
        field("at_most", "at most", AMOUNT),
        field("decay", "falls", Node::Object(DECAY)),
    ]),
    ascending: None,
};

const DECAY: &[Field] = &[
    field("from", "from", Node::Leaf(Kind::Date)),
    field("every_months", "every", Node::Leaf(Kind::Count(("month", "months"), 1, 1_200))),
    field("permits", "by", Node::Leaf(Kind::Count(("permit", "permits"), 1, MOST))),
    field("least", "down to", Node::Leaf(Kind::Count(("permit", "permits"), 0, MOST))),
];

/// The quotas.
pub(super) const QUOTAS: List = List {
    key: Key::Field("id"),
    noun: ("quota", ""),
    entries: Entries::Alike(&[
        field("id", "quota", Node::Leaf(Kind::Text)),
        field("area", "area", AREA),
        field(
            "group",
            "group",
            Node::Object(&[
                field("special_needs", "needs", Node::Words(NEEDS)),
                field("communities", "communities", IDS),
            ]),
        ),
        field("reserve", "reserve", Node::List(&RESERVE)),
    ]),
    ascending: None,
};

const RESERVE: List = List {
    key: Key::Field("from_spaces"),
    noun: ("from", "spaces"),
    entries: Entries::Alike(&[
        field("from_spaces", "from", Node::Leaf(Kind::Count(("space", "spaces"), 0, MOST))),
        field("at_least", "at least", AMOUNT),
    ]),
    ascending: Some("from_spaces"),
};
