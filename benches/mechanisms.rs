//! How long deferred acceptance, top trading cycles and serial dictatorship take, and how much memory. The whole call
//! counts: drawing lots, sorting preferences and claims. Building the market is not timed, each answer's digest is held
//! to the one recorded here, and what its mechanism guarantees is checked of everybody.
//!
//! `cargo bench --bench mechanisms` measures, `-- --test` solves each of the two small sizes a few times, and with
//! `BENCH_LARGE=1` each size. `BENCH_FAMILY=scattered` leaves the other families out.
//!
//! After criterion's figures comes a table of our own:
//!
//! - *choices*: of all people, each counted for itself; *merged*: those of all distinct lists.
//! - *bytes*: the most that one solve has allocated at a time, its answer with it and the market not, for each choice.
//! - *solve*, *pass*: medians over turns that all sizes of a family take; a pass adds up the choices of all agents and
//!   what places say of them, *passes* is their ratio.
//!
//! Below it, for each family and mechanism, the slope of ln solve against ln choices. Nothing is asserted of times.
//! Deferred acceptance and trading cycles of `district` and `scattered` execute 8.0 times the instructions on eight times
//! the choices, from 12,500 people (valgrind's count): slopes above 1 tell of caches that no longer hold a market.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails by panicking")]
#![allow(clippy::float_arithmetic, clippy::print_stdout, reason = "ratios of measurements, and their table")]

mod support;

use criterion::{BenchmarkId, Criterion, Throughput};
use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc, PeakMemAllocTrait};
use shared_parking::Digest;
use shared_parking::allocation::Mechanism::{DeferredAcceptance, SerialDictatorship, TopTradingCycles};
use shared_parking::allocation::{Mechanism, allocate};
use shared_parking::market::Lots::{PerPlace, Single};
use shared_parking::market::Market;
use std::alloc::System;
use std::hint::black_box;
use std::time::Duration;
use support::fair::check;
use support::measure::{SHORT_MS, median, merged_choices, pass_of_agents, slope, timed};
use support::rivals::Rivals::{self, District, Held, Scattered, Tiers};

#[global_allocator]
static MEMORY: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

const SEED: u64 = 7;
const SIZES: [u32; 5] = [12_500, 25_000, 50_000, 100_000, 200_000];

/// The first eight digits of each answer's digest, size by size.
const ANSWERS: &[(Rivals, Mechanism, [&str; 5])] = &[
    (District, DeferredAcceptance(Single), ["be850e00", "412c8ac0", "caa5cfdf", "18f8ee89", "b18720e4"]),
    (District, TopTradingCycles, ["5c944bfc", "ddcb08ac", "9e1346d8", "585dd7ef", "4a624e4b"]),
    (District, SerialDictatorship, ["538e8f74", "98deff55", "8724a24c", "81772274", "986d467c"]),
    (Held, DeferredAcceptance(Single), ["c2cb8f48", "87670060", "70bd1e0b", "2447a67f", "86fbbbdf"]),
    (Held, TopTradingCycles, ["b887d5a6", "e76e824a", "c0a6c75f", "fd7aef1a", "ebbcc2a2"]),
    (Tiers, DeferredAcceptance(PerPlace), ["11596a9b", "c0525044", "23844d95", "4348c7a8", "42cf233d"]),
    (Tiers, TopTradingCycles, ["a1d538e4", "b75046bf", "0951b192", "02cb1456", "b01fecec"]),
    (Scattered, DeferredAcceptance(Single), ["6224d70f", "d2e820e0", "eea60cc2", "13b0a1c9", "eead9e80"]),
    (Scattered, DeferredAcceptance(PerPlace), ["6224d70f", "d2e820e0", "105e3d4c", "13b0a1c9", "eead9e80"]),
    (Scattered, TopTradingCycles, ["6914ed3c", "4cf27e43", "944c158c", "99bd38ee", "16a8811b"]),
    (Scattered, SerialDictatorship, ["536ff13e", "3e596599", "b172a424", "ad368467", "a0e96e3f"]),
];

/// One market, and a pass over it.
struct Ground {
    people: u32,
    market: Market,
    passes_ms: Vec<f64>,
}

/// One mechanism on a family, size by size.
struct Case {
    family: Rivals,
    mechanism: Mechanism,
    /// The most bytes allocated at a time during one solve.
    bytes: Vec<usize>,
    solves_ms: Vec<Vec<f64>>,
}

impl Case {
    /// Solves each size once, checks the answers and compares their digests; a line for the table when one is another.
    fn new(family: Rivals, mechanism: Mechanism, grounds: &[Ground], digests: &[&str]) -> (Self, Option<String>) {
        let (mut bytes, mut found) = (Vec::new(), Vec::new());
        for Ground { market, .. } in grounds {
            let (most, allocation) = peak(|| allocate(market, mechanism, SEED));
            check(market, mechanism, SEED, &allocation);
            bytes.push(most);
            found.push(Digest::of(&allocation).expect("an answer can be written").to_string()[..8].to_owned());
        }
        let line = (found != *digests).then(|| format!("    ({family:?}, {mechanism:?}, {found:?}),"));
        (Self { family, mechanism, bytes, solves_ms: vec![Vec::new(); grounds.len()] }, line)
    }

