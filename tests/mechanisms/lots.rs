//! The order of the list and the lots: as documented, and a lottery.

use super::crowd::Crowd;
use super::plain::markets;
use proptest::prelude::*;
use shared_parking::market::{Agent, Claims, Lots, Market};
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn claims_are_as_documented((plain, seed) in (markets(25, 8), any::<u64>())) {
        let market = plain.build();
        for lots in [Lots::Single, Lots::PerPlace] {
            prop_assert_eq!(Crowd::claimed(&market, lots, seed), Crowd::drawn(&market, lots, seed));
        }
    }
}

/// How often each order of three people comes up in 6,000 draws.
fn orders(lots: Lots, order: impl Fn(&Crowd) -> Vec<usize>) -> Vec<u32> {
    let mut builder = Market::builder();
    let kerb = builder.place(1);
    for _ in 0..3 {
        builder.agent(4, 1, [(kerb, 10)]);
    }
    let market = builder.build().unwrap();
    let mut seen = BTreeMap::new();
    for seed in 0..6_000 {
        let crowd = Crowd::claimed(&market, lots, seed);
        let agents: Vec<usize> = order(&crowd).into_iter().map(|turn| crowd.people[turn].agent).collect();
        *seen.entry(agents).or_insert(0) += 1;
    }
    seen.into_values().collect()
}

/// Each of the 6 orders is expected 1,000 times; 120 is more than four standard deviations (29 each).
#[test]
fn another_seed_draws_other_lots_and_every_order_alike() {
    let of_list = orders(Lots::Single, |_| vec![0, 1, 2]);
    let of_place = orders(Lots::PerPlace, |crowd| crowd.lines[0].clone());
    for counts in [of_list, of_place] {
        assert_eq!(counts.len(), 6);
        assert!(counts.iter().all(|count| (880..=1_120).contains(count)), "{counts:?}");
    }
}

#[test]
fn lots_per_place_differ_from_place_to_place() {
    let mut builder = Market::builder();
    let places: Vec<_> = (0..40).map(|_| builder.place(1)).collect();
    let pair = [0, 1].map(|_| builder.agent(4, 1, places.iter().map(|&place| (place, 10))));
    let market = builder.build().unwrap();
    let ahead = |lots: Lots| -> usize {
        let claims = Claims::draw(&market, lots, 7);
        let turn = |agent: Agent| (0..2).find(|&turn| claims.agent(turn) == agent).unwrap();
        let [first, second] = pair.map(turn);
        (0..40).filter(|&at| claims.claim(&market, first, at) < claims.claim(&market, second, at)).count()
    };
    assert!([0, 40].contains(&ahead(Lots::Single)));
    assert!((10..=30).contains(&ahead(Lots::PerPlace)), "{}", ahead(Lots::PerPlace));
}
