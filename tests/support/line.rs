//! Towns along one straight line, drawn in metres, where every walk is plain arithmetic.

use shared_parking::Inventory;
use shared_parking::inventory::{
    CommunityRow, DoorRow, KerbRules, Layout, LonLat, Side, SpaceKind, StreetKind, StreetRow, StretchRow, Survey,
};

#[expect(clippy::float_arithmetic, reason = "a survey is given in degrees")]
fn at(east: u32) -> LonLat {
    LonLat { lon: (f64::from(east) / 6_378_137.0).to_degrees(), lat: 0.0 }
}

/// A street along the line.
pub(crate) struct Part {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Where it starts and ends, in metres.
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// A town of streets end to end along one line: stretches `s0`, `s1`, … of so many spaces with their middles at so many
/// metres, and doors `d50` wherever asked, each once.
pub(crate) fn inventory(parts: &[Part], stretches: &[(u32, u32)], doors: &[u32]) -> Inventory {
    let corner = |lon: f64, lat: f64| LonLat { lon, lat };
    let ring = vec![corner(-0.03, -0.03), corner(0.03, -0.03), corner(0.03, 0.03), corner(-0.03, 0.03)];
    let frame = CommunityRow { origin: "frame".into(), id: "frame".into(), name: "Frame".into(), ring };
    let street = |part: &Part| StreetRow {
        origin: format!("street {}", part.id),
        id: part.id.clone(),
        name: part.name.clone(),
        kind: StreetKind::Street,
        community: None,
        path: vec![at(part.from), at(part.to)],
        width: None,
        one_way: false,
        node_from: None,
        node_to: None,
        kerbs: Vec::new(),
    };
    let stretch = |(number, &(east, capacity)): (usize, &(u32, u32))| StretchRow {
        origin: format!("stretch {number}"),
        id: format!("s{number}"),
        street: parts.iter().find(|part| east < part.to).expect("a street there").id.clone(),
        side: Side::Right,
        kind: SpaceKind::Shared,
        layout: Layout::Parallel,
        capacity,
        path: vec![at(east)],
        space_length: None,
        space_width: None,
    };
    let door = |&east: &u32| DoorRow {
        origin: format!("door {east}"),
        id: format!("d{east}"),
        position: at(east),
        street_name: None,
        community: None,
    };
    let survey = Survey {
        name: "Line".into(),
        communities: vec![frame],
        streets: parts.iter().map(street).collect(),
        stretches: stretches.iter().enumerate().map(stretch).collect(),
        doors: doors.iter().map(door).collect(),
        ..Survey::default()
    };
    Inventory::build(&survey, &KerbRules::default()).unwrap_or_else(|flaws| panic!("{flaws}"))
}
