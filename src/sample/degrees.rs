//! The way out of the plane of whole centimetres: positions in WGS 84 around a stated origin.
#![expect(clippy::float_arithmetic, reason = "degrees are floats; nothing is decided with them here")]

use crate::inventory::{LonLat, Point};

/// Where the middle of every invented district lies: in Beijing's Desheng, so that scales and clocks look familiar.
/// The streets around it are invented; compare nothing with the real ones.
pub const ORIGIN: LonLat = LonLat { lon: 116.37, lat: 39.95 };

/// Centimetres in a degree of longitude and of latitude at the origin, on the WGS 84 ellipsoid. Computed from the
/// usual series for the length of a degree.
const DEGREE: (f64, f64) = (8_545_540.0, 11_103_366.0);

/// The position `at` centimetres east and north of the origin.
pub(super) fn position(at: Point) -> LonLat {
    // Seven decimals are about a centimetre: text formats then carry the district without loss.
    let rounded = |degrees: f64| libm::round(degrees * 1e7) / 1e7;
    LonLat {
        lon: rounded(ORIGIN.lon + f64::from(at.x) / DEGREE.0),
        lat: rounded(ORIGIN.lat + f64::from(at.y) / DEGREE.1),
    }
}
