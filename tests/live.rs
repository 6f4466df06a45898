//! Allocations that change one by one: as good as solving afresh after every step, and every move told.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "../benches/support/mod.rs"]
mod districts;

use districts::{Order, Reach, Recipe};
use proptest::prelude::*;
use shared_parking::Chance;
use shared_parking::allocation::{Live, Move, Steady, optimal};
use shared_parking::audit::check_market;
use shared_parking::market::{Agent, Allocation, Market, Place};
use std::collections::BTreeMap;

/// What can happen.
#[derive(Clone, Debug)]
enum Change {
    Join {
        standing: u32,
        count: u32,
        choices: Vec<(u32, u32)>,
    },
    /// Of the agents present, the one at this position (taken round); so many of its people, at least one.
    Leave {
        which: usize,
        people: u32,
    },
    Capacity {
        place: u32,
        capacity: u32,
    },
}

const PLACES: u32 = 5;

fn change() -> impl Strategy<Value = Change> {
    let choices = prop::collection::btree_map(0..PLACES, prop_oneof![0..4u32, Just(Market::MAX_COST)], 0..5);
    let choices = choices.prop_map(|choices| choices.into_iter().collect());
    prop_oneof![
        4 => (prop_oneof![0..3u32, Just(u32::MAX)], 1..4u32, choices)
            .prop_map(|(standing, count, choices)| Change::Join { standing, count, choices }),
        3 => (0..50usize, 1..4u32).prop_map(|(which, people)| Change::Leave { which, people }),
        2 => (0..PLACES, 0..4u32).prop_map(|(place, capacity)| Change::Capacity { place, capacity }),
    ]
}

/// How many people of each standing are seated, and the cost: what two optimal answers must agree on.
fn value(market: &Market, allocation: &Allocation) -> (BTreeMap<u32, u32>, u64) {
    let mut seated = BTreeMap::new();
    for seat in &allocation.seats {
        *seated.entry(market.standing(seat.agent)).or_default() += seat.count;
    }
    (seated, allocation.cost(market))
}

/// Who is present and where they sit, kept by the moves that are told alone.
#[derive(Default)]
struct Shadow {
    present: BTreeMap<Agent, u32>,
    seats: BTreeMap<(Agent, Place), u32>,
}

impl Shadow {
    fn follow(&mut self, moves: &[Move]) {
        assert!(moves.is_sorted(), "{moves:?}");
        for each in moves {
            assert!(each.count > 0 && each.from != each.to, "{each:?}");
            if let Some(from) = each.from {
                *self.seats.get_mut(&(each.agent, from)).expect("a seat to leave") -= each.count;
            }
            if let Some(to) = each.to {
                *self.seats.entry((each.agent, to)).or_default() += each.count;
            }
        }
        self.seats.retain(|_, count| *count > 0);
    }

    fn pick(&self, which: usize, people: u32) -> Option<(Agent, u32)> {
        let (&agent, &count) = self.present.iter().nth(which % self.present.len().max(1))?;
        Some((agent, people.min(count)))
    }

    fn leave(&mut self, agent: Agent, people: u32) {
        let count = self.present.get_mut(&agent).expect("present");
        *count -= people;
        if *count == 0 {
            self.present.remove(&agent);
        }
    }
}

fn places(choices: &[(u32, u32)]) -> Vec<(Place, u32)> {
    choices.iter().map(|&(place, cost)| (Place::new(place), cost)).collect()
}

fn empty_ground() -> Market {
    let mut builder = Market::builder();
    (0..PLACES).for_each(|place| {
        builder.place(place % 3);
    });
    builder.build().unwrap()
}

fn follow_optimal(changes: &[Change]) {
    let mut live = Live::new(&empty_ground());
    let mut shadow = Shadow::default();
    for change in changes {
        match change {
            Change::Join { standing, count, choices } => {
                let agent = live.join(*standing, *count, places(choices)).unwrap();
                assert_eq!(shadow.present.insert(agent, *count), None);
            }
            Change::Leave { which, people } => {
                let Some((agent, people)) = shadow.pick(*which, *people) else { continue };
                live.leave(agent, people).unwrap();
                shadow.leave(agent, people);
            }
            Change::Capacity { place, capacity } => live.set_capacity(Place::new(*place), *capacity).unwrap(),
        }
        shadow.follow(live.moves());
        let now = live.snapshot();
        assert_eq!(check_market(&now.market, &now.allocation), Ok(()), "after {change:?}");
        let afresh = optimal(&now.market);
        assert_eq!(value(&now.market, &now.allocation), value(&now.market, &afresh), "after {change:?}");
        assert_eq!((live.seated(), live.cost()), (afresh.seated(), afresh.cost(&now.market)));
        assert_eq!(now.agents, shadow.present.keys().copied().collect::<Vec<_>>());
        for (&agent, &count) in &shadow.present {
            let own: Vec<(Place, u32)> = live.seats_of(agent).collect();
            let told = shadow.seats.range((agent, Place::new(0))..=(agent, Place::new(u32::MAX)));
            assert_eq!(own, told.map(|(&(_, place), &count)| (place, count)).collect::<Vec<_>>());
            assert_eq!(own.iter().map(|seat| seat.1).sum::<u32>() + live.waiting(agent), count);
        }
    }
}

