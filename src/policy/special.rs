//! Special classes of permits: those outside rounds and ceilings, such as carers, guests of people with a disability,
//! and shared cars.
//!
//! Invariant: a special permit names no stretch and takes no space from anybody; what bounds a class is its own number
//! of permits, and how many of a permit's vehicles are active at once.

use super::eligibility::{self, Rule};
use super::tariff::check_word;
use crate::error::{FlawCode, FlawCollector, Flaws};
use serde::{Deserialize, Serialize};

/// A class of permits that are granted one by one, outside every round.
///
/// A permit of such a class lists several vehicles, and only some of them are active at once: a household's carers take
/// turns. While a vehicle is active, it may park on every stretch that permits may name, at all hours, at the price that
/// the policy's discounts give this kind.
///
/// Amsterdam keeps such classes outside its ceilings; the figures of each are the policy's own.
///
/// ```
/// use shared_parking::policy::{Policy, SpecialClass, presets};
/// let carers: SpecialClass = serde_json::from_str(r#"{
///     "kind": "carer", "eligibility": [{ "rule": "insurance-valid" }],
///     "vehicles": 5, "active_at_once": 1, "valid_months": 12, "at_most": 200, "per_household": 1
/// }"#).unwrap();
/// let mut policy = Policy { special: vec![carers], ..presets::xicheng_2022() };
/// assert!(policy.check().is_ok());
/// assert_eq!(policy.special_class("carer").unwrap().vehicles, 5);
/// policy.special[0].active_at_once = 6; // more than there are vehicles
/// assert!(policy.check().unwrap_err().to_string().contains("special[0].active_at_once"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SpecialClass {
    /// The kind's word, which requests and discounts refer to: `carer`. No other class has it, nor do the permits that
    /// rounds give. At most 64 bytes, no slash, control character or outer space.
    pub kind: String,
    /// Who may have one: each vehicle of a permit must pass every rule, together with its resident. Rules that count
    /// earlier claims count the permits and open offers in force and the other special permits in force, of whatever
    /// class; a special permit counts for each vehicle on it. An empty list is legal.
    pub eligibility: Vec<Rule>,
    /// How many vehicles a permit may list at once: 1 to 1,000.
    pub vehicles: u32,
    /// How many of them may be active at once: 1 to `vehicles`.
    pub active_at_once: u32,
    /// How many months a permit is valid, from the day it is granted: 1 to 1,200.
    pub valid_months: u16,
    /// How many permits of this class may be in force at once in the whole district, at least 1; without it, any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// How many permits of this class a household may have in force at once, at least 1; without it, any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_household: Option<u32>,
}

impl SpecialClass {
    /// The most vehicles a permit can list: 1,000.
    pub const MOST_VEHICLES: u32 = 1_000;

    fn check(&self, place: &str, flaws: &mut FlawCollector) {
        check_word(&self.kind, "a kind", &format!("{place}.kind"), flaws);
        let mut rules = Flaws::collector();
        eligibility::check(&self.eligibility, &mut rules);
        if let Err(found) = rules.finish(()) {
            for flaw in &found {
                flaws.push(flaw.code, format!("{place}.{}", flaw.place), flaw.problem.clone(), flaw.remedy.clone());
            }
        }
        let mut out_of_range = |field: &str, value: &dyn std::fmt::Display, remedy: &str| {
            flaws.push(FlawCode::OutOfRange, format!("{place}.{field}"), format!("{value}"), remedy);
        };
        if !(1..=Self::MOST_VEHICLES).contains(&self.vehicles) {
            out_of_range("vehicles", &self.vehicles, "write 1 to 1000 vehicles");
        }
        if !(1..=Self::MOST_VEHICLES).contains(&self.active_at_once) {
            out_of_range("active_at_once", &self.active_at_once, "write 1 to 1000 vehicles");
        }
        if !(1..=1_200).contains(&self.valid_months) {
            out_of_range("valid_months", &self.valid_months, "write 1 to 1200 months");
        }
        for (field, bound) in [("at_most", self.at_most), ("per_household", self.per_household)] {
            if bound == Some(0) {
                out_of_range(field, &0, "write at least 1, or leave it out for any number");
            }
        }
        if self.vehicles < self.active_at_once && self.active_at_once <= Self::MOST_VEHICLES {
            let problem = format!("{} of {} vehicles", self.active_at_once, self.vehicles);
            let remedy = "write at most the number of vehicles";
            flaws.push(FlawCode::Contradiction, format!("{place}.active_at_once"), problem, remedy);
        }
    }
}

/// Notes every flaw of the classes that could be read, told by their places in the document; `permit` is the kind that
/// rounds give, where it could be read.
pub(super) fn check(classes: &[Option<SpecialClass>], permit: Option<&str>, flaws: &mut FlawCollector) {
    for (at, class) in classes.iter().enumerate() {
        let Some(class) = class else { continue };
        let place = format!("special[{at}]");
        class.check(&place, flaws);
        let earlier = classes[..at].iter().flatten().any(|other| other.kind == class.kind);
        if earlier || permit == Some(class.kind.as_str()) {
            let problem = format!("another kind of permit is called {:?}", class.kind);
            flaws.push(FlawCode::DuplicateId, format!("{place}.kind"), problem, "give each kind its own word");
        }
    }
}
