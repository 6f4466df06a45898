//! The command line.

use std::path::PathBuf;

pub const HELP: &str = "\
Compares the mechanisms that can give out a district's spaces: seats, walks, envy, today's holders, groups, waiting.

  --district FILE.geojson           the ground (default: the shipped Helsinki district)
  --applications FILE.csv|FILE.json who asks (default: invented, 26 for every 22 spaces)
  --policy FILE.json                the rules (default: the preset xicheng-2022 with points for distance and waiting)
  --seed N                          public seed of the tickets and of whatever is invented (default: 2026)
  --help                            this text

Without a file it goes on to both phases of the Desheng pilot.
";

pub struct Options {
    pub district: Option<PathBuf>,
    pub applications: Option<PathBuf>,
    pub policy: Option<PathBuf>,
    pub seed: u64,
}

impl Options {
    /// The options as far as they are understood, with every problem of the command line; nothing when help is asked for.
    pub fn parse(mut words: lexopt::Parser) -> Option<(Self, Vec<String>)> {
        use lexopt::prelude::*;
        let mut options = Self { district: None, applications: None, policy: None, seed: 2026 };
        let mut problems = Vec::new();
        loop {
            let problem: Option<lexopt::Error> = match words.next() {
                Ok(None) => break,
                Ok(Some(Long("help") | Short('h'))) => return None,
                Ok(Some(Long("seed"))) => {
                    words.value().and_then(|v| v.parse()).map(|n| options.seed = n).map_err(seed).err()
                }
                Ok(Some(Long("district"))) => words.value().map(|v| options.district = Some(v.into())).err(),
                Ok(Some(Long("applications"))) => words.value().map(|v| options.applications = Some(v.into())).err(),
                Ok(Some(Long("policy"))) => words.value().map(|v| options.policy = Some(v.into())).err(),
                Ok(Some(other)) => Some(other.unexpected()),
                Err(error) => Some(error),
            };
            problems.extend(problem.map(|problem| format!("command line: {problem}; see --help")));
        }
        Some((options, problems))
    }

    /// Whether any file is named.
    pub fn has_files(&self) -> bool {
        [&self.district, &self.applications, &self.policy].into_iter().any(Option::is_some)
    }
}

/// lexopt does not say which option a value was for.
fn seed(error: lexopt::Error) -> lexopt::Error {
    lexopt::Error::Custom(format!("--seed: {error}; give a whole number from 0 to {}", u64::MAX).into())
}
