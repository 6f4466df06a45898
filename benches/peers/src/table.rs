//! Medians, ratios, and the table.

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

/// The middle one, or halfway between the two middle ones; 0 for none.
pub(crate) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        many => (sorted[(many - 1) / 2] + sorted[many / 2]) / 2.0,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

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
}
