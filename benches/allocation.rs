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
    (642, 1_200, Reach::Spaces, Order::Tiers, "928855e2"),
    (642, 1_200, Reach::Stretches, Order::Tiers, "5b1f7f80"),
    (642, 1_200, Reach::Wide, Order::Tiers, "5b1f7f80"),
    (642, 1_200, Reach::OwnDistance, Order::Tiers, "dab924c8"),
    (642, 1_200, Reach::Spaces, Order::Strict, "bdfa1ccc"),
    (642, 1_200, Reach::Spaces, Order::Ties, "f71799bd"),
    (2_250, 4_500, Reach::Spaces, Order::Tiers, "73f1e64e"),
    (2_250, 4_500, Reach::Stretches, Order::Tiers, "c20bdf3b"),
    (2_250, 4_500, Reach::Wide, Order::Tiers, "c20bdf3b"),
    (2_250, 4_500, Reach::OwnDistance, Order::Tiers, "564a0c0f"),
    (2_250, 4_500, Reach::Spaces, Order::Strict, "099ae5ca"),
    (2_250, 4_500, Reach::Spaces, Order::Ties, "3c1c72bf"),
    (22_500, 45_000, Reach::Spaces, Order::Tiers, "142856da"),
    (22_500, 45_000, Reach::Stretches, Order::Tiers, "ac4573e5"),
    (22_500, 45_000, Reach::Wide, Order::Tiers, "ac4573e5"),
    (22_500, 45_000, Reach::Spaces, Order::Strict, "7b9c5b9e"),
    (22_500, 45_000, Reach::Spaces, Order::Ties, "c4aaa2fe"),
    (112_500, 225_000, Reach::Spaces, Order::Tiers, "a35ec2fc"),
    (112_500, 225_000, Reach::Stretches, Order::Tiers, "2fb67ae0"),
    (112_500, 225_000, Reach::Wide, Order::Tiers, "2fb67ae0"),
    (112_500, 225_000, Reach::Spaces, Order::Strict, "7a3f5e73"),
    (112_500, 225_000, Reach::Spaces, Order::Ties, "62944454"),
    (1_000_000, 2_000_000, Reach::Spaces, Order::Tiers, "fa67a456"),
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
