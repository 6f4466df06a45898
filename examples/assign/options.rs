//! The command line.

use lexopt::ValueExt as _;
use shared_parking::allocation::Mechanism;
use shared_parking::market::Lots;
use std::fmt;
use std::path::PathBuf;

pub const HELP: &str = "\
Solves an assignment problem by one of four mechanisms. Nothing is printed that the auditor does not accept.

  assign FILE [--mechanism NAME] [--lots KIND] [--seed N] [--time]

  FILE              the market format or the DIMACS assignment format (.asn); - reads standard input
  --mechanism NAME  optimal (the default), deferred, serial or trading
  --lots KIND       with deferred: one lot for each person (single, the default), or one for each person and place
                    (per-place)
  --seed N          what the lots are drawn from, 0 (the default) to 18446744073709551615; optimal draws none
  --time            also print how long the solve took and how much memory the process had at most
  --help            this text

The mechanisms. People prefer what costs less, and at equal cost the place that comes first by id:

  optimal   as many as possible of the best standing are seated, then of the next, and so on; among all such answers the
            total cost is least. Looks neither at priorities nor at holdings
  deferred  deferred acceptance: people ask for one place after another, each place keeps its holders, then the best
            priorities, then standings, then lots. Nobody envies somebody who has a worse claim
  serial    serial dictatorship: by standing, then lot, everybody takes the best place left. Looks neither at priorities
            nor at holdings
  trading   top trading cycles: people point to the best place left, places to the best claim (as for deferred), and
            whoever stands on a circle trades. No exchange is left that all involved would like

All but optimal seat people one by one and hold each in memory: they take at most 50000000 people (the sum of COUNT).

By deferred and trading no holder ends worse than at the place held, if it is one they accept.

The market format, one statement a line, in any order (see examples/data/small.market):

  place ID CAPACITY              agent ID STANDING [COUNT]      choice AGENT PLACE COST
  priority PLACE AGENT AGENT …   rank PLACE AGENT NUMBER        holds AGENT PLACE [COUNT]
  # a comment

What is printed, sorted by agent and place (ids as bytes; DIMACS nodes as numbers):

  seat AGENT PLACE COST [COUNT]      COUNT people of the agent sit there (1 when not stated), at this cost a person
  left AGENT [COUNT]                 so many people of the agent are left out
  price PLACE P                      with optimal: together these prove the answer. Everyone sits where cost + P is least
                                     among their choices, and P is above 0 only where every space is taken
  price PLACE P closed STANDING      a place that cannot take one more person without leaving out one of that standing or
                                     better: to P, which may be negative here, comes the weight of leaving out one person
                                     of STANDING, which exceeds every sum of costs. Capacity 0 is closed at 0
  seated N                           people seated in all
  cost C                             what all seats cost together
  solve_ms T                         with --time: the solve alone, in milliseconds
  peak_mb M                          with --time: the most memory resident until the solve ended, in MiB, or unknown

With bad input every bad line is named on standard error, nothing is printed, and the exit code is 2; so too with more
people than the mechanism takes.
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
    pub source: Option<Source>,
    pub mechanism: Mechanism,
    pub seed: u64,
    pub time: bool,
}

impl Options {
    /// The options, `optimal` and no source where they are not understood, with every problem of the command line; nothing
    /// when help is asked for.
    pub fn parse(mut words: lexopt::Parser) -> Option<(Self, Vec<String>)> {
        use lexopt::prelude::*;
        let (mut source, mut mechanism) = (None, Some(Mechanism::default()));
        let (mut lots, mut seed, mut time) = (None, 0, false);
        let mut problems = Vec::new();
        loop {
            let problem: Option<lexopt::Error> = match words.next() {
                Ok(None) => break,
                Ok(Some(Long("help") | Short('h'))) => return None,
                Ok(Some(Long("time"))) => {
                    time = true;
                    None
                }
                Ok(Some(Long("seed"))) => take(&mut seed, number(&mut words)),
                Ok(Some(Long("lots"))) => take(&mut lots, kind(&mut words).map(Some)),
                Ok(Some(Long("mechanism"))) => {
                    mechanism = None; // until it is understood
                    take(&mut mechanism, named(&mut words).map(Some))
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
        match (&mut mechanism, lots) {
            (Some(Mechanism::DeferredAcceptance(drawn)), Some(lots)) => *drawn = lots,
            (Some(_), Some(_)) => {
                problems.push("command line: --lots: only deferred has a choice of lots; see --help".to_owned());
            }
            _ => {}
        }
        if source.is_none() {
            problems.push("command line: no FILE; name one, or - for standard input; see --help".to_owned());
        }
        Some((Self { source, mechanism: mechanism.unwrap_or_default(), seed, time }, problems))
    }
}

/// Keeps a value that was understood; otherwise the problem.
fn take<T>(kept: &mut T, value: Result<T, lexopt::Error>) -> Option<lexopt::Error> {
    value.map(|value| *kept = value).err()
}

/// The mechanisms by their names here.
fn named(words: &mut lexopt::Parser) -> Result<Mechanism, lexopt::Error> {
    match words.value()?.string()?.as_str() {
        "optimal" => Ok(Mechanism::Optimal),
        "deferred" => Ok(Mechanism::DeferredAcceptance(Lots::Single)),
        "serial" => Ok(Mechanism::SerialDictatorship),
        "trading" => Ok(Mechanism::TopTradingCycles),
        other => Err(problem(format!("--mechanism: there is no {other:?}; give optimal, deferred, serial or trading"))),
    }
}

fn kind(words: &mut lexopt::Parser) -> Result<Lots, lexopt::Error> {
    match words.value()?.string()?.as_str() {
        "single" => Ok(Lots::Single),
        "per-place" => Ok(Lots::PerPlace),
        other => Err(problem(format!("--lots: there is no {other:?}; give single or per-place"))),
    }
}

fn number(words: &mut lexopt::Parser) -> Result<u64, lexopt::Error> {
    // lexopt does not say which option a value was for
    let told = |error| problem(format!("--seed: {error}; give a whole number from 0 to {}", u64::MAX));
    words.value()?.parse().map_err(told)
}

fn problem(words: String) -> lexopt::Error {
    lexopt::Error::Custom(words.into())
}
