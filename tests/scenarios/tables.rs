//! The tables, and how they are read.

/// A preset and its tables, in the order of [`shared_parking::policy::presets::names`].
pub const PRESETS: [(&str, &[&str]); 8] = [
    (
        "xicheng-2022",
        &[
            include_str!("presets/beijing.txt"),
            include_str!("presets/xicheng.txt"),
            include_str!("presets/resident-price.txt"),
        ],
    ),
    ("xicheng-2019", &[include_str!("presets/beijing.txt"), include_str!("presets/xicheng.txt")]),
    (
        "mentougou-2026",
        &[
            include_str!("presets/beijing.txt"),
            include_str!("presets/mentougou.txt"),
            include_str!("presets/resident-price.txt"),
        ],
    ),
    (
        "dongjak",
        &[include_str!("presets/seoul.txt"), include_str!("presets/points.txt"), include_str!("presets/dongjak.txt")],
    ),
    (
        "yongsan",
        &[include_str!("presets/seoul.txt"), include_str!("presets/points.txt"), include_str!("presets/yongsan.txt")],
    ),
    ("gangnam", &[include_str!("presets/seoul.txt"), include_str!("presets/gangnam.txt")]),
    ("amsterdam", &[include_str!("presets/amsterdam.txt")]),
    ("san-francisco", &[include_str!("presets/san-francisco.txt")]),
];

/// Refusals, by what is asked for.
pub const CODES: [&str; 6] = [
    include_str!("codes/commands.txt"),
    include_str!("codes/lifecycle.txt"),
    include_str!("codes/special.txt"),
    include_str!("codes/appeals.txt"),
    include_str!("codes/eligibility.txt"),
    include_str!("codes/rounds.txt"),
];

/// A line of a table.
pub struct Row {
    /// Its number, from 1.
    pub line: usize,
    /// Whether it is the first of a story.
    pub begins: bool,
    /// A local day, with or without a time; nothing: as in the line before; `max`: the end of time.
    pub when: &'static str,
    pub step: &'static str,
    /// The rules that it shows.
    pub shows: Vec<&'static str>,
    pub expected: String,
}

/// The steps of a table. Empty lines and lines that start with `#` are for the reader; `##` begins a story.
pub fn rows(text: &'static str) -> Vec<Row> {
    let (mut rows, mut begins) = (Vec::new(), true);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            begins |= line.starts_with("##");
            continue;
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (when, step, shows, expected) = match cells[..] {
            [when, step, expected] => (when, step, "", expected),
            [when, step, shows, expected] => (when, step, shows, expected),
            _ => panic!("three columns or four: {line}"),
        };
        let shows = shows.split(';').map(str::trim).filter(|rule| !rule.is_empty()).collect();
        rows.push(Row { line: number, begins, when, step, shows, expected: expected.to_owned() });
        begins = false;
    }
    rows
}
