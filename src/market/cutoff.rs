//! How good a standing would have been needed, for everyone left out, and which places a standing is good enough for.
//!
//! Invariant: a cutoff follows from the market and the seats alone, so whoever doubts an explanation can derive it again.

use super::components::components;
use super::{Agent, Allocation, Market, Place, Seat, Standing, index_u32};
use std::collections::BTreeMap;

/// For every agent left out, wholly or in part: the closed set that keeps it out, and the worst standing seated there.
///
/// The closed set of an agent is what its people could reach: its own choices, then every other choice of the people
/// seated there, and so on. In an optimal allocation all of it is full, and everyone in it has a standing at least as
/// good, so no re-arrangement seats one more of them without leaving out another.
///
/// ```
/// use shared_parking::allocation::optimal;
/// use shared_parking::market::{Cutoffs, Market};
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let yard = builder.place(1);
/// let first = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let second = builder.agent(3, 1, [(yard, 10)]);
/// let last = builder.agent(5, 1, [(kerb, 5)]);
/// let market = builder.build().unwrap();
///
/// let allocation = optimal(&market);
/// let cutoffs = Cutoffs::derive(&market, &allocation);
/// assert_eq!(cutoffs.cutoff(last), Some(3)); // the second sits in the yard, where the first could have gone
/// assert_eq!(cutoffs.closed_set(last), [kerb, yard]);
/// assert_eq!(cutoffs.cutoff(second), None); // seated
/// ```
#[derive(Clone, Debug)]
pub struct Cutoffs {
    /// Whether somebody of each agent is left out.
    left_out: Vec<bool>,
    /// The component of each place.
    component: Vec<u32>,
    /// The components that the choices of each agent lie in.
    of_agent: Lists,
    /// The places of each component: places that lead to each other through the people seated there.
    places: Lists,
    /// The components that each component leads to; all have lower numbers.
    next: Lists,
    /// What can be reached from each component.
    reach: Vec<Reach>,
}

/// What can be reached: a free space, and the best and the worst standing seated.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    free: bool,
    best: Option<Standing>,
    worst: Option<Standing>,
}

impl Reach {
    fn join(&mut self, other: Self) {
        self.free |= other.free;
        self.worst = self.worst.max(other.worst);
        self.best = [self.best, other.best].into_iter().flatten().min();
    }
}

impl Cutoffs {
    /// Derives all cutoffs together. O(places + agents + choices).
    ///
    /// Seats that the market does not know are passed over: `audit` names them.
    #[must_use]
    pub fn derive(market: &Market, allocation: &Allocation) -> Self {
        let (places, agents) = (market.places().len(), market.agents().len());
        let mut outside: Vec<u32> = market.agents().map(|agent| market.count(agent)).collect();
        let mut room: Vec<u32> = market.places().map(|place| market.capacity(place)).collect();
        let known = |seat: &&Seat| seat.agent.index() < agents && seat.place.index() < places;
        let seats: Vec<&Seat> = allocation.seats.iter().filter(known).collect();
        for seat in &seats {
            let (outside, room) = (&mut outside[seat.agent.index()], &mut room[seat.place.index()]);
            (*outside, *room) = (outside.saturating_sub(seat.count), room.saturating_sub(seat.count));
        }
        let holders = Lists::grouped(places, seats.iter().map(|seat| (seat.place.index(), seat.agent.number())));
        let choice =
            |agent: usize, next: usize| Some(market.choices(Agent::new(index_u32(agent))).get(next)?.place.index());
        let mut component = components(places + agents, |node, next| match node.checked_sub(places) {
            Some(agent) => choice(agent, next),
            None => holders.of(node).get(next).map(|&agent| places + agent as usize),
        });
        component.truncate(places);
        let count = component.iter().max().map_or(0, |&last| last as usize + 1);
        let of_agent = Lists::distinct(market.agents().len(), count, |agent, found| {
            let choices = market.choices(Agent::new(index_u32(agent)));
            found.extend(choices.iter().map(|choice| component[choice.place.index()]));
        });
        let places = Lists::grouped(count, component.iter().map(|&own| own as usize).zip(0..));
        let next = Lists::distinct(count, count, |own, found| {
            let agents = places.of(own).iter().flat_map(|&place| holders.of(place as usize));
            found.extend(agents.flat_map(|&agent| of_agent.of(agent as usize)).filter(|&&to| to as usize != own));
        });
        let mut reach: Vec<Reach> = Vec::with_capacity(count);
        for own in 0..count {
            let mut all = Reach::default();
            for &place in places.of(own) {
                all.free |= room[place as usize] > 0;
                let standings = holders.of(place as usize).iter().map(|&agent| market.standing(Agent::new(agent)));
                let best = standings.clone().min();
                all.join(Reach { free: false, best, worst: standings.max() });
            }
            next.of(own).iter().for_each(|&to| all.join(reach[to as usize]));
            reach.push(all);
        }
        let left_out = outside.into_iter().map(|outside| outside > 0).collect();
        Self { left_out, component, of_agent, places, next, reach }
    }

    /// The worst standing seated in the closed set of an agent left out, wholly or in part: one further person with the
    /// same choices and any better standing would have been seated. With this very standing it is as good as whoever has
    /// it there, and cost may decide for either; with a worse one it is left out. (Those of the agent's own people who
    /// are seated count among those seated.)
    ///
    /// `None` when nobody of the agent is left out; when nobody sits in its closed set (it has no choices, or none with
    /// a space); and when a free space is in reach, which only a mechanism that is not optimal leaves.
    #[must_use]
    pub fn cutoff(&self, agent: Agent) -> Option<Standing> {
        let mut reach = Reach::default();
        self.starts_of(agent).iter().for_each(|&own| reach.join(self.reach[own as usize]));
        if self.is_left_out(agent) && !reach.free { reach.worst } else { None }
    }

