//! A bill as text, in columns, for a terminal or a letter.

use super::{Basis, Bill, BillLine};
use crate::calendar::{Timestamp, Zone};
use crate::units::{Currency, Money};

/// The cells of a row: rule, from, until, how the amount follows, amount.
type Row = [String; 5];

impl Bill {
    /// The bill as a table in local time, one row a line, ending in `total` and the amount in major units.
    ///
    /// Every row ends in a line feed; the last is exactly `total 25.00`. What a substitute price consists of stands
    /// indented under its discount, in brackets, since it is no part of the sum.
    #[must_use]
    pub fn write(&self, currency: &Currency, zone: &Zone) -> String {
        let page = Page { currency, zone };
        let mut rows = vec![["rule", "from", "until", "for", currency.code.as_ref()].map(str::to_owned)];
        for line in &self.lines {
            rows.push(page.row(line));
            if let Basis::Instead { lines, .. } = &line.basis {
                rows.extend(lines.iter().map(|inner| page.inner_row(inner)));
            }
        }
        let mut text = columns(&rows);
        if self.discounts != Money::ZERO {
            let (gross, discounts) = (currency.write(self.gross), currency.write(self.discounts));
            text.push_str(&format!("before discounts {gross}\ndiscounts {discounts}\n"));
        }
        text.push_str(&format!("total {}\n", currency.write(self.total)));
        text
    }
}

struct Page<'a> {
    currency: &'a Currency,
    zone: &'a Zone,
}

impl Page<'_> {
    fn row(&self, line: &BillLine) -> Row {
        let (from, until) = (self.clock(line.window.start()), self.clock(line.window.end()));
        [line.rule.clone(), from, until, self.reason(&line.basis), self.currency.write(line.amount)]
    }

    fn inner_row(&self, line: &BillLine) -> Row {
        let [rule, from, until, reason, amount] = self.row(line);
        [format!("  {rule}"), from, until, reason, format!("({amount})")]
    }

    fn reason(&self, basis: &Basis) -> String {
        let money = |amount| self.currency.write(amount);
        match basis {
            Basis::Units { units, unit_minutes, unit_price } => {
                format!("{units} x {} at {}", length(*unit_minutes), money(*unit_price))
            }
            Basis::Cap { limit, .. } => format!("at most {}", money(*limit)),
            Basis::Percent { of, share, .. } => {
                format!("{}.{:02} % of {}", share.get() / 100, share.get() % 100, money(*of))
            }
            Basis::Fixed { amount, .. } => format!("up to {}", money(*amount)),
            Basis::Instead { of, lines } => format!("{} instead of {}", money(super::sum(lines)), money(*of)),
        }
    }

    /// Local date and clock time, with seconds only where there are any.
    fn clock(&self, at: Timestamp) -> String {
        let local = self.zone.local(at);
        let (minutes, seconds) = (local.second_of_day / 60, local.second_of_day % 60);
        let minute = format!("{} {:02}:{:02}", local.date, minutes / 60, minutes % 60);
        if seconds == 0 { minute } else { format!("{minute}:{seconds:02}") }
    }
}

fn length(minutes: u32) -> String {
    if minutes.is_multiple_of(60) { format!("{} h", minutes / 60) } else { format!("{minutes} min") }
}

/// Pads each column to its widest cell: amounts to the right, the rest to the left.
fn columns(rows: &[Row]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [rule, from, until, reason, amount] = [0, 1, 2, 3, 4].map(width);
    let line = |row: &Row| {
        let [a, b, c, d, e] = row;
        format!("{a:<rule$}  {b:<from$}  {c:<until$}  {d:<reason$}  {e:>amount$}\n")
    };
    rows.iter().map(line).collect()
}
