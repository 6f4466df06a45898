//! The tables of tariff and discounts.

use super::kind::MAX_PRICE;
use super::rules::{CLASSES, NEEDS};
use super::{Entries, Field, Key, Kind, List, Node, Said, field};

/// The tariff.
pub(super) const TARIFF: &[Field] = &[field("versions", "versions of the tariff", Node::List(&VERSIONS))];

const VERSIONS: List = List {
    key: Key::Field("from"),
    noun: ("tariff from", ""),
    entries: Entries::Alike(&[
        field("from", "from", Node::Leaf(Kind::Date)),
        field("crossing", "a unit at the end of a window", Node::Leaf(Kind::Word(CROSSINGS))),
        field("progress", "steps count", Node::Leaf(Kind::Word(PROGRESS))),
        field("boundary", "the instant between two windows", Node::Leaf(Kind::Word(BOUNDARIES))),
        field("classes", "classes of area", Node::List(&AREAS)),
    ]),
    ascending: Some("from"),
};

const CROSSINGS: Said = &[("cut", "is cut"), ("run-on", "runs on")];
const PROGRESS: Said = &[
    ("each-window", "anew in each window"),
    ("each-stay", "once for each stay and window"),
    ("since-arrival", "from arrival"),
];
const BOUNDARIES: Said = &[("start-inclusive", "belongs to the later"), ("end-inclusive", "belongs to the earlier")];

const AREAS: List = List {
    key: Key::Field("id"),
    noun: ("class", ""),
    entries: Entries::Alike(&[
        field("id", "class", Node::Leaf(Kind::Text)),
        field("area", "area", Node::Leaf(Kind::Text)),
        field("schedule", "", Node::Object(SCHEDULE)),
    ]),
    ascending: None,
};

const SCHEDULE: &[Field] = &[
    field("windows", "windows", Node::List(&WINDOWS)),
    field("cap_per_day", "at most a day", Node::Leaf(Kind::Money(MAX_PRICE))),
    field("cap_per_stay", "at most a stay", Node::Leaf(Kind::Money(MAX_PRICE))),
];

const WINDOWS: List = List {
    key: Key::Field("id"),
    noun: ("window", ""),
    entries: Entries::Alike(&[
        field("id", "window", Node::Leaf(Kind::Text)),
        field("from", "from", Node::Leaf(Kind::Clock)),
        field("until", "until", Node::Leaf(Kind::Clock)),
        field("steps", "steps", Node::List(&STEPS)),
    ]),
    ascending: Some("from"),
};

/// The farthest a step or a unit reaches, in minutes.
const MINUTES: i64 = 366 * 1_440;

const STEPS: List = List {
    key: Key::Place,
    noun: ("step", ""),
    entries: Entries::Alike(&[
        field("up_to_minutes", "up to", Node::Leaf(Kind::Count(("min", "min"), 1, MINUTES))),
        field("unit_minutes", "unit", Node::Leaf(Kind::Count(("min", "min"), 1, MINUTES))),
        field("unit_price", "", Node::Leaf(Kind::Price)),
        field("rounding", "an incomplete unit is", Node::Leaf(Kind::Word(UNITS))),
    ]),
    ascending: None,
};

const UNITS: Said = &[("floor", "free"), ("ceiling", "charged whole"), ("nearest", "charged whole from half on")];

/// The discounts.
pub(super) const DISCOUNTS: List = List {
    key: Key::Field("id"),
    noun: ("discount", ""),
    entries: Entries::Alike(&[
        field("id", "discount", Node::Leaf(Kind::Text)),
        field("when", "", Node::Object(CONDITION)),
        field("effect", "", Node::Variant(EFFECT)),
    ]),
    ascending: None,
};

const CONDITION: &[Field] = &[
    field("permit", "for holders of a permit", Node::Leaf(Kind::Text)),
    field("vehicle", "for vehicles", Node::Leaf(Kind::Word(CLASSES))),
    field("special_need", "for the need", Node::Leaf(Kind::Word(NEEDS))),
];

const EFFECT: &[Field] = &[
    field(
        "percent",
        "",
        Node::Object(&[
            field("share", "taken off", Node::Leaf(Kind::Share(0, 10_000))),
            field("rounding", "what is taken off is rounded", Node::Leaf(Kind::Word(ROUNDINGS))),
        ]),
    ),
    field("fixed", "", Node::Object(&[field("amount", "taken off", Node::Leaf(Kind::Money(MAX_PRICE)))])),
    field("substitute", "", Node::Object(&[field("schedule", "prices instead", Node::Object(SCHEDULE))])),
];

const ROUNDINGS: Said = &[("floor", "down"), ("ceiling", "up"), ("nearest", "to the nearest")];
