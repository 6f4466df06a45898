//! Applications from JSON and from CSV, and back.
//!
//! Invariant: what is written is read back as it was. A reader understands words and types; whether an applicant is
//! eligible, and whether a door exists, is judged elsewhere.
//!
//! One line of CSV, or one object of a JSON array, is one [`Application`]:
//!
//! | CSV column | in JSON | value | meaning |
//! |---|---|---|---|
//! | `id` | `id` | id | names the application; twice is a flaw |
//! | `applied_at` | `applied_at` | instant, `2026-01-05T09:00:00+08:00` | when it was handed in |
//! | `resident` | `resident.id` | id | a pseudonym, never a name |
//! | `household` | `resident.household` | id | the people who share one claim |
//! | `door` | `resident.door` | id | the residence door, as the inventory names it |
//! | `registered` | `resident.registered` | `true`, `false` (CSV also `yes`, `no`) | registered as living in the area |
//! | `title` | `resident.documents.title` | `applicant`, `spouse`, `parent`, `child`, `other`, `absent` | in whose name the title to the home stands |
//! | `register` | `resident.documents.register` | the same | in whose name the household register stands |
//! | `licence` | `resident.documents.licence` | the same | in whose name the vehicle licence stands |
//! | `other_space` | `resident.other_space` | `none`, `owned`, `rented` | an off-street space of the household |
//! | `certified_elsewhere` | `resident.certified_elsewhere` | `true`, `false` | a permit of another area |
//! | `arrears` | `resident.arrears` | whole number, 0 or more | unpaid charges in minor units (fen, cent) |
//! | `special_need` | `resident.special_need` | `none`, `disability`, `wounded-veteran` | a need the standing may count |
//! | `vehicle` | `vehicle.id` | id | a pseudonym, never the plate |
//! | `vehicle_class` | `vehicle.class` | `small`, `large`, `motorcycle` | its size |
//! | `plate_origin` | `vehicle.plate_origin` | `local`, `other` | where the plate was issued |
//! | `vehicle_use` | `vehicle.use` | `private`, `organisation`, `commercial`, `goods` | what it is used for |
//! | `insured_until` | `vehicle.insured_until` | day, `2026-12-31` | the last day of its insurance |
//! | `inspected_until` | `vehicle.inspected_until` | day | the last day of its inspection |
//! | `waiting_since` | `waiting_since` | instant | since when the household has waited, where that is longer |
//! | `shift` | `shift` | id | for which shift of the policy |
//! | `shared_hours` | `resident.sharing.hours` | whole number, at most 24 a day | hours in which others used the space |
//! | `shared_days` | `resident.sharing.days` | whole number, 0 to 366 | the days of the last year on which the space was held |
//! | `no_driving_day` | `resident.no_driving_day` | `true`, `false` | takes part in a programme of a day without driving |
//! | `driving_licence` | `resident.documents.driving_licence` | as `title` | in whose name the driving licence stands |
//! | `insurance` | `resident.documents.insurance` | as `title` | in whose name the vehicle's insurance stands |
//! | `ranked` | `preferences.ranked` | JSON array of ids, `["elm", "oak"]` | streets in order, the best first |
//! | `excluded` | `preferences.excluded` | JSON array of ids | streets on which a space is not wanted |
//!
//! From `waiting_since` on all may be absent, both as columns and as fields, and a cell of theirs may be empty: nothing is
//! said then, which for the two documents means `absent`, for the hours and days 0, and for the day without driving
//! `false`. In JSON hours and days stand together or not at all. A list is an array even in a cell, since an id may hold
//! commas, semicolons, bars and blanks, so that no sign could divide ids that nobody uses; as every cell with commas and
//! quotation marks it is quoted: `"[""elm"",""oak""]"`. All other columns are required. Columns stand in any order; cells
//! may be quoted; blanks around a cell do not count; a byte order mark and either kind of line end are fine.
//! `examples/data/applications_small.csv` and `.json` hold the same applications, none of which says anything in the
//! columns that may be absent.

#[cfg(feature = "csv")]
mod header;
mod object;
mod record;
#[cfg(feature = "csv")]
mod table;
mod write;

#[cfg(feature = "csv")]
pub use table::from_csv;
pub use write::{to_csv, to_json};

use super::without_mark;
use crate::error::{FlawCode, FlawCollector, Flaws, document, shown};
use crate::people::Application;
use crate::units::ApplicationId;
use object::Object;
use serde_json::Value;
use std::collections::BTreeMap;

