//! What the subdistrict decided, as data: permits, eligibility, standing, tariff, discounts.
//!
//! A [`Policy`] is a JSON document that is validated as a whole. Invariant: it is data only (no closure, no trait
//! object), so it can be published, compared and replayed.

mod bill;
mod discount;
mod eligibility;
mod permits;
pub mod presets;
mod pricing;
mod standing;
mod tariff;

pub use bill::{Basis, Bill, BillLine};
pub use discount::{Combination, Condition, Discount, Effect};
pub use eligibility::{Circumstances, Claims, Reason, Rule, judge};
pub use permits::PermitRules;
pub use pricing::{NotPriced, StayFacts, price, price_total};
pub use standing::{PointsRule, ScoreSheet, StandingRules, Tier, WaitingStep};
pub use tariff::{BoundarySide, ClassTariff, ClockWindow, Crossing, Progress, Schedule, Step, Tariff, TariffVersion};

use crate::calendar::Zone;
use crate::error::{FlawCode, FlawCollector, Flaws};
use crate::units::Currency;
use serde::{Deserialize, Serialize};

/// A subdistrict's decisions about parking.
///
/// ```
/// use shared_parking::policy::Policy;
/// let text = serde_json::to_string(&shared_parking::policy::presets::beijing()).unwrap();
/// let policy = Policy::from_json(&text).unwrap();
/// assert_eq!(policy.permits.valid_months, 12);
/// let flaws = Policy::from_json(&text.replace("\"valid_months\":12", "\"valid_months\":0")).unwrap_err();
/// assert!(flaws.to_string().contains("permits.valid_months"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What it is called.
    pub name: String,
    /// Where its figures come from, and which of them are assumptions.
    pub source: String,
    /// The zone whose clock the tariff and the days follow.
    pub zone: Zone,
    /// The currency of every amount.
    pub currency: Currency,
    /// What a permit is.
    pub permits: PermitRules,
    /// Who may have one.
    pub eligibility: Vec<Rule>,
    /// Who is served first.
    pub standing: StandingRules,
    /// What parking costs.
    pub tariff: Tariff,
    /// Who pays less.
    pub discounts: Vec<Discount>,
}

impl Policy {
    /// Reads a policy document and checks it.
    ///
    /// # Errors
    /// One flaw with path, line and column when the text is not a policy document (an unknown or missing field, a value
    /// of the wrong kind); otherwise every flaw of [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<Self, Flaws> {
        let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
        let read: Result<Self, _> = serde_path_to_error::deserialize(&mut reader);
        let policy = read.map_err(|error| {
            let path = error.path().to_string();
            let code = if error.inner().is_data() { FlawCode::WrongValue } else { FlawCode::Syntax };
            let place = if path == "." { "policy".to_owned() } else { format!("policy, {path}") };
            Flaws::one(code, place, error.inner().to_string(), "compare the document with a preset")
        })?;
        reader.end().map_err(|error| {
            Flaws::one(FlawCode::Syntax, "policy", error.to_string(), "end the document after its closing brace")
        })?;
        policy.check()?;
        Ok(policy)
    }

    /// Checks the policy as a whole.
    ///
    /// # Errors
    /// Every flaw: rules that contradict each other or admit nobody, values out of range, a tariff with a gap or an
    /// overlap, a discount for a kind of permit that is not issued, an area class that the tariff does not have.
    pub fn check(&self) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        if self.name.trim().is_empty() {
            flaws.push(FlawCode::Missing, "name", "an empty name", "say what the policy is called");
        }
        let code = &self.currency.code;
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) || self.currency.decimals > 4 {
            let problem = format!("{code:?} with {} decimals", self.currency.decimals);
            flaws.push(FlawCode::OutOfRange, "currency", problem, "write three capital letters and 0 to 4 decimals");
        }
        self.permits.check(&mut flaws);
        eligibility::check(&self.eligibility, &mut flaws);
        self.standing.check(&mut flaws);
        self.tariff.check("tariff", &mut flaws);
        discount::check(&self.discounts, "discounts", &mut flaws);
        self.check_references(&mut flaws);
        flaws.finish(())
    }

    /// The bill of a stay: see [`price`].
    ///
    /// # Errors
    /// When the tariff gives no price for it.
    pub fn price(&self, stay: &StayFacts<'_>) -> Result<Bill, NotPriced> {
        price(&self.tariff, &self.discounts, Combination::SingleBest, &self.zone, stay)
    }

    /// Names that one part of the policy uses and another must have.
    fn check_references(&self, flaws: &mut FlawCollector) {
        let class = &self.permits.area_class;
        for (at, version) in self.tariff.versions.iter().enumerate() {
            if version.class(class).is_none() {
                let problem = format!("version {at} of the tariff (from {}) has no class {class:?}", version.from);
                let remedy = "name an area class that every version has";
                flaws.push(FlawCode::UnknownReference, "permits.area_class", problem, remedy);
            }
        }
        for (at, discount) in self.discounts.iter().enumerate() {
            let Some(kind) = discount.when.permit.as_ref().filter(|kind| **kind != self.permits.kind) else { continue };
            let problem = format!("no permit of kind {kind:?} is issued");
            let remedy = format!("write {:?}, or change permits.kind", self.permits.kind);
            flaws.push(FlawCode::UnknownReference, format!("discounts[{at}].when.permit"), problem, remedy);
        }
    }
}
