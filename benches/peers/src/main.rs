//! The same markets through `shared_parking` and through general solvers: objectives compared for equality, and one
//! table of times and ratios. `README.md` says what is compared and how.

mod args;
mod deferred;
mod dense;
mod family;
mod merged;
mod objective;
mod peer;
mod program;
mod run;
mod table;

use args::{Args, HELP};
use program::Workshop;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match Args::parse(lexopt::Parser::from_env()) {
        Ok(Some(args)) => args,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}; --help tells what there is");
            return ExitCode::from(2);
        }
    };
    match compare(&args) {
        Ok(disagreements) if disagreements.is_empty() => ExitCode::SUCCESS,
        Ok(disagreements) => {
            eprintln!("{}", disagreements.join("\n"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all that was asked for and prints the table; the disagreements.
fn compare(args: &Args) -> Result<Vec<String>, String> {
    let workshop = Workshop::new()?;
    let before = load();
    if !args.deferred.is_empty() {
        for &applicants in &args.deferred {
            println!("{}", deferred::compare(applicants, &workshop, args.repeat)?);
        }
        println!("Load average before {before}, after {}.", load());
        return Ok(Vec::new());
    }
    let columns = peer::columns(&args.with);
    let titles: Vec<&str> = columns.iter().map(|column| column.title).collect();
    let (mut rows, mut slopes) = (Vec::new(), Vec::new());
    let (mut notes, mut disagreements) = (Vec::new(), Vec::new());
    for &family in &args.families {
        let first = rows.len();
        for &spaces in &args.sizes {
            let recipe = family.recipe(spaces);
            eprintln!("{} {spaces} / {} …", family.name(), recipe.people);
            let outcome = run::market(args, &workshop, &columns, family.name(), &recipe)?;
            rows.push(outcome.row);
            disagreements.extend(outcome.disagreements);
            for note in outcome.notes {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        slopes.extend(table::slopes(family.name(), &titles, &rows[first..]));
    }
    print!("{}", table::render(&titles, &rows, args.repeat));
    for slope in slopes {
        println!("{slope}");
    }
    println!("{} turns each. Load average before {before}, after {}.", args.repeat, load());
    for note in notes {
        println!("{note}");
    }
    Ok(disagreements)
}

/// How busy the machine was in the last minute, where the system tells.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|word| !word.is_empty()).unwrap_or("unknown").to_owned()
}
