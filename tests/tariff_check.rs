//! Every flaw of a tariff and of discounts is found at once, with its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use shared_parking::policy::{ClockWindow, Effect, Policy, Tariff, presets};
use shared_parking::{BasisPoints, Flaws, Money};

fn found(tariff: &Tariff) -> Vec<String> {
    let mut flaws = Flaws::collector();
    tariff.check("tariff", &mut flaws);
    let lines = |flaws: Flaws| flaws.iter().map(|flaw| format!("{}: {}", flaw.place, flaw.problem)).collect();
    flaws.finish(()).err().map(lines).unwrap_or_default()
}

/// The Beijing tariff with one change, and the flaws it then has.
#[track_caller]
fn changed(change: impl FnOnce(&mut Tariff), expected: &[&str]) {
    let mut tariff = presets::xicheng_2022().tariff;
    change(&mut tariff);
    assert_eq!(found(&tariff), expected);
}

/// The same for the windows of class 1 since 2019.
#[track_caller]
fn windows(change: impl FnOnce(&mut Vec<ClockWindow>), expected: &[&str]) {
    let placed: Vec<String> = expected.iter().map(|rest| format!("tariff, version 2, class \"1\"{rest}")).collect();
    let placed: Vec<&str> = placed.iter().map(String::as_str).collect();
    changed(|tariff| change(&mut tariff.versions[1].classes[0].schedule.windows), &placed);
}

#[test]
fn the_preset_has_no_flaw() {
    changed(|_| {}, &[]);
}

#[test]
fn versions_and_classes() {
    changed(|tariff| tariff.versions.clear(), &[]); // it prices nothing
    changed(
        |tariff| tariff.versions.swap(0, 1),
        &["tariff, version 2: it starts on 2011-04-01, version 1 on 2019-01-01"],
    );
    changed(
        |tariff| tariff.versions[1].from = tariff.versions[0].from,
        &["tariff, version 2: it starts on 2011-04-01, version 1 on 2011-04-01"],
    );
    changed(|tariff| tariff.versions[0].classes.clear(), &["tariff, version 1: no class"]);
    changed(
        |tariff| tariff.versions[0].classes[1].id = "1".to_owned(),
        &["tariff, version 1: class id \"1\" stands twice"],
    );
    changed(|tariff| tariff.versions[0].classes[1].id = "a/b".to_owned(), &["tariff, version 1: class id \"a/b\""]);
    changed(
        |tariff| tariff.versions[0].classes[1].schedule.cap_per_day = Some(Money::minor(-1)),
        &["tariff, version 1, class \"2\", cap_per_day: an amount of -1 minor units"],
    );
}

#[test]
fn windows_tile_the_day() {
    let clock = |text: &str| text.parse().unwrap();
    windows(|day| day.clear(), &[": no window"]);
    windows(|day| drop(day.pop()), &[": a gap: \"day\" until 19:00, \"day\" from 07:00"]);
    windows(|day| day[0].until = clock("18:00"), &[": a gap: \"day\" until 18:00, \"night\" from 19:00"]);
    windows(|day| day[0].until = clock("20:00"), &[": an overlap: \"day\" until 20:00, \"night\" from 19:00"]);
    windows(|day| day[0].until = clock("24:00"), &[": an overlap: \"day\" until 24:00, \"night\" from 19:00"]);
    windows(|day| day[1].until = clock("06:00"), &[": a gap: \"night\" until 06:00, \"day\" from 07:00"]);
    windows(|day| day[1].until = clock("08:00"), &[": an overlap: \"night\" until 08:00, \"day\" from 07:00"]);
    windows(|day| day.swap(0, 1), &[": \"day\" starts at 07:00, \"night\" before it at 19:00"]);
    windows(|day| day[1].id = "day".to_owned(), &[": window id \"day\" stands twice"]);
    windows(
        |day| {
            day.truncate(1);
            (day[0].from, day[0].until) = (clock("07:00"), clock("07:00"));
        },
        &[", window \"day\": from 07:00 until 07:00"],
    );
    windows(
        |day| *day = vec![day[0].clone(); 49],
        &[&[": 49 windows"][..], &[": window id \"day\" stands twice"; 48]].concat(),
    );
}

