//! How long one update of a large optimal allocation takes: a person leaves, a person joins, a place loses or gains a
//! space. 50,000 of each kind, timed one by one; the certificate is verified afterwards.
//!
//! `cargo bench --bench updates` measures; `-- --test` does few updates of a small market. `BENCH_LARGE=1` adds 1,000,000
//! spaces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_types,
    missing_docs,
    reason = "a benchmark"
)]

mod support;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use shared_parking::Chance;
use shared_parking::allocation::{Live, optimal};
use shared_parking::audit::check_market;
use shared_parking::market::{Agent, Market, Place};
use std::time::{Duration, Instant};
use support::{Order, Reach, Recipe};

struct Timed {
    leave: Vec<Duration>,
    join: Vec<Duration>,
    shrink: Vec<Duration>,
    grow: Vec<Duration>,
}

/// People come and go, so that as many are present after each pair as before.
struct Town {
    market: Market,
    live: Live,
    present: Vec<Agent>,
    chance: Chance,
}

impl Town {
    fn new(spaces: u32, reach: Reach, order: Order) -> Self {
        let market = Recipe { spaces, people: 2 * spaces, reach, order, seed: 1 }.market();
        let live = Live::new(&market);
        let present = market.agents().flat_map(|agent| (0..market.count(agent)).map(move |_| agent)).collect();
        Self { market, live, present, chance: Chance::new(7) }
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.chance.below(most as u64)).unwrap()
    }

    fn pair(&mut self, timed: &mut Timed) {
        let which = self.below(self.present.len());
        let agent = self.present[which];
        let standing = self.live.standing(agent).unwrap();
        let choices: Vec<_> = self.live.choices(agent).collect();
        let start = Instant::now();
        self.live.leave(agent, 1).unwrap();
        timed.leave.push(start.elapsed());
        let start = Instant::now();
        self.present[which] = self.live.join(standing, 1, choices).unwrap();
        timed.join.push(start.elapsed());

        let place = Place::new(u32::try_from(self.below(self.market.places().len())).unwrap());
        let capacity = self.market.capacity(place);
        let start = Instant::now();
        self.live.set_capacity(place, capacity - 1).unwrap();
        timed.shrink.push(start.elapsed());
        let start = Instant::now();
        self.live.set_capacity(place, capacity).unwrap();
        timed.grow.push(start.elapsed());
    }

    fn check(&self) {
        let now = self.live.snapshot();
        check_market(&now.market, &now.allocation).expect("a proved answer");
        let afresh = optimal(&now.market);
        assert_eq!((self.live.seated(), self.live.cost()), (afresh.seated(), afresh.cost(&now.market)));
    }
}

fn quantiles(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 1_000];
    println!(
        "  {what:<22} median {:>9.2?}   p99 {:>9.2?}   p99.9 {:>9.2?}   longest {:>9.2?}",
        at(500),
        at(990),
        at(999),
        at(1_000)
    );
}

fn updates(criterion: &mut Criterion) {
    let test = std::env::args().any(|arg| arg == "--test");
    let sizes: &[u32] = match (test, std::env::var_os("BENCH_LARGE").is_some()) {
        (true, _) => &[642],
        (false, false) => &[112_500],
        (false, true) => &[112_500, 1_000_000],
    };
    let turns = if test { 500 } else { 50_000 };
    for &spaces in sizes {
        for (reach, order) in [
            (Reach::Spaces, Order::Tiers),
            (Reach::Stretches, Order::Tiers),
            (Reach::Wide, Order::Tiers),
            (Reach::OwnDistance, Order::Tiers),
            (Reach::Spaces, Order::Ties),
            (Reach::Spaces, Order::Strict),
        ] {
            let name = format!("{reach:?}-{order:?}").to_lowercase();
            let mut town = Town::new(spaces, reach, order);
            let mut timed = Timed { leave: Vec::new(), join: Vec::new(), shrink: Vec::new(), grow: Vec::new() };
            (0..turns).for_each(|_| town.pair(&mut timed));
            town.check();
            println!("{name}, {spaces} spaces, {turns} turns:");
            quantiles("a person leaves", timed.leave);
            quantiles("a person joins", timed.join);
            quantiles("a place loses a space", timed.shrink);
            quantiles("a place gains a space", timed.grow);
            let mut group = criterion.benchmark_group(format!("turn-of-four-updates-{name}"));
            let mut timed = Timed { leave: Vec::new(), join: Vec::new(), shrink: Vec::new(), grow: Vec::new() };
            group.sample_size(10).bench_function(spaces.to_string(), |bencher| {
                bencher.iter_batched(|| (), |()| town.pair(&mut timed), BatchSize::SmallInput);
            });
            group.finish();
        }
    }
}

criterion_group!(benches, updates);
criterion_main!(benches);
