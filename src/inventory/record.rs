//! An inventory as JSON and back.
//!
//! Invariant: integers and ids only, in canonical order; what is read is checked as a whole before anything is worked
//! out from it, so a hand-edited file is refused, not believed.

use super::build::Parts;
use super::check::is_capacity;
use super::extent::LARGEST;
use super::geometry::{distance, length, point_at};
use super::overlap::{Overlap, overlaps};
use super::place::TOLERANCE;
use super::projection::Plane;
use super::{Community, Door, Inventory, KerbRules, Point, Street, Stretch, kerb};
use crate::error::{FlawCode, FlawCollector, Flaws};
use crate::units::{CommunityId, StreetId};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    name: Cow<'a, str>,
    attribution: Cow<'a, str>,
    /// In 1e-7 degrees.
    origin: Plane,
    kerb_rules: Cow<'a, KerbRules>,
    communities: Cow<'a, [Community]>,
    streets: Cow<'a, [Street]>,
    stretches: Cow<'a, [Stretch]>,
    doors: Cow<'a, [Door]>,
}

impl Serialize for Inventory {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = Record {
            name: Cow::Borrowed(&self.name),
            attribution: Cow::Borrowed(&self.attribution),
            origin: self.plane,
            kerb_rules: Cow::Borrowed(&self.rules),
            communities: Cow::Borrowed(&self.communities),
            streets: Cow::Borrowed(&self.streets),
            stretches: Cow::Borrowed(&self.stretches),
            doors: Cow::Borrowed(&self.doors),
        };
        record.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Inventory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = Record::deserialize(deserializer)?;
        record.check().map_err(|flaws| {
            // One line: the error stands inside the report of a larger document.
            D::Error::custom(flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
        Ok(Self::of(Parts {
            name: record.name.into_owned(),
            attribution: record.attribution.into_owned(),
            plane: record.origin,
            rules: record.kerb_rules.into_owned(),
            communities: record.communities.into_owned(),
            streets: record.streets.into_owned(),
            stretches: record.stretches.into_owned(),
            doors: record.doors.into_owned(),
        }))
    }
}

impl Record<'_> {
    fn check(&self) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        let mut rules = super::findings::Findings::default();
        super::check::rules(&self.kerb_rules, &mut rules);
        if let Err(part) = rules.finish(Some(())) {
            flaws.absorb("inventory", part);
        }
        if !self.origin.is_sound() {
            flaws.push(FlawCode::OutOfRange, "origin", "no position on earth", "restore the file");
        }
        if self.streets.is_empty() {
            flaws.push(FlawCode::Empty, "streets", "no streets", "restore the file");
        }
        ascending("communities", self.communities.iter().map(|row| row.id.as_str()), &mut flaws);
        ascending("streets", self.streets.iter().map(|row| row.id.as_str()), &mut flaws);
        ascending("stretches", self.stretches.iter().map(|row| row.id.as_str()), &mut flaws);
        ascending("doors", self.doors.iter().map(|row| row.id.as_str()), &mut flaws);
        for street in self.streets.iter() {
            let sound = self.knows(street.community.as_ref()) && is_path(street);
            note(sound, "street", street.id.as_str(), &mut flaws);
        }
        if flaws.is_clean() {
            // Only sound streets can say whether a thing lies on them.
            for stretch in self.stretches.iter() {
                let street = self.street(&stretch.street);
                note(street.is_some_and(|on| lies_on(stretch, on)), "stretch", stretch.id.as_str(), &mut flaws);
            }
            for door in self.doors.iter() {
                let opens = self.street(&door.street).is_some_and(|to| opens_to(door, to));
                note(opens && self.knows(door.community.as_ref()), "door", door.id.as_str(), &mut flaws);
            }
        }
        if flaws.is_clean() {
            for Overlap { first, second, by } in overlaps(self.stretches.iter()) {
                let [first, second] = [first, second].map(|at| self.stretches[at].id.as_str());
                let (place, problem) =
                    (format!("stretch {second:?}"), format!("it overlaps stretch {first:?} by {by}"));
                flaws.push(FlawCode::DoesNotFit, place, problem, "restore the file, or build it again");
            }
        }
        flaws.finish(())
    }

    fn street(&self, id: &StreetId) -> Option<&Street> {
        self.streets.binary_search_by(|street| street.id.cmp(id)).ok().map(|at| &self.streets[at])
    }

    fn knows(&self, community: Option<&CommunityId>) -> bool {
        community.is_none_or(|id| self.communities.binary_search_by(|known| known.id.cmp(id)).is_ok())
    }
}

fn ascending<'a>(list: &str, ids: impl Iterator<Item = &'a str>, flaws: &mut FlawCollector) {
    if !ids.is_sorted_by(|one, other| one < other) {
        let remedy = "sort by id, each once, or restore the file";
        flaws.push(FlawCode::DuplicateId, list, "the ids do not ascend", remedy);
    }
}

fn note(is_sound: bool, kind: &str, id: &str, flaws: &mut FlawCollector) {
    if !is_sound {
        let problem = "its figures contradict each other, or refer to nothing";
        flaws.push(FlawCode::Contradiction, format!("{kind} {id:?}"), problem, "restore the file, or build it again");
    }
}

fn is_near(point: Point) -> bool {
    point.x.unsigned_abs() <= LARGEST && point.y.unsigned_abs() <= LARGEST
}

fn is_path(street: &Street) -> bool {
    street.path.len() > 1
        && street.path.iter().all(|&point| is_near(point))
        && street.path.windows(2).all(|pair| pair[0] != pair[1])
        && length(&street.path) == Some(street.length.get())
        && street.width.is_none_or(|width| width.get() > 0)
}

fn lies_on(stretch: &Stretch, street: &Street) -> bool {
    let (from, to) = (stretch.from.get(), stretch.to.get());
    let needed = u64::from(stretch.capacity) * u64::from(stretch.space_length.get());
    is_capacity(stretch.capacity)
        && stretch.space_length.get() > 0
        && stretch.space_width.get() > 0
        && from <= to
        && to <= street.length.get()
        && needed <= u64::from(to - from) + u64::from(TOLERANCE)
        && stretch.position == point_at(&street.path, kerb::middle(from, to))
}

fn opens_to(door: &Door, street: &Street) -> bool {
    is_near(door.position)
        && door.along <= street.length
        && door.access.get() == distance(door.position, point_at(&street.path, door.along.get()))
}
