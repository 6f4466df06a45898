//! Optimal assignment by standing, then cost: successive shortest paths with prices on places only.
//!
//! **Problem.** Places `p` with capacities `k(p)`; agents `a` with a standing `s(a)`, a count `n(a)` and costs `c(a, p)`
//! at the places they accept. Find whole numbers `x(a, p) >= 0` with `sum over p x(a, p) <= n(a)` and
//! `sum over a x(a, p) <= k(p)` such that the number seated of the best standing is largest, then of the next, and so
//! on; among those the cost `sum c x` is least.
//!
//! **Idea.** Leaving out a person of standing `s` costs a weight `W(s)`, each weight beyond everything behind it. Serve
//! the standings in order. Whoever is served takes the cheapest way to a seat: a free space, or the seat of somebody who
//! moves on to another of their choices, and so on until a free space, or until somebody of the same standing is left
//! out instead. A price on each place makes the cheapest way a nearest-first search (Dijkstra's) that looks only at the
//! neighbourhood; an agent's own price need not be kept, it is their least cost plus price.
//!
//! **Why it is right.** The prices keep the three rules of [`Certificate`](crate::market::Certificate) for everyone
//! served so far: raising each settled place by (way found) - (way to it) keeps them, and moving people along the way
//! found moves them only between choices that are equally dear. People of a better standing are never dropped: `W` of
//! theirs outweighs any way. When no way leads to a free space, the places in reach are full and lead nowhere: they close
//! at this standing. All their people's choices lie in the closed set, so no later standing can change it or enter it.
//!
//! **What makes it fast.** Measured; see the figures below.
//! - Equal choice lists are one *site*, identical places one *run* ([`merge`]): exact, in O(choices).
//! - A site's choices lie by cost, and it knows a lower bound of its prices, so that a look along them ends early; a
//!   person seated knows a bound of what any other choice costs, so that most are not looked at again. Prices only
//!   rise, so bounds stay bounds.
//! - Within a standing those who can be seated at little cost come first: passes with a rising limit, below which `W`
//!   stands in for the whole weight. Without it, a street filled early sends its people to the far end of the district
//!   until those who live there send them back (on 22,500 spaces with 32 stretches each: 58 times more choices looked
//!   at).
//! - After each pass a hunt without costs ([`hunt`]) finds who waits in vain; one search from all of them together
//!   closes what they reach, instead of one search each.
//!
//! **Cost.** A search looks at the choices of the people at the places it settles, 1.4 to 1.9 places on average in
//! districts of three standings. In the worst case each person's search settles every place: O(people x choices). Memory:
//! 8 bytes a merged choice, 24 a person seated apart, 36 a site, 60 a run.
//!
//! **Ties.** Everything follows from the numbers of places and agents, which the caller gives in the order of ids. Within
//! a site people are seated by standing, then number; identical places fill by number. Among allocations of equal cost
//! the one found is always the same, but not the first by any rule that could be stated shortly.
//!
//! **What it cannot do.** Costs of a pair are all it knows: no quotas, no couples who must sit together. A place that
//! holds very many people from different sites is looked at person by person. Where supply just meets demand across a
//! whole district, the last searches are long. With all standings strict this is always so, since whoever is ahead must
//! be seated: as fast as three standings with lists of 32 spaces, but 13 times slower with 32 stretches on 22,500 spaces
//! and 21 times on 112,500 (6.9 s).
//!
//! **Tried, and dropped.** Prices kept as high as they can be (the cost of the way from each run to a free space), by
//! repairing whatever rested on a support that was lost: it touches as many runs as the searches do (5.49 against 5.50
//! million on 112,500 spaces, all standings strict, 32 stretches) and takes 4 to 5 times as long. Lifting all prices now
//! and then halves the settled runs at best and costs more than it saves. With the winners given, LEMON's network simplex
//! takes 4.5 s on that market: the long chains of changing places are the problem's, not the method's.
//!
//! **Measured** in November 2026 on two shared, busy cores, CPU time of one thread, median, whole call including merging
//! and sorting, beside LEMON 1.3.1's `NetworkSimplex` (`GEQ`, leaving out as an arc) on the same merged market, its own
//! building not counted; equal objectives. Invented districts of `benches/support`, three standings, demand twice supply:
//!
//! | spaces / people | choices of a site | this | LEMON | ratio |
//! |---|---|---|---|---|
//! | 22,500 / 45,000 | about 3 stretches (32 spaces) | 12 ms | 23 ms | 1.9 |
//! | 22,500 / 45,000 | 32 stretches | 23 ms | 88 ms | 3.9 |
//! | 22,500 / 45,000 | all within 300 m | 32 ms | 150 ms | 4.7 |
//! | 22,500 / 45,000 | 32 spaces, own distances | 148 ms | 312 ms | 2.1 |
//! | 112,500 / 225,000 | about 3 stretches (32 spaces) | 165 ms | 432 ms | 2.6 |
//! | 112,500 / 225,000 | 32 stretches | 324 ms | 936 ms | 2.9 |
//! | 112,500 / 225,000 | all within 300 m | 352 ms | 1,217 ms | 3.5 |
//! | 112,500 / 225,000 | 32 spaces, own distances | 2.19 s | 2.95 s | 1.3 |
//! | 1,000,000 / 2,000,000 | about 3 stretches (32 spaces) | 3.1 s | not run | |
//! | 1,000,000 / 2,000,000 | 32 stretches | 3.3 s | not run | |
//!
//! **References.** H. W. Kuhn, The Hungarian method for the assignment problem (1955). J. Edmonds and D. R. Fulkerson,
//! Transversals and matroid partition (1965): the sets of people that can be seated together are the independent sets
//! of a matroid, so that serving in order also seats as many as can be. R. Jonker and A. Volgenant, A shortest augmenting
//! path algorithm for dense and sparse linear assignment problems (1987). R. K. Ahuja, T. L. Magnanti and J. B. Orlin,
//! Network Flows (1993), sections 9.7 and 12.4.

