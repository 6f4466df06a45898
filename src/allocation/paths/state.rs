//! Who sits where, and the prices: kept in a [`Store`], changed through a [`State`], which sees all of it or one strip.
//!
//! Invariant: every holder with people is in the part of its run and, by links, in the list of its site; each pair of
//! site and run has one at most.

use crate::allocation::index;
use std::ops::{Add, AddAssign, Range, Sub, SubAssign};

/// A price: a whole number wide enough for the weights that it is compared with.
pub(in crate::allocation) trait Price:
    Copy + Ord + Default + From<u32> + TryInto<u32> + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// Above every price and weight, with room for sums.
    const NEVER: Self;

    /// A lower bound of it in few bytes.
    fn at_least(self) -> u32 {
        self.max(Self::default()).try_into().unwrap_or(u32::MAX)
    }
}

impl Price for i64 {
    const NEVER: Self = (1 << 62) + (1 << 61) + (1 << 60);
}

impl Price for i128 {
    const NEVER: Self = Self::MAX >> 1;
}

/// What leaving out a person of a site weighs. `out` is what the search was told that staying out costs.
pub(in crate::allocation) trait Weight<P>: Copy {
    /// Whether the state changes again after it is solved: prices may fall, so that no bounds of them are kept, and
    /// every move is noted.
    const LIVE: bool;

    fn weight(&self, out: P) -> P;
}

/// The people of a site that searches may seat and leave out.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::allocation) struct People {
    pub(in crate::allocation) seated: u32,
    pub(in crate::allocation) waiting: u32,
}

impl People {
    pub(in crate::allocation) fn seat(&mut self, people: u32) {
        self.seated += people;
        self.waiting -= people;
    }

    pub(in crate::allocation) fn drop(&mut self, people: u32) {
        self.seated -= people;
        self.waiting += people;
    }
}

/// No holder, no run.
pub(in crate::allocation) const NOBODY: u32 = u32::MAX;

/// Some people of a site at a run; without people, it is free for others.
#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Holder {
    pub(in crate::allocation) site: u32,
    pub(in crate::allocation) run: u32,
    pub(in crate::allocation) cost: u32,
    pub(in crate::allocation) people: u32,
    /// The next holder of the same site, or `NOBODY`.
    next: u32,
    /// No other choice of the site costs less than this, its price included, while prices rise.
    pub(super) elsewhere: u32,
}

impl Holder {
    fn none() -> Self {
        Self { site: NOBODY, run: NOBODY, cost: 0, people: 0, next: NOBODY, elsewhere: 0 }
    }
}

#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Run {
    /// Spaces nobody sits at.
    pub(in crate::allocation) free: u32,
    /// Its part of the holders, and how much of it has been in use.
    start: u32,
    room: u32,
    held: u32,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Site<W> {
    /// Its part of the arcs, by cost.
    pub(in crate::allocation) start: u32,
    pub(in crate::allocation) end: u32,
    /// The last search that came by.
    pub(super) visited: u32,
    /// Its first holder, or `NOBODY`.
    first: u32,
    pub(in crate::allocation) people: People,
    pub(in crate::allocation) weight: W,
    /// No price of its runs is below this, while prices rise.
    pub(super) least_price: u32,
}

impl<W> Site<W> {
    pub(in crate::allocation) fn new(start: u32, end: u32, people: People, weight: W) -> Self {
        Self { start, end, visited: 0, first: NOBODY, people, weight, least_price: 0 }
    }
}

/// People of a site take a run, or leave it.
#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Step {
    pub(in crate::allocation) site: u32,
    pub(in crate::allocation) run: u32,
    pub(in crate::allocation) people: u32,
    pub(in crate::allocation) takes: bool,
}

#[derive(Clone, Debug)]
pub(in crate::allocation) struct Store<P, W> {
    /// Apart from the rest of a run: most looks are at prices only.
    pub(in crate::allocation) prices: Vec<P>,
    pub(in crate::allocation) runs: Vec<Run>,
    pub(in crate::allocation) sites: Vec<Site<W>>,
    pub(in crate::allocation) holders: Vec<Holder>,
    /// What has changed, while `LIVE`.
    pub(in crate::allocation) steps: Vec<Step>,
}

impl<P: Price, W: Weight<P>> Store<P, W> {
    /// Nobody seated, everything free at price zero. `most` is how many sites could come to a run.
    pub(in crate::allocation) fn new(capacity: &[u32], most: impl Fn(u32) -> u32, sites: Vec<Site<W>>) -> Self {
        let mut start = 0;
        let mut runs = Vec::with_capacity(capacity.len());
        for (&free, run) in capacity.iter().zip(0..) {
            let room = free.min(most(run)); // each holder has a space and a site of its own
            runs.push(Run { free, start, room, held: 0 });
            start += room;
        }
        let holders = vec![Holder::none(); start as usize];
        Self { prices: vec![P::default(); capacity.len()], runs, sites, holders, steps: Vec::new() }
    }

