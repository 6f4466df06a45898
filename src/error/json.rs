//! A JSON document read part by part, so that the mistakes of all parts are told together.
//!
//! Invariant: a part that cannot be read leaves at least one flaw; nothing is passed over in silence, not even a field
//! that stands twice.

mod told;
mod tree;

pub(crate) use tree::{document, document_of};

use super::{FlawCode, FlawCollector, near_miss};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What reads a part: its value, its place, and where its flaws go. `None` only beside a flaw.
pub(crate) type Reader<T> = fn(&Value, &str, &mut FlawCollector) -> Option<T>;

/// Reads a part as serde does; a mistake is one flaw with its path below `place`.
pub(crate) fn read<T: DeserializeOwned>(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<T> {
    match serde_path_to_error::deserialize(value) {
        Ok(part) => Some(part),
        Err(error) => {
            let path = error.path().to_string();
            let place = match path.as_str() {
                "." => place.to_owned(),
                path if path.starts_with('[') => format!("{place}{path}"),
                path => join(place, path),
            };
            let (code, problem, remedy) = told::flaw(&error.inner().to_string());
            flaws.push(code, place, problem, remedy);
            None
        }
    }
}

/// The path of a field.
fn join(place: &str, field: &str) -> String {
    if place.is_empty() { field.to_owned() } else { format!("{place}.{field}") }
}

/// The fields of an object, to be read one by one.
pub(crate) struct Fields<'v, 'f> {
    map: &'v Map<String, Value>,
    place: String,
    flaws: &'f mut FlawCollector,
}

impl<'v, 'f> Fields<'v, 'f> {
    /// The fields of `value`, when it is an object. Fields that are missing, and fields that nobody knows, are told now.
    pub(crate) fn open(
        value: &'v Value,
        place: &str,
        required: &[&str],
        optional: &[&str],
        flaws: &'f mut FlawCollector,
    ) -> Option<Self> {
        let Value::Object(map) = value else {
            let wanted = if required.is_empty() { optional } else { required };
            let remedy = format!("write an object with the fields {}", wanted.join(", "));
            flaws.push(FlawCode::WrongValue, place, format!("{} is not an object", shown(value)), remedy);
            return None;
        };
        let strangers =
            || map.keys().map(String::as_str).filter(|key| !required.contains(key) && !optional.contains(key));
        for &name in required.iter().filter(|name| !map.contains_key(**name)) {
            let remedy = near_miss(name, strangers())
                .map_or_else(|| "add it".to_owned(), |near| format!("is it the field {near:?}?"));
            flaws.push(FlawCode::Missing, join(place, name), "it is missing", remedy);
        }
        for stranger in strangers() {
            let known = || required.iter().chain(optional).copied();
            let remedy = near_miss(stranger, known().filter(|name| !map.contains_key(*name))).map_or_else(
                || format!("leave it out; the fields are {}", known().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean {meant}?"),
            );
            flaws.push(FlawCode::Unknown, join(place, stranger), format!("{stranger:?} is no field"), remedy);
        }
        Some(Self { map, place: place.to_owned(), flaws })
    }

    /// The value of a field and its place.
    pub(crate) fn value(&self, name: &str) -> Option<(&'v Value, String)> {
        self.map.get(name).map(|value| (value, join(&self.place, name)))
    }

    /// A field read by a reader of its own.
    pub(crate) fn with<T>(&mut self, name: &str, reader: Reader<T>) -> Option<T> {
        let (value, place) = self.value(name)?;
        reader(value, &place, self.flaws)
    }

    /// A field read as serde does.
    pub(crate) fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.with(name, read)
    }

    /// A field that may be absent.
    pub(crate) fn or_default<T: DeserializeOwned + Default>(&mut self, name: &str) -> Option<T> {
        self.with_or_default(name, read)
    }

    /// A field that may be absent, read by a reader of its own.
    pub(crate) fn with_or_default<T: Default>(&mut self, name: &str, reader: Reader<T>) -> Option<T> {
        if self.map.contains_key(name) { self.with(name, reader) } else { Some(T::default()) }
    }

    /// A list, element by element, `None` in the place of each that cannot be read.
    pub(crate) fn list<T>(&mut self, name: &str, reader: Reader<T>) -> Option<Vec<Option<T>>> {
        let (value, place) = self.value(name)?;
        let Value::Array(elements) = value else {
            let problem = format!("{} is not a list", shown(value));
            self.flaws.push(FlawCode::WrongValue, place, problem, "write a list in square brackets");
            return None;
        };
        let read = |(at, element)| reader(element, &format!("{place}[{at}]"), self.flaws);
        Some(elements.iter().enumerate().map(read).collect())
    }

    /// A list that may be absent.
    pub(crate) fn list_or_empty<T>(&mut self, name: &str, reader: Reader<T>) -> Option<Vec<Option<T>>> {
        if self.map.contains_key(name) { self.list(name, reader) } else { Some(Vec::new()) }
    }

    /// A list that may be absent, of which every element can be read.
    pub(crate) fn all_or_empty<T>(&mut self, name: &str, reader: Reader<T>) -> Option<Vec<T>> {
        self.list_or_empty(name, reader)?.into_iter().collect()
    }

    /// A list of which every element can be read.
    pub(crate) fn all<T>(&mut self, name: &str, reader: Reader<T>) -> Option<Vec<T>> {
        self.list(name, reader)?.into_iter().collect()
    }
}

/// A value as it stands, cut where it is long.
pub(crate) fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
