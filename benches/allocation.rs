//! How long an optimal allocation takes on invented districts; building them is not timed, and each answer's digest is
//! held to the one recorded here.
//!
//! `cargo bench --bench allocation` measures; `-- --test` runs each market once. `BENCH_LARGE=1` adds the two large sizes.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails by panicking")]

mod support;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use shared_parking::Digest;
use shared_parking::allocation::optimal;
use shared_parking::audit::check_market;
use std::hint::black_box;
use support::{Order, Reach, Recipe};

/// Spaces, people, reach, order, and the first eight digits of the answer's digest.
const MARKETS: &[(u32, u32, Reach, Order, &str)] = &[
    (642, 1_200, Reach::Spaces, Order::Tiers, "d6bf4c6a"),
    (642, 1_200, Reach::Stretches, Order::Tiers, "ce062d93"),
    (642, 1_200, Reach::Wide, Order::Tiers, "ff915d55"),
    (642, 1_200, Reach::OwnDistance, Order::Tiers, "3f538bbc"),
    (642, 1_200, Reach::Spaces, Order::Strict, "bdfa1ccc"),
    (642, 1_200, Reach::Spaces, Order::Ties, "1a66e74e"),
    (2_250, 4_500, Reach::Spaces, Order::Tiers, "0c5bccab"),
    (2_250, 4_500, Reach::Stretches, Order::Tiers, "151a247d"),
    (2_250, 4_500, Reach::Wide, Order::Tiers, "151a247d"),
    (2_250, 4_500, Reach::OwnDistance, Order::Tiers, "3d0df263"),
    (2_250, 4_500, Reach::Spaces, Order::Strict, "099ae5ca"),
    (2_250, 4_500, Reach::Spaces, Order::Ties, "0b21f2f0"),
    (22_500, 45_000, Reach::Spaces, Order::Tiers, "b01329ce"),
    (22_500, 45_000, Reach::Stretches, Order::Tiers, "0192aef7"),
    (22_500, 45_000, Reach::Wide, Order::Tiers, "79f8c3ca"),
    (22_500, 45_000, Reach::Spaces, Order::Strict, "7b9c5b9e"),
    (22_500, 45_000, Reach::Spaces, Order::Ties, "69602d2e"),
    (112_500, 225_000, Reach::Spaces, Order::Tiers, "ce6ab321"),
    (112_500, 225_000, Reach::Stretches, Order::Tiers, "0a0123c0"),
    (112_500, 225_000, Reach::Wide, Order::Tiers, "9173bac3"),
    (112_500, 225_000, Reach::Spaces, Order::Strict, "7a3f5e73"),
    (112_500, 225_000, Reach::Spaces, Order::Ties, "b0ee7d03"),
    (1_000_000, 2_000_000, Reach::Spaces, Order::Tiers, "af00d1be"),
];

fn name(reach: Reach, order: Order) -> String {
    format!("{reach:?}-{order:?}").to_lowercase()
}

fn allocations(criterion: &mut Criterion) {
    let large = std::env::var_os("BENCH_LARGE").is_some();
    for &(spaces, people, reach, order, digest) in MARKETS.iter().filter(|market| large || market.0 <= 22_500) {
        let market = Recipe { spaces, people, reach, order, seed: 1 }.market();
        let allocation = optimal(&market);
        check_market(&market, &allocation).expect("a proved answer");
        let found = Digest::of(&allocation).expect("an answer can be written").to_string();
        assert!(found.starts_with(digest), "{spaces} {reach:?} {order:?}: digest {found}");
        let mut group = criterion.benchmark_group(name(reach, order));
        let choices: usize = (0..market.list_count()).map(|list| market.list(list).len()).sum();
        group.sample_size(10).throughput(Throughput::Elements(choices as u64));
        group.bench_with_input(BenchmarkId::from_parameter(spaces), &market, |bencher, market| {
            bencher.iter(|| optimal(black_box(market)));
        });
        group.finish();
    }
}

criterion_group!(benches, allocations);
criterion_main!(benches);
