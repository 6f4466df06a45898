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
//! **From the spaces.** Once few spaces are left and many people wait, it is less work to ask for each space who should
//! have it. Let everyone who waits have been offered all that costs less than a limit `l`. Take away the spaces that are
//! free. What is left is full, so no answer seats more people in it, and among those that seat as many the present one
//! is cheapest; all its prices may be raised by one number, and raised by `W - l` they keep the rules for `W` itself. Now
//! the spaces come back one by one, each at the price of its place. Its search goes against the moves (`paths::Fill`): who
//! would come, who would take their seats, until somebody who waits, or until a price would fall to zero, where a space
//! is left over. Prices fall by (way found) - (way to it). Places that keep a price near `W` are closed: no way leads from
//! them to a space that is left over.
//!
//! **What makes it fast.** Measured; see the figures below.
//! - Equal choice lists are one *site*, identical places one *run* (`merge`): exact, in O(choices).
//! - Searches start from the scarcer side. Of 112,500 spaces for 225,000 people in three standings, the last 8,000 take
//!   6,000 searches and 18,000 settled runs from the spaces, 75,000 searches and 340,000 runs from the people.
//! - A site's choices lie by cost, and it knows a lower bound of its prices, so that a look along them ends early; a
//!   person seated knows a bound of what any other choice costs, so that most are not looked at again. Both hold while
//!   prices rise, and are forgotten when prices fall.
//! - Within a standing those who can be seated at little cost come first: passes with a rising limit, below which `W`
//!   stands in for the whole weight. Without it, a street filled early sends its people to the far end of the district
//!   until those who live there send them back (on 22,500 spaces with 32 stretches each: 58 times more choices looked
//!   at).
//! - While searches start from people, a hunt without costs (`hunt`) after each pass finds who waits in vain; one search
//!   from all of them together closes what they reach, instead of one search each.
//! - Sites lie in memory along their nearest runs, and are served in that order. Serving them spread out instead saves a
//!   third of the settled runs and takes 2 times as long at 1,000,000 spaces.
//! - Large districts are cut into strips of runs that are worked on alone, then what crosses them (`strip`): by the same
//!   strips with one thread or many. Strips are by the numbers of places, so number these along the streets.
//!
//! **Cost.** A search looks at the choices of the people at the places it settles, fewer than one place on average in
//! districts of three standings. In the worst case each person's search settles every place: O(people x choices). Memory
//! at the most: 68 bytes a merged choice where a list has three of them, 19 where it has 60, the answer included.
//!
//! **Ties.** Everything follows from the numbers of places and agents, which the caller gives in the order of ids. Within
//! a site people are seated by standing, then number; identical places fill by number. Among allocations of equal cost
//! the one found is always the same, but not the first by any rule that could be stated shortly.
//!
//! **What it cannot do.** Costs of a pair are all it knows: no quotas, no couples who must sit together. A place that
//! holds very many people from different sites is looked at person by person. Where supply just meets demand across a
//! whole district, the last searches are long. With all standings strict this is always so, since whoever is ahead must
//! be seated however far away: 4 times as long as three standings on 112,500 spaces with lists of 32 spaces, 7 times on
//! 1,000,000; with 32 stretches 20 times on 22,500 and 60 times on 112,500 (5.1 s). Two threads help the largest sizes
//! only.
//!
//! **Tried, and dropped.** Prices kept as high as they can be (the cost of the way from each run to a free space), by
//! repairing whatever rested on a support that was lost: it touches as many runs as the searches do (5.49 against 5.50
//! million on 112,500 spaces, all standings strict, 32 stretches) and takes 4 to 5 times as long. Lifting all prices now
//! and then halves the settled runs at best and costs more than it saves. Searches from many people at once: after each
//! seat found they look at the same places again. For strict standings, first finding who is seated and then the
//! cheapest seats for all of them: the second step alone takes as long (148 of 148 ms on 112,500 spaces); LEMON's
//! network simplex takes 4.5 s on the market of those seated with 32 stretches each. The long chains of changing places
//! are the problem's, not the method's.
//!
//! **Measured** in November 2026 on two shared cores, one thread, median, the whole call with its merging and sorting,
//! beside LEMON 1.3.1's `NetworkSimplex` (`GEQ`, leaving out as an arc) on the same merged market: its solve alone and,
//! in brackets, with the building of its graph; the ratio is to the solve alone. Equal objectives. Invented districts of
//! `benches/support`, three standings, demand twice supply; `benches/peers` prints the table:
//!
//! | spaces / people | choices of a site | this | passes over memory | LEMON, ms | ratio |
//! |---|---|---|---|---|---|
//! | 22,500 / 45,000 | about 3 stretches (32 spaces) | 5.5 ms | 96 | 18 (23) | 3.3 |
//! | 22,500 / 45,000 | 32 stretches | 15 ms | 136 | 60 (94) | 4.1 |
//! | 22,500 / 45,000 | all within 300 m | 17 ms | 67 | 108 (172) | 6.5 |
//! | 22,500 / 45,000 | 32 spaces, own distances | 31 ms | 146 | 136 (176) | 4.5 |
//! | 112,500 / 225,000 | about 3 stretches (32 spaces) | 31 ms | 133 | 199 (228) | 6.5 |
//! | 112,500 / 225,000 | 32 stretches | 97 ms | 155 | 735 (919) | 7.6 |
//! | 112,500 / 225,000 | all within 300 m | 140 ms | 119 | 983 (1,352) | 7.0 |
//! | 112,500 / 225,000 | 32 spaces, own distances | 215 ms | 153 | 2,116 (2,347) | 9.9 |
//! | 1,000,000 / 2,000,000 | about 3 stretches (32 spaces) | 391 ms | 180 | 6,437 (6,755) | 16 |
//! | 1,000,000 / 2,000,000 | 32 stretches | 1.02 s | 174 | 12,373 (14,869) | 12 |
//! | 1,000,000 / 2,000,000 | all within 300 m | 1.62 s | 147 | 17,966 (35,477) | 11 |
//! | 1,000,000 / 2,000,000 | 32 spaces, own distances | 2.19 s | 242 | 43,916 (52,067) | 20 |
//!
//! Of this a third to two fifths is the merging and sorting. With everybody of one standing 2.0 and 3.8 times faster than
//! LEMON at the first two sizes, all standings strict 3.9 and 11 times, with half as many people as spaces 1.4 and 2.0
//! times, with as many people as spaces no faster at 22,500 and about 1.5 times at 112,500. Slopes of ln time against ln
//! choices from 642 to 1,000,000 spaces: 1.04 to 1.10 for the four rows, 1.13 of one standing, 1.20 strict.
//!
//! **References.** H. W. Kuhn, The Hungarian method for the assignment problem (1955). J. Edmonds and D. R. Fulkerson,
//! Transversals and matroid partition (1965): the sets of people that can be seated together are the independent sets
//! of a matroid, so that serving in order also seats as many as can be. R. Jonker and A. Volgenant, A shortest augmenting
//! path algorithm for dense and sparse linear assignment problems (1987). R. K. Ahuja, T. L. Magnanti and J. B. Orlin,
//! Network Flows (1993), sections 9.7 and 12.4.

