//! Times, and what they are held against.

#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "measurements: a clock, medians and a slope")]

use shared_parking::market::Market;
use std::time::Instant;

/// Solves shorter than this are run once untimed before they are timed: what ran before has emptied the caches.
pub(crate) const SHORT_MS: f64 = 50.0;

/// Milliseconds, and the value.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed().as_secs_f64() * 1_000.0, value)
}

/// The middle one, or halfway between the two middle ones; 0 for none.
pub(crate) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        many => (sorted[(many - 1) / 2] + sorted[many / 2]) / 2.0,
    }
}

/// The slope of the least-squares line through the logarithms: `b` where `y` grows as `x` to the power of `b`. `None`
/// for points of fewer than two different `x`, or with a coordinate that has no logarithm.
pub(crate) fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if !points.iter().all(|&(x, y)| x > 0.0 && y > 0.0) {
        return None;
    }
    let logs: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (x.ln(), y.ln())).collect();
    let mean = |part: fn(&(f64, f64)) -> f64| logs.iter().map(part).sum::<f64>() / logs.len() as f64;
    let (x, y) = (mean(|log| log.0), mean(|log| log.1));
    let spread: f64 = logs.iter().map(|log| (log.0 - x).powi(2)).sum();
    let shared: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
    (spread > 0.0).then_some(shared / spread)
}

/// How many choices a market's distinct lists have together.
pub(crate) fn merged_choices(market: &Market) -> usize {
    (0..market.list_count()).map(|list| market.list(list).len()).sum()
}

/// How many choices the groups of people with the same list and the same standing have together: what is left when
/// identical people are merged, and lists are not shared between standings.
pub(crate) fn group_choices(market: &Market) -> usize {
    let mut groups: Vec<(usize, u32)> =
        market.agents().map(|agent| (market.list_of(agent), market.standing(agent))).collect();
    groups.sort_unstable();
    groups.dedup();
    groups.iter().map(|&(list, _)| market.list(list).len()).sum()
}

/// One plain pass over the merged choices as they lie in memory, each list once: what any solver must at least do.
pub(crate) fn pass(market: &Market) -> u64 {
    let sum = |list| {
        let both = market.list(list).iter().map(|choice| u64::from(choice.place.number()) + u64::from(choice.cost));
        both.sum::<u64>()
    };
    (0..market.list_count()).map(sum).sum()
}

/// One plain pass over the choices of all agents with what the places say of them: what a mechanism that seats one by
/// one must at least do.
pub(crate) fn pass_of_agents(market: &Market) -> u64 {
    let of = |agent| {
        let both = market.choices(agent).iter().map(|choice| u64::from(choice.place.number()) + u64::from(choice.cost));
        let said = (0..market.choices(agent).len()).map(|at| u64::from(market.priority_at(agent, at)));
        both.sum::<u64>() + said.sum::<u64>()
    };
    market.agents().map(of).sum()
}
