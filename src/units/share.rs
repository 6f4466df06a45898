//! Shares in basis points, and the only rounding in the library.

use serde::{Deserialize, Serialize};

/// Which way a fraction goes. Every rounding in the library names one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceiling,
    /// To the nearest, a half away from zero.
    Nearest,
}

impl Rounding {
    /// `numerator / denominator` rounded this way, exactly. A zero denominator counts as one.
    ///
    /// ```
    /// use shared_parking::Rounding;
    /// assert_eq!(Rounding::Floor.divide(-7, 2), -4);
    /// assert_eq!(Rounding::Ceiling.divide(7, 2), 4);
    /// assert_eq!(Rounding::Nearest.divide(-7, 2), -4);
    /// ```
    #[must_use]
    pub const fn divide(self, numerator: i128, denominator: i128) -> i128 {
        let (n, d) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
        let d = if d == 0 { 1 } else { d };
        let floor = n.div_euclid(d);
        let rest = n.rem_euclid(d);
        match self {
            Self::Floor => floor,
            Self::Ceiling => floor + (rest > 0) as i128,
            Self::Nearest if n >= 0 => floor + (rest * 2 >= d) as i128,
            Self::Nearest => floor + (rest * 2 > d) as i128,
        }
    }
}

/// A share of a whole in hundredths of a percent: 10,000 is all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct BasisPoints(u32);

impl BasisPoints {
    /// The whole.
    pub const WHOLE: Self = Self(10_000);

    /// A share in basis points; shares above the whole are legal (a surcharge, a detour factor).
    #[must_use]
    pub const fn new(points: u32) -> Self {
        Self(points)
    }

    /// The share in basis points.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// This share of `amount`, rounded as told.
    ///
    /// ```
    /// use shared_parking::{BasisPoints, Rounding};
    /// let third = BasisPoints::new(3_333);
    /// assert_eq!(third.of(101, Rounding::Floor), 33);
    /// assert_eq!(third.of(101, Rounding::Ceiling), 34);
    /// ```
    #[must_use]
    pub fn of(self, amount: i64, rounding: Rounding) -> i64 {
        let exact = rounding.divide(i128::from(amount) * i128::from(self.0), 10_000);
        i64::try_from(exact).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
    }
}
