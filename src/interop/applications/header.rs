//! The header of a CSV table: where each column stands.
//!
//! Invariant: a table is read only under a header that holds every required column once, each optional one
//! at most once, and no other.

use super::{COLUMNS, OPTIONAL};
use crate::error::{FlawCode, Flaws, near_miss};
use csv::StringRecord;
use std::collections::BTreeMap;

/// Where each column stands; the optional ones may stand nowhere.
pub(super) struct Places(BTreeMap<&'static str, usize>);

impl Places {
    /// Finds the columns under a header.
    ///
    /// # Errors
    /// A flaw for each column that is missing, unknown or there twice; a single one when the table is not divided by
    /// commas.
    pub(super) fn read(header: &StringRecord) -> Result<Self, Flaws> {
        let mut flaws = Flaws::collector();
        if let Some(name) = divider(header) {
            let problem = format!("its cells are divided by {name}");
            return Err(Flaws::one(
                FlawCode::Syntax,
                "line 1",
                problem,
                "save the table with commas between the cells",
            ));
        }
        let known = || COLUMNS.into_iter().chain(OPTIONAL);
        let place = |column| header.iter().position(|cell| cell == column);
        let places: BTreeMap<_, _> = known().filter_map(|column| Some((column, place(column)?))).collect();
        for column in COLUMNS.into_iter().filter(|column| !places.contains_key(column)) {
            let near = near_miss(column, header.iter().filter(|cell| known().all(|known| known != *cell)));
            let remedy = near.map_or_else(|| "add it".to_owned(), |near| format!("is it the column {near:?}?"));
            flaws.push(FlawCode::Missing, format!("line 1, column {column}"), "it is missing", remedy);
        }
        for (at, cell) in header.iter().enumerate() {
            let place = format!("line 1, column {cell}");
            match places.get(cell) {
                Some(first) if *first == at => {}
                Some(_) => {
                    flaws.push(FlawCode::Contradiction, place, "it stands there twice", "leave one of the two out");
                }
                None => {
                    let meant = near_miss(cell, known().filter(|column| !places.contains_key(column)));
                    let remedy = meant.map_or_else(
                        || format!("leave it out; the columns are {}", known().collect::<Vec<_>>().join(", ")),
                        |meant| format!("did you mean {meant}?"),
                    );
                    flaws.push(FlawCode::Unknown, place, format!("{cell:?} is no column"), remedy);
                }
            }
        }
        flaws.finish(Self(places))
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.0.len()
    }

    /// Where a column stands.
    pub(super) fn of(&self, column: &str) -> Option<usize> {
        self.0.get(column).copied()
    }
}

/// What divides the cells, when it is not commas.
fn divider(header: &StringRecord) -> Option<&'static str> {
    let [only] = header.iter().collect::<Vec<_>>()[..] else { return None };
    let dividers = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let most = dividers.into_iter().max_by_key(|&(divider, _)| only.matches(divider).count())?;
    only.contains(most.0).then_some(most.1)
}
