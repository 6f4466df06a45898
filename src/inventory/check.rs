//! What can be said of each row of a survey by itself, before anything is projected.
//!
//! Invariant: a row that comes out of here has an id of its own, positions in range, and refers only to rows that were
//! given; whatever was wrong with the others has been noted.

use super::findings::{Findings, Row};
use super::projection::in_range;
use super::{CommunityRow, DoorRow, KerbRow, KerbRules, LonLat, StreetRow, StretchRow, Survey, kerb};
use crate::error::{FlawCode, Flaws};
use crate::units::{Centimetres, CommunityId, DoorId, StreetId, StretchId};
use std::collections::{BTreeMap, BTreeSet};

/// The most spaces of one row: more is a slip of the pen.
const MOST_SPACES: u32 = 10_000;

/// A row whose id and positions are sound.
pub(super) struct Sound<'a, I, R> {
    pub(super) id: I,
    pub(super) number: usize,
    pub(super) row: &'a R,
}

/// The rows that can be built from.
pub(super) struct SoundRows<'a> {
    pub(super) communities: Vec<Sound<'a, CommunityId, CommunityRow>>,
    pub(super) streets: Vec<Sound<'a, StreetId, StreetRow>>,
    pub(super) stretches: Vec<Sound<'a, StretchId, StretchRow>>,
    pub(super) doors: Vec<Sound<'a, DoorId, DoorRow>>,
}

/// Checks every row of a survey.
pub(super) fn rows<'a>(survey: &'a Survey, found: &mut Findings) -> SoundRows<'a> {
    if survey.streets.is_empty() {
        found.push((Row::Whole, ""), "", FlawCode::Empty, "no streets", "give at least one street");
    }
    let communities: BTreeSet<&str> = survey.communities.iter().map(|row| row.id.as_str()).collect();
    let streets: BTreeSet<&str> = survey.streets.iter().map(|row| row.id.as_str()).collect();
    let mut sound = SoundRows {
        communities: with_ids(&survey.communities, Row::Community, |row| (&row.origin, &row.id), found),
        streets: with_ids(&survey.streets, Row::Street, |row| (&row.origin, &row.id), found),
        stretches: with_ids(&survey.stretches, Row::Stretch, |row| (&row.origin, &row.id), found),
        doors: with_ids(&survey.doors, Row::Door, |row| (&row.origin, &row.id), found),
    };
    // Rows without an id of their own are looked at too: one attempt shows everything.
    let bad: [BTreeSet<usize>; 4] = [
        unsound(&survey.communities, |at, row| community(at, row, found)),
        unsound(&survey.streets, |at, row| street(at, row, &communities, found)),
        unsound(&survey.stretches, |at, row| stretch(at, row, &streets, found)),
        unsound(&survey.doors, |at, row| door(at, row, &communities, found)),
    ];
    sound.communities.retain(|sound| !bad[0].contains(&sound.number));
    sound.streets.retain(|sound| !bad[1].contains(&sound.number));
    sound.stretches.retain(|sound| !bad[2].contains(&sound.number));
    sound.doors.retain(|sound| !bad[3].contains(&sound.number));
    sound
}

fn unsound<R>(rows: &[R], mut is_sound: impl FnMut(usize, &R) -> bool) -> BTreeSet<usize> {
    rows.iter().enumerate().filter(|&(number, row)| !is_sound(number, row)).map(|(number, _)| number).collect()
}

/// The rows with a sound id that no earlier row carries.
fn with_ids<'a, I, R>(
    rows: &'a [R],
    name: fn(usize) -> Row,
    read: impl Fn(&R) -> (&String, &String),
    found: &mut Findings,
) -> Vec<Sound<'a, I, R>>
where
    I: for<'t> TryFrom<&'t str, Error = Flaws> + Ord + Clone,
{
    let mut first: BTreeMap<I, String> = BTreeMap::new();
    let mut sound = Vec::with_capacity(rows.len());
    for (number, row) in rows.iter().enumerate() {
        let (origin, id) = read(row);
        let at = (name(number), origin.as_str());
        match I::try_from(id) {
            Err(flaws) => {
                for flaw in &flaws {
                    found.push(at, "id", flaw.code, flaw.problem.as_str(), flaw.remedy.as_str());
                }
            }
            Ok(id) => {
                if let Some(earlier) = first.get(&id) {
                    let problem = format!("{:?} is the id of {earlier} already", read(row).1);
                    found.push(at, "id", FlawCode::DuplicateId, problem, "give each row of a kind an id of its own");
                } else {
                    first.insert(id.clone(), at.0.name(origin));
                    sound.push(Sound { id, number, row });
                }
            }
        }
    }
    sound
}

fn community(number: usize, row: &CommunityRow, found: &mut Findings) -> bool {
    positions((Row::Community(number), &row.origin), "ring", &row.ring, found)
}

