//! Where streets meet without a common vertex, and what is told of those that do not.

use crate::town::{build, door, kerb, space, street, survey, told};
use proptest::prelude::*;
use shared_parking::Centimetres;
use shared_parking::inventory::{Inventory, Layout, SpaceKind, Survey, Warning};

/// A main street of 200 m from west to east, and a side street from the south that ends here.
fn corner(end: (f64, f64)) -> Survey {
    let mut main = street("main", &[(0., 0.), (100., 0.), (200., 0.)]);
    main.kerbs = vec![kerb(Layout::Parallel, None)];
    Survey {
        streets: vec![main, street("side", &[(end.0, -80.), end])],
        doors: vec![door("d", (end.0, -50.))],
        ..survey()
    }
}

fn spaces(inventory: &Inventory) -> u64 {
    inventory.capacity(SpaceKind::Shared)
}

#[test]
fn an_end_on_or_beside_a_street_is_joined_to_it() {
    // where the side street ends => components, spaces on the main street (33 in one run, 5 m kept clear at each side
    // of a junction)
    let table = [
        ((60., 0.), 1, 31),     // on the street, between its vertices
        ((60., -0.5), 1, 31),   // half a metre short of it
        ((60., 0.5), 1, 31),    // or beyond
        ((60., -0.51), 2, 33),  // not joined
        ((100., 0.), 1, 30),    // on its vertex: two runs of 95 m
        ((100.3, -0.3), 1, 30), // near its vertex
        ((0., -0.4), 1, 32),    // near its end: a junction of two names
        ((-0.5, 0.), 1, 32),
        ((-0.51, 0.), 2, 33),
        ((201., 0.), 2, 33),
    ];
    for (end, components, expected) in table {
        let inventory = build(&corner(end));
        assert_eq!((inventory.component_count(), spaces(&inventory)), (components, expected), "{end:?}");
        let gap = inventory.stretches().iter().all(|s| s.to.get() <= 5_500 || s.from.get() >= 6_500);
        assert!(end.0 != 60. || components == 2 || gap, "the mouth of the side street stays free");
        let walks = told(&inventory, "d", 500);
        assert_eq!(walks.contains("straight"), components == 2, "{end:?}: {walks}");
    }
}

#[test]
fn a_walk_goes_around_the_corner() {
    let mut town = corner((60., 0.));
    town.streets[0].kerbs.clear();
    town.stretches = vec![space("w", "main", (20., 0.)), space("e", "main", (150., 0.))];
    assert_eq!(told(&build(&town), "d", 500), "w 90.00 m, e 140.00 m");
}

#[test]
fn several_ends_may_touch_one_street_in_one_place_or_one_another() {
    let mut town = corner((60., 0.));
    town.streets.push(street("north", &[(60.2, 80.), (60.2, 0.3)]));
    town.streets.push(street("a-path", &[(130., -40.), (130., 0.2)]));
    town.streets.push(street("b-path", &[(130.3, 40.), (130.3, 0.3)]));
    let inventory = build(&town);
    assert_eq!(inventory.component_count(), 1);
    assert!(inventory.warnings().is_empty());
    for pair in inventory.stretches().windows(2) {
        assert!(pair[0].to <= pair[1].from && pair[0].from < pair[0].to, "{pair:?}");
    }
    let back: Inventory = serde_json::from_str(&serde_json::to_string(&inventory).unwrap()).unwrap();
    assert_eq!(back.component_count(), 1, "a record is joined in the same way");
    town.streets.reverse();
    assert_eq!(build(&town), inventory);
}

#[test]
fn crossing_streets_are_not_joined() {
    let mut town = corner((60., 40.)); // the side street ends beyond: it may be a bridge
    assert_eq!(build(&town).component_count(), 2);
    town.streets[1] = street("side", &[(60., -40.), (60., 0.), (60., 40.)]); // a vertex on the line is no end
    assert_eq!(build(&town).component_count(), 2);
}

#[test]
fn a_junction_beside_a_street_stays_what_it_is() {
    // Two lanes meet 30 cm south of the main street, and a third leads from there to its end.
    let mut town = corner((60., -0.3));
    town.streets.push(street("lane", &[(60., -0.3), (60., -20.), (200., -20.)]));
    let joined = build(&town);
    assert_eq!((joined.component_count(), spaces(&joined)), (1, 31), "apart, they are joined");
    town.streets.push(street("round", &[(200., -20.), (200., 0.)]));
    let beside = build(&town);
    assert_eq!((beside.component_count(), spaces(&beside)), (1, 32), "they lead there already");
    assert!(beside.warnings().is_empty());
}

