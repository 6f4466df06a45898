//! Who gains most by a free space: one search against the direction of moves, from the space to a person left out.
//!
//! Invariant: every other free space counts as taken until its own turn; its price may be above zero till then.

use super::rows::{Entry, Rows};
use super::search::Found;
use super::state::{NOBODY, Price, State, Weight};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// How a search ends.
#[derive(Clone, Copy, Debug)]
enum Ending {
    /// This run has a space to spare once its price is zero.
    Spare(u32),
    /// A person of this site who waits takes this run, at this cost.
    Take(u32, u32, u32),
}

/// How much is lost at least when somebody leaves a run, and who, for which run, at which cost.
#[derive(Clone, Copy, Debug)]
struct Label<P> {
    distance: P,
    search: u32,
    holder: u32,
    to: u32,
    cost: u32,
}

/// The working memory of all fills.
#[derive(Clone, Debug)]
pub(in crate::allocation) struct Fill<P> {
    labels: Vec<Label<P>>,
    queue: BinaryHeap<Reverse<(P, u32)>>,
    settled: Vec<(u32, P)>,
    number: u32,
    best: P,
    ending: Ending,
    /// The run of the first label.
    first_run: u32,
    beyond: bool,
}

impl<P: Price> Fill<P> {
    /// For a state with these runs.
    pub(in crate::allocation) fn new(runs: Range<u32>) -> Self {
        let label = Label { distance: P::default(), search: 0, holder: NOBODY, to: NOBODY, cost: 0 };
        Self {
            labels: vec![label; runs.len()],
            queue: BinaryHeap::new(),
            settled: Vec::new(),
            number: 0,
            best: P::default(),
            ending: Ending::Spare(0),
            first_run: runs.start,
            beyond: false,
        }
    }

    /// Gives the free spaces of a run to those who gain most, until nobody does.
    pub(in crate::allocation) fn fill_all<W: Weight<P>>(
        &mut self,
        rows: &Rows,
        state: &mut State<'_, P, W>,
        run: u32,
        out: P,
    ) {
        while state.free(run) > 0 && state.price(run) > P::default() {
            if !matches!(self.fill(rows, state, run, out), Found::Moved(_)) {
                return;
            }
        }
    }

    /// Gives free spaces of a run to whoever gains most; `Out` when nobody gains, and its price has fallen to zero.
    /// `out` is what staying out costs.
    fn fill<W: Weight<P>>(&mut self, rows: &Rows, state: &mut State<'_, P, W>, hole: u32, out: P) -> Found {
        self.begin(state.price(hole), hole);
        while let Some(Reverse((distance, run))) = self.queue.pop() {
            if distance >= self.best || self.beyond {
                break;
            }
            if self.label(run).distance == distance {
                self.settled.push((run, distance));
                self.look(rows, state, run, out);
            }
        }
        if self.beyond {
            return Found::Beyond;
        }
        for &(run, distance) in &self.settled {
            *state.price_mut(run) -= self.best - distance;
        }
        self.push(state, hole)
    }

    fn begin(&mut self, price: P, hole: u32) {
        if self.number == u32::MAX {
            self.labels.iter_mut().for_each(|label| label.search = 0);
            self.number = 0;
        }
        self.number += 1;
        (self.best, self.ending) = (price, Ending::Spare(hole));
        self.beyond = false;
        self.settled.clear();
        self.queue.clear();
        let search = self.number;
        *self.label_mut(hole) = Label { distance: P::default(), search, holder: NOBODY, to: NOBODY, cost: 0 };
        self.queue.push(Reverse((P::default(), hole)));
    }

    fn label(&self, run: u32) -> &Label<P> {
        &self.labels[(run - self.first_run) as usize]
    }

    fn label_mut(&mut self, run: u32) -> &mut Label<P> {
        &mut self.labels[(run - self.first_run) as usize]
    }

    /// Looks who would come to a run.
    fn look<W: Weight<P>>(&mut self, rows: &Rows, state: &State<'_, P, W>, run: u32, out: P) {
        let here = self.label(run).distance + state.price(run);
        for &entry in rows.of_run(run) {
            self.consider(state, run, here, entry, out);
        }
    }

    #[inline]
    fn consider<W: Weight<P>>(&mut self, state: &State<'_, P, W>, run: u32, here: P, entry: Entry, out: P) {
        let Entry { site, cost } = entry;
        let base = here + P::from(cost);
        if !state.has(site) {
            self.beyond = true;
            return;
        }
        let own = state.site(site);
        if own.people.waiting > 0 && base - own.weight.weight(out) < self.best {
            (self.best, self.ending) = (base - own.weight.weight(out), Ending::Take(site, run, cost));
        }
        let Some((_, first)) = state.seats(site).next() else { return };
        // All seats of a site are equally dear, so one tells for all whether they are worth a look.
        let distance = base - P::from(first.cost) - state.price(first.run);
        if distance >= self.best {
            return;
        }
        for (at, holder) in state.seats(site).filter(|(_, holder)| holder.run != run) {
            let number = self.number;
            let label = self.label_mut(holder.run);
            if label.search == number && label.distance <= distance {
                continue;
            }
            *label = Label { distance, search: number, holder: at, to: run, cost };
            self.queue.push(Reverse((distance, holder.run)));
            let spare = base - P::from(holder.cost); // the distance, and the price that then falls to zero
            if spare < self.best {
                (self.best, self.ending) = (spare, Ending::Spare(holder.run));
            }
        }
    }

    /// Moves as many people along the path as all of its steps allow.
    fn push<W: Weight<P>>(&self, state: &mut State<'_, P, W>, hole: u32) -> Found {
        let (end, mut people) = match self.ending {
            Ending::Spare(run) if run == hole => return Found::Out,
            Ending::Spare(run) => (run, u32::MAX),
            Ending::Take(site, run, _) => (run, state.site(site).people.waiting),
        };
        people = people.min(state.free(hole));
        let mut run = end;
        while run != hole {
            let Label { holder, to, .. } = *self.label(run);
            people = people.min(state.holder(holder).people);
            run = to;
        }
        let mut coming = match self.ending {
            Ending::Spare(_) => None,
            Ending::Take(site, _, cost) => Some((site, cost)),
        };
        if let Some((site, _)) = coming {
            state.site_mut(site).people.seat(people);
        }
        let mut run = end;
        loop {
            let Label { holder, to, cost, .. } = *self.label(run);
            let leaving = (run != hole).then(|| (state.holder(holder).site, cost));
            if leaving.is_some() {
                state.unseat(holder, people);
            }
            if let Some((site, cost)) = coming {
                state.seat(site, run, cost, people);
            }
            if leaving.is_none() {
                return Found::Moved(people);
            }
            (coming, run) = (leaving, to);
        }
    }
}
