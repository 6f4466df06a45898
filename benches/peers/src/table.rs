//! Ratios, slopes, and the table.

use crate::family::measure::slope;

/// A peer's figure on a market.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Medians of so many turns.
    Time { solve_ms: f64, total_ms: f64, turns: usize },
    /// Why there is none.
    Text(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) market: String,
    /// Choices of all groups of identical people.
    pub(crate) choices: usize,
    /// Choices in distinct lists.
    pub(crate) merged: usize,
    pub(crate) ours_ms: f64,
    pub(crate) pass_ms: f64,
    pub(crate) cells: Vec<Cell>,
}

/// Three figures or so.
fn short(figure: f64) -> String {
    let decimals =
        [(100.0, 0), (10.0, 1), (1.0, 2)].iter().find(|(from, _)| figure >= *from).map_or(3, |found| found.1);
    format!("{figure:.decimals$}")
}

impl Cell {
    fn told(&self, ours_ms: f64, repeat: usize) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Time { solve_ms, total_ms, turns } => {
                let fewer = if *turns < repeat { format!(" n={turns}") } else { String::new() };
                format!("{} [{}] {}×{fewer}", short(*solve_ms), short(*total_ms), short(solve_ms / ours_ms))
            }
        }
    }
}

/// Markdown with aligned columns.
pub(crate) fn render(peers: &[&str], rows: &[Row], repeat: usize) -> String {
    let heads = ["market", "choices", "merged", "ours ms", "pass ms", "passes"];
    let mut lines = vec![heads.iter().chain(peers).map(|&head| head.to_owned()).collect::<Vec<_>>()];
    for row in rows {
        let mut line = vec![row.market.clone(), row.choices.to_string(), row.merged.to_string()];
        line.extend([row.ours_ms, row.pass_ms, row.ours_ms / row.pass_ms].map(short));
        line.extend(row.cells.iter().map(|cell| cell.told(row.ours_ms, repeat)));
        lines.push(line);
    }
    let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    lines.insert(1, widths.iter().map(|&width| "-".repeat(width)).collect());
    let mut text = String::new();
    for line in lines {
        for (word, &width) in line.iter().zip(&widths) {
            text += &format!("| {word:<width$} ");
        }
        text += "|\n";
    }
    text + "Peers: ms of the solve [with building its graph], and how many times ours that is. \
            large: beyond its size; narrow: its numbers cannot hold the weights; n: fewer turns, it used its budget.\n"
}

/// How the times of a family grow: slopes of ln time against ln merged choices, ours first, of whoever has times for
/// two sizes or more.
pub(crate) fn slopes(family: &str, peers: &[&str], rows: &[Row]) -> Option<String> {
    let of = |title: &str, time: &dyn Fn(&Row) -> Option<f64>| {
        let points: Vec<(f64, f64)> = rows.iter().filter_map(|row| Some((row.merged as f64, time(row)?))).collect();
        Some(format!("{title} {:.2}", slope(&points)?))
    };
    let peer = |at: usize| {
        move |row: &Row| match row.cells[at] {
            Cell::Time { solve_ms, .. } => Some(solve_ms),
            Cell::Text(_) => None,
        }
    };
    let mut told = vec![of("ours", &|row| Some(row.ours_ms))?];
    told.extend(peers.iter().enumerate().filter_map(|(at, title)| of(title, &peer(at))));
    Some(format!("Slope of time against merged choices, {family}: {}", told.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        assert_eq!([0.1234, 1.234, 12.34, 123.4, 12_345.6].map(short), ["0.123", "1.23", "12.3", "123", "12346"]);
    }

    #[test]
    fn ratios_are_peer_over_ours_and_passes_ours_over_pass() {
        let time = |solve_ms, turns| Cell::Time { solve_ms, total_ms: 2.0 * solve_ms, turns };
        let cells = vec![time(5.0, 3), time(40.0, 1), Cell::Text("absent".into())];
        let row = Row { market: "m".into(), choices: 10, merged: 9, ours_ms: 2.0, pass_ms: 0.25, cells };
        let text = render(&["a", "b", "c"], &[row], 3);
        let words: Vec<&str> = text.lines().nth(2).unwrap().split('|').map(str::trim).collect();
        let expected =
            ["", "m", "10", "9", "2.00", "0.250", "8.00", "5.00 [10.0] 2.50×", "40.0 [80.0] 20.0× n=1", "absent", ""];
        assert_eq!(words, expected);
        let widths: Vec<usize> = text.lines().take(3).map(|line| line.chars().count()).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
    }

    #[test]
    fn slopes_are_of_whoever_has_two_sizes() {
        let row = |merged: usize, ours_ms, cell| Row {
            market: "m".into(),
            choices: merged,
            merged,
            ours_ms,
            pass_ms: 1.0,
            cells: vec![cell, Cell::Text("large".into())],
        };
        let time = |solve_ms| Cell::Time { solve_ms, total_ms: 9.0, turns: 1 };
        let rows = [row(10, 1.0, time(1.0)), row(100, 10.0, time(100.0))];
        let told = slopes("own", &["a", "b"], &rows).unwrap();
        assert_eq!(told, "Slope of time against merged choices, own: ours 1.00, a 2.00");
        assert_eq!(slopes("own", &["a", "b"], &rows[..1]), None);
    }
}
