//! The shipped district reads without a flaw, and its kerbs are those an independent count finds.
#![cfg(feature = "geojson")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use serde_json::Value;
use shared_parking::interop::geojson;
use shared_parking::inventory::{Inventory, KerbRules, SpaceKind};
use std::collections::BTreeMap;

fn text() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/helsinki_district.geojson");
    std::fs::read_to_string(path).expect("the district shipped with a checkout")
}

#[test]
fn it_reads_without_a_flaw() {
    let reading = geojson::read(&text()).unwrap_or_else(|flaws| panic!("{flaws}"));
    let survey = &reading.survey;
    assert_eq!((survey.streets.len(), survey.doors.len()), (1_019, 1_377));
    assert_eq!((survey.communities.len(), survey.stretches.len()), (0, 0));
    let ignored: Vec<(&str, usize)> = reading.ignored.iter().map(|(what, &count)| (what.as_str(), count)).collect();
    assert_eq!(ignored, [("building", 419), ("offstreet", 41)]); // and no tag that was not understood
    assert_eq!(survey.name, "helsinki_district");
    assert_eq!(survey.attribution, "(c) OpenStreetMap contributors, https://www.openstreetmap.org/copyright, ODbL-1.0");
    assert_eq!(survey.streets.iter().filter(|street| street.one_way).count(), 455);
    assert!(survey.streets.iter().all(|street| street.node_from.is_some() && street.node_to.is_some()));
}

/// Counts the kerbs straight from the JSON, by spreading `both` over the sides first: another way than the reader's.
fn counted() -> BTreeMap<String, usize> {
    let document: Value = serde_json::from_str(&text()).expect("JSON");
    let mut count = BTreeMap::new();
    for feature in document["features"].as_array().expect("features") {
        let tags = feature["properties"].as_object().expect("properties");
        if tags["layer"] != "street" {
            continue;
        }
        for side in ["left", "right"] {
            let mut own: BTreeMap<String, &str> = BTreeMap::new();
            for pass in ["both", side] {
                for (key, value) in tags.iter().filter(|(key, _)| key.split(':').any(|part| part == pass)) {
                    own.insert(key.replace(pass, "SIDE"), value.as_str().expect("a text"));
                }
            }
            let stands = |key: &str| own.get(key).copied();
            let layout = match stands("parking:SIDE").or(stands("parking:lane:SIDE")) {
                Some("parallel" | "inline") => "parallel",
                Some("diagonal") => "diagonal",
                Some("perpendicular") => "perpendicular",
                _ => continue,
            };
            let kind = match (stands("parking:condition:SIDE"), stands("parking:condition:SIDE:vehicles")) {
                (Some("free" | "ticket" | "disc") | None, None) => "shared",
                (Some("wheelchair"), None) => "disabled",
                (Some("ticket"), Some("electric")) => "charging",
                (Some("no_parking" | "no_stopping" | "private" | "diplomat"), None)
                | (_, Some("bicycle" | "bus" | "motorcycle" | "tourist")) => continue,
                other => panic!("a case not thought of: {other:?}"),
            };
            *count.entry(format!("{side} {layout} {kind}")).or_default() += 1;
        }
    }
    count
}

#[test]
fn its_kerbs_are_those_counted_independently() {
    let reading = geojson::read(&text()).unwrap();
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    for kerb in reading.survey.streets.iter().flat_map(|street| &street.kerbs) {
        let words = format!("{:?} {:?} {:?}", kerb.side, kerb.layout, kerb.kind).to_lowercase();
        *read.entry(words).or_default() += 1;
    }
    assert_eq!(read, counted());
    assert_eq!(read["left parallel shared"], 105);
    assert_eq!(read["right parallel shared"], 103);
    assert_eq!(read["right parallel disabled"], 5);
    assert_eq!(read.values().sum::<usize>(), 219);
}

#[test]
fn shuffled_features_build_the_same_inventory() {
    let mut document: Value = serde_json::from_str(&text()).unwrap();
    let straight = geojson::inventory(&text(), &KerbRules::default()).unwrap_or_else(|flaws| panic!("{flaws}"));
    let features = document["features"].as_array_mut().unwrap();
    features.reverse();
    features.rotate_left(1_000);
    for at in (0..features.len() - 7).step_by(3) {
        features.swap(at, at + 7);
    }
    let shuffled = geojson::inventory(&document.to_string(), &KerbRules::default()).unwrap();
    let bytes = |inventory: &Inventory| serde_json::to_vec(inventory).expect("JSON");
    assert!(bytes(&straight) == bytes(&shuffled));
    assert!(straight.stretches().iter().any(|stretch| stretch.kind == SpaceKind::Shared));
}
