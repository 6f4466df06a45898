//! What a field means that a policy leaves out.
//!
//! Invariant: fields that go by the same name in two places mean the same when left out, or stand here below their parent.

use crate::policy::shape::{Path, Segment};

/// By the field's name, after a slash below its parent's.
const MEANINGS: &[(&str, &str)] = &[
    ("annualised", "no"),
    ("at_most", "no limit"),
    ("cap_per_day", "no cap"),
    ("cap_per_stay", "no cap"),
    ("ceilings", "none"),
    ("decay", "it does not fall"),
    ("decimals", "0"),
    ("needs", "any need"),
    ("offer_hours", "permits at once, without an offer"),
    ("on_death", "the permit ends"),
    ("on_move", "the permit ends"),
    ("per_household", "no limit"),
    ("per_space", "100%"),
    ("renewal", "holders apply as everybody"),
    ("shifts", "every space is given for the whole day"),
    ("steps/classes", "any class"),
    ("steps/documents", "as for the first vehicle"),
    ("steps/from_day", "any day"),
    ("tenure_months", "no limit"),
    ("vehicle_sold_days", "the permit ends with the sale"),
    ("waiting", "from the application"),
    ("when/permit", "with a permit or without"),
    ("when/special_need", "with a need or without"),
    ("when/vehicle", "any class"),
];

/// What leaving this field out means, where it means more than that nothing stands there.
pub(super) fn meaning(path: &Path) -> Option<&'static str> {
    let mut fields = path.0.iter().rev().filter_map(|segment| match segment {
        Segment::Field(name) => Some(name.as_str()),
        _ => None,
    });
    let (own, parent) = (fields.next()?, fields.next().unwrap_or_default());
    let named = |name: &str| MEANINGS.iter().find(|(known, _)| *known == name).map(|&(_, meaning)| meaning);
    named(&format!("{parent}/{own}")).or_else(|| named(own))
}
