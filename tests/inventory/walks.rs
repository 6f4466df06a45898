//! Walks worked out by hand.

use crate::town::{build, door, space, street, survey, told};
use shared_parking::Centimetres;
use shared_parking::inventory::{Inventory, Point, Survey};

/// Metres. The isle is connected to nothing.
///
/// ```text
///   i───────isle (0,300)-(50,300)
///
///   (0,100)──north──(100,100)
///     │                │
///    west             east
///     │                │
///   (0,0)────main───(100,0)────main───(200,0)
/// ```
fn town() -> Survey {
    Survey {
        streets: vec![
            street("main", &[(0., 0.), (100., 0.), (200., 0.)]),
            street("west", &[(0., 0.), (0., 100.)]),
            street("north", &[(0., 100.), (100., 100.)]),
            street("east", &[(100., 100.), (100., 0.)]),
            street("isle", &[(0., 300.), (50., 300.)]),
        ],
        stretches: vec![
            space("m", "main", (150., 0.)),
            space("n", "north", (50., 100.)),
            space("i", "isle", (25., 303.)),
        ],
        doors: vec![
            door("gate", (10., -5.)),
            door("corner", (100., 0.)),
            door("yard", (47., 120.)),
            door("far-end", (230., 40.)),
            door("islander", (0., 300.)),
        ],
        ..survey()
    }
}

#[test]
fn the_walks_of_a_little_town() {
    let inventory = build(&town());
    assert_eq!(inventory.component_count(), 2);
    // door, limit in metres, walks
    let table = "
        gate     | 500 | m 145.00 m, n 165.00 m, i 396.98 m straight
        gate     | 160 | m 145.00 m
        gate     | 4   |
        corner   | 500 | m 50.00 m, n 150.00 m, i 402.00 m straight
        corner   | 50  | m 50.00 m
        yard     | 500 | n 23.00 m, i 235.74 m straight, m 223.00 m
        far-end  | 500 | m 100.00 m, n 300.00 m, i 430.43 m straight
        islander | 500 | i 25.00 m, n 268.01 m straight, m 436.03 m straight
    ";
    for row in table.lines().filter(|row| row.contains('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let mut expected: Vec<&str> = cells[2].split(", ").collect();
        let told = told(&inventory, cells[0], cells[1].parse().unwrap());
        let mut told: Vec<&str> = told.split(", ").collect();
        expected.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, expected, "{row}");
    }
}

#[test]
fn walks_come_nearest_first_and_an_unknown_door_has_none() {
    let inventory = build(&town());
    let far = Centimetres::metres(500);
    for door in inventory.doors() {
        let walks = inventory.walks(&door.id, far).unwrap();
        assert!(walks.is_sorted_by_key(|walk| (walk.distance, walk.stretch)) && walks.len() == 3, "{door:?}");
    }
    assert_eq!(inventory.walks(&"nobody".parse().unwrap(), far), None);
    let mut walks = inventory.walks(&"gate".parse().unwrap(), far).unwrap();
    inventory.walker().walks(inventory.doors().len(), far, &mut walks);
    assert!(walks.is_empty(), "a place beyond the last door has no walks, and nothing old is left");
}

#[test]
fn a_visitor_walks_like_a_door_in_the_same_place() {
    let inventory = build(&town());
    let mut walker = inventory.walker();
    let (mut from_door, mut from_point) = (Vec::new(), Vec::new());
    for (number, door) in inventory.doors().iter().enumerate() {
        walker.walks(number, Centimetres::metres(300), &mut from_door);
        walker.walks_from(door.position, Centimetres::metres(300), &mut from_point);
        assert_eq!(from_door, from_point, "{}", door.id);
        assert_eq!(inventory.walks_from(door.position, Centimetres::metres(300)), from_point, "fresh buffers");
    }
    let nowhere = Point { x: i32::MIN, y: i32::MAX };
    assert!(inventory.walks_from(nowhere, Centimetres::metres(10_000)).is_empty());
}