#[test]
fn steps_units_and_prices() {
    windows(|day| day[1].steps.clear(), &[", window \"night\": no step"]);
    windows(|day| day[0].steps[0].unit_minutes = 0, &[", window \"day\", step 1: a unit of 0 minutes"]);
    windows(
        |day| day[0].steps[0].unit_minutes = 25,
        &[", window \"day\", step 1: 60 minutes are not a whole number of units of 25"],
    );
    windows(
        |day| day[0].steps[1].unit_price = Money::minor(1_000_000_001),
        &[", window \"day\", step 2: an amount of 1000000001 minor units"],
    );
    windows(
        |day| day[0].steps[1].unit_price = Money::minor(-5),
        &[", window \"day\", step 2: an amount of -5 minor units"],
    );
    windows(|day| day[0].steps[0].up_to_minutes = None, &[", window \"day\", step 1: no end, but steps follow"]);
    windows(|day| day[0].steps[1].up_to_minutes = Some(120), &[", window \"day\", step 2: no price after 120 minutes"]);
    windows(
        |day| {
            let first = day[0].steps[0];
            day[0].steps.insert(1, first);
        },
        &[", window \"day\", step 2: up to 60 minutes after up to 60"],
    );
}

#[test]
fn many_flaws_are_told_together_in_the_order_of_the_document() {
    changed(
        |tariff| {
            tariff.versions[0].classes[0].schedule.windows[1].steps.clear();
            tariff.versions[1].classes[2].schedule.windows[0].steps[0].unit_minutes = 0;
            tariff.versions[1].from = tariff.versions[0].from;
        },
        &[
            "tariff, version 1, class \"1\", window \"night\": no step",
            "tariff, version 2, class \"3\", window \"day\", step 1: a unit of 0 minutes",
            "tariff, version 2: it starts on 2011-04-01, version 1 on 2011-04-01",
        ],
    );
}

#[test]
fn discounts() {
    let found = |change: fn(&mut Policy)| {
        let mut policy = presets::xicheng_2022();
        change(&mut policy);
        policy.check().map_err(|flaws| flaws.to_string()).err().unwrap_or_default()
    };
    assert_eq!(found(|_| {}), "");
    let twice = found(|policy| policy.discounts.push(policy.discounts[0].clone()));
    assert!(twice.contains("discounts: discount id \"resident-price\" stands twice"), "{twice}");
    let above = found(|policy| {
        let (share, rounding) = (BasisPoints::new(10_001), shared_parking::Rounding::Floor);
        policy.discounts[0].effect = Effect::Percent { share, rounding };
    });
    assert!(above.contains("discount \"resident-price\": a share of 10001 basis points"), "{above}");
    let raised = found(|policy| policy.discounts[0].effect = Effect::Fixed { amount: Money::minor(-1) });
    assert!(raised.contains("discount \"resident-price\": an amount of -1 minor units"), "{raised}");
    let gap = found(|policy| {
        let Effect::Substitute { schedule } = &mut policy.discounts[0].effect else { panic!("a substitute") };
        schedule.windows[0].until = "23:00".parse().unwrap();
    });
    assert!(gap.contains("discount \"resident-price\": a gap"), "{gap}");
}

#[test]
fn misspelt_fields_are_refused() {
    let text = serde_json::to_string(&presets::xicheng_2022().tariff).unwrap();
    assert!(serde_json::from_str::<Tariff>(&text).is_ok());
    for (from, to) in [("up_to_minutes", "upto_minutes"), ("\"floor\"", "\"down\""), ("\"boundary\"", "\"border\"")] {
        assert!(serde_json::from_str::<Tariff>(&text.replace(from, to)).is_err(), "{to}");
    }
}

#[test]
fn an_unchecked_tariff_is_refused_or_priced_but_never_panics() {
    use shared_parking::people::{SpecialNeed, VehicleClass};
    use shared_parking::policy::{NotPriced, StayFacts};
    let changes: [fn(&mut Vec<ClockWindow>); 5] = [
        Vec::clear,
        |day| day[0].steps.clear(),
        |day| day[0].steps[0].unit_minutes = 0,
        |day| day[0].steps[1].up_to_minutes = Some(61),
        |day| day.swap(0, 1),
    ];
    let priced = changes.map(|change| {
        let mut policy = presets::xicheng_2022();
        change(&mut policy.tariff.versions[1].classes[0].schedule.windows);
        let at = |local: &str| policy.zone.parse_local(local).unwrap();
        let window = shared_parking::Window::new(at("2026-03-02T08:00"), at("2026-03-05T08:00")).unwrap();
        let (vehicle, special_need) = (VehicleClass::Small, SpecialNeed::None);
        match policy.price(&StayFacts { window, class: "1", vehicle, permit: None, special_need }) {
            Ok(bill) => bill.adds_up(),
            Err(reason) => {
                assert_eq!(reason, NotPriced::UncheckedPrices { rule: "1".to_owned() });
                false
            }
        }
    });
    assert_eq!(priced, [false, false, false, true, true]);
}
