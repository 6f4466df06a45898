//! The rules of a round, read part by part.

use crate::error::{Fields, FlawCode, FlawCollector, shown};
use crate::market::Mechanism;
use crate::policy::round::MECHANISMS;
use crate::policy::{Renewal, RoundRules};
use serde_json::Value;

pub(super) fn round(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<RoundRules> {
    let names = ["mechanism", "cost", "renewal", "offer_hours"];
    let mut fields = Fields::open(value, place, &[], &names, flaws)?;
    let (mechanism, cost) = (fields.with_or_default("mechanism", mechanism), fields.or_default("cost"));
    let (renewal, offer_hours) = (fields.with_or_default("renewal", renewal), fields.or_default("offer_hours"));
    Some(RoundRules { mechanism: mechanism?, cost: cost?, renewal: renewal?, offer_hours: offer_hours? })
}

/// One of the mechanisms, exactly as one is written.
fn mechanism(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Mechanism> {
    let written = |known: Mechanism| serde_json::to_value(known).is_ok_and(|written| written == *value);
    let found = MECHANISMS.iter().map(|&(known, _)| known).find(|&known| written(known));
    if found.is_none() {
        let all = MECHANISMS.map(|(_, written)| written).join(", ");
        let remedy = format!("write one of {all}");
        flaws.push(FlawCode::WrongValue, place, format!("{} is no mechanism", shown(value)), remedy);
    }
    found
}

fn renewal(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Option<Renewal>> {
    if value.is_null() {
        return Some(None);
    }
    let mut fields = Fields::open(value, place, &["within_days", "place"], &["tenure_months"], flaws)?;
    let (within_days, kept) = (fields.one("within_days"), fields.one("place"));
    let tenure_months = fields.or_default("tenure_months");
    Some(Some(Renewal { within_days: within_days?, place: kept?, tenure_months: tenure_months? }))
}