#[test]
fn a_door_is_snapped_by_name_when_a_street_of_that_name_is_near() {
    // name stated, position, the street it opens to
    let table = [
        (None, (20., 3.), "main"),
        (Some("north"), (20., 3.), "north"),  // 97 m away: within 100 m
        (Some("north"), (20., -3.5), "main"), // 103.5 m away: too far
        (Some("nowhere"), (20., 3.), "main"), // no such name
        (Some(""), (20., 3.), "main"),        // an empty name is none
        (Some("isle"), (20., 3.), "main"),
    ];
    for (name, position, expected) in table {
        let mut row = door("d", position);
        row.street_name = name.map(str::to_owned);
        let inventory = build(&Survey { doors: vec![row], ..town() });
        assert_eq!(inventory.doors()[0].street.as_str(), expected, "{name:?} {position:?}");
    }
}

#[test]
fn a_tie_between_streets_goes_to_the_smaller_id() {
    let inventory = build(&Survey { doors: vec![door("d", (0., 0.)), door("e", (100., 0.))], ..town() });
    let told: Vec<_> = inventory.doors().iter().map(|door| (door.street.as_str(), door.along.get())).collect();
    assert_eq!(told, [("main", 0), ("east", 10_000)]);
}

#[test]
fn equal_node_numbers_join_ends_that_lie_apart() {
    let mut survey = town();
    survey.streets[1].path = street("west", &[(-4., 3.), (0., 100.)]).path; // 5 m from main's start
    let apart = build(&survey);
    assert_eq!(told(&apart, "gate", 200), "m 145.00 m", "west is cut off, so north is 245 m away");
    survey.streets[0].node_from = Some(-7);
    survey.streets[1].node_from = Some(-7);
    let joined = build(&survey);
    assert_eq!(told(&joined, "gate", 200), "m 145.00 m, n 162.08 m", "15 m to the node, 97.08 m of west, 50 m");
}

#[test]
fn equal_node_numbers_far_apart_join_nothing() {
    // 10.00 m apart is joined, 10.01 m is not: clipped data keeps the numbers of ends that were cut off.
    for (start, expected) in [(-10., "m 145.00 m, n 165.50 m"), (-10.01, "m 145.00 m")] {
        let mut survey = town();
        survey.streets[1].path = street("west", &[(start, 0.), (0., 100.)]).path;
        survey.streets[0].node_from = Some(1);
        survey.streets[1].node_from = Some(1);
        survey.doors[0] = door("gate", (10., -5.));
        assert_eq!(told(&build(&survey), "gate", 200).split(", i").next(), Some(expected), "{start}");
    }
}

#[test]
fn nearest_stretches_are_sorted_by_distance_then_id() {
    let mut survey = town();
    survey.streets.push(street("over", &[(150., -60.), (150., 60.)]));
    survey.stretches = [("b", "main"), ("a", "over"), ("c", "main")].map(|(id, on)| space(id, on, (150., 0.))).to_vec();
    survey.stretches[2].side = shared_parking::inventory::Side::Left;
    survey.stretches.push(space("d", "main", (140., 0.)));
    let inventory = build(&survey);
    let near = |metres| {
        let found = inventory.nearest_stretches(Point { x: 15_000, y: 300 }, Centimetres::metres(metres));
        found.into_iter().map(|(far, at)| format!("{} {far}", inventory.stretches()[at].id)).collect::<Vec<_>>()
    };
    assert_eq!(near(3), ["a 3.00 m", "b 3.00 m", "c 3.00 m"]);
    assert_eq!(near(11), ["a 3.00 m", "b 3.00 m", "c 3.00 m", "d 10.44 m"]);
    assert!(near(2).is_empty());
}

