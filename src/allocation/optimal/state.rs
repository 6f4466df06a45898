//! Who sits where while people are served, and the prices.
//!
//! Invariant: between two searches the prices prove that everyone served so far is seated optimally.

use super::network::Network;

/// The price at which a person of the standing being served rather stays out, far above any sum of costs: a path has
/// at most 2^30 steps of at most 2^30 each, so a distance and the change of a price stay below 2^61.
pub(super) const OUT: i64 = (1 << 62) + (1 << 60);

/// At this price or above, a run is closed: open ones stay below, closed ones above.
pub(super) const CLOSED: i64 = (1 << 61) + (1 << 60);

/// The price of a run closed at a better standing: no search enters.
pub(super) const NEVER: i64 = (1 << 62) + (1 << 61) + (1 << 60);

/// Some people of a site at a run.
#[derive(Clone, Copy, Default)]
pub(super) struct Holder {
    pub(super) site: u32,
    /// The site's arc to the run.
    pub(super) arc: u32,
    pub(super) cost: u32,
    pub(super) people: u32,
    /// No other choice of the site costs less than this, its price included; prices only rise.
    pub(super) elsewhere: i64,
}

#[derive(Clone, Copy)]
pub(super) struct Run {
    /// Spaces nobody sits at.
    pub(super) free: u32,
    /// Its part of `State::holders`.
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Clone, Copy)]
pub(super) struct Site {
    /// Its part of the network's arcs.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The last search that came by.
    pub(super) visited: u32,
    /// People seated of the standing being served: they can still be dropped.
    pub(super) droppable: u32,
    /// People of that standing without a seat.
    pub(super) waiting: u32,
    /// No price of its runs is below this; prices only rise.
    pub(super) least_price: i64,
}

pub(super) struct State {
    /// Apart from the rest of a run: most looks are at prices only.
    pub(super) prices: Vec<i64>,
    pub(super) runs: Vec<Run>,
    pub(super) sites: Vec<Site>,
    pub(super) holders: Vec<Holder>,
}

impl State {
    pub(super) fn new(network: &Network) -> Self {
        let capacity = &network.runs.capacity;
        let mut degree = vec![0_u32; capacity.len()];
        network.arcs.iter().for_each(|arc| degree[arc.run as usize] += 1);
        let mut next = 0;
        let mut runs = Vec::with_capacity(capacity.len());
        for (&free, degree) in capacity.iter().zip(degree) {
            runs.push(Run { free, start: next, end: next });
            next += free.min(degree); // each holder has a space and an arc of its own
        }
        let site =
            |ends: &[u32]| Site { start: ends[0], end: ends[1], visited: 0, droppable: 0, waiting: 0, least_price: 0 };
        Self {
            prices: vec![0; capacity.len()],
            runs,
            sites: network.starts.windows(2).map(site).collect(),
            holders: vec![Holder::default(); next as usize],
        }
    }

    pub(super) fn holders(&self, run: usize) -> std::ops::Range<usize> {
        self.runs[run].start as usize..self.runs[run].end as usize
    }

    /// Seats people of a site at the run of one of its arcs.
    pub(super) fn seat(&mut self, run: usize, holder: Holder) {
        self.runs[run].free -= holder.people;
        let range = self.holders(run);
        match self.holders[range].iter_mut().find(|other| other.arc == holder.arc) {
            Some(same) => same.people += holder.people,
            None => {
                let end = &mut self.runs[run].end;
                self.holders[*end as usize] = holder;
                *end += 1;
            }
        }
    }

    /// Takes people of a holder from their seats at its run.
    pub(super) fn unseat(&mut self, run: usize, holder: usize, people: u32) {
        self.runs[run].free += people;
        self.holders[holder].people -= people;
        if self.holders[holder].people == 0 {
            let end = self.runs[run].end - 1;
            self.runs[run].end = end;
            self.holders[holder] = self.holders[end as usize];
        }
    }
}
