//! Every flaw a survey can have, and all of them at once.

use crate::town::{at, door, kerb, space, street, survey};
use shared_parking::inventory::{CommunityRow, Inventory, KerbRules, Layout, LonLat, Side, Survey};
use shared_parking::{BasisPoints, Centimetres, FlawCode};

fn town() -> Survey {
    Survey {
        streets: vec![street("main", &[(0., 0.), (100., 0.)]), street("side", &[(0., 0.), (0., 100.)])],
        stretches: vec![space("p", "main", (50., 0.)), space("q", "main", (60., 0.))],
        doors: vec![door("d", (10., 5.)), door("e", (20., 5.))],
        ..survey()
    }
}

type Change = fn(&mut Survey);

/// A name, what is spoilt, and the flaw that answers: `code | place | a piece of the problem`.
const TABLE: &[(Change, &str)] = &[
    (|s| s.streets[0].id.clear(), "wrong-value | street main, property \"id\" | an empty street id"),
    (|s| s.doors[0].id = " d".into(), "wrong-value | door d, property \"id\" | \" d\" is not a door id"),
    (|s| s.stretches[1].id = "x".repeat(129), "wrong-value | stretch q, property \"id\" | a stretch id of 129 bytes"),
    (|s| s.doors[1].id = "d".into(), "duplicate-id | door e, property \"id\" | \"d\" is the id of door d already"),
    (
        |s| s.stretches[1].id = "p".into(),
        "duplicate-id | stretch q, property \"id\" | \"p\" is the id of stretch p already",
    ),
    (
        |s| s.communities.push(s.communities[0].clone()),
        "duplicate-id | frame, property \"id\" | \"frame\" is the id of frame already",
    ),
    (|s| s.streets[1].id = "main".into(), "duplicate-id | street side, property \"id\" | of street main already"),
    (|s| s.streets[0].path[1].lon = f64::NAN, "out-of-range | street main, property \"path\" | position 2 is [NaN, 0]"),
    (|s| s.streets[0].path[0].lat = 85.1, "out-of-range | street main, property \"path\" | position 1 is [0, 85.1]"),
    (|s| s.doors[0].position.lon = -180.5, "out-of-range | door d, property \"position\" | position 1 is [-180.5"),
    (|s| s.doors[0].position.lat = f64::INFINITY, "out-of-range | door d, property \"position\" | inf]"),
    (|s| s.stretches[0].path[0].lat = f64::NEG_INFINITY, "out-of-range | stretch p, property \"path\" | -inf]"),
    (|s| s.communities[0].ring[2].lon = 1e300, "out-of-range | frame, property \"ring\" | position 3"),
    (|s| s.streets[1].path.clear(), "bad-geometry | street side, property \"path\" | an empty path"),
    (|s| s.streets[1].path.truncate(1), "bad-geometry | street side, property \"path\" | 1 positions in one place"),
    (
        |s| s.streets[1].path = vec![at(0., 0.), at(0., 0.002)],
        "bad-geometry | street side, property \"path\" | 2 positions in one place",
    ),
    (|s| s.stretches[0].path.clear(), "bad-geometry | stretch p, property \"path\" | an empty geometry"),
    (|s| s.communities[0].ring.truncate(2), "bad-geometry | frame, property \"ring\" | "),
    (|s| s.communities[0].ring.swap(1, 2), "bad-geometry | frame, property \"ring\" | "),
    (
        |s| s.stretches[0].street = "Main".into(),
        "unknown-reference | stretch p, property \"street\" | there is no street \"Main\"",
    ),
    (
        |s| s.streets[0].community = Some("x".into()),
        "unknown-reference | street main, property \"community\" | there is no community \"x\"",
    ),
    (
        |s| s.doors[0].community = Some(String::new()),
        "unknown-reference | door d, property \"community\" | there is no community \"\"",
    ),
    (
        |s| s.stretches[0].capacity = 18,
        "does-not-fit | stretch p, property \"capacity\" | 18 spaces of 600 cm do not fit its street of 10000 cm",
    ),
    (
        |s| s.stretches[0].space_length = Some(Centimetres::new(10_101)),
        "does-not-fit | stretch p, property \"capacity\" | 1 spaces of 10101 cm",
    ),
    (
        |s| {
            s.stretches[0].path = vec![at(50., 0.), at(58., 0.)];
            s.stretches[0].capacity = 2
        },
        "does-not-fit | stretch p, property \"path\" | do not fit its own line of 800 cm",
    ),
    (
        |s| s.stretches[0].path = vec![at(50., 201.)],
        "does-not-fit | stretch p, property \"street\" | lies 201.00 m from street \"main\"",
    ),
    (|s| s.stretches[0].capacity = 0, "out-of-range | stretch p, property \"capacity\" | a capacity of 0"),
    (|s| s.stretches[0].capacity = 10_001, "out-of-range | stretch p, property \"capacity\" | a capacity of 10001"),
    (
        |s| s.stretches[0].space_length = Some(Centimetres::new(0)),
        "out-of-range | stretch p, property \"space_length\" | a length of 0",
    ),
    (
        |s| s.stretches[0].space_width = Some(Centimetres::new(0)),
        "out-of-range | stretch p, property \"space_width\" | a length of 0",
    ),
    (
        |s| s.streets[0].width = Some(Centimetres::new(0)),
        "out-of-range | street main, property \"width\" | a length of 0",
    ),
    (
        |s| s.streets[0].kerbs = vec![kerb(Layout::Parallel, Some(0))],
        "out-of-range | street main, property \"kerbs\" | a capacity of 0",
    ),
    (
        |s| s.streets[0].kerbs = vec![kerb(Layout::Parallel, Some(u32::MAX))],
        "out-of-range | street main, property \"kerbs\" | a capacity of 4294967295",
    ),
    (
        |s| s.streets[0].kerbs = vec![kerb(Layout::Parallel, Some(34))],
        "does-not-fit | street main, property \"kerbs\" | 34 spaces do not fit the left kerb of 100.00 m",
    ),
    (
        |s| s.streets[0].kerbs = vec![kerb(Layout::Parallel, Some(3)), kerb(Layout::Diagonal, None)],
        "contradiction | street main, property \"kerbs\" | several rows for the left kerb",
    ),
    (
        |s| {
            s.streets[0].kerbs = vec![kerb(Layout::Parallel, None)];
            s.stretches[0].id = "main/left/2".into()
        },
        "duplicate-id | stretch p, property \"id\" | derived from a kerb",
    ),
    (
        |s| {
            s.streets[1].id = "y".repeat(128);
            s.streets[1].kerbs = vec![kerb(Layout::Parallel, None)]
        },
        "wrong-value | street side, property \"id\" | is too long",
    ),
    (
        |s| s.doors[1].position = LonLat { lon: 39.95, lat: 116.37 - 60. },
        "out-of-range | door e | from the middle of the district",
    ),
    (|s| s.streets.clear(), "empty | survey | no streets"),
    (
        |s| {
            s.doors[0].origin.clear();
            s.doors[0].id.clear()
        },
        "wrong-value | door row 1, property \"id\" | an empty door id",
    ),
];

