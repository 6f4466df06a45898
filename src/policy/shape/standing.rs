//! The tables of the standing: tiers, points, tie-breaks, promotions, and the versions before.

use super::places::IDS;
use super::rules::NEEDS;
use super::{Entries, Field, Key, Kind, List, Node, Said, field};

/// The present rules and those before.
pub(super) const STANDING: &[Field] = &[
    TIERS_FIELD,
    POINTS_FIELD,
    field("decimals", "decimals of points", Node::Leaf(Kind::Count(("", ""), 0, 4))),
    TIES_FIELD,
    PROMOTIONS_FIELD,
    WAITING_FIELD,
    field("earlier", "earlier rules", Node::List(&EARLIER)),
];

const TIERS_FIELD: Field = field("tiers", "tiers", Node::Words(TIERS));
const POINTS_FIELD: Field = field("points", "points", Node::List(&POINTS));
const TIES_FIELD: Field = field("ties", "tie-breaks", Node::List(&TIES));
const PROMOTIONS_FIELD: Field = field("promotions", "promotions", Node::List(&PROMOTIONS));
const WAITING_FIELD: Field = field("waiting", "waiting counts", Node::Leaf(Kind::Word(WAITING_FROM)));

const WAITING_FROM: Said =
    &[("from-application", "from the application"), ("portable", "from where it began, wherever that was")];

/// The tiers of documents; what an agreement asks for is written out in its object.
pub(super) const TIERS: Said =
    &[("three-in-one", ""), ("two-in-one", ""), ("family", ""), ("{\"agreement\":…}", ""), ("anyone", "")];

const MOST: i64 = u32::MAX as i64;
/// As many points as a number holds.
const POINTS_GIVEN: Node = Node::Leaf(Kind::Count(("point", "points"), 0, MOST));
/// Points of a rate that gives any.
const POINTS_OF_RATE: Node = Node::Leaf(Kind::Count(("point", "points"), 1, MOST));
const HOURS: Node = Node::Leaf(Kind::Count(("hour", "hours"), 0, MOST));
/// The word of a rule of points.
const FOR: Field = field("for", "", Node::Leaf(Kind::Text));

const POINTS: List = List {
    key: Key::Field("for"),
    noun: ("points for", ""),
    entries: Entries::ByKey(&[
        ("waiting", &[FOR, field("steps", "steps", Node::List(&WAITING))]),
        ("special-need", &[FOR, field("points", "", POINTS_GIVEN), field("needs", "needs", Node::Words(NEEDS))]),
        ("shared-hours", &[FOR, field("rate", "", Node::Object(RATE)), field("steps", "steps", Node::List(&SHARED))]),
        ("in-communities", &[FOR, field("communities", "communities", IDS), field("points", "", POINTS_GIVEN)]),
        (
            "distance",
            &[FOR, field("steps", "steps", Node::List(&DISTANCES)), field("beyond", "beyond all steps", POINTS_GIVEN)],
        ),
        ("same-community", &[FOR, field("points", "", POINTS_GIVEN)]),
    ]),
    ascending: None,
};

const WAITING: List = List {
    key: Key::Either(&["days", "months"]),
    noun: ("from", ""),
    entries: Entries::Alike(&[
        field("days", "from", Node::Leaf(Kind::Count(("day", "days"), 0, MOST))),
        field("months", "from", Node::Leaf(Kind::Count(("month", "months"), 0, u16::MAX as i64))),
        field("points", "", POINTS_GIVEN),
    ]),
    ascending: Some("days"),
};

const DISTANCES: List = List {
    key: Key::Field("within_m"),
    noun: ("within", "m"),
    entries: Entries::Alike(&[
        field("within_m", "within", Node::Leaf(Kind::Count(("m", "m"), 0, MOST))),
        field("points", "", POINTS_GIVEN),
    ]),
    ascending: Some("within_m"),
};

const SHARED: List = List {
    key: Key::Field("hours"),
    noun: ("from", "hours"),
    entries: Entries::Alike(&[field("hours", "from", HOURS), field("points", "", POINTS_GIVEN)]),
    ascending: Some("hours"),
};

const RATE: &[Field] = &[
    field("per_hours", "for every", Node::Leaf(Kind::Count(("hour", "hours"), 1, MOST))),
    field("points", "gives", POINTS_OF_RATE),
    field("most", "at most", POINTS_OF_RATE),
    field("annualised", "for a whole year", Node::Leaf(Kind::Flag)),
    field("rounding", "rounded", Node::Leaf(Kind::Word(&[("floor", "down"), ("ceiling", "up"), ("nearest", "")]))),
];

/// The word of a tie-break.
const BY: Field = field("by", "", Node::Leaf(Kind::Text));

const TIES: List = List {
    key: Key::Field("by"),
    noun: ("tie-break by", ""),
    entries: Entries::ByKey(&[
        ("special-need", &[BY, field("needs", "needs", Node::Words(NEEDS))]),
        ("shift", &[BY, field("first", "first", IDS)]),
        ("no-driving-day", &[BY]),
        ("waiting", &[BY]),
        ("first-vehicle", &[BY]),
    ]),
    ascending: None,
};

const PROMOTIONS: List = List {
    key: Key::Field("shared_hours"),
    noun: ("promotion from", "hours shared"),
    entries: Entries::Alike(&[
        field("shared_hours", "from", HOURS),
        field("tiers", "up", Node::Leaf(Kind::Count(("tier", "tiers"), 1, MOST))),
    ]),
    ascending: Some("shared_hours"),
};

const EARLIER: List = List {
    key: Key::Field("until"),
    noun: ("rules until", ""),
    entries: Entries::Alike(&[
        field("until", "until", Node::Leaf(Kind::Date)),
        field(
            "queued",
            "who queued is scored by",
            Node::Leaf(Kind::Word(&[
                ("old", "the old rules"),
                ("new", "the new rules"),
                ("better", "the better rules"),
            ])),
        ),
        field("rules", "", Node::Object(&[TIERS_FIELD, POINTS_FIELD, TIES_FIELD, PROMOTIONS_FIELD, WAITING_FIELD])),
    ]),
    ascending: Some("until"),
};
