//! The cheapest way to seat people: one shortest augmenting path, and what follows from it.
//!
//! Invariant: a search settles runs in order of distance and stops at the first one not nearer than the best ending.

use super::Arc;
use super::state::{Holder, NOBODY, Price, State, Weight};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// How a path ends.
#[derive(Clone, Copy, Debug)]
enum Ending {
    /// The people stay out.
    Out,
    /// At a free space of this run.
    Free(u32),
    /// Somebody else gives up a seat: this holder.
    Drop(u32),
}

/// How near a run is, and how people get there.
#[derive(Clone, Copy, Debug)]
struct Label<P> {
    distance: P,
    /// The search this belongs to.
    search: u32,
    /// What the place costs them.
    cost: u32,
    /// The holder they are, or `NOBODY`; `from` is its run, or else the site of those being served.
    holder: u32,
    from: u32,
}

/// What came of a search.
#[derive(Clone, Copy)]
pub(in crate::allocation) enum Found {
    /// So many people have moved along the path.
    Moved(u32),
    /// The people rather stay out.
    Out,
    /// The search met people of another strip; nothing has changed.
    Beyond,
}

/// The working memory of all searches.
#[derive(Clone, Debug)]
pub(in crate::allocation) struct Search<P> {
    labels: Vec<Label<P>>,
    queue: BinaryHeap<Reverse<(P, u32)>>,
    settled: Vec<(u32, P)>,
    number: u32,
    /// What staying out costs at present.
    pub(in crate::allocation) out: P,
    best: P,
    ending: Ending,
    /// The run of the first label.
    first_run: u32,
    beyond: bool,
}

impl<P: Price> Search<P> {
    /// For a state with these runs.
    pub(in crate::allocation) fn new(runs: Range<u32>, out: P) -> Self {
        let label = Label { distance: P::default(), search: 0, cost: 0, holder: NOBODY, from: 0 };
        Self {
            labels: vec![label; runs.len()],
            queue: BinaryHeap::new(),
            settled: Vec::new(),
            number: 0,
            out,
            best: out,
            ending: Ending::Out,
            first_run: runs.start,
            beyond: false,
        }
    }

    /// For one strip, continuing the numbers of `whole`: the marks on sites are of all searches.
    pub(in crate::allocation) fn of_strip(whole: u32, runs: Range<u32>, out: P) -> Self {
        Self { number: whole, ..Self::new(runs, out) }
    }

    /// How many searches there have been.
    pub(in crate::allocation) fn number(&self) -> u32 {
        self.number
    }

    /// Searches in strips have used numbers up to this one.
    pub(in crate::allocation) fn skip_to(&mut self, number: u32) {
        self.number = self.number.max(number);
    }

    /// Seats some of a site's waiting people for less than staying out.
    pub(in crate::allocation) fn seat<W: Weight<P>>(
        &mut self,
        arcs: &[Arc],
        state: &mut State<'_, P, W>,
        site: u32,
    ) -> Found {
        self.begin(state);
        // Its own people are no nearer than it is.
        state.site_mut(site).visited = self.number;
        self.scan(arcs, state, site, P::default(), (NOBODY, site));
        self.settle(arcs, state);
        if self.beyond {
            return Found::Beyond;
        }
        self.raise(state);
        self.push(state, state.site(site).people.waiting)
    }

    /// Raises prices until the people of all these sites rather stay out, in one search from all of them. Right only
    /// where no way leads to a free space, and nobody on the way could be dropped in their stead at less than `out`: true
    /// after a pass at any limit, which has offered them every such seat.
    pub(in crate::allocation) fn close<W: Weight<P>>(
        &mut self,
        arcs: &[Arc],
        state: &mut State<'_, P, W>,
        sites: &[u32],
    ) {
        self.begin(state);
        for &site in sites {
            // Their own people may be nearer by way of another site, so they do not count as visited.
            self.scan(arcs, state, site, P::default(), (NOBODY, site));
        }
        self.settle(arcs, state);
        self.raise(state);
    }

    /// Takes one person of a run from their seat, whatever it costs.
    pub(in crate::allocation) fn empty<W: Weight<P>>(
        &mut self,
        arcs: &[Arc],
        state: &mut State<'_, P, W>,
        run: u32,
    ) -> Found {
        self.begin(state);
        let price = state.price(run);
        *self.label_mut(run) = Label { distance: price, search: self.number, cost: 0, holder: NOBODY, from: NOBODY };
        self.queue.push(Reverse((price, run)));
        self.settle(arcs, state);
        self.raise(state);
        self.push(state, 1)
    }

    fn begin<W: Weight<P>>(&mut self, state: &mut State<'_, P, W>) {
        if self.number == u32::MAX {
            // A new number for marks; before one could return, all marks are cleared.
            self.labels.iter_mut().for_each(|label| label.search = 0);
            state.clear_marks();
            self.number = 0;
        }
        self.number += 1;
        (self.best, self.ending) = (self.out, Ending::Out);
        self.beyond = false;
        self.settled.clear();
        self.queue.clear();
    }

    fn label(&self, run: u32) -> &Label<P> {
        &self.labels[(run - self.first_run) as usize]
    }

    fn label_mut(&mut self, run: u32) -> &mut Label<P> {
        &mut self.labels[(run - self.first_run) as usize]
    }

