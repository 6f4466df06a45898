//! How do I run the library's main job on a district of mine, from the ground to the bill?
//!
//! ```text
//! cargo run --release --example allocate -- [--district FILE.geojson] [--applications FILE.csv|FILE.json]
//!     [--policy FILE.json] [--seed N] [--out DIR] [--json]
//! ```
//! Without options it takes the shipped Helsinki district, invents applicants for its doors (and says so), uses the
//! preset `xicheng-2022`, and writes into `target/allocate`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::float_arithmetic,
    clippy::expect_used,
    clippy::disallowed_types,
    reason = "a program, not the library: it prints, shows progress, and stops on its own mistakes"
)]

mod files;
mod input;
mod options;
mod report;
#[path = "../support/mod.rs"]
mod support;

use input::Input;
use options::Options;
use serde_json::json;
use shared_parking::{District, Window, audit};
use std::process::ExitCode;
use support::progress::{done, stage};
use support::season::Host;
use support::{given, table};

fn main() -> ExitCode {
    let Some((options, problems)) = Options::parse(lexopt::Parser::from_env()) else {
        return table::print(options::HELP).map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS);
    };
    match allocate(&options, problems) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn allocate(options: &Options, mut problems: Vec<String>) -> Result<(), String> {
    problems.extend(support::files::look(&options.out).err());
    let (host, provenance) = given::all_of(problems, received(options))?;
    let journal = host.run(options.seed)?;
    let district = journal.district();

    // What the example claims, it asserts: the auditor agrees, and the history gives the same state again.
    stage("auditing");
    let findings = audit::check_journal(&journal).err().unwrap_or_default();
    assert!(findings.is_empty(), "the audit found: {findings:?}");
    assert_eq!(journal.replay().digest().ok(), district.digest().ok(), "the journal replays to the same digest");
    let round = district.rounds().last().ok_or("no round was held")?;
    let figures = audit::figures(round);
    let revenue = audit::revenue(district, Window::all_from(round.at));
    assert_eq!(figures.eligible, figures.seated + left_out(&figures), "everybody eligible is seated or told why not");

    let mut rows = vec![
        ("district".to_owned(), district.inventory().name().to_owned()),
        ("policy".to_owned(), district.policy().name.clone()),
        ("mechanism".to_owned(), district.policy().round.mechanism.to_string()),
        ("people".to_owned(), provenance.clone()),
        ("seed of the tickets".to_owned(), options.seed.to_string()),
    ];
    rows.extend(table::rows(&figures, &revenue, district));
    stage("writing");
    let written = files::write(options, &journal, &rows)?;
    done();
    if options.json {
        let document = json!({
            "district": district.inventory().name(),
            "policy": district.policy().name,
            "mechanism": district.policy().round.mechanism,
            "people": provenance,
            "seed": options.seed,
            "currency": district.policy().currency.code,
            "figures": figures,
            "revenue": revenue,
        });
        table::print(&format!("{document}\n"))
    } else {
        let files = format!("audited, replayed, and written to {}: {}", options.out.display(), written.join(", "));
        table::print(&format!("{}\n{files}\n", table::text(&table::columns(&[rows]))))
    }
}

/// The district that has received the applications, and where they come from in words.
fn received(options: &Options) -> Result<(Host, String), String> {
    let input = Input::read(options)?;
    let district = District::new(input.inventory, input.policy).map_err(|flaws| flaws.to_string())?;
    Ok((Host::received(district, &input.applications)?, input.provenance))
}

fn left_out(figures: &audit::Figures) -> usize {
    figures.refused.iter().filter(|&(&number, _)| number >= 300).map(|(_, count)| count).sum()
}