    /// All of it.
    pub(in crate::allocation) fn whole(&mut self) -> State<'_, P, W> {
        let Self { prices, runs, sites, holders, steps } = self;
        State { first_run: 0, first_site: 0, first_holder: 0, prices, runs, sites, holders, steps: Some(steps) }
    }

    /// Strips of it that share nothing: so many runs and sites each, from the first ones. Only while every run has the
    /// room it was made with, and not while `LIVE`.
    pub(in crate::allocation) fn strips(&mut self, sizes: &[(usize, usize)]) -> Vec<State<'_, P, W>> {
        let (mut first_run, mut first_site, mut first_holder) = (0, 0, 0);
        let Self { prices, runs, sites, holders, .. } = self;
        let mut rest = (&mut prices[..], &mut runs[..], &mut sites[..], &mut holders[..]);
        let mut strips = Vec::with_capacity(sizes.len());
        for &(many_runs, many_sites) in sizes {
            let (prices, later_prices) = rest.0.split_at_mut(many_runs);
            let (runs, later_runs) = rest.1.split_at_mut(many_runs);
            let (sites, later_sites) = rest.2.split_at_mut(many_sites);
            let many_holders = runs.iter().map(|run| run.room as usize).sum();
            let (holders, later_holders) = rest.3.split_at_mut(many_holders);
            rest = (later_prices, later_runs, later_sites, later_holders);
            strips.push(State { first_run, first_site, first_holder, prices, runs, sites, holders, steps: None });
            first_run += index(many_runs);
            first_site += index(many_sites);
            first_holder += index(many_holders);
        }
        strips
    }

    /// The holders of a run.
    pub(in crate::allocation) fn held(&self, run: u32) -> impl Iterator<Item = &Holder> {
        let Run { start, held, .. } = self.runs[run as usize];
        self.holders[start as usize..(start + held) as usize].iter().filter(|holder| holder.people > 0)
    }

    /// The holders of a site, with their numbers.
    pub(in crate::allocation) fn seats(&self, site: u32) -> impl Iterator<Item = (u32, &Holder)> {
        let mut at = self.sites[site as usize].first;
        std::iter::from_fn(move || {
            let holder = self.holders.get(at as usize)?;
            Some((std::mem::replace(&mut at, holder.next), holder))
        })
    }

    /// Gives a run room for as many holders as it can have: `most` sites could come to it.
    pub(in crate::allocation) fn make_room(&mut self, run: u32, capacity: u32, most: u32) {
        let Run { start, room, held, .. } = self.runs[run as usize];
        if room >= capacity.min(most) {
            return;
        }
        let moved = index(self.holders.len());
        for at in 0..held {
            let holder = self.holders[(start + at) as usize];
            if holder.people > 0 {
                self.whole().relink(start + at, moved + at);
            }
            self.holders.push(holder);
            self.holders[(start + at) as usize] = Holder::none();
        }
        let room = (2 * room).max(capacity.min(most));
        self.holders.resize((moved + room) as usize, Holder::none());
        (self.runs[run as usize].start, self.runs[run as usize].room) = (moved, room);
    }

    /// A site without people becomes another one.
    pub(in crate::allocation) fn take_place_of_gone(&mut self, number: u32, site: Site<W>) {
        let visited = self.sites[number as usize].visited;
        self.sites[number as usize] = Site { visited, ..site };
    }
}

/// A store, or one strip of it: runs, sites and holders with numbers from a first one on.
pub(in crate::allocation) struct State<'s, P, W> {
    first_run: u32,
    first_site: u32,
    first_holder: u32,
    prices: &'s mut [P],
    runs: &'s mut [Run],
    sites: &'s mut [Site<W>],
    holders: &'s mut [Holder],
    steps: Option<&'s mut Vec<Step>>,
}

