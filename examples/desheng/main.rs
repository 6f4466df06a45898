//! What did the pilot's two phases look like, side by side?
//!
//! ```text
//! cargo run --release --example desheng -- [--seed N] [--out DIR]
//! ```
//! Desheng subdistrict, Beijing, 2019: 642 marked spaces in 6 communities at first, then 46 streets and alleys with
//! 2,250 shared spaces. The totals and the names of the communities are published; streets, doors and people are invented,
//! as many applicants for the spaces as the subdistrict had cars for its spaces (26,000 for 22,000).

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    clippy::expect_used,
    clippy::disallowed_types,
    reason = "a program, not the library: it prints, shows progress, and stops on its own mistakes"
)]

#[path = "../support/mod.rs"]
mod support;

use shared_parking::inventory::KerbRules;
use shared_parking::policy::presets;
use shared_parking::sample::{self, Phase};
use shared_parking::{District, Inventory, Window, audit};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use support::files::{look, write_all};
use support::progress::done;
use support::season::Host;
use support::table::{self, Row};
use support::{communities, map, season};

/// Invented: the weeks before the pilot was launched on 2019-08-12.
const APPLYING: (&str, &str) = ("2019-07-01T09:00", "2019-08-11T17:00");
const HELP: &str = "\
Runs the two phases of the Desheng pilot of 2019 on invented streets and compares them.

  --seed N    seed of streets, people and tickets (default: 2019)
  --out DIR   where the maps go (default: target/desheng)
  --help      this text
";

fn main() -> ExitCode {
    let Some((seed, out, mut problems)) = options(lexopt::Parser::from_env()) else {
        return table::print(HELP).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS);
    };
    problems.extend(look(&out).err());
    if !problems.is_empty() {
        return fail(&problems.join("\n"));
    }
    compare(seed, &out).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS)
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

/// Seed and folder as far as they are understood, with every problem of the command line; nothing when help is asked for.
fn options(mut words: lexopt::Parser) -> Option<(u64, PathBuf, Vec<String>)> {
    use lexopt::prelude::*;
    let (mut seed, mut out, mut problems) = (2019, PathBuf::from("target/desheng"), Vec::new());
    loop {
        let problem: Option<lexopt::Error> = match words.next() {
            Ok(None) => break,
            Ok(Some(Long("help") | Short('h'))) => return None,
            Ok(Some(Long("seed"))) => words.value().and_then(|v| v.parse()).map(|n| seed = n).map_err(whole).err(),
            Ok(Some(Long("out"))) => words.value().map(|v| out = v.into()).err(),
            Ok(Some(other)) => Some(other.unexpected()),
            Err(error) => Some(error),
        };
        problems.extend(problem.map(|problem| format!("command line: {problem}; see --help")));
    }
    Some((seed, out, problems))
}

/// lexopt does not say which option a value was for.
fn whole(error: lexopt::Error) -> lexopt::Error {
    lexopt::Error::Custom(format!("--seed: {error}; give a whole number from 0 to {}", u64::MAX).into())
}

fn compare(seed: u64, out: &std::path::Path) -> Result<(), String> {
    let phases =
        [("first phase", Phase::First, "desheng-first.svg"), ("end of 2019", Phase::YearEnd, "desheng-year-end.svg")];
    let (mut tables, mut maps, mut spaces) = (Vec::new(), Vec::new(), Vec::new());
    for (title, phase, file) in phases {
        let (rows, svg, total) = run(title, phase, seed)?;
        tables.push(rows);
        maps.push((file, svg));
        spaces.push(total);
    }
    assert_eq!(spaces, [642, 2_250], "the published totals");

    write_all(out, &maps)?;
    let people = sample::provenance(seed);
    let title = format!(
        "Desheng, Beijing, 2019: published totals on invented streets; {people}, and invented stays.\n\
         Prices are the preset's: the kerb tariff of 2019, and for residents the price published in 2022."
    );
    let table = table::text(&table::columns(&tables));
    table::print(&format!("{title}\n\n{table}\nboth audited and replayed; maps in {}\n", out.display()))
}

fn run(title: &str, phase: Phase, seed: u64) -> Result<(Vec<Row>, String, u64), String> {
    let survey = sample::desheng(phase, &communities::desheng(), seed);
    let inventory = Inventory::build(&survey, &KerbRules::default()).map_err(|flaws| flaws.to_string())?;
    let policy = presets::xicheng_2022();
    let people = season::people(&inventory, &policy, APPLYING);
    let applications = sample::applications(&inventory, &people, seed);
    let district = District::new(inventory, policy).map_err(|flaws| flaws.to_string())?;
    let journal = Host::received(district, &applications)?.run(seed)?;

    let district = journal.district();
    let findings = audit::check_journal(&journal).err().unwrap_or_default();
    assert!(findings.is_empty(), "the audit found: {findings:?}");
    assert_eq!(journal.replay().digest().ok(), district.digest().ok(), "the journal replays to the same digest");

    let round = district.rounds().last().ok_or("no round was held")?;
    done();
    let figures = audit::figures(round);
    let revenue = audit::revenue(district, Window::all_from(round.at));
    let streets = district.inventory().stretches().iter();
    let named: BTreeSet<&str> = streets
        .filter_map(|stretch| district.inventory().street(&stretch.street))
        .map(|own| own.name.as_str())
        .collect();
    let mut rows = vec![
        ("phase".to_owned(), title.to_owned()),
        ("policy".to_owned(), "xicheng-2022".to_owned()),
        ("mechanism".to_owned(), district.policy().round.mechanism.to_string()),
        ("communities".to_owned(), district.inventory().communities().len().to_string()),
        ("streets and alleys marked".to_owned(), named.len().to_string()),
    ];
    rows.extend(table::rows(&figures, &revenue, district).into_iter().filter(|(label, _)| label != "streets"));
    Ok((rows, map::draw(district, round), figures.spaces))
}
