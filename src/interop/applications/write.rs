//! Applications as text.

use super::{COLUMNS, OPTIONAL};
use crate::interop::words::quoted;
use crate::people::{Application, Preferences};
use crate::units::StreetId;
use serde::Serialize;
use serde_json::Value;

/// Writes applications as a CSV table with a header, one line each, lines ended by a line feed. The columns `ranked` and
/// `excluded` are written when some application says what it prefers, and are empty where one does not.
///
/// Nothing is lost or changed, so an id that starts with `=`, `+`, `-` or `@` is written as it is, and a spreadsheet may
/// run it as a formula: where ids come from strangers, import the columns as text.
///
/// ```
/// use shared_parking::interop::applications;
/// let text = include_str!("../../../examples/data/applications_small.json");
/// let table = applications::to_csv(&applications::from_json(text).unwrap());
/// assert_eq!(table, include_str!("../../../examples/data/applications_small.csv"));
///
/// let mut wishing = applications::from_json(text).unwrap();
/// wishing[0].preferences.ranked = vec!["elm".parse().unwrap(), "oak, north".parse().unwrap()];
/// let table = applications::to_csv(&wishing);
/// assert!(table.lines().next().unwrap().ends_with(",inspected_until,ranked,excluded"));
/// assert!(table.lines().nth(1).unwrap().ends_with(r#",2027-06-30,"[""elm"",""oak, north""]","#));
/// # #[cfg(feature = "csv")]
/// assert_eq!(applications::from_csv(&table), Ok(wishing));
/// ```
#[must_use]
pub fn to_csv(applications: &[Application]) -> String {
    let wishes = applications.iter().any(|application| !application.preferences.is_empty());
    let optional: &[&str] = if wishes { &OPTIONAL } else { &[] };
    let mut text = [&COLUMNS, optional].concat().join(",");
    text.push('\n');
    for application in applications {
        let mut cells: Vec<String> = cells(application).iter().map(|cell| quoted(cell)).collect();
        if wishes {
            let Preferences { ranked, excluded } = &application.preferences;
            cells.extend([ranked, excluded].map(|streets| quoted(&list(streets))));
        }
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// Writes applications as a JSON array.
///
/// # Errors
/// None that an application can cause: its fields are texts, numbers and booleans.
pub fn to_json(applications: &[Application]) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(applications)
}

/// In the order of [`COLUMNS`].
fn cells(application: &Application) -> [String; COLUMNS.len()] {
    let (resident, vehicle) = (&application.resident, &application.vehicle);
    [
        application.id.to_string(),
        application.applied_at.to_string(),
        resident.id.to_string(),
        resident.household.to_string(),
        resident.door.to_string(),
        resident.registered.to_string(),
        spelled(&resident.documents.title),
        spelled(&resident.documents.register),
        spelled(&resident.documents.licence),
        spelled(&resident.other_space),
        resident.certified_elsewhere.to_string(),
        resident.arrears.as_minor().to_string(),
        spelled(&resident.special_need),
        vehicle.id.to_string(),
        spelled(&vehicle.class),
        spelled(&vehicle.plate_origin),
        spelled(&vehicle.usage),
        vehicle.insured_until.to_string(),
        vehicle.inspected_until.to_string(),
    ]
}

/// Streets as a JSON array, or nothing.
fn list(streets: &[StreetId]) -> String {
    let ids: Vec<Value> = streets.iter().map(|street| Value::from(street.as_str())).collect();
    if ids.is_empty() { String::new() } else { Value::Array(ids).to_string() }
}

/// The word by which serde writes a value of a closed list; empty for a value that is no word.
fn spelled<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
