//! Invented applicants and stays: as many as asked for, by the stated rates, and never two cars in one space.
#![allow(clippy::unwrap_used, reason = "a broken fixture stops the test")]

use proptest::prelude::*;
use shared_parking::inventory::{Inventory, KerbRules, Layout, Point, Side, SpaceKind};
use shared_parking::people::{Application, PlateOrigin};
use shared_parking::sample::{Day, Holder, People, Plan, Rates, applications, provenance, stays};
use shared_parking::{BasisPoints, Centimetres, PermitId, Stay, Stretch, StretchId};
use std::collections::{BTreeMap, BTreeSet};

fn ground() -> Inventory {
    let plan = Plan { name: "T".into(), communities: vec![], streets: 12, spaces: 200, doors: 80, seed: 5 };
    Inventory::build(&plan.survey().unwrap(), &KerbRules::default()).unwrap()
}

fn people(households: usize, applicants: usize, rates: Rates) -> People {
    People {
        households,
        applicants,
        applied_from: "2026-01-05T00:00:00Z".parse().unwrap(),
        applied_to: "2026-01-30T16:00:00Z".parse().unwrap(),
        rates,
    }
}

fn households(rows: &[Application]) -> BTreeSet<&str> {
    rows.iter().map(|row| row.resident.household.as_str()).collect()
}

#[test]
fn applicants_are_as_many_as_asked_for_and_sorted() {
    let (inventory, people) = (ground(), people(5_000, 3_000, Rates::default()));
    let rows = applications(&inventory, &people, 7);
    assert_eq!(rows.len(), 3_000);
    assert!(rows.windows(2).all(|pair| pair[0].id < pair[1].id));
    assert!(rows.iter().all(|row| people.applied_from <= row.applied_at && row.applied_at <= people.applied_to));
    assert!(rows.iter().all(|row| inventory.door(&row.resident.door).is_some()));
    assert_eq!(rows[0].id.as_str(), "a-000001");
    assert_eq!(rows, applications(&inventory, &people, 7));
    assert_ne!(rows, applications(&inventory, &people, 8));
    assert_eq!(provenance(7), "invented applicants, seed 7");
}

#[test]
fn rates_are_met_within_chance() {
    let inventory = ground();
    let rates = Rates::default();
    let rows = applications(&inventory, &people(20_000, 20_000, rates.clone()), 11);
    let share = |fact: &dyn Fn(&Application) -> bool| rows.iter().filter(|row| fact(row)).count() * 10_000 / rows.len();
    let last = "2026-01-30".parse().unwrap();
    let near = |name: &str, found: usize, stated: BasisPoints| {
        let stated = stated.get() as usize;
        // Four standard deviations of a binomial draw of 20,000.
        let allowed = 4 * (stated * (10_000 - stated) / rows.len()).isqrt();
        assert!(found.abs_diff(stated) <= allowed, "{name}: {found} basis points, stated {stated}");
    };
    near("plate", share(&|row| row.vehicle.plate_origin == PlateOrigin::Other), rates.other_plate);
    near("registered", share(&|row| !row.resident.registered), rates.not_registered);
    near("arrears", share(&|row| row.resident.arrears.as_minor() > 0), rates.arrears);
    near("insurance", share(&|row| row.vehicle.insured_until < last), rates.insurance_lapsed);
    near("three in one", share(&|row| row.resident.documents.in_applicants_name() == 3), rates.three_in_one);
    near("kin", share(&|row| row.resident.documents.in_applicants_name() == 1), rates.kin);
    near("second", (rows.len() - households(&rows).len()) * 10_000 / rows.len(), rates.second_of_household);
}

#[test]
fn buildings_differ_in_size_and_a_household_has_one_door() {
    let rows = applications(&ground(), &people(4_000, 4_000, Rates::default()), 3);
    let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut door_of = BTreeMap::new();
    for row in &rows {
        *homes.entry(row.resident.door.as_str()).or_default() += 1;
        let door = door_of.entry(&row.resident.household).or_insert(&row.resident.door);
        assert_eq!(*door, &row.resident.door);
    }
    let mut sizes: Vec<usize> = homes.into_values().collect();
    sizes.sort_unstable();
    assert!(sizes[sizes.len() - 1] >= 4 * sizes[sizes.len() / 2], "{sizes:?}");
}

#[test]
fn one_rate_changes_one_fact_only() {
    let inventory = ground();
    let before = applications(&inventory, &people(900, 700, Rates::default()), 1);
    let all_foreign = Rates { other_plate: BasisPoints::WHOLE, ..Rates::default() };
    let mut after = applications(&inventory, &people(900, 700, all_foreign), 1);
    assert!(after.iter().all(|row| row.vehicle.plate_origin == PlateOrigin::Other));
    for (row, old) in after.iter_mut().zip(&before) {
        row.vehicle.plate_origin = old.vehicle.plate_origin;
    }
    assert_eq!(after, before);
}

