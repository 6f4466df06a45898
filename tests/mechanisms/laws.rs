//! The laws of the mechanisms on random markets.

use super::crowd::{Crowd, Seats, counted};
use super::plain::{Plain, PlainAgent, list, markets};
use super::{naive, witness};
use proptest::prelude::*;
use shared_parking::Chance;
use shared_parking::allocation::Mechanism::{self, DeferredAcceptance, Optimal, SerialDictatorship, TopTradingCycles};
use shared_parking::allocation::allocate;
use shared_parking::market::Lots::{PerPlace, Single};
use shared_parking::market::{Lots, Market, MarketBuilder};

const ALL: [Mechanism; 4] =
    [DeferredAcceptance(Single), DeferredAcceptance(PerPlace), SerialDictatorship, TopTradingCycles];

fn lots(mechanism: Mechanism) -> Lots {
    if mechanism == DeferredAcceptance(PerPlace) { PerPlace } else { Single }
}

/// Everybody by turn, and where the mechanism seats them.
fn answer(plain: &Plain, mechanism: Mechanism, seed: u64) -> (Crowd, Seats) {
    let market = plain.build();
    let crowd = Crowd::claimed(&market, lots(mechanism), seed);
    let seats = crowd.dealt(&allocate(&market, mechanism, seed));
    (crowd, seats)
}

/// Where the people of one agent sit, best first.
fn of_agent(crowd: &Crowd, seats: &Seats, agent: usize) -> Seats {
    crowd.people.iter().zip(seats).filter(|(person, _)| person.agent == agent).map(|(_, seat)| *seat).collect()
}

fn shuffled<T>(mut all: Vec<T>, chance: &mut Chance) -> Vec<T> {
    for at in (1..all.len()).rev() {
        all.swap(at, usize::try_from(chance.below(at as u64 + 1)).unwrap());
    }
    all
}

