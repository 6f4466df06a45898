//! The merged market: sites with their choices by cost, runs with their spaces, and who is served when.
//!
//! Invariant: nothing here changes during the search, and all of it follows from the market's numbers alone.

use super::class::Class;
use super::merge::{NO_RUN, Runs};
use crate::allocation::index;
use crate::allocation::paths::{Arc, Site, State};
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

/// Sites are the market's distinct choice lists, numbered along their nearest runs, so that neighbours are near in memory.
pub(super) struct Network {
    pub(super) runs: Runs,
    /// Where each site's choices start in `arcs`; one more entry than sites.
    pub(super) starts: Vec<u32>,
    /// By cost within a site, then by run.
    pub(super) arcs: Vec<Arc>,
    /// In the order of service: standing, then site.
    pub(super) groups: Vec<Group>,
    /// By site, then standing, then number.
    pub(super) agents: Vec<Agent>,
}

impl Network {
    pub(super) fn of(market: &Market, runs: Runs) -> Self {
        let (site_of, starts, arcs) = sites(market, &runs);
        let agents = agents_by_site(market, &site_of, starts.len() - 1);
        let groups = groups(market, &site_of, &agents);
        Self { runs, starts, arcs, groups, agents }
    }

    pub(super) fn arcs_of(&self, site: u32) -> &[Arc] {
        &self.arcs[self.starts[site as usize] as usize..self.starts[site as usize + 1] as usize]
    }

    /// Nobody seated yet.
    pub(super) fn state(&self) -> State<i64, Class> {
        let mut degree = vec![0; self.runs.capacity.len()];
        self.arcs.iter().for_each(|arc| degree[arc.run as usize] += 1);
        let sites = self.starts.windows(2).map(|ends| Site::new(ends[0], ends[1], Class::default())).collect();
        State::new(&self.runs.capacity, |run| degree[run as usize], sites)
    }

    pub(super) fn sites(&self) -> usize {
        self.starts.len() - 1
    }
}

/// The site of each list, and the sites' arcs.
fn sites(market: &Market, runs: &Runs) -> (Vec<u32>, Vec<u32>, Vec<Arc>) {
    let lists = market.list_count();
    let nearest = |list: usize| {
        let open = market.list(list).iter().filter(|choice| runs.of_place[choice.place.index()] != NO_RUN);
        open.min_by_key(|choice| (choice.cost, choice.place))
            .map_or(runs.capacity.len(), |choice| runs.of_place[choice.place.index()] as usize)
    };
    let keys: Vec<u32> = (0..lists).map(|list| index(nearest(list))).collect();
    let order = counting_sort(&keys, runs.capacity.len() + 1);
    let mut site_of = vec![0; lists];
    let mut starts = Vec::with_capacity(lists + 1);
    let mut arcs: Vec<Arc> = Vec::new();
    let mut own: Vec<u64> = Vec::new();
    starts.push(0);
    for (list, site) in order.into_iter().zip(0..) {
        site_of[list as usize] = site;
        own.clear();
        for choice in market.list(list as usize) {
            let run = runs.of_place[choice.place.index()];
            if run != NO_RUN {
                own.push(u64::from(choice.cost) << 32 | u64::from(run));
            }
        }
        own.sort_unstable();
        own.dedup();
        arcs.extend(own.iter().map(|&key| Arc { run: low(key), cost: low(key >> 32) }));
        starts.push(index(arcs.len()));
    }
    (site_of, starts, arcs)
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

fn agents_by_site(market: &Market, site_of: &[u32], sites: usize) -> Vec<Agent> {
    let keys: Vec<u32> = market.agents().map(|agent| site_of[market.list_of(agent)]).collect();
    let mut agents: Vec<Agent> = counting_sort(&keys, sites).into_iter().map(Agent::new).collect();
    let mut from = 0;
    while from < agents.len() {
        let site = keys[agents[from].index()];
        let own = agents[from..].iter().take_while(|agent| keys[agent.index()] == site).count();
        agents[from..from + own].sort_by_key(|&agent| market.standing(agent));
        from += own;
    }
    agents
}

fn groups(market: &Market, site_of: &[u32], agents: &[Agent]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (first, &agent) in (0..).zip(agents) {
        let (standing, site, count) = (market.standing(agent), site_of[market.list_of(agent)], market.count(agent));
        match groups.last_mut() {
            Some(last) if (last.site, last.standing) == (site, standing) => last.count += count,
            _ => groups.push(Group { standing, site, count, first }),
        }
    }
    let highest = groups.iter().map(|group| group.standing).max().unwrap_or(0) as usize;
    if highest <= 4 * groups.len() {
        let keys: Vec<u32> = groups.iter().map(|group| group.standing).collect();
        counting_sort(&keys, highest + 1).into_iter().map(|at| groups[at as usize]).collect()
    } else {
        groups.sort_by_key(|group| group.standing);
        groups
    }
}