/// The plainest model of what `Steady` promises: lists of people, looked through from end to end.
#[derive(Default)]
struct Plain {
    capacities: Vec<u32>,
    /// Standing, cheapest first.
    agents: BTreeMap<Agent, (u32, Vec<(u32, u32)>)>,
    /// One for each person: where they sit.
    people: Vec<(Agent, Option<u32>)>,
}

impl Plain {
    fn free(&self, place: u32) -> bool {
        let held = self.people.iter().filter(|person| person.1 == Some(place)).count();
        held < self.capacities[place as usize] as usize
    }

    fn cost(&self, agent: Agent, place: u32) -> u32 {
        self.agents[&agent].1.iter().find(|choice| choice.0 == place).expect("a choice").1
    }

    fn place_newcomers(&mut self, agent: Agent) {
        let mut choices = self.agents[&agent].1.clone();
        choices.sort_by_key(|choice| (choice.1, choice.0));
        for (place, _) in choices {
            while self.free(place)
                && let Some(at) = self.people.iter().position(|person| *person == (agent, None))
            {
                self.people[at].1 = Some(place);
            }
        }
    }

    fn give_away(&mut self, places: std::ops::Range<u32>) {
        loop {
            let mut pairs = Vec::new();
            for (at, (agent, seat)) in self.people.iter().enumerate() {
                for &(place, cost) in &self.agents[agent].1 {
                    if seat.is_none() && places.contains(&place) && self.free(place) {
                        pairs.push((self.agents[agent].0, cost, *agent, place, at));
                    }
                }
            }
            let Some(&(.., place, at)) = pairs.iter().min() else { return };
            self.people[at].1 = Some(place);
        }
    }

    fn leave(&mut self, agent: Agent, people: u32) {
        for _ in 0..people {
            let own = (0..self.people.len()).filter(|&at| self.people[at].0 == agent);
            // Who waits goes first; then the dearest seat.
            let at = own
                .max_by_key(|&at| match self.people[at].1 {
                    None => (true, 0, 0),
                    Some(place) => (false, self.cost(agent, place), place),
                })
                .expect("present");
            self.people.remove(at);
        }
        if !self.people.iter().any(|person| person.0 == agent) {
            self.agents.remove(&agent);
        }
    }

    fn shrink(&mut self, place: u32, capacity: u32) {
        self.capacities[place as usize] = capacity;
        let mut evicted = Vec::new();
        loop {
            let held: Vec<usize> = (0..self.people.len()).filter(|&at| self.people[at].1 == Some(place)).collect();
            if held.len() <= capacity as usize {
                break;
            }
            let worst = held.into_iter().max_by_key(|&at| {
                let agent = self.people[at].0;
                (self.agents[&agent].0, self.cost(agent, place), agent)
            });
            let worst = worst.expect("somebody");
            self.people[worst].1 = None;
            evicted.push(self.people[worst].0);
        }
        evicted.sort_by_key(|agent| (self.agents[agent].0, *agent));
        evicted.into_iter().for_each(|agent| self.place_newcomers(agent));
    }

    fn seats(&self) -> BTreeMap<(Agent, Place), u32> {
        let mut seats = BTreeMap::new();
        for (agent, place) in &self.people {
            if let Some(place) = place {
                *seats.entry((*agent, Place::new(*place))).or_default() += 1;
            }
        }
        seats
    }
}

