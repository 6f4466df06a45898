//! The flaws of a survey, gathered in several passes and told in the order of its rows.
//!
//! Invariant: the order is communities, streets, stretches, doors, each in the order of the survey, whichever pass
//! found the flaw.

use crate::error::{FlawCode, Flaws};

/// Which row a flaw stands in. The order of the kinds is the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Row {
    Rules,
    Whole,
    Community(usize),
    Street(usize),
    Stretch(usize),
    Door(usize),
}

impl Row {
    /// What to call a row that does not say where it comes from.
    pub(super) fn name(self, origin: &str) -> String {
        let numbered = |kind: &str, number: usize| {
            if origin.is_empty() { format!("{kind} row {}", number + 1) } else { origin.to_owned() }
        };
        match self {
            Self::Rules => "kerb rules".to_owned(),
            Self::Whole => "survey".to_owned(),
            Self::Community(number) => numbered("community", number),
            Self::Street(number) => numbered("street", number),
            Self::Stretch(number) => numbered("stretch", number),
            Self::Door(number) => numbered("door", number),
        }
    }
}

struct Finding {
    row: Row,
    code: FlawCode,
    place: String,
    problem: String,
    remedy: String,
}

/// All that was found so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// Notes a flaw in a property of a row; an empty property means the whole row.
    pub(super) fn push(
        &mut self,
        (row, origin): (Row, &str),
        property: &str,
        code: FlawCode,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let place = match property {
            "" => row.name(origin),
            _ => format!("{}, property {property:?}", row.name(origin)),
        };
        self.0.push(Finding { row, code, place, problem: problem.into(), remedy: remedy.into() });
    }

    /// The value, or every flaw in the order of the rows.
    pub(super) fn finish<T>(mut self, value: Option<T>) -> Result<T, Flaws> {
        self.0.sort_by_key(|finding| finding.row);
        let mut flaws = Flaws::collector();
        for finding in self.0 {
            flaws.push(finding.code, finding.place, finding.problem, finding.remedy);
        }
        flaws.finish(())?;
        // A value is missing only beside a flaw; this line keeps that promise if a future check forgets it.
        value.ok_or_else(|| Flaws::one(FlawCode::Empty, "survey", "nothing to build", "give at least one street"))
    }
}