    /// The best standing seated in the closed set of an agent left out, wholly or in part; `None` as for
    /// [`cutoff`](Self::cutoff), but also told where a free space is in reach.
    #[must_use]
    pub fn best(&self, agent: Agent) -> Option<Standing> {
        let reached = self.starts_of(agent).iter().filter_map(|&own| self.reach[own as usize].best);
        reached.min().filter(|_| self.is_left_out(agent))
    }

    /// Whether a further person of this standing is sure of a seat who accepts this place, alone or beside closed ones: a
    /// free space, or somebody of a worse standing, can be reached from it by people changing places. O(1).
    ///
    /// In an optimal allocation none of an agent's own choices is open to its standing when somebody of it is left out,
    /// and one further person of that standing who accepts a place that is open would have been seated. One who accepts
    /// only places that are not open would not have, unless the cost decides between equal standings. A place that the market does not know is open to
    /// nobody.
    ///
    /// ```
    /// use shared_parking::allocation::optimal;
    /// use shared_parking::market::{Cutoffs, Market, Place};
    /// let mut builder = Market::builder();
    /// let (kerb, yard) = (builder.place(1), builder.place(1));
    /// builder.agent(0, 1, [(kerb, 10)]);
    /// builder.agent(4, 1, [(yard, 10)]);
    /// let left = builder.agent(2, 1, [(kerb, 5)]);
    /// let market = builder.build().unwrap();
    /// let cutoffs = Cutoffs::derive(&market, &optimal(&market));
    /// assert!(!cutoffs.is_open(kerb, market.standing(left)));
    /// assert!(cutoffs.is_open(yard, market.standing(left)));
    /// assert!(!cutoffs.is_open(yard, 4)); // as good as the one who sits there
    /// assert!(!cutoffs.is_open(Place::new(2), 0));
    /// ```
    #[must_use]
    pub fn is_open(&self, place: Place, standing: Standing) -> bool {
        let reach = self.component.get(place.index()).map(|&own| self.reach[own as usize]);
        reach.is_some_and(|reach| reach.free || reach.worst > Some(standing))
    }

    fn is_left_out(&self, agent: Agent) -> bool {
        self.left_out.get(agent.index()).is_some_and(|&left| left)
    }

    /// The components that the choices of an agent lie in; none for an agent that the market does not have.
    fn starts_of(&self, agent: Agent) -> &[u32] {
        if agent.index() < self.left_out.len() { self.of_agent.of(agent.index()) } else { &[] }
    }

    /// How many places with a space the closed set of each agent left out has, and how many spaces in all; (0, 0) for the
    /// others. Of agents and places that the market does not have nothing is told.
    ///
    /// Agents that start from the same places share the work: O(set) for each different start.
    #[must_use]
    pub fn sizes(&self, market: &Market) -> Vec<(usize, u64)> {
        let mut known: BTreeMap<&[u32], (usize, u64)> = BTreeMap::new();
        let mut size = |agent: Agent| {
            if !self.is_left_out(agent) {
                return (0, 0);
            }
            *known.entry(self.starts_of(agent)).or_insert_with(|| {
                let places = market.places().len();
                let set = self.closed_set(agent).into_iter().filter(|place| place.index() < places);
                let set = set.map(|place| u64::from(market.capacity(place)));
                set.filter(|&spaces| spaces > 0).fold((0, 0), |(places, all), spaces| (places + 1, all + spaces))
            })
        };
        market.agents().map(&mut size).collect()
    }

    /// The closed set of an agent: what its people could reach, whether they are left out or not; in order of the
    /// places' numbers. O(size of the set, and a mark for each component).
    #[must_use]
    pub fn closed_set(&self, agent: Agent) -> Vec<Place> {
        let mut reached = vec![false; self.reach.len()];
        let (mut set, mut waiting) = (Vec::new(), self.starts_of(agent).to_vec());
        while let Some(own) = waiting.pop() {
            if !std::mem::replace(&mut reached[own as usize], true) {
                set.extend(self.places.of(own as usize).iter().map(|&place| Place::new(place)));
                waiting.extend_from_slice(self.next.of(own as usize));
            }
        }
        set.sort_unstable();
        set
    }
}

/// Lists of numbers, one after the other in one piece of memory.
#[derive(Clone, Debug)]
struct Lists {
    /// One more entry than lists.
    starts: Vec<usize>,
    items: Vec<u32>,
}

impl Lists {
    fn of(&self, list: usize) -> &[u32] {
        &self.items[self.starts[list]..self.starts[list + 1]]
    }

    /// From (list, item) pairs, each list in the order of the pairs.
    fn grouped(lists: usize, pairs: impl Iterator<Item = (usize, u32)> + Clone) -> Self {
        let mut starts = vec![0; lists + 1];
        pairs.clone().for_each(|(list, _)| starts[list + 1] += 1);
        for list in 0..lists {
            starts[list + 1] += starts[list];
        }
        let (mut ends, mut items) = (starts.clone(), vec![0; starts[lists]]);
        for (list, item) in pairs {
            items[ends[list]] = item;
            ends[list] += 1;
        }
        Self { starts, items }
    }

    /// From what `find` adds for each list, every item below `most` once.
    fn distinct(lists: usize, most: usize, mut find: impl FnMut(usize, &mut Vec<u32>)) -> Self {
        let (mut seen, mut found) = (vec![usize::MAX; most], Vec::new());
        let mut made = Self { starts: vec![0], items: Vec::new() };
        for list in 0..lists {
            find(list, &mut found);
            found.retain(|&item| std::mem::replace(&mut seen[item as usize], list) != list);
            made.items.append(&mut found);
            made.starts.push(made.items.len());
        }
        made
    }
}