fn follow_steady(changes: &[Change]) {
    let ground = empty_ground();
    let mut steady = Steady::new(&ground, &optimal(&ground)).unwrap();
    let mut plain =
        Plain { capacities: ground.places().map(|place| ground.capacity(place)).collect(), ..Plain::default() };
    let mut shadow = Shadow::default();
    for change in changes {
        match change {
            Change::Join { standing, count, choices } => {
                let agent = steady.join(*standing, *count, places(choices)).unwrap();
                shadow.present.insert(agent, *count);
                plain.agents.insert(agent, (*standing, choices.clone()));
                plain.people.extend((0..*count).map(|_| (agent, None)));
                plain.place_newcomers(agent);
            }
            Change::Leave { which, people } => {
                let Some((agent, people)) = shadow.pick(*which, *people) else { continue };
                steady.leave(agent, people).unwrap();
                shadow.leave(agent, people);
                plain.leave(agent, people);
                plain.give_away(0..PLACES);
            }
            Change::Capacity { place, capacity } => {
                steady.set_capacity(Place::new(*place), *capacity).unwrap();
                plain.shrink(*place, *capacity);
                plain.give_away(*place..*place + 1);
            }
        }
        shadow.follow(steady.moves());
        assert_eq!(shadow.seats, plain.seats(), "after {change:?}");
        let now = steady.snapshot();
        assert_eq!(now.allocation.seated(), steady.seated());
        assert_eq!(now.allocation.cost(&now.market), steady.cost());
        assert!(Steady::new(&now.market, &now.allocation).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn always_as_good_as_solving_afresh(changes in prop::collection::vec(change(), 1..40)) {
        follow_optimal(&changes);
    }

    #[test]
    fn the_steady_variant_does_what_the_plainest_model_does(changes in prop::collection::vec(change(), 1..40)) {
        follow_steady(&changes);
    }
}

/// A district of 2,250 spaces through many changes; the seed is printed.
#[test]
fn a_district_through_thousands_of_changes() {
    let seed = 20_190_701;
    println!("seed {seed}");
    for (order, reach) in [
        (Order::Tiers, Reach::Spaces),
        (Order::Strict, Reach::Spaces),
        (Order::Tiers, Reach::Stretches),
        (Order::Ties, Reach::OwnDistance),
        (Order::Tiers, Reach::Wide),
    ] {
        let market = Recipe { spaces: 642, people: 1_200, reach, order, seed }.market();
        let (mut live, mut chance) = (Live::new(&market), Chance::new(seed));
        let mut present: Vec<Agent> = market.agents().collect();
        let mut gone: Vec<(u32, Vec<(Place, u32)>)> = Vec::new();
        for turn in 0..4_000 {
            let pick = |chance: &mut Chance, most: usize| usize::try_from(chance.below(most as u64)).unwrap();
            match chance.below(10) {
                0..5 if !present.is_empty() => {
                    let agent = present.swap_remove(pick(&mut chance, present.len()));
                    let people = live.seats_of(agent).map(|seat| seat.1).sum::<u32>() + live.waiting(agent);
                    gone.push((live.standing(agent).unwrap(), live.choices(agent).collect()));
                    live.leave(agent, people).unwrap();
                }
                0..9 if !gone.is_empty() => {
                    let (standing, choices) = gone.swap_remove(pick(&mut chance, gone.len()));
                    present.push(live.join(standing, 1, choices).unwrap());
                }
                _ => {
                    let place = Place::new(u32::try_from(pick(&mut chance, market.places().len())).unwrap());
                    let most = u64::from(market.capacity(place)) + 2;
                    live.set_capacity(place, u32::try_from(chance.below(most)).unwrap()).unwrap();
                }
            }
            if turn % 100 == 99 {
                let now = live.snapshot();
                assert_eq!(check_market(&now.market, &now.allocation), Ok(()), "turn {turn}");
                assert_eq!(
                    value(&now.market, &now.allocation),
                    value(&now.market, &optimal(&now.market)),
                    "turn {turn}"
                );
            }
        }
    }
}

#[test]
fn wrong_changes_are_refused_and_change_nothing() {
    let mut builder = Market::builder();
    let kerb = builder.place(1);
    let agent = builder.agent(0, 2, [(kerb, 1)]);
    let market = builder.build().unwrap();
    let mut live = Live::new(&market);
    let before = live.snapshot();
    let flaws = live.join(0, 0, [(Place::new(9), 1), (kerb, Market::MAX_COST + 1), (kerb, 1)]).unwrap_err();
    assert_eq!(flaws.len(), 4, "{flaws}"); // unknown place, same place twice, cost, count
    for (agent, people) in [(agent, 3), (agent, 0), (Agent::new(7), 1)] {
        assert_eq!(live.leave(agent, people).unwrap_err().len(), 1);
    }
    assert_eq!(live.set_capacity(Place::new(1), 1).unwrap_err().len(), 1);
    assert_eq!(live.set_capacity(kerb, u32::MAX).unwrap_err().len(), 1);
    assert_eq!(live.snapshot(), before);
    assert_eq!((live.waiting(Agent::new(7)), live.seats_of(Agent::new(7)).count()), (0, 0));
    live.leave(agent, 2).unwrap();
    assert_eq!(live.leave(agent, 1).unwrap_err().len(), 1); // gone
    assert_eq!(live.join(3, 1, [(kerb, 4)]).unwrap(), agent); // its number is free again

    let mut wrong = optimal(&market);
    wrong.seats[0].count = 2;
    wrong.seats.push(shared_parking::market::Seat { agent: Agent::new(5), place: kerb, count: 1 });
    assert_eq!(Steady::new(&market, &wrong).unwrap_err().len(), 2); // over capacity, unknown agent
}
