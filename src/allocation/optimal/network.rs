//! Who sits where while the search goes on, and the prices.

use crate::market::{Agent, Allocation, Certificate, Choice, Market, Place, PlacePrice, Seat};

/// The state between two searches.
///
/// Invariant: the prices prove that everyone seated so far is seated optimally among the people served so far.
pub(super) struct Network<'m> {
    pub(super) market: &'m Market,
    pub(super) prices: Vec<PlacePrice>,
    pub(super) loads: Vec<u32>,
    /// People of each agent without a seat.
    outside: Vec<u32>,
    /// Where each agent's choices start among all of them.
    starts: Vec<usize>,
    /// How many people use each choice.
    flows: Vec<u32>,
    /// The choices used at each place: agent, and which of its choices.
    holders: Vec<Vec<(Agent, usize)>>,
}

impl<'m> Network<'m> {
    pub(super) fn new(market: &'m Market) -> Self {
        let places = market.places().len();
        let mut starts = vec![0];
        for agent in market.agents() {
            starts.push(starts[agent.index()] + market.choices(agent).len());
        }
        Self {
            market,
            prices: vec![PlacePrice::default(); places],
            loads: vec![0; places],
            outside: market.agents().map(|agent| market.count(agent)).collect(),
            flows: vec![0; starts[starts.len() - 1]],
            starts,
            holders: vec![Vec::new(); places],
        }
    }

    pub(super) fn outside(&self, agent: Agent) -> u32 {
        self.outside[agent.index()]
    }

    pub(super) fn holders(&self, place: Place) -> &[(Agent, usize)] {
        &self.holders[place.index()]
    }

    pub(super) fn choice(&self, agent: Agent, at: usize) -> Choice {
        self.market.choices(agent)[at]
    }

    pub(super) fn flow(&self, agent: Agent, at: usize) -> u32 {
        self.flows[self.starts[agent.index()] + at]
    }

    /// Seats `amount` people of an agent at its choice number `at`.
    pub(super) fn seat(&mut self, agent: Agent, at: usize, amount: u32) {
        let flow = &mut self.flows[self.starts[agent.index()] + at];
        let place = self.market.choices(agent)[at].place;
        if *flow == 0 {
            self.holders[place.index()].push((agent, at));
        }
        *flow += amount;
        self.loads[place.index()] += amount;
        self.outside[agent.index()] -= amount;
    }

    /// Takes `amount` people of an agent from their seats at its choice number `at`.
    pub(super) fn unseat(&mut self, agent: Agent, at: usize, amount: u32) {
        let flow = &mut self.flows[self.starts[agent.index()] + at];
        let place = self.market.choices(agent)[at].place;
        *flow -= amount;
        if *flow == 0 {
            self.holders[place.index()].retain(|&holder| holder != (agent, at));
        }
        self.loads[place.index()] -= amount;
        self.outside[agent.index()] += amount;
    }

    pub(super) fn into_allocation(mut self) -> Allocation {
        let mut seats = Vec::new();
        for agent in self.market.agents() {
            for (at, choice) in self.market.choices(agent).iter().enumerate() {
                let count = self.flow(agent, at);
                if count > 0 {
                    seats.push(Seat { agent, place: choice.place, count });
                }
            }
        }
        for place in self.market.places().filter(|&place| self.market.capacity(place) == 0) {
            self.prices[place.index()] = PlacePrice { closed: Some(0), price: 0 };
        }
        Allocation { seats, certificate: Some(Certificate { places: self.prices }) }
    }
}
