//! The merged market: sites with their choices by cost, runs with their spaces, strips, and who is served when.
//!
//! Invariant: nothing here changes during the search, and all of it follows from the market's numbers alone.

use super::Tuning;
use super::class::Class;
use super::merge::{NO_RUN, Runs};
use super::parallel;
use crate::allocation::index;
use crate::allocation::paths::{Arc, People, Site, Store};
use crate::market::{Agent, Market, Standing};

/// People of one site and one standing, served together.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) standing: Standing,
    pub(super) site: u32,
    pub(super) count: u32,
    /// Where its agents start in `Network::agents`.
    pub(super) first: u32,
}

/// Sites are the market's distinct choice lists, numbered along their nearest runs, so that neighbours are near in
/// memory; those whose choices lie in more than one strip come last.
pub(super) struct Network {
    pub(super) runs: Runs,
    /// Where each site's choices start in `arcs`; one more entry than sites.
    pub(super) starts: Vec<u32>,
    /// By cost within a site, then by run.
    pub(super) arcs: Vec<Arc>,
    /// How many runs each strip has, and how many sites have all their choices there.
    pub(super) strips: Vec<(usize, usize)>,
    /// In the order of service: standing, then site.
    pub(super) groups: Vec<Group>,
    /// By site, then standing, then number.
    pub(super) agents: Vec<Agent>,
}

impl Network {
    pub(super) fn of(market: &Market, runs: Runs, tuning: Tuning) -> Self {
        let mut strips = Strips::of(runs.capacity.len(), tuning.depth);
        if strips.many > 1 && (Lists { market, runs: &runs, strips: &strips }).lie_across(tuning.across) {
            strips.many = 1;
        }
        let lists = Lists { market, runs: &runs, strips: &strips };
        let (order, inside) = lists.order();
        let (starts, arcs) = lists.arcs(&order);
        let mut site_of = vec![0; order.len()];
        (0..).zip(&order).for_each(|(site, &list)| site_of[list as usize] = site);
        let (agents, groups) = groups(market, &site_of);
        let strips = (0..strips.many).map(|strip| strips.runs(strip).len()).zip(inside).collect();
        Self { runs, starts, arcs, strips, groups, agents }
    }

    pub(super) fn arcs_of(&self, site: u32) -> &[Arc] {
        &self.arcs[self.starts[site as usize] as usize..self.starts[site as usize + 1] as usize]
    }

    /// Nobody seated yet.
    pub(super) fn store(&self) -> Store<i64, Class> {
        let mut degree = vec![0; self.runs.capacity.len()];
        self.arcs.iter().for_each(|arc| degree[arc.run as usize] += 1);
        let sites = self.starts.windows(2).map(|ends| Site::new(ends[0], ends[1], People::default(), Class)).collect();
        Store::new(&self.runs.capacity, |run| degree[run as usize], sites)
    }

    pub(super) fn sites(&self) -> usize {
        self.starts.len() - 1
    }
}

/// Equal parts of the runs, in order.
struct Strips {
    runs: usize,
    many: usize,
}

impl Strips {
    fn of(runs: usize, depth: usize) -> Self {
        Self { runs, many: (runs.isqrt() / depth).max(1) }
    }

    fn runs(&self, strip: usize) -> std::ops::Range<usize> {
        strip * self.runs / self.many..(strip + 1) * self.runs / self.many
    }

    /// The strip of a run.
    fn at(&self, run: usize) -> usize {
        ((run + 1) * self.many - 1) / self.runs
    }
}

/// Where a list lies.
#[derive(Clone, Copy)]
struct Spot {
    /// Its nearest run, or `NO_RUN` when none of its places has a space.
    nearest: u32,
    /// The strip that all of its runs lie in, or `ACROSS`.
    strip: u32,
}

/// In more than one strip.
const ACROSS: u32 = u32::MAX;

/// The market's distinct choice lists.
struct Lists<'a> {
    market: &'a Market,
    runs: &'a Runs,
    strips: &'a Strips,
}

