//! A kerb is given away once.

use crate::town::{at, build, kerb, space, street, survey};
use proptest::prelude::*;
use shared_parking::inventory::{Inventory, KerbRules, Layout, Side, SpaceKind, StretchRow, Survey};
use shared_parking::{Centimetres, FlawCode};

/// Stretches on the right of a street of 100 m, as (middle in metres, spaces of 6 m).
fn kerb_of(stretches: &[(f64, u32)]) -> Survey {
    let mut town = Survey { streets: vec![street("s", &[(0., 0.), (100., 0.)])], ..survey() };
    for (number, &(middle, capacity)) in stretches.iter().enumerate() {
        let row = space(&format!("p{number:03}"), "s", (middle, 0.));
        town.stretches.push(StretchRow { capacity, ..row });
    }
    town
}

/// The places and problems of the flaws, which must all say that something does not fit.
fn told(survey: &Survey) -> Vec<String> {
    let Err(flaws) = Inventory::build(survey, &KerbRules::default()) else { return Vec::new() };
    assert!(flaws.iter().all(|flaw| flaw.code == FlawCode::DoesNotFit), "{flaws}");
    flaws.iter().map(|flaw| format!("{} | {}", flaw.place, flaw.problem)).collect()
}

#[test]
fn five_rows_over_a_derived_kerb_are_five_flaws() {
    let mut alley = street("alley", &[(0., 0.), (85., 0.)]);
    alley.kerbs = vec![kerb(Layout::Parallel, Some(14))];
    let row = |id: &str| StretchRow { side: Side::Left, capacity: 14, ..space(id, "alley", (42.5, 0.)) };
    let mut town = Survey { streets: vec![alley], stretches: ["a", "b", "c", "d", "e"].map(row).to_vec(), ..survey() };
    let told = told(&town);
    let expected = r#"stretch a, property "path" | "a" overlaps "alley/left/1" (street alley) by "#;
    assert!(told.iter().any(|flaw| flaw.starts_with(expected) && flaw.contains(r#"the left kerb of street "alley""#)));
    for id in ["a", "b", "c", "d", "e"] {
        assert!(told.iter().any(|flaw| flaw.starts_with(&format!("stretch {id}, "))), "{id}: {told:#?}");
    }
    town.stretches.clear();
    assert_eq!(build(&town).capacity(SpaceKind::Shared), 14);
    town.streets[0].kerbs.clear();
    town.stretches = vec![row("a")];
    assert_eq!(build(&town).capacity(SpaceKind::Shared), 14, "either alone is sound");
    town.stretches.push(StretchRow { side: Side::Right, ..row("b") });
    assert_eq!(build(&town).capacity(SpaceKind::Shared), 28, "and the other side is another kerb");
}

#[test]
fn how_much_neighbours_may_overlap() {
    // middles in metres and spaces => the later one of each two without room, and by how much
    type Row = (&'static [(f64, u32)], &'static [&'static str]);
    let table: [Row; 7] = [
        (&[(20., 2), (32., 2)], &[]),
        (&[(20., 2), (31., 2)], &[]), // by 1 m: surveys are a metre off
        (&[(20., 2), (30.99, 2)], &["p001 p000 1.01 m"]),
        (&[(30.99, 2), (20., 2)], &["p000 p001 1.01 m"]), // named the same whatever their order
        (&[(20., 1), (25.6, 1), (31.2, 1)], &[]),
        (&[(20., 1), (25.4, 1), (30.8, 1)], &["p002 p001 1.20 m"]), // 60 cm twice is more than a metre
        (&[(40., 10), (20., 1), (60., 1)], &["p001 p000 53.00 m", "p002 p000 13.00 m"]),
    ];
    for (stretches, expected) in table {
        let told = told(&kerb_of(stretches));
        assert_eq!(told.len(), expected.len(), "{stretches:?}: {told:#?}");
        for pair in expected {
            let words: Vec<&str> = pair.splitn(3, ' ').collect();
            let start = format!(
                "stretch {0}, property \"path\" | \"{0}\" overlaps \"{1}\" (stretch {1}) by {2} on",
                words[0], words[1], words[2]
            );
            assert!(told.iter().any(|flaw| flaw.starts_with(&start)), "{pair}: {told:#?}");
        }
    }
}

#[test]
fn lines_that_follow_each_other_around_a_bend_do_not_overlap() {
    // The outer kerb of a right angle is 8 m longer than the middle line: 4 m out, lines of 54 m and 54 m over 50 m each.
    let bend = street("s", &[(0., 0.), (50., 0.), (50., 50.)]);
    let line = |id: &str, path: &[(f64, f64)]| {
        let path = path.iter().map(|&(east, north)| at(east, north)).collect();
        StretchRow { capacity: 3, path, ..space(id, "s", (0., 0.)) }
    };
    let before = line("a", &[(10., -4.), (54., -4.), (54., 5.)]);
    let after = line("b", &[(54., 5.), (54., 45.)]);
    let inventory = build(&Survey { streets: vec![bend], stretches: vec![before, after], ..survey() });
    let told: Vec<(u32, u32)> = inventory.stretches().iter().map(|s| (s.from.get(), s.to.get())).collect();
    assert_eq!(told, [(1_000, 5_500), (5_500, 9_500)]);
}

#[test]
fn a_record_that_gives_a_kerb_away_twice_is_refused() {
    let sound = serde_json::to_value(build(&kerb_of(&[(20., 2), (40., 2)]))).unwrap();
    let moved = |from: u32| {
        let mut record = sound.clone();
        let stretch = &mut record["stretches"][1];
        (stretch["from"], stretch["to"]) = (from.into(), (from + 1_200).into());
        stretch["position"]["x"] = (from + 600).into();
        serde_json::from_value::<Inventory>(record)
    };
    assert!(moved(2_500).is_ok(), "a metre is nothing");
    let refused = moved(2_499).unwrap_err().to_string();
    assert!(refused.contains("stretch \"p001\": it overlaps stretch \"p000\" by 1.01 m [does-not-fit]"), "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is taken could be marked: packed from the start in order, no stretch is moved by more than a metre, and
    /// whoever could not be is refused.
    #[test]
    fn what_is_taken_can_be_marked(middles in proptest::collection::vec((30_u32..970, 1_u32..3), 1..12)) {
        let stretches: Vec<(f64, u32)> = middles.iter().map(|&(at, spaces)| (f64::from(at) / 10., spaces)).collect();
        let mut packed: Vec<(i64, i64)> = middles
            .iter()
            .map(|&(at, spaces)| (i64::from(at) * 10, i64::from(spaces) * 600))
            .map(|(middle, long)| ((middle - long / 2).clamp(0, 10_000 - long), long))
            .collect();
        packed.sort_by_key(|&(from, long)| (from, from + long));
        let (mut end, mut worst) = (0, 0);
        for (from, long) in packed {
            worst = worst.max(end - from);
            end = end.max(from) + long;
        }
        prop_assert_eq!(told(&kerb_of(&stretches)).is_empty(), worst <= 100);
    }

    #[test]
    fn the_flaws_do_not_depend_on_the_order_of_the_rows(middles in proptest::collection::vec(30_u32..970, 2..30), turn in 0..30_usize) {
        let stretches: Vec<(f64, u32)> = middles.iter().map(|&at| (f64::from(at) / 10., 1)).collect();
        let straight = kerb_of(&stretches);
        let mut turned = straight.clone();
        turned.stretches.rotate_left(turn % middles.len());
        let sorted = |survey: &Survey| { let mut told = told(survey); told.sort(); told };
        prop_assert_eq!(sorted(&straight), sorted(&turned));
    }
}

#[test]
fn a_space_length_of_its_own_counts() {
    let mut town = kerb_of(&[(20., 1), (24., 1)]);
    assert_eq!(told(&town).len(), 1);
    town.stretches.iter_mut().for_each(|row| row.space_length = Some(Centimetres::new(400)));
    assert_eq!(told(&town).len(), 0);
}
