//! A street: its kind, its direction, and its kerbs in our own words or in OpenStreetMap's.
//!
//! Invariant: a street drawn against its one way is turned round whole: path, nodes and kerbs.

use super::feature::{Feature, plain, shown};
use super::length::Measure;
use crate::error::FlawCode;
use crate::interop::osm;
use crate::inventory::{KerbRow, Layout, Side, SpaceKind, StreetKind, StreetRow};
use std::collections::BTreeMap;

const KNOWN: [&str; 18] = [
    "layer",
    "type",
    "id",
    "name",
    "note",
    "kind",
    "class",
    "highway",
    "community",
    "width_m",
    "width",
    "one_way",
    "oneway",
    "node_from",
    "node_to",
    "parking_left",
    "parking_right",
    "access",
];
const KERB: [&str; 3] = ["layout", "kind", "capacity"];
const ACCESS: [&str; 4] = ["access", "vehicle", "motor_vehicle", "motorcar"];

/// Which way cars may go along the path as drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Both,
    Along,
    Against,
}

/// A street as read.
pub(super) struct Read {
    pub(super) row: StreetRow,
    /// It was drawn against its one way, and turned round.
    pub(super) turned: bool,
    /// Parking restrictions that were not understood.
    pub(super) unread: Vec<String>,
}

pub(super) fn street(feature: &mut Feature<'_>) -> Read {
    let (kerbs, unread) = kerbs(feature);
    let way = way(feature);
    let width = if feature.get("width_m").is_some() { "width_m" } else { "width" };
    let mut row = StreetRow {
        origin: feature.origin.clone(),
        id: feature.required_id(),
        name: feature.text("name").unwrap_or_default(),
        kind: kind(feature),
        community: feature.text("community"),
        width: feature.length(width, Measure::STREET_WIDTH),
        one_way: way != Way::Both,
        node_from: feature.whole("node_from", i64::MIN, i64::MAX),
        node_to: feature.whole("node_to", i64::MIN, i64::MAX),
        path: feature.line(),
        kerbs,
    };
    feature.only(&KNOWN, true);
    if way == Way::Against {
        turn(&mut row);
    }
    Read { row, turned: way == Way::Against, unread }
}

fn turn(row: &mut StreetRow) {
    row.path.reverse();
    std::mem::swap(&mut row.node_from, &mut row.node_to);
    for kerb in &mut row.kerbs {
        kerb.side = across(kerb.side);
    }
    row.kerbs.sort_by_key(|kerb| kerb.side);
}

/// The other side.
pub(super) const fn across(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
    }
}

fn kind(feature: &mut Feature<'_>) -> StreetKind {
    if feature.get("kind").is_some() {
        return feature.word("kind").unwrap_or(StreetKind::Street);
    }
    let Some((key, value)) = feature.first(&["class", "highway"]) else {
        return feature.required_word("kind", StreetKind::Street); // which notes that it is missing
    };
    match value.as_str().unwrap_or_default() {
        "primary" | "primary_link" | "secondary" | "secondary_link" | "tertiary" | "tertiary_link" | "trunk"
        | "trunk_link" => StreetKind::Main,
        "residential" | "unclassified" | "living_street" => StreetKind::Street,
        "service" => StreetKind::Alley,
        "pedestrian" | "footway" | "path" | "steps" | "cycleway" | "track" => StreetKind::Footway,
        _ => {
            let remedy = "write a kind (main, street, alley or footway) beside it, or leave the street out";
            feature.flaw(FlawCode::WrongValue, key, format!("{} is no class of street", shown(value)), remedy);
            StreetKind::Street
        }
    }
}

fn way(feature: &mut Feature<'_>) -> Way {
    let Some((key, value)) = feature.first(&["one_way", "oneway"]) else { return Way::Both };
    let text = value.as_bool().map(|yes| yes.to_string()).or_else(|| plain(value)).unwrap_or_default();
    match text.as_str() {
        "yes" | "true" | "1" => Way::Along,
        "-1" | "reverse" => Way::Against,
        "no" | "false" | "0" | "reversible" | "alternating" => Way::Both, // both ways, if not at once
        _ => {
            let remedy = "write yes, no, or -1 for a street drawn against its direction";
            feature.flaw(FlawCode::WrongValue, key, format!("{} is no direction", shown(value)), remedy);
            Way::Both
        }
    }
}

/// Our own `parking_left` and `parking_right` where given, otherwise what the tags say of that side.
fn kerbs(feature: &mut Feature<'_>) -> (Vec<KerbRow>, Vec<String>) {
    let tagged = osm::kerbs(&tags(feature)).unwrap_or_else(|flaws| {
        feature.take_over(&flaws);
        osm::Kerbs::default()
    });
    let mut kerbs = tagged.rows;
    for (key, side) in [("parking_left", Side::Left), ("parking_right", Side::Right)] {
        let Some(value) = feature.get(key) else { continue };
        kerbs.retain(|kerb| kerb.side != side);
        if let Some(object) = value.as_object() {
            kerbs.push(feature.inside(key, object, |kerb| own_kerb(kerb, side)));
        } else if value.as_str() != Some("no") {
            let remedy = "write an object like {\"layout\": \"parallel\", \"capacity\": 6}, or \"no\"";
            feature.flaw(FlawCode::WrongValue, key, format!("{} is no kerb", shown(value)), remedy);
        }
    }
    kerbs.sort_by_key(|kerb| kerb.side);
    (kerbs, tagged.unread)
}

fn own_kerb(kerb: &mut Feature<'_>, side: Side) -> KerbRow {
    let row = KerbRow {
        side,
        layout: kerb.word("layout").unwrap_or(Layout::Parallel),
        kind: kerb.word("kind").unwrap_or(SpaceKind::Shared),
        capacity: kerb.capacity("capacity"),
    };
    kerb.only(&KERB, false);
    row
}

fn tags(feature: &mut Feature<'_>) -> BTreeMap<String, String> {
    let mut tags = BTreeMap::new();
    for (key, value) in feature.properties().filter(|(key, value)| concerns_parking(key) && !value.is_null()) {
        if let Some(text) = plain(value) {
            tags.insert(key.to_owned(), text);
        } else {
            feature.flaw(FlawCode::WrongValue, key, format!("{} is no tag's value", shown(value)), "write a text");
        }
    }
    tags
}

fn concerns_parking(key: &str) -> bool {
    key.starts_with("parking:") || ACCESS.contains(&key)
}
