//! What the GeoJSON reader accepts, and every flaw it can find.
#![cfg(feature = "geojson")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use shared_parking::interop::geojson::{self, Reading};
use shared_parking::inventory::{KerbRow, KerbRules, Layout, Side, SpaceKind, StreetKind};
use shared_parking::{Centimetres, Flaw, FlawCode, Flaws};

const SMALL: &str = include_str!("../examples/data/small_district.geojson");

fn line() -> Value {
    json!({ "type": "LineString", "coordinates": [[116.37, 39.95], [116.372, 39.95]] })
}

fn point() -> Value {
    json!({ "type": "Point", "coordinates": [116.371, 39.9501] })
}

fn feature(properties: Value, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

/// A street with these properties beside its layer, id and kind.
fn street(more: Value) -> Value {
    let mut properties = json!({ "layer": "street", "id": "s", "kind": "street" });
    let own = properties.as_object_mut().unwrap();
    own.extend(more.as_object().unwrap().clone());
    feature(properties, line())
}

fn collection(features: Vec<Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn read(features: Vec<Value>) -> Result<Reading, Flaws> {
    geojson::read(&collection(features))
}

fn only_flaw(text: &str) -> Flaw {
    let flaws = geojson::read(text).expect_err(text);
    assert_eq!(flaws.len(), 1, "{text}: {flaws}");
    flaws.iter().next().unwrap().clone()
}

#[test]
fn documents_that_cannot_be_read_have_one_clear_flaw() {
    for (text, code, place) in [
        ("", FlawCode::Empty, "document"),
        (" \n\t", FlawCode::Empty, "document"),
        ("\u{feff}", FlawCode::Empty, "document"),
        ("null", FlawCode::Empty, "document"),
        ("[]", FlawCode::WrongValue, "document"),
        ("17", FlawCode::WrongValue, "document"),
        ("{}", FlawCode::Missing, "document"),
        (r#"{"type":"Feature","geometry":null,"properties":{}}"#, FlawCode::WrongValue, "document"),
        (r#"{"type":"Point","coordinates":[1,2]}"#, FlawCode::WrongValue, "document"),
        (r#"{"type":"Topology","objects":{}}"#, FlawCode::WrongValue, "document"),
        (r#"{"type":"FeatureCollection"}"#, FlawCode::Missing, "document"),
        (r#"{"type":"FeatureCollection","features":{}}"#, FlawCode::WrongValue, "document"),
        (r#"{"type":"FeatureCollection","features":[]}"#, FlawCode::Empty, "document"),
        ("{\n  \"type\": \"FeatureCollection\",\n  \"features\": [,]\n}", FlawCode::Syntax, "line 3, column 16"),
        ("{\"type\": \"FeatureCollection\",\n\"features\": [", FlawCode::Syntax, "line 2, column 13"),
        ("[1e999]", FlawCode::Syntax, "line 1, column 6"),
    ] {
        let flaw = only_flaw(text);
        assert_eq!((flaw.code, flaw.place.as_str()), (code, place), "{text}: {flaw}");
        assert!(!flaw.remedy.is_empty());
    }
    let deep = "[".repeat(100_000);
    assert_eq!(only_flaw(&deep).code, FlawCode::Syntax);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(geojson::read(&format!("\u{feff}{SMALL}")), geojson::read(SMALL));
}

#[test]
fn the_datum_is_never_guessed() {
    let with = |member: &str, value: Value| {
        let mut document = json!({ "type": "FeatureCollection", "features": [street(json!({}))] });
        document[member] = value;
        geojson::read(&document.to_string())
    };
    for accepted in
        ["WGS84", "wgs 84", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "OGC:CRS84"]
    {
        assert!(with("datum", json!(accepted)).is_ok(), "{accepted}");
        assert!(with("crs", json!({ "type": "name", "properties": { "name": accepted } })).is_ok(), "{accepted}");
    }
    for refused in [json!("GCJ-02"), json!("BD-09"), json!("EPSG:3067"), json!("CGCS2000"), json!(null), json!(4326)] {
        for member in ["datum", "crs"] {
            let flaws = with(member, refused.clone()).expect_err("another datum");
            let flaw = flaws.iter().next().unwrap();
            assert_eq!((flaws.len(), flaw.code), (1, FlawCode::WrongDatum), "{refused}");
            assert_eq!(flaw.place, format!("member {member:?}"));
            assert!(flaw.remedy.contains("convert"), "{flaw}");
        }
    }
}

#[test]
fn classes_of_streets_become_kinds() {
    let table = [
        (StreetKind::Main, "primary secondary tertiary trunk primary_link secondary_link tertiary_link trunk_link"),
        (StreetKind::Street, "residential unclassified living_street"),
        (StreetKind::Alley, "service"),
        (StreetKind::Footway, "pedestrian footway path steps cycleway track"),
    ];
    for (kind, classes) in table {
        for class in classes.split(' ') {
            for key in ["class", "highway"] {
                let reading = read(vec![street(json!({ "kind": null, (key): class }))]).unwrap();
                assert_eq!(reading.survey.streets[0].kind, kind, "{class}");
            }
        }
    }
    let both = read(vec![street(json!({ "kind": "alley", "highway": "motorway" }))]).unwrap();
    assert_eq!(both.survey.streets[0].kind, StreetKind::Alley); // our own word beats theirs
}

#[test]
fn a_street_drawn_against_its_one_way_is_turned_round() {
    let more = json!({
        "oneway": -1, "node_from": "1", "node_to": 2, "width": "5.5 m",
        "parking_left": { "capacity": 3, "kind": "resident" }, "parking:lane:right": "diagonal",
    });
    let space = json!({ "layer": "space", "id": "p", "street": "s", "side": "right" });
    let survey = read(vec![feature(space, point()), street(more)]).unwrap().survey;
    let street = &survey.streets[0];
    assert!(street.one_way);
    assert_eq!((street.node_from, street.node_to, street.width), (Some(2), Some(1), Some(Centimetres::new(550))));
    assert!(street.path[0].lon > street.path[1].lon);
    let left = KerbRow { side: Side::Left, layout: Layout::Diagonal, kind: SpaceKind::Shared, capacity: None };
    let right = KerbRow { side: Side::Right, layout: Layout::Parallel, kind: SpaceKind::Resident, capacity: Some(3) };
    assert_eq!(street.kerbs, [left, right]);
    assert_eq!(survey.stretches[0].side, Side::Left);
    assert_eq!(survey.stretches[0].capacity, 1);
}

#[test]
fn directions_as_people_write_them() {
    for (value, one_way) in [
        (json!("yes"), true),
        (json!(true), true),
        (json!("1"), true),
        (json!(1), true),
        (json!("-1"), true),
        (json!("no"), false),
        (json!(false), false),
        (json!(0), false),
        (json!(null), false),
        (json!("reversible"), false),
    ] {
        for key in ["oneway", "one_way"] {
            let reading = read(vec![street(json!({ (key): value.clone() }))]).unwrap();
            assert_eq!(reading.survey.streets[0].one_way, one_way, "{value}");
        }
    }
}

#[test]
fn our_own_kerbs_beat_the_tags_of_their_side() {
    let kerbs = |more: Value| read(vec![street(more)]).unwrap().survey.streets[0].kerbs.clone();
    assert_eq!(kerbs(json!({ "parking:lane:both": "parallel", "parking_left": "no" })).len(), 1);
    assert_eq!(kerbs(json!({ "parking:lane:both": "parallel", "parking_left": null })).len(), 2);
    assert_eq!(kerbs(json!({ "parking_right": {} }))[0].layout, Layout::Parallel);
}

#[test]
fn what_is_passed_over_is_counted() {
    let features = vec![
        street(json!({ "parking:lane:left": "parallel", "parking:condition:left": "Sukkula", "lanes": "2" })),
        feature(json!({ "layer": "building" }), json!({ "type": "Blob" })), // not looked into
        feature(json!({ "type": "offstreet", "layer": "-1" }), point()),    // OpenStreetMap's layer is a height
    ];
    let ignored = read(features).unwrap().ignored;
    let counts: Vec<(&str, usize)> = ignored.iter().map(|(what, count)| (what.as_str(), *count)).collect();
    assert_eq!(counts, [("building", 1), ("kerb with parking:condition:left=Sukkula", 1), ("offstreet", 1)]);
}

#[test]
fn common_map_properties_are_no_misspellings() {
    let common = "lanes lit area access surface bridge tunnel maxspeed ref source foot bicycle hgv bus psv tram level \
                  sidewalk cycleway footway service junction covered indoor incline tracktype smoothness noexit \
                  noname embankment crossing living_street toll motor_vehicle motorcar vehicle wikidata wikipedia \
                  start_date operator est_width turn postcode city unit floor door housenumber state county region \
                  phone website email opening_hours date country place suburb entrance amenity shop office";
    for key in common.split_whitespace() {
        if let Err(flaws) = read(vec![street(json!({ (key): "yes" }))]) {
            panic!("street: {flaws}");
        }
        let address = feature(json!({ "layer": "address", "id": "a", (key): "x" }), point());
        if let Err(flaws) = read(vec![address]) {
            panic!("address: {flaws}");
        }
    }
}

#[test]
fn references_to_a_row_that_could_not_be_read_are_passed_over() {
    let features = vec![
        feature(json!({ "layer": "community", "id": "c" }), json!(null)), // no name
        feature(json!({ "layer": "street", "id": "lost", "kind": "lane" }), line()),
        street(json!({ "community": "c" })),
        feature(json!({ "layer": "space", "id": "p", "street": "lost", "side": "left" }), point()),
        feature(json!({ "layer": "space", "id": "q", "street": "never", "side": "left" }), point()),
        feature(json!({ "layer": "door", "id": "d", "community": "c" }), point()),
    ];
    let flaws = geojson::inventory(&collection(features), &KerbRules::default()).unwrap_err();
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "feature 0 (id \"c\"), property \"name\"",
            "feature 1 (id \"lost\"), property \"kind\"",
            "feature 4 (id \"q\"), property \"street\"",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_documents_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..14), 1..5),
        bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..3),
    ) {
        let mut document: Value = serde_json::from_str(SMALL).unwrap();
        for (place, what) in edits {
            damage(&mut document, place, what);
        }
        let mut text: Vec<char> = document.to_string().chars().collect();
        for (place, letter) in bytes {
            let at = place.index(text.len());
            text[at] = letter;
        }
        let text: String = text.into_iter().collect();
        let reading = geojson::read(&text);
        let built = geojson::inventory(&text, &KerbRules::default());
        prop_assert!(built.is_err() || reading.is_ok(), "built what could not be read");
        if let Err(flaws) = built {
            for flaw in &flaws {
                prop_assert!(!flaw.place.is_empty() && !flaw.problem.is_empty() && !flaw.remedy.is_empty());
            }
        }
    }
}

/// Replaces one value somewhere in the document.
fn damage(document: &mut Value, place: prop::sample::Index, what: usize) {
    let count = nodes(document);
    let mut at = place.index(count);
    let new = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(181),
        json!(""),
        json!("yes"),
        json!("street"),
        json!([]),
        json!({}),
        json!([[0, 0]]),
        json!("-1"),
        json!(u64::MAX),
        json!("\u{0}"),
    ];
    replace(document, &mut at, &new[what]);
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(parts) => parts.iter().map(nodes).sum(),
        Value::Object(parts) => parts.values().map(nodes).sum::<usize>(),
        _ => 0,
    }
}

fn replace(value: &mut Value, at: &mut usize, new: &Value) -> bool {
    if *at == 0 {
        *value = new.clone();
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(parts) => parts.iter_mut().any(|part| replace(part, at, new)),
        Value::Object(parts) => parts.values_mut().any(|part| replace(part, at, new)),
        _ => false,
    }
}
