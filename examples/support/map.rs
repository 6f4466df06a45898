//! The map of a round.

use shared_parking::district::{Answer, Round};
use shared_parking::render::Map;
use shared_parking::{District, DoorId};
use std::collections::BTreeMap;

/// How many at each door are seated and left out.
pub fn doors(district: &District, round: &Round) -> BTreeMap<DoorId, (u32, u32)> {
    let mut doors: BTreeMap<DoorId, (u32, u32)> = BTreeMap::new();
    for outcome in &round.outcomes {
        let Some(application) = district.application(&outcome.application) else { continue };
        let (seated, left_out) = doors.entry(application.as_of(round.by).resident.door.clone()).or_default();
        match outcome.answer {
            Answer::Seated { .. } => *seated += 1,
            Answer::LeftOut { .. } => *left_out += 1,
            Answer::NotEligible { .. } => {}
        }
    }
    doors
}

/// The district with what is held, and the doors of the seated and of the left out.
pub fn draw(district: &District, round: &Round) -> String {
    let inventory = district.inventory();
    let title = format!("{}: permits of season {}", inventory.name(), round.season);
    let mut map = Map::new(inventory).title(&title);
    for (stretch, count) in district.held(round.at) {
        map = map.held(stretch, count);
    }
    for (door, (seated, left_out)) in doors(district, round) {
        for _ in 0..seated {
            map = map.seated(&door);
        }
        for _ in 0..left_out {
            map = map.left_out(&door);
        }
    }
    map.to_svg()
}
