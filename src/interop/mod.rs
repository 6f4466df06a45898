//! Other people's formats: the ground from GeoJSON and OpenStreetMap tags, applications from JSON and CSV, assignment
//! problems from text; a round's public table as text.
//!
//! Invariant: a reader understands syntax and types and judges nothing else. What a survey means is checked by
//! [`Inventory`](crate::inventory::Inventory), what an application means by `policy`. No float is computed with here.
//!
//! | module | reads | feature |
//! |---|---|---|
#![cfg_attr(feature = "geojson", doc = "| [`geojson`] | a survey of the ground | `geojson` (default) |")]
//! | [`osm`] | the parking tags of a street | – |
//! | [`applications`] | applications, from JSON | – |
//! | [`applications`] | applications, from CSV | `csv` (default) |
//! | [`markets`] | assignment problems, from the market format and from DIMACS | – |
//!
//! [`publication`] only writes.

pub mod applications;
#[cfg(feature = "geojson")]
pub mod geojson;
pub mod markets;
pub mod osm;
pub mod publication;
mod words;

/// Text without the byte order mark some editors put before it.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
