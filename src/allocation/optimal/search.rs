//! One shortest augmenting path, and what follows from it.
//!
//! Invariant: a search settles runs in order of distance and stops at the first one not nearer than the best ending.

use super::network::{Arc, Network};
use super::state::{CLOSED, Holder, NEVER, OUT, State};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How a path ends.
#[derive(Clone, Copy)]
enum Ending {
    /// The people stay out.
    Out,
    /// At a free space of this run.
    Free(u32),
    /// Somebody of the same standing gives up a seat: this holder at this run.
    Drop(u32, u32),
}

/// How near a run is, and how people get there.
#[derive(Clone, Copy)]
struct Label {
    distance: i64,
    /// The search this belongs to.
    search: u32,
    /// The choice they take.
    arc: u32,
    /// The holder they are, and its run; `NOBODY` and the site for those being served.
    holder: u32,
    from: u32,
}

const NOBODY: u32 = u32::MAX;

/// The working memory of all searches.
pub(super) struct Search {
    labels: Vec<Label>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
    settled: Vec<(u32, i64)>,
    number: u32,
    /// What staying out costs at present.
    pub(super) out: i64,
    best: i64,
    ending: Ending,
}

impl Search {
    pub(super) fn new(runs: usize) -> Self {
        let label = Label { distance: 0, search: 0, arc: 0, holder: NOBODY, from: 0 };
        Self {
            labels: vec![label; runs],
            queue: BinaryHeap::new(),
            settled: Vec::new(),
            number: 0,
            out: OUT,
            best: OUT,
            ending: Ending::Out,
        }
    }

    /// Seats as many of a site's waiting people as can be for less than staying out. Runs that this closes go to `closed`.
    pub(super) fn serve(&mut self, network: &Network, state: &mut State, site: u32, closed: &mut Vec<u32>) {
        while state.sites[site as usize].waiting > 0 {
            self.explore(network, state, &[site]);
            self.raise(state, closed);
            if !self.push(network, state) {
                return;
            }
        }
    }

    /// Raises the prices of closed sets until all these sites' people rather stay out, in one search from all of them.
    pub(super) fn close(&mut self, network: &Network, state: &mut State, sites: &[u32], closed: &mut Vec<u32>) {
        self.explore(network, state, sites);
        self.raise(state, closed);
    }

    fn explore(&mut self, network: &Network, state: &mut State, sites: &[u32]) {
        self.next(state);
        (self.best, self.ending) = (self.out, Ending::Out);
        self.settled.clear();
        self.queue.clear();
        for &site in sites {
            if sites.len() == 1 {
                // Its own people are no nearer than it is. With others waiting too, theirs may be the shorter way.
                state.sites[site as usize].visited = self.number;
            }
            self.scan(network, state, site, 0, (NOBODY, site));
        }
        while let Some(Reverse((distance, run))) = self.queue.pop() {
            if distance >= self.best {
                break;
            }
            if self.labels[run as usize].distance != distance {
                continue; // reached by a shorter way since
            }
            self.settled.push((run, distance));
            let here = distance - state.prices[run as usize];
            for at in state.holders(run as usize) {
                self.leave(network, state, (at, run), here);
            }
        }
    }

    /// Looks where the people of a holder could go instead; `here` is the distance to them without their cost.
    fn leave(&mut self, network: &Network, state: &mut State, (at, run): (usize, u32), here: i64) {
        let Holder { site, cost, elsewhere, .. } = state.holders[at];
        let base = here - i64::from(cost);
        let drop = self.out + base;
        if drop >= self.best && base + elsewhere >= self.best {
            return; // nothing near enough, and no look at the site is needed to know
        }
        let own = &mut state.sites[site as usize];
        if own.visited == self.number {
            return;
        }
        own.visited = self.number;
        if own.droppable > 0 && drop < self.best {
            (self.best, self.ending) = (drop, Ending::Drop(holder_number(at), run));
        }
        state.holders[at].elsewhere = self.scan(network, state, site, base, (holder_number(at), run));
    }

