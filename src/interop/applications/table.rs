//! Applications from a CSV table.
//!
//! Invariant: every cell of every line is looked at, whatever is wrong with the others.

use super::header::Places;
use super::record::{self, Source};
use super::{COLUMNS, Ids};
use crate::error::{FlawCode, Flaws};
use crate::interop::without_mark;
use crate::people::Application;
use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::Value;
use std::borrow::Cow;

/// Reads applications from a CSV table, line by line. A table of no lines below its header is legal: nobody applied.
///
/// ```
/// use shared_parking::interop::applications;
/// let text = include_str!("../../../examples/data/applications_small.csv");
/// let json = include_str!("../../../examples/data/applications_small.json");
/// assert_eq!(applications::from_csv(text), applications::from_json(json));
///
/// let flaws = applications::from_csv(&text.replace("plate_origin", "plate_orgin")).unwrap_err();
/// assert_eq!(flaws.len(), 2); // one column missing, one unknown: the lines below are not read
/// assert!(flaws.to_string().contains("did you mean plate_origin?"));
/// ```
///
/// # Errors
/// A wrong header: a flaw for each missing, unknown or repeated column, and nothing else. Otherwise a flaw for each
/// cell that cannot be read, hours shared that do not fit their days, each street ranked twice or ranked and excluded
/// (told once all ids of both lists can be read), each line with too few or too many cells, and each id used twice; places are like
/// `line 7, column plate_origin` or `line 7, column ranked[2]`, lines counted from 1 with the header, streets of a list
/// from 0.
pub fn from_csv(text: &str) -> Result<Vec<Application>, Flaws> {
    let text = without_mark(text);
    if text.trim().is_empty() {
        let remedy = format!("write a header: {}", COLUMNS.join(","));
        return Err(Flaws::one(FlawCode::Empty, "document", "it is empty", remedy));
    }
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let places = Places::read(reader.headers().map_err(|error| unreadable(&error))?)?;
    let width = places.width();
    let (mut flaws, mut ids, mut applications) = (Flaws::collector(), Ids::default(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = line(text, &record);
        if record.len() != width {
            let problem = format!("{} cells where the header has {width}", record.len());
            flaws.push(FlawCode::Syntax, line, problem, "check commas and quotation marks in this line");
            continue;
        }
        let row = Row { record: &record, places: &places };
        if let Some(id) = row.text("id").and_then(|id| id.parse().ok()) {
            ids.note(id, &line, ", column id", &mut flaws);
        }
        let mut part = Flaws::collector();
        applications.extend(record::application(&row, &mut part));
        if let Err(found) = part.finish(()) {
            flaws.absorb(&line, found);
        }
    }
    flaws.finish(applications)
}

fn unreadable(error: &csv::Error) -> Flaws {
    let place = error.position().map_or_else(|| "document".to_owned(), |at| format!("line {}", at.line()));
    Flaws::one(FlawCode::Syntax, place, error.to_string(), "save the table as CSV in UTF-8")
}

/// Where a record starts: the reader places it at the end of the one before, so blank lines between are stepped over.
fn line(text: &str, record: &StringRecord) -> String {
    let Some(at) = record.position() else { return "document".to_owned() };
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let line = at.line() + blank.filter(|&&byte| byte == b'\n').fold(0, |lines, _| lines + 1);
    format!("line {line}")
}

/// A line of the table.
struct Row<'a> {
    record: &'a StringRecord,
    places: &'a Places,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        self.places.of(column).and_then(|place| self.record.get(place)).unwrap_or_default()
    }
}

impl Source for Row<'_> {
    fn place(&self, column: &str) -> String {
        format!("column {column}")
    }

    fn is_absent(&self, column: &str) -> bool {
        self.cell(column).is_empty()
    }

    fn shown(&self, column: &str) -> Option<String> {
        Some(format!("{:?}", self.cell(column)))
    }

    fn text(&self, column: &str) -> Option<&str> {
        Some(self.cell(column))
    }

    fn flag(&self, column: &str) -> Option<bool> {
        match self.cell(column) {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        }
    }

    fn amount(&self, column: &str) -> Option<i64> {
        self.cell(column).parse().ok()
    }

    fn json(&self, column: &str) -> Option<Cow<'_, Value>> {
        let cell = self.cell(column);
        let value = serde_json::from_str(cell).unwrap_or_else(|_| Value::from(cell));
        (!cell.is_empty()).then_some(Cow::Owned(value))
    }
}
