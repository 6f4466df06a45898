//! Names for invented streets.

use crate::inventory::StreetKind;

const WORDS: [&str; 40] = [
    "Acacia",
    "Almond",
    "Anvil",
    "Apricot",
    "Bamboo",
    "Barley",
    "Basket",
    "Bell",
    "Candle",
    "Cedar",
    "Chestnut",
    "Crane",
    "Cypress",
    "Drum",
    "Elm",
    "Fan",
    "Ginkgo",
    "Hazel",
    "Heron",
    "Indigo",
    "Juniper",
    "Kite",
    "Lantern",
    "Lark",
    "Linden",
    "Lotus",
    "Magnolia",
    "Maple",
    "Millet",
    "Mulberry",
    "Oriole",
    "Paper",
    "Peony",
    "Persimmon",
    "Pine",
    "Plum",
    "Quince",
    "Saddle",
    "Thimble",
    "Willow",
];

/// The name of the `number`th street of a district: different for every number, whatever the kind.
pub(super) fn street(number: usize, first_word: usize, kind: StreetKind) -> String {
    let word = WORDS[first_word.wrapping_add(number) % WORDS.len()];
    let noun = match kind {
        StreetKind::Main => "Avenue",
        StreetKind::Alley => "Alley",
        _ => "Street",
    };
    match number / WORDS.len() {
        0 => format!("{word} {noun}"),
        round => format!("{word} {noun} {}", round + 1),
    }
}
