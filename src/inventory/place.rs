//! Putting given stretches and doors in their place on the streets.
//!
//! Invariant: a stretch lies wholly on its street; a door lies on the nearest piece of the street it names, if that is
//! near, otherwise of any street.

use super::check::Sound;
use super::community::Rings;
use super::findings::{Findings, Row};
use super::geometry::{foot_on_path, length, point_at};
use super::index::{Snap, StreetIndex};
use super::projection::Plane;
use super::{Door, DoorRow, KerbRules, Point, Street, Stretch, StretchRow, kerb};
use crate::error::FlawCode;
use crate::units::{Centimetres, CommunityId, DoorId, StretchId};

/// How much longer than its street or line a stretch may be: surveys are a metre off.
pub(super) const TOLERANCE: u32 = 100;
/// How far from its street a stretch may be drawn.
const FARTHEST: u32 = 20_000;
/// How far a door reaches for a street of the name it states.
const NAMED_WITHIN: u32 = 10_000;

/// The stretch of a row on its street, or `None` when it does not fit there, which is noted.
pub(super) fn stretch(
    sound: Sound<'_, StretchId, StretchRow>,
    street: &Street,
    plane: Plane,
    rules: &KerbRules,
    found: &mut Findings,
) -> Option<Stretch> {
    let row = sound.row;
    let at = (Row::Stretch(sound.number), row.origin.as_str());
    let line: Vec<Point> = row.path.iter().map(|&position| plane.project(position)).collect();
    let Some(own) = length(&line) else {
        too_long(at, found);
        return None;
    };
    let space_length = row.space_length.map_or_else(|| kerb::stall(rules, row.layout), Centimetres::get);
    let needed = u64::from(row.capacity) * u64::from(space_length);
    let whole = street.length.get();
    let mut fits = true;
    for (length, property, what) in [(whole, "capacity", "its street"), (own, "path", "its own line")] {
        if (what == "its street" || line.len() > 1) && needed > u64::from(length) + u64::from(TOLERANCE) {
            let problem = format!("{} spaces of {space_length} cm do not fit {what} of {length} cm", row.capacity);
            let remedy = "correct the capacity, the length of a space, or the geometry";
            found.push(at, property, FlawCode::DoesNotFit, problem, remedy);
            fits = false;
        }
    }
    let foot = foot_on_path(&street.path, point_at(&line, own / 2))?;
    if foot.distance > FARTHEST {
        let problem =
            format!("the stretch lies {} from street {:?}", Centimetres::new(foot.distance), street.id.as_str());
        let remedy = format!("name the street it lies on, at most {} away", Centimetres::new(FARTHEST));
        found.push(at, "street", FlawCode::DoesNotFit, problem, remedy);
        fits = false;
    }
    let drawn = drawn(&line, own, street).filter(|(from, to)| u64::from(to - from) >= needed);
    let (from, to) = drawn.unwrap_or_else(|| {
        let extent = u32::try_from(needed.max(u64::from(own))).unwrap_or(u32::MAX).min(whole);
        let from = foot.along.saturating_sub(extent / 2).min(whole - extent);
        (from, from + extent)
    });
    fits.then(|| Stretch {
        id: sound.id,
        street: street.id.clone(),
        side: row.side,
        kind: row.kind,
        layout: row.layout,
        capacity: row.capacity,
        from: Centimetres::new(from),
        to: Centimetres::new(to),
        space_length: Centimetres::new(space_length),
        space_width: row.space_width.unwrap_or_else(|| kerb::across(rules, row.layout)),
        position: point_at(&street.path, kerb::middle(from, to)),
    })
}

/// The part of its street that a line is drawn along: between the feet of its ends, so that lines that follow each other
/// around a bend do not overlap. `None` when that is no such part: the line lies across, or over the seam of a ring.
fn drawn(line: &[Point], own: u32, street: &Street) -> Option<(u32, u32)> {
    let start = foot_on_path(&street.path, *line.first()?)?.along;
    let end = foot_on_path(&street.path, *line.last()?)?.along;
    let length = u64::from(start.abs_diff(end));
    (length <= 2 * u64::from(own)).then_some((start.min(end), start.max(end)))
}

/// The door of a row, snapped to a street; `None` only when there is no street.
pub(super) fn door(
    sound: Sound<'_, DoorId, DoorRow>,
    streets: &[Street],
    near: &StreetIndex,
    rings: &Rings,
    plane: Plane,
) -> Option<Door> {
    let position = plane.project(sound.row.position);
    let name = sound.row.street_name.as_deref().filter(|name| !name.is_empty());
    let named = name.and_then(|name| near.nearest_of(position, NAMED_WITHIN, |street| streets[street].name == name));
    let Snap { distance, street, along } = named.or_else(|| near.nearest(position))?;
    Some(Door {
        id: sound.id,
        community: stated(sound.row.community.as_deref()).or_else(|| rings.home(position).cloned()),
        position,
        street: streets[street].id.clone(),
        along: Centimetres::new(along),
        access: Centimetres::new(distance),
    })
}

/// The community a row states. References were checked before, so what is no id here was noted there.
pub(super) fn stated(community: Option<&str>) -> Option<CommunityId> {
    community.and_then(|id| CommunityId::new(id).ok())
}

/// Notes a path whose length has no number.
pub(super) fn too_long(at: (Row, &str), found: &mut Findings) {
    let problem = format!("a path of more than {}", Centimetres::new(u32::MAX));
    found.push(at, "path", FlawCode::BadGeometry, problem, "give each position of the path once");
}
