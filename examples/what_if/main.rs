//! Who would gain and who would lose under another policy?
//!
//! ```text
//! cargo run --release --example what_if -- [--before FILE.json] [--after FILE.json] [--district FILE.geojson]
//!     [--applications FILE.csv|FILE.json] [--season NAME] [--seed N] [--fewest N]
//! ```
//! It holds one round twice, under the policy of today and under the one to be voted on, audits both, and prints numbers
//! by tier and by community, never persons. Without options it takes the first phase of the Desheng pilot with invented
//! people, and asks what a walking limit of 300 m instead of 500 m would mean.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    clippy::expect_used,
    clippy::disallowed_types,
    reason = "a program, not the library: it prints, shows progress, and stops on its own mistakes"
)]

mod input;
mod options;
mod report;
#[path = "../support/mod.rs"]
mod support;

use input::Input;
use options::Options;
use shared_parking::audit::{self, compare_rounds};
use shared_parking::{Action, Command, District, Journal, Policy, Season};
use std::process::ExitCode;
use support::progress::{done, stage};
use support::{given, season, table};

fn main() -> ExitCode {
    let Some((options, problems)) = Options::parse(lexopt::Parser::from_env()) else {
        return table::print(options::HELP).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS);
    };
    what_if(&options, problems).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS)
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn what_if(options: &Options, problems: Vec<String>) -> Result<(), String> {
    let (input, before, after) = given::all_of(problems, received(options))?;
    let before = held(&input, before, options, "before")?;
    let after = held(&input, after, options, "after")?;
    let season = season_of(&input, options)?;
    let fewest = usize::try_from(options.fewest).unwrap_or(usize::MAX);
    let gains = compare_rounds(&before, &after, &season, fewest)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    done();
    table::print(&report::text(&input, &gains, options))
}

/// What is given, and the district that has received the applications, under either policy.
fn received(options: &Options) -> Result<(Input, Journal, Journal), String> {
    let input = Input::read(options)?;
    let under = |policy: &Policy, which: &str| {
        let told = |problem: String| format!("the policy {which}: {problem}");
        let district =
            District::new(input.inventory.clone(), policy.clone()).map_err(|flaws| told(flaws.to_string()))?;
        season::received(district, &input.applications)
    };
    match (under(&input.before, "before"), under(&input.after, "after")) {
        (Ok(before), Ok(after)) => Ok((input, before, after)),
        (before, after) => {
            let mut problems: Vec<String> = [before.err(), after.err()].into_iter().flatten().collect();
            problems.dedup(); // what is wrong with an application is so under both
            Err(problems.join("\n"))
        }
    }
}

/// The district after its round, audited.
fn held(input: &Input, mut journal: Journal, options: &Options, which: &str) -> Result<District, String> {
    // Both rounds are held at one instant, on the clock of the policy before.
    let at = season::round_at(&input.before, &input.applications);
    stage(&format!("holding the round {which}"));
    let action = Action::HoldRound { season: season_of(input, options)?, seed: options.seed };
    let id = "round".parse().expect("a short id");
    journal.execute(Command { id, at, action }).map_err(|refusal| format!("the round {which}: {refusal}"))?;
    stage(&format!("auditing the round {which}"));
    let findings = audit::check_journal(&journal).err().unwrap_or_default();
    assert!(findings.is_empty(), "the audit of the round {which} found: {findings:?}");
    Ok(journal.district().clone())
}

fn season_of(input: &Input, options: &Options) -> Result<Season, String> {
    let at = season::round_at(&input.before, &input.applications);
    options.season.clone().map_or_else(|| season::season(&input.before, at), Ok)
}
