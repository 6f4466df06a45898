//! The meter's readings as lines of a bill.

use super::Ground;
use super::meter::{self, Reading};
use crate::calendar::{Timestamp, Window};
use crate::policy::bill::{Basis, BillLine};
use crate::policy::tariff::Schedule;
use crate::units::Money;

/// The lines of the stay by `schedule`, which are all under one `rule`: a class or a discount.
pub(super) fn of(ground: &Ground<'_>, rule: &str, schedule: &Schedule) -> Vec<BillLine> {
    let mut lines = Vec::new();
    meter::run(ground, schedule, |reading| lines.push(line(ground, rule, reading)));
    lines
}

fn line(ground: &Ground<'_>, rule: &str, reading: Reading<'_>) -> BillLine {
    let stay = ground.stay.window;
    let part = |start: Timestamp, end: Timestamp| Window::new(start, end).unwrap_or(stay);
    match reading {
        Reading::Run { window, number, step, start, end, units } => BillLine {
            rule: format!("{rule}/{}/{}", window.id, number + 1),
            window: part(start, end),
            amount: step.unit_price.times(units).unwrap_or(Money::minor(i64::MAX)),
            basis: Basis::Units { units, unit_minutes: step.unit_minutes, unit_price: step.unit_price },
        },
        Reading::DayCap { start, end, of, limit } => BillLine {
            rule: format!("{rule}/cap-per-day"),
            window: part(start, end),
            amount: limit - of,
            basis: Basis::Cap { of, limit },
        },
        Reading::StayCap { of, limit } => BillLine {
            rule: format!("{rule}/cap-per-stay"),
            window: stay,
            amount: limit - of,
            basis: Basis::Cap { of, limit },
        },
    }
}
