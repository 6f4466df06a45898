//! The document around the features: syntax, kind, datum, name and attribution.
//!
//! Invariant: coordinates count as WGS 84 only when the document says so or, as RFC 7946 has it, says nothing.

use super::super::without_mark;
use super::feature::shown;
use crate::error::{FlawCode, FlawCollector, Flaws};
use ::geojson::{JsonObject, JsonValue};

/// The members of the collection.
///
/// # Errors
/// One flaw: nothing below can be read.
pub(super) fn open(text: &str) -> Result<JsonObject, Flaws> {
    let text = without_mark(text);
    if text.trim().is_empty() {
        return Err(refused(FlawCode::Empty, "it is empty"));
    }
    let members = match serde_json::from_str(text) {
        Ok(JsonValue::Object(members)) => members,
        Ok(JsonValue::Null) => return Err(refused(FlawCode::Empty, "it holds null")),
        Ok(other) => return Err(refused(FlawCode::WrongValue, format!("it holds {}", shown(&other)))),
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            let remedy = "mend the JSON there; nothing after that place was read";
            return Err(Flaws::one(FlawCode::Syntax, place, error.to_string(), remedy));
        }
    };
    match members.get("type").and_then(JsonValue::as_str) {
        Some("FeatureCollection") => Ok(members),
        Some(other) => Err(refused(FlawCode::WrongValue, format!("its type is {other:?}"))),
        None => Err(refused(FlawCode::Missing, "it has no type")),
    }
}

fn refused(code: FlawCode, problem: impl Into<String>) -> Flaws {
    Flaws::one(code, "document", problem, "hand over a GeoJSON FeatureCollection with at least one feature")
}

/// The features, of which there must be one at least.
///
/// # Errors
/// One flaw.
pub(super) fn features(members: &JsonObject) -> Result<&[JsonValue], Flaws> {
    match members.get("features") {
        Some(JsonValue::Array(features)) if features.is_empty() => {
            Err(refused(FlawCode::Empty, "its array of features is empty"))
        }
        Some(JsonValue::Array(features)) => Ok(features),
        Some(other) => Err(refused(FlawCode::WrongValue, format!("its features are {}", shown(other)))),
        None => Err(refused(FlawCode::Missing, "it has no features")),
    }
}

/// Looks for a statement of another datum.
pub(super) fn check_datum(members: &JsonObject, flaws: &mut FlawCollector) {
    for key in ["datum", "crs"] {
        let Some(value) = members.get(key) else { continue };
        // the `crs` of the format before RFC 7946 is {"type": "name", "properties": {"name": "…"}}
        let stated = value.pointer("/properties/name").unwrap_or(value);
        if !stated.as_str().is_some_and(is_wgs84) {
            let remedy = "convert the coordinates to WGS 84 longitude and latitude first: nothing can guess the shift";
            let problem = format!("{} is not WGS84", shown(stated));
            flaws.push(FlawCode::WrongDatum, format!("member {key:?}"), problem, remedy);
        }
    }
}

fn is_wgs84(stated: &str) -> bool {
    let stated: String = stated.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    let names = ["wgs84", "epsg:4326", "ogc:crs84", "crs84", "urn:ogc:def:crs:epsg::4326"];
    let urn = stated.strip_prefix("urn:ogc:def:crs:ogc:").is_some_and(|rest| matches!(rest, "1.3:crs84" | ":crs84"));
    urn || names.contains(&stated.as_str())
}

/// The text of a member, with a flaw when it is something else.
fn text(members: &JsonObject, key: &str, outer: &str, flaws: &mut FlawCollector) -> String {
    match members.get(key) {
        Some(JsonValue::String(text)) => text.trim().to_owned(),
        None | Some(JsonValue::Null) => String::new(),
        Some(other) => {
            let problem = format!("{} is not a text", shown(other));
            flaws.push(FlawCode::WrongValue, format!("member \"{outer}{key}\""), problem, "write a text");
            String::new()
        }
    }
}

/// The district's name.
pub(super) fn name(members: &JsonObject, flaws: &mut FlawCollector) -> String {
    text(members, "name", "", flaws)
}

/// The words to show: the attribution, of the collection or of its metadata, and the licence.
pub(super) fn attribution(members: &JsonObject, flaws: &mut FlawCollector) -> String {
    let nothing = JsonObject::new();
    let metadata = match members.get("metadata") {
        Some(JsonValue::Object(metadata)) => metadata,
        _ => &nothing, // a foreign member: whatever else it is, it is not ours
    };
    let own = text(members, "attribution", "", flaws);
    let told = text(metadata, "attribution", "metadata.", flaws);
    let licence = text(metadata, "licence", "metadata.", flaws);
    let words = [if own.is_empty() { told } else { own }, licence];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}
