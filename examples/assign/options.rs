//! The command line.

use shared_parking::allocation::Mechanism;
use std::fmt;
use std::path::PathBuf;

pub const HELP: &str = "\
Solves an assignment problem and proves the answer: as many people as possible of the best standing are seated, then of
the next, and so on; among all such answers, the total cost is least.

  assign FILE [--mechanism NAME] [--seed N] [--time]

  FILE              the market format or the DIMACS assignment format (.asn); - reads standard input
  --mechanism NAME  optimal (the default; deferred, serial and trading are not built yet)
  --seed N          for mechanisms that draw lots, 0 to 18446744073709551615; optimal draws none
  --time            also print how long the solve took and how much memory the process had at most
  --help            this text

The market format, one statement a line, in any order (see examples/data/small.market):

  place ID CAPACITY              agent ID STANDING [COUNT]      choice AGENT PLACE COST
  priority PLACE AGENT AGENT …   holds AGENT PLACE              # a comment

What is printed, sorted by agent and place (ids as bytes; DIMACS nodes as numbers):

  seat AGENT PLACE COST [COUNT]      COUNT people of the agent sit there (1 when not stated), at this cost a person
  left AGENT [COUNT]                 so many people of the agent are left out
  price PLACE P                      together these prove the answer: everyone sits where cost + P is least among their
                                     choices, and P is above 0 only where every space is taken
  price PLACE P closed STANDING      a place that cannot take one more person without leaving out one of that standing or
                                     better: to P, which may be negative here, comes the weight of leaving out one person
                                     of STANDING, which exceeds every sum of costs. Capacity 0 is closed at 0
  seated N                           people seated in all
  cost C                             what all seats cost together
  solve_ms T                         with --time: the solve alone, in milliseconds
  peak_mb M                          with --time: the most memory resident until the solve ended, in MiB, or unknown

With bad input every bad line is named on standard error, nothing is printed, and the exit code is 2.
";

/// Where the problem comes from.
pub enum Source {
    File(PathBuf),
    StandardInput,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::StandardInput => f.write_str("standard input"),
        }
    }
}

pub struct Options {
    pub source: Source,
    pub mechanism: Mechanism,
    pub time: bool,
}

impl Options {
    /// The options; nothing when help is asked for; otherwise every problem of the command line.
    pub fn parse(mut words: lexopt::Parser) -> Result<Option<Self>, Vec<String>> {
        use lexopt::prelude::*;
        let (mut source, mut mechanism, mut time) = (None, Mechanism::default(), false);
        let mut problems = Vec::new();
        loop {
            let problem: Option<lexopt::Error> = match words.next() {
                Ok(None) => break,
                Ok(Some(Long("help") | Short('h'))) => return Ok(None),
                Ok(Some(Long("time"))) => {
                    time = true;
                    None
                }
                Ok(Some(Long("seed"))) => words.value().and_then(|v| v.parse::<u64>()).map_err(seed).err(),
                Ok(Some(Long("mechanism"))) => {
                    let named = words.value().and_then(|name| named(&name.string()?));
                    named.map(|named| mechanism = named).err()
                }
                Ok(Some(Value(file))) if source.is_none() => {
                    source = Some(if file == "-" { Source::StandardInput } else { Source::File(file.into()) });
                    None
                }
                Ok(Some(other)) => Some(other.unexpected()),
                Err(error) => Some(error),
            };
            problems.extend(problem.map(|problem| format!("command line: {problem}; see --help")));
        }
        let Some(source) = source else {
            problems.push("command line: no FILE; name one, or - for standard input; see --help".to_owned());
            return Err(problems);
        };
        if problems.is_empty() { Ok(Some(Self { source, mechanism, time })) } else { Err(problems) }
    }
}

/// The mechanisms by their names here.
fn named(name: &str) -> Result<Mechanism, lexopt::Error> {
    let problem = match name {
        "optimal" => return Ok(Mechanism::Optimal),
        "deferred" | "serial" | "trading" => "is not built yet",
        _ => "is no mechanism",
    };
    Err(lexopt::Error::Custom(format!("--mechanism: {name:?} {problem}; there is optimal").into()))
}

/// lexopt does not say which option a value was for.
fn seed(error: lexopt::Error) -> lexopt::Error {
    lexopt::Error::Custom(format!("--seed: {error}; give a whole number from 0 to {}", u64::MAX).into())
}
