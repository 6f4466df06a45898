//! Stretches derived from kerbs, and given ones put in their place.

use crate::town::{at, build, kerb, space, street, survey};
use shared_parking::Centimetres;
use shared_parking::inventory::{Inventory, KerbRules, Layout, Side, SpaceKind, Survey};

/// A street of this length, crossed at the places named.
fn crossed(length: f64, layout: &str, crossings: &str, stated: &str) -> Survey {
    let layout = match layout {
        "parallel" => Layout::Parallel,
        "diagonal" => Layout::Diagonal,
        "perpendicular" => Layout::Perpendicular,
        other => panic!("{other}"),
    };
    let mut row = street("s", &[(0., 0.), (length / 2., 0.), (length, 0.)]);
    row.kerbs = vec![kerb(layout, stated.parse().ok())];
    let mut survey = survey();
    survey.streets.push(row);
    let places = [("start", 0.), ("middle", length / 2.), ("end", length)];
    for (name, place) in places.into_iter().filter(|(name, _)| crossings.contains(name)) {
        survey.streets.push(street(name, &[(place, -30.), (place, 0.), (place, 30.)]));
    }
    survey
}

fn capacities(inventory: &Inventory) -> Vec<u32> {
    let mut numbered: Vec<_> = inventory.stretches().iter().map(|stretch| (stretch.from, stretch.capacity)).collect();
    numbered.sort_unstable();
    numbered.into_iter().map(|(_, capacity)| capacity).collect()
}

#[test]
fn how_many_spaces_a_kerb_holds() {
    // metres, layout, crossings, stated capacity => capacities of the stretches along the street
    let table = "
        5.99 parallel      -            -   =>
        6    parallel      -            -   => 1
        100  parallel      -            -   => 8 8
        100  parallel      start        -   => 7 8
        100  parallel      start+end    -   => 7 8
        100  diagonal      -            -   => 8 8 8 8
        100  perpendicular start+end    -   => 9 9 9 9
        60   parallel      -            -   => 10
        66   parallel      -            -   => 5 6
        15.9 parallel      start+end    -   =>
        16   parallel      start+end    -   => 1
        200  parallel      middle       -   => 7 8 7 8
        200  parallel      start+middle -   => 7 8 7 8
        40   parallel      middle       -   => 2 2
        40   parallel      middle       7   => 4 3
        200  parallel      middle       10  => 2 3 2 3
        200  parallel      -            3   => 1 1 1
        9    parallel      start+end    1   => 1
        30   parallel      -            9   => 9
    ";
    for row in table.lines().filter(|row| row.contains("=>")) {
        let (given, expected) = row.split_once("=>").unwrap();
        let given: Vec<&str> = given.split_whitespace().collect();
        let expected: Vec<u32> = expected.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let inventory = build(&crossed(given[0].parse().unwrap(), given[1], given[2], given[3]));
        assert_eq!(capacities(&inventory), expected, "{row}");
    }
}

#[test]
fn derived_stretches_are_numbered_along_the_path_and_keep_clear_of_junctions() {
    let inventory = build(&crossed(200., "parallel", "middle", "-"));
    let told: Vec<String> = inventory
        .stretches()
        .iter()
        .map(|stretch| format!("{} {}..{} at {}", stretch.id, stretch.from, stretch.to, stretch.position.x))
        .collect();
    // Two runs of 95 m, 15 spaces each: 7 of 15 parts of 95 m end at 44.33 m.
    let expected = [
        "s/left/1 0.00 m..44.33 m at 2216",
        "s/left/2 44.33 m..95.00 m at 6966",
        "s/left/3 105.00 m..149.33 m at 12716",
        "s/left/4 149.33 m..200.00 m at 17466",
    ];
    assert_eq!(told, expected);
    for stretch in inventory.stretches() {
        assert!(stretch.capacity * stretch.space_length.get() <= stretch.to.get() - stretch.from.get());
        assert_eq!((stretch.side, stretch.kind), (Side::Left, SpaceKind::Shared));
        assert_eq!((stretch.space_length, stretch.space_width), (Centimetres::new(600), Centimetres::new(250)));
    }
}

