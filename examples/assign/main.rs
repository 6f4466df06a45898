//! Who goes where? An assignment problem from a text file, solved by one of four mechanisms, audited and printed.
//!
//! ```text
//! cargo run --release --example assign -- FILE [--mechanism NAME] [--lots KIND] [--seed N] [--time]
//! ```
//! `FILE` holds the market format or the DIMACS assignment format, see `interop::markets`; `-` reads standard input.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_types,
    reason = "a program, not the library: it prints, and it may look at the clock"
)]

mod answer;
mod options;

use options::{Options, Source};
use shared_parking::allocation::{Mechanism, allocate};
use shared_parking::interop::markets::{self, MarketFile};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let Some((options, mut problems)) = Options::parse(lexopt::Parser::from_env()) else {
        print!("{}", options::HELP);
        return ExitCode::SUCCESS;
    };
    // the file is read even when an option is wrong, so that one run tells every problem
    let file = options.source.as_ref().map(|source| read(source, options.mechanism)).transpose();
    match file {
        Ok(Some(file)) if problems.is_empty() => match assign(&file, &options) {
            // whoever reads the first lines only, as `head` does, has had enough
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(&format!("standard output: {error}")),
            _ => ExitCode::SUCCESS,
        },
        file => {
            problems.extend(file.err());
            fail(&problems.join("\n"))
        }
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn read(source: &Source, mechanism: Mechanism) -> Result<MarketFile, String> {
    let text = match source {
        Source::File(path) => std::fs::read_to_string(path),
        Source::StandardInput => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text).map(|_| text)
        }
    };
    let text = text.map_err(|error| format!("{source}: {error}"))?;
    let file = markets::read(&text).map_err(|flaws| format!("{source}: {flaws}"))?;
    check_people(&file, mechanism).map_err(|problem| format!("{source}: {problem}"))?;
    Ok(file)
}

/// The most people of a mechanism that holds each in memory: with the audit some 30 bytes, 64 with lots per place, as
/// measured with 2,000,000 people of one agent and one choice; more choices take more.
const MOST_ONE_BY_ONE: u64 = 50_000_000;

fn check_people(file: &MarketFile, mechanism: Mechanism) -> Result<(), String> {
    let market = file.market();
    let people: u64 = market.agents().map(|agent| u64::from(market.count(agent))).sum();
    if mechanism == Mechanism::Optimal || people <= MOST_ONE_BY_ONE {
        return Ok(());
    }
    Err(format!(
        "{people} people; {mechanism} holds each in memory and takes at most {MOST_ONE_BY_ONE} here: divide the file, or use \
         --mechanism optimal",
    ))
}

fn assign(file: &MarketFile, options: &Options) -> io::Result<()> {
    let started = Instant::now();
    let allocation = allocate(file.market(), options.mechanism, options.seed);
    let solving = started.elapsed();
    let peak = peak_memory();
    answer::assert_sound(file.market(), options, &allocation);

    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    answer::write(&mut out, file, &allocation)?;
    if options.time {
        writeln!(out, "solve_ms {}", milliseconds(solving))?;
        writeln!(out, "peak_mb {}", peak.as_deref().unwrap_or("unknown"))?;
    }
    out.flush()
}

/// With three decimals.
fn milliseconds(time: Duration) -> String {
    format!("{}.{:03}", time.as_millis(), time.as_micros() % 1_000)
}

/// The most memory this process had resident so far, in MiB with one decimal, where the system tells.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024))
}
