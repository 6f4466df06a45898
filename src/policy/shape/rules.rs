//! The table of the rules of eligibility.

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
    ]),
    ascending: None,
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
