//! Markets written as the literature does: `1: a b c`, the best first.

use shared_parking::allocation::{Mechanism, allocate};
use shared_parking::market::{Agent, Market, MarketBuilder, Place};

/// A market of single people, named by numbers from 1, and places named by numbers from 1.
pub struct Written {
    pub builder: MarketBuilder,
    pub agents: Vec<Agent>,
    pub places: Vec<Place>,
}

/// The numbers after the colon of a line.
fn numbers(line: &str) -> impl Iterator<Item = usize> {
    line.split_once(':').expect("who: whom").1.split_whitespace().map(|word| word.parse().expect("a number"))
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|line| !line.is_empty())
}

impl Written {
    /// Everybody ranks places; the first on the list has the best standing.
    pub fn new(capacities: &[u32], preferences: &str) -> Self {
        let mut builder = Market::builder();
        let places: Vec<Place> = capacities.iter().map(|&capacity| builder.place(capacity)).collect();
        let mut agents = Vec::new();
        for (standing, line) in (0..).zip(lines(preferences)) {
            let choices: Vec<(Place, u32)> = numbers(line).map(|place| places[place - 1]).zip(1..).collect();
            agents.push(builder.agent(standing, 1, choices));
        }
        Self { builder, agents, places }
    }

    /// Every place ranks people: line `1: 2 3` says that place 1 likes person 2 best.
    pub fn priorities(mut self, priorities: &str) -> Self {
        for (&place, line) in self.places.iter().zip(lines(priorities)) {
            for (priority, person) in (0..).zip(numbers(line)) {
                self.builder.priority(self.agents[person - 1], place, priority);
            }
        }
        self
    }

    /// People hold the places of these numbers.
    pub fn holds(mut self, pairs: &[(usize, usize)]) -> Self {
        for &(person, place) in pairs {
            self.builder.holds(self.agents[person - 1], self.places[place - 1], 1);
        }
        self
    }

    /// Where everybody sits, by person: the place's number, 0 for nowhere.
    pub fn answer(self, mechanism: Mechanism) -> Vec<u32> {
        let market = self.builder.build().unwrap();
        let allocation = allocate(&market, mechanism, 7);
        let seat = |agent: &Agent| allocation.seats_of(*agent).first().map_or(0, |seat| seat.place.number() + 1);
        self.agents.iter().map(seat).collect()
    }
}
