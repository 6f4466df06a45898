//! A survey of the ground from GeoJSON (RFC 7946).
//!
//! Invariant: every feature is looked at whatever is wrong with the others, so one reading shows every flaw.
//!
//! The document is a `FeatureCollection`. Beside its features, these members are read:
//!
//! | member | meaning |
//! |---|---|
//! | `name` | what the district is called |
//! | `attribution`, or `metadata.attribution` | the words its data's licence asks to be shown |
//! | `metadata.licence` | the licence, shown after them |
//! | `datum`, or the older `crs` | absent: WGS 84, as RFC 7946 has it. `WGS84`, `EPSG:4326` and `urn:ogc:def:crs:OGC:1.3:CRS84` say the same. Anything else (GCJ-02, BD-09, EPSG:3067, …) is refused: convert first |
//!
//! Each feature is of one layer. These properties are read; `null` counts as absent, a whole number may be written as
//! a text of its digits, and ids are unique within their layer:
//!
//! | property | layers | type, unit | required | default | meaning |
//! |---|---|---|---|---|---|
//! | `layer`, or `type` | all | `community`, `street`, `stretch`, `space`, `door`, `address`, `building`, `offstreet` | yes | | what the feature is; `building` and `offstreet` are counted and otherwise ignored |
//! | `id` | all | text or whole number | yes | the feature's own `id` member | names it |
//! | `note` | all | anything | no | | for people; never read |
//! | `name` | community | text | yes | | what it is called |
//! | `name` | street | text | no | none | pieces of one street share it |
//! | `kind` | street | `main`, `street`, `alley`, `footway` | yes, or the next | | what kind of way it is |
//! | `class`, or `highway` | street | OpenStreetMap's words | | | `trunk`, `primary`, `secondary`, `tertiary` and their `_link` are main; `residential`, `unclassified`, `living_street` street; `service` alley; `pedestrian`, `footway`, `path`, `steps`, `cycleway`, `track` footway |
//! | `width_m`, or `width` | street | metres, 0.5 to 200: `5.5`, `"5.5"`, `"5.5 m"` | no | not measured | width of the carriageway |
//! | `one_way`, or `oneway` | street | `yes`, `no`, `true`, `false`, `1`, `0`, `-1` | no | `no` | cars go only along the line; `-1` (or `reverse`): only against it, and the street is turned round: line, nodes, kerbs, and the sides of its stretches. `reversible` and `alternating` count as `no` |
//! | `node_from`, `node_to` | street | whole number | no | unknown | the network's node at either end: equal ones within 10 m join streets, as do common positions, and a loose end within 50 cm of another street |
//! | `parking_left`, `parking_right` | street | object of `layout`, `kind`, `capacity` as for a stretch, all optional; or `no` | no | the tags | a kerb on which parking is allowed, on that side of the line as drawn |
//! | `parking:…`, `access`, `motor_vehicle`, … | street | OpenStreetMap's tags | no | no kerb | see [`osm`](crate::interop::osm) |
//! | `community` | street, door, address | id | no | the one it lies in | its community |
//! | `street` | stretch, space | id | yes | | the street it lies on |
//! | `side` | stretch, space | `left`, `right` | yes | | side of that street's line as drawn |
//! | `kind` | stretch, space | `shared`, `resident`, `disabled`, `loading`, `charging` | no | `shared` | whom it is for |
//! | `layout` | stretch, space | `parallel`, `diagonal`, `perpendicular` | no | `parallel` | how cars stand |
//! | `capacity` | stretch, space | whole number, 1 to 10,000 | for a LineString of layer stretch | 1 | how many spaces |
//! | `space_length_m` | stretch, space | metres, 0.5 to 40 | no | the rule's | length of one space along the kerb |
//! | `space_width_m` | stretch, space | metres, 0.5 to 20 | no | the rule's | width of one space across it |
//! | `street` | door, address | text | no | the nearest street | **name** of the street it opens to |
//! | `number` | door, address | text | no | | the house number; not kept |
//!
//! | layer | geometry |
//! |---|---|
//! | community | Polygon of one closed ring, or `null` when it is only named |
//! | street | LineString |
//! | stretch, space | Point (the middle), or LineString along the kerb; on one kerb they may overlap by 1 m in all, derived ones included |
//! | door, address | Point |
//!
//! Positions are longitude and latitude in degrees; an altitude is dropped. Any other property of a community, stretch,
//! space or door is a flaw. Streets and addresses come from maps and may carry properties that are not ours; there a
//! flaw is noted only for a near miss, such as `widht_m`. Of a property written twice the last one counts, as in any
//! JSON reader. Ranges of coordinates, references between rows, repeated ids
//! and what fits where are checked by [`Inventory::build`](crate::inventory::Inventory::build).
//!
//! The example file, `examples/data/small_district.geojson`:
//!
//! ```json
#![doc = include_str!("../../../examples/data/small_district.geojson")]
//! ```
//!
//! ```
//! use shared_parking::interop::geojson;
//! use shared_parking::inventory::{Side, SpaceKind, StreetKind};
//! let text = include_str!("../../../examples/data/small_district.geojson");
//! let reading = geojson::read(text).unwrap();
//! let survey = &reading.survey;
//! assert_eq!((survey.communities.len(), survey.streets.len()), (1, 3));
//! assert_eq!((survey.stretches.len(), survey.doors.len()), (2, 3));
//! assert_eq!(reading.ignored["building"], 1);
//! // way/2 was drawn against its one way: its line, nodes and kerb are turned round
//! let cross = &survey.streets[1];
//! assert_eq!((cross.node_from, cross.node_to, cross.kerbs[0].side), (Some(103), Some(102), Side::Left));
//! assert_eq!((survey.streets[2].kind, survey.stretches[1].kind), (StreetKind::Alley, SpaceKind::Disabled));
//!
//! let flaws = geojson::read(&text.replace("\"alley\"", "\"aley\"").replace("8.5", "-1")).unwrap_err();
//! let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
//! assert_eq!(places, ["feature 1 (id \"way/1\"), property \"width_m\"", "feature 3 (id \"way/3\"), property \"kind\""]);
//! ```

