//! Laws of the optimal allocation on random markets.

use crate::support::oracle::min_cost_flow;
use crate::support::plain::{PlainAgent, PlainMarket, markets};
use proptest::prelude::*;
use shared_parking::Chance;
use shared_parking::allocation::{Mechanism, allocate, optimal};
use shared_parking::audit::check_market;
use shared_parking::interop::markets::{MarketFile, read_market, write_market};
use shared_parking::market::Allocation;

/// At most 12 different standings, as the oracle's weights ask.
fn coarse(mut plain: PlainMarket) -> PlainMarket {
    for agent in &mut plain.agents {
        agent.standing = agent.standing * 11 / 39;
    }
    plain
}

/// Who sits where, as (agent, place, count), with places and agents given other numbers.
fn renumbered(allocation: &Allocation, agents: &[usize], places: &[usize]) -> Vec<(usize, usize, u32)> {
    let mut seats: Vec<_> = allocation
        .seats
        .iter()
        .map(|seat| (agents[seat.agent.index()], places[seat.place.index()], seat.count))
        .collect();
    seats.sort_unstable();
    seats
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn as_good_as_the_oracle_and_proved(plain in markets(14, 9).prop_map(coarse)) {
        let market = plain.build();
        let allocation = optimal(&market);
        prop_assert_eq!(check_market(&market, &allocation), Ok(()));
        prop_assert_eq!(plain.value(&allocation), min_cost_flow(&plain));
    }

    #[test]
    fn proved_with_many_standings(plain in markets(40, 20)) {
        let market = plain.build();
        let allocation = allocate(&market, Mechanism::Optimal, 7);
        prop_assert_eq!(check_market(&market, &allocation), Ok(()));
    }

    #[test]
    fn the_order_of_lines_does_not_change_the_answer((plain, seed) in (markets(12, 8), any::<u64>())) {
        let file = MarketFile::numbered(plain.build());
        let text = write_market(&file);
        let mut lines: Vec<&str> = text.lines().collect();
        let mut chance = Chance::new(seed);
        for at in (1..lines.len()).rev() {
            lines.swap(at, usize::try_from(chance.below(at as u64 + 1)).unwrap());
        }
        let mixed = read_market(&lines.join("\n")).unwrap();
        prop_assert_eq!(optimal(mixed.market()), optimal(file.market()));
    }

    #[test]
    fn other_numbers_give_as_good_an_answer((plain, turn) in (markets(12, 8).prop_map(coarse), 0..8usize)) {
        let places = plain.capacities.len();
        let turned = |place: usize| (place + turn) % places;
        let mut again = plain.clone();
        for place in 0..places {
            again.capacities[turned(place)] = plain.capacities[place];
        }
        for agent in &mut again.agents {
            agent.choices.iter_mut().for_each(|choice| choice.0 = turned(choice.0));
        }
        again.agents.reverse();
        let (first, second) = (optimal(&plain.build()), optimal(&again.build()));
        prop_assert_eq!(plain.value(&first), again.value(&second));
        prop_assert_eq!(check_market(&again.build(), &second), Ok(()));
    }

    #[test]
    fn identical_people_may_come_one_by_one(plain in markets(10, 6)) {
        let (mut apart, mut origin) = (plain.clone(), Vec::new());
        apart.agents.clear();
        for (at, agent) in plain.agents.iter().enumerate() {
            for _ in 0..agent.count {
                apart.agents.push(PlainAgent { count: 1, ..agent.clone() });
                origin.push(at);
            }
        }
        let (together, apart_answer) = (optimal(&plain.build()), optimal(&apart.build()));
        prop_assert_eq!(plain.value(&together), apart.value(&apart_answer));
        prop_assert_eq!(check_market(&apart.build(), &apart_answer), Ok(()));
        let places: Vec<usize> = (0..plain.capacities.len()).collect();
        let of_agents = renumbered(&apart_answer, &origin, &places);
        let seated = |agent: usize| of_agents.iter().filter(|seat| seat.0 == agent).count() as u64;
        let total: u64 = (0..plain.agents.len()).map(seated).sum();
        prop_assert_eq!(total, together.seated());
    }

    #[test]
    fn identical_spaces_may_come_one_by_one(plain in markets(10, 5)) {
        let (mut apart, mut first) = (plain.clone(), Vec::new());
        apart.capacities.clear();
        for &capacity in &plain.capacities {
            first.push(apart.capacities.len());
            apart.capacities.extend(std::iter::repeat_n(1, capacity as usize));
        }
        for agent in &mut apart.agents {
            let spread = |&(place, cost): &(usize, u32)| (0..plain.capacities[place] as usize)
                .map(move |space| (place, space, cost));
            agent.choices = agent.choices.iter().flat_map(spread)
                .map(|(place, space, cost)| (first[place] + space, cost)).collect();
        }
        let (together, apart_answer) = (optimal(&plain.build()), optimal(&apart.build()));
        prop_assert_eq!(plain.value(&together), apart.value(&apart_answer));
        prop_assert_eq!(check_market(&apart.build(), &apart_answer), Ok(()));
    }

    #[test]
    fn nobody_of_a_better_standing_loses_by_those_behind(plain in markets(12, 7)) {
        let standings = plain.standings();
        let whole = plain.value(&optimal(&plain.build())).0;
        for (class, standing) in standings.iter().enumerate() {
            let mut ahead = plain.clone();
            ahead.agents.retain(|agent| agent.standing <= *standing);
            let seated = ahead.value(&optimal(&ahead.build())).0;
            prop_assert_eq!(&seated[..], &whole[..=class]);
        }
    }
}
