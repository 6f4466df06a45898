//! The header of a CSV table: where each column stands.
//!
//! Invariant: a table is read only under a header that holds every column once and no other.

use super::COLUMNS;
use crate::error::{FlawCode, Flaws, near_miss};
use csv::StringRecord;

/// For each of [`COLUMNS`], its place in the table.
///
/// # Errors
/// A flaw for each column that is missing, unknown or there twice; a single one when the table is not divided by commas.
pub(super) fn read(header: &StringRecord) -> Result<[usize; COLUMNS.len()], Flaws> {
    let mut flaws = Flaws::collector();
    if let Some(name) = divider(header) {
        let problem = format!("its cells are divided by {name}");
        return Err(Flaws::one(FlawCode::Syntax, "line 1", problem, "save the table with commas between the cells"));
    }
    let mut places = [0; COLUMNS.len()];
    for (slot, column) in places.iter_mut().zip(COLUMNS) {
        match header.iter().position(|cell| cell == column) {
            Some(at) => *slot = at,
            None => {
                let near = near_miss(column, header.iter().filter(|cell| !COLUMNS.contains(cell)));
                let remedy = near.map_or_else(|| "add it".to_owned(), |near| format!("is it the column {near:?}?"));
                flaws.push(FlawCode::Missing, format!("line 1, column {column}"), "it is missing", remedy);
            }
        }
    }
    for (at, cell) in header.iter().enumerate() {
        let place = format!("line 1, column {cell}");
        if !COLUMNS.contains(&cell) {
            let meant = near_miss(cell, COLUMNS).filter(|meant| !header.iter().any(|other| other == *meant));
            let remedy = meant.map_or_else(
                || format!("leave it out; the columns are {}", COLUMNS.join(", ")),
                |meant| format!("did you mean {meant}?"),
            );
            flaws.push(FlawCode::Unknown, place, format!("{cell:?} is no column"), remedy);
        } else if header.iter().take(at).any(|earlier| earlier == cell) {
            flaws.push(FlawCode::Contradiction, place, "it stands there twice", "leave one of the two out");
        }
    }
    flaws.finish(places)
}

/// What divides the cells, when it is not commas.
fn divider(header: &StringRecord) -> Option<&'static str> {
    let [only] = header.iter().collect::<Vec<_>>()[..] else { return None };
    let dividers = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let most = dividers.into_iter().max_by_key(|&(divider, _)| only.matches(divider).count())?;
    only.contains(most.0).then_some(most.1)
}
