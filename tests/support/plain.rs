//! A market as plain vectors, so that tests can enumerate, permute and shrink it.

use proptest::prelude::*;
use shared_parking::market::{Agent, Allocation, Market, Place};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlainAgent {
    pub(crate) standing: u32,
    pub(crate) count: u32,
    /// (place, cost), each place once, in any order.
    pub(crate) choices: Vec<(usize, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlainMarket {
    pub(crate) capacities: Vec<u32>,
    pub(crate) agents: Vec<PlainAgent>,
}

/// The objective, largest first wins: how many are seated of each standing, best first; then the cost, least wins.
pub(crate) type Value = (Vec<u64>, std::cmp::Reverse<u64>);

impl PlainMarket {
    pub(crate) fn build(&self) -> Market {
        let mut builder = Market::builder();
        let places: Vec<Place> = self.capacities.iter().map(|&capacity| builder.place(capacity)).collect();
        for agent in &self.agents {
            builder.agent(
                agent.standing,
                agent.count,
                agent.choices.iter().map(|&(place, cost)| (places[place], cost)),
            );
        }
        builder.build().expect("a sound market")
    }

    /// The standings that occur, best first.
    pub(crate) fn standings(&self) -> Vec<u32> {
        let mut standings: Vec<u32> = self.agents.iter().map(|agent| agent.standing).collect();
        standings.sort_unstable();
        standings.dedup();
        standings
    }

    pub(crate) fn value(&self, allocation: &Allocation) -> Value {
        let standings = self.standings();
        let (mut seated, mut cost) = (vec![0; standings.len()], 0);
        for seat in &allocation.seats {
            let agent = &self.agents[seat.agent.index()];
            let choice = agent.choices.iter().find(|choice| choice.0 == seat.place.index()).expect("a choice");
            let at = standings.binary_search(&agent.standing).expect("a known standing");
            seated[at] += u64::from(seat.count);
            cost += u64::from(seat.count) * u64::from(choice.1);
        }
        (seated, std::cmp::Reverse(cost))
    }
}

pub(crate) fn agent(number: usize) -> Agent {
    Agent::new(u32::try_from(number).expect("a small number"))
}

/// How the costs of random markets are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Costs {
    Equal,
    Few,
    Many,
    Huge,
}

fn cost(costs: Costs) -> BoxedStrategy<u32> {
    match costs {
        Costs::Equal => Just(7).boxed(),
        Costs::Few => (0..4u32).boxed(),
        Costs::Many => (0..300u32).boxed(),
        Costs::Huge => prop_oneof![Market::MAX_COST - 3..=Market::MAX_COST, 0..2u32].boxed(),
    }
}

/// Random markets: up to `agents` agents and `places` places, standings from all equal to nearly all strict.
pub(crate) fn markets(agents: usize, places: usize) -> impl Strategy<Value = PlainMarket> {
    let kind = prop_oneof![Just(Costs::Equal), Just(Costs::Few), Just(Costs::Many), Just(Costs::Huge)];
    let classes = prop_oneof![Just(1u32), Just(3), Just(6), Just(40)];
    (kind, classes, 1..=places).prop_flat_map(move |(kind, classes, places)| {
        let capacities = prop::collection::vec(prop_oneof![1 => Just(0u32), 6 => 1..4u32], places);
        let choices = prop::collection::btree_map(0..places, cost(kind), 0..=places.min(6))
            .prop_map(|map| map.into_iter().collect::<Vec<_>>())
            .prop_shuffle();
        let agent = (0..classes, prop_oneof![3 => Just(1u32), 1 => 1..4u32], choices)
            .prop_map(|(standing, count, choices)| PlainAgent { standing, count, choices });
        (capacities, prop::collection::vec(agent, 0..=agents))
            .prop_map(|(capacities, agents)| PlainMarket { capacities, agents })
    })
}