#[test]
fn a_street_that_goes_on_in_another_row_has_no_junction_there() {
    // second row's name, same kerbs, third row there? => spaces in all
    let table = [
        ("s", true, false, 20),  // 60 m and 60 m go on: 10 + 10
        ("t", true, false, 18),  // renamed: 55 m each
        ("s", false, false, 10), // the other row has no kerb: the street goes on all the same
        ("s", true, true, 18),   // a third street joins
    ];
    for (name, same, third, expected) in table {
        let mut survey = survey();
        let mut rows = [street("a", &[(0., 0.), (60., 0.)]), street("b", &[(60., 0.), (120., 0.)])];
        for row in &mut rows {
            row.name = "s".into();
            row.kerbs = vec![kerb(Layout::Parallel, None)];
        }
        rows[1].name = name.into();
        if !same {
            rows[1].kerbs = Vec::new();
        }
        survey.streets.extend(rows);
        if third {
            survey.streets.push(street("c", &[(60., 0.), (60., 40.)]));
        }
        assert_eq!(build(&survey).capacity(SpaceKind::Shared), expected, "{name} {same} {third}");
    }
}

#[test]
fn several_rows_on_one_side_are_numbered_on() {
    let mut survey = crossed(100., "parallel", "-", "9");
    let mut loading = kerb(Layout::Parallel, Some(2));
    loading.kind = SpaceKind::Loading;
    survey.streets[0].kerbs.push(loading);
    let mut right = kerb(Layout::Perpendicular, Some(1));
    right.side = Side::Right;
    survey.streets[0].kerbs.push(right);
    let inventory = build(&survey);
    let told: Vec<String> =
        inventory.stretches().iter().map(|s| format!("{} {:?} {}", s.id, s.kind, s.capacity)).collect();
    assert_eq!(told, ["s/left/1 Shared 9", "s/left/2 Loading 2", "s/right/1 Shared 1"]);
    assert_eq!(inventory.capacity(SpaceKind::Loading), 2);
    let (shared, loading) = (&inventory.stretches()[0], &inventory.stretches()[1]);
    assert_eq!([shared.from, shared.to, loading.to].map(Centimetres::get), [0, 8_181, 10_000], "54 m and 12 m of 66");
    assert_eq!(loading.from, shared.to, "side by side, not over each other");
    assert_eq!(inventory.stretch(&"s/right/1".parse().unwrap()).unwrap().space_width, Centimetres::new(600));
}

#[test]
fn other_rules_give_other_spaces() {
    let rules = KerbRules {
        parallel_length: Centimetres::new(500),
        junction_clear: Centimetres::new(0),
        ..KerbRules::default()
    };
    let inventory = Inventory::build(&crossed(100., "parallel", "start+end", "-"), &rules).unwrap();
    assert_eq!(inventory.capacity(SpaceKind::Shared), 20);
    assert_eq!(inventory.kerb_rules(), &rules);
}

#[test]
fn a_given_stretch_lies_wholly_on_its_street() {
    // geometry, capacity => from, to in centimetres along a street of 100 m
    type Line = &'static [(f64, f64)];
    let table: [(Line, u32, u32, u32); 8] = [
        (&[(50., 2.)], 2, 4_400, 5_600),
        (&[(1., 2.)], 2, 0, 1_200),                 // moved in at the start
        (&[(140., 2.)], 2, 8_800, 10_000),          // moved in at the end
        (&[(20., 2.), (60., 2.)], 2, 2_000, 6_000), // a line is as long as it is drawn
        (&[(-20., 2.), (90., 2.)], 2, 0, 9_000),    // as far as its street goes
        (&[(40., 2.)], 16, 0, 9_600),
        (&[(44., 2.), (55.1, 2.)], 2, 4_355, 5_555), // drawn too short by less than a metre: around its middle
        (&[(50., -6.), (50., 6.)], 2, 4_400, 5_600), // drawn across
    ];
    for (path, capacity, from, to) in table {
        let mut survey = crossed(100., "parallel", "-", "1");
        survey.streets[0].kerbs.clear();
        let mut row = space("given", "s", (0., 0.));
        row.capacity = capacity;
        row.path = path.iter().map(|&(east, north)| at(east, north)).collect();
        survey.stretches.push(row);
        let inventory = build(&survey);
        let stretch = &inventory.stretches()[0];
        assert_eq!((stretch.from.get(), stretch.to.get()), (from, to), "{path:?} {capacity}");
        assert_eq!(i64::from(stretch.position.x), i64::from(u32::midpoint(from, to)));
    }
}
