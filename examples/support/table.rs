//! The figures of a season as rows of a table.

use shared_parking::audit::{Figures, Revenue};
use shared_parking::{District, Money, Refusal};

pub type Row = (String, String);

/// Label and value of everything a season found, in reading order.
pub fn rows(figures: &Figures, revenue: &Revenue, district: &District) -> Vec<Row> {
    let currency = &district.policy().currency;
    let money = |amount: Money| format!("{} {}", currency.write(amount), currency.code);
    let mut rows = vec![
        ("streets".to_owned(), district.inventory().streets().len().to_string()),
        ("spaces on offer".to_owned(), format!("{} on {} stretches", figures.spaces, figures.stretches)),
        ("applicants".to_owned(), figures.applicants.to_string()),
        ("eligible".to_owned(), figures.eligible.to_string()),
        ("seated".to_owned(), figures.seated.to_string()),
    ];
    for refusal in Refusal::ALL {
        if let Some(count) = figures.refused.get(&refusal.number()) {
            rows.push((format!("  no: {} {}", refusal.number(), refusal.slug()), count.to_string()));
        }
    }
    let walk = &figures.walk;
    rows.extend([
        ("walk, median".to_owned(), walk.median.to_string()),
        ("walk, nine in ten within".to_owned(), walk.p90.to_string()),
        ("walk, longest".to_owned(), walk.max.to_string()),
        ("walk, mean".to_owned(), walk.mean.to_string()),
        ("walks off the network".to_owned(), walk.straight_lines.to_string()),
        ("holders' stays".to_owned(), format!("{}, paid {}", revenue.holder_stays, money(revenue.holders))),
        ("visitors' stays".to_owned(), format!("{}, paid {}", revenue.visitor_stays, money(revenue.visitors))),
        ("revenue of the day".to_owned(), money(revenue.holders + revenue.visitors)),
        ("discounts of the day".to_owned(), money(revenue.discounts)),
    ]);
    rows
}

/// Rows with a column of values each: all tables have the rows of the longest, matched by label.
pub fn columns(tables: &[Vec<Row>]) -> Vec<Vec<String>> {
    let mut labels: Vec<&String> = Vec::new();
    for (label, _) in tables.iter().flatten() {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let value = |table: &Vec<Row>, label: &String| {
        table.iter().find(|(own, _)| own == label).map_or_else(|| "0".to_owned(), |(_, value)| value.clone())
    };
    let line = |label: &&String| {
        std::iter::once((*label).clone()).chain(tables.iter().map(|table| value(table, label))).collect()
    };
    labels.iter().map(line).collect()
}

/// Prints a text at once. A reader who has seen enough, such as `head`, is no error.
pub fn print(text: &str) -> Result<(), String> {
    match std::io::Write::write_all(&mut std::io::stdout().lock(), text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    }
}

/// Aligned columns, one line a row.
pub fn text(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let cell = |(column, cell): (usize, &String)| format!("{cell:width$}", width = width(column) + 2);
    let line = |line: &Vec<String>| line.iter().enumerate().map(cell).collect::<String>().trim_end().to_owned() + "\n";
    lines.iter().map(line).collect()
}
