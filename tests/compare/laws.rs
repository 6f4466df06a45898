//! Every figure against a naive count, and what does not change it.

use super::drawn::{built, drawn, some};
use super::{SEED, figures, naive, spread};
use proptest::prelude::*;
use shared_parking::allocation::{Mechanism, allocate};
use shared_parking::audit::{Comparison, EnvyFigures, Grouping, Labels, Waiting, compare};
use shared_parking::market::{Agent, Allocation, Claims, Lots, Market, Seat};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_is_what_a_count_of_people_one_by_one_gives(
        drawn in drawn(), numbers in prop::collection::vec(0_usize..20, 1..20), per_place in any::<bool>(),
    ) {
        let market = built(&drawn, false).build().unwrap();
        let allocation = some(&market, &numbers);
        let lots = if per_place { Lots::PerPlace } else { Lots::Single };
        let days: Vec<u32> = market.agents().map(|agent| numbers[agent.index() % numbers.len()] as u32).collect();
        let labels = Labels { groupings: vec![], waiting: Some(Waiting { days: days.clone(), next_round: 9 }) };
        let found = figures(&market, &labels, &allocation, lots);

        let claims = Claims::draw(&market, lots, SEED);
        let turns = claims.seats(&market, &allocation);
        let sitting: Vec<usize> = (0..turns.len()).filter(|&turn| turns[turn].is_some()).collect();
        let cost = |&turn: &usize| market.cost(claims.agent(turn), turns[turn].unwrap()).unwrap();
        let waits = |turn: usize| days[claims.agent(turn).index()] + if turns[turn].is_some() { 0 } else { 9 };
        prop_assert_eq!(found.seated, sitting.len() as u64);
        prop_assert_eq!(&found.cost, &naive::spread(sitting.iter().map(cost).collect()));
        prop_assert_eq!(found.waiting.unwrap(), naive::spread((0..turns.len()).map(waits).collect()));
        prop_assert_eq!(found.envy, naive::envy(&market, &turns, &claims, false));
        prop_assert_eq!(found.envy_by_list, naive::envy(&market, &turns, &claims, true));
        prop_assert_eq!(found.holders, naive::holders(&market, &allocation));
    }

    #[test]
    fn gini_is_the_double_sum(values in prop::collection::vec(prop_oneof![0_u32..6, 0_u32..1_000_000], 0..20)) {
        prop_assert_eq!(spread(&values), naive::spread(values));
    }

    /// What each mechanism promises is a zero in its column.
    #[test]
    fn promises_are_zeros(drawn in drawn()) {
        let market = built(&drawn, false).build().unwrap();
        let of = |mechanism, lots| figures(&market, &Labels::default(), &allocate(&market, mechanism, SEED), lots);
        let none = EnvyFigures::default();
        for lots in [Lots::Single, Lots::PerPlace] {
            let deferred = of(Mechanism::DeferredAcceptance(lots), lots);
            prop_assert_eq!((deferred.envy, deferred.holders.worse), (none, 0));
        }
        prop_assert_eq!(of(Mechanism::SerialDictatorship, Lots::Single).envy_by_list, none);
        prop_assert_eq!(of(Mechanism::TopTradingCycles, Lots::Single).holders.worse, 0);
    }

    /// Numbers are names: people added in another order, allocations given in another one, the same figures.
    #[test]
    fn the_order_of_people_and_allocations_does_not_matter(drawn in drawn(), by in any::<u64>()) {
        let names = ["optimal", "in turn", "deferred"];
        let mechanisms =
            [Mechanism::Optimal, Mechanism::SerialDictatorship, Mechanism::DeferredAcceptance(Lots::Single)];
        let market = built(&drawn, true).build().unwrap();
        let agents = market.agents().len();
        let mut order: Vec<usize> = (0..agents).collect();
        order.sort_by_key(|&agent| (agent as u64 + 1).wrapping_mul(by | 1));
        let mut builder = Market::builder();
        for place in market.places() {
            builder.place(market.capacity(place));
        }
        for &old in &order {
            let own = Agent::new(old as u32);
            let choices = market.choices(own).iter().map(|choice| (choice.place, choice.cost));
            let new = builder.agent(market.standing(own), market.count(own), choices);
            for choice in market.choices(own) {
                let priority = market.priority(own, choice.place).unwrap();
                (priority != Market::LAST).then(|| builder.priority(new, choice.place, priority));
            }
            let held = market.holdings().iter().filter(|hold| hold.agent == own);
            held.for_each(|hold| builder.holds(new, hold.place, hold.count));
        }
        let mixed = builder.build().unwrap();
        let labels = |of: &dyn Fn(usize) -> usize| Labels {
            groupings: vec![Grouping {
                name: "parity".into(),
                groups: vec!["even".into(), "odd".into()],
                of: (0..agents).map(|agent| of(agent) as u32 % 2).collect(),
            }],
            waiting: Some(Waiting { days: (0..agents).map(|agent| of(agent) as u32 * 7).collect(), next_round: 30 }),
        };
        let first = mechanisms.map(|mechanism| allocate(&market, mechanism, SEED));
        let renamed = first.clone().map(|allocation| {
            let new = |old: Agent| Agent::new(order.iter().position(|&own| own == old.index()).unwrap() as u32);
            let mut seats: Vec<Seat> =
                allocation.seats.iter().map(|seat| Seat { agent: new(seat.agent), ..*seat }).collect();
            seats.sort_unstable();
            Allocation { seats, certificate: None }
        });
        let named: Vec<_> = names.into_iter().zip(&first).collect();
        let turned: Vec<_> = names.into_iter().zip(&renamed).rev().collect();
        let found = compare(&market, &labels(&|agent| agent), &named, Lots::Single, SEED).unwrap();
        let again = compare(&mixed, &labels(&|agent| order[agent]), &turned, Lots::Single, SEED).unwrap();
        let Comparison { people, holders, spaces, allocations } = again;
        prop_assert_eq!((people, holders, spaces), (found.people, found.holders, found.spaces));
        prop_assert_eq!(allocations.into_iter().rev().collect::<Vec<_>>(), found.allocations);
    }
}
