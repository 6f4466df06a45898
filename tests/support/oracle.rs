//! Two solvers that share nothing with the library: one tries everything, one is a plain min-cost flow.

use super::plain::{PlainMarket, Value};
use std::cmp::Reverse;

/// The best value of all ways to seat everybody somewhere or nowhere, by trying each.
pub(crate) fn brute_force(market: &PlainMarket) -> Value {
    let standings = market.standings();
    let people: Vec<usize> = market
        .agents
        .iter()
        .enumerate()
        .flat_map(|(at, agent)| std::iter::repeat_n(at, agent.count as usize))
        .collect();
    let mut left = market.capacities.clone();
    let mut seated = vec![0; standings.len()];
    let mut best = (seated.clone(), Reverse(0));
    try_all(market, &standings, &people, &mut left, &mut seated, 0, &mut best);
    best
}

fn try_all(
    market: &PlainMarket,
    standings: &[u32],
    people: &[usize],
    left: &mut [u32],
    seated: &mut Vec<u64>,
    cost: u64,
    best: &mut Value,
) {
    let Some((&first, rest)) = people.split_first() else {
        if (&*seated, Reverse(cost)) > (&best.0, best.1) {
            *best = (seated.clone(), Reverse(cost));
        }
        return;
    };
    try_all(market, standings, rest, left, seated, cost, best);
    let agent = &market.agents[first];
    let class = standings.binary_search(&agent.standing).expect("a known standing");
    for &(place, price) in &agent.choices {
        if left[place] > 0 {
            left[place] -= 1;
            seated[class] += 1;
            try_all(market, standings, rest, left, seated, cost + u64::from(price), best);
            seated[class] -= 1;
            left[place] += 1;
        }
    }
}

struct Arc {
    to: usize,
    room: i64,
    cost: i128,
}

/// The best value by successive shortest paths with Bellman-Ford and no prices; leaving somebody out costs a weight
/// above everything behind it. Up to 60 people, and standings in at most 12 classes.
pub(crate) fn min_cost_flow(market: &PlainMarket) -> Value {
    let standings = market.standings();
    let (agents, places) = (market.agents.len(), market.capacities.len());
    let (source, sink) = (agents + places, agents + places + 1);
    let mut arcs: Vec<Arc> = Vec::new();
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); agents + places + 2];
    let mut connect = |from: usize, to: usize, room: u32, cost: i128| {
        out[from].push(arcs.len());
        arcs.push(Arc { to, room: i64::from(room), cost });
        out[to].push(arcs.len());
        arcs.push(Arc { to: from, room: 0, cost: -cost });
    };
    let people: u32 = market.agents.iter().map(|agent| agent.count).sum();
    assert!(people <= 60 && standings.len() <= 12, "the weights must fit 127 bits");
    let weight = |class: usize| 1i128 << (37 + 7 * (standings.len() - 1 - class));
    for (at, agent) in market.agents.iter().enumerate() {
        let class = standings.binary_search(&agent.standing).expect("a known standing");
        connect(source, at, agent.count, 0);
        connect(at, sink, agent.count, weight(class));
        for &(place, cost) in &agent.choices {
            connect(at, agents + place, agent.count, i128::from(cost));
        }
    }
    for (place, &capacity) in market.capacities.iter().enumerate() {
        connect(agents + place, sink, capacity, 0);
    }
    while let Some(path) = shortest(&arcs, &out, source, sink) {
        let room = path.iter().map(|&arc| arcs[arc].room).min().expect("a path");
        for arc in path {
            arcs[arc].room -= room;
            arcs[arc ^ 1].room += room;
        }
    }
    let (mut seated, mut cost) = (vec![0; standings.len()], 0);
    for (at, agent) in market.agents.iter().enumerate() {
        let class = standings.binary_search(&agent.standing).expect("a known standing");
        for &arc in out[at].iter().filter(|&&arc| arc % 2 == 0 && arcs[arc].to != sink) {
            let flow = u64::try_from(arcs[arc ^ 1].room).expect("a flow");
            seated[class] += flow;
            cost += flow * u64::try_from(arcs[arc].cost).expect("a cost");
        }
    }
    (seated, Reverse(cost))
}

fn shortest(arcs: &[Arc], out: &[Vec<usize>], source: usize, sink: usize) -> Option<Vec<usize>> {
    let mut reached: Vec<Option<(i128, Option<usize>)>> = vec![None; out.len()];
    reached[source] = Some((0, None));
    let mut changed = true;
    while changed {
        changed = false;
        for from in 0..out.len() {
            let Some((distance, _)) = reached[from] else { continue };
            for &arc in out[from].iter().filter(|&&arc| arcs[arc].room > 0) {
                let further = distance + arcs[arc].cost;
                if reached[arcs[arc].to].is_none_or(|(least, _)| further < least) {
                    reached[arcs[arc].to] = Some((further, Some(arc)));
                    changed = true;
                }
            }
        }
    }
    let mut path = Vec::new();
    let mut node = sink;
    while let Some(arc) = reached[node]?.1 {
        path.push(arc);
        node = arcs[arc ^ 1].to;
    }
    Some(path)
}
