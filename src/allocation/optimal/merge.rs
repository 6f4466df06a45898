//! Identical places become one run: the same people accept them at the same cost, so only their number matters.
//!
//! Invariant: which places are merged follows from the market exactly. Hashes only propose; every proposal is verified.

use crate::allocation::index;
use crate::market::{Market, Place};

/// No run: the place has no space or nobody accepts it.
pub(super) const NO_RUN: u32 = u32::MAX;

/// Runs of identical places, numbered in the order of their first places.
pub(super) struct Runs {
    /// The run of each place, or `NO_RUN`.
    pub(super) of_place: Vec<u32>,
    /// Spaces of each run.
    pub(super) capacity: Vec<u32>,
}

/// Merges the places of a market. O(choices + places log places).
pub(super) fn merge(market: &Market) -> Runs {
    let columns = Columns::of(market);
    let mut leader = columns.proposals(market);
    columns.reject(market, &mut leader);
    let mut runs = Runs { of_place: vec![NO_RUN; leader.len()], capacity: Vec::new() };
    for (place, &leader) in leader.iter().enumerate() {
        let spaces = market.capacity(Place::new(index(place)));
        if leader == NO_RUN {
        } else if leader as usize == place {
            runs.of_place[place] = index(runs.capacity.len());
            runs.capacity.push(spaces);
        } else {
            let run = runs.of_place[leader as usize];
            runs.of_place[place] = run;
            runs.capacity[run as usize] += spaces;
        }
    }
    runs
}

/// What each place looks like from the lists: a fingerprint of (list, cost) pairs and how many there are.
struct Columns {
    prints: Vec<u64>,
    degrees: Vec<u32>,
}

impl Columns {
    fn of(market: &Market) -> Self {
        let places = market.places().len();
        let (mut prints, mut degrees) = (vec![0_u64; places], vec![0; places]);
        for list in 0..market.list_count() {
            let salt = (list as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            for choice in market.list(list) {
                let mixed = (salt ^ u64::from(choice.cost)).wrapping_mul(0xd6e8_feb8_6659_fd93);
                let print = &mut prints[choice.place.index()];
                *print = print.wrapping_add(mixed ^ (mixed >> 29));
                degrees[choice.place.index()] += 1;
            }
        }
        Self { prints, degrees }
    }

    /// For each place the first one with its fingerprint.
    fn proposals(&self, market: &Market) -> Vec<u32> {
        let usable = |place: &Place| market.capacity(*place) > 0 && self.degrees[place.index()] > 0;
        let mut order: Vec<(u64, u32)> =
            market.places().filter(usable).map(|place| (self.prints[place.index()], place.number())).collect();
        order.sort_unstable();
        let mut leader = vec![NO_RUN; self.prints.len()];
        let mut first = (0, NO_RUN);
        for (print, place) in order {
            if first.1 == NO_RUN || first.0 != print || self.degrees[place as usize] != self.degrees[first.1 as usize] {
                first = (print, place);
            }
            leader[place as usize] = first.1;
        }
        leader
    }

    /// Makes every place its own leader that is not in each of its lists at its leader's cost. With equal degrees that
    /// is enough for equal columns.
    fn reject(&self, market: &Market, leader: &mut [u32]) {
        if leader.iter().enumerate().all(|(place, &leader)| leader == NO_RUN || leader as usize == place) {
            return;
        }
        let mut seen = vec![(usize::MAX, 0); leader.len()];
        for list in 0..market.list_count() {
            for choice in market.list(list) {
                let place = choice.place.index();
                seen[place] = (list, choice.cost);
                // A leader has a lower number than those it leads, so it was seen before.
                if leader[place] != NO_RUN && seen[leader[place] as usize] != (list, choice.cost) {
                    leader[place] = index(place);
                }
            }
        }
    }
}
