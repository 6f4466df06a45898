//! A special class of permits, read part by part.

use super::eligibility;
use crate::error::{Fields, FlawCollector};
use crate::policy::SpecialClass;
use serde_json::Value;

pub(super) fn class(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<SpecialClass> {
    let required = ["kind", "eligibility", "vehicles", "active_at_once", "valid_months"];
    let mut fields = Fields::open(value, place, &required, &["at_most", "per_household"], flaws)?;
    let (kind, eligibility) = (fields.one("kind"), fields.all("eligibility", eligibility::rule));
    let (vehicles, active_at_once) = (fields.one("vehicles"), fields.one("active_at_once"));
    let (valid_months, at_most) = (fields.one("valid_months"), fields.or_default("at_most"));
    let per_household = fields.or_default("per_household");
    Some(SpecialClass {
        kind: kind?,
        eligibility: eligibility?,
        vehicles: vehicles?,
        active_at_once: active_at_once?,
        valid_months: valid_months?,
        at_most: at_most?,
        per_household: per_household?,
    })
}