mod answer;
mod class;
mod hunt;
mod merge;
mod network;
mod parallel;
#[cfg(test)]
mod regimes;
mod strip;

use super::index;
use super::paths::{Fill, Found, Rows, Search, Store};
use crate::market::{Allocation, Market, PlacePrice};
use class::{CLOSED, Class, NEVER, OUT};
use hunt::Hunt;
use network::{Group, Network};

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
    solve(market, Tuning::MEASURED)
}

fn solve(market: &Market, tuning: Tuning) -> Allocation {
    let mut network = Network::of(market, merge::merge(market), tuning);
    let mut solver = Solver::new(&network, tuning);
    for class in network.groups.chunk_by(|one, other| one.standing == other.standing) {
        solver.serve(class);
    }
    let full = solver.full_prices();
    let Solver { store, seated, .. } = solver;
    // What is no longer needed makes room for the answer.
    network.arcs = Vec::new();
    answer::answer(market, &network, store, &seated, &full)
}

/// What decides between ways that lead to the same value; chosen by measurement, and varied by the tests.
#[derive(Clone, Copy)]
struct Tuning {
    /// A standing is worth looks at all runs when it has a group for each so many runs.
    sweep: usize,
    /// Before a standing's first pass, spaces are scarce when there are so many people for each.
    first: u64,
    /// After it, looking from a free space costs a whole row of those who could come; this is the measure for it.
    row: u64,
    /// With more people than this for each free space, somebody is near, so that strips can be filled alone.
    near: u64,
    /// A strip is as deep as so many runs are wide, if the runs lie in a square, row by row: deep enough that few sites
    /// lie across, whatever the size of the district.
    depth: usize,
    /// Strips are worth it while at most one site in so many lies across.
    across: usize,
}

impl Tuning {
    const MEASURED: Self = Self { sweep: 16, first: 2, row: 40, near: 4, depth: 32, across: 4 };
}

