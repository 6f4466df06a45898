//! The command line.

use std::path::PathBuf;

pub const HELP: &str = "\
Allocates a district's shared spaces to its permit applicants and bills a day of parking.

  --district FILE.geojson           the ground (default: the shipped Helsinki district)
  --applications FILE.csv|FILE.json who asks (default: invented, 26 for every 22 spaces)
  --policy FILE.json                the rules (default: the preset xicheng-2022)
  --seed N                          public seed of the tickets and of whatever is invented (default: 2026)
  --out DIR                         where the files go (default: target/allocate)
  --json                            the figures as JSON on standard output, and nothing else there
  --help                            this text
";

pub struct Options {
    pub district: Option<PathBuf>,
    pub applications: Option<PathBuf>,
    pub policy: Option<PathBuf>,
    pub seed: u64,
    pub out: PathBuf,
    pub json: bool,
}

impl Options {
    /// The options as far as they are understood, with every problem of the command line; nothing when help is asked for.
    pub fn parse(mut words: lexopt::Parser) -> Option<(Self, Vec<String>)> {
        use lexopt::prelude::*;
        let out = PathBuf::from("target/allocate");
        let mut options = Self { district: None, applications: None, policy: None, seed: 2026, out, json: false };
        let mut problems = Vec::new();
        loop {
            let problem: Option<lexopt::Error> = match words.next() {
                Ok(None) => break,
                Ok(Some(Long("help") | Short('h'))) => return None,
                Ok(Some(Long("json"))) => {
                    options.json = true;
                    None
                }
                Ok(Some(Long("seed"))) => {
                    words.value().and_then(|v| v.parse()).map(|n| options.seed = n).map_err(seed).err()
                }
                Ok(Some(Long("district"))) => words.value().map(|v| options.district = Some(v.into())).err(),
                Ok(Some(Long("applications"))) => words.value().map(|v| options.applications = Some(v.into())).err(),
                Ok(Some(Long("policy"))) => words.value().map(|v| options.policy = Some(v.into())).err(),
                Ok(Some(Long("out"))) => words.value().and_then(folder).map(|v| options.out = v).err(),
                Ok(Some(other)) => Some(other.unexpected()),
                Err(error) => Some(error),
            };
            problems.extend(problem.map(|problem| format!("command line: {problem}; see --help")));
        }
        Some((options, problems))
    }
}

fn folder(value: std::ffi::OsString) -> Result<PathBuf, lexopt::Error> {
    let empty = || lexopt::Error::Custom("--out: an empty name; give a folder, such as .".into());
    if value.is_empty() { Err(empty()) } else { Ok(value.into()) }
}

/// lexopt does not say which option a value was for.
fn seed(error: lexopt::Error) -> lexopt::Error {
    lexopt::Error::Custom(format!("--seed: {error}; give a whole number from 0 to {}", u64::MAX).into())
}
