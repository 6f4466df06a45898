//! Policies of real places, as documents in the repository and as constructors.
//!
//! Invariant: a preset is its document and nothing else; figures that were not confirmed are named in its `source`.

use super::Policy;
use crate::error::{FlawCode, Flaws};

/// Beijing: kerb tariff of 2019 (and its predecessor of 2011), area class 1, with the resident rules and the resident
/// price of Xicheng district (2022). The document is `src/policy/presets/beijing.json`.
///
/// Found: tariff, eligibility, document tiers, one vehicle a household, permits valid one year, never more permits than
/// spaces, 1 yuan per complete 2 hours for residents. Chosen here and not found: the walking limit of
/// 500 m, admitting small vehicles only, and the two switches of the tariff that its `source` names.
///
/// ```
/// use shared_parking::policy::presets;
/// let policy = presets::beijing();
/// assert_eq!(policy.permits.valid_months, 12);
/// assert_eq!(policy.eligibility.len(), 13);
/// assert_eq!(policy.currency.code, "CNY");
/// ```
#[must_use]
#[expect(clippy::expect_used, reason = "the document is part of the crate, and its doc test reads it")]
pub fn beijing() -> Policy {
    Policy::from_json(include_str!("beijing.json")).expect("a preset is a sound policy")
}

/// The names of all presets, in the order of this page.
pub const NAMES: &[&str] = &["beijing"];

/// The preset of this name, for hosts that let their users choose: one of [`NAMES`].
///
/// # Errors
/// One flaw that lists the names when there is no such preset.
pub fn by_name(name: &str) -> Result<Policy, Flaws> {
    match name {
        "beijing" => Ok(beijing()),
        other => {
            let remedy = format!("choose one of: {}", NAMES.join(", "));
            Err(Flaws::one(FlawCode::WrongValue, "preset", format!("no preset {other:?}"), remedy))
        }
    }
}
