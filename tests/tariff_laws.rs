//! Laws of pricing on random tariffs and stays, and the engine against a meter that watches every tick.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

#[path = "tariff/naive.rs"]
mod naive;

use proptest::prelude::*;
use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::policy::{
    Basis, Bill, BillLine, BoundarySide, ClassTariff, ClockWindow, Combination, Condition, Crossing, Discount, Effect,
    Progress, Schedule, StayFacts, Step, Tariff, TariffVersion, price, price_total,
};
use shared_parking::{BasisPoints, Flaws, Money, Rounding, TimeOfDay, Timestamp, Window, Zone};

const BEST: Combination = Combination::SingleBest;
/// A zone without clock changes, and two with them; the windows below keep clear of the hours they happen in.
const ZONES: [&str; 3] = ["Asia/Shanghai", "America/New_York", "Europe/Berlin"];

fn rounding() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::Floor), Just(Rounding::Ceiling), Just(Rounding::Nearest)]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let units = prop_oneof![Just(1_u32), Just(5), Just(7), Just(15), Just(30), Just(60), Just(120), Just(1_441)];
    prop::collection::vec((1..6_u32, units, 0..2_000_i64, rounding()), 1..4).prop_map(|rows| {
        let (mut reach, last) = (0, rows.len() - 1);
        let step = |(at, (count, unit_minutes, price, rounding)): (usize, (u32, u32, i64, Rounding))| {
            reach += count * unit_minutes;
            let up_to_minutes = (at < last).then_some(reach);
            Step { up_to_minutes, unit_minutes, unit_price: Money::minor(price), rounding }
        };
        rows.into_iter().enumerate().map(step).collect()
    })
}

/// One to four windows that tile the day, with boundaries from 04:00 on.
fn schedule() -> impl Strategy<Value = Schedule> {
    let cap = || prop::option::of((0..20_000_i64).prop_map(Money::minor));
    let cuts = prop::collection::btree_set(240..1_440_u16, 0..4);
    (cuts, prop::collection::vec(steps(), 4), cap(), cap()).prop_map(|(cuts, steps, cap_per_day, cap_per_stay)| {
        let clock = |minute: u16| TimeOfDay::new(minute / 60, minute % 60).unwrap();
        let mut cuts: Vec<u16> = cuts.into_iter().collect();
        if cuts.len() < 2 {
            cuts = vec![0, 1_440];
        } else {
            cuts.push(cuts[0]);
        }
        let windows = cuts.windows(2).zip(steps).enumerate();
        let windows = windows.map(|(at, (pair, steps))| ClockWindow {
            id: format!("w{at}"),
            from: clock(pair[0]),
            until: clock(pair[1]),
            steps,
        });
        Schedule { windows: windows.collect(), cap_per_day, cap_per_stay }
    })
}

fn version() -> impl Strategy<Value = TariffVersion> {
    let crossing = prop_oneof![Just(Crossing::Cut), Just(Crossing::RunOn)];
    let progress = prop_oneof![Just(Progress::EachWindow), Just(Progress::EachStay), Just(Progress::SinceArrival)];
    (crossing, progress, schedule()).prop_map(|(crossing, progress, schedule)| TariffVersion {
        from: "2000-01-01".parse().unwrap(),
        crossing,
        progress,
        boundary: BoundarySide::default(),
        classes: vec![ClassTariff { id: "c".to_owned(), area: String::new(), schedule }],
    })
}

fn tariff() -> impl Strategy<Value = Tariff> {
    version().prop_map(|version| Tariff { versions: vec![version] })
}

fn discounts() -> impl Strategy<Value = Vec<Discount>> {
    let effect = prop_oneof![
        (0..=10_000_u32, rounding())
            .prop_map(|(share, rounding)| Effect::Percent { share: BasisPoints::new(share), rounding }),
        (0..30_000_i64).prop_map(|amount| Effect::Fixed { amount: Money::minor(amount) }),
        schedule().prop_map(|schedule| Effect::Substitute { schedule }),
    ];
    let when = prop_oneof![
        Just(Condition::default()),
        Just(Condition { permit: Some("resident".to_owned()), ..Condition::default() }),
        Just(Condition { permit: Some("other".to_owned()), ..Condition::default() }),
    ];
    prop::collection::vec((effect, when), 0..5).prop_map(|rows| {
        let discount = |(at, (effect, when))| Discount { id: format!("d{at}"), when, effect };
        rows.into_iter().enumerate().map(discount).collect()
    })
}

/// Arrivals in the two weeks around each clock change of 2026 in the zones above, and at other times of the year.
fn arrival() -> impl Strategy<Value = i64> {
    let around = |middle: i64| middle - 86_400 * 7..middle + 86_400 * 7;
    prop_oneof![around(1_772_953_200), around(1_774_746_000), around(1_792_890_000), around(1_793_512_800)]
}

