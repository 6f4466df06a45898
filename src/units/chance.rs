//! Chance from a seed: a generator for invented data, and tickets that anyone can recompute.

use super::digest::from_hex;
use crate::units::{BasisPoints, ResidentId, Season, StretchId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A draw that breaks ties between equal claims: the lower ticket goes first.
///
/// The ticket is the first eight bytes, big-endian, of SHA-256 over the UTF-8 text
/// `shared-parking ticket 1`, line feed, the seed in decimal, line feed, the season, line feed, the resident's id.
/// It depends on the person and the season, never on the application, so applying again does not draw again.
///
/// ```
/// use shared_parking::{ResidentId, Season, Ticket};
/// let ticket = Ticket::draw(7, &Season::new("2026").unwrap(), &ResidentId::new("r-1").unwrap());
/// // printf 'shared-parking ticket 1\n7\n2026\nr-1' | sha256sum | cut -c1-16
/// assert_eq!(ticket.to_string(), "5d32316f310506dd");
/// // the same 16 digits stand in documents: as a number it would lose its end in tools that count in doubles
/// assert_eq!(serde_json::to_string(&ticket).unwrap(), "\"5d32316f310506dd\"");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

impl Ticket {
    /// Draws the ticket of a resident for a season from a published seed.
    #[must_use]
    pub fn draw(seed: u64, season: &Season, resident: &ResidentId) -> Self {
        Self::of(&format!("shared-parking ticket 1\n{seed}\n{season}\n{resident}"))
    }

    /// Draws the ticket of a resident for one stretch: the same text, with a line feed and the stretch's id after it.
    /// For mechanisms in which every place has lots of its own.
    ///
    /// ```
    /// use shared_parking::{ResidentId, Season, StretchId, Ticket};
    /// let (season, resident) = (Season::new("2026").unwrap(), ResidentId::new("r-1").unwrap());
    /// let ticket = Ticket::draw_at(7, &season, &resident, &StretchId::new("elm-1").unwrap());
    /// // printf 'shared-parking ticket 1\n7\n2026\nr-1\nelm-1' | sha256sum | cut -c1-16
    /// assert_eq!(ticket.to_string(), "a8ce23a45e7f9ac4");
    /// ```
    #[must_use]
    pub fn draw_at(seed: u64, season: &Season, resident: &ResidentId, stretch: &StretchId) -> Self {
        Self::of(&format!("shared-parking ticket 1\n{seed}\n{season}\n{resident}\n{stretch}"))
    }

    fn of(text: &str) -> Self {
        let bytes: [u8; 32] = Sha256::digest(text).into();
        Self(bytes.iter().take(8).fold(0, |ticket, &byte| ticket << 8 | u64::from(byte)))
    }

    /// The ticket as a number; lower goes first.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Ticket {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ticket {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let ticket = from_hex(&text).map(|bytes| Self(u64::from_be_bytes(bytes)));
        // one ticket, one text: what is written in capitals is not what was issued
        let ticket = ticket.filter(|ticket| ticket.to_string() == text);
        ticket.ok_or_else(|| {
            serde::de::Error::custom(format!("{text:?} is not a ticket; write 16 hexadecimal digits, letters small"))
        })
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({self})")
    }
}

/// A seeded stream of numbers for invented districts: SplitMix64 (Steele, Lea and Flood, 2014).
///
/// Kept here rather than taken from a crate because its output is part of what seeds promise: the same seed gives the
/// same district in every version. It is not for secrets.
///
/// ```
/// use shared_parking::Chance;
/// let mut chance = Chance::new(1_234_567);
/// assert_eq!(chance.next(), 6_457_827_717_110_365_317); // the published first output for this seed
/// assert!(chance.below(6) < 6);
/// ```
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A stream that starts at this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A separate stream for a named part, so that parts can change without disturbing each other.
    #[must_use]
    pub fn fork(&self, part: &str) -> Self {
        let bytes: [u8; 32] = Sha256::digest(format!("{}\n{part}", self.0)).into();
        Self(bytes.iter().take(8).fold(0, |seed, &byte| seed << 8 | u64::from(byte)))
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number in `0..bound` (0 when `bound` is 0), by the high half of a 128-bit product.
    pub const fn below(&mut self, bound: u64) -> u64 {
        let product = self.next() as u128 * bound as u128;
        (product >> 64) as u64
    }

    /// True with this probability.
    pub const fn happens(&mut self, share: BasisPoints) -> bool {
        self.below(10_000) < share.get() as u64
    }
}
