//! OpenStreetMap's parking tags, as a table: tags, then the kerbs they make.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use shared_parking::FlawCode;
use shared_parking::interop::osm::{self, Kerbs};
use std::collections::BTreeMap;

fn read(tags: &str) -> Result<Kerbs, shared_parking::Flaws> {
    let tag = |tag: &str| tag.split_once('=').map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
    let tags: BTreeMap<String, String> = tags.split_whitespace().map(|text| tag(text).expect("key=value")).collect();
    osm::kerbs(&tags)
}

fn told(tags: &str) -> String {
    let kerbs = read(tags).unwrap_or_else(|flaws| panic!("{tags}: {flaws}"));
    let word = |kerb: &shared_parking::inventory::KerbRow| {
        let capacity = kerb.capacity.map_or_else(String::new, |capacity| format!(" {capacity}"));
        format!("{:?} {:?} {:?}{capacity}", kerb.side, kerb.layout, kerb.kind).to_lowercase()
    };
    let words: Vec<String> =
        kerbs.rows.iter().map(word).chain(kerbs.unread.iter().map(|tag| format!("? {tag}"))).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

const TABLE: &str = "
                                                                       => none
surface=asphalt oneway=yes                                             => none
parking:lane:both=parallel                                             => left parallel shared, right parallel shared
parking:lane:left=diagonal                                             => left diagonal shared
parking:lane:right=perpendicular                                       => right perpendicular shared
parking:lane:left=inline parking:lane:right=orthogonal                 => left parallel shared, right perpendicular shared
parking:lane:both=parallel parking:lane:left=no_stopping               => right parallel shared
parking:lane:both=no_parking parking:lane:left=parallel                => left parallel shared
parking:lane:both=no_stopping                                          => none
parking:lane:both=fire_lane                                            => none
parking:lane:left=separate parking:lane:right=drawn_separately         => none
parking:lane:left=marked parking:lane:right=no                         => none
parking:both=lane                                                      => left parallel shared, right parallel shared
parking:left=street_side parking:left:orientation=diagonal             => left diagonal shared
parking:right=on_kerb parking:both:orientation=perpendicular           => right perpendicular shared
parking:left=half_on_kerb parking:right=shoulder                       => left parallel shared, right parallel shared
parking:left=yes parking:right=separate                                => left parallel shared
parking:right=inline                                                   => right parallel shared
parking:left=no parking:lane:left=parallel                             => none
parking:both=no parking:lane:left=parallel                             => left parallel shared
parking:both=no parking:lane:both=parallel                             => none
parking:lane:left=parallel parking:lane:left:capacity=3                => left parallel shared 3
parking:lane:left=parallel parking:capacity:left=2                     => left parallel shared 2
parking:left=lane parking:left:capacity=4 parking:capacity:left=2      => left parallel shared 4
parking:both=lane parking:both:capacity=7 parking:left:capacity=1      => left parallel shared 1, right parallel shared 7
parking:left=lane parking:left:capacity=0                              => none
parking:lane:left=parallel parking:condition:left=free                 => left parallel shared
parking:lane:left=parallel parking:condition:left=ticket               => left parallel shared
parking:lane:left=parallel parking:condition:left=disc                 => left parallel shared
parking:lane:left=parallel parking:condition:left=customers            => left parallel shared
parking:lane:left=parallel parking:condition:left=residents            => left parallel resident
parking:lane:left=parallel parking:condition:left=residents;ticket     => left parallel shared
parking:lane:left=parallel parking:condition:left=wheelchair           => left parallel disabled
parking:lane:left=parallel parking:condition:left=disabled             => left parallel disabled
parking:lane:left=parallel parking:condition:left=loading              => left parallel loading
parking:lane:left=parallel parking:condition:left=charging             => left parallel charging
parking:lane:left=parallel parking:condition:left=no_parking           => none
parking:lane:left=parallel parking:condition:left=no_stopping          => none
parking:lane:left=parallel parking:condition:left=private              => none
parking:lane:left=parallel parking:condition:left=diplomat             => none
parking:lane:left=parallel parking:condition:left=bus                  => none
parking:lane:left=parallel parking:condition:left=taxi                 => none
parking:lane:left=parallel parking:condition:left=police               => none
parking:lane:left=parallel parking:condition:left=car_sharing          => none
parking:lane:left=parallel parking:condition:left=Sukkula              => ? parking:condition:left=Sukkula
parking:lane:both=parallel parking:condition:both=private parking:condition:left=free => left parallel shared
parking:lane:left=parallel parking:condition:left=ticket parking:condition:left:time_interval=Mo-Fr => left parallel shared
parking:lane:left=parallel parking:condition:left=free parking:condition:left:vehicles=bus          => none
parking:lane:left=parallel parking:condition:left:vehicles=bicycle                                  => none
parking:lane:left=parallel parking:condition:left:vehicles=goods;hgv                                => none
parking:lane:left=parallel parking:condition:left:vehicles=car;motorcycle                           => left parallel shared
parking:lane:left=parallel parking:condition:left:vehicles=electric                                 => left parallel charging
parking:lane:left=parallel parking:condition:left:vehicles=disabled                                 => left parallel disabled
parking:left=lane parking:left:restriction=no_parking                  => none
parking:left=lane parking:left:restriction=none                        => left parallel shared
parking:left=lane parking:left:restriction=loading_only                => left parallel loading
parking:left=lane parking:left:restriction=charging_only               => left parallel charging
parking:left=lane parking:left:restriction=odd                         => ? parking:left:restriction=odd
parking:left=lane parking:left:access=private                          => none
parking:left=lane parking:left:access=no                               => none
parking:left=lane parking:left:access=customers                        => left parallel shared
parking:left=lane parking:left:access=residents                        => left parallel resident
parking:left=lane parking:left:access=members                          => ? parking:left:access=members
parking:condition:left=ticket                                          => none
parking:lane:both=parallel access=private                              => none
parking:lane:both=parallel access=no                                   => none
parking:lane:both=parallel motor_vehicle=no                            => none
parking:lane:left=parallel access=no motor_vehicle=yes                 => left parallel shared
parking:lane:left=parallel access=destination                          => left parallel shared
";

#[test]
fn tags_become_kerbs() {
    let rows: Vec<(&str, &str)> = TABLE.lines().filter_map(|line| line.split_once("=>")).collect();
    assert!(rows.len() > 60, "the table has {} rows", rows.len());
    let wrong: Vec<String> = rows
        .into_iter()
        .map(|(tags, kerbs)| (tags.trim(), kerbs.trim(), told(tags)))
        .filter(|(_, kerbs, told)| kerbs != told)
        .map(|(tags, kerbs, told)| format!("{tags}\n    wanted {kerbs}\n    found  {told}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_value_outside_the_table_is_told_at_once() {
    let flaws = read(
        "parking:lane:left=paralel parking:left:capacity=many parking:right=lane \
         parking:right:orientation=upright parking:right:capacity=10001",
    )
    .unwrap_err();
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "property \"parking:lane:left\"",
            "property \"parking:left:capacity\"",
            "property \"parking:right:capacity\"",
            "property \"parking:right:orientation\"",
        ]
    );
    assert!(flaws.iter().all(|flaw| flaw.code == FlawCode::WrongValue && flaw.remedy.starts_with("write ")));
}

#[test]
fn a_wrong_value_of_both_sides_is_told_once() {
    let flaws = read("parking:lane:both=paralel parking:lane:left=no").unwrap_err();
    assert_eq!(flaws.len(), 1);
    let flaws = read("parking:lane:both=paralel").unwrap_err();
    assert_eq!(flaws.len(), 1, "one tag, one flaw: {flaws}");
}
