//! How long an optimal allocation takes on invented districts, and how much memory; building them is not timed, each
//! answer's digest is held to the one recorded here, and its certificate is checked.
//!
//! `cargo bench --bench allocation` measures, `-- --test` solves each market a few times. `BENCH_LARGE=1` adds the two
//! large sizes, `BENCH_FAMILY=wide` leaves the other families out.
//!
//! After criterion's figures comes a table of our own:
//!
//! - *merged*: the choices of all distinct lists; agents with equal choices share one.
//! - *bytes*: the most that one solve has allocated at a time, its answer with it and the market not, for each merged
//!   choice; *group*: the same for each choice of each group of people with one list and one standing.
//! - *solve*, *pass*: medians over turns that all sizes of a family take; a pass adds up the merged choices as they lie
//!   in memory, *passes* is their ratio.
//!
//! Below it, for each family, the slope of ln solve against ln merged. Nothing is asserted of times.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark fails by panicking")]
#![allow(clippy::float_arithmetic, clippy::print_stdout, reason = "ratios of measurements, and their table")]

mod support;

use criterion::{BenchmarkId, Criterion, Throughput};
use peakmem_alloc::{INSTRUMENTED_SYSTEM, PeakMemAlloc, PeakMemAllocTrait};
use shared_parking::Digest;
use shared_parking::allocation::optimal;
use shared_parking::audit::check_market;
use shared_parking::market::Market;
use std::alloc::System;
use std::hint::black_box;
use std::time::Duration;
use support::family::Family::{self, Nearest, Own, Slack, Spaces, Strict, StrictNearest, Ties, Tight, Wide};
use support::measure::{SHORT_MS, group_choices, median, merged_choices, pass, slope, timed};

#[global_allocator]
static MEMORY: &PeakMemAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Family, spaces, and the first eight digits of the answer's digest.
///
/// Not run: strict-nearest at 1,000,000 spaces, since one solve takes more than five minutes.
#[rustfmt::skip]
const ANSWERS: &[(Family, u32, &str)] = &[
    (Spaces, 642, "d6bf4c6a"),
    (Spaces, 2_250, "0c5bccab"),
    (Spaces, 22_500, "b01329ce"),
    (Spaces, 112_500, "8827f83a"),
    (Spaces, 1_000_000, "9be8b73e"),
    (Nearest, 642, "ce062d93"),
    (Nearest, 2_250, "151a247d"),
    (Nearest, 22_500, "0192aef7"),
    (Nearest, 112_500, "20225ac6"),
    (Nearest, 1_000_000, "1052ef28"),
    (Wide, 642, "ff915d55"),
    (Wide, 2_250, "151a247d"),
    (Wide, 22_500, "79f8c3ca"),
    (Wide, 112_500, "63bd742a"),
    (Wide, 1_000_000, "ec3e3e4e"),
    (Own, 642, "3f538bbc"),
    (Own, 2_250, "3d0df263"),
    (Own, 22_500, "9de10090"),
    (Own, 112_500, "e932f7de"),
    (Own, 1_000_000, "bc0e53f8"),
    (Tight, 112_500, "5a56654b"),
    (Slack, 112_500, "b154edb5"),
    (Ties, 642, "1a66e74e"),
    (Ties, 2_250, "0b21f2f0"),
    (Ties, 22_500, "69602d2e"),
    (Ties, 112_500, "b0ee7d03"),
    (Ties, 1_000_000, "ae682130"),
    (Strict, 642, "bdfa1ccc"),
    (Strict, 2_250, "099ae5ca"),
    (Strict, 22_500, "7b9c5b9e"),
    (Strict, 112_500, "7a3f5e73"),
    (Strict, 1_000_000, "cacf0b41"),
    (StrictNearest, 642, "322404d8"),
    (StrictNearest, 2_250, "f4d5d34c"),
    (StrictNearest, 22_500, "45d4db97"),
    (StrictNearest, 112_500, "297a5df7"),
];

/// Larger ones only with `BENCH_LARGE`.
const SMALL: u32 = 22_500;

/// The most bytes for a merged choice. 64 is the aim everywhere; where a list has only some three choices, places, people
/// and the answer outweigh them, and 56 to 82 are reached.
const MOST_BYTES: f64 = 64.0;
const MOST_BYTES_SHORT_LISTS: f64 = 90.0;

/// One market and what was measured on it.
struct Case {
    family: Family,
    spaces: u32,
    market: Market,
    merged: usize,
    /// Choices of all groups of people who have the same list and the same standing.
    grouped: usize,
    /// The most bytes allocated at a time during one solve.
    bytes: usize,
    solves_ms: Vec<f64>,
    passes_ms: Vec<f64>,
}