#[test]
fn a_straight_line_leads_to_where_walks_end() {
    let inventory = build(&town());
    let straight = |door: &str, stretch: &str| {
        let (door, stretch) = (inventory.door_index(&door.parse().unwrap()), stretch.parse().unwrap());
        inventory.straight_line(door.unwrap(), inventory.stretch_index(&stretch).unwrap()).unwrap().to_string()
    };
    // The middles: m (150, 0), n (50, 100), and i (25, 300), which was drawn 3 m beside its street.
    for (door, stretch, expected) in [
        ("gate", "m", "140.09 m"),    // 140 east, 5 north
        ("gate", "n", "112.36 m"),    // 40 and 105
        ("corner", "m", "50.00 m"),   // along the street
        ("yard", "n", "20.22 m"),     // 3 and 20: 20.2237 m
        ("yard", "i", "181.34 m"),    // 22 and 180
        ("islander", "i", "25.00 m"), // along the street
        ("far-end", "m", "89.44 m"),  // 80 and 40
    ] {
        assert_eq!(straight(door, stretch), expected, "{door} {stretch}");
    }
    let (doors, stretches) = (inventory.doors().len(), inventory.stretches().len());
    assert_eq!(inventory.straight_line(doors, 0), None);
    assert_eq!(inventory.straight_line(0, stretches), None);
    for (number, door) in inventory.doors().iter().enumerate() {
        for walk in inventory.walks(&door.id, Centimetres::metres(1_000)).unwrap() {
            let straight = inventory.straight_line(number, walk.stretch).unwrap();
            assert!(straight.get() <= walk.distance.get() + 2, "{} {}: {straight}", door.id, walk.distance);
            let near = inventory.nearest_stretches(door.position, straight);
            assert!(near.contains(&(straight, walk.stretch)), "searches measure the same");
        }
    }
}

#[test]
fn look_ups_find_what_was_surveyed() {
    let inventory: Inventory = build(&town());
    assert_eq!(inventory.name(), "Town");
    assert_eq!(inventory.street(&"west".parse().unwrap()).unwrap().length, Centimetres::metres(100));
    assert_eq!(inventory.stretch_index(&"m".parse().unwrap()), Some(1));
    assert_eq!(inventory.stretch(&"n".parse().unwrap()).unwrap().position, Point { x: 5_000, y: 10_000 });
    assert_eq!(inventory.stretch(&"x".parse().unwrap()), None);
    assert_eq!(inventory.door(&"gate".parse().unwrap()).unwrap().access, Centimetres::metres(5));
    assert_eq!(inventory.community(&"frame".parse().unwrap()).unwrap().name, "Frame");
    let spaces: Vec<String> = inventory.spaces().map(|space| space.to_string()).collect();
    assert_eq!(spaces, ["i#1", "m#1", "n#1"]);
    assert_eq!(inventory.bounds(), (Point { x: 0, y: -500 }, Point { x: 23_000, y: 30_000 }));
    let half_way = inventory.point_along(&"main".parse().unwrap(), Centimetres::metres(150));
    assert_eq!(half_way, Some(Point { x: 15_000, y: 0 }));
}

#[test]
fn a_place_belongs_to_the_smallest_community_around_it_unless_stated() {
    let mut survey = town();
    let mut small = survey.communities[0].clone();
    small.id = "a-west".into();
    small.ring = vec![
        crate::town::at(-10., -10.),
        crate::town::at(5., -10.),
        crate::town::at(5., 130.),
        crate::town::at(-10., 130.),
    ];
    survey.communities.push(small);
    let mut named = survey.communities[0].clone();
    (named.id, named.ring) = ("named-only".into(), Vec::new());
    survey.communities.push(named);
    survey.streets[2].community = Some("named-only".into());
    survey.doors.push(door("west-door", (5., 50.))); // on the border
    let inventory = build(&survey);
    let of = |id: &str| inventory.street(&id.parse().unwrap()).unwrap().community.clone().unwrap().to_string();
    assert_eq!([of("west"), of("main"), of("north")], ["a-west", "frame", "named-only"]);
    let home = |id: &str| inventory.door(&id.parse().unwrap()).unwrap().community.clone().unwrap().to_string();
    assert_eq!([home("west-door"), home("gate")], ["a-west", "frame"]);
}
