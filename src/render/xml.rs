//! Text and numbers as XML takes them.

use std::fmt::Write as _;

/// Text with every character that means something to XML written as a reference. Control characters, which XML cannot
/// carry at all, become the replacement character.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Tenths of a pixel as a decimal number: `-5` is `-0.5`, `120` is `12`.
pub(super) fn tenths(value: i64) -> String {
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        rest => format!("{sign}{}.{rest}", size / 10),
    }
}

/// Appends a line through these pixels to the data of a path, with relative steps. Points that fall on the one before
/// are left out.
pub(super) fn line(data: &mut String, points: &[(i64, i64)]) {
    let Some((first, rest)) = points.split_first() else { return };
    push(data, format_args!("M{},{}", tenths(first.0), tenths(first.1)));
    let mut at = *first;
    for &(x, y) in rest.iter().filter(|point| **point != *first || rest.len() > 1) {
        if (x, y) != at {
            push(data, format_args!("l{},{}", tenths(x - at.0), tenths(y - at.1)));
            at = (x, y);
        }
    }
}

/// Appends formatted text; writing to a string cannot fail.
pub(super) fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

/// Digits in groups of three: `12,345`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_text_are_written_as_xml_takes_them() {
        assert_eq!([-123, -5, 0, 7, 120].map(tenths), ["-12.3", "-0.5", "0", "0.7", "12"]);
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(escape("<a href='\u{1}'>&\"</a>"), "&lt;a href=&#39;\u{fffd}&#39;&gt;&amp;&quot;&lt;/a&gt;");
        let mut data = String::new();
        line(&mut data, &[(10, 10), (10, 10), (15, 5)]);
        assert_eq!(data, "M1,1l0.5,-0.5");
    }
}