    fn settle<W: Weight<P>>(&mut self, arcs: &[Arc], state: &mut State<'_, P, W>) {
        while let Some(Reverse((distance, run))) = self.queue.pop() {
            if distance >= self.best || self.beyond {
                break;
            }
            if self.label(run).distance != distance {
                continue; // reached by a shorter way since
            }
            self.settled.push((run, distance));
            let here = distance - state.price(run);
            for at in state.held(run) {
                self.leave(arcs, state, (at, run), here);
            }
        }
    }

    /// Looks where the people of a holder could go instead; `here` is the distance to them without their cost.
    #[inline]
    fn leave<W: Weight<P>>(&mut self, arcs: &[Arc], state: &mut State<'_, P, W>, (at, run): (u32, u32), here: P) {
        let Holder { site, cost, elsewhere, people, .. } = *state.holder(at);
        if people == 0 {
            return;
        }
        let base = here - P::from(cost);
        if !W::LIVE && self.out + base >= self.best && base + P::from(elsewhere) >= self.best {
            return; // nothing near enough, and no look at the site is needed to know
        }
        if !state.has(site) {
            self.beyond = true;
            return;
        }
        let own = state.site_mut(site);
        if own.visited == self.number {
            return;
        }
        own.visited = self.number;
        if own.people.seated > 0 && own.weight.weight(self.out) + base < self.best {
            (self.best, self.ending) = (own.weight.weight(self.out) + base, Ending::Drop(at));
        }
        let elsewhere = self.scan(arcs, state, site, base, (at, run));
        if !W::LIVE {
            state.holder_mut(at).elsewhere = elsewhere.at_least();
        }
    }

    /// Looks along a site's choices, cheapest first; `base` is the distance to the people before they choose.
    /// Returns what any choice but the run they come from costs at least, its price included.
    fn scan<W: Weight<P>>(
        &mut self,
        arcs: &[Arc],
        state: &mut State<'_, P, W>,
        site: u32,
        base: P,
        (holder, from): (u32, u32),
    ) -> P {
        let own = *state.site(site);
        let mut limit = self.best - base;
        let (floor, mut least_price, mut least) = (P::from(own.least_price), P::NEVER, P::NEVER);
        for &Arc { run, cost } in &arcs[own.start as usize..own.end as usize] {
            let dear = P::from(cost);
            if dear + floor >= limit {
                return least.min(dear + floor); // none of the dearer choices can be near enough
            }
            let price = state.price(run);
            least_price = least_price.min(price);
            let length = dear + price;
            if run == from && holder != NOBODY {
                continue;
            }
            least = least.min(length);
            if length >= limit {
                continue;
            }
            let number = self.number;
            let label = self.label_mut(run);
            let distance = base + length;
            if label.search == number && label.distance <= distance {
                continue;
            }
            *label = Label { distance, search: number, cost, holder, from };
            if state.free(run) > 0 {
                (self.best, self.ending) = (distance, Ending::Free(run));
                limit = length;
            } else {
                self.queue.push(Reverse((distance, run)));
            }
        }
        if !W::LIVE {
            state.site_mut(site).least_price = least_price.at_least();
        }
        least
    }

    /// The runs whose prices the last search raised from below `mark` to it or above.
    pub(in crate::allocation) fn crossing<W: Weight<P>>(
        &self,
        state: &State<'_, P, W>,
        mark: P,
    ) -> impl Iterator<Item = u32> {
        self.settled.iter().filter_map(move |&(run, distance)| {
            let price = state.price(run);
            (price >= mark && price - (self.best - distance) < mark).then_some(run)
        })
    }

    /// Raises the prices of the settled runs until the best ending costs no more than reaching them.
    fn raise<W: Weight<P>>(&self, state: &mut State<'_, P, W>) {
        for &(run, distance) in &self.settled {
            *state.price_mut(run) += self.best - distance;
        }
    }

    /// Moves as many people along the path as all of its steps allow, but no more than wait at its start.
    fn push<W: Weight<P>>(&self, state: &mut State<'_, P, W>, waiting: u32) -> Found {
        let (end, mut people) = match self.ending {
            Ending::Out => return Found::Out,
            Ending::Free(run) => (run, state.free(run)),
            Ending::Drop(holder) => {
                let Holder { site, run, people, .. } = *state.holder(holder);
                (run, people.min(state.site(site).people.seated))
            }
        };
        people = people.min(waiting);
        let mut run = end;
        loop {
            let Label { holder, from, .. } = *self.label(run);
            if holder == NOBODY {
                break;
            }
            people = people.min(state.holder(holder).people);
            run = from;
        }
        if let Ending::Drop(holder) = self.ending {
            let dropped = state.holder(holder).site;
            state.site_mut(dropped).people.drop(people);
            state.unseat(holder, people);
        }
        let mut run = end;
        loop {
            let Label { cost, holder, from, .. } = *self.label(run);
            if holder == NOBODY {
                if from != NOBODY {
                    state.seat(from, run, cost, people);
                    state.site_mut(from).people.seat(people);
                }
                return Found::Moved(people);
            }
            state.seat(state.holder(holder).site, run, cost, people);
            state.unseat(holder, people);
            run = from;
        }
    }
}
