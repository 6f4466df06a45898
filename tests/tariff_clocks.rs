//! Windows cut where clocks change: a boundary inside the gap, inside the repeated hour, on a skipped day.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::policy::{Basis, Combination, StayFacts, Tariff, price};
use shared_parking::{Timestamp, Window, Zone};

/// A tariff of 1-minute units whose windows are named by letters and start at these times.
fn tariff(starts: &[&str]) -> Tariff {
    let windows: Vec<String> = (0..starts.len())
        .map(|at| {
            let (from, until) = (starts[at], starts.get(at + 1).unwrap_or(&starts[0]));
            let id = char::from(b'a' + u8::try_from(at).unwrap());
            let until = if *until == "00:00" { "24:00" } else { until };
            format!(
                r#"{{ "id": "{id}", "from": "{from}", "until": "{until}", "steps": [
                    {{ "unit_minutes": 1, "unit_price": 1, "rounding": "floor" }} ] }}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{ "versions": [ {{ "from": "1900-01-01", "classes": [
            {{ "id": "c", "area": "", "schedule": {{ "windows": [ {} ] }} }} ] }} ] }}"#,
        windows.join(",")
    );
    let tariff: Tariff = serde_json::from_str(&text).unwrap();
    let mut found = shared_parking::Flaws::collector();
    tariff.check("tariff", &mut found);
    found.finish(tariff).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// The windows of a stay and their minutes: `a 60, b 30`.
#[track_caller]
fn parts(zone: &str, starts: &[&str], from: &str, minutes: i64) -> String {
    let zone: Zone = zone.parse().unwrap();
    let start: Timestamp = from.parse().unwrap();
    let window = Window::new(start, start.plus_seconds(minutes * 60)).unwrap();
    let (vehicle, special_need) = (VehicleClass::Small, SpecialNeed::None);
    let stay = StayFacts { window, class: "c", vehicle, permit: None, special_need };
    let bill = price(&tariff(starts), &[], Combination::SingleBest, &zone, &stay).unwrap();
    assert!(bill.adds_up());
    assert_eq!(bill.total.as_minor(), minutes, "every minute is charged once");
    let part = |line: &shared_parking::policy::BillLine| {
        let Basis::Units { units, .. } = line.basis else { panic!("{line:?}") };
        format!("{} {units}", line.rule.split('/').nth(1).unwrap())
    };
    bill.lines.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_boundary_in_the_skipped_hour_is_the_change_itself() {
    // New York, 2026-03-08: 01:59:59 EST is followed by 03:00:00 EDT at 07:00Z.
    let gap = |starts: &[&str]| parts("America/New_York", starts, "2026-03-08T06:30:00Z", 60);
    assert_eq!(gap(&["00:00", "02:30"]), "a 30, b 30");
    assert_eq!(gap(&["00:00", "02:00", "03:00"]), "a 30, c 30");
    assert_eq!(gap(&["00:00", "02:15", "02:45", "03:00"]), "a 30, d 30");
    assert_eq!(gap(&["00:00", "02:15", "03:15"]), "a 30, b 15, c 15");
}

#[test]
fn a_boundary_in_the_repeated_hour_counts_once_the_first_time() {
    // New York, 2026-11-01: 01:59:59 EDT is followed by 01:00:00 EST at 06:00Z.
    let fold = |starts: &[&str], from: &str, minutes| parts("America/New_York", starts, from, minutes);
    assert_eq!(fold(&["00:00", "01:30"], "2026-11-01T05:00:00Z", 120), "a 30, b 90");
    assert_eq!(fold(&["00:00", "01:30", "02:00"], "2026-11-01T05:00:00Z", 180), "a 30, b 90, c 60");
    // Arriving at the second 01:10: the boundary of 01:30 lies behind.
    assert_eq!(fold(&["00:00", "01:30", "02:00"], "2026-11-01T06:10:00Z", 60), "b 50, c 10");
}

#[test]
fn clocks_that_change_at_midnight_neither_lose_nor_repeat_a_window() {
    // São Paulo, 2018-11-04: the day starts at 01:00, at 03:00Z.
    assert_eq!(parts("America/Sao_Paulo", &["00:00", "12:00"], "2018-11-04T02:00:00Z", 120), "b 60, a 60");
    // São Paulo, 2018-02-18: 23:59:59 on the 17th is followed by 23:00:00 on the 17th, at 02:00Z on the 18th.
    assert_eq!(parts("America/Sao_Paulo", &["00:00", "23:30"], "2018-02-18T01:00:00Z", 180), "a 30, b 90, a 60");
    // Toronto, 1919-03-30: 23:29:59 is followed by 00:30:00 of the next day, at 04:30Z on the 31st.
    assert_eq!(parts("America/Toronto", &["00:00", "23:45"], "1919-03-31T04:00:00Z", 60), "a 30, a 30");
    // St. John's, 2010-11-07: 00:01 is followed by 23:01 of the day before, at 02:31Z.
    assert_eq!(parts("America/St_Johns", &["00:00", "12:00"], "2010-11-07T02:00:00Z", 150), "b 30, a 120");
}

#[test]
fn a_day_that_the_calendar_skips_has_empty_windows() {
    // Apia, 2011-12-30 did not exist: 29th 24:00 is 31st 00:00, at 10:00Z on the 30th.
    // Its windows are empty; the night it would have cut is cut, and goes on as the night of the 30th.
    let starts = ["07:00", "19:00"];
    assert_eq!(parts("Pacific/Apia", &starts, "2011-12-30T05:00:00Z", 24 * 60), "b 300, b 420, a 720");
}

#[test]
fn one_window_is_never_cut() {
    assert_eq!(parts("America/New_York", &["00:00"], "2026-03-07T06:30:00Z", 3 * 1_440), "a 4320");
}