fn told(survey: &Survey) -> Vec<String> {
    let flaws = Inventory::build(survey, &KerbRules::default()).expect_err("a flaw");
    assert!(flaws.iter().all(|flaw| !flaw.remedy.is_empty() && !flaw.problem.is_empty()), "{flaws}");
    flaws.iter().map(|flaw| format!("{} | {} | {}", flaw.code.slug(), flaw.place, flaw.problem)).collect()
}

fn matches(told: &str, expected: &str) -> bool {
    let (head, piece) = expected.rsplit_once(" | ").unwrap();
    told.strip_prefix(head).and_then(|rest| rest.strip_prefix(" | ")).is_some_and(|problem| problem.contains(piece))
}

#[test]
fn every_flaw_is_named_with_its_place() {
    assert!(Inventory::build(&town(), &KerbRules::default()).is_ok());
    for (spoil, expected) in TABLE {
        let mut survey = town();
        spoil(&mut survey);
        let told = told(&survey);
        assert!(told.iter().any(|flaw| matches(flaw, expected)), "{expected}\nbut: {told:#?}");
        // Stretches miss a street whose id was spoilt; nothing else follows from another flaw.
        let made = told.iter().filter(|flaw| matches(flaw, expected) || !flaw.contains("there is no street")).count();
        assert_eq!(made, 1, "{told:#?}");
    }
}

