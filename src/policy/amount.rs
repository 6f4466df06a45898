//! A number of permits, or a share of spaces.

use crate::units::{BasisPoints, Rounding};
use serde::{Deserialize, Serialize};

/// A number of permits, stated or as a share of spaces.
///
/// ```
/// use shared_parking::policy::Amount;
/// let share: Amount = serde_json::from_str(r#"{ "share": 300 }"#).unwrap(); // 3%
/// assert_eq!((share.rounded_down(67), share.rounded_up(67)), (2, 3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// So many.
    Permits(u32),
    /// So large a share, in basis points; it may be above the whole.
    Share(BasisPoints),
}

impl Amount {
    /// How many of so many spaces, fractions left out.
    #[must_use]
    pub fn rounded_down(self, spaces: u64) -> u32 {
        self.of(spaces, Rounding::Floor)
    }

    /// How many of so many spaces, a fraction counted as one.
    #[must_use]
    pub fn rounded_up(self, spaces: u64) -> u32 {
        self.of(spaces, Rounding::Ceiling)
    }

    fn of(self, spaces: u64, rounding: Rounding) -> u32 {
        match self {
            Self::Permits(permits) => permits,
            Self::Share(share) => {
                let spaces = i64::try_from(spaces).unwrap_or(i64::MAX);
                u32::try_from(share.of(spaces, rounding)).unwrap_or(u32::MAX)
            }
        }
    }
}
