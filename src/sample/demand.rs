//! How many cars ask for how many spaces.

use crate::units::Rounding;

/// The cars that look for a place among this many marked spaces: 26,000 for every 22,000, to the nearest.
///
/// The two figures are those published for the whole of Desheng subdistrict in 2019 (about 26,000 cars, about 22,000
/// regular spaces); that they hold in proportion for the marked kerb alone is an assumption of this library.
///
/// ```
/// use shared_parking::sample::demand;
/// assert_eq!(demand(22_000), 26_000);
/// assert_eq!(demand(2_250), 2_659);
/// ```
#[must_use]
pub fn demand(spaces: u32) -> usize {
    let cars = Rounding::Nearest.divide(i128::from(spaces) * 26_000, 22_000);
    usize::try_from(cars).unwrap_or(usize::MAX)
}
