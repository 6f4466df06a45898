//! The smallest changes that would have seated somebody: each is made and the market solved again, and so is a smaller.

use crate::support::plain::{PlainAgent, PlainMarket, agent, markets};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use shared_parking::allocation::optimal;
use shared_parking::interop::markets::read_market;
use shared_parking::market::{Agent, Cutoffs, Market, Place, Shortage};

/// How many of an agent's people are sure of a seat whatever way ties fall: those seated when it stands last among its
/// equals.
fn sure(plain: &PlainMarket, number: usize) -> u32 {
    let mut last = plain.clone();
    for (at, agent) in last.agents.iter_mut().enumerate() {
        agent.standing = 2 * agent.standing + u32::from(at == number);
    }
    seated(&last, number)
}

fn seated(plain: &PlainMarket, number: usize) -> u32 {
    optimal(&plain.build()).seats_of(agent(number)).iter().map(|seat| seat.count).sum()
}

/// The market with spaces added, so many at each of these places.
fn with_spaces(plain: &PlainMarket, added: &[(usize, u32)]) -> PlainMarket {
    let mut more = plain.clone();
    added.iter().for_each(|&(place, count)| more.capacities[place] += count);
    more
}

/// Every way to put exactly so many spaces at the places from one on.
fn ways(
    places: std::ops::Range<usize>,
    count: u32,
    way: &mut Vec<(usize, u32)>,
    each: &mut impl FnMut(&[(usize, u32)]),
) {
    if count == 0 {
        return each(way);
    }
    let end = places.end;
    for place in places {
        for here in 1..=count {
            way.push((place, here));
            ways(place + 1..end, count - here, way, each);
            way.pop();
        }
    }
}

/// Random markets in which there is hardly a space for every third.
fn scarce(agents: usize, places: usize) -> impl Strategy<Value = PlainMarket> {
    markets(agents, places).prop_map(|mut plain| {
        plain.capacities.iter_mut().for_each(|capacity| *capacity = (*capacity).saturating_sub(1).min(1));
        plain
    })
}

fn waits(plain: &PlainMarket, now: &[u32]) -> Vec<usize> {
    (0..plain.agents.len()).filter(|&at| now[at] < plain.agents[at].count).collect()
}