#[test]
fn what_stays_apart_is_told() {
    let warned = |survey: &Survey| build(survey).warnings().iter().map(Warning::to_string).collect::<Vec<_>>();
    let island = "no way leads to 1 street around \"side\"";
    let loose = |x: i32, y: i32, gap| {
        format!("an end of street \"side\" at ({x}, {y}) cm lies {gap} m from street \"main\" and is not joined to it")
    };
    assert_eq!(warned(&corner((60., -0.5))), [""; 0]);
    assert_eq!(warned(&corner((60., -0.51))), [loose(6_000, -51, "0.51"), island.into()]);
    assert_eq!(warned(&corner((60., -1.))), [loose(6_000, -100, "1.00"), island.into()]);
    assert_eq!(warned(&corner((60., -1.01))), [island]);
    let mut town = corner((60., -20.));
    town.streets.push(street("far", &[(60., -80.), (90., -80.)])); // meets the side street
    assert_eq!(warned(&town), ["no way leads to 1 street around \"main\""], "the larger part is the district");
    town.streets.push(street("isle", &[(0., 500.), (9., 500.)]));
    town.streets.push(street("isle-2", &[(9., 500.), (9., 600.)]));
    town.streets.push(street("lane", &[(0., 800.), (9., 800.)]));
    let told = warned(&town);
    let island = |streets: &str, first: &str| format!("no way leads to {streets} around {first:?}");
    // Of equal parts the one with the first street counts as the largest: far and side, not isle and isle-2.
    assert_eq!(told, [island("2 streets", "isle"), island("1 street", "lane"), island("1 street", "main")]);
    town.streets[2].id = "zz".into();
    assert_eq!(warned(&town), [island("1 street", "lane"), island("1 street", "main"), island("2 streets", "side")]);
}

/// Ends of one number, some of which lie within 10 m of each other, directly or by way of others.
fn named_ends(points: &[(i32, i32)]) -> Survey {
    let row = |(number, &(x, y)): (usize, &(i32, i32))| {
        let start = (f64::from(x) / 100., f64::from(y) / 100.);
        let mut row = street(&format!("s{number:05}"), &[start, (start.0 + 0.6, start.1)]);
        row.node_from = Some(7);
        row
    };
    Survey { streets: points.iter().enumerate().map(row).collect(), ..survey() }
}

/// The parts that pairs within 10 m make, by looking at every pair again and again.
fn parts(inventory: &Inventory) -> usize {
    let starts: Vec<_> = inventory.streets().iter().map(|street| street.path[0]).collect();
    let mut part: Vec<usize> = (0..starts.len()).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for one in 0..starts.len() {
            for other in 0..starts.len() {
                let (dx, dy) = (starts[one].x - starts[other].x, starts[one].y - starts[other].y);
                let near = f64::from(dx).hypot(f64::from(dy)).round() <= 1_000.;
                if near && part[other] < part[one] {
                    part[one] = part[other];
                    changed = true;
                }
            }
        }
    }
    part.iter().enumerate().filter(|(number, own)| number == *own).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ends_of_one_number_are_grouped_as_by_looking_at_every_pair(
        points in proptest::collection::btree_set((-30..30_i32, -30..30_i32), 1..25),
    ) {
        // On a raster of 2.51 m, so that nothing but the number joins them; 4 steps are 10.04 m, (3, 2) are 9.05 m.
        let points: Vec<(i32, i32)> = points.into_iter().map(|(x, y)| (x * 251, y * 251)).collect();
        let inventory = build(&named_ends(&points));
        prop_assert_eq!(inventory.component_count() as usize, parts(&inventory));
    }

    #[test]
    fn a_street_meets_its_side_streets_with_and_without_a_common_vertex(
        places in proptest::collection::btree_set(2..98_u32, 1..8), offs in proptest::collection::vec(-50..=50_i32, 8),
        number in 0..8_usize,
    ) {
        let places: Vec<f64> = places.into_iter().map(|place| f64::from(place) * 2.).collect();
        let town = |with_vertices: bool| {
            let mut path = vec![(0., 0.)];
            path.extend(places.iter().filter(|_| with_vertices).map(|&place| (place, 0.)));
            path.push((200., 0.));
            let mut town = Survey { streets: vec![street("main", &path)], ..survey() };
            for (at, &place) in places.iter().enumerate() {
                let off = if with_vertices { 0. } else { f64::from(offs[at]) / 100. };
                town.streets.push(street(&format!("side-{at}"), &[(place, 60.), (place, off)]));
                town.stretches.push(space(&format!("p-{at}"), &format!("side-{at}"), (place, 30.)));
            }
            town.doors.push(door("d", (places[number % places.len()], 55.)));
            build(&town)
        };
        let (with, without) = (town(true), town(false));
        prop_assert_eq!((with.component_count(), without.component_count()), (1, 1));
        let all = Centimetres::metres(1_000);
        let sorted = |inventory: &Inventory| {
            let mut walks = inventory.walks(&"d".parse().unwrap(), all).unwrap();
            walks.sort_by_key(|walk| walk.stretch);
            walks
        };
        for (one, other) in sorted(&with).iter().zip(sorted(&without)) {
            prop_assert_eq!((one.stretch, one.route), (other.stretch, other.route));
            prop_assert!(one.distance.get().abs_diff(other.distance.get()) <= 102, "{:?} {:?}", one, other);
        }
    }
}

#[test]
fn thousands_of_ends_of_one_number_take_no_time() {
    // 20,000 ends 3 m apart in a line: one part. Every pair would be 200 million distances in a debug build.
    let points: Vec<(i32, i32)> = (0..20_000).map(|number| (number * 300 - 3_000_000, 0)).collect();
    let inventory = build(&named_ends(&points));
    assert_eq!(inventory.component_count(), 1);
}