fn facts(start: i64, seconds: i64) -> StayFacts<'static> {
    let start = Timestamp::from_unix(start);
    let window = Window::new(start, start.plus_seconds(seconds)).unwrap();
    let (vehicle, special_need) = (VehicleClass::Small, SpecialNeed::None);
    StayFacts { window, class: "c", vehicle, permit: Some("resident"), special_need }
}

fn check(tariff: &Tariff) -> Result<(), Flaws> {
    let mut found = Flaws::collector();
    tariff.check("tariff", &mut found);
    found.finish(())
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

/// Every number in a bill's JSON by its path, times and lengths of units left out.
fn numbers(value: &serde_json::Value, path: String, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Number(_) if !path.ends_with("unit_minutes") => found.push(path),
        serde_json::Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(at, inner)| numbers(inner, format!("{path}/{at}"), found));
        }
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, inner)| numbers(inner, format!("{path}/{key}"), found));
        }
        _ => {}
    }
}

/// What is charged, line by line, and the sums.
fn amounts(bill: &Bill) -> (Vec<Money>, [Money; 3]) {
    (bill.lines.iter().map(|line| line.amount).collect(), [bill.gross, bill.discounts, bill.total])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn a_bill_with_one_number_changed_does_not_add_up_or_charges_the_same(
        tariff in tariff(), discounts in discounts(), name in prop::sample::select(&ZONES), start in arrival(),
        seconds in 1..3 * 86_400_i64, place in any::<prop::sample::Index>(),
        by in prop_oneof![-2..=2_i64, -3_000..3_000_i64, Just(i64::MAX / 2)],
    ) {
        let bill = price(&tariff, &discounts, BEST, &zone(name), &facts(start, seconds)).unwrap();
        let mut document = serde_json::to_value(&bill).unwrap();
        let mut places = Vec::new();
        numbers(&document, String::new(), &mut places);
        let place = place.get(&places);
        let number = document.pointer_mut(place).unwrap();
        *number = number.as_i64().unwrap().saturating_add(by).into();
        if let Ok(forged) = serde_json::from_value::<Bill>(document) {
            prop_assert!(!forged.adds_up() || amounts(&forged) == amounts(&bill), "{place} by {by}: {forged:?}");
            let pointed = ["/amount", "/gross", "/discounts", "/total", "/of"];
            let fixed = place.ends_with("/fixed/amount"); // more may be granted than there is to pay
            let always = !fixed && pointed.iter().any(|end| place.ends_with(end));
            prop_assert!(by == 0 || !always || !forged.adds_up(), "{place} by {by}: {forged:?}");
        }
    }

    #[test]
    fn a_bill_that_lost_doubled_or_moved_a_line_does_not_add_up(
        tariff in tariff(), discounts in discounts(), start in arrival(), seconds in 1..3 * 86_400_i64,
        one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(),
    ) {
        let bill = price(&tariff, &discounts, BEST, &zone(ZONES[0]), &facts(start, seconds)).unwrap();
        let (one, other) = (one.index(bill.lines.len()), other.index(bill.lines.len()));
        let sums = |lines: Vec<BillLine>| {
            // The forger makes the sums fit.
            let part = |charge| {
                let is_charge = |line: &&BillLine| matches!(line.basis, Basis::Units { .. } | Basis::Cap { .. }) == charge;
                lines.iter().filter(is_charge).map(|line| line.amount).sum::<Money>()
            };
            let (gross, discounts) = (part(true), part(false));
            Bill { lines, gross, discounts, total: gross + discounts }
        };
        let mut doubled = bill.lines.clone();
        doubled.insert(one, bill.lines[one].clone());
        prop_assert!(!sums(doubled).adds_up());
        let mut moved = bill.lines.clone();
        moved.swap(one, other);
        prop_assert!(one == other || !sums(moved).adds_up());
        // What stands first or last may be lost without a trace, for a bill does not say how long the stay was.
        let between = one > 0 && bill.lines[one + 1..].iter().any(|line| matches!(line.basis, Basis::Units { .. }));
        let mut lost = bill.lines.clone();
        let gone = lost.remove(one);
        let is_unit = matches!(gone.basis, Basis::Units { .. });
        prop_assert!(!(between && is_unit && sums(lost).adds_up()));
    }

    #[test]
    fn the_engine_agrees_with_a_meter_that_looks_every_minute(
        tariff in tariff(), name in prop::sample::select(&ZONES), start in arrival(), minutes in 1..3 * 1_440_i64,
    ) {
        prop_assert!(check(&tariff).is_ok(), "{:?}", check(&tariff));
        let (stay, version) = (facts(start - start % 60, minutes * 60), &tariff.versions[0]);
        let naive = naive::price(version, &version.classes[0].schedule, name, stay.window, 60);
        let bill = price(&tariff, &[], BEST, &zone(name), &stay).unwrap();
        prop_assert!(bill.adds_up());
        prop_assert_eq!(bill.total.as_minor(), naive);
    }

    #[test]
    fn the_engine_agrees_with_a_meter_that_looks_every_second(
        tariff in tariff(), name in prop::sample::select(&ZONES), start in arrival(), seconds in 1..2 * 3_600_i64,
    ) {
        let (stay, version) = (facts(start, seconds), &tariff.versions[0]);
        let naive = naive::price(version, &version.classes[0].schedule, name, stay.window, 1);
        prop_assert_eq!(price(&tariff, &[], BEST, &zone(name), &stay).unwrap().total.as_minor(), naive);
    }

    #[test]
    fn the_price_never_falls_as_a_stay_grows(
        tariff in tariff(), discounts in discounts(), name in prop::sample::select(&ZONES), start in arrival(),
        seconds in 1..4 * 86_400_i64, more in prop_oneof![1..120_i64, 1..86_400_i64],
    ) {
        let total = |seconds| price(&tariff, &discounts, BEST, &zone(name), &facts(start, seconds)).unwrap().total;
        prop_assert!(total(seconds) <= total(seconds + more));
    }

    #[test]
    fn lines_sum_to_the_total_and_join_without_a_gap(
        tariff in tariff(), discounts in discounts(), name in prop::sample::select(&ZONES), start in arrival(),
        seconds in 1..4 * 86_400_i64,
    ) {
        let (zone, stay) = (zone(name), facts(start, seconds));
        let bill = price(&tariff, &discounts, BEST, &zone, &stay).unwrap();
        prop_assert!(bill.adds_up(), "{bill:?}");
        prop_assert!(Money::ZERO <= bill.total && bill.total <= bill.gross);
        prop_assert_eq!(bill.lines.iter().map(|line| line.amount).sum::<Money>(), bill.total);
        prop_assert_eq!(price_total(&tariff, &discounts, BEST, &zone, &stay).unwrap(), bill.total);
        let mut reached = stay.window.start();
        for line in bill.lines.iter().filter(|line| line.amount >= Money::ZERO) {
            prop_assert_eq!(line.window.start(), reached);
            reached = line.window.end();
        }
        prop_assert_eq!(reached, stay.window.end());
        let text = serde_json::to_string(&bill).unwrap();
        prop_assert_eq!(serde_json::from_str::<shared_parking::Bill>(&text).unwrap(), bill);
    }

    #[test]
    fn the_single_best_is_the_least_over_all_choices_whatever_their_order(
        tariff in tariff(), discounts in discounts(), start in arrival(), seconds in 1..2 * 86_400_i64,
    ) {
        let (zone, stay) = (zone(ZONES[0]), facts(start, seconds));
        let bill = |discounts: &[Discount]| price(&tariff, discounts, BEST, &zone, &stay).unwrap();
        let public = bill(&[]).total;
        // Each choice from its definition, a substitute by a tariff of its own.
        let alone = |discount: &Discount| match &discount.effect {
            _ if discount.when.permit.as_deref().is_some_and(|kind| kind != "resident") => public,
            Effect::Percent { share, rounding } => public - Money::minor(share.of(public.as_minor(), *rounding)),
            Effect::Fixed { amount } => (public - *amount).max(Money::ZERO),
            Effect::Substitute { schedule } => {
                let mut instead = tariff.clone();
                instead.versions[0].classes[0].schedule = schedule.clone();
                price(&instead, &[], BEST, &zone, &stay).unwrap().total
            }
            _ => unreachable!(),
        };
        let least = discounts.iter().map(alone).fold(public, Ord::min);
        let (together, mut turned) = (bill(&discounts), discounts.clone());
        turned.reverse();
        prop_assert_eq!(together.total, least);
        prop_assert_eq!(together, bill(&turned));
    }

    #[test]
    fn the_boundary_side_changes_no_price(tariff in tariff(), start in arrival(), minutes in 1..3 * 1_440_i64) {
        let mut other = tariff.clone();
        other.versions[0].boundary = BoundarySide::EndInclusive;
        let (zone, stay) = (zone(ZONES[0]), facts(start - start % 60, minutes * 60));
        prop_assert_eq!(price(&tariff, &[], BEST, &zone, &stay), price(&other, &[], BEST, &zone, &stay));
    }
}