impl Lists<'_> {
    fn spot(&self, list: usize) -> Spot {
        let (mut nearest, mut least, mut most) = ((u32::MAX, NO_RUN), NO_RUN, 0);
        for choice in self.market.list(list) {
            let run = self.runs.of_place[choice.place.index()];
            if run != NO_RUN {
                nearest = nearest.min((choice.cost, run));
                (least, most) = (least.min(run), most.max(run));
            }
        }
        if least == NO_RUN {
            return Spot { nearest: NO_RUN, strip: ACROSS };
        }
        let strip = self.strips.at(least as usize);
        let inside = strip == self.strips.at(most as usize);
        Spot { nearest: nearest.1, strip: if inside { index(strip) } else { ACROSS } }
    }

    /// Whether too many of the lists lie across strips for these to be worth it: a sample tells.
    fn lie_across(&self, few: usize) -> bool {
        let (mut all, mut across) = (0, 0);
        for spot in (0..self.market.list_count()).step_by(61).map(|list| self.spot(list)) {
            all += usize::from(spot.nearest != NO_RUN);
            across += usize::from(spot.nearest != NO_RUN && spot.strip == ACROSS);
        }
        few * across > all
    }

    /// The lists in the order of sites, and how many of them lie inside each strip.
    fn order(&self) -> (Vec<u32>, Vec<usize>) {
        let runs = index(self.runs.capacity.len());
        let lists: Vec<u32> = (0..index(self.market.list_count())).collect();
        let parts: Vec<Vec<Spot>> = parallel::each(parallel::divided(&lists), |part| {
            part.iter().map(|&list| self.spot(list as usize)).collect()
        });
        let mut inside = vec![0; self.strips.many];
        let mut keys = lists;
        for (key, spot) in keys.iter_mut().zip(parts.into_iter().flatten()) {
            *key = match spot {
                Spot { nearest: NO_RUN, .. } => 2 * runs,
                Spot { nearest, strip: ACROSS } => runs + nearest,
                Spot { nearest, strip } => {
                    inside[strip as usize] += 1;
                    nearest
                }
            };
        }
        (counting_sort(&keys, 2 * runs as usize + 1), inside)
    }

    /// The arcs of the lists in this order, and where each one's start.
    fn arcs(&self, order: &[u32]) -> (Vec<u32>, Vec<Arc>) {
        let parts = parallel::each(parallel::divided(order), |lists| {
            let most = lists.iter().map(|&list| self.market.list(list as usize).len()).sum();
            let (mut ends, mut arcs, mut own) = (Vec::with_capacity(lists.len()), Vec::with_capacity(most), Vec::new());
            for &list in lists {
                self.append(list, &mut own, &mut arcs);
                ends.push(index(arcs.len()));
            }
            (ends, arcs)
        });
        let mut starts = Vec::with_capacity(order.len() + 1);
        starts.push(0);
        let mut all: Vec<Arc> = Vec::new();
        for (ends, arcs) in parts {
            let before = index(all.len());
            starts.extend(ends.into_iter().map(|end| before + end));
            if all.is_empty() {
                all = arcs;
            } else {
                all.extend_from_slice(&arcs);
            }
        }
        (starts, all)
    }

    /// The arcs of one list, by cost, then run.
    fn append(&self, list: u32, own: &mut Vec<u64>, arcs: &mut Vec<Arc>) {
        own.clear();
        for choice in self.market.list(list as usize) {
            let run = self.runs.of_place[choice.place.index()];
            if run != NO_RUN {
                own.push(u64::from(choice.cost) << 32 | u64::from(run));
            }
        }
        own.sort_unstable();
        own.dedup();
        arcs.extend(own.iter().map(|&key| Arc { run: low(key), cost: low(key >> 32) }));
    }
}

/// The low half of a key.
#[expect(clippy::cast_possible_truncation, reason = "the low half is what is asked for")]
const fn low(key: u64) -> u32 {
    key as u32
}

/// The positions of the keys in ascending order, equal ones in their old order; all keys lie below `most`.
fn counting_sort(keys: &[u32], most: usize) -> Vec<u32> {
    let mut ends = vec![0_u32; most + 1];
    keys.iter().for_each(|&key| ends[key as usize + 1] += 1);
    for at in 0..most {
        ends[at + 1] += ends[at];
    }
    let mut order = vec![0; keys.len()];
    for (at, &key) in (0..).zip(keys) {
        let end = &mut ends[key as usize];
        order[*end as usize] = at;
        *end += 1;
    }
    order
}

/// The agents by site, then standing, then number; and their groups in the order of service.
fn groups(market: &Market, site_of: &[u32]) -> (Vec<Agent>, Vec<Group>) {
    let mut ends = vec![0_u32; site_of.len() + 1];
    market.agents().for_each(|agent| ends[site_of[market.list_of(agent)] as usize + 1] += 1);
    for site in 0..site_of.len() {
        ends[site + 1] += ends[site];
    }
    let mut rows = vec![(0, 0, 0); market.agents().len()];
    for agent in market.agents() {
        let end = &mut ends[site_of[market.list_of(agent)] as usize];
        rows[*end as usize] = (market.standing(agent), agent.number(), market.count(agent));
        *end += 1;
    }
    let mut groups: Vec<Group> = Vec::with_capacity(rows.len());
    let mut start = 0;
    for (&end, site) in ends.iter().zip(0..index(site_of.len())) {
        let own = &mut rows[start as usize..end as usize];
        own.sort_unstable();
        for (&mut (standing, _, count), at) in own.iter_mut().zip(start..) {
            match groups.last_mut() {
                Some(last) if (last.site, last.standing) == (site, standing) => last.count += count,
                _ => groups.push(Group { standing, site, count, first: at }),
            }
        }
        start = end;
    }
    let agents = rows.into_iter().map(|row| Agent::new(row.1)).collect();
    let highest = groups.iter().map(|group| group.standing).max().unwrap_or(0) as usize;
    if highest <= 4 * groups.len() {
        let keys: Vec<u32> = groups.iter().map(|group| group.standing).collect();
        groups = counting_sort(&keys, highest + 1).into_iter().map(|at| groups[at as usize]).collect();
    } else {
        groups.sort_by_key(|group| group.standing);
    }
    (agents, groups)
}
