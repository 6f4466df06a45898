//! Invented applicants and stays: as many as asked for, by the stated rates, and never two cars in one space.
#![allow(clippy::unwrap_used, reason = "a broken fixture stops the test")]

use proptest::prelude::*;
use shared_parking::inventory::{Inventory, KerbRules, Layout, Point, Side, SpaceKind};
use shared_parking::people::{Application, PlateOrigin, Preferences};
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
fn wishes_are_invented_beside_everything_else() {
    let inventory = ground();
    let before = applications(&inventory, &people(900, 700, Rates::default()), 1);
    assert!(before.iter().all(|row| row.preferences.is_empty()), "nobody wishes anything by the default rates");
    let rates = |ranks, excludes| Rates {
        ranks_streets: BasisPoints::new(ranks),
        excludes_street: BasisPoints::new(excludes),
        ..Rates::default()
    };
    let with = |ranks, excludes| applications(&inventory, &people(900, 700, rates(ranks, excludes)), 1);
    let (both, ranking, excluding) = (with(6_000, 3_000), with(6_000, 0), with(0, 3_000));
    assert_eq!(both, with(6_000, 3_000));
    let mut moved = 0;
    for (at, old) in before.iter().enumerate() {
        let (both, ranking, excluding) = (&both[at], &ranking[at], &excluding[at]);
        for row in [both, ranking, excluding] {
            let bare = Application { preferences: Default::default(), ..row.clone() };
            assert_eq!(&bare, old, "wishes change nothing else");
        }
        assert_eq!(both.preferences.ranked, ranking.preferences.ranked, "excluding draws no rank again");
        assert!(ranking.preferences.excluded.is_empty() && excluding.preferences.ranked.is_empty());
        // Only where the same street is ranked is another one excluded, or none where all near ones are ranked.
        if both.preferences.excluded != excluding.preferences.excluded {
            assert!(ranking.preferences.ranked.contains(&excluding.preferences.excluded[0]));
            moved += 1;
        }
    }
    assert!((1..100).contains(&moved), "{moved} of 700 gave way");
}

#[test]
fn wishes_name_streets_near_the_door_and_contradict_nothing() {
    let inventory = ground();
    let rates = Rates { ranks_streets: BasisPoints::WHOLE, excludes_street: BasisPoints::WHOLE, ..Rates::default() };
    let rows = applications(&inventory, &people(2_000, 2_000, rates), 4);
    let (mut lengths, mut nearest_first, mut kept, mut as_the_walk_goes) = ([0; 4], 0, 0, 0);
    for row in &rows {
        assert_eq!(row.preferences.check(), Ok(()));
        let walks = inventory.walks(&row.resident.door, Centimetres::metres(500)).unwrap();
        let mut near: Vec<_> = walks.iter().map(|walk| &inventory.stretches()[walk.stretch].street).collect();
        let mut seen = BTreeSet::new();
        near.retain(|street| seen.insert(*street));
        near.truncate(8);
        let Preferences { ranked, excluded } = &row.preferences;
        assert!(
            ranked.iter().chain(excluded).all(|street| near.contains(&street) && inventory.street(street).is_some())
        );
        assert_eq!(excluded.len(), usize::from(near.len() > ranked.len() && near.len() > 1), "{ranked:?} of {near:?}");
        assert!((1..=3).contains(&ranked.len()));
        lengths[ranked.len()] += 1;
        if near.len() == 8 {
            kept += 1;
            nearest_first += usize::from(ranked[0] == *near[0]);
            as_the_walk_goes += usize::from(ranked.iter().zip(&near).all(|(ranked, near)| ranked == *near));
        }
    }
    // A third each; where eight streets are near, one in eight ranks the nearest first. Within five deviations.
    assert!(lengths[1..].iter().all(|&count: &usize| count.abs_diff(667) < 105), "{lengths:?}");
    assert!(kept > 500, "{kept}");
    assert!(
        nearest_first.abs_diff(kept / 8) * nearest_first.abs_diff(kept / 8) < 25 * kept * 7 / 64,
        "{nearest_first}"
    );
    assert!(as_the_walk_goes < nearest_first, "{as_the_walk_goes}");
}

#[test]
fn wishes_are_as_frequent_as_stated() {
    let rates =
        Rates { ranks_streets: BasisPoints::new(4_000), excludes_street: BasisPoints::new(1_000), ..Rates::default() };
    let rows = applications(&ground(), &people(10_000, 10_000, rates), 11);
    let count = |wish: &dyn Fn(&Preferences) -> bool| rows.iter().filter(|row| wish(&row.preferences)).count();
    // Four standard deviations of a binomial draw of 10,000: 196 and 120.
    let (ranked, excluded) = (count(&|wish| !wish.ranked.is_empty()), count(&|wish| !wish.excluded.is_empty()));
    assert!(ranked.abs_diff(4_000) <= 196, "{ranked}");
    assert!(excluded.abs_diff(1_000) <= 120, "{excluded}");
}

#[test]
fn rates_written_before_there_were_wishes_are_still_read() {
    let mut written = serde_json::to_value(Rates::default()).unwrap();
    let map = written.as_object_mut().unwrap();
    assert!(map.remove("ranks_streets").is_some() && map.remove("excludes_street").is_some());
    assert_eq!(serde_json::from_value::<Rates>(written).unwrap(), Rates::default());
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