fn street(number: usize, row: &StreetRow, communities: &BTreeSet<&str>, found: &mut Findings) -> bool {
    let at = (Row::Street(number), row.origin.as_str());
    reference(at, "community", row.community.as_deref(), communities, found);
    not_zero(at, "width", row.width, found);
    kerbs(at, &row.kerbs, found);
    if row.path.is_empty() {
        found.push(at, "path", FlawCode::BadGeometry, "an empty path", "give at least two different positions");
    }
    positions(at, "path", &row.path, found) && !row.path.is_empty()
}

fn kerbs(at: (Row, &str), kerbs: &[KerbRow], found: &mut Findings) {
    for kerb in kerbs {
        if let Some(capacity) = kerb.capacity {
            spaces(at, "kerbs", capacity, found);
        }
        let same = kerbs.iter().filter(|other| other.side == kerb.side);
        if kerb.capacity.is_none() && same.count() > 1 {
            let problem = format!("several rows for the {} kerb, and one states no capacity", kerb::word(kerb.side));
            let remedy = "give one row for each side, or state how many spaces each of them has";
            found.push(at, "kerbs", FlawCode::Contradiction, problem, remedy);
        }
    }
}

fn stretch(number: usize, row: &StretchRow, streets: &BTreeSet<&str>, found: &mut Findings) -> bool {
    let at = (Row::Stretch(number), row.origin.as_str());
    reference(at, "street", Some(&row.street), streets, found);
    spaces(at, "capacity", row.capacity, found);
    not_zero(at, "space_length", row.space_length, found);
    not_zero(at, "space_width", row.space_width, found);
    if row.path.is_empty() {
        found.push(at, "path", FlawCode::BadGeometry, "an empty geometry", "give one position, or a line");
    }
    positions(at, "path", &row.path, found) && !row.path.is_empty() && is_capacity(row.capacity)
}

fn door(number: usize, row: &DoorRow, communities: &BTreeSet<&str>, found: &mut Findings) -> bool {
    let at = (Row::Door(number), row.origin.as_str());
    reference(at, "community", row.community.as_deref(), communities, found);
    positions(at, "position", &[row.position], found)
}

fn reference(at: (Row, &str), property: &str, named: Option<&str>, known: &BTreeSet<&str>, found: &mut Findings) {
    if let Some(name) = named.filter(|name| !known.contains(name)) {
        let problem = format!("there is no {property} {name:?}");
        let remedy = format!("correct the id, or survey the {property}");
        found.push(at, property, FlawCode::UnknownReference, problem, remedy);
    }
}

/// True for a number of spaces that one row may have.
pub(super) fn is_capacity(spaces: u32) -> bool {
    (1..=MOST_SPACES).contains(&spaces)
}

fn spaces(at: (Row, &str), property: &str, capacity: u32, found: &mut Findings) {
    if !is_capacity(capacity) {
        let problem = format!("a capacity of {capacity}");
        let remedy = format!("give 1 to {MOST_SPACES} spaces, or leave the row out");
        found.push(at, property, FlawCode::OutOfRange, problem, remedy);
    }
}

fn not_zero(at: (Row, &str), property: &str, length: Option<Centimetres>, found: &mut Findings) {
    if length == Some(Centimetres::new(0)) {
        found.push(at, property, FlawCode::OutOfRange, "a length of 0", "give what was measured, or leave it out");
    }
}

/// Notes the first position out of range; true when there is none.
fn positions(at: (Row, &str), property: &str, path: &[LonLat], found: &mut Findings) -> bool {
    let bad = path.iter().enumerate().find(|(_, position)| !in_range(**position));
    if let Some((number, position)) = bad {
        let problem = format!("position {} is [{}, {}]", number + 1, position.lon, position.lat);
        let remedy = "give finite WGS 84 degrees: longitude -180 to 180, then latitude -85 to 85";
        found.push(at, property, FlawCode::OutOfRange, problem, remedy);
    }
    bad.is_none()
}

/// Checks the rules; false when nothing can be derived by them.
pub(super) fn rules(rules: &KerbRules, found: &mut Findings) -> bool {
    let lengths = [
        ("parallel_length", rules.parallel_length.get()),
        ("diagonal_length", rules.diagonal_length.get()),
        ("perpendicular_length", rules.perpendicular_length.get()),
        ("space_width", rules.space_width.get()),
        ("straight_line_factor", rules.straight_line_factor.get()),
    ];
    let zero: Vec<&str> = lengths.into_iter().filter(|&(_, value)| value == 0).map(|(name, _)| name).collect();
    for name in &zero {
        found.push((Row::Rules, ""), name, FlawCode::OutOfRange, "a value of 0", "give a value above 0");
    }
    zero.is_empty()
}