fn all_seated(plain: &PlainMarket) -> Vec<u32> {
    let allocation = optimal(&plain.build());
    (0..plain.agents.len()).map(|at| allocation.seats_of(agent(at)).iter().map(|seat| seat.count).sum()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The number told seats one more at each place told; it does not at any other choice of the agent's own; and one
    /// space less, put anywhere in the market in any way, does not.
    #[test]
    fn the_fewest_spaces_are_enough_and_fewer_are_not(plain in scarce(12, 5)) {
        let market = plain.build();
        let mut shortage = Shortage::derive(&market, &optimal(&market));
        let now = all_seated(&plain);
        for (number, &now) in now.iter().enumerate() {
            let told = shortage.spaces(&market, agent(number));
            let may_be_told = now < plain.agents[number].count && !plain.agents[number].choices.is_empty();
            prop_assert_eq!(told.is_some(), may_be_told);
            let Some(told) = told else { continue };
            for &(place, _) in &plain.agents[number].choices {
                let more = with_spaces(&plain, &[(place, told.count)]);
                let named = told.places.iter().any(|own| own.index() == place);
                prop_assert_eq!(sure(&more, number) > now, named);
                prop_assert!(!named || seated(&more, number) > now, "however ties fall");
            }
            if told.count <= 4 {
                ways(0..plain.capacities.len(), told.count - 1, &mut Vec::new(), &mut |way| {
                    assert!(sure(&with_spaces(&plain, way), number) <= now, "{told:?} but {way:?}");
                });
            }
        }
    }

    /// The number at one place, any place, is the least there; and where none is told, a space for everybody there does
    /// not help.
    #[test]
    fn the_spaces_at_one_place_are_the_least_there(plain in scarce(12, 5)) {
        let market = plain.build();
        let mut shortage = Shortage::derive(&market, &optimal(&market));
        let now = all_seated(&plain);
        let everybody: u32 = plain.agents.iter().map(|agent| agent.count).sum();
        for number in waits(&plain, &now) {
            for place in market.places() {
                let helps = |count| sure(&with_spaces(&plain, &[(place.index(), count)]), number) > now[number];
                match shortage.spaces_at(&market, agent(number), place) {
                    Some(count) => prop_assert!(helps(count) && !helps(count - 1), "{count} at {place}"),
                    None => prop_assert!(!helps(everybody + 1), "{place}"),
                }
            }
        }
    }

    /// Asking in another order, or afresh for each, gives the same: a trial leaves no trace.
    #[test]
    fn a_trial_leaves_no_trace(plain in scarce(16, 8)) {
        let market = plain.build();
        let allocation = optimal(&market);
        let mut shortage = Shortage::derive(&market, &allocation);
        let first: Vec<_> = market.agents().map(|agent| shortage.spaces(&market, agent)).collect();
        for agent in market.agents().rev() {
            let afresh = Shortage::derive(&market, &allocation).spaces(&market, agent);
            prop_assert_eq!(&afresh, &first[agent.index()]);
            prop_assert_eq!(&shortage.spaces(&market, agent), &afresh);
        }
    }

    /// One further choice, for one of those who wait: it seats them exactly where the place is open to their standing,
    /// and no number of places that are not open does.
    #[test]
    fn a_further_choice_helps_exactly_where_it_is_open(plain in scarce(12, 8)) {
        let market = plain.build();
        let cutoffs = Cutoffs::derive(&market, &optimal(&market));
        let now = all_seated(&plain);
        for number in waits(&plain, &now) {
            let own = &plain.agents[number];
            // One who waits, apart from the others, with more choices.
            let with = |further: &[usize]| {
                let mut other = plain.clone();
                other.agents[number].count -= 1;
                if other.agents[number].count == 0 {
                    other.agents[number] = PlainAgent { choices: Vec::new(), count: 1, ..own.clone() };
                }
                let mut choices = own.choices.clone();
                choices.extend(further.iter().filter(|&&place| !own.choices.iter().any(|had| had.0 == place)).map(|&place| (place, 9)));
                other.agents.push(PlainAgent { choices, count: 1, ..own.clone() });
                sure(&other, plain.agents.len()) == 1
            };
            let open = |place: &usize| cutoffs.is_open(market.places().nth(*place).expect("a place"), own.standing);
            let places = 0..plain.capacities.len();
            prop_assert!(own.choices.iter().all(|choice| !open(&choice.0)), "its own choices are closed");
            for place in places.clone() {
                prop_assert_eq!(with(&[place]), open(&place), "{}", place);
            }
            let closed: Vec<usize> = places.filter(|place| !open(place)).collect();
            prop_assert!(!with(&closed));
        }
    }

    /// One of those who wait, with another standing: better than the cutoff is enough, as good is not sure, worse is not.
    #[test]
    fn one_of_several_with_a_better_standing_is_seated(plain in scarce(12, 7)) {
        let market = plain.build();
        let cutoffs = Cutoffs::derive(&market, &optimal(&market));
        let now = all_seated(&plain);
        for number in waits(&plain, &now) {
            let own = &plain.agents[number];
            let with = |standing: u32, judge: fn(&PlainMarket, usize) -> u32| {
                let mut other = plain.clone();
                other.agents[number].count = own.count - 1;
                if own.count == 1 {
                    other.agents[number] = PlainAgent { choices: Vec::new(), count: 1, ..own.clone() };
                }
                other.agents.push(PlainAgent { standing, count: 1, choices: own.choices.clone() });
                judge(&other, plain.agents.len()) == 1
            };
            let Some(cutoff) = cutoffs.cutoff(agent(number)) else { continue };
            prop_assert!(cutoff == 0 || with(cutoff - 1, sure));
            prop_assert!(!with(cutoff, sure) && !with(cutoff + 1, seated));
        }
    }
}

/// A market, then for each agent asked: `agent count place place …`, or `agent -` for no such number; and for one place
/// `agent@place count`.
const TOLD: &[(&str, &str)] = &[
    ("place k 1 / agent a 0 / agent b 1 / choice a k 1 / choice b k 1", "a - / b 1 k"),
    // Three wait for one kerb: the last needs as many spaces as stand before it, and itself one.
    (
        "place k 1 / agent a 0 / agent b 1 / agent c 2 / agent d 3 / \
         choice a k 1 / choice b k 1 / choice c k 1 / choice d k 1",
        "b 1 k / c 2 k / d 3 k",
    ),
    // Equals: whoever else has the standing is counted before.
    ("place k 1 / agent a 0 3 / agent b 0 / choice a k 1 / choice b k 2", "a 2 k / b 3 k"),
    // Two of three wait; the next of them needs one space.
    ("place k 1 / agent a 0 3 / choice a k 1", "a 1 k"),
    // No spaces at all is full too.
    ("place k 0 / agent a 0 / agent b 1 / choice a k 1 / choice b k 1", "a 1 k / b 2 k"),
    // No choices: no number of spaces.
    ("place k 1 / agent a 0", "a -"),
    // A space at the yard lets the first move over, but the second then takes the kerb, and nobody moves any more.
    (
        "place k 1 / place y 1 / agent a 0 / agent z 1 / agent b 2 / agent c 3 / \
         choice a k 1 / choice a y 5 / choice z y 1 / choice b k 1 / choice c k 1",
        "b 1 k / b@y 1 / c 2 k / c@y -",
    ),
    // Where somebody ahead waits it takes two; at the other place one.
    (
        "place k 1 / place y 1 / agent a 0 / agent b 1 / agent c 2 / agent d 3 / \
         choice a k 1 / choice b y 1 / choice c k 1 / choice d k 1 / choice d y 1",
        "c 1 k / d 1 y / d@k 2",
    ),
];

#[test]
fn numbers_told() {
    for (text, expected) in TOLD {
        let file = read_market(&text.replace(" / ", "\n")).expect("a sound market");
        let market: &Market = file.market();
        let place = |name: &str| {
            Place::new(
                u32::try_from(file.places().iter().position(|own| own == name).expect("a place")).expect("small"),
            )
        };
        let mut shortage = Shortage::derive(market, &optimal(market));
        for line in expected.split(" / ") {
            let (who, told) = line.split_once(' ').expect("agent, then words");
            let (name, at) = who.split_once('@').map_or((who, None), |(name, at)| (name, Some(place(at))));
            let number = file.agents().iter().position(|own| own == name).expect("an agent");
            let count = |count: Option<u32>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
            let found = match at {
                Some(at) => count(shortage.spaces_at(market, agent(number), at)),
                None => match shortage.spaces(market, agent(number)) {
                    None => "-".to_owned(),
                    Some(found) => found
                        .places
                        .iter()
                        .fold(found.count.to_string(), |words, own| words + " " + &file.places()[own.index()]),
                },
            };
            assert_eq!(found, told, "{who} in {text}");
        }
    }
}

/// The laws above speak of what random markets hold: numbers of 1, 2, 3 and more, and places that never help.
#[test]
fn random_markets_hold_every_case() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut counts, mut never, mut elsewhere) = ([0; 5], 0, 0);
    for _ in 0..400 {
        let plain = scarce(12, 5).new_tree(&mut runner).expect("a market").current();
        let market = plain.build();
        let mut shortage = Shortage::derive(&market, &optimal(&market));
        for agent in market.agents() {
            let Some(told) = shortage.spaces(&market, agent) else { continue };
            counts[(told.count as usize).min(5) - 1] += 1;
            for place in market.places().filter(|&place| market.cost(agent, place).is_none()) {
                match shortage.spaces_at(&market, agent, place) {
                    Some(_) => elsewhere += 1,
                    None => never += 1,
                }
            }
        }
    }
    assert!(counts.into_iter().chain([never, elsewhere]).all(|times| times > 20), "{counts:?} {never} {elsewhere}");
}

