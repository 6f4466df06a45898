//! Words of a closed list, as serde reads them; cells of a table.
//!
//! Invariant: the list told to the caller is the one serde reads by, so that the two can never differ.

use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

/// The value this word stands for, or the words that are allowed.
pub(super) fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let reader: StrDeserializer<'_, Error> = text.into_deserializer();
    T::deserialize(reader).map_err(|error| {
        // serde names the words it knows after the last of these
        let told = error.to_string();
        told.rsplit_once("expected ").map_or_else(|| told.clone(), |(_, words)| words.to_owned())
    })
}

/// A cell of CSV, quoted where a comma or a quotation mark would be misread; ids hold no line ends.
pub(super) fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Side;

    #[test]
    fn the_words_told_are_those_read() {
        assert_eq!(word::<Side>("left"), Ok(Side::Left));
        assert_eq!(word::<Side>("up"), Err("`left` or `right`".to_owned()));
    }
}
