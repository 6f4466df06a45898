//! The command line.

use crate::family::Family;
use crate::peer::With;
use lexopt::prelude::*;

pub(crate) const HELP: &str = "\
Compares shared-parking's optimal allocation with general solvers on the same markets.

    cargo run --release -p shared-parking-peers -- [OPTIONS]

    --sizes N,…      spaces (642,2250,22500); there are twice as many people, 1200 on 642
    --families F,…   spaces, nearest, wide, own, tight, slack, ties, strict, strict-nearest (the first four)
    --with P,…       lemon, sites, unmerged, ortools, scipy, crates (all)
    --repeat N       turns that everybody takes (5)
    --deferred N,…   no table, but deferred acceptance beside the Python package matching: N applicants, 56 places
    --budget S       a peer that used S seconds on a market takes no further turn there (60)
    --help           this text
";

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Args {
    pub(crate) sizes: Vec<u32>,
    pub(crate) families: Vec<Family>,
    pub(crate) with: Vec<With>,
    pub(crate) repeat: usize,
    pub(crate) budget: u32,
    /// Applicants of the markets for deferred acceptance; where there are any, nothing else is run.
    pub(crate) deferred: Vec<u32>,
}

impl Args {
    /// `None` when help is wanted.
    pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Option<Self>, lexopt::Error> {
        let mut args = Self {
            sizes: vec![642, 2_250, 22_500],
            families: Family::ALL[..4].to_vec(),
            with: With::ALL.to_vec(),
            repeat: 5,
            budget: 60,
            deferred: Vec::new(),
        };
        while let Some(arg) = parser.next()? {
            match arg {
                Long("sizes") => args.sizes = list(&parser.value()?.string()?, |word| word.parse().ok().filter(size))?,
                Long("families") => {
                    args.families = list(&parser.value()?.string()?, |word| named(&Family::ALL, Family::name, word))?;
                }
                Long("with") => {
                    args.with = list(&parser.value()?.string()?, |word| named(&With::ALL, With::name, word))?
                }
                Long("repeat") => args.repeat = parser.value()?.parse::<u16>()?.max(1).into(),
                Long("budget") => args.budget = parser.value()?.parse()?,
                Long("deferred") => {
                    args.deferred = list(&parser.value()?.string()?, |word| {
                        word.parse().ok().filter(|n| (64..=1_000_000).contains(n))
                    })?;
                }
                Long("help") | Short('h') => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        Ok(Some(args))
    }
}

/// The generator needs a few streets, and numbers of people are 31 bits.
fn size(spaces: &u32) -> bool {
    (100..=100_000_000).contains(spaces)
}

fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, word: &str) -> Option<T> {
    all.iter().copied().find(|&one| name(one) == word)
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, lexopt::Error> {
    let one = |word: &str| read(word.trim()).ok_or_else(|| format!("'{word}' cannot be used here").into());
    text.split(',').map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Option<Args>, lexopt::Error> {
        Args::parse(lexopt::Parser::from_args(words))
    }

    #[test]
    fn options_are_read_and_nonsense_is_refused() {
        let args = parse(&["--sizes", "642,1000", "--families=own,strict", "--with", "lemon"]).unwrap().unwrap();
        assert_eq!(args.sizes, [642, 1_000]);
        assert_eq!(args.families.iter().map(|family| family.name()).collect::<Vec<_>>(), ["own", "strict"]);
        assert_eq!(args.with, [With::Lemon]);
        assert_eq!(parse(&["--deferred", "64,3200"]).unwrap().unwrap().deferred, [64, 3_200]);
        assert!(parse(&["--help"]).unwrap().is_none());
        for wrong in [
            ["--sizes", "7"],
            ["--families", "near"],
            ["--with", ""],
            ["--repeat", "x"],
            ["--fast", "1"],
            ["--deferred", "9"],
        ] {
            assert!(parse(&wrong).is_err(), "{wrong:?}");
        }
    }
}