#[test]
fn another_market_is_told_nothing() {
    let build = |places: u32| {
        let mut builder = Market::builder();
        let all: Vec<Place> = (0..places).map(|_| builder.place(1)).collect();
        builder.agent(0, 2 + places, all.iter().map(|&place| (place, 1)));
        builder.build().expect("a sound market")
    };
    let market = build(1);
    let mut shortage = Shortage::derive(&market, &optimal(&market));
    assert_eq!(shortage.spaces_at(&market, Agent::new(0), Place::new(0)), Some(1));
    assert_eq!(shortage.spaces_at(&market, Agent::new(0), Place::new(1)), None);
    assert_eq!(shortage.spaces_at(&market, Agent::new(1), Place::new(0)), None);
    assert_eq!(shortage.spaces(&build(2), Agent::new(0)), None);
}

/// Long chains and many who wait at once: bottlenecks are moved together, not one person at a time.
#[test]
fn millions_wait_in_one_step() {
    let mut builder = Market::builder();
    let places: Vec<Place> = (0..100).map(|_| builder.place(1_000_000)).collect();
    for pair in places.windows(2) {
        builder.agent(0, 1_000_000, [(pair[0], 1), (pair[1], 2)]);
    }
    let end = builder.agent(0, 1_000_000, [(places[99], 1)]);
    let ahead = builder.agent(1, 700_000, [(places[0], 1)]);
    let last = builder.agent(2, 900_000, [(places[0], 1)]);
    let market = builder.build().expect("a sound market");
    let mut shortage = Shortage::derive(&market, &optimal(&market));
    assert_eq!(shortage.spaces(&market, end), None);
    for &place in &places {
        assert_eq!(shortage.spaces_at(&market, ahead, place), Some(1));
    }
    assert_eq!(shortage.spaces_at(&market, last, places[0]), Some(700_001));
    assert_eq!(shortage.spaces_at(&market, last, places[99]), Some(700_001), "the chain has room for a million");
}
