//! What both formats share: numbered lines, words, whole numbers, and flaws by line.
//!
//! Invariant: flaws come out in the order of the lines, whichever pass over the text found them.

use super::without_mark;
use crate::error::{Flaw, FlawCode, Flaws};
use std::ops::RangeInclusive;

/// The largest capacity and count: the sums of a market are held to the same bound.
pub(super) const LARGEST: u32 = u32::MAX >> 1;

/// The text without its mark, if it can be read at all.
pub(super) fn whole(text: &str) -> Result<&str, Flaws> {
    let text = without_mark(text);
    if u32::try_from(text.len()).is_err() {
        // lines are numbered in 32 bits
        let problem = format!("it has {} bytes", text.len());
        return Err(Flaws::one(FlawCode::OutOfRange, "document", problem, "divide it: less than 4 GiB"));
    }
    Ok(text)
}

/// The lines and their numbers, from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..=u32::MAX).zip(text.lines())
}

/// A word as it is quoted to the caller: long ones are cut.
pub(super) fn quoted(word: &str) -> String {
    match word.char_indices().nth(40) {
        Some((at, _)) => format!("{:?}…", &word[..at]),
        None => format!("{word:?}"),
    }
}

/// How a statement is written, and how many words after its first it needs at least.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) written: &'static str,
    pub(super) least: usize,
}

/// The words of one statement after its first.
pub(super) struct Fields<'t, const N: usize> {
    /// The words; an empty one where there is none.
    pub(super) words: [&'t str; N],
    /// Whether there are neither too few nor too many.
    pub(super) sound: bool,
}

/// The flaws found so far, each with its line; 0 stands for the document.
#[derive(Default)]
pub(super) struct Findings(Vec<(u32, Flaw)>);

impl Findings {
    pub(super) fn push(&mut self, line: u32, code: FlawCode, problem: impl Into<String>, remedy: impl Into<String>) {
        let place = if line == 0 { "document".to_owned() } else { format!("line {line}") };
        self.0.push((line, Flaw { code, place, problem: problem.into(), remedy: remedy.into() }));
    }

    /// A line that begins with none of the words of the format.
    pub(super) fn stranger(&mut self, line: u32, word: &str, remedy: &str) {
        self.push(line, FlawCode::Unknown, format!("{} begins no statement", quoted(word)), remedy);
    }

    /// Up to `N` words; a flaw when there are fewer than the form needs, or more than `N`.
    pub(super) fn fields<'t, const N: usize>(
        &mut self,
        line: u32,
        mut rest: impl Iterator<Item = &'t str>,
        form: Form,
    ) -> Fields<'t, N> {
        let mut fields = Fields { words: [""; N], sound: true };
        let mut got = 0;
        for (field, word) in fields.words.iter_mut().zip(rest.by_ref()) {
            *field = word;
            got += 1;
        }
        if got < form.least {
            self.push(line, FlawCode::Missing, "too few words", format!("write {}", form.written));
            fields.sound = false;
        } else if got == N
            && let Some(extra) = rest.next()
        {
            let problem = format!("{} is a word too many", quoted(extra));
            self.push(line, FlawCode::Syntax, problem, format!("write {}, ids without white space", form.written));
            fields.sound = false;
        }
        fields
    }

    /// A whole number in digits; otherwise nothing, and a flaw.
    pub(super) fn number(&mut self, line: u32, what: &str, word: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let remedy = || format!("give a whole number from {} to {}", range.start(), range.end());
        if !digits(word.strip_prefix('-').unwrap_or(word)) {
            self.push(line, FlawCode::WrongValue, format!("{} is no {what}", quoted(word)), remedy());
            return None;
        }
        let number = word.parse().ok().filter(|number| range.contains(number));
        if number.is_none() {
            let shown: String = word.chars().take(40).collect();
            self.push(line, FlawCode::OutOfRange, format!("a {what} of {shown}"), remedy());
        }
        number
    }

    /// The flaws in the order of their lines, if there are any.
    pub(super) fn finish(mut self) -> Result<(), Flaws> {
        self.0.sort_by_key(|&(line, _)| line);
        let mut flaws = Flaws::collector();
        for (_, Flaw { code, place, problem, remedy }) in self.0 {
            flaws.push(code, place, problem, remedy);
        }
        flaws.finish(())
    }
}
