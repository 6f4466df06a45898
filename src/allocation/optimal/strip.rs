//! Strip by strip: what can be done for each part of the district without a look at the others.
//!
//! A strip is a part of the runs with the sites whose choices all lie in it. A search that meets people of a site across
//! strips changes nothing and is done again afterwards on the whole. So every step is one that could have been done on
//! the whole, only in another order, and any order leads to an optimal answer.
//!
//! Invariant: strips follow from the market alone and share nothing, so threads decide nothing.

use super::class::{Class, OUT};
use super::network::Network;
use super::parallel;
use crate::allocation::index;
use crate::allocation::paths::{Fill, Found, Rows, Search, Store};

/// Seats whoever it costs less than `out`; the sites that have to wait for the whole. `waiting` is in
/// the order of sites.
pub(super) fn pass(
    network: &Network,
    store: &mut Store<i64, Class>,
    whole: &mut Search<i64>,
    waiting: &[u32],
    out: i64,
) -> Vec<u32> {
    let mut parts = Vec::with_capacity(network.strips.len());
    let mut first = 0;
    let mut rest = waiting;
    for (state, &(_, sites)) in store.strips(&network.strips).into_iter().zip(&network.strips) {
        first += index(sites);
        let (own, later) = rest.split_at(rest.partition_point(|&site| site < first));
        rest = later;
        parts.push((state, own));
    }
    let before = whole.number();
    let done = parallel::each(parts, |(mut state, own)| {
        let mut search = Search::of_strip(before, state.runs(), out);
        let mut left = Vec::new();
        for &site in own {
            while state.site(site).people.waiting > 0 {
                match search.seat(&network.arcs, &mut state, site) {
                    Found::Moved(_) => {}
                    Found::Out => break,
                    Found::Beyond => {
                        left.push(site);
                        break;
                    }
                }
            }
        }
        (left, search.number())
    });
    let mut all = Vec::new();
    for (left, number) in done {
        all.extend(left);
        whole.skip_to(number);
    }
    all.extend_from_slice(rest);
    all
}

/// Gives the free spaces of each strip away, as far as nobody of another strip has to do with them.
pub(super) fn fill(network: &Network, store: &mut Store<i64, Class>, rows: &Rows) {
    parallel::each(store.strips(&network.strips), |mut state| {
        let mut fill = Fill::new(state.runs());
        for run in state.runs() {
            fill.fill_all(rows, &mut state, run, OUT);
        }
    });
}