impl Case {
    /// Solves once, checks the proof, and compares the answer's digest; a line for the table when it is another.
    fn new(family: Family, spaces: u32, digest: &str) -> (Self, Option<String>) {
        let market = family.recipe(spaces).market();
        let (bytes, allocation) = peak(|| optimal(&market));
        check_market(&market, &allocation).expect("a proved answer");
        let found = Digest::of(&allocation).expect("an answer can be written").to_string();
        let line = || format!("    ({family:?}, {}, {:?}),", grouped(spaces), &found[..8]);
        let wrong = (found[..8] != *digest).then(line);
        let (merged, grouped) = (merged_choices(&market), group_choices(&market));
        let (solves_ms, passes_ms) = (Vec::new(), Vec::new());
        (Self { family, spaces, market, merged, grouped, bytes, solves_ms, passes_ms }, wrong)
    }

    fn bench(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group(self.family.name());
        group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::Elements(self.merged as u64));
        group.bench_with_input(BenchmarkId::from_parameter(self.spaces), &self.market, |bencher, market| {
            bencher.iter(|| optimal(black_box(market)));
        });
        group.finish();
    }

    fn turn(&mut self) {
        let solve = || timed(|| optimal(black_box(&self.market))).0;
        let first = solve();
        self.solves_ms.push(if first < SHORT_MS { solve() } else { first });
        self.passes_ms.extend([(); 3].map(|()| timed(|| black_box(pass(black_box(&self.market)))).0));
    }

    /// For each merged choice, and for each choice of a group.
    fn bytes_per_choice(&self) -> (f64, f64) {
        (self.bytes as f64 / self.merged as f64, self.bytes as f64 / self.grouped as f64)
    }

    fn too_large(&self) -> bool {
        let short = matches!(self.family, Spaces | Tight | Slack | Ties | Strict);
        self.bytes_per_choice().0 > if short { MOST_BYTES_SHORT_LISTS } else { MOST_BYTES }
    }

    /// A line of the table.
    fn row(&self) -> String {
        let (ms, pass_ms) = (median(&self.solves_ms), median(&self.passes_ms));
        let (name, spaces, merged, passes) = (self.family.name(), self.spaces, self.merged, ms / pass_ms);
        let (bytes, group) = self.bytes_per_choice();
        let memory = format!("{bytes:>5.1} | {group:>5.1}");
        format!("| {name:<14} | {spaces:>7} | {merged:>8} | {memory} | {ms:>9.3} | {pass_ms:>7.3} | {passes:>6.0} |")
    }
}

/// The most bytes allocated at a time, beyond what was there before, and the value.
fn peak<T>(work: impl FnOnce() -> T) -> (usize, T) {
    MEMORY.reset_peak_memory();
    let value = work();
    (MEMORY.get_peak_memory(), value)
}

/// A number as it stands in the table of answers.
fn grouped(number: u32) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{}_{rest:03}", grouped(thousands)),
    }
}

/// The slope of a family's times, when it was run at more than one size.
fn growth(cases: &[Case]) -> Option<String> {
    let points: Vec<(f64, f64)> = cases.iter().map(|case| (case.merged as f64, median(&case.solves_ms))).collect();
    let (first, last) = (cases.first()?, cases.last()?);
    let slope = slope(&points)?;
    Some(format!("{:<14} {slope:.3} from {} to {} spaces", first.family.name(), first.spaces, last.spaces))
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    // As criterion decides: without `--bench`, and with `--test`, everything runs once.
    let given = |word: &str| std::env::args().any(|arg| arg == word);
    let turns = if given("--bench") && !given("--test") { 5 } else { 1 };
    let large = std::env::var_os("BENCH_LARGE").is_some();
    let only = std::env::var("BENCH_FAMILY").ok();
    let (mut rows, mut slopes, mut wrong, mut greedy) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for family in Family::ALL.into_iter().filter(|family| only.as_deref().is_none_or(|only| only == family.name())) {
        let mut cases = Vec::new();
        for &(_, spaces, digest) in ANSWERS.iter().filter(|row| row.0 == family && (large || row.1 <= SMALL)) {
            let (case, line) = Case::new(family, spaces, digest);
            wrong.extend(line);
            case.bench(&mut criterion);
            cases.push(case);
        }
        for _ in 0..turns {
            cases.iter_mut().for_each(Case::turn);
        }
        rows.extend(cases.iter().map(Case::row));
        greedy.extend(cases.iter().filter(|case| case.too_large()).map(Case::row));
        slopes.extend(growth(&cases));
    }
    assert!(!rows.is_empty(), "no such market: BENCH_FAMILY is {only:?}, tight and slack are large");
    criterion.final_summary();
    println!(
        "| family         |  spaces |   merged | bytes | group |  solve ms | pass ms | passes |\n{}",
        rows.join("\n")
    );
    println!("Slope of ln time against ln merged choices, medians of {turns}:\n{}", slopes.join("\n"));
    assert!(wrong.is_empty(), "other answers than recorded; where that is intended, record:\n{}", wrong.join("\n"));
    assert!(greedy.is_empty(), "more bytes for a merged choice than allowed:\n{}", greedy.join("\n"));
}
