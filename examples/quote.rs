//! What would this stay cost, and why? An itemised bill before parking.
//!
//! `cargo run --release --example quote -- --policy xicheng-2022 --class 1 --from 2026-03-02T08:00 --to 2026-03-02T10:00`

#![expect(clippy::expect_used, reason = "an example asserts what it shows")]

use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::policy::{Bill, Policy, StayFacts, presets};
use shared_parking::{Money, Window, Zone};
use std::io::{self, Write};
use std::process::ExitCode;

const HELP: &str = "\
What a stay costs, line by line.

  quote --policy POLICY --class CLASS --from TIME --to TIME [--resident] [--json]

  --policy POLICY  a preset (such as xicheng-2022) or a policy document (FILE.json)
  --class CLASS    the class of area, as the tariff names it
  --from TIME      arrival in the policy's local time, like 2026-03-02T08:00 or 2026-03-02T08:00:30
  --to TIME        departure
  --resident       the car holds the policy's permit
  --json           the bill as JSON
  --help           this text

The car is a small one. Without any option, the quote is that of
  --policy xicheng-2022 --class 1 --from 2026-03-02T08:00 --to 2026-03-02T10:00
";
const SHOWN: [&str; 8] =
    ["--policy", "xicheng-2022", "--class", "1", "--from", "2026-03-02T08:00", "--to", "2026-03-02T10:00"];

/// The command line as it was written.
#[derive(Default)]
struct Options {
    policy: Option<String>,
    class: Option<String>,
    from: Option<String>,
    to: Option<String>,
    resident: bool,
    json: bool,
    help: bool,
}

impl Options {
    /// Reads all arguments, noting what it does not understand.
    fn read(arguments: impl Iterator<Item = String>, problems: &mut Vec<String>) -> Self {
        let mut options = Self::default();
        let mut arguments = arguments.peekable();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let (slot, flag) = match name.as_str() {
                "--policy" => (Some(&mut options.policy), None),
                "--class" => (Some(&mut options.class), None),
                "--from" => (Some(&mut options.from), None),
                "--to" => (Some(&mut options.to), None),
                "--resident" => (None, Some(&mut options.resident)),
                "--json" => (None, Some(&mut options.json)),
                "--help" | "-h" => (None, Some(&mut options.help)),
                _ => (None, None),
            };
            match (slot, flag) {
                (Some(slot), _) => match inline.or_else(|| arguments.next_if(|next| !next.starts_with("--"))) {
                    Some(value) if slot.is_none() => *slot = Some(value),
                    Some(_) => problems.push(format!("{name} is given twice; give it once")),
                    None => problems.push(format!("{name} has no value; write it after the option")),
                },
                (None, Some(flag)) if inline.is_none() => *flag = true,
                (None, Some(_)) => problems.push(format!("{name} takes no value; leave it out")),
                (None, None) => problems.push(format!("{name:?} is not an option; see --help")),
            }
        }
        options
    }

    /// The policy and the bill, or every problem.
    fn quote(&self, mut problems: Vec<String>) -> Result<(Policy, Bill), Vec<String>> {
        let mut need = |name: &str, value: &Option<String>| {
            if value.is_none() && !problems.iter().any(|problem| problem.starts_with(name)) {
                problems.push(format!("{name} is missing; see --help"));
            }
            value.clone().unwrap_or_default()
        };
        let (class, from, to) = (need("--class", &self.class), need("--from", &self.from), need("--to", &self.to));
        let name = need("--policy", &self.policy);
        let policy = match load(&name) {
            Ok(policy) => policy,
            Err(problem) => {
                if !name.is_empty() {
                    problems.push(format!("--policy {name}: {problem}"));
                }
                // Whether a time can be read at all is known without the policy's zone.
                problems.extend(
                    ["--from", "--to"].into_iter().zip([&from, &to]).flat_map(|(name, text)| unreadable(name, text)),
                );
                return Err(problems);
            }
        };
        let mut instant = |name: &str, text: &str| match policy.zone.parse_local(text) {
            Ok(at) => Some(at),
            Err(_) if text.is_empty() => None,
            Err(flaws) => {
                problems.extend(flaws.iter().map(|flaw| format!("{name}: {}; {}", flaw.problem, flaw.remedy)));
                None
            }
        };
        let (start, end) = (instant("--from", &from), instant("--to", &to));
        let window = start.zip(end).and_then(|(start, end)| {
            let window = Window::new(start, end).ok();
            if window.is_none() {
                problems.push(format!("--to {to} does not lie after --from {from}; give a later time"));
            }
            window
        });
        let known = policy.tariff.versions.iter().any(|version| version.class(&class).is_some());
        if policy.tariff.versions.is_empty() {
            problems.push(format!("--policy {name}: its tariff has no version, so nothing has a price; add one"));
        } else if !known && self.class.is_some() {
            problems.push(format!("--class {class}: the tariff has no such class; see the policy"));
        }
        let Some(window) = window.filter(|_| problems.is_empty()) else { return Err(problems) };
        let permit = self.resident.then_some(policy.permits.kind.as_str());
        let (vehicle, special_need) = (VehicleClass::Small, SpecialNeed::None);
        let bill = policy.price(&StayFacts { window, class: &class, vehicle, permit, special_need });
        match bill {
            Ok(bill) => Ok((policy, bill)),
            Err(reason) => Err(vec![reason.to_string()]),
        }
    }
}

/// What is wrong with a time in any zone.
fn unreadable(name: &str, text: &str) -> Vec<String> {
    let zone: Zone = "UTC".parse().expect("a zone");
    let found = if text.is_empty() { None } else { zone.parse_local(text).err() };
    found.iter().flatten().map(|flaw| format!("{name}: {}; {}", flaw.problem, flaw.remedy)).collect()
}

fn load(name: &str) -> Result<Policy, String> {
    if let Ok(preset) = presets::by_name(name) {
        return Ok(preset);
    }
    let text = std::fs::read_to_string(name).map_err(|error| {
        let names: Vec<&str> = presets::names().collect();
        format!("neither a preset ({}) nor a file that can be read ({error})", names.join(", "))
    })?;
    Policy::from_json(&text).map_err(|flaws| flaws.to_string())
}

fn main() -> ExitCode {
    // What is no UTF-8 is no option, and no name of a policy either: it is told like any other wrong word.
    let mut arguments: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    if arguments.is_empty() {
        arguments = SHOWN.map(str::to_owned).into();
    }
    let shown = arguments == SHOWN;
    let mut problems = Vec::new();
    let options = Options::read(arguments.into_iter(), &mut problems);
    if options.help {
        return print(HELP);
    }
    let (policy, bill) = match options.quote(problems) {
        Ok(quoted) => quoted,
        Err(problems) => {
            let text: String = problems.iter().map(|problem| format!("quote: {problem}\n")).collect();
            let _ = io::stderr().write_all(text.as_bytes());
            return ExitCode::from(2);
        }
    };

    // What a host may rely on: the lines sum to the total, and JSON carries the bill unchanged.
    let json = serde_json::to_string(&bill).expect("a bill is plain data");
    assert!(bill.adds_up());
    assert_eq!(bill.lines.iter().map(|line| line.amount).sum::<Money>(), bill.total);
    assert_eq!(serde_json::from_str::<Bill>(&json).expect("the bill just written"), bill);
    if shown {
        assert_eq!(policy.currency.write(bill.total), "25.00");
    }
    print(&if options.json { json + "\n" } else { bill.write(&policy.currency, &policy.zone) })
}

/// Writes to stdout; a reader that has gone away is no failure of ours.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "quote: standard output: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}
