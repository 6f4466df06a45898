//! Laws on random towns: walks against all shortest ways, and the order of the rows.

use crate::town::{door, kerb, space, street, survey};
use proptest::prelude::*;
use shared_parking::inventory::{Inventory, KerbRules, Layout, Point, Route, Survey, Walk};
use shared_parking::{BasisPoints, Centimetres, Chance};
use std::collections::BTreeMap;

/// A town on a grid of 60 m with crooked corners: some streets of one block, some of two, some missing, some twice.
fn town(seed: u64) -> Survey {
    let mut chance = Chance::new(seed);
    let mut corner = BTreeMap::new();
    for (column, row) in (0..4_u8).flat_map(|column| (0..4_u8).map(move |row| (column, row))) {
        let mut off = || chance.below(41) as f64 - 20.;
        corner.insert((column, row), (f64::from(column) * 60. + off(), f64::from(row) * 60. + off()));
    }
    let mut town = survey();
    let ways = (0..4_u8).flat_map(|c| {
        (0..4_u8).flat_map(move |r| [[(c, r), (c + 1, r), (c + 2, r)], [(c, r), (c, r + 1), (c, r + 2)]])
    });
    for way in ways {
        let longest = way.iter().take_while(|at| corner.contains_key(at)).count();
        if longest < 2 || chance.below(3) == 0 {
            continue;
        }
        let corners = if chance.below(2) == 0 { 2 } else { longest };
        let mut path: Vec<(f64, f64)> = way[..corners].iter().map(|at| corner[at]).collect();
        if chance.below(2) == 0 {
            path.reverse();
        }
        if chance.below(4) == 0 {
            path.insert(0, path[0]); // the same position twice
        }
        let mut row = street(&format!("s{:02}", town.streets.len()), &path);
        row.name = format!("name {}", chance.below(3));
        if chance.below(3) == 0 {
            row.kerbs = vec![kerb(Layout::Parallel, None)];
        }
        town.streets.push(row);
    }
    if town.streets.is_empty() {
        town.streets.push(street("s00", &[(0., 0.), (60., 0.)]));
    }
    let place = |chance: &mut Chance| (chance.below(240) as f64 - 30., chance.below(240) as f64 - 30.);
    let mut taken = std::collections::BTreeSet::new();
    for number in 0..6 {
        town.doors.push(door(&format!("d{number}"), place(&mut chance)));
        town.doors[number].street_name = (chance.below(2) == 0).then(|| format!("name {}", chance.below(4)));
        let on = &town.streets[chance.below(town.streets.len() as u64) as usize];
        let (from, to) = (on.path[0], on.path[on.path.len() - 1]);
        let part = chance.below(101) as f64 / 100.;
        let mut row = space(&format!("p{number}"), &on.id, (0., 0.));
        row.path[0].lon = from.lon + (to.lon - from.lon) * part;
        row.path[0].lat = from.lat + (to.lat - from.lat) * part;
        if taken.insert(row.street.clone()) {
            town.stretches.push(row); // one kerb holds one of them: they would overlap
        }
    }
    town
}

fn length(a: Point, b: Point) -> u32 {
    let (x, y) = (f64::from(a.x) - f64::from(b.x), f64::from(a.y) - f64::from(b.y));
    x.hypot(y).round() as u32
}

/// Every vertex, door and stretch a node, and all shortest ways by Floyd and Warshall.
fn all_ways(inventory: &Inventory) -> Vec<Vec<Option<u32>>> {
    let (doors, stretches) = (inventory.doors().len(), inventory.stretches().len());
    let mut vertices: BTreeMap<Point, usize> = BTreeMap::new();
    let mut edges = Vec::new();
    for street in inventory.streets() {
        let mut along = 0;
        let mut stops: Vec<(u32, usize)> = Vec::new();
        for (number, &point) in street.path.iter().enumerate() {
            along += if number > 0 { length(street.path[number - 1], point) } else { 0 };
            let next = doors + stretches + vertices.len();
            stops.push((along, *vertices.entry(point).or_insert(next)));
        }
        for (number, door) in inventory.doors().iter().enumerate().filter(|(_, door)| door.street == street.id) {
            stops.push((door.along.get(), number));
        }
        for (number, stretch) in inventory.stretches().iter().enumerate().filter(|(_, s)| s.street == street.id) {
            stops.push((u32::midpoint(stretch.from.get(), stretch.to.get()), doors + number));
        }
        stops.sort_unstable();
        edges.extend(stops.windows(2).map(|pair| (pair[0].1, pair[1].1, pair[1].0 - pair[0].0)));
    }
    let size = doors + stretches + vertices.len();
    let mut ways = vec![vec![None; size]; size];
    for (from, to, length) in edges {
        for (a, b) in [(from, to), (to, from)] {
            ways[a][b] = Some(ways[a][b].map_or(length, |old: u32| old.min(length)));
        }
    }
    for via in 0..size {
        for from in 0..size {
            for to in 0..size {
                if let (Some(first), Some(second)) = (ways[from][via], ways[via][to]) {
                    ways[from][to] = Some(ways[from][to].map_or(first + second, |old| old.min(first + second)));
                }
            }
        }
    }
    ways
}

