//! When: instants, days, clock times, half-open windows, and the zone that turns local time into instants.
//!
//! Invariant: only this module knows `jiff`, and nothing here reads a clock. Instants are whole seconds.

mod clock;
mod date;
mod timestamp;
mod window;
mod zone;

pub use clock::TimeOfDay;
pub use date::Date;
pub use timestamp::Timestamp;
pub use window::Window;
pub use zone::{LocalTime, Zone};

use crate::error::{FlawCode, Flaws};

/// The one flaw of a text that is not of the expected form.
fn unreadable(kind: &str, text: &str, example: &str) -> Flaws {
    Flaws::one(FlawCode::WrongValue, "", format!("{text:?} is not {kind}"), format!("write it like {example}"))
}

/// Serde through `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($name:ident, $what:literal, $pattern:literal) => {
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern, "description": $what })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                let read: Result<Self, crate::error::Flaws> = text.parse();
                read.map_err(|flaws| serde::de::Error::custom(flaws.sentence()))
            }
        }
    };
}
use serde_as_text;
