//! A town of three streets end to end, drawn in centimetres: `elm` to 500 m in the community `west`, `oak` to 1,000 m in
//! `east`, `ash` to 1,500 m in none. Elm has a shared stretch with its middle at 400 m and one for loading at 110 m, oak a
//! shared one at 700 m, ash has none.

use shared_parking::Inventory;
use shared_parking::inventory::{
    CommunityRow, DoorRow, KerbRules, Layout, LonLat, Side, SpaceKind, StreetKind, StreetRow, StretchRow, Survey,
};

/// Each door, its community, and how far along it lies, in centimetres: `near` is 300.00 m from the stretch of elm, `edge`
/// a centimetre farther.
pub(crate) const DOORS: [(&str, Option<&str>, u32); 5] = [
    ("near", Some("west"), 10_000),
    ("edge", Some("west"), 9_999),
    ("elm", Some("west"), 41_000),
    ("oak", Some("east"), 60_000),
    ("ash", None, 110_000),
];

#[expect(clippy::float_arithmetic, reason = "a survey is given in degrees")]
fn at(centimetres: u32) -> LonLat {
    LonLat { lon: (f64::from(centimetres) / 637_813_700.0).to_degrees(), lat: 0.0 }
}

pub(crate) fn inventory() -> Inventory {
    let community = |id: &str| CommunityRow {
        origin: format!("community {id}"),
        id: id.into(),
        name: id.to_uppercase(),
        ring: Vec::new(),
    };
    let street = |(id, number): (&str, u32)| StreetRow {
        origin: format!("street {id}"),
        id: id.into(),
        name: id.to_uppercase(),
        kind: StreetKind::Street,
        community: None,
        path: vec![at(50_000 * number), at(50_000 * (number + 1))],
        width: None,
        one_way: false,
        node_from: None,
        node_to: None,
        kerbs: Vec::new(),
    };
    let stretch = |(street, kind, along): (&str, SpaceKind, u32)| StretchRow {
        origin: format!("stretch at {along}"),
        id: format!("{street}-{}", if kind == SpaceKind::Shared { 1 } else { 2 }),
        street: street.into(),
        side: Side::Right,
        kind,
        layout: Layout::Parallel,
        capacity: 3,
        path: vec![at(along)],
        space_length: None,
        space_width: None,
    };
    let door = |(id, community, along): (&str, Option<&str>, u32)| DoorRow {
        origin: format!("door {id}"),
        id: id.into(),
        position: at(along),
        street_name: None,
        community: community.map(Into::into),
    };
    let stretches =
        [("elm", SpaceKind::Shared, 40_000), ("elm", SpaceKind::Loading, 11_000), ("oak", SpaceKind::Shared, 70_000)];
    let survey = Survey {
        name: "Town".into(),
        communities: ["west", "east"].map(community).into(),
        streets: [("elm", 0), ("oak", 1), ("ash", 2)].map(street).into(),
        stretches: stretches.map(stretch).into(),
        doors: DOORS.map(door).into(),
        ..Survey::default()
    };
    Inventory::build(&survey, &KerbRules::default()).unwrap_or_else(|flaws| panic!("{flaws}"))
}