/// What is found while one standing after the other is served.
struct Solver<'n> {
    network: &'n Network,
    tuning: Tuning,
    store: Store<i64, Class>,
    search: Search<i64>,
    hunt: Hunt,
    /// Who could come to each run, and working memory; made when first needed.
    fill: Option<(Rows, Fill<i64>)>,
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
    fn new(network: &'n Network, tuning: Tuning) -> Self {
        let runs = network.runs.capacity.len();
        Self {
            network,
            tuning,
            store: network.store(),
            search: Search::new(0..index(runs), OUT),
            hunt: Hunt::new(runs),
            fill: None,
            limits: limits(network),
            closed: Vec::new(),
            full: vec![PlacePrice::default(); runs],
            seated: Vec::with_capacity(network.groups.len()),
        }
    }

    /// Serves all groups of one standing, and closes what is full and leads nowhere.
    fn serve(&mut self, class: &[Group]) {
        for group in class {
            self.store.sites[group.site as usize].people.waiting = group.count;
        }
        let mut waiting: Vec<u32> = class.iter().map(|group| group.site).collect();
        if class.len() > 1 {
            self.serve_nearest_first(&mut waiting);
        }
        self.pass(&waiting, OUT);
        for group in class {
            let people = &mut self.store.sites[group.site as usize].people;
            self.seated.push(std::mem::take(&mut people.seated));
            people.waiting = 0;
        }
        for run in self.closed.drain(..) {
            let price = &mut self.store.prices[run as usize];
            self.full[run as usize] = PlacePrice { closed: Some(class[0].standing), price: *price - OUT };
            *price = NEVER;
        }
    }

    /// Seats whom it costs little first; the sites that wait in vain are taken from `waiting`.
    fn serve_nearest_first(&mut self, waiting: &mut Vec<u32>) {
        let sweeps = waiting.len() * self.tuning.sweep >= self.network.runs.capacity.len();
        let mut before = 0;
        for at in 0..self.limits.len() {
            let limit = self.limits[at];
            if sweeps && self.closed.is_empty() {
                let (people, free) = self.demand(waiting);
                if self.spaces_are_scarce(people, free, before == 0) {
                    self.fill_spaces(before, self.tuning.near * free < people);
                    waiting.clear();
                    return;
                }
            }
            if before > 0 {
                // Those whom no free space can be found for are done with.
                let dead = self.hunt.dead(self.network, &mut self.store, waiting);
                self.search.out = OUT;
                let state = &mut self.store.whole();
                self.search.close(&self.network.arcs, state, &dead);
                self.closed.extend(self.search.crossing(state, CLOSED));
            }
            if waiting.iter().all(|&site| self.store.sites[site as usize].people.waiting == 0) {
                return;
            }
            // Later searches go far, and would meet other strips too often.
            if sweeps && self.network.strips.len() > 1 && before == 0 {
                let rest = strip::pass(self.network, &mut self.store, &mut self.search, waiting, limit);
                self.pass(&rest, limit);
            } else {
                self.pass(waiting, limit);
            }
            before = limit;
        }
    }

    /// Seats whoever it costs less than `out`.
    fn pass(&mut self, waiting: &[u32], out: i64) {
        self.search.out = out;
        let state = &mut self.store.whole();
        for &site in waiting {
            while state.site(site).people.waiting > 0 {
                let found = self.search.seat(&self.network.arcs, state, site);
                if out >= CLOSED {
                    self.closed.extend(self.search.crossing(state, CLOSED));
                }
                if !matches!(found, Found::Moved(_)) {
                    break;
                }
            }
        }
    }

    /// How many people wait, and how many spaces are free.
    fn demand(&self, waiting: &[u32]) -> (u64, u64) {
        let people = waiting.iter().map(|&site| u64::from(self.store.sites[site as usize].people.waiting)).sum();
        (people, self.store.runs.iter().map(|run| u64::from(run.free)).sum())
    }

    /// Whether it is less work to look from the free spaces than from the people.
    fn spaces_are_scarce(&self, people: u64, free: u64, first: bool) -> bool {
        let Network { runs, arcs, .. } = self.network;
        let row = (arcs.len() / runs.capacity.len().max(1)) as u64;
        if first {
            self.tuning.first * free < people
        } else {
            free < 2 * people && free * row < people * self.tuning.row
        }
    }

    /// Nothing has closed at this standing yet, and everyone who waits has been offered all that costs less than
    /// `before`: so with exactly the spaces that are taken the answer is already right, at prices higher by any number.
    /// The free spaces are then added one after the other; `by_strips` strip by strip first, for searches are short when
    /// many people wait for each space.
    fn fill_spaces(&mut self, before: i64, by_strips: bool) {
        let Self { network, store, fill, closed, .. } = self;
        let runs = 0..index(network.runs.capacity.len());
        let (rows, whole) = fill.get_or_insert_with(|| {
            let sites = network.starts.windows(2).map(|ends| ends[0] as usize..ends[1] as usize);
            (Rows::of(runs.len(), &network.arcs, sites, |_| 0), Fill::new(runs.clone()))
        });
        store.whole().lift(CLOSED, OUT - before);
        if network.strips.len() > 1 && by_strips {
            strip::fill(network, store, rows);
        }
        let state = &mut store.whole();
        for run in runs.clone() {
            whole.fill_all(rows, state, run, OUT);
        }
        state.forget_bounds();
        closed.clear();
        closed.extend(runs.filter(|&run| (CLOSED..NEVER).contains(&state.price(run))));
    }

    fn full_prices(&self) -> Vec<PlacePrice> {
        let mut full = self.full.clone();
        for (full, &price) in full.iter_mut().zip(&self.store.prices).filter(|(_, price)| **price < CLOSED) {
            full.price = price;
        }
        full
    }
}

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
