//! Lengths in metres, read digit by digit into whole centimetres: no float takes part.

use super::feature::shown;
use crate::error::FlawCode;
use crate::units::Centimetres;
use ::geojson::JsonValue;
use std::fmt;

/// A length that a property states, and the range it must lie in.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    least: Centimetres,
    most: Centimetres,
}

impl Measure {
    /// Width of a carriageway: 0.5 m to 200 m.
    pub(super) const STREET_WIDTH: Self = Self { least: Centimetres::new(50), most: Centimetres::metres(200) };
    /// Length of a space along the kerb: 0.5 m to 40 m.
    pub(super) const SPACE_LENGTH: Self = Self { least: Centimetres::new(50), most: Centimetres::metres(40) };
    /// Width of a space across the kerb: 0.5 m to 20 m.
    pub(super) const SPACE_WIDTH: Self = Self { least: Centimetres::new(50), most: Centimetres::metres(20) };

    /// The length a value states, to the nearest centimetre (half away from zero); `5.5`, `"5.5"` and `"5.5 m"` alike.
    pub(super) fn read(self, value: &JsonValue) -> Result<Centimetres, (FlawCode, String)> {
        let text = match value {
            JsonValue::String(text) => text.trim().trim_end_matches('m').trim_end().to_owned(),
            JsonValue::Number(number) => number.to_string(),
            _ => String::new(),
        };
        if !is_decimal(text.strip_prefix('-').unwrap_or(&text)) {
            return Err((FlawCode::WrongValue, format!("{} is not a length in metres", shown(value))));
        }
        match centimetres(&text) {
            Some(length) if (self.least..=self.most).contains(&length) => Ok(length),
            _ => Err((FlawCode::OutOfRange, format!("{text} m lies outside the range"))),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a length in metres from {} to {}, like 5.5", self.least, self.most)
    }
}

fn is_decimal(text: &str) -> bool {
    let (metres, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(metres) && digits(rest)
}

/// `None` when it is negative or does not fit.
fn centimetres(text: &str) -> Option<Centimetres> {
    let (metres, rest) = text.split_once('.').unwrap_or((text, ""));
    let metres: u32 = metres.parse().ok()?;
    let millimetres: u32 = format!("{rest:0<3}").get(..3)?.parse().ok()?;
    metres.checked_mul(100)?.checked_add((millimetres + 5) / 10).map(Centimetres::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lengths_as_people_write_them() {
        for (value, length) in [
            (json!(5), 500),
            (json!(5.5), 550),
            (json!("5.5"), 550),
            (json!(" 5.5 m "), 550),
            (json!("5.5m"), 550),
            (json!("2.345"), 235),
            (json!("2.344999"), 234),
            (json!("0.50"), 50),
            (json!(0.1 + 0.4), 50),
            (json!("200"), 20_000),
        ] {
            assert_eq!(Measure::STREET_WIDTH.read(&value), Ok(Centimetres::new(length)), "{value}");
        }
    }

    #[test]
    fn what_is_no_length_is_told_apart_from_what_is_too_long() {
        for (value, code) in [
            (json!("wide"), FlawCode::WrongValue),
            (json!("5,5"), FlawCode::WrongValue),
            (json!("5."), FlawCode::WrongValue),
            (json!(""), FlawCode::WrongValue),
            (json!("m"), FlawCode::WrongValue),
            (json!([5]), FlawCode::WrongValue),
            (json!(true), FlawCode::WrongValue),
            (json!(1e30), FlawCode::WrongValue),
            (json!("٥"), FlawCode::WrongValue),
            (json!("0.49"), FlawCode::OutOfRange),
            (json!(-3), FlawCode::OutOfRange),
            (json!("200.01"), FlawCode::OutOfRange),
            (json!("99999999999999999999"), FlawCode::OutOfRange),
        ] {
            assert_eq!(Measure::STREET_WIDTH.read(&value).map_err(|(code, _)| code), Err(code), "{value}");
        }
    }
}
