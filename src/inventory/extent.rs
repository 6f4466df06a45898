//! Whether a survey is small enough for one plane, and which row is astray when it is not.
//!
//! Invariant: a survey that passes lies within [`LARGEST`] from end to end, so that lengths in the plane are true and
//! fit their integers.

use super::findings::{Findings, Row};
use super::projection::{Plane, in_range};
use super::{LonLat, Point, Survey, geometry};
use crate::error::FlawCode;

/// The largest district in centimetres, along either axis: 100 km.
pub(super) const LARGEST: u32 = 10_000_000;
/// The most positions of a survey: numbers inside are 32 bits.
const MOST_POSITIONS: usize = u32::MAX as usize >> 2;

/// The plane of a survey; `None` when there is no position in range, or the extent is too large, which is noted.
pub(super) fn plane(survey: &Survey, found: &mut Findings) -> Option<Plane> {
    let positions = positions(survey);
    let plane = Plane::over(positions.iter().map(|&(_, position)| position))?;
    if positions.len() > MOST_POSITIONS {
        let problem = format!("{} positions", positions.len());
        let remedy = format!("divide the survey: at most {MOST_POSITIONS}");
        found.push((Row::Whole, ""), "", FlawCode::OutOfRange, problem, remedy);
        return None;
    }
    let points: Vec<Point> = positions.iter().map(|&(_, position)| plane.project(position)).collect();
    let axis = |read: fn(&Point) -> i32| {
        let mut values: Vec<i32> = points.iter().map(read).collect();
        values.sort_unstable();
        let spread = values.last()?.abs_diff(*values.first()?);
        Some((values[values.len() / 2], spread))
    };
    let ((x, wide), (y, high)) = (axis(|point| point.x)?, axis(|point| point.y)?);
    if wide.max(high) <= LARGEST {
        return Some(plane);
    }
    // Half of all positions lie on either side of the median, so a few astray do not move it.
    let off = |at: &usize| geometry::distance(Point { x, y }, points[*at]);
    let farthest = (0..points.len()).max_by_key(off)?;
    let (row, position) = positions[farthest];
    let place = (row, origin(survey, row));
    let problem = format!(
        "[{}, {}] lies {} km from the middle of the district",
        position.lon,
        position.lat,
        off(&farthest) / 100_000
    );
    let remedy =
        "a district is at most 100 km across: put longitude before latitude, and convert other datums to WGS 84";
    found.push(place, "", FlawCode::OutOfRange, problem, remedy);
    None
}

/// Every position in range, with its row.
fn positions(survey: &Survey) -> Vec<(Row, LonLat)> {
    let mut all: Vec<(Row, LonLat)> = Vec::new();
    let mut add = |row: Row, path: &[LonLat]| all.extend(path.iter().map(|&position| (row, position)));
    for (number, row) in survey.communities.iter().enumerate() {
        add(Row::Community(number), &row.ring);
    }
    for (number, row) in survey.streets.iter().enumerate() {
        add(Row::Street(number), &row.path);
    }
    for (number, row) in survey.stretches.iter().enumerate() {
        add(Row::Stretch(number), &row.path);
    }
    for (number, row) in survey.doors.iter().enumerate() {
        add(Row::Door(number), &[row.position]);
    }
    all.retain(|&(_, position)| in_range(position));
    all
}

fn origin(survey: &Survey, row: Row) -> &str {
    match row {
        Row::Rules | Row::Whole => "",
        Row::Community(number) => &survey.communities[number].origin,
        Row::Street(number) => &survey.streets[number].origin,
        Row::Stretch(number) => &survey.stretches[number].origin,
        Row::Door(number) => &survey.doors[number].origin,
    }
}