/// The same market with choices, priorities and holdings told in another order.
fn told_otherwise(market: &Market, chance: &mut Chance) -> MarketBuilder {
    let mut builder = Market::builder();
    for place in market.places() {
        builder.place(market.capacity(place));
    }
    let mut priorities = Vec::new();
    for agent in market.agents() {
        let choices = shuffled(market.choices(agent).to_vec(), chance);
        let (standing, count) = (market.standing(agent), market.count(agent));
        builder.agent(standing, count, choices.iter().map(|choice| (choice.place, choice.cost)));
        priorities.extend(choices.iter().map(|choice| (agent, choice.place)));
    }
    for (agent, place) in shuffled(priorities, chance) {
        let said = market.priority(agent, place).filter(|_| market.has_priorities());
        said.into_iter().for_each(|said| builder.priority(agent, place, said));
    }
    for hold in shuffled(market.holdings().to_vec(), chance) {
        builder.holds(hold.agent, hold.place, hold.count);
    }
    builder
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn as_the_naive_models((plain, seed) in (markets(40, 12), any::<u64>())) {
        let market = plain.build();
        for lots in [Single, PerPlace] {
            let crowd = Crowd::claimed(&market, lots, seed);
            let own = counted(&allocate(&market, DeferredAcceptance(lots), seed));
            prop_assert_eq!(own, crowd.counted(&naive::deferred(&crowd)));
        }
        let crowd = Crowd::claimed(&market, Single, seed);
        prop_assert_eq!(counted(&allocate(&market, SerialDictatorship, seed)), crowd.counted(&naive::serial(&crowd)));
        let traded = counted(&allocate(&market, TopTradingCycles, seed));
        prop_assert_eq!(&traded, &crowd.counted(&naive::trading(&crowd)));
        if !market.has_priorities() {
            prop_assert_eq!(&traded, &crowd.counted(&naive::queue(&crowd)));
            if market.holdings().is_empty() {
                prop_assert_eq!(&traded, &crowd.counted(&naive::serial(&crowd)));
            }
        }
    }

    #[test]
    fn what_each_guarantees((plain, seed) in (markets(40, 12), any::<u64>())) {
        for mechanism in ALL {
            let (crowd, seats) = answer(&plain, mechanism, seed);
            prop_assert_eq!(witness::misfit(&crowd, &seats), None);
            prop_assert_eq!(witness::waste(&crowd, &seats), None);
            if let DeferredAcceptance(_) = mechanism {
                prop_assert_eq!(witness::envy(&crowd, &seats), None);
            } else {
                prop_assert_eq!(witness::exchange(&crowd, &seats), None);
            }
            if mechanism == SerialDictatorship {
                prop_assert_eq!(witness::envy(&crowd.by_list(), &seats), None);
            } else {
                prop_assert_eq!(witness::unprotected(&crowd, &seats), None);
            }
        }
        let market = plain.build();
        let crowd = Crowd::claimed(&market, Single, seed);
        prop_assert_eq!(witness::passed_over(&crowd, &naive::trading(&crowd)), None);
    }

    #[test]
    fn none_seats_more_than_the_optimal_one((plain, seed) in (markets(40, 12), any::<u64>())) {
        let market = plain.build();
        let most = allocate(&market, Optimal, seed);
        let crowd = Crowd::claimed(&market, Single, seed);
        let seats = crowd.dealt(&most);
        let full = |there: &usize| seats.iter().filter(|seat| **seat == Some(*there)).count() == crowd.room[*there];
        let mut left_out = crowd.people.iter().zip(&seats).filter(|(_, seat)| seat.is_none());
        prop_assert!(left_out.all(|(person, _)| person.prefers.iter().all(full)), "a free space for somebody left out");
        for mechanism in ALL {
            prop_assert!(allocate(&market, mechanism, seed).seated() <= most.seated(), "{:?}", mechanism);
        }
    }

    #[test]
    fn the_order_in_which_things_are_told_changes_nothing(
        (plain, seed, order) in (markets(30, 12), any::<u64>(), any::<u64>())
    ) {
        let market = plain.build();
        let again = told_otherwise(&market, &mut Chance::new(order)).build().unwrap();
        for mechanism in ALL {
            prop_assert_eq!(allocate(&market, mechanism, seed), allocate(&again, mechanism, seed), "{:?}", mechanism);
        }
    }

    #[test]
    fn other_numbers_change_nothing_where_nothing_ties(
        (plain, seed, order) in (markets(30, 12).prop_map(|plain| plain.strict().settled()), any::<u64>(), any::<u64>())
    ) {
        let mut chance = Chance::new(order);
        let places = shuffled((0..plain.capacities.len()).collect::<Vec<usize>>(), &mut chance);
        let agents = shuffled((0..plain.agents.len()).collect::<Vec<usize>>(), &mut chance);
        let mut named = plain.clone();
        for (from, &to) in places.iter().enumerate() {
            named.capacities[to] = plain.capacities[from];
        }
        for (from, &to) in agents.iter().enumerate() {
            let mut own = plain.agents[from].clone();
            own.choices.iter_mut().for_each(|choice| choice.place = places[choice.place]);
            own.holds.iter_mut().for_each(|held| *held = places[*held]);
            named.agents[to] = own;
        }
        for mechanism in ALL {
            let first = counted(&allocate(&plain.build(), mechanism, seed));
            let mut first: Vec<_> = first.into_iter().map(|(who, there, n)| (agents[who], places[there], n)).collect();
            first.sort_unstable();
            prop_assert_eq!(first, counted(&allocate(&named.build(), mechanism, seed ^ 1)), "{:?}", mechanism);
        }
    }

    #[test]
    fn a_better_standing_is_never_worse(
        (plain, seed, who, better) in (markets(40, 12).prop_map(Plain::singles), any::<u64>(), 0..40_usize, 0..6_u32)
    ) {
        let who = who % plain.agents.len();
        let mut risen = plain.clone();
        risen.agents[who].standing = risen.agents[who].standing.saturating_sub(better);
        for mechanism in ALL {
            let ((crowd, before), (then, after)) = (answer(&plain, mechanism, seed), answer(&risen, mechanism, seed));
            let turn = crowd.people.iter().position(|person| person.agent == who).unwrap();
            let (before, after) = (before[turn], of_agent(&then, &after, who)[0]);
            prop_assert!(!crowd.likes(turn, before, after), "{:?}: {:?}, then {:?}", mechanism, before, after);
        }
    }

    #[test]
    fn the_list_gives_like_people_in_order((plain, seed) in (markets(40, 12), any::<u64>())) {
        let mut alike = plain.clone();
        for agent in &mut alike.agents {
            agent.choices.clone_from(&plain.agents[0].choices);
        }
        let (crowd, seats) = answer(&alike, SerialDictatorship, seed);
        for (turn, pair) in seats.windows(2).enumerate() {
            prop_assert!(!crowd.likes(turn, pair[1], pair[0]), "turn {}: {:?}", turn, pair);
        }
    }

    #[test]
    fn one_more_space_harms_nobody_in_deferred_acceptance(
        (plain, seed, there) in (markets(40, 12).prop_map(Plain::settled), any::<u64>(), 0..12_usize)
    ) {
        let mut wider = plain.clone();
        wider.capacities[there % plain.capacities.len()] += 1;
        for mechanism in [DeferredAcceptance(Single), DeferredAcceptance(PerPlace)] {
            let ((crowd, before), (_, after)) = (answer(&plain, mechanism, seed), answer(&wider, mechanism, seed));
            let worse = (0..after.len()).find(|&turn| crowd.likes(turn, before[turn], after[turn]));
            prop_assert_eq!(worse, None);
        }
    }

    #[test]
    fn somebody_without_choices_changes_nothing((plain, seed, standing) in (markets(40, 12), any::<u64>(), 0..6_u32)) {
        let (market, mut more) = (plain.build(), plain.clone());
        more.agents.push(PlainAgent { standing, count: 2, choices: Vec::new(), holds: Vec::new() });
        for mechanism in ALL {
            prop_assert_eq!(allocate(&market, mechanism, seed), allocate(&more.build(), mechanism, seed));
        }
    }

    #[test]
    fn no_lie_pays(
        (plain, seed, who, lies) in (markets(25, 8).prop_map(Plain::singles), any::<u64>(), 0..25_usize,
            proptest::collection::vec(list(8, false), 8))
    ) {
        let (who, places) = (who % plain.agents.len(), plain.capacities.len());
        let truth = &plain.agents[who];
        for mut stated in lies {
            stated.retain(|choice| choice.place < places);
            // A place that has a word for them keeps it; about the others nothing is said.
            for choice in &mut stated {
                choice.priority = truth.choices.iter().find(|own| own.place == choice.place).and_then(|own| own.priority);
            }
            let mut lied = plain.clone();
            lied.agents[who].choices = stated;
            for mechanism in ALL {
                let ((crowd, honest), (then, told)) = (answer(&plain, mechanism, seed), answer(&lied, mechanism, seed));
                let turn = crowd.people.iter().position(|person| person.agent == who).unwrap();
                let told = of_agent(&then, &told, who)[0];
                prop_assert!(!crowd.likes(turn, told, honest[turn]), "{:?}: {:?} by a lie", mechanism, told);
            }
        }
    }
}
