//! Chains of people changing places: one moves so that another one can come, and the last goes where there is room.
//!
//! Invariant: a shortest chain, the first found in the order of places and agents, so the same question has the same
//! answer.

use super::{Agent, Market, Place};
use std::collections::BTreeMap;

/// Breadth-first search for a chain of moves, with buffers that are kept.
#[derive(Clone, Debug)]
pub(super) struct Search {
    /// Counts the searches; what carries an older number is stale.
    now: u64,
    /// The first search of the present trial.
    first: u64,
    /// By which search each place was seen last.
    seen: Vec<u64>,
    /// Which search last found no way on from a place: in one trial there will be none later either, for whoever moves
    /// in a later search moves outside of what can be reached from here.
    closed: Vec<u64>,
    /// By which search each choice list was seen last.
    lists: Vec<u64>,
    /// Which search last found no way from any choice of a list: the next of many in one building is not searched for.
    dead_lists: Vec<u64>,
    /// Who would come to each place, from where; `None` for the one who waits.
    pub(super) via: Vec<Option<(Place, Agent)>>,
    /// The places seen, in the order found.
    found: Vec<Place>,
    agents: usize,
}

impl Search {
    pub(super) fn new(market: &Market) -> Self {
        let places = market.places().len();
        Self {
            now: 0,
            first: 1,
            seen: vec![0; places],
            closed: vec![0; places],
            lists: vec![0; market.list_count()],
            dead_lists: vec![0; market.list_count()],
            via: vec![None; places],
            found: Vec::new(),
            agents: market.agents().len(),
        }
    }

    /// Whether its buffers are of this market's sizes.
    pub(super) fn fits(&self, market: &Market) -> bool {
        (self.seen.len(), self.lists.len(), self.agents)
            == (market.places().len(), market.list_count(), market.agents().len())
    }

    /// A new trial: seats are again as they were before the last one.
    pub(super) fn begin(&mut self) {
        self.first = self.now + 1;
    }

    /// The last move of a chain that lets somebody of an agent in: who goes from where to `end`. The moves before it
    /// are in `via`.
    pub(super) fn path(
        &mut self,
        market: &Market,
        holders: &[BTreeMap<Agent, u32>],
        agent: Agent,
        end: Place,
    ) -> Option<(Place, Agent)> {
        if self.dead_lists[market.list_of(agent)] >= self.first {
            return None;
        }
        self.now += 1;
        self.found.clear();
        self.enter(market, agent, None);
        let mut next = 0;
        while let Some(&from) = self.found.get(next) {
            next += 1;
            for &holder in holders[from.index()].keys() {
                if self.lists[market.list_of(holder)] == self.now {
                    continue;
                }
                if market.cost(holder, end).is_some() {
                    return Some((from, holder));
                }
                self.enter(market, holder, Some((from, holder)));
            }
        }
        for place in &self.found {
            self.closed[place.index()] = self.now;
        }
        self.dead_lists[market.list_of(agent)] = self.now;
        None
    }

    fn enter(&mut self, market: &Market, agent: Agent, via: Option<(Place, Agent)>) {
        self.lists[market.list_of(agent)] = self.now;
        for choice in market.choices(agent) {
            let at = choice.place.index();
            if self.seen[at] != self.now && self.closed[at] < self.first {
                self.seen[at] = self.now;
                self.via[at] = via;
                self.found.push(choice.place);
            }
        }
    }
}
