//! Cutoffs and closed sets against their definition, walked plainly.

use crate::support::plain::{PlainMarket, agent, markets};
use proptest::prelude::*;
use shared_parking::allocation::optimal;
use shared_parking::market::{Allocation, Cutoffs};
use std::collections::BTreeSet;

/// The places reachable from an agent's choices through the people seated there.
fn walk(plain: &PlainMarket, allocation: &Allocation, from: usize) -> BTreeSet<usize> {
    let mut set: BTreeSet<usize> = plain.agents[from].choices.iter().map(|choice| choice.0).collect();
    loop {
        let inside = |place: usize| set.contains(&place);
        let seated = allocation.seats.iter().filter(|seat| inside(seat.place.index()));
        let more: BTreeSet<usize> =
            seated.flat_map(|seat| plain.agents[seat.agent.index()].choices.iter().map(|choice| choice.0)).collect();
        if more.is_subset(&set) {
            return set;
        }
        set.extend(more);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn cutoffs_are_what_they_say(plain in markets(20, 12)) {
        let market = plain.build();
        let allocation = optimal(&market);
        let cutoffs = Cutoffs::derive(&market, &allocation);
        for number in 0..plain.agents.len() {
            let set = walk(&plain, &allocation, number);
            let inside: Vec<_> = allocation.seats.iter().filter(|seat| set.contains(&seat.place.index())).collect();
            let own: u32 = allocation.seats_of(agent(number)).iter().map(|seat| seat.count).sum();
            let found = cutoffs.closed_set(agent(number));
            prop_assert_eq!(found.iter().map(|place| place.index()).collect::<BTreeSet<_>>(), set.clone());
            let worst = inside.iter().map(|seat| plain.agents[seat.agent.index()].standing).max();
            let left_out = own < plain.agents[number].count;
            prop_assert_eq!(cutoffs.cutoff(agent(number)), if left_out { worst } else { None });
            if left_out {
                let full: u64 = set.iter().map(|&place| u64::from(plain.capacities[place])).sum();
                let people: u64 = inside.iter().map(|seat| u64::from(seat.count)).sum();
                prop_assert_eq!(people, full, "a closed set is full");
                prop_assert!(worst.is_none_or(|worst| worst <= plain.agents[number].standing), "of those ahead");
            }
        }
    }

    /// A standing better than the cutoff would have been seated; one worse than it would not.
    #[test]
    fn a_better_standing_than_the_cutoff_is_seated(plain in markets(12, 8)) {
        let allocation = optimal(&plain.build());
        let market = plain.build();
        let cutoffs = Cutoffs::derive(&market, &allocation);
        for number in (0..plain.agents.len()).filter(|&number| plain.agents[number].count == 1) {
            let Some(cutoff) = cutoffs.cutoff(agent(number)) else { continue };
            let seated = |standing: u32| {
                let mut other = plain.clone();
                other.agents[number].standing = standing;
                !optimal(&other.build()).seats_of(agent(number)).is_empty()
            };
            prop_assert!(cutoff == 0 || seated(cutoff - 1));
            prop_assert!(!seated(cutoff + 1));
        }
    }

    /// Where a mechanism leaves a free space in reach there is no cutoff.
    #[test]
    fn a_free_space_in_reach_means_no_cutoff(plain in markets(12, 8)) {
        let market = plain.build();
        let nobody = Allocation { seats: Vec::new(), certificate: None };
        let cutoffs = Cutoffs::derive(&market, &nobody);
        prop_assert!(market.agents().all(|agent| cutoffs.cutoff(agent).is_none()));
    }
}