fn expected(inventory: &Inventory, ways: &[Vec<Option<u32>>], door: usize, limit: Centimetres) -> Vec<Walk> {
    let own = &inventory.doors()[door];
    let mut walks = Vec::new();
    for (number, stretch) in inventory.stretches().iter().enumerate() {
        let (distance, route) = match ways[door][inventory.doors().len() + number] {
            Some(way) => (own.access.get() + way, Route::Network),
            None => ((length(own.position, stretch.position) * 13 + 5) / 10, Route::StraightLine),
        };
        if distance <= limit.get() {
            walks.push(Walk { distance: Centimetres::new(distance), stretch: number, route });
        }
    }
    walks.sort_unstable();
    walks
}

fn shuffled(survey: &Survey, seed: u64) -> Survey {
    fn shuffle<T>(rows: &mut [T], chance: &mut Chance) {
        for at in (1..rows.len()).rev() {
            rows.swap(at, chance.below(at as u64 + 1) as usize);
        }
    }
    let (mut other, mut chance) = (survey.clone(), Chance::new(seed));
    shuffle(&mut other.communities, &mut chance);
    shuffle(&mut other.streets, &mut chance);
    shuffle(&mut other.stretches, &mut chance);
    shuffle(&mut other.doors, &mut chance);
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn walks_are_the_shortest_ways(seed in any::<u64>(), metres in 20_u32..400) {
        let inventory = Inventory::build(&town(seed), &KerbRules::default()).unwrap();
        let (ways, limit) = (all_ways(&inventory), Centimetres::metres(metres));
        let (mut walker, mut walks) = (inventory.walker(), Vec::new());
        for door in 0..inventory.doors().len() {
            walker.walks(door, limit, &mut walks);
            prop_assert_eq!(&walks, &expected(&inventory, &ways, door, limit), "door {}", door);
        }
    }

    #[test]
    fn the_way_there_is_as_long_as_the_way_back(seed in any::<u64>()) {
        // Doors put on the middles of the stretches, and walked between: the walk from i to j is that from j to i.
        let mut survey = town(seed);
        survey.streets.iter_mut().for_each(|row| row.name = row.id.clone());
        let plain = Inventory::build(&survey, &KerbRules::default()).unwrap();
        survey.doors.clear();
        for (number, stretch) in plain.stretches().iter().enumerate() {
            let mut row = door(&format!("{number:03}"), (0., 0.));
            row.position = plain.to_lon_lat(stretch.position);
            row.street_name = Some(stretch.street.to_string());
            survey.doors.push(row);
        }
        let inventory = Inventory::build(&survey, &KerbRules::default()).unwrap();
        let limit = Centimetres::metres(10_000);
        let table: Vec<BTreeMap<usize, Walk>> = inventory.doors().iter()
            .map(|door| inventory.walks(&door.id, limit).unwrap().into_iter().map(|walk| (walk.stretch, walk)).collect())
            .collect();
        for (one, row) in table.iter().enumerate() {
            for (&other, walk) in row {
                // Degrees are rounded, and so is the foot: a few centimetres on either way.
                let back = table[other][&one];
                let apart = walk.distance.get().abs_diff(back.distance.get());
                prop_assert!(walk.route != back.route || apart <= 12, "{} {}: {:?} {:?}", one, other, walk, back);
            }
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(seed in any::<u64>(), order in any::<u64>()) {
        let rules = KerbRules { straight_line_factor: BasisPoints::new(20_000), ..KerbRules::default() };
        let (one, other) = (town(seed), shuffled(&town(seed), order));
        let (one, other) = (Inventory::build(&one, &rules).unwrap(), Inventory::build(&other, &rules).unwrap());
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&other).unwrap());
    }

    #[test]
    fn a_door_opens_to_the_nearest_piece_of_street(seed in any::<u64>()) {
        let mut survey = town(seed);
        survey.doors.iter_mut().for_each(|row| row.street_name = None);
        let inventory = Inventory::build(&survey, &KerbRules::default()).unwrap();
        for door in inventory.doors() {
            for street in inventory.streets() {
                for along in (0..=street.length.get()).step_by(25) {
                    let point = inventory.point_along(&street.id, Centimetres::new(along)).unwrap();
                    // Both points are rounded to whole centimetres, and so is the length.
                    prop_assert!(length(door.position, point) + 2 >= door.access.get(), "{:?} {:?}", door, street.id);
                }
            }
        }
    }
}
