//! Invented districts keep their totals, hold together, and follow their seed.

use proptest::prelude::*;
use shared_parking::Centimetres;
use shared_parking::inventory::{Door, Inventory, KerbRules, Route, StreetRow, Stretch, Survey};
use shared_parking::sample::{Phase, Plan, demand, desheng};
use std::collections::{BTreeMap, BTreeSet};

fn plan(communities: usize, streets: usize, spaces: u32, doors: usize, seed: u64) -> Plan {
    let communities = (0..communities).map(|at| (format!("c-{at:03}"), format!("Community {at}"))).collect();
    Plan { name: "Test".to_owned(), communities, streets, spaces, doors, seed }
}

fn spaces(survey: &Survey) -> u32 {
    survey.stretches.iter().map(|stretch| stretch.capacity).sum()
}

fn names(survey: &Survey) -> BTreeSet<&str> {
    survey.streets.iter().map(|street| street.name.as_str()).collect()
}

/// Whether every piece of street can be reached from the first over shared nodes.
fn connected(survey: &Survey) -> bool {
    let ends = |street: &StreetRow| street.node_from.zip(street.node_to);
    let mut at: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (from, to) in survey.streets.iter().filter_map(ends) {
        at.entry(from).or_default().push(to);
        at.entry(to).or_default().push(from);
    }
    let mut seen = BTreeSet::new();
    let mut open: Vec<i64> = at.keys().take(1).copied().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(&at[&node]);
        }
    }
    seen.len() == at.len() && survey.streets.iter().all(|street| ends(street).is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn totals_are_exact_and_the_survey_is_without_flaw(
        communities in 0..25_usize, streets in 1..70_usize, each in 0..300_u32, doors in 0..200_usize, seed: u64,
    ) {
        let asked = each * u32::try_from(streets).unwrap();
        let survey = plan(communities, streets, asked, doors, seed).survey().unwrap();
        prop_assert_eq!(spaces(&survey), asked);
        prop_assert_eq!(names(&survey).len(), streets);
        prop_assert_eq!(survey.doors.len(), doors);
        prop_assert_eq!(survey.communities.len(), communities);
        prop_assert!(survey.communities.iter().all(|community| community.ring.len() >= 5));
        prop_assert!(connected(&survey));
        let inventory = Inventory::build(&survey, &KerbRules::default());
        let inventory = inventory.map_err(|flaws| TestCaseError::fail(flaws.to_string()))?;
        let fits = |stretch: &Stretch| {
            let street = inventory.street(&stretch.street).expect("its street");
            stretch.from.get() + stretch.capacity * 600 <= stretch.to.get() + 1 && stretch.to <= street.length
        };
        prop_assert!(inventory.stretches().iter().all(fits));
        // What a survey states of a door's community is what lies on the ground.
        for (row, survey_row) in survey.doors.iter().map(|row| (row.id.parse().unwrap(), row)) {
            let door = inventory.door(&row).expect("a door of the survey");
            prop_assert_eq!(door.community.as_ref().map(|id| id.as_str()), survey_row.community.as_deref());
            prop_assert_eq!(survey_row.community.is_none(), communities == 0);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_rows_and_another_seed_others(seed: u64) {
        let plan = plan(4, 20, 500, 50, seed);
        let survey = plan.survey().unwrap();
        prop_assert_eq!(&survey, &plan.survey().unwrap());
        prop_assert_ne!(survey.streets, Plan { seed: seed ^ 1, ..plan }.survey().unwrap().streets);
    }

    #[test]
    fn the_first_phase_of_desheng_is_a_part_of_the_year_end(seed: u64) {
        let (first, all) = (desheng(Phase::First, &[], seed), desheng(Phase::YearEnd, &[], seed));
        prop_assert_eq!((first.communities.len(), all.communities.len()), (6, 20));
        prop_assert_eq!((spaces(&first), spaces(&all)), (642, 2_250));
        prop_assert_eq!((names(&first).len(), names(&all).len()), (18, 46));
        prop_assert!(first.streets.iter().all(|street| all.streets.contains(street)));
        prop_assert!(first.stretches.iter().all(|stretch| all.stretches.contains(stretch)));
        prop_assert!(first.doors.iter().all(|door| all.doors.contains(door)));
        prop_assert!(first.communities.iter().all(|community| all.communities.contains(community)));
        prop_assert!(connected(&first) && connected(&all));
        for survey in [first, all] {
            Inventory::build(&survey, &KerbRules::default()).map_err(|flaws| TestCaseError::fail(flaws.to_string()))?;
        }
    }
}

#[test]
fn the_walk_from_most_doors_to_a_stretch_is_short() {
    for phase in [Phase::First, Phase::YearEnd] {
        let inventory = Inventory::build(&desheng(phase, &[], 2019), &KerbRules::default()).unwrap();
        let near = |door: &&Door| {
            let walks = inventory.walks(&door.id, Centimetres::metres(300)).expect("a door of the inventory");
            walks.iter().any(|walk| walk.route == Route::Network)
        };
        let served = inventory.doors().iter().filter(near).count();
        assert!(served * 10 >= inventory.doors().len() * 9, "{served} of {} doors", inventory.doors().len());
    }
}

#[test]
fn the_ranges_of_a_plan_are_told_at_once() {
    let flaws = Plan { spaces: 5, streets: 0, ..plan(1_001, 1, 0, 2_000_000, 1) }.survey().unwrap_err();
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(places, ["plan, communities", "plan, streets", "plan, spaces", "plan, doors"]);
}

#[test]
fn names_of_communities_are_the_callers_as_far_as_they_go() {
    let given = vec![("110102010002".to_owned(), "安德路南社区居委会".to_owned())];
    let survey = desheng(Phase::First, &given, 1);
    assert_eq!(survey.communities[0].name, "安德路南社区居委会");
    assert_eq!(survey.communities[1].name, "Invented community 2");
    assert!(survey.name.contains("invented geometry") && survey.attribution.contains("invented geometry"));
}

#[test]
fn a_large_district_keeps_its_totals() {
    let survey = plan(100, 2_000, 100_000, 10_000, 3).survey().unwrap();
    assert_eq!((spaces(&survey), names(&survey).len(), survey.doors.len()), (100_000, 2_000, 10_000));
    assert_eq!(demand(100_000), 118_182);
}
