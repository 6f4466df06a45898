//! Lots for each place: who goes first there among people of equal priority and standing.
//!
//! Invariant: an agent's people use its lots at a place in the order of their turns.

use super::lots::there;
use super::{Agent, Market, Standing, lot};

/// What decides between people of one standing at each place.
#[derive(Clone, Debug)]
pub(super) struct PlaceLots {
    /// By turn.
    people: Vec<Own>,
    /// Where the lots of each agent of several people start; empty where there is none.
    starts: Vec<usize>,
    /// Their lots, sorted, choice by choice.
    sorted: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Own {
    lot: u64,
    /// How many standings are better.
    class: u32,
    /// How many of the agent's people have earlier turns.
    nth: u32,
}

impl PlaceLots {
    /// `None` where no two people have the same standing: whatever the lots, standings decide.
    pub(super) fn draw(market: &Market, turns: &[Agent], by_agent: &[u32], seed: u64) -> Option<Self> {
        let mut people = Vec::with_capacity(turns.len());
        let (mut class, mut last): (u32, Option<Standing>) = (0, None);
        for &agent in turns {
            let standing = market.standing(agent);
            class += u32::from(last.replace(standing).is_some_and(|last| last != standing));
            people.push(Own { lot: 0, class, nth: 0 });
        }
        if class as usize + 1 >= turns.len() {
            return None;
        }
        let persons = market.agents().flat_map(|agent| (0..market.count(agent)).map(move |nth| (agent, nth)));
        for (&turn, (agent, nth)) in by_agent.iter().zip(persons) {
            let own = &mut people[turn as usize];
            *own = Own { lot: lot(seed, agent, nth), nth, ..*own };
        }
        let several = |&agent: &Agent| market.count(agent) > 1;
        let size = |agent| market.choices(agent).len() * market.count(agent) as usize;
        let mut sorted = Vec::with_capacity(market.agents().filter(several).map(size).sum());
        let mut starts = Vec::new();
        if market.agents().any(|agent| several(&agent)) {
            for agent in market.agents() {
                starts.push(sorted.len());
                if several(&agent) {
                    draw(market, agent, seed, &mut sorted);
                }
            }
        }
        Some(Self { people, starts, sorted })
    }

    /// How many standings are better than that of a turn.
    pub(super) fn class(&self, turn: usize) -> u32 {
        self.people[turn].class
    }

    /// The lot of a turn at one of its agent's choices, and a number for the person, should lots be equal.
    pub(super) fn lot(&self, market: &Market, agent: Agent, turn: usize, at: usize) -> (u64, u64) {
        let own = self.people[turn];
        let count = market.count(agent) as usize;
        let lot = if count > 1 {
            self.sorted[self.starts[agent.index()] + at * count + own.nth as usize]
        } else {
            there(own.lot, market.choices(agent)[at].place)
        };
        (lot, u64::from(agent.number()) << 32 | u64::from(own.nth))
    }
}

/// The lots of an agent's people, sorted, choice by choice.
fn draw(market: &Market, agent: Agent, seed: u64, sorted: &mut Vec<u64>) {
    let people = 0..market.count(agent);
    let lots: Vec<u64> = people.map(|person| lot(seed, agent, person)).collect();
    for choice in market.choices(agent) {
        let start = sorted.len();
        sorted.extend(lots.iter().map(|&lot| there(lot, choice.place)));
        sorted[start..].sort_unstable();
    }
}
