//! The rules of complaints and appeals, read part by part.

use crate::error::{Fields, FlawCollector};
use crate::policy::ComplaintRules;
use serde_json::Value;

pub(super) fn complaints(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<ComplaintRules> {
    let mut fields = Fields::open(value, place, &[], &["answer_days", "appeal_days"], flaws)?;
    let ours = ComplaintRules::default();
    let mut days = |name: &str, ours: u16| if fields.value(name).is_some() { fields.one(name) } else { Some(ours) };
    let (answer_days, appeal_days) = (days("answer_days", ours.answer_days), days("appeal_days", ours.appeal_days));
    Some(ComplaintRules { answer_days: answer_days?, appeal_days: appeal_days? })
}
