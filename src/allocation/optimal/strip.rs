//! Strip by strip: what can be done for each part of the district without a look at the others.
//!
//! A strip is a part of the runs with the sites whose choices all lie in it. A search that meets people of a site across
//! strips changes nothing and is done again afterwards on the whole. So every step is one that could have been done on
//! the whole, only in another order, and any order leads to an optimal answer.
//!
//! Invariant: strips follow from the market alone and share nothing, so threads decide nothing.

use super::class::{self, Class, OUT};
use super::network::Network;
use super::parallel;
use crate::allocation::index;
use crate::allocation::paths::{Fill, Found, Rows, Search, State, Store};
use std::ops::Range;

/// The runs of each strip.
pub(super) fn ranges(network: &Network) -> Vec<Range<u32>> {
    let mut first = 0;
    let runs = network.strips.iter().map(|&(runs, _)| {
        first += index(runs);
        first - index(runs)..first
    });
    runs.collect()
}

/// Seats whoever it costs less than `out`; the sites that have to wait for the whole. `waiting` is in
/// the order of sites.
pub(super) fn pass(
    network: &Network,
    store: &mut Store<i64, Class>,
    searches: &mut [Search<i64>],
    waiting: &[u32],
    out: i64,
) -> Vec<u32> {
    let mut parts = Vec::with_capacity(searches.len());
    let mut first = 0;
    let mut rest = waiting;
    for ((state, search), &(_, sites)) in store.strips(&network.strips).into_iter().zip(searches).zip(&network.strips) {
        first += index(sites);
        let (own, later) = rest.split_at(rest.partition_point(|&site| site < first));
        rest = later;
        parts.push((state, search, own));
    }
    let mut left: Vec<u32> = parallel::each(parts, |(mut state, search, own)| {
        search.out = out;
        let mut left = Vec::new();
        for &site in own {
            while state.site(site).people.waiting > 0 {
                match search.seat(&network.arcs, &mut state, site) {
                    Found::Moved(moved) => class::count(&mut state, moved),
                    Found::Out => break,
                    Found::Beyond => {
                        left.push(site);
                        break;
                    }
                }
            }
        }
        left
    })
    .concat();
    left.extend_from_slice(rest);
    left
}

/// Gives the free spaces of each strip away, as far as nobody of another strip has to do with them.
pub(super) fn fill(network: &Network, store: &mut Store<i64, Class>, rows: &Rows, fills: &mut [Fill<i64>]) {
    let parts = store.strips(&network.strips).into_iter().zip(fills).collect();
    parallel::each(parts, |(mut state, fill)| {
        for run in state.runs() {
            fill_run(rows, fill, &mut state, run);
        }
    });
}

/// Gives the free spaces of a run to those who gain most, until nobody does.
pub(super) fn fill_run(rows: &Rows, fill: &mut Fill<i64>, state: &mut State<'_, i64, Class>, run: u32) {
    while state.free(run) > 0 && state.price(run) > 0 {
        let Found::Moved(moved) = fill.fill(rows, state, run, OUT) else { return };
        class::count(state, moved);
    }
}
