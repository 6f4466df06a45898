//! What a permit is: for how long, for which spaces, how far from home.

use super::eligibility::word;
use super::tariff::check_word;
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::SpaceKind;
use crate::units::{BasisPoints, Centimetres, Rounding};
use serde::{Deserialize, Serialize};

/// The permit that a round issues.
///
/// A permit is a certified place on a stretch: unless `per_space` says otherwise, a round never issues more permits for
/// a stretch than it has spaces, so permits never exceed spaces in any part of the district. Which of the identical
/// spaces of the stretch the holder uses is not laid down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PermitRules {
    /// The kind's word, which discounts refer to: `resident`. At most 64 bytes, no slash, control character or outer
    /// space.
    pub kind: String,
    /// How many months a permit is valid, from the day of its round: 1 to 1,200.
    pub valid_months: u16,
    /// The longest walk from the residence door, in metres: 1 to 10,000.
    pub walk_limit_m: u32,
    /// The kinds of spaces a permit may name, each once.
    pub space_kinds: Vec<SpaceKind>,
    /// How many permits there may be for one space, in basis points: 1 to 100,000; left out: 10,000, one permit a space.
    /// With more a permit is no promise of a space (as in Camden, London); with less some spaces of every stretch stay
    /// free. Fractions of a stretch are rounded down.
    #[serde(default = "one_a_space", skip_serializing_if = "is_one_a_space")]
    pub per_space: BasisPoints,
    /// The area class of the tariff that the district's spaces lie in.
    pub area_class: String,
}

pub(super) const fn one_a_space() -> BasisPoints {
    BasisPoints::WHOLE
}

fn is_one_a_space(share: &BasisPoints) -> bool {
    *share == one_a_space()
}

impl PermitRules {
    /// The longest walk.
    #[must_use]
    pub const fn walk_limit(&self) -> Centimetres {
        Centimetres::metres(self.walk_limit_m)
    }

    /// The most permits for a stretch of so many spaces.
    #[must_use]
    pub fn permits_for(&self, capacity: u32) -> u32 {
        u32::try_from(self.per_space.of(i64::from(capacity), Rounding::Floor)).unwrap_or(u32::MAX)
    }

    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        check_word(&self.kind, "a kind", "permits.kind", flaws);
        let mut out_of_range = |field: &str, value: &dyn std::fmt::Display, remedy: &str| {
            flaws.push(FlawCode::OutOfRange, format!("permits.{field}"), format!("{value}"), remedy);
        };
        if !(1..=1_200).contains(&self.valid_months) {
            out_of_range("valid_months", &self.valid_months, "write 1 to 1200 months");
        }
        if !(1..=10_000).contains(&self.walk_limit_m) {
            out_of_range("walk_limit_m", &self.walk_limit_m, "write 1 to 10000 metres");
        }
        if !(1..=100_000).contains(&self.per_space.get()) {
            out_of_range("per_space", &self.per_space.get(), "write 1 to 100000 basis points");
        }
        if self.space_kinds.is_empty() {
            out_of_range("space_kinds", &"no kind of space", "write at least one, such as \"shared\"");
        }
        for (at, kind) in
            self.space_kinds.iter().enumerate().filter(|(at, kind)| self.space_kinds[..*at].contains(kind))
        {
            let place = format!("permits.space_kinds[{at}]");
            flaws.push(FlawCode::Contradiction, place, format!("{} stands here twice", word(kind)), "keep the first");
        }
    }
}
