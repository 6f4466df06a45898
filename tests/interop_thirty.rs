//! A document with thirty different flaws: exactly those thirty places are told, at once and in order.
#![cfg(feature = "geojson")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use serde_json::{Value, json};
use shared_parking::FlawCode::{
    self, BadGeometry, DuplicateId, Missing, OutOfRange, Unknown, UnknownReference, WrongValue,
};
use shared_parking::interop::geojson;
use shared_parking::inventory::KerbRules;

fn feature(properties: Value, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

fn line() -> Value {
    json!({ "type": "LineString", "coordinates": [[116.37, 39.95], [116.375, 39.95]] })
}

fn at() -> Value {
    json!({ "type": "Point", "coordinates": [116.371, 39.9501] })
}

/// Faulty features, each with the code and the end of the place of every flaw it holds.
fn faulty() -> Vec<(Value, Vec<(FlawCode, &'static str)>)> {
    let street = |more: Value, geometry: Value| {
        let mut properties = json!({ "layer": "street", "id": "x", "kind": "street" });
        properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        feature(properties, geometry)
    };
    let space = |more: Value, geometry: Value| {
        let mut properties = json!({ "layer": "space", "id": "p", "street": "good", "side": "left" });
        properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        feature(properties, geometry)
    };
    let door = |more: Value, geometry: Value| {
        let mut properties = json!({ "layer": "door", "id": "d" });
        properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        feature(properties, geometry)
    };
    let ring = json!({ "type": "Polygon", "coordinates": [[[116.37, 39.95], [116.38, 39.95], [116.38, 39.96]]] });
    let short = json!({ "type": "LineString", "coordinates": [[116.37], [116.375, 39.95]] });
    let north = json!({ "type": "Point", "coordinates": [116.371, 399.5] });
    vec![
        (json!(17), vec![(WrongValue, "")]),
        (json!({ "type": "Feature", "geometry": line() }), vec![(Missing, "")]),
        (feature(json!({ "id": "l" }), line()), vec![(Missing, "property \"layer\"")]),
        (feature(json!({ "id": "t", "layer": "tram" }), line()), vec![(WrongValue, "property \"layer\"")]),
        (feature(json!({ "layer": "street", "kind": "main" }), line()), vec![(Missing, "property \"id\"")]),
        (street(json!({ "kind": "lane" }), line()), vec![(WrongValue, "property \"kind\"")]),
        (street(json!({ "kind": null, "highway": "raceway" }), line()), vec![(WrongValue, "property \"highway\"")]),
        (street(json!({ "kind": null }), line()), vec![(Missing, "property \"kind\"")]),
        (
            street(json!({ "width_m": "wide", "one_way": "maybe", "node_from": 1.5, "name": [] }), line()),
            vec![
                (WrongValue, "property \"one_way\""),
                (WrongValue, "property \"name\""),
                (WrongValue, "property \"width_m\""),
                (WrongValue, "property \"node_from\""),
            ],
        ),
        (street(json!({ "width_m": 2000 }), line()), vec![(OutOfRange, "property \"width_m\"")]),
        (street(json!({ "widht_m": 5 }), line()), vec![(Unknown, "property \"widht_m\"")]),
        (
            street(json!({ "parking_left": { "capacity": 0, "layuot": "parallel" }, "parking_right": 5 }), line()),
            vec![
                (OutOfRange, "property \"parking_left\", property \"capacity\""),
                (Unknown, "property \"parking_left\", property \"layuot\""),
                (WrongValue, "property \"parking_right\""),
            ],
        ),
        (
            street(json!({ "parking:lane:left": "paralel" }), line()),
            vec![(WrongValue, "property \"parking:lane:left\"")],
        ),
        (street(json!({}), json!(null)), vec![(BadGeometry, "geometry")]),
        (street(json!({}), at()), vec![(BadGeometry, "geometry")]),
        (street(json!({}), short), vec![(BadGeometry, "geometry")]),
        (feature(json!({ "layer": "community", "id": "c", "name": "C" }), ring), vec![(BadGeometry, "geometry")]),
        (space(json!({ "side": null }), at()), vec![(Missing, "property \"side\"")]),
        (space(json!({ "kind": "secret" }), at()), vec![(WrongValue, "property \"kind\"")]),
        (space(json!({ "layer": "stretch" }), line()), vec![(Missing, "property \"capacity\"")]),
        (space(json!({ "colour": "blue" }), at()), vec![(Unknown, "property \"colour\"")]),
        (space(json!({ "id": "u", "street": "nowhere" }), at()), vec![(UnknownReference, "property \"street\"")]),
        (door(json!({ "id": "d1" }), north), vec![(OutOfRange, "property \"position\"")]),
        (door(json!({ "id": "good" }), at()), vec![(DuplicateId, "property \"id\"")]),
        (door(json!({ "id": "d2", "community": "none" }), at()), vec![(UnknownReference, "property \"community\"")]),
    ]
}

#[test]
fn all_thirty_are_told() {
    let sound = vec![
        feature(json!({ "layer": "street", "id": "good", "kind": "street" }), line()),
        feature(json!({ "layer": "door", "id": "good" }), at()),
    ];
    let (mut features, mut wanted) = (sound, Vec::new());
    for (feature, flaws) in faulty() {
        let index = features.len();
        let id = feature["properties"]["id"].as_str().map_or_else(String::new, |id| format!(" (id {id:?})"));
        for (code, place) in flaws {
            let place = if place.is_empty() { String::new() } else { format!(", {place}") };
            wanted.push((code, format!("feature {index}{id}{place}")));
        }
        features.push(feature);
    }
    assert_eq!(wanted.len(), 30);
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let flaws = geojson::inventory(&text, &KerbRules::default()).unwrap_err();
    let found: Vec<(FlawCode, String)> = flaws.iter().map(|flaw| (flaw.code, flaw.place.clone())).collect();
    assert_eq!(found, wanted, "{flaws}");
    assert!(flaws.iter().all(|flaw| !flaw.problem.is_empty() && !flaw.remedy.is_empty()));
}