mod answer;
mod hunt;
mod merge;
mod network;
mod search;
mod state;

use crate::market::{Allocation, Market, PlacePrice};
use hunt::Hunt;
use network::{Group, Network};
use search::Search;
use state::{CLOSED, NEVER, OUT, State};

/// The optimal allocation of a market, with its certificate.
///
/// In this order of importance: as many people of the best standing are seated as can be, then of the next, and so on;
/// then the total cost is least; then ties fall by the numbers of places and agents.
///
/// ```
/// use shared_parking::allocation::optimal;
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let late = builder.agent(1, 1, [(kerb, 1)]);
/// let early = builder.agent(0, 1, [(kerb, 99)]);
/// let market = builder.build().unwrap();
/// let allocation = optimal(&market);
/// assert_eq!((allocation.seats_of(early).len(), allocation.seats_of(late).len()), (1, 0));
/// assert_eq!(allocation.certificate.unwrap().places[0].closed, Some(1)); // standing 1 found it full
/// ```
#[must_use]
pub fn optimal(market: &Market) -> Allocation {
    let network = Network::of(market, merge::merge(market));
    let mut solver = Solver::new(&network);
    for class in network.groups.chunk_by(|one, other| one.standing == other.standing) {
        solver.serve(class);
    }
    answer::answer(market, &network, &solver.state, &solver.seated, &solver.full_prices())
}

/// What is found while one standing after the other is served.
struct Solver<'n> {
    network: &'n Network,
    state: State,
    search: Search,
    hunt: Hunt,
    /// How much a search may cost before the people rather wait for the next pass, rising.
    limits: Vec<i64>,
    /// Runs closed by the standing being served.
    closed: Vec<u32>,
    /// The full prices of the closed runs.
    full: Vec<PlacePrice>,
    /// How many of each group have a seat.
    seated: Vec<u32>,
}

impl<'n> Solver<'n> {
    fn new(network: &'n Network) -> Self {
        let runs = network.runs.capacity.len();
        Self {
            network,
            state: State::new(network),
            search: Search::new(runs),
            hunt: Hunt::new(runs),
            limits: limits(network),
            closed: Vec::new(),
            full: vec![PlacePrice::default(); runs],
            seated: Vec::with_capacity(network.groups.len()),
        }
    }

    /// Serves all groups of one standing, and closes what is full and leads nowhere.
    fn serve(&mut self, class: &[Group]) {
        for group in class {
            self.state.sites[group.site as usize].waiting = group.count;
        }
        let spread = (0..STRIDE).flat_map(|first| class.iter().skip(first).step_by(STRIDE));
        let mut waiting: Vec<u32> = spread.map(|group| group.site).collect();
        if class.len() > 1 {
            self.serve_nearest_first(&mut waiting);
        }
        self.search.out = OUT;
        for &site in &waiting {
            self.search.serve(self.network, &mut self.state, site, &mut self.closed);
        }
        for group in class {
            let site = &mut self.state.sites[group.site as usize];
            self.seated.push(std::mem::take(&mut site.droppable));
            site.waiting = 0;
        }
        for run in self.closed.drain(..) {
            let price = &mut self.state.prices[run as usize];
            self.full[run as usize] = PlacePrice { closed: Some(class[0].standing), price: *price - OUT };
            *price = NEVER;
        }
    }

    /// Seats whom it costs little first. After each pass, those whom no free space can be found for are done with.
    fn serve_nearest_first(&mut self, waiting: &mut Vec<u32>) {
        for &limit in &self.limits {
            self.search.out = limit;
            for &site in &*waiting {
                self.search.serve(self.network, &mut self.state, site, &mut self.closed);
            }
            let dead = self.hunt.dead(self.network, &mut self.state, waiting);
            self.search.out = OUT;
            self.search.close(self.network, &mut self.state, &dead, &mut self.closed);
            if waiting.iter().all(|&site| self.state.sites[site as usize].waiting == 0) {
                return;
            }
        }
    }

    fn full_prices(&self) -> Vec<PlacePrice> {
        let mut full = self.full.clone();
        for (full, &price) in full.iter_mut().zip(&self.state.prices).filter(|(_, price)| **price < CLOSED) {
            full.price = price;
        }
        full
    }
}

/// Neighbours are not served one after the other: a street filled to the last would send its people far, only for
/// them to be sent back when those who live there are served.
const STRIDE: usize = 16;

/// From twice the average cost of the cheapest choice upwards.
fn limits(network: &Network) -> Vec<i64> {
    let (mut sum, mut many) = (0, 1);
    for site in network.starts.windows(2).filter(|ends| ends[0] < ends[1]) {
        sum += i64::from(network.arcs[site[0] as usize].cost);
        many += 1;
    }
    let unit = sum / many + 1;
    [2, 4, 8, 16, 32, 128, 512].map(|times| times * unit).to_vec()
}

/// Lengths inside a market fit 32 bits: its builder refuses more.
#[expect(clippy::cast_possible_truncation, reason = "the market's builder refuses what does not fit")]
const fn index(length: usize) -> u32 {
    length as u32
}
