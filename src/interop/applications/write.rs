//! Applications as text.

use super::COLUMNS;
use crate::interop::words::quoted;
use crate::people::Application;
use crate::units::StreetId;
use serde::Serialize;
use serde_json::Value;

/// Writes applications as a CSV table with a header, one line each, lines ended by a line feed. A column that may be
/// absent is written when some application says something in it; hours and days, and `ranked` and `excluded`, come
/// together.
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
    let said: Vec<&Optional> = GROUPS.iter().filter(|group| applications.iter().any(group.is_said)).collect();
    let optional = said.iter().flat_map(|group| group.columns);
    let mut text = COLUMNS.iter().chain(optional).copied().collect::<Vec<_>>().join(",");
    text.push('\n');
    for application in applications {
        let own = cells(application).into_iter().chain(said.iter().flat_map(|group| (group.cells)(application)));
        let own: Vec<String> = own.map(|cell| quoted(&cell)).collect();
        text.push_str(&own.join(","));
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

/// Columns that are written together, when some application says something in one of them.
struct Optional {
    columns: &'static [&'static str],
    is_said: fn(&Application) -> bool,
    cells: fn(&Application) -> Vec<String>,
}

/// In the order of [`OPTIONAL`](super::OPTIONAL).
const GROUPS: [Optional; 7] = [
    Optional {
        columns: &["waiting_since"],
        is_said: |own| own.waiting_since.is_some(),
        cells: |own| vec![own.waiting_since.map_or_else(String::new, |since| since.to_string())],
    },
    Optional {
        columns: &["shift"],
        is_said: |own| own.shift.is_some(),
        cells: |own| vec![own.shift.as_ref().map_or_else(String::new, ToString::to_string)],
    },
    Optional {
        columns: &["shared_hours", "shared_days"],
        is_said: |own| !own.resident.sharing.is_empty(),
        cells: |own| vec![own.resident.sharing.hours.to_string(), own.resident.sharing.days.to_string()],
    },
    Optional {
        columns: &["no_driving_day"],
        is_said: |own| own.resident.no_driving_day,
        cells: |own| vec![own.resident.no_driving_day.to_string()],
    },
    Optional {
        columns: &["driving_licence"],
        is_said: |own| !own.resident.documents.driving_licence.is_absent(),
        cells: |own| vec![spelled(&own.resident.documents.driving_licence)],
    },
    Optional {
        columns: &["insurance"],
        is_said: |own| !own.resident.documents.insurance.is_absent(),
        cells: |own| vec![spelled(&own.resident.documents.insurance)],
    },
    Optional {
        columns: &["ranked", "excluded"],
        is_said: |own| !own.preferences.is_empty(),
        cells: |own| vec![list(&own.preferences.ranked), list(&own.preferences.excluded)],
    },
];

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
