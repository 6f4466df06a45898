//! Lengths in whole centimetres.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Add;

/// A length or walking distance in whole centimetres, up to 42,949 km. Sums saturate.
///
/// ```
/// use shared_parking::Centimetres;
/// let walk = Centimetres::metres(120) + Centimetres::new(49);
/// assert_eq!(walk.get(), 12_049);
/// assert_eq!(walk.whole_metres(), 120);
/// assert_eq!(walk.to_string(), "120.49 m");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Centimetres(u32);

impl Centimetres {
    /// A length in centimetres.
    #[must_use]
    pub const fn new(centimetres: u32) -> Self {
        Self(centimetres)
    }

    /// A length in metres (saturating).
    #[must_use]
    pub const fn metres(metres: u32) -> Self {
        Self(metres.saturating_mul(100))
    }

    /// The length in centimetres.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The length in metres, to the nearest.
    #[must_use]
    pub const fn whole_metres(self) -> u32 {
        self.0 / 100 + (self.0 % 100 >= 50) as u32
    }

    /// The difference, or zero when `other` is longer.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add for Centimetres {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Centimetres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02} m", self.0 / 100, self.0 % 100)
    }
}
