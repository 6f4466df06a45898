//! Who sits where, and the prices.
//!
//! Invariant: every holder is in the part of its run and, by links, in the list of its site; each pair has one holder.

use crate::allocation::index;
use std::ops::{Add, AddAssign, Range, Sub, SubAssign};

/// A price: a whole number wide enough for the weights that it is compared with.
pub(in crate::allocation) trait Price:
    Copy + Ord + Default + From<u32> + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// Above every price and weight.
    const NEVER: Self;
}

impl Price for i64 {
    const NEVER: Self = (1 << 62) + (1 << 61) + (1 << 60); // leaves room for sums
}

impl Price for i128 {
    const NEVER: Self = Self::MAX >> 1;
}

/// The people of a site, as far as a search must know them. `out` is what the search was told that staying out costs.
pub(in crate::allocation) trait People<P>: Copy {
    /// Whether the state changes again after it is solved: prices may fall, so that no bounds of them are kept, and
    /// every move is noted.
    const LIVE: bool;

    /// What leaving out one of those who are seated would cost at least; `NEVER` when nobody may be.
    fn drop_weight(&self, out: P) -> P;

    /// How many can be left out at that weight.
    fn droppable(&self) -> u32;

    /// What leaving out the best of those who wait costs; `None` when nobody waits.
    fn wait_weight(&self, out: P) -> Option<P>;

    /// How many wait at that weight.
    fn waiting(&self) -> u32;
}

/// No holder, no run.
pub(in crate::allocation) const NOBODY: u32 = u32::MAX;

