//! Reading and building in one go, with the flaws of both in the order of the features.
//!
//! Invariant: nobody complains of a row that could not be read as if it had never been surveyed.

use super::rows::{Lost, Rows};
use crate::error::{Flaw, FlawCode, Flaws};
use crate::inventory::{Inventory, KerbRules, Survey};
use std::collections::BTreeSet;

/// Reads a survey and builds its inventory: every flaw of syntax, type and meaning at once, in the order of the
/// features, those of the whole document first.
///
/// Rows with a flaw of syntax or type take no part in the build. So that one mistake is told once, a reference to such
/// a row is then passed over (a stretch on an unreadable street, a door of an unreadable community). A document in
/// another datum is read but not built: its positions mean nothing here. What was passed over shows at the next reading.
///
/// ```
/// use shared_parking::interop::geojson;
/// use shared_parking::inventory::KerbRules;
/// let text = include_str!("../../../examples/data/small_district.geojson");
/// let inventory = geojson::inventory(text, &KerbRules::default()).unwrap();
/// assert_eq!((inventory.streets().len(), inventory.doors().len()), (3, 3));
///
/// let wrong = text.replace("\"side\": \"right\"", "\"side\": \"up\"").replace("\"c-1\" }", "\"c-2\" }");
/// let flaws = geojson::inventory(&wrong, &KerbRules::default()).unwrap_err();
/// let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
/// assert_eq!(places, [
///     "feature 3 (id \"way/3\"), property \"community\"", // no such community
///     "feature 5 (id \"s-2\"), property \"side\"",        // no such word
///     "feature 7 (id \"node/2\"), property \"community\"",
/// ]);
/// ```
///
/// # Errors
/// Those of [`read`](super::read) and of [`Inventory::build`].
pub fn inventory(text: &str, rules: &KerbRules) -> Result<Inventory, Flaws> {
    let Rows { mut survey, flaws, lost, .. } = super::rows(text)?;
    let Err(unreadable) = flaws.finish(()) else {
        return Inventory::build(&survey, rules).map_err(|flaws| in_order(flaws.iter()));
    };
    if unreadable.iter().any(|flaw| flaw.code == FlawCode::WrongDatum) {
        return Err(unreadable);
    }
    pass_over(&mut survey, &lost);
    match Inventory::build(&survey, rules) {
        Ok(_) => Err(unreadable),
        Err(flaws) => {
            // the streets may all be among the unreadable
            let followed = |flaw: &&Flaw| flaw.code == FlawCode::Empty && survey.streets.is_empty();
            Err(in_order(unreadable.iter().chain(flaws.iter().filter(|flaw| !followed(flaw)))))
        }
    }
}

/// Takes out the references to rows that were lost.
fn pass_over(survey: &mut Survey, lost: &Lost) {
    let missing = |id: &str, lost: &BTreeSet<String>, read: &BTreeSet<String>| !read.contains(id) && lost.contains(id);
    let communities: BTreeSet<String> = survey.communities.iter().map(|row| row.id.clone()).collect();
    let streets: BTreeSet<String> = survey.streets.iter().map(|row| row.id.clone()).collect();
    let stated = survey.streets.iter_mut().map(|row| &mut row.community);
    for community in stated.chain(survey.doors.iter_mut().map(|row| &mut row.community)) {
        if community.as_ref().is_some_and(|id| missing(id, &lost.communities, &communities)) {
            *community = None;
        }
    }
    survey.stretches.retain(|row| !missing(&row.street, &lost.streets, &streets));
}

fn in_order<'a>(flaws: impl Iterator<Item = &'a Flaw>) -> Flaws {
    let mut flaws: Vec<&Flaw> = flaws.collect();
    flaws.sort_by_key(|flaw| feature_number(&flaw.place));
    let mut ordered = Flaws::collector();
    for flaw in flaws {
        ordered.push(flaw.code, flaw.place.as_str(), flaw.problem.as_str(), flaw.remedy.as_str());
    }
    ordered.finish(()).err().unwrap_or_else(|| {
        // not reached: there was a flaw to order
        Flaws::one(FlawCode::Empty, "document", "nothing can be built from it", "give at least one street")
    })
}

/// The number in an origin, which this reader wrote; nothing for the whole document.
fn feature_number(place: &str) -> Option<usize> {
    let rest = place.strip_prefix("feature ")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
