//! Small surveys drawn in metres.

use shared_parking::Centimetres;
use shared_parking::inventory::{
    CommunityRow, DoorRow, Inventory, KerbRow, KerbRules, Layout, LonLat, Side, SpaceKind, StreetKind, StreetRow,
    StretchRow, Survey,
};

/// Metres east and north of 0 N 0 E, where a degree of either is known from the ellipsoid's two radii there.
pub(crate) fn at(east: f64, north: f64) -> LonLat {
    let (equatorial, eccentricity_squared) = (6_378_137.0, 0.006_694_379_990_141_316);
    LonLat {
        lon: (east / equatorial).to_degrees(),
        lat: (north / (equatorial * (1.0 - eccentricity_squared))).to_degrees(),
    }
}

/// An empty survey whose plane has its origin at 0 N 0 E, so that whole metres come out as whole metres.
pub(crate) fn survey() -> Survey {
    let ring = vec![at(-3000., -3000.), at(3000., -3000.), at(3000., 3000.), at(-3000., 3000.)];
    let frame = CommunityRow { origin: "frame".into(), id: "frame".into(), name: "Frame".into(), ring };
    Survey { name: "Town".into(), communities: vec![frame], ..Survey::default() }
}

pub(crate) fn street(id: &str, path: &[(f64, f64)]) -> StreetRow {
    StreetRow {
        origin: format!("street {id}"),
        id: id.into(),
        name: id.into(),
        kind: StreetKind::Street,
        community: None,
        path: path.iter().map(|&(east, north)| at(east, north)).collect(),
        width: None,
        one_way: false,
        node_from: None,
        node_to: None,
        kerbs: Vec::new(),
    }
}

pub(crate) fn kerb(layout: Layout, capacity: Option<u32>) -> KerbRow {
    KerbRow { side: Side::Left, layout, kind: SpaceKind::Shared, capacity }
}

/// One space of 6 m around a position.
pub(crate) fn space(id: &str, street: &str, (east, north): (f64, f64)) -> StretchRow {
    StretchRow {
        origin: format!("stretch {id}"),
        id: id.into(),
        street: street.into(),
        side: Side::Right,
        kind: SpaceKind::Shared,
        layout: Layout::Parallel,
        capacity: 1,
        path: vec![at(east, north)],
        space_length: None,
        space_width: None,
    }
}

pub(crate) fn door(id: &str, (east, north): (f64, f64)) -> DoorRow {
    DoorRow {
        origin: format!("door {id}"),
        id: id.into(),
        position: at(east, north),
        street_name: None,
        community: None,
    }
}

pub(crate) fn build(survey: &Survey) -> Inventory {
    Inventory::build(survey, &KerbRules::default()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// The walks from a door as text: `b 145.00 m, c 396.98 m straight`.
pub(crate) fn told(inventory: &Inventory, door: &str, limit: u32) -> String {
    let walks = inventory.walks(&door.parse().unwrap(), Centimetres::metres(limit)).expect("a known door");
    let word = |walk: &shared_parking::inventory::Walk| {
        let straight = walk.route == shared_parking::inventory::Route::StraightLine;
        let ending = if straight { " straight" } else { "" };
        format!("{} {}{ending}", inventory.stretches()[walk.stretch].id, walk.distance)
    };
    walks.iter().map(word).collect::<Vec<_>>().join(", ")
}
