//! What would each mechanism mean for a district, side by side?
//!
//! ```text
//! cargo run --release --example compare_mechanisms -- [--district FILE.geojson] [--applications FILE.csv|FILE.json]
//!     [--policy FILE.json] [--seed N]
//! ```
//! Without files it compares them for the shipped Helsinki district and for both phases of the Desheng pilot, with
//! invented applicants, and says what is invented.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    clippy::expect_used,
    clippy::disallowed_types,
    reason = "a program, not the library: it prints, shows progress, and stops on its own mistakes"
)]

mod cases;
mod labels;
mod options;
mod report;
mod round;
#[path = "../support/mod.rs"]
mod support;

use options::Options;
use shared_parking::allocation::Mechanism;
use shared_parking::audit::{Comparison, EnvyFigures};
use shared_parking::market::Lots;
use std::process::ExitCode;
use support::progress::{done, stage};
use support::{given, table};

/// The columns, and their two lines of heading.
pub const COLUMNS: [(Mechanism, [&str; 2]); 5] = [
    (Mechanism::Optimal, ["optimal", ""]),
    (Mechanism::DeferredAcceptance(Lots::Single), ["deferred", "acceptance"]),
    (Mechanism::DeferredAcceptance(Lots::PerPlace), ["deferred,", "lots per place"]),
    (Mechanism::SerialDictatorship, ["serial", "dictatorship"]),
    (Mechanism::TopTradingCycles, ["top trading", "cycles"]),
];

fn main() -> ExitCode {
    let Some((options, problems)) = Options::parse(lexopt::Parser::from_env()) else {
        return table::print(options::HELP).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS);
    };
    run(&options, problems).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS)
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn run(options: &Options, problems: Vec<String>) -> Result<(), String> {
    let cases = cases::cases(options).and_then(|cases| cases.iter().try_for_each(round::check).map(|()| cases));
    let mut text = String::new();
    for case in given::all_of(problems, cases)? {
        stage(&case.title);
        let round = round::Round::of(&case, options.seed)?;
        let comparison = round.compare()?;
        check(&comparison, &case.title);
        text.push_str(&report::text(&case, &comparison));
    }
    done();
    text.push_str(report::LEGEND);
    text.push_str("every allocation passed its audit\n");
    table::print(&text)
}

/// What the mechanisms promise is a zero, or a greatest number, in their columns.
fn check(comparison: &Comparison, title: &str) {
    let columns = &comparison.allocations;
    assert_eq!(columns.len(), COLUMNS.len(), "{title}: an allocation for each column");
    let (optimal, deferred, per_place) = (&columns[0], &columns[1], &columns[2]);
    let (serial, trading) = (&columns[3], &columns[4]);
    let most = columns.iter().map(|own| own.seated).max();
    assert_eq!(Some(optimal.seated), most, "{title}: no mechanism seats more than the optimal one");
    assert_eq!(deferred.envy, EnvyFigures::default(), "{title}: deferred acceptance leaves no justified envy");
    assert_eq!(serial.envy_by_list, EnvyFigures::default(), "{title}: a serial dictatorship leaves none by the list");
    for own in [deferred, per_place, trading] {
        let worse = own.holders.worse + own.holders.lost;
        assert_eq!(worse, 0, "{title}: no holder is worse off with {}", own.name);
    }
}
