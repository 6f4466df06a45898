//! The communities of Desheng.

/// Codes and names by year: see examples/data/README.md for source and licence.
const COMMUNITIES: &str = include_str!("../data/desheng_communities.csv");

/// Codes and names of the communities of 2019, in the order of their codes.
pub fn desheng() -> Vec<(String, String)> {
    let named = |line: &str| {
        let mut cells = line.split(',');
        let (code, name) = (cells.next()?, cells.nth(1)?);
        (!name.is_empty()).then(|| (code.to_owned(), name.to_owned()))
    };
    COMMUNITIES.lines().skip(1).filter_map(named).collect()
}
