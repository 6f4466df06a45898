//! What becomes of a permit in a holder's life, read part by part.

use crate::error::{Fields, FlawCollector};
use crate::policy::LifeRules;
use serde_json::Value;

pub(super) fn life(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<LifeRules> {
    let mut fields = Fields::open(value, place, &[], &["on_move", "on_death", "vehicle_sold_days"], flaws)?;
    let (on_move, on_death) = (fields.or_default("on_move"), fields.or_default("on_death"));
    let vehicle_sold_days = fields.or_default("vehicle_sold_days");
    Some(LifeRules { on_move: on_move?, on_death: on_death?, vehicle_sold_days: vehicle_sold_days? })
}