/// Some people of a site at a run.
#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Holder<P> {
    pub(in crate::allocation) site: u32,
    pub(in crate::allocation) run: u32,
    pub(in crate::allocation) cost: u32,
    pub(in crate::allocation) people: u32,
    /// The next holder of the same site, or `NOBODY`.
    pub(super) next: u32,
    /// No other choice of the site costs less than this, its price included, while prices rise.
    pub(super) elsewhere: P,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Run {
    /// Spaces nobody sits at.
    pub(in crate::allocation) free: u32,
    /// Its part of the holders, and how much of it is in use.
    pub(in crate::allocation) start: u32,
    pub(in crate::allocation) room: u32,
    pub(in crate::allocation) held: u32,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Site<P, W> {
    /// Its part of the arcs, by cost.
    pub(in crate::allocation) start: u32,
    pub(in crate::allocation) end: u32,
    /// The last search that came by.
    pub(super) visited: u32,
    /// Its first holder, or `NOBODY`.
    pub(super) first: u32,
    pub(in crate::allocation) people: W,
    /// No price of its runs is below this, while prices rise.
    pub(super) least_price: P,
}

impl<P: Price, W> Site<P, W> {
    pub(in crate::allocation) fn new(start: u32, end: u32, people: W) -> Self {
        Self { start, end, visited: 0, first: NOBODY, people, least_price: P::default() }
    }
}

#[derive(Clone, Debug)]
pub(in crate::allocation) struct State<P, W> {
    /// Apart from the rest of a run: most looks are at prices only.
    pub(in crate::allocation) prices: Vec<P>,
    pub(in crate::allocation) runs: Vec<Run>,
    pub(in crate::allocation) sites: Vec<Site<P, W>>,
    pub(in crate::allocation) holders: Vec<Holder<P>>,
    /// What has changed, while `LIVE`.
    pub(in crate::allocation) steps: Vec<Step>,
}

/// People of a site take a run, or leave it.
#[derive(Clone, Copy, Debug)]
pub(in crate::allocation) struct Step {
    pub(in crate::allocation) site: u32,
    pub(in crate::allocation) run: u32,
    pub(in crate::allocation) people: u32,
    pub(in crate::allocation) takes: bool,
}

impl<P: Price, W: People<P>> State<P, W> {
    /// Nobody seated, everything free at price zero. `most` is how many sites could come to a run.
    pub(in crate::allocation) fn new(capacity: &[u32], most: impl Fn(u32) -> u32, sites: Vec<Site<P, W>>) -> Self {
        let mut start = 0;
        let mut runs = Vec::with_capacity(capacity.len());
        for (&free, run) in capacity.iter().zip(0..) {
            let room = free.min(most(run)); // each holder has a space and a site of its own
            runs.push(Run { free, start, room, held: 0 });
            start += room;
        }
        let none = Holder { site: 0, run: 0, cost: 0, people: 0, next: NOBODY, elsewhere: P::default() };
        Self {
            prices: vec![P::default(); capacity.len()],
            runs,
            sites,
            holders: vec![none; start as usize],
            steps: Vec::new(),
        }
    }

    pub(in crate::allocation) fn holders(&self, run: usize) -> Range<usize> {
        let Run { start, held, .. } = self.runs[run];
        start as usize..(start + held) as usize
    }

    /// Seats people of a site at one of its runs.
    pub(in crate::allocation) fn seat(&mut self, site: u32, run: u32, cost: u32, people: u32) {
        self.runs[run as usize].free -= people;
        if W::LIVE {
            self.steps.push(Step { site, run, people, takes: true });
        }
        let range = self.holders(run as usize);
        if let Some(same) = self.holders[range].iter_mut().find(|other| other.site == site) {
            same.people += people;
            return;
        }
        if self.runs[run as usize].held == self.runs[run as usize].room {
            self.move_to_larger_room(run);
        }
        let Run { start, held, .. } = self.runs[run as usize];
        let first = &mut self.sites[site as usize].first;
        let holder = Holder { site, run, cost, people, next: *first, elsewhere: P::default() };
        *first = start + held;
        self.holders[(start + held) as usize] = holder;
        self.runs[run as usize].held += 1;
    }

    /// Takes people of a holder from their seats.
    pub(in crate::allocation) fn unseat(&mut self, holder: u32, people: u32) {
        let Holder { site, run, people: had, next, .. } = self.holders[holder as usize];
        if W::LIVE {
            self.steps.push(Step { site, run, people, takes: false });
        }
        let run = &mut self.runs[run as usize];
        run.free += people;
        if had > people {
            self.holders[holder as usize].people -= people;
            return;
        }
        run.held -= 1;
        let last = run.start + run.held;
        self.relink(holder, next);
        if last != holder {
            self.relink(last, holder);
            self.holders[holder as usize] = self.holders[last as usize];
        }
    }

    /// Makes the link to a holder lead elsewhere.
    fn relink(&mut self, holder: u32, to: u32) {
        let site = self.holders[holder as usize].site as usize;
        let first = &mut self.sites[site].first;
        if *first == holder {
            *first = to;
            return;
        }
        let mut before = *first as usize;
        while self.holders[before].next != holder {
            before = self.holders[before].next as usize;
        }
        self.holders[before].next = to;
    }

    /// Twice the room, at the end of all holders.
    fn move_to_larger_room(&mut self, run: u32) {
        let Run { start, room, held, .. } = self.runs[run as usize];
        let moved = index(self.holders.len());
        for at in 0..held {
            self.relink(start + at, moved + at);
            self.holders.push(self.holders[(start + at) as usize]);
        }
        let none = Holder { site: 0, run, cost: 0, people: 0, next: NOBODY, elsewhere: P::default() };
        let room = (2 * room).max(4);
        self.holders.resize((moved + room) as usize, none);
        (self.runs[run as usize].start, self.runs[run as usize].room) = (moved, room);
    }

    /// The holders of a site.
    pub(in crate::allocation) fn seats(&self, site: u32) -> impl Iterator<Item = (u32, &Holder<P>)> {
        let mut at = self.sites[site as usize].first;
        std::iter::from_fn(move || {
            let holder = self.holders.get(at as usize)?;
            Some((std::mem::replace(&mut at, holder.next), holder))
        })
    }

    /// A site without people becomes another one.
    pub(in crate::allocation) fn take_place_of_gone(&mut self, number: u32, site: Site<P, W>) {
        let visited = self.sites[number as usize].visited;
        self.sites[number as usize] = Site { visited, ..site };
    }

    /// Prices have fallen: what was known of them is known no more.
    pub(in crate::allocation) fn forget_bounds(&mut self) {
        self.holders.iter_mut().for_each(|holder| holder.elsewhere = P::default());
        self.sites.iter_mut().for_each(|site| site.least_price = P::default());
    }
}
