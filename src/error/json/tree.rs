//! A text as a JSON value, refusing what a value would hide: a field that stands twice.
//!
//! Invariant: nothing of the text is dropped.

use crate::error::{FlawCode, Flaws};
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The value of a whole text, with or without a byte order mark, and the paths of fields that stand twice, of which the
/// value holds the last.
///
/// # Errors
/// One flaw with line and column where the text is not JSON.
pub(crate) fn document(text: &str) -> Result<(Value, Vec<String>), Flaws> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut twice = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Tree(&mut twice).deserialize(&mut reader);
    let value = read.and_then(|value| reader.end().map(|()| value)).map_err(|error| {
        let (place, told) = (format!("line {}, column {}", error.line(), error.column()), error.to_string());
        let problem = told.rsplit_once(" at line ").map_or(told.as_str(), |(problem, _)| problem);
        Flaws::one(FlawCode::Syntax, place, problem, "mend the JSON there; nothing after that place was read")
    })?;
    Ok((value, twice))
}

/// The document that a reader holds, and the paths of fields that stand in it twice.
pub(crate) fn document_of<'de, D: de::Deserializer<'de>>(reader: D) -> Result<(Value, Vec<String>), D::Error> {
    let mut twice = Vec::new();
    Tree(&mut twice).deserialize(reader).map(|value| (value, twice))
}

/// Reads one value and notes the paths, from that value on, of fields that stand twice.
struct Tree<'t>(&'t mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;
    fn deserialize<D: de::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        loop {
            let before = self.0.len();
            let Some(element) = access.next_element_seed(Tree(&mut *self.0))? else {
                return Ok(Value::Array(elements));
            };
            for path in &mut self.0[before..] {
                let dot = if path.starts_with('[') { "" } else { "." };
                *path = format!("[{}]{dot}{path}", elements.len());
            }
            elements.push(element);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            let before = self.0.len();
            let value = access.next_value_seed(Tree(&mut *self.0))?;
            for path in &mut self.0[before..] {
                let dot = if path.starts_with('[') { "" } else { "." };
                *path = format!("{key}{dot}{path}");
            }
            if map.contains_key(&key) {
                self.0.push(key.clone());
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn a_value_is_read_as_serde_json_reads_it() {
        let text = r#"{ "a": [1, -2, 18446744073709551615, 1.5, "é\n", null, true, {}], "b": { "c": [] } }"#;
        assert_eq!(document(text), Ok((serde_json::from_str(text).unwrap(), vec![])));
        assert_eq!(document(&format!("\u{feff}{text}")), document(text));
    }

    #[test]
    fn fields_that_stand_twice_are_told_with_their_paths() {
        let (_, twice) =
            document(r#"{ "a": 1, "b": [ {}, [ { "c": { "d": 1, "d": 2 }, "c": 3 } ] ], "a": 2 }"#).unwrap();
        assert_eq!(twice, ["b[1][0].c.d", "b[1][0].c", "a"]);
    }

    #[test]
    fn a_text_that_is_no_json_has_one_flaw_with_line_and_column() {
        for (text, place) in [
            ("", "line 1, column 0"),
            ("{\n  \"a\": }", "line 2, column 8"),
            ("{} {}", "line 1, column 4"),
            (&"[".repeat(1 << 16), "line 1, column 128"),
        ] {
            let flaws = document(text).unwrap_err();
            assert_eq!(flaws.len(), 1);
            assert_eq!(flaws.iter().next().unwrap().place, place);
        }
    }
}
