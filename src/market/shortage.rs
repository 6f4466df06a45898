//! How many more spaces would have seated somebody who is left out, and where.
//!
//! **The question.** Let `A` be the people served before one more person of an agent: all of a better or an equal
//! standing, and those of the agent who are seated. How many spaces must be added before that person is sure of one?
//!
//! **The answer for one place.** Every space added at place `p` seats one more person of `A`, as long as somebody of `A`
//! who waits can reach `p` by people changing places; when nobody can any more, the next space falls to the agent, if it
//! can still reach `p`. It always can when `p` is among its own choices. So the number is 1 + the people of `A` that
//! spaces without end at `p` would seat: one augmenting path each.
//!
//! **Why nothing less would do anywhere.** For a set `X` of places let `f(X)` be the people of `A` all of whose choices
//! lie in `X`, less the spaces in `X`. By Hall's and König's theorems the greatest `f` counts the people of `A` who wait,
//! and the agent is left out exactly when that greatest value is reached by a set holding all its choices. Say such a set
//! is `X`, and say that spaces `d` are added, wherever, and the agent is seated: now some `Y` that lacks one of its
//! choices, `p`, has `f(Y) - d(Y) > f(X) - d(X)`, so `d(X) > f(X) - f(Y)`. But then that many spaces at `p` alone do: they
//! lower every set that holds all choices of the agent, and not `Y`. The least number is found at one of its own choices.
//!
//! Invariant: it follows from the market and the seats alone, and a trial leaves no trace: what is tried is undone.

use super::chain::Search;
use super::{Agent, Allocation, Market, Place, Standing};
use std::collections::BTreeMap;

/// The fewest spaces that would have seated one more person of an agent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MoreSpaces {
    /// How many: at least one.
    pub count: u32,
    /// The agent's own choices at which they do, in order: all of them at any one of these.
    pub places: Vec<Place>,
}

/// For every agent left out of an optimal allocation, wholly or in part: how many more spaces would have seated one more
/// of its people.
///
/// Ties are counted against the agent: everybody of an equal standing who waits is served before it. So the numbers told
/// are sure whatever way ties fall, and where standings are strict they are exact. Of an allocation that is not optimal
/// they say nothing.
///
/// ```
/// use shared_parking::allocation::optimal;
/// use shared_parking::market::{Market, MoreSpaces, Shortage};
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let yard = builder.place(1);
/// let first = builder.agent(0, 1, [(kerb, 10)]);
/// let second = builder.agent(1, 1, [(yard, 10)]);
/// let third = builder.agent(2, 1, [(kerb, 10)]);
/// let last = builder.agent(3, 1, [(kerb, 5), (yard, 40)]);
/// let market = builder.build().unwrap();
///
/// let mut shortage = Shortage::derive(&market, &optimal(&market));
/// assert_eq!(shortage.spaces(&market, third), Some(MoreSpaces { count: 1, places: vec![kerb] }));
/// assert_eq!(shortage.spaces(&market, last), Some(MoreSpaces { count: 1, places: vec![yard] }));
/// assert_eq!(shortage.spaces_at(&market, last, kerb), Some(2)); // the third stands before the last there
/// assert_eq!(shortage.spaces_at(&market, third, yard), None); // nobody who holds the kerb could go there
/// assert_eq!(shortage.spaces(&market, first), None); // seated
/// ```
#[derive(Clone, Debug)]
pub struct Shortage {
    /// Who waits, best first.
    waiting: Vec<Waiting>,
    /// Who sits at each place, and how many of each.
    holders: Vec<BTreeMap<Agent, u32>>,
    /// What a trial of a place found, where everybody was tried in turn.
    known: BTreeMap<Place, Vec<Gain>>,
    search: Search,
    /// What the present trial has changed: place, agent, how many, and whether they came.
    changed: Vec<(Place, Agent, u32, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    standing: Standing,
    agent: Agent,
    people: u32,
}

/// Somebody whom further spaces would seat, and how many before.
#[derive(Clone, Copy, Debug)]
struct Gain {
    who: Waiting,
    before: u32,
}

impl Shortage {
    /// Notes who sits where and who waits. O(places + agents + seats).
    ///
    /// Seats that the market does not know are passed over: `audit` names them.
    #[must_use]
    pub fn derive(market: &Market, allocation: &Allocation) -> Self {
        let mut people: Vec<u32> = market.agents().map(|agent| market.count(agent)).collect();
        let mut holders = vec![BTreeMap::new(); market.places().len()];
        for seat in &allocation.seats {
            if let (Some(people), Some(there)) =
                (people.get_mut(seat.agent.index()), holders.get_mut(seat.place.index()))
            {
                *people = people.saturating_sub(seat.count);
                give(there, seat.agent, seat.count);
            }
        }
        let outside = market.agents().zip(people).filter(|&(_, people)| people > 0);
        let mut waiting: Vec<Waiting> =
            outside.map(|(agent, people)| Waiting { standing: market.standing(agent), agent, people }).collect();
        waiting.sort_unstable();
        let search = Search::new(market);
        Self { waiting, holders, known: BTreeMap::new(), search, changed: Vec::new() }
    }

