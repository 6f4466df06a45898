//! Who can still be seated: a hunt for a free space, without regard to cost.
//!
//! Invariant: what a hunt without success has reached is a closed set. Whoever sits in it has no choice outside it, so
//! nothing that happens elsewhere can open it.

use super::class::{CLOSED, Class, NEVER};
use super::network::Network;
use crate::allocation::paths::Store;

/// The working memory of the hunts.
pub(super) struct Hunt {
    marks: Vec<Mark>,
    /// The hunt, counted from 1; a round of hunts.
    number: u32,
    round: u32,
    reached: Vec<u32>,
    /// Runs of closed sets found in this round, with their prices.
    aside: Vec<(u32, i64)>,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    /// The last hunt that came by, and the run it came from.
    hunt: u32,
    from: u32,
    /// The last round in which the run was known to lead to a free space.
    live: u32,
}

/// Came from the site that is hunting.
const START: u32 = u32::MAX;

impl Hunt {
    pub(super) fn new(runs: usize) -> Self {
        Self { marks: vec![Mark::default(); runs], number: 0, round: 0, reached: Vec::new(), aside: Vec::new() }
    }

    /// Takes from `waiting` the sites that wait in vain: no free space can be reached from them.
    ///
    /// Each run of a closed set is looked at once in a round: it counts as closed for the hunts that follow.
    pub(super) fn dead(
        &mut self,
        network: &Network,
        store: &mut Store<i64, Class>,
        waiting: &mut Vec<u32>,
    ) -> Vec<u32> {
        let mut dead = Vec::new();
        self.next_round();
        waiting.retain(|&site| {
            // Sites that do not wait may have to later, when they give up a seat.
            if store.sites[site as usize].people.waiting == 0 || self.leads_out(network, store, site) {
                return true;
            }
            dead.push(site);
            for &run in &self.reached {
                self.aside.push((run, std::mem::replace(&mut store.prices[run as usize], NEVER)));
            }
            false
        });
        for (run, price) in self.aside.drain(..) {
            store.prices[run as usize] = price;
        }
        dead
    }

    /// Breadth-first, so that a free space nearby is found soon.
    fn leads_out(&mut self, network: &Network, store: &Store<i64, Class>, site: u32) -> bool {
        self.next();
        self.reached.clear();
        if self.look(network, store, site, START) {
            return true;
        }
        let mut next = 0;
        while let Some(&run) = self.reached.get(next) {
            next += 1;
            for holder in store.held(run) {
                if self.look(network, store, holder.site, run) {
                    return true;
                }
            }
        }
        false
    }

    /// Notes the runs of a site not seen before; true when one of them leads to a free space.
    fn look(&mut self, network: &Network, store: &Store<i64, Class>, site: u32, from: u32) -> bool {
        for arc in network.arcs_of(site) {
            let run = arc.run as usize;
            if self.marks[run].hunt == self.number || store.prices[run] >= CLOSED {
                continue;
            }
            if store.runs[run].free > 0 || self.marks[run].live == self.round {
                self.mark_way(from);
                return true;
            }
            self.marks[run] = Mark { hunt: self.number, from, ..self.marks[run] };
            self.reached.push(arc.run);
        }
        false
    }

    /// All runs on the way here lead to a free space too.
    fn mark_way(&mut self, mut run: u32) {
        while run != START && self.marks[run as usize].live != self.round {
            self.marks[run as usize].live = self.round;
            run = self.marks[run as usize].from;
        }
    }

    /// A new round; before one could return, all marks are cleared.
    fn next_round(&mut self) {
        if self.round == u32::MAX {
            self.marks.iter_mut().for_each(|mark| mark.live = 0);
            self.round = 0;
        }
        self.round += 1;
    }

    /// A new hunt; before one could return, all marks are cleared.
    fn next(&mut self) {
        if self.number == u32::MAX {
            self.marks.iter_mut().for_each(|mark| mark.hunt = 0);
            self.number = 0;
        }
        self.number += 1;
    }
}
