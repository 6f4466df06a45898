//! Applications from a CSV table.
//!
//! Invariant: every cell of every line is looked at, whatever is wrong with the others.

use super::{COLUMNS, Ids, header};
use crate::error::{FlawCode, FlawCollector, Flaws};
use crate::interop::{without_mark, words};
use crate::people::{Application, Documents, Resident, Vehicle};
use crate::units::Money;
use csv::{ReaderBuilder, StringRecord, Trim};
use serde::de::DeserializeOwned;
use std::str::FromStr;

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
/// cell that cannot be read, each line with too few or too many cells, and each id used twice; places are like
/// `line 7, column plate_origin`, lines counted from 1 with the header.
pub fn from_csv(text: &str) -> Result<Vec<Application>, Flaws> {
    let text = without_mark(text);
    if text.trim().is_empty() {
        let remedy = format!("write a header: {}", COLUMNS.join(","));
        return Err(Flaws::one(FlawCode::Empty, "document", "it is empty", remedy));
    }
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let places = header::read(reader.headers().map_err(|error| unreadable(&error))?)?;
    let width = COLUMNS.len();
    let (mut flaws, mut ids, mut applications) = (Flaws::collector(), Ids::default(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = line(text, &record);
        if record.len() != width {
            let problem = format!("{} cells where the header has {width}", record.len());
            flaws.push(FlawCode::Syntax, line, problem, "check commas and quotation marks in this line");
            continue;
        }
        let mut row = Row { record: &record, places, flaws: Flaws::collector() };
        let application = row.application();
        if let Some(id) = row.quiet("id") {
            ids.note(id, &line, ", column id", &mut flaws);
        }
        match (application, row.flaws.finish(())) {
            (Some(application), Ok(())) => applications.push(application),
            (_, Err(found)) => flaws.absorb(&line, found),
            (None, Ok(())) => {} // not reached: a cell without a value has left a flaw
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

/// A line that is being read.
struct Row<'a> {
    record: &'a StringRecord,
    places: [usize; COLUMNS.len()],
    flaws: FlawCollector,
}

impl<'a> Row<'a> {
    fn cell(&self, column: &str) -> &'a str {
        let place = COLUMNS.iter().position(|known| *known == column).map(|at| self.places[at]);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    fn wrong(&mut self, column: &str, what: &str, remedy: impl Into<String>) {
        let problem = format!("{:?} is not {what}", self.cell(column));
        self.flaws.push(FlawCode::WrongValue, format!("column {column}"), problem, remedy);
    }

    /// The value of a cell, if it can be read, without noting a flaw.
    fn quiet<T: FromStr>(&self, column: &str) -> Option<T> {
        self.cell(column).parse().ok()
    }

    fn parsed<T: FromStr<Err = Flaws>>(&mut self, column: &str) -> Option<T> {
        let flaws = match self.cell(column).parse() {
            Ok(value) => return Some(value),
            Err(flaws) => flaws,
        };
        self.flaws.absorb(&format!("column {column}"), flaws);
        None
    }

    fn word<T: DeserializeOwned>(&mut self, column: &str) -> Option<T> {
        words::word(self.cell(column))
            .map_err(|words| self.wrong(column, "one of its words", format!("write {words}")))
            .ok()
    }

    fn yes_no(&mut self, column: &str) -> Option<bool> {
        match self.cell(column) {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => {
                self.wrong(column, "true or false", "write true or false");
                None
            }
        }
    }

    fn money(&mut self, column: &str) -> Option<Money> {
        let units = self.quiet(column);
        if units.is_none() {
            self.wrong(column, "an amount", "write a whole number of minor units (fen, cent), without a currency");
        }
        units.map(Money::minor)
    }

    /// The application, once every cell was looked at.
    fn application(&mut self) -> Option<Application> {
        let (id, applied_at) = (self.parsed("id"), self.parsed("applied_at"));
        let (resident, household, door) = (self.parsed("resident"), self.parsed("household"), self.parsed("door"));
        let registered = self.yes_no("registered");
        let (title, register, licence) = (self.word("title"), self.word("register"), self.word("licence"));
        let (other_space, certified_elsewhere) = (self.word("other_space"), self.yes_no("certified_elsewhere"));
        let (arrears, special_need) = (self.money("arrears"), self.word("special_need"));
        let (vehicle, class) = (self.parsed("vehicle"), self.word("vehicle_class"));
        let (plate_origin, usage) = (self.word("plate_origin"), self.word("vehicle_use"));
        let (insured_until, inspected_until) = (self.parsed("insured_until"), self.parsed("inspected_until"));
        Some(Application {
            id: id?,
            applied_at: applied_at?,
            resident: Resident {
                id: resident?,
                household: household?,
                door: door?,
                registered: registered?,
                documents: Documents { title: title?, register: register?, licence: licence? },
                other_space: other_space?,
                certified_elsewhere: certified_elsewhere?,
                arrears: arrears?,
                special_need: special_need?,
            },
            vehicle: Vehicle {
                id: vehicle?,
                class: class?,
                plate_origin: plate_origin?,
                usage: usage?,
                insured_until: insured_until?,
                inspected_until: inspected_until?,
            },
        })
    }
}
