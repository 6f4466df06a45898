//! The caller's mistake: input that cannot be understood, told as a list of [`Flaw`]s.
//!
//! Invariant: a [`Flaws`] is never empty, and every reader looks at all of its input before it answers, so that one
//! attempt shows everything there is to mend.

mod json;
mod near;

pub(crate) use json::{Fields, document, document_of, read, shown};
pub(crate) use near::near_miss;

use std::fmt;

/// What kind of mistake a [`Flaw`] is. Programs match on this; people read [`Flaw::problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FlawCode {
    /// The text is not well-formed JSON, CSV or the like.
    Syntax,
    /// The document holds nothing to work on.
    Empty,
    /// A required property, field or column is absent.
    Missing,
    /// A property, field or column that nobody reads: usually a misspelling.
    Unknown,
    /// A value of the wrong type or not of the listed words.
    WrongValue,
    /// A number outside its range, or not finite.
    OutOfRange,
    /// Two records carry one id.
    DuplicateId,
    /// A reference to a record that does not exist.
    UnknownReference,
    /// A geometry without extent, or of the wrong type.
    BadGeometry,
    /// A thing does not fit where it is said to be (a stretch longer than its street).
    DoesNotFit,
    /// Coordinates in a datum other than WGS 84.
    WrongDatum,
    /// Two rules or windows that contradict each other, overlap, or leave a gap.
    Contradiction,
}

impl FlawCode {
    /// The stable word for this code, for logs and machine-readable reports.
    ///
    /// ```
    /// assert_eq!(shared_parking::FlawCode::DuplicateId.slug(), "duplicate-id");
    /// ```
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Empty => "empty",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::WrongValue => "wrong-value",
            Self::OutOfRange => "out-of-range",
            Self::DuplicateId => "duplicate-id",
            Self::UnknownReference => "unknown-reference",
            Self::BadGeometry => "bad-geometry",
            Self::DoesNotFit => "does-not-fit",
            Self::WrongDatum => "wrong-datum",
            Self::Contradiction => "contradiction",
        }
    }
}

/// One mistake: its kind, where it stands, what is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The kind of mistake.
    pub code: FlawCode,
    /// Where it stands, outermost first: `feature 12, property "width_m"`, `line 7, column plate_origin`.
    pub place: String,
    /// What is wrong, quoting the offending value.
    pub problem: String,
    /// What the caller can do about it.
    pub remedy: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]; {}", self.place, self.problem, self.code.slug(), self.remedy)
    }
}

/// All the mistakes found in one input: at least one, in the order of the input.
///
/// ```
/// use shared_parking::{Flaw, FlawCode, Flaws};
/// let mut found = Flaws::collector();
/// found.push(FlawCode::Missing, "feature 3", "no property \"name\"", "give the street a name");
/// let flaws: Flaws = found.finish(()).unwrap_err();
/// assert_eq!(flaws.len(), 1);
/// assert_eq!(flaws.iter().next().unwrap().code, FlawCode::Missing);
/// assert!(flaws.to_string().contains("give the street a name"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct Flaws(Vec<Flaw>);

impl Flaws {
    /// An empty collector: push every flaw, then [`finish`](FlawCollector::finish).
    #[must_use]
    pub const fn collector() -> FlawCollector {
        FlawCollector(Vec::new())
    }

    /// A single flaw, for input that cannot be read any further.
    pub fn one(
        code: FlawCode,
        place: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self(vec![Flaw { code, place: place.into(), problem: problem.into(), remedy: remedy.into() }])
    }

    /// The flaws in the order of the input.
    pub fn iter(&self) -> std::slice::Iter<'_, Flaw> {
        self.0.iter()
    }

    /// How many there are: never zero.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a Flaws is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Problems and remedies without places, for a message inside another report: of a single flaw one short sentence.
    pub(crate) fn sentence(&self) -> String {
        let told: Vec<String> = self.iter().map(|flaw| format!("{}; {}", flaw.problem, flaw.remedy)).collect();
        told.join("; ")
    }

    fn text(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|flaw| format!("  {flaw}")).collect();
        let noun = if self.0.len() == 1 { "flaw" } else { "flaws" };
        format!("{} {noun}:\n{}", self.0.len(), lines.join("\n"))
    }
}

impl<'a> IntoIterator for &'a Flaws {
    type Item = &'a Flaw;
    type IntoIter = std::slice::Iter<'a, Flaw>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Gathers flaws while an input is read to its end.
#[derive(Clone, Debug, Default)]
pub struct FlawCollector(Vec<Flaw>);

impl FlawCollector {
    /// Notes one flaw and goes on.
    pub fn push(
        &mut self,
        code: FlawCode,
        place: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.0.push(Flaw { code, place: place.into(), problem: problem.into(), remedy: remedy.into() });
    }

    /// Takes over the flaws of a part, each with `outer` put before its place.
    pub fn absorb(&mut self, outer: &str, part: Flaws) {
        self.0.extend(part.0.into_iter().map(|flaw| {
            let place = if flaw.place.is_empty() { outer.to_owned() } else { format!("{outer}, {}", flaw.place) };
            Flaw { place, ..flaw }
        }));
    }

    /// True while nothing was found.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.0.is_empty()
    }

    /// The value if nothing was found, otherwise all the flaws.
    ///
    /// # Errors
    /// The flaws gathered so far, if any.
    pub fn finish<T>(self, value: T) -> Result<T, Flaws> {
        if self.0.is_empty() { Ok(value) } else { Err(Flaws(self.0)) }
    }
}
