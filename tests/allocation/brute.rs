//! Every small market, by trying everything.

use crate::support::oracle::{brute_force, min_cost_flow};
use crate::support::plain::{PlainAgent, PlainMarket};
use shared_parking::allocation::optimal;
use shared_parking::audit::check_market;

/// Calls `look` with every `step`-th market of `agents` agents and `places` places: capacities 0 to 2, costs 0 to 2
/// or no choice, all weak orders of standing. Returns how many were looked at.
fn every(agents: usize, places: usize, step: usize, mut look: impl FnMut(&PlainMarket)) -> usize {
    let orders = weak_orders(agents);
    let pairs = u32::try_from(agents * places).expect("a small number");
    let (all_costs, all_capacities) = (4usize.pow(pairs), 3usize.pow(u32::try_from(places).expect("a small number")));
    let mut looked = 0;
    for number in (0..orders.len() * all_costs * all_capacities).step_by(step) {
        let order = &orders[number % orders.len()];
        let mut rest = number / orders.len();
        let capacities = (0..places).map(|_| u32::try_from(digit(&mut rest, 3)).expect("a digit")).collect();
        let mut agent = |&standing: &u32| PlainAgent {
            standing,
            count: 1,
            choices: (0..places)
                .filter_map(|place| Some((place, u32::try_from(digit(&mut rest, 4).checked_sub(1)?).ok()?)))
                .collect(),
        };
        let market = PlainMarket { capacities, agents: order.iter().map(&mut agent).collect() };
        look(&market);
        looked += 1;
    }
    looked
}

fn digit(rest: &mut usize, base: usize) -> usize {
    let digit = *rest % base;
    *rest /= base;
    digit
}

/// All weak orders of so many: vectors of ranks without a gap.
fn weak_orders(many: usize) -> Vec<Vec<u32>> {
    let mut orders = Vec::new();
    for number in 0..many.pow(u32::try_from(many).expect("a small number")) {
        let mut rest = number;
        let ranks: Vec<u32> = (0..many).map(|_| u32::try_from(digit(&mut rest, many)).expect("a rank")).collect();
        let highest = ranks.iter().copied().max().unwrap_or(0);
        if (0..=highest).all(|rank| ranks.contains(&rank)) {
            orders.push(ranks);
        }
    }
    orders
}

fn agrees(plain: &PlainMarket) {
    let market = plain.build();
    let allocation = optimal(&market);
    assert_eq!(check_market(&market, &allocation), Ok(()), "{plain:?}\n{allocation:?}");
    assert_eq!(plain.value(&allocation), brute_force(plain), "{plain:?}\n{allocation:?}");
}

#[test]
fn weak_orders_are_counted_by_the_ordered_bell_numbers() {
    assert_eq!([1, 2, 3, 4].map(|many| weak_orders(many).len()), [1, 3, 13, 75]);
}

#[test]
fn every_market_of_two_agents_and_two_places() {
    assert_eq!(every(2, 2, 1, agrees), 3 * 256 * 9);
}

#[test]
fn every_market_of_two_agents_and_two_places_with_two_people_each() {
    every(2, 2, 1, |plain| {
        let mut plain = plain.clone();
        for count in 1..4 {
            plain.agents[0].count = 1 + count % 2;
            plain.agents[1].count = 1 + count / 2;
            agrees(&plain);
        }
    });
}

#[test]
fn a_share_of_the_markets_of_three_agents_and_three_places() {
    assert_eq!(every(3, 3, 1_009, agrees), (13usize * 262_144 * 27).div_ceil(1_009));
}

#[test]
#[ignore = "92 million markets: minutes in release mode"]
fn every_market_of_three_agents_and_three_places() {
    assert_eq!(every(3, 3, 1, agrees), 13 * 262_144 * 27);
}

#[test]
fn the_two_oracles_agree() {
    every(3, 3, 9_973, |plain| assert_eq!(brute_force(plain), min_cost_flow(plain), "{plain:?}"));
}