#[test]
fn thirty_flaws_come_at_once_in_the_order_of_the_rows() {
    let mut all = survey();
    let mut expected = 0;
    // Every change that does not need the whole survey, each on a town of its own, with ids and origins of its own.
    for (number, (spoil, _)) in TABLE.iter().enumerate() {
        let mut part = town();
        spoil(&mut part);
        let far = part.doors.iter().any(|row| row.position.lat > 50.);
        if part.streets.is_empty()
            || part.communities.len() > 1
            || far
            || told(&part).iter().any(|flaw| flaw.contains("frame"))
        {
            continue;
        }
        expected += 1;
        let own = |id: &mut String| {
            if !id.is_empty() && !id.starts_with(' ') && id.len() < 100 {
                *id = format!("{number:02}-{id}")
            }
        };
        part.streets.iter_mut().for_each(|row| own(&mut row.id));
        part.stretches.iter_mut().for_each(|row| {
            own(&mut row.id);
            own(&mut row.street);
        });
        part.doors.iter_mut().for_each(|row| own(&mut row.id));
        all.streets.extend(part.streets);
        all.stretches.extend(part.stretches);
        all.doors.extend(part.doors);
    }
    assert!(expected >= 30, "{expected}");
    let told = told(&all);
    let kinds: Vec<u8> = told
        .iter()
        .map(|flaw| match flaw.split(" | ").nth(1).unwrap() {
            place if place.starts_with("street") => 1,
            place if place.starts_with("stretch") => 2,
            place => u8::from(place.starts_with("door")) * 3,
        })
        .collect();
    assert!(kinds.is_sorted() && !kinds.contains(&0), "{told:#?}");
    // Two changes spoil what a stretch refers to or what a kerb yields; the rest stand as they were.
    assert!(told.len() + 2 >= expected, "{} of {expected}: {told:#?}", told.len());
}

#[test]
fn rules_without_size_are_flaws_too() {
    let zero = Centimetres::new(0);
    let rules = KerbRules {
        parallel_length: zero,
        diagonal_length: zero,
        perpendicular_length: zero,
        space_width: zero,
        junction_clear: zero, // this one may be 0
        straight_line_factor: BasisPoints::new(0),
    };
    let mut survey = town();
    survey.doors[0].id.clear();
    let flaws = Inventory::build(&survey, &rules).unwrap_err();
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(flaws.len(), 6, "{places:?}");
    assert_eq!(places[0], "kerb rules, property \"parallel_length\"");
    assert_eq!(places[5], "door d, property \"id\"");
}

#[test]
fn a_survey_of_nothing_is_empty() {
    let flaws = Inventory::build(&Survey::default(), &KerbRules::default()).unwrap_err();
    assert_eq!((flaws.len(), flaws.iter().next().unwrap().code), (1, FlawCode::Empty));
}

#[test]
fn each_kind_has_ids_of_its_own_and_names_need_no_ring() {
    let mut survey = town();
    survey.communities.push(CommunityRow { origin: "c".into(), id: "main".into(), ..CommunityRow::default() });
    survey.doors[0].id = "main".into();
    survey.stretches[0].id = "main".into();
    survey.stretches[0].side = Side::Left;
    let inventory = Inventory::build(&survey, &KerbRules::default()).unwrap();
    assert_eq!(inventory.communities().len(), 2);
    assert!(
        inventory.door(&"main".parse().unwrap()).is_some() && inventory.stretch(&"main".parse().unwrap()).is_some()
    );
}
