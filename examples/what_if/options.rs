//! The command line.

use shared_parking::Season;
use std::path::PathBuf;

pub const HELP: &str = "\
Holds one round under two policies and prints who gains and who loses, in numbers, by tier and by community.

  --before FILE.json                the rules of today (default: the preset xicheng-2022)
  --after FILE.json                 the rules to be voted on (default: those of today with a walking limit of 300 m)
  --district FILE.geojson           the ground (default: see below)
  --applications FILE.csv|FILE.json who asks (default: invented, 26 for every 22 spaces)
  --season NAME                     the season of the round (default: its year)
  --seed N                          public seed of the tickets and of whatever is invented (default: 2026)
  --fewest N                        groups of fewer people are told together (default: 5)
  --help                            this text

Without ground and applications it takes the first phase of the Desheng pilot; with applications alone the shipped
Helsinki district.
";

pub struct Options {
    pub before: Option<PathBuf>,
    pub after: Option<PathBuf>,
    pub district: Option<PathBuf>,
    pub applications: Option<PathBuf>,
    pub season: Option<Season>,
    pub seed: u64,
    pub fewest: u64,
}

impl Options {
    /// The options as far as they are understood, with every problem of the command line; nothing when help is asked for.
    pub fn parse(mut words: lexopt::Parser) -> Option<(Self, Vec<String>)> {
        use lexopt::prelude::*;
        let (before, after, district, applications) = (None, None, None, None);
        let mut options = Self { before, after, district, applications, season: None, seed: 2026, fewest: 5 };
        let mut problems = Vec::new();
        loop {
            let problem: Option<lexopt::Error> = match words.next() {
                Ok(None) => break,
                Ok(Some(Long("help") | Short('h'))) => return None,
                Ok(Some(Long("before"))) => words.value().map(|v| options.before = Some(v.into())).err(),
                Ok(Some(Long("after"))) => words.value().map(|v| options.after = Some(v.into())).err(),
                Ok(Some(Long("district"))) => words.value().map(|v| options.district = Some(v.into())).err(),
                Ok(Some(Long("applications"))) => words.value().map(|v| options.applications = Some(v.into())).err(),
                Ok(Some(Long("season"))) => words.value().and_then(season).map(|v| options.season = Some(v)).err(),
                Ok(Some(Long("seed"))) => {
                    let given = words.value().and_then(|v| v.parse());
                    given.map(|n| options.seed = n).map_err(|error| whole("seed", error)).err()
                }
                Ok(Some(Long("fewest"))) => {
                    let given = words.value().and_then(|v| v.parse());
                    given.map(|n| options.fewest = n).map_err(|error| whole("fewest", error)).err()
                }
                Ok(Some(other)) => Some(other.unexpected()),
                Err(error) => Some(error),
            };
            problems.extend(problem.map(|problem| format!("command line: {problem}; see --help")));
        }
        Some((options, problems))
    }
}

fn season(value: std::ffi::OsString) -> Result<Season, lexopt::Error> {
    let told = |problem: String| lexopt::Error::Custom(format!("--season: {problem}").into());
    let text = value.to_str().ok_or_else(|| told("it is no text in UTF-8".to_owned()))?;
    Season::new(text)
        .map_err(|flaws| told(flaws.iter().map(|flaw| flaw.problem.clone() + "; " + &flaw.remedy).collect()))
}

/// lexopt does not say which option a value was for.
fn whole(option: &str, error: lexopt::Error) -> lexopt::Error {
    lexopt::Error::Custom(format!("--{option}: {error}; give a whole number from 0 to {}", u64::MAX).into())
}