    /// The fewest spaces that would have seated one more person of an agent, and where. No fewer would have, at
    /// whatever places they were added; and these would have, all at one of the places told.
    ///
    /// `None` when nobody of the agent is left out, when it has no choices, or when `market` is not the one this was
    /// derived from. The cost is that of [`spaces_at`](Self::spaces_at) for each of its choices.
    pub fn spaces(&mut self, market: &Market, agent: Agent) -> Option<MoreSpaces> {
        let own = self.waits(market, agent)?;
        let mut least = MoreSpaces { count: u32::MAX, places: Vec::new() };
        for choice in market.choices(agent) {
            let Some(count) = self.count_at(market, own, choice.place) else { continue };
            if count < least.count {
                least = MoreSpaces { count, places: Vec::new() };
            }
            if count == least.count {
                least.places.push(choice.place);
            }
        }
        (!least.places.is_empty()).then_some(least)
    }

    /// How many spaces added at this one place would have seated one more person of an agent: so many do, fewer there
    /// do not.
    ///
    /// `None` when no number of spaces there would, when nobody of the agent is left out, or when `market` has
    /// other sizes than the one this was derived from (another market of equal sizes gives meaningless numbers).
    ///
    /// A place is tried once for all agents whose standing nobody else who waits shares, and anew for each other one. A
    /// trial takes O(c) and O(c) more for each of those it seats, where c is the number of choices of everybody in the
    /// closed sets of those who wait; a chain found early ends its search early. Measured on sampled districts with two
    /// applicants for each space, one core: 0.2 ms a trial among 2,250 spaces, 5 ms among 22,500; there with 32 stretches
    /// in reach of everybody 150 ms, so that one agent's nearest 32 take some 5 s.
    pub fn spaces_at(&mut self, market: &Market, agent: Agent, place: Place) -> Option<u32> {
        let own = self.waits(market, agent)?;
        if place.index() < self.holders.len() { self.count_at(market, own, place) } else { None }
    }

    fn waits(&self, market: &Market, agent: Agent) -> Option<Waiting> {
        if !self.search.fits(market) || agent.index() >= market.agents().len() {
            return None;
        }
        let key = (market.standing(agent), agent);
        let at = self.waiting.binary_search_by_key(&key, |other| (other.standing, other.agent)).ok()?;
        Some(self.waiting[at])
    }

    fn count_at(&mut self, market: &Market, own: Waiting, place: Place) -> Option<u32> {
        let from = self.waiting.partition_point(|other| other.standing < own.standing);
        let to = self.waiting.partition_point(|other| other.standing <= own.standing);
        if to - from > 1 {
            let others = self.waiting[..to].iter().copied().filter(|&other| other != own);
            let order: Vec<Waiting> = others.chain([own]).collect();
            let gains = self.trial(market, place, &order);
            return gains.last().filter(|gain| gain.who == own).map(|gain| gain.before + 1);
        }
        if !self.known.contains_key(&place) {
            let order = self.waiting.clone();
            let gains = self.trial(market, place, &order);
            self.known.insert(place, gains);
        }
        let gains = self.known.get(&place)?;
        let at = gains.binary_search_by_key(&own, |gain| gain.who).ok()?;
        Some(gains[at].before + 1)
    }

    /// Whom spaces without end at a place would seat, tried in the order given.
    fn trial(&mut self, market: &Market, place: Place, order: &[Waiting]) -> Vec<Gain> {
        self.search.begin();
        let (mut gains, mut before) = (Vec::new(), 0);
        for &who in order {
            let mut left = who.people;
            while left > 0 {
                let seated = self.seat(market, who.agent, left, place);
                if seated == 0 {
                    break;
                }
                left -= seated;
            }
            if left < who.people {
                gains.push(Gain { who, before });
                before += who.people - left; // at most the people of the market
            }
        }
        while let Some((at, agent, count, came)) = self.changed.pop() {
            let there = &mut self.holders[at.index()];
            if came { take(there, agent, count) } else { give(there, agent, count) }
        }
        gains
    }

    /// Seats some of an agent's people, at most so many, by one chain of moves that ends at a place with room for all:
    /// how many.
    fn seat(&mut self, market: &Market, agent: Agent, most: u32, end: Place) -> u32 {
        if market.cost(agent, end).is_some() {
            return most;
        }
        let Some(last) = self.search.path(market, &self.holders, agent, end) else { return 0 };
        let mut count = most;
        let mut step = Some(last);
        while let Some((from, mover)) = step {
            count = count.min(self.holders[from.index()].get(&mover).copied().unwrap_or(0));
            step = self.search.via[from.index()];
        }
        let mut step = Some(last);
        while let Some((from, mover)) = step {
            self.note(from, mover, count, false);
            step = self.search.via[from.index()];
            self.note(from, step.map_or(agent, |(_, next)| next), count, true);
        }
        count
    }

    fn note(&mut self, at: Place, agent: Agent, count: u32, came: bool) {
        let there = &mut self.holders[at.index()];
        if came {
            give(there, agent, count)
        } else {
            take(there, agent, count)
        }
        self.changed.push((at, agent, count, came));
    }
}

fn give(there: &mut BTreeMap<Agent, u32>, agent: Agent, count: u32) {
    let held = there.entry(agent).or_insert(0);
    *held = held.saturating_add(count);
}

fn take(there: &mut BTreeMap<Agent, u32>, agent: Agent, count: u32) {
    if let Some(held) = there.get_mut(&agent) {
        *held = held.saturating_sub(count);
        if *held == 0 {
            there.remove(&agent);
        }
    }
}
