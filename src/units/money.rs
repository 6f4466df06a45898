//! Money in whole minor units, and the currency that says how to write it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount of money in minor units (fen, cent, won): an exact `i64`, negative for a discount or a refund.
///
/// Arithmetic saturates at the ends of `i64`: no sum of real bills comes near it (9.2e18 minor units), and a wrong sign
/// would be worse than a wrong size.
///
/// ```
/// use shared_parking::{Currency, Money};
/// let bill = Money::minor(2_500) - Money::minor(1_000);
/// assert_eq!(bill, Money::minor(1_500));
/// assert_eq!(Currency::CNY.write(bill), "15.00");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount in minor units.
    #[must_use]
    pub const fn minor(units: i64) -> Self {
        Self(units)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn as_minor(self) -> i64 {
        self.0
    }

    /// `times` of this amount, or `None` when it does not fit.
    #[must_use]
    pub const fn times(self, times: i64) -> Option<Self> {
        match self.0.checked_mul(times) {
            Some(units) => Some(Self(units)),
            None => None,
        }
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A currency: its ISO 4217 code and how many decimals its minor unit stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// The ISO 4217 code, three capital letters.
    pub code: std::borrow::Cow<'static, str>,
    /// Decimals of the major unit: 2 for the yuan and its fen, 0 for the won.
    pub decimals: u8,
}

impl Currency {
    /// The yuan, in fen.
    pub const CNY: Self = Self { code: std::borrow::Cow::Borrowed("CNY"), decimals: 2 };
    /// The won, which has no minor unit in use.
    pub const KRW: Self = Self { code: std::borrow::Cow::Borrowed("KRW"), decimals: 0 };

    /// Writes an amount in major units with this currency's decimals, without the code.
    ///
    /// ```
    /// use shared_parking::{Currency, Money};
    /// assert_eq!(Currency::CNY.write(Money::minor(-5)), "-0.05");
    /// assert_eq!(Currency::KRW.write(Money::minor(1_300)), "1300");
    /// ```
    #[must_use]
    pub fn write(&self, amount: Money) -> String {
        Written { units: amount.0, decimals: usize::from(self.decimals) }.to_string()
    }
}

struct Written {
    units: i64,
    decimals: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = self.decimals + 1);
        let (major, minor) = digits.split_at(digits.len() - self.decimals);
        if minor.is_empty() { write!(f, "{sign}{major}") } else { write!(f, "{sign}{major}.{minor}") }
    }
}