    fn bench(&self, criterion: &mut Criterion, grounds: &[Ground]) {
        let mut group = criterion.benchmark_group(format!("{}, {}", self.family.name(), self.mechanism));
        group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
        for Ground { people, market, .. } in grounds {
            group.throughput(Throughput::Elements(market.choice_count() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(people), market, |bencher, market| {
                bencher.iter(|| allocate(black_box(market), self.mechanism, SEED));
            });
        }
        group.finish();
    }

    fn turn(&mut self, grounds: &[Ground]) {
        for (times, Ground { market, .. }) in self.solves_ms.iter_mut().zip(grounds) {
            let solve = || timed(|| allocate(black_box(market), self.mechanism, SEED)).0;
            let first = solve();
            times.push(if first < SHORT_MS { solve() } else { first });
        }
    }

    /// Lines of the table.
    fn rows(&self, grounds: &[Ground]) -> Vec<String> {
        let row = |at: usize, ground: &Ground| {
            let (ms, pass_ms) = (median(&self.solves_ms[at]), median(&ground.passes_ms));
            let (family, mechanism, people) = (self.family.name(), self.mechanism, ground.people);
            let (choices, merged) = (choices(&ground.market), merged_choices(&ground.market));
            let (bytes, passes) = (self.bytes[at] as f64 / choices as f64, ms / pass_ms);
            let sizes = format!("{people:>7} | {choices:>8} | {merged:>8}");
            format!(
                "| {family:<9} | {mechanism:<35} | {sizes} | {bytes:>5.1} | {ms:>8.2} | {pass_ms:>7.2} | {passes:>6.1} |"
            )
        };
        grounds.iter().enumerate().map(|(at, ground)| row(at, ground)).collect()
    }

    fn growth(&self, grounds: &[Ground]) -> Option<String> {
        let choices = grounds.iter().map(|ground| choices(&ground.market) as f64);
        let points: Vec<(f64, f64)> = choices.zip(self.solves_ms.iter().map(|times| median(times))).collect();
        Some(format!("{:<9} {:<35} {:.3}", self.family.name(), self.mechanism, slope(&points)?))
    }
}

/// The choices of all people, each counted for itself.
fn choices(market: &Market) -> u64 {
    let of = |agent| market.choices(agent).len() as u64 * u64::from(market.count(agent));
    market.agents().map(of).sum()
}

/// The most bytes allocated at a time, beyond what was there before, and the value.
fn peak<T>(work: impl FnOnce() -> T) -> (usize, T) {
    MEMORY.reset_peak_memory();
    let value = work();
    (MEMORY.get_peak_memory(), value)
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    // As criterion decides: without `--bench`, and with `--test`, everything runs once.
    let given = |word: &str| std::env::args().any(|arg| arg == word);
    let measured = given("--bench") && !given("--test");
    let turns = if measured { 9 } else { 1 };
    let large = measured || std::env::var_os("BENCH_LARGE").is_some();
    let sizes = if large { &SIZES[..] } else { &SIZES[..2] };
    let only = std::env::var("BENCH_FAMILY").ok();
    let (mut rows, mut slopes, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for family in Rivals::ALL.into_iter().filter(|family| only.as_deref().is_none_or(|only| only == family.name())) {
        let ground = |&people: &u32| Ground { people, market: family.market(people), passes_ms: Vec::new() };
        let mut grounds: Vec<Ground> = sizes.iter().map(ground).collect();
        let mut cases = Vec::new();
        for (_, mechanism, digests) in ANSWERS.iter().filter(|row| row.0 == family) {
            let (case, line) = Case::new(family, *mechanism, &grounds, &digests[..sizes.len()]);
            wrong.extend(line);
            case.bench(&mut criterion, &grounds);
            cases.push(case);
        }
        for _ in 0..turns {
            for ground in &mut grounds {
                ground.passes_ms.push(timed(|| black_box(pass_of_agents(black_box(&ground.market)))).0);
            }
            cases.iter_mut().for_each(|case| case.turn(&grounds));
        }
        rows.extend(cases.iter().flat_map(|case| case.rows(&grounds)));
        slopes.extend(cases.iter().filter_map(|case| case.growth(&grounds)));
    }
    assert!(!rows.is_empty(), "no such family: BENCH_FAMILY is {only:?}");
    criterion.final_summary();
    println!(
        "| family    | mechanism                           |  people |  choices |   merged | bytes | solve ms | pass ms | passes |\n{}",
        rows.join("\n")
    );
    println!("Slope of ln time against ln choices, medians of {turns}:\n{}", slopes.join("\n"));
    assert!(wrong.is_empty(), "other answers than recorded; where that is intended, record:\n{}", wrong.join("\n"));
}