    /// Looks along a site's choices, cheapest first; `base` is the distance to the people before they choose.
    /// Returns what any choice but the run they come from costs at least, its price included.
    fn scan(&mut self, network: &Network, state: &mut State, site: u32, base: i64, (holder, from): (u32, u32)) -> i64 {
        let own = &mut state.sites[site as usize];
        let arcs = &network.arcs[own.start as usize..own.end as usize];
        let mut limit = self.best - base;
        let (floor, mut least_price, mut least) = (own.least_price, NEVER, NEVER);
        for (arc, &Arc { run, cost }) in (own.start..).zip(arcs) {
            let cost = i64::from(cost);
            if cost + floor >= limit {
                return least.min(cost + floor); // none of the dearer choices can be near enough
            }
            let price = state.prices[run as usize];
            least_price = least_price.min(price);
            let length = cost + price;
            if run == from && holder != NOBODY {
                continue;
            }
            least = least.min(length);
            if length >= limit {
                continue;
            }
            let label = &mut self.labels[run as usize];
            let distance = base + length;
            if label.search == self.number && label.distance <= distance {
                continue;
            }
            *label = Label { distance, search: self.number, arc, holder, from };
            if state.runs[run as usize].free > 0 {
                (self.best, self.ending) = (distance, Ending::Free(run));
                limit = length;
            } else {
                self.queue.push(Reverse((distance, run)));
            }
        }
        own.least_price = least_price;
        least
    }

    /// Raises the prices of the settled runs until the best ending costs no more than reaching them.
    fn raise(&self, state: &mut State, closed: &mut Vec<u32>) {
        for &(run, distance) in &self.settled {
            let price = &mut state.prices[run as usize];
            let was = *price;
            *price += self.best - distance;
            if was < CLOSED && *price >= CLOSED {
                closed.push(run);
            }
        }
    }

    /// Moves as many people along the path as all of its steps allow; false when they stay out.
    fn push(&self, network: &Network, state: &mut State) -> bool {
        let (end, mut people) = match self.ending {
            Ending::Out => return false,
            Ending::Free(run) => (run, state.runs[run as usize].free),
            Ending::Drop(holder, run) => {
                let Holder { site, people, .. } = state.holders[holder as usize];
                (run, people.min(state.sites[site as usize].droppable))
            }
        };
        let mut run = end;
        let first = loop {
            let Label { holder, from, .. } = self.labels[run as usize];
            if holder == NOBODY {
                break from as usize;
            }
            people = people.min(state.holders[holder as usize].people);
            run = from;
        };
        people = people.min(state.sites[first].waiting);
        if let Ending::Drop(holder, run) = self.ending {
            let dropped = state.holders[holder as usize].site as usize;
            state.sites[dropped].droppable -= people;
            state.sites[dropped].waiting += people;
            state.unseat(run as usize, holder as usize, people);
        }
        state.sites[first].droppable += people;
        state.sites[first].waiting -= people;
        let mut run = end;
        loop {
            let Label { arc, holder, from, .. } = self.labels[run as usize];
            let cost = network.arcs[arc as usize].cost;
            let site = if holder == NOBODY { from } else { state.holders[holder as usize].site };
            state.seat(run as usize, Holder { site, arc, cost, people, elsewhere: 0 });
            if holder == NOBODY {
                return true;
            }
            state.unseat(from as usize, holder as usize, people);
            run = from;
        }
    }

    /// A new number for marks; after 2^32 - 1 searches old marks are cleared.
    fn next(&mut self, state: &mut State) {
        if self.number == u32::MAX {
            self.labels.iter_mut().for_each(|label| label.search = 0);
            state.sites.iter_mut().for_each(|site| site.visited = 0);
            self.number = 0;
        }
        self.number += 1;
    }
}

fn holder_number(at: usize) -> u32 {
    super::index(at)
}
