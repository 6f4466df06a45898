//! Random markets as plain data, so that tests can change and shrink them.

use super::crowd::{agent, place};
use proptest::prelude::*;
use shared_parking::Chance;
use shared_parking::market::{Market, Priority};

/// A place accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainChoice {
    pub place: usize,
    pub cost: u32,
    pub priority: Option<Priority>,
}

/// Identical people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainAgent {
    pub standing: u32,
    pub count: u32,
    pub choices: Vec<PlainChoice>,
    /// Places held, one for each holder.
    pub holds: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    pub capacities: Vec<u32>,
    pub agents: Vec<PlainAgent>,
}

impl Plain {
    /// The market. Holdings beyond an agent's people or a place's capacity are passed over.
    pub fn build(&self) -> Market {
        let mut builder = Market::builder();
        let mut left = self.capacities.clone();
        for &capacity in &self.capacities {
            builder.place(capacity);
        }
        for (number, own) in self.agents.iter().enumerate() {
            let choices = own.choices.iter().map(|choice| (place(choice.place), choice.cost));
            assert_eq!(builder.agent(own.standing, own.count, choices), agent(number));
            for choice in &own.choices {
                let priority = choice.priority.into_iter();
                priority.for_each(|priority| builder.priority(agent(number), place(choice.place), priority));
            }
            let mut held: Vec<usize> = Vec::new();
            for &there in &own.holds {
                if left[there] > 0 && held.len() < usize::try_from(own.count).unwrap() {
                    left[there] -= 1;
                    held.push(there);
                }
            }
            held.sort_unstable();
            for same in held.chunk_by(|a, b| a == b) {
                builder.holds(agent(number), place(same[0]), u32::try_from(same.len()).unwrap());
            }
        }
        builder.build().unwrap()
    }

    /// One by one: everybody an agent of their own.
    pub fn singles(mut self) -> Self {
        for agent in &mut self.agents {
            agent.count = 1;
            agent.holds.truncate(1);
        }
        self
    }

    /// Without the holdings that are passed over.
    pub fn settled(mut self) -> Self {
        let market = self.build();
        self.agents.iter_mut().for_each(|agent| agent.holds.clear());
        for hold in market.holdings() {
            let many = usize::try_from(hold.count).unwrap();
            self.agents[hold.agent.index()].holds.extend(std::iter::repeat_n(hold.place.index(), many));
        }
        self
    }

    /// No two standings and no two costs of one agent are equal, and no agent holds two places: nothing is left to lots
    /// and numbers.
    pub fn strict(mut self) -> Self {
        for (number, agent) in (0..).zip(&mut self.agents) {
            agent.standing = agent.standing * 1_000 + number;
            agent.holds.truncate(1);
            for (at, choice) in (0..).zip(&mut agent.choices) {
                choice.cost = choice.cost * 1_000 + at;
            }
        }
        self
    }

    /// A market of so many agents and places from a seeded stream.
    pub fn invented(chance: &mut Chance, agents: u64, places: u64) -> Self {
        let capacities = (0..places).map(|_| draw(chance, 5)).collect();
        let (ties, prefers, holders) = (1 + draw(chance, 40), draw(chance, 3), draw(chance, 3));
        let mut invent = |_| {
            let mut choices: Vec<PlainChoice> = Vec::new();
            for _ in 0..draw(chance, 12) {
                let place = usize::try_from(chance.below(places)).unwrap();
                let priority = Some(draw(chance, 6)).filter(|priority| *priority < 2 * prefers);
                if choices.iter().all(|choice| choice.place != place) {
                    choices.push(PlainChoice { place, cost: draw(chance, 20), priority });
                }
            }
            let holds = (0..draw(chance, 3) * holders / 2).map(|_| usize::try_from(chance.below(places)).unwrap());
            let holds = holds.collect();
            PlainAgent { standing: draw(chance, u64::from(ties)), count: 1 + draw(chance, 3), choices, holds }
        };
        let agents = (0..agents).map(&mut invent).collect();
        Self { capacities, agents }
    }
}

fn draw(chance: &mut Chance, bound: u64) -> u32 {
    u32::try_from(chance.below(bound)).unwrap()
}

/// Markets of up to so many agents and places: counts 1 to 3, capacities 0 to 4, ties in standing, cost and priority, and
/// holders, some of places they do not accept. One in four has no priorities, one in four no holders.
pub fn markets(agents: usize, places: usize) -> impl Strategy<Value = Plain> {
    (1..=places, 0..4_u8, 0..4_u8).prop_flat_map(move |(places, said, held)| {
        let capacities = proptest::collection::vec(0..=4_u32, places);
        let agent = one(places, said > 0, held > 0);
        (capacities, proptest::collection::vec(agent, 1..=agents))
            .prop_map(|(capacities, agents)| Plain { capacities, agents })
    })
}

/// One agent among so many places.
pub fn one(places: usize, said: bool, held: bool) -> impl Strategy<Value = PlainAgent> {
    let choices = list(places, said);
    let holds = proptest::collection::vec(0..places, 0..=if held { 2 } else { 0 });
    (0..6_u32, 1..=3_u32, choices, holds).prop_map(|(standing, count, choices, holds)| PlainAgent {
        standing,
        count,
        choices,
        holds,
    })
}

/// A choice list among so many places.
pub fn list(places: usize, said: bool) -> impl Strategy<Value = Vec<PlainChoice>> {
    let priority = if said { proptest::option::of(0..3_u32).boxed() } else { Just(None).boxed() };
    let choice = proptest::option::of((0..6_u32, priority));
    proptest::collection::vec(choice, places).prop_map(|choices| {
        let choice = |(place, choice): (usize, Option<(u32, Option<Priority>)>)| {
            choice.map(|(cost, priority)| PlainChoice { place, cost, priority })
        };
        choices.into_iter().enumerate().filter_map(choice).collect()
    })
}