#[test]
fn nobody_applies_where_nobody_lives() {
    let plan = Plan { name: "T".into(), communities: vec![], streets: 2, spaces: 9, doors: 0, seed: 1 };
    let empty = Inventory::build(&plan.survey().unwrap(), &KerbRules::default()).unwrap();
    assert!(applications(&empty, &people(10, 10, Rates::default()), 1).is_empty());
    assert!(applications(&ground(), &people(0, 10, Rates::default()), 1).is_empty());
    let crowded = applications(&ground(), &people(3, 10, Rates::default()), 1);
    assert_eq!((crowded.len(), households(&crowded).len()), (10, 3));
}

fn day(zone: &str, visitors: u32) -> Day {
    Day {
        date: "2026-03-08".parse().unwrap(), // clocks go forward in New York on this day
        zone: zone.parse().unwrap(),
        visitors: BasisPoints::new(visitors),
    }
}

fn stretch(at: usize, kind: SpaceKind, capacity: u32) -> Stretch {
    Stretch {
        id: StretchId::new(&format!("s-{at}")).unwrap(),
        street: "street".parse().unwrap(),
        side: Side::Left,
        kind,
        layout: Layout::Parallel,
        capacity,
        from: Centimetres::default(),
        to: Centimetres::metres(6 * capacity),
        space_length: Centimetres::metres(6),
        space_width: Centimetres::new(250),
        position: Point::default(),
    }
}

fn holder(at: usize, stretch: usize) -> Holder {
    Holder {
        permit: PermitId::new(&format!("p-{at:02}")).unwrap(),
        vehicle: format!("v-{at:02}").parse().unwrap(),
        stretch: format!("s-{stretch}").parse().unwrap(),
    }
}

/// The most cars at once on each stretch.
fn busiest(rows: &[Stay]) -> BTreeMap<&StretchId, i64> {
    let mut steps: BTreeMap<&StretchId, BTreeMap<_, i64>> = BTreeMap::new();
    for row in rows {
        let steps = steps.entry(&row.stretch).or_default();
        *steps.entry(row.window.start()).or_default() += 1;
        *steps.entry(row.window.end()).or_default() -= 1;
    }
    let most = |steps: BTreeMap<_, i64>| {
        let mut cars = 0;
        let level = |step| {
            cars += step;
            cars
        };
        steps.into_values().map(level).max().unwrap_or(0)
    };
    steps.into_iter().map(|(stretch, steps)| (stretch, most(steps))).collect()
}

proptest! {
    #[test]
    fn a_stretch_never_holds_more_cars_than_spaces(
        capacities in proptest::collection::vec(0..6_u32, 1..5), holders in 0..20_usize, share in 0..12_000_u32,
        zone in prop_oneof![Just("Asia/Shanghai"), Just("America/New_York")], seed: u64,
    ) {
        let kind = |at: usize| if at == 2 { SpaceKind::Resident } else { SpaceKind::Shared };
        let ground: Vec<_> = capacities.iter().enumerate().map(|(at, &capacity)| stretch(at, kind(at), capacity)).collect();
        let holders: Vec<_> = (0..holders).map(|at| holder(at, at % 5)).collect();
        let rows = stays(&day(zone, share), &holders, &ground, seed);
        for (stretch, cars) in busiest(&rows) {
            let capacity = ground.iter().find(|own| own.id == *stretch).expect("a known stretch").capacity;
            prop_assert!(cars <= i64::from(capacity));
        }
        for row in &rows {
            match &row.permit {
                Some(permit) => {
                    let own = holders.iter().find(|holder| holder.permit == *permit).expect("a holder");
                    prop_assert_eq!((&row.stretch, &row.vehicle), (&own.stretch, &own.vehicle));
                }
                None => prop_assert!(row.stretch.as_str() != "s-2", "no visitor where only residents park"),
            }
        }
        let ids: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
        prop_assert_eq!(ids.len(), rows.len());
        prop_assert!(share > 0 || rows.iter().all(|row| row.permit.is_some()));
        let turned: Vec<_> = holders.iter().rev().cloned().collect();
        let ground_turned: Vec<_> = ground.iter().rev().cloned().collect();
        prop_assert_eq!(rows, stays(&day(zone, share), &turned, &ground_turned, seed));
    }
}

#[test]
fn holders_park_by_night_and_visitors_by_day() {
    let holders: Vec<_> = (0..60).map(|at| holder(at, 1)).collect();
    let day = day("Asia/Shanghai", 5_000);
    let rows = stays(&day, &holders, &[stretch(1, SpaceKind::Shared, 100)], 9);
    let (nights, visits): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.permit.is_some());
    assert!((45..=60).contains(&nights.len()), "{} nights", nights.len());
    for row in &nights {
        let (from, to) = (day.zone.local(row.window.start()), day.zone.local(row.window.end()));
        assert!(from.date == day.date && (63_000..79_200).contains(&from.second_of_day));
        assert!(to.date == day.date.plus_days(1) && (23_400..34_200).contains(&to.second_of_day));
    }
    let seconds: i64 = visits.iter().map(|row| row.window.seconds()).sum();
    assert!(visits.iter().all(|row| (1_200..=18_000).contains(&row.window.seconds())));
    // Half of ten hours in a hundred spaces, less what does not fit before the evening.
    assert!((100 * 9_000..100 * 20_000).contains(&seconds), "{seconds} s");
}
