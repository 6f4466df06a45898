//! One feature: its properties by name and type, and the flaws found in it.
//!
//! Invariant: a getter that finds a flaw notes it and answers with nothing; the caller need not look again.

use super::super::words::word;
use super::length::Measure;
use crate::error::{FlawCode, FlawCollector, Flaws, near_miss};
use crate::units::Centimetres;
use ::geojson::{JsonObject, JsonValue};
use serde::de::DeserializeOwned;

/// A feature that is being read.
pub(super) struct Feature<'a> {
    properties: &'a JsonObject,
    pub(super) geometry: &'a JsonValue,
    /// `feature 12 (id "way/1")`.
    pub(super) origin: String,
    /// Its id: the property, or else the feature's own member.
    pub(super) id: Option<String>,
    pub(super) flaws: FlawCollector,
}

fn place(key: &str) -> String {
    format!("property {key:?}")
}

/// A value as a person would write it, cut short.
pub(super) fn shown(value: &JsonValue) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    let cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

/// A text or whole number as text.
pub(super) fn plain(value: &JsonValue) -> Option<String> {
    match value {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

impl<'a> Feature<'a> {
    /// The feature at this place of the array.
    ///
    /// # Errors
    /// When it has no properties to look at; the places in the flaws are complete.
    pub(super) fn new(index: usize, value: &'a JsonValue) -> Result<Self, Flaws> {
        const NOTHING: &JsonValue = &JsonValue::Null;
        let bare = format!("feature {index}");
        let JsonValue::Object(members) = value else {
            let problem = format!("{} is not a feature", shown(value));
            let remedy = "write an object with type, geometry and properties, or leave it out";
            return Err(Flaws::one(FlawCode::WrongValue, bare, problem, remedy));
        };
        let Some(JsonValue::Object(properties)) = members.get("properties") else {
            let remedy = "give the feature an object of properties with at least layer and id";
            return Err(Flaws::one(FlawCode::Missing, bare, "no properties", remedy));
        };
        let id = [properties.get("id"), members.get("id")].into_iter().flatten().find(|value| !value.is_null());
        let id = id.and_then(plain);
        let origin = id.as_ref().map_or_else(|| bare.clone(), |id| format!("{bare} (id {id:?})"));
        let geometry = members.get("geometry").unwrap_or(NOTHING);
        let mut feature = Self { properties, geometry, origin, id, flaws: Flaws::collector() };
        if members.get("type").and_then(JsonValue::as_str) != Some("Feature") {
            let problem =
                members.get("type").map_or_else(|| "no type".to_owned(), |kind| format!("type {}", shown(kind)));
            feature.flaws.push(FlawCode::WrongValue, "member \"type\"", problem, "write \"type\": \"Feature\"");
        }
        Ok(feature)
    }

    /// All that was found.
    pub(super) fn finish(self) -> Result<(), Flaws> {
        let mut outer = Flaws::collector();
        if let Err(flaws) = self.flaws.finish(()) {
            outer.absorb(&self.origin, flaws);
        }
        outer.finish(())
    }

    /// Notes a flaw of a property.
    pub(super) fn flaw(&mut self, code: FlawCode, key: &str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.flaws.push(code, place(key), problem, remedy);
    }

    fn wrong(&mut self, key: &str, value: &JsonValue, what: &str, remedy: impl Into<String>) {
        self.flaw(FlawCode::WrongValue, key, format!("{} is not {what}", shown(value)), remedy);
    }

    /// Takes over the flaws of a part whose places are complete below the feature.
    pub(super) fn take_over(&mut self, flaws: &Flaws) {
        for flaw in flaws {
            self.flaws.push(flaw.code, flaw.place.clone(), flaw.problem.clone(), flaw.remedy.clone());
        }
    }

    /// Reads an object that is the value of a property, with its flaws placed below that property.
    pub(super) fn inside<T>(&mut self, key: &str, object: &'a JsonObject, read: impl FnOnce(&mut Self) -> T) -> T {
        let geometry = self.geometry;
        let mut part =
            Self { properties: object, geometry, origin: String::new(), id: None, flaws: Flaws::collector() };
        let value = read(&mut part);
        if let Err(flaws) = part.flaws.finish(()) {
            self.flaws.absorb(&place(key), flaws);
        }
        value
    }

    /// The properties in the order of their names.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&'a str, &'a JsonValue)> + use<'a> {
        self.properties.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// A property; null counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&'a JsonValue> {
        self.properties.get(key).filter(|value| !value.is_null())
    }

    /// The first of these properties that is present.
    pub(super) fn first<'k>(&self, keys: &[&'k str]) -> Option<(&'k str, &'a JsonValue)> {
        keys.iter().find_map(|&key| self.get(key).map(|value| (key, value)))
    }

    /// The feature's id, which every layer needs.
    pub(super) fn required_id(&mut self) -> String {
        if let Some(id) = self.id.clone() {
            return id;
        }
        match self.get("id") {
            Some(value) => self.wrong("id", value, "an id", "write a text or a whole number"),
            None => self.missing("id"),
        }
        String::new()
    }

    fn missing(&mut self, key: &str) {
        self.flaw(FlawCode::Missing, key, "it is missing", format!("give the feature a property {key:?}"));
    }

    /// A text, if present.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let text = plain(value);
        if text.is_none() {
            self.wrong(key, value, "a text", "write a text between quotation marks");
        }
        text
    }

    /// A text that must be there.
    pub(super) fn required_text(&mut self, key: &str) -> String {
        if self.get(key).is_none() {
            self.missing(key);
        }
        self.text(key).unwrap_or_default()
    }

    /// A word of a closed list, if present.
    pub(super) fn word<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.get(key)?;
        match word(value.as_str().unwrap_or_default()) {
            Ok(known) => Some(known),
            Err(words) => {
                self.wrong(key, value, "one of its words", format!("write {words}"));
                None
            }
        }
    }

    /// A word of a closed list that must be there, or a stand-in once its flaw is noted.
    pub(super) fn required_word<T: DeserializeOwned>(&mut self, key: &str, stand_in: T) -> T {
        if self.get(key).is_none() {
            self.missing(key);
        }
        self.word(key).unwrap_or(stand_in)
    }

    /// A whole number from `least` to `most`, as a number or as its digits.
    pub(super) fn whole(&mut self, key: &str, least: i64, most: i64) -> Option<i64> {
        let value = self.get(key)?;
        let Some(number) = plain(value).and_then(|text| text.trim().parse().ok()) else {
            self.wrong(key, value, "a whole number", format!("write a whole number from {least} to {most}"));
            return None;
        };
        if (least..=most).contains(&number) {
            return Some(number);
        }
        let problem = format!("{number} lies outside {least} to {most}");
        self.flaw(FlawCode::OutOfRange, key, problem, "correct the number, or leave the property out");
        None
    }

    /// How many cars: 1 to 10,000.
    pub(super) fn capacity(&mut self, key: &str) -> Option<u32> {
        self.whole(key, 1, 10_000).and_then(|number| u32::try_from(number).ok())
    }

    /// A length in metres.
    pub(super) fn length(&mut self, key: &str, measure: Measure) -> Option<Centimetres> {
        let value = self.get(key)?;
        measure.read(value).map_err(|(code, problem)| self.flaw(code, key, problem, format!("write {measure}"))).ok()
    }

    /// Notes every property that is not of this list; where foreign ones are legal, only those that look misspelt.
    pub(super) fn only(&mut self, known: &[&'static str], foreign_are_legal: bool) {
        for (key, _) in self.properties() {
            if known.contains(&key) || foreign_are_legal && key.contains(':') {
                continue;
            }
            match near_miss(key, known.iter().copied()) {
                Some(meant) => {
                    let remedy = format!("write {meant:?} if that is meant; otherwise rename it");
                    self.flaw(FlawCode::Unknown, key, "nobody reads it", remedy);
                }
                None if foreign_are_legal => {}
                None => {
                    let remedy = format!("leave it out; known here: {}", known.join(", "));
                    self.flaw(FlawCode::Unknown, key, "nobody reads it", remedy);
                }
            }
        }
    }
}
