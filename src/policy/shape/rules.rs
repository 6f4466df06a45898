//! The tables of the rules of eligibility and of special classes, which have rules of their own.

use super::places::IDS;
use super::standing::TIERS;
use super::{Entries, Field, Key, Kind, List, Node, Said, field};

/// The rules, by the word that stands for each.
pub(super) const ELIGIBILITY: List = List {
    key: Key::Field("rule"),
    noun: ("rule", ""),
    entries: Entries::ByKey(&[
        ("registered-resident", PLAIN),
        ("plate-origin", &[RULE, field("admit", "admitted", Node::Words(ORIGINS))]),
        ("vehicle-class", &[RULE, field("admit", "admitted", Node::Words(CLASSES))]),
        ("vehicle-use", &[RULE, field("admit", "admitted", Node::Words(USES))]),
        ("insurance-valid", PLAIN),
        ("inspection-valid", PLAIN),
        ("no-other-space", PLAIN),
        ("not-certified-elsewhere", PLAIN),
        ("arrears-at-most", &[RULE, field("amount", "", Node::Leaf(Kind::Money(i64::MAX)))]),
        ("documents-in-a-tier", PLAIN),
        ("permits-per-household", &[RULE, field("at_most", "at most", COUNT)]),
        ("one-permit-per-vehicle", PLAIN),
        ("one-permit-per-resident", PLAIN),
        ("door-in-community", &[RULE, field("communities", "communities", IDS)]),
        ("door-on-street", &[RULE, field("streets", "streets", IDS)]),
        (
            "door-within",
            &[
                RULE,
                field("metres", "at most", Node::Leaf(Kind::Count(("m", "m"), 1, 10_000))),
                field("streets", "streets", IDS),
            ],
        ),
        ("permits-per-address", &[RULE, field("at_most", "at most", COUNT)]),
        ("further-vehicles", &[RULE, field("steps", "steps", Node::List(&VEHICLES))]),
        ("car-free-address", &[RULE, field("doors", "doors", IDS), field("streets", "streets", IDS)]),
        ("special-need", &[RULE, field("needs", "needs", Node::Words(NEEDS))]),
    ]),
    ascending: None,
};

/// What is asked of a household's further vehicles.
const VEHICLES: List = List {
    key: Key::Field("from"),
    noun: ("from vehicle", ""),
    entries: Entries::Alike(&[
        field("from", "from vehicle", Node::Leaf(Kind::Count(("", ""), 2, u32::MAX as i64))),
        field("classes", "classes", Node::Words(CLASSES)),
        field("documents", "documents", Node::Leaf(Kind::Word(TIERS))),
        field("from_day", "from day of the month", Node::Leaf(Kind::Count(("", ""), 2, 28))),
    ]),
    ascending: Some("from"),
};

/// The word of the rule itself.
const RULE: Field = field("rule", "", Node::Leaf(Kind::Text));
/// A rule without further fields.
const PLAIN: &[Field] = &[RULE];
const COUNT: Node = Node::Leaf(Kind::Count(("", ""), 1, u32::MAX as i64));

const ORIGINS: Said = &[("local", ""), ("other", "")];
/// Classes of vehicles.
pub(super) const CLASSES: Said = &[("small", ""), ("large", ""), ("motorcycle", "")];
const USES: Said = &[("private", ""), ("organisation", ""), ("commercial", ""), ("goods", "")];
/// Needs that the office has accepted.
pub(super) const NEEDS: Said = &[("none", ""), ("disability", ""), ("wounded-veteran", "wounded veteran")];

/// Permits outside rounds and ceilings.
pub(super) const SPECIAL: List = List {
    key: Key::Field("kind"),
    noun: ("special class", ""),
    entries: Entries::Alike(&[
        field("kind", "kind", Node::Leaf(Kind::Text)),
        field("eligibility", "rules of eligibility", Node::List(&ELIGIBILITY)),
        field("vehicles", "vehicles of a permit", Node::Leaf(Kind::Count(VEHICLE, 1, 1_000))),
        field("active_at_once", "active at once", Node::Leaf(Kind::Count(VEHICLE, 1, 1_000))),
        field("valid_months", "permits are valid for", Node::Leaf(Kind::Count(("month", "months"), 1, 1_200))),
        field("at_most", "in force at once", Node::Leaf(Kind::Count(PERMITS, 1, u32::MAX as i64))),
        field("per_household", "of a household", Node::Leaf(Kind::Count(PERMITS, 1, u32::MAX as i64))),
    ]),
    ascending: None,
};

const VEHICLE: (&str, &str) = ("vehicle", "vehicles");
const PERMITS: (&str, &str) = ("permit", "permits");