impl<P: Price, W: Weight<P>> State<'_, P, W> {
    pub(in crate::allocation) fn price(&self, run: u32) -> P {
        self.prices[(run - self.first_run) as usize]
    }

    pub(in crate::allocation) fn price_mut(&mut self, run: u32) -> &mut P {
        &mut self.prices[(run - self.first_run) as usize]
    }

    pub(in crate::allocation) fn free(&self, run: u32) -> u32 {
        self.runs[(run - self.first_run) as usize].free
    }

    /// Whether a site belongs to this strip.
    pub(super) fn has(&self, site: u32) -> bool {
        (site.wrapping_sub(self.first_site) as usize) < self.sites.len()
    }

    pub(in crate::allocation) fn site(&self, site: u32) -> &Site<W> {
        &self.sites[(site - self.first_site) as usize]
    }

    pub(in crate::allocation) fn site_mut(&mut self, site: u32) -> &mut Site<W> {
        &mut self.sites[(site - self.first_site) as usize]
    }

    pub(in crate::allocation) fn holder(&self, holder: u32) -> &Holder {
        &self.holders[(holder - self.first_holder) as usize]
    }

    pub(super) fn holder_mut(&mut self, holder: u32) -> &mut Holder {
        &mut self.holders[(holder - self.first_holder) as usize]
    }

    /// The numbers of the holders of a run; some may be without people.
    pub(super) fn held(&self, run: u32) -> Range<u32> {
        let Run { start, held, .. } = self.runs[(run - self.first_run) as usize];
        start..start + held
    }

    /// The holders of a site of this strip, with their numbers.
    pub(super) fn seats(&self, site: u32) -> impl Iterator<Item = (u32, &Holder)> {
        let mut at = self.site(site).first;
        std::iter::from_fn(move || {
            let holder = self.holders.get(at.wrapping_sub(self.first_holder) as usize)?;
            Some((std::mem::replace(&mut at, holder.next), holder))
        })
    }

    pub(in crate::allocation) fn runs(&self) -> Range<u32> {
        self.first_run..self.first_run + index(self.runs.len())
    }

    /// Seats people of a site at one of its runs.
    pub(in crate::allocation) fn seat(&mut self, site: u32, run: u32, cost: u32, people: u32) {
        if let Some(steps) = &mut self.steps
            && W::LIVE
        {
            steps.push(Step { site, run, people, takes: true });
        }
        let own = &mut self.runs[(run - self.first_run) as usize];
        own.free -= people;
        let range = (own.start - self.first_holder) as usize..(own.start + own.held - self.first_holder) as usize;
        let mut gap = None;
        for (at, other) in (own.start..).zip(&mut self.holders[range]) {
            if other.people == 0 {
                gap = gap.or(Some(at));
            } else if other.site == site {
                other.people += people;
                return;
            }
        }
        let at = gap.unwrap_or_else(|| {
            own.held += 1;
            own.start + own.held - 1
        });
        let first = &mut self.sites[(site - self.first_site) as usize].first;
        let next = std::mem::replace(first, at);
        *self.holder_mut(at) = Holder { site, run, cost, people, next, elsewhere: 0 };
    }

    /// Takes people of a holder from their seats.
    pub(in crate::allocation) fn unseat(&mut self, holder: u32, people: u32) {
        let Holder { site, run, people: had, next, .. } = *self.holder(holder);
        if let Some(steps) = &mut self.steps
            && W::LIVE
        {
            steps.push(Step { site, run, people, takes: false });
        }
        self.runs[(run - self.first_run) as usize].free += people;
        self.holder_mut(holder).people -= people;
        if had == people {
            self.relink(holder, next);
            self.close_gap(holder, run);
        }
    }

    /// Moves the last holder of a run to where nobody is left, unless its site lies beyond the strip.
    fn close_gap(&mut self, gap: u32, run: u32) {
        let own = self.runs[(run - self.first_run) as usize];
        let last = own.start + own.held - 1;
        if last != gap {
            let moved = *self.holder(last);
            if moved.people == 0 || !self.has(moved.site) {
                return;
            }
            self.relink(last, gap);
            *self.holder_mut(gap) = moved;
            self.holder_mut(last).people = 0;
        }
        self.runs[(run - self.first_run) as usize].held -= 1;
    }

    /// Makes the link to a holder lead elsewhere.
    fn relink(&mut self, holder: u32, to: u32) {
        let site = self.holder(holder).site;
        let first = &mut self.site_mut(site).first;
        if *first == holder {
            *first = to;
            return;
        }
        let mut before = *first;
        while self.holder(before).next != holder {
            before = self.holder(before).next;
        }
        self.holder_mut(before).next = to;
    }

    /// Before marks could return, all are cleared.
    pub(super) fn clear_marks(&mut self) {
        self.sites.iter_mut().for_each(|site| site.visited = 0);
    }

    /// Raises all prices below a mark.
    pub(in crate::allocation) fn lift(&mut self, mark: P, by: P) {
        self.prices.iter_mut().filter(|price| **price < mark).for_each(|price| *price += by);
    }

    /// Prices have fallen: what was known of them is known no more.
    pub(in crate::allocation) fn forget_bounds(&mut self) {
        self.holders.iter_mut().for_each(|holder| holder.elsewhere = 0);
        self.sites.iter_mut().for_each(|site| site.least_price = 0);
    }
}