mod checked;
mod document;
mod feature;
mod geometry;
mod length;
mod rows;
mod street;

pub use checked::inventory;

use crate::error::Flaws;
use crate::inventory::Survey;
use rows::Rows;
use std::collections::BTreeMap;

/// What a document holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The rows, in the order of the features.
    pub survey: Survey,
    /// What was passed over and how often: the layers `building` and `offstreet`, and kerbs kept out by a restriction
    /// that was not understood (`kerb with parking:condition:left=Sukkula`).
    pub ignored: BTreeMap<String, usize>,
}

/// Reads a survey: syntax and types, nothing else. Use [`inventory`] to have all of it checked at once.
///
/// A row's `origin` is `feature 12 (id "way/1")`: features are counted from 0, as in the array. Time and memory grow
/// with the length of the text.
///
/// # Errors
/// Every flaw of syntax and type, in the order of the features, those of the document first. A text that is not JSON,
/// is not a collection or holds no feature has one flaw: nothing below it can be read. The place of a flaw is like
/// `feature 12 (id "way/1"), property "width_m"`.
pub fn read(text: &str) -> Result<Reading, Flaws> {
    let Rows { survey, ignored, flaws, .. } = rows(text)?;
    flaws.finish(Reading { survey, ignored })
}

/// Everything that can be read, beside the flaws.
fn rows(text: &str) -> Result<Rows, Flaws> {
    let members = document::open(text)?;
    let mut rows = Rows::default();
    document::check_datum(&members, &mut rows.flaws);
    rows.survey.name = document::name(&members, &mut rows.flaws);
    rows.survey.attribution = document::attribution(&members, &mut rows.flaws);
    for (index, value) in document::features(&members)?.iter().enumerate() {
        rows.read(index, value);
    }
    rows.settle();
    Ok(rows)
}
