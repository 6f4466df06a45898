//! Discounts: who pays less, by how much, and how several combine.
//!
//! Invariant: a discount never raises a price and never takes it below zero.

use super::pricing::StayFacts;
use super::tariff::{Schedule, check_amount, check_ids};
use crate::error::{FlawCode, FlawCollector};
use crate::people::{SpecialNeed, VehicleClass};
use crate::units::{BasisPoints, Money, Rounding};
use serde::{Deserialize, Serialize};

/// A discount: an id that the bill names, a condition, and an effect.
///
/// ```
/// use shared_parking::policy::{Discount, Effect};
/// let half: Discount = serde_json::from_str(r#"{
///     "id": "small-car", "when": { "vehicle": "small" },
///     "effect": { "percent": { "share": 5000, "rounding": "floor" } }
/// }"#).unwrap();
/// assert!(matches!(half.effect, Effect::Percent { .. }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Discount {
    /// The rule's id, unique among the policy's discounts.
    pub id: String,
    /// When it applies.
    pub when: Condition,
    /// What it takes off.
    pub effect: Effect,
}

/// When a discount applies: everything that is stated must hold; stating nothing admits every stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The kind of permit held, by the id the policy gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permit: Option<String>,
    /// The class of the vehicle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<VehicleClass>,
    /// The need the office has accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_need: Option<SpecialNeed>,
}

impl Condition {
    /// Whether it holds for these facts.
    #[must_use]
    pub fn holds(&self, stay: &StayFacts<'_>) -> bool {
        self.permit.as_deref().is_none_or(|kind| stay.permit == Some(kind))
            && self.vehicle.is_none_or(|class| stay.vehicle == class)
            && self.special_need.is_none_or(|need| stay.special_need == need)
    }
}

/// What a discount takes off the price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Effect {
    /// A share of the price, at most all of it. The amount taken off is rounded as told.
    Percent {
        /// The share taken off.
        share: BasisPoints,
        /// Which way the amount taken off is rounded: `floor` favours the city, `ceiling` the driver.
        rounding: Rounding,
    },
    /// An amount, at most the price.
    Fixed {
        /// The amount taken off.
        amount: Money,
    },
    /// The stay is priced by these prices instead, where they are lower. Crossing and progress are the tariff's.
    Substitute {
        /// The prices, for every class of area.
        schedule: Schedule,
    },
}

/// How the discounts that apply to one stay combine. A closed list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Combination {
    /// Only the one that leaves the lowest total, found by trying each; of equals the one with the lowest id.
    #[default]
    SingleBest,
}

/// Notes every flaw of a policy's discounts: duplicate or malformed ids, a share above the whole, an amount out of range,
/// a flaw of a substitute's windows.
pub(super) fn check<'a>(discounts: impl Iterator<Item = &'a Discount> + Clone, place: &str, found: &mut FlawCollector) {
    check_ids(discounts.clone().map(|discount| discount.id.as_str()), "discount", place, found);
    for discount in discounts {
        let place = format!("{place}, discount {:?}", discount.id);
        match &discount.effect {
            Effect::Percent { share, .. } if *share > BasisPoints::WHOLE => {
                let problem = format!("a share of {} basis points", share.get());
                found.push(FlawCode::OutOfRange, place, problem, "give 0 to 10000");
            }
            Effect::Percent { .. } => {}
            Effect::Fixed { amount } => check_amount(*amount, &place, found),
            Effect::Substitute { schedule } => schedule.check(&place, found),
        }
    }
}