/// The columns that every CSV table has, in the order they are written.
const COLUMNS: [&str; 19] = [
    "id",
    "applied_at",
    "resident",
    "household",
    "door",
    "registered",
    "title",
    "register",
    "licence",
    "other_space",
    "certified_elsewhere",
    "arrears",
    "special_need",
    "vehicle",
    "vehicle_class",
    "plate_origin",
    "vehicle_use",
    "insured_until",
    "inspected_until",
];

/// The columns that a table may have besides, in the order they are written.
#[cfg(feature = "csv")]
const OPTIONAL: [&str; 9] = [
    "waiting_since",
    "shift",
    "shared_hours",
    "shared_days",
    "no_driving_day",
    "driving_licence",
    "insurance",
    "ranked",
    "excluded",
];

/// Reads applications from a JSON array, in its order. An empty array is legal: nobody applied.
///
/// ```
/// use shared_parking::interop::applications;
/// let text = include_str!("../../../examples/data/applications_small.json");
/// let read = applications::from_json(text).unwrap();
/// assert_eq!(read.len(), 4);
///
/// let misspelt = text.replace("\"local\"", "\"locl\"");
/// let flaws = applications::from_json(&misspelt).unwrap_err();
/// let first = flaws.iter().next().unwrap();
/// assert_eq!(first.place, "application 0 (id \"a-1\"), vehicle.plate_origin");
/// assert_eq!(first.remedy, "write `local` or `other`");
/// ```
///
/// # Errors
/// A document that is no array; otherwise every mistake of every element: a value that cannot be read, a field that is
/// missing, unknown or there twice, negative arrears, hours shared that do not fit their days, a street ranked twice or
/// ranked and excluded (told once all ids of both lists can be read), each with its place in the array (counted from 0), the application's id and the path inside
/// it; and every id used twice.
pub fn from_json(text: &str) -> Result<Vec<Application>, Flaws> {
    let mut flaws = Flaws::collector();
    let elements = array(text, &mut flaws)?;
    let mut applications = Vec::with_capacity(elements.len());
    let mut ids = Ids::default();
    for (index, element) in elements.iter().enumerate() {
        let id = element.get("id").and_then(Value::as_str);
        let place = id.map_or_else(|| format!("application {index}"), |id| format!("application {index} (id {id:?})"));
        if let Some(id) = id.and_then(|id| ApplicationId::new(id).ok()) {
            ids.note(id, &place, "", &mut flaws);
        }
        let (object, mut part) = (Object(element), Flaws::collector());
        object.check(&mut part);
        applications.extend(record::application(&object, &mut part));
        if let Err(found) = part.finish(()) {
            flaws.absorb(&place, found);
        }
    }
    flaws.finish(applications)
}

/// The elements, with a flaw for each field that stands twice in one of them.
fn array(text: &str, flaws: &mut FlawCollector) -> Result<Vec<Value>, Flaws> {
    let refused = |code, problem: String| {
        Err(Flaws::one(code, "document", problem, "hand over a JSON array of applications; [] when there are none"))
    };
    if without_mark(text).trim().is_empty() {
        return refused(FlawCode::Empty, "it is empty".to_owned());
    }
    let (value, twice) = document(text)?;
    let Value::Array(elements) = value else {
        return refused(FlawCode::WrongValue, format!("it holds {}", shown(&value)));
    };
    for path in twice {
        let inner = path.strip_prefix('[').and_then(|rest| rest.split_once("]."));
        let place = inner.map_or_else(|| path.clone(), |(index, field)| format!("application {index}, {field}"));
        flaws.push(FlawCode::Contradiction, place, "it stands there twice", "leave one of the two out");
    }
    Ok(elements)
}

/// The ids met so far, and where.
#[derive(Default)]
struct Ids(BTreeMap<ApplicationId, String>);

impl Ids {
    /// Notes an id met at `place`, and a flaw at `place` and `inner` when it was met before.
    fn note(&mut self, id: ApplicationId, place: &str, inner: &str, flaws: &mut FlawCollector) {
        if let Some(first) = self.0.get(&id) {
            let problem = format!("the id {:?} was used before, at {first}", id.as_str());
            flaws.push(FlawCode::DuplicateId, format!("{place}{inner}"), problem, "give each application its own id");
        } else {
            self.0.insert(id, place.to_owned());
        }
    }
}
