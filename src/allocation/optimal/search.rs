//! One shortest augmenting path.

use super::network::Network;
use crate::market::{Agent, Market, Place, PlacePrice, Standing};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A distance: the closed places first count what they cost a person of the standing served, then the cost.
type Distance = (bool, i64);

/// How a path ends.
#[derive(Clone, Copy)]
enum Ending {
    /// The person stays out.
    Out,
    /// A free space.
    Free(Place),
    /// Somebody of the same standing gives up a seat.
    Drop(Agent, usize),
}

/// How a place was reached: who moves in, by which choice, and the choice they give up.
#[derive(Clone, Copy)]
struct Step {
    agent: Agent,
    into: usize,
    from: Option<usize>,
}

/// The working memory of the searches.
pub(super) struct Search {
    heap: BinaryHeap<Reverse<(Distance, Place)>>,
    reached: Vec<Option<(Distance, Step)>>,
    touched: Vec<Place>,
    settled: Vec<Place>,
    best: (Distance, Ending),
}

impl Search {
    pub(super) fn new(market: &Market) -> Self {
        Self {
            heap: BinaryHeap::new(),
            reached: vec![None; market.places().len()],
            touched: Vec::new(),
            settled: Vec::new(),
            best: ((true, 0), Ending::Out),
        }
    }

    /// Seats some people of an agent the cheapest way; false when the rest of them stay out.
    pub(super) fn run(&mut self, network: &mut Network<'_>, agent: Agent) -> bool {
        self.best = ((true, 0), Ending::Out);
        let standing = network.market.standing(agent);
        self.expand(network, standing, agent, None, 0);
        while let Some(Reverse((distance, place))) = self.heap.pop() {
            if distance >= self.best.0 {
                break;
            }
            let current = self.reached[place.index()].map(|(least, _)| least);
            if current != Some(distance) || self.settled.contains(&place) {
                continue;
            }
            self.settled.push(place);
            if network.loads[place.index()] < network.market.capacity(place) {
                self.best = (distance, Ending::Free(place));
                break;
            }
            for at in 0..network.holders(place).len() {
                let (holder, from) = network.holders(place)[at];
                let cost = i64::from(network.choice(holder, from).cost);
                let start = distance.1 - cost - network.prices[place.index()].price;
                if network.market.standing(holder) == standing && (true, start) < self.best.0 {
                    self.best = ((true, start), Ending::Drop(holder, from));
                }
                self.expand(network, standing, holder, Some(from), start);
            }
        }
        self.raise(network, standing);
        let seated = self.push(network, agent);
        self.clear();
        seated
    }

    /// Looks at all choices of an agent for the way on; `start` is the distance without the choice's cost and price.
    fn expand(&mut self, network: &Network<'_>, standing: Standing, agent: Agent, from: Option<usize>, start: i64) {
        for (into, choice) in network.market.choices(agent).iter().enumerate() {
            let place = choice.place;
            let PlacePrice { closed, price } = network.prices[place.index()];
            if closed.is_some_and(|closed| closed < standing) || network.market.capacity(place) == 0 {
                continue;
            }
            let distance = (closed.is_some(), start + i64::from(choice.cost) + price);
            let reached = &mut self.reached[place.index()];
            if distance < self.best.0 && reached.is_none_or(|(least, _)| distance < least) {
                if reached.is_none() {
                    self.touched.push(place);
                }
                *reached = Some((distance, Step { agent, into, from }));
                self.heap.push(Reverse((distance, place)));
            }
        }
    }

    /// Raises the prices of the settled places to where the path's last step costs nothing.
    fn raise(&self, network: &mut Network<'_>, standing: Standing) {
        let (level, best) = self.best.0;
        for &place in &self.settled {
            let Some((distance, _)) = self.reached[place.index()] else { continue };
            let price = &mut network.prices[place.index()];
            price.price += best - distance.1;
            if level {
                price.closed = Some(standing);
            }
        }
    }

    /// Moves as many people along the path as all of its steps allow.
    fn push(&self, network: &mut Network<'_>, agent: Agent) -> bool {
        let mut amount = network.outside(agent);
        let mut last = match self.best.1 {
            Ending::Out => return false,
            Ending::Free(place) => {
                amount = amount.min(network.market.capacity(place) - network.loads[place.index()]);
                place
            }
            Ending::Drop(holder, at) => {
                amount = amount.min(network.flow(holder, at));
                network.choice(holder, at).place
            }
        };
        let mut path = Vec::new();
        while let Some((_, step)) = self.reached[last.index()] {
            path.push(step);
            let Some(from) = step.from else { break };
            amount = amount.min(network.flow(step.agent, from));
            last = network.choice(step.agent, from).place;
        }
        if let Ending::Drop(holder, at) = self.best.1 {
            network.unseat(holder, at, amount);
        }
        for Step { agent, into, from } in path {
            if let Some(from) = from {
                network.unseat(agent, from, amount);
            }
            network.seat(agent, into, amount);
        }
        true
    }

    fn clear(&mut self) {
        for place in self.touched.drain(..) {
            self.reached[place.index()] = None;
        }
        self.settled.clear();
        self.heap.clear();
    }
}
