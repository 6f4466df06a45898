//! From degrees to the district's own plane and back: the only file of the inventory where floats are computed with.
//!
//! Invariant: only `+ - * /`, square roots and `libm`'s sine and cosine are used, so every platform gives the same
//! bits, and a position leaves here as whole centimetres.
#![expect(clippy::float_arithmetic, reason = "degrees are floats; this is the door at which they become integers")]

use super::{LonLat, Point};
use serde::{Deserialize, Serialize};

/// Equatorial radius of WGS 84 in centimetres.
const EQUATORIAL: f64 = 637_813_700.0;
/// First eccentricity of WGS 84, squared: f (2 - f) with 1/f = 298.257223563.
const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_141_316;
/// Positions are kept to this many parts of a degree: 1e-7 degrees are at most 1.2 cm.
const PARTS: f64 = 1e7;
const RADIANS: f64 = std::f64::consts::PI / 180.0;

/// The local plane: touching the ellipsoid at its origin, x to the east, y to the north.
///
/// East-west lengths are true along the origin's parallel, and off by `tan(latitude)` times the distance north of it
/// over the earth's radius: within a district of 5 km by 5 km, less than 0.04 % at 45 degrees and 0.07 % at 60.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plane {
    /// Longitude of the origin in 1e-7 degrees.
    pub(super) lon: i32,
    /// Latitude of the origin in 1e-7 degrees.
    pub(super) lat: i32,
}

impl Plane {
    /// The plane whose origin is the middle of the box around these positions; `None` without any.
    pub(super) fn over(positions: impl Iterator<Item = LonLat>) -> Option<Self> {
        let around = positions.fold(None, |around: Option<(LonLat, LonLat)>, p| {
            let (low, high) = around.unwrap_or((p, p));
            let low = LonLat { lon: low.lon.min(p.lon), lat: low.lat.min(p.lat) };
            Some((low, LonLat { lon: high.lon.max(p.lon), lat: high.lat.max(p.lat) }))
        });
        let (low, high) = around?;
        Some(Self {
            lon: whole((low.lon + high.lon) * (PARTS / 2.0)),
            lat: whole((low.lat + high.lat) * (PARTS / 2.0)),
        })
    }

    /// True when the origin is a position on earth where a local plane is of use.
    pub(super) fn is_sound(self) -> bool {
        in_range(LonLat { lon: f64::from(self.lon) / PARTS, lat: f64::from(self.lat) / PARTS })
    }

    /// The position in centimetres. Beyond 20,000 km it stops at the ends of `i32`.
    pub(super) fn project(self, at: LonLat) -> Point {
        let (east, north) = self.centimetres_per_degree();
        let x = (at.lon - f64::from(self.lon) / PARTS) * east;
        let y = (at.lat - f64::from(self.lat) / PARTS) * north;
        Point { x: whole(x), y: whole(y) }
    }

    /// The degrees of a point, rounded to 1e-7.
    pub(super) fn to_lon_lat(self, point: Point) -> LonLat {
        let (east, north) = self.centimetres_per_degree();
        let lon = f64::from(self.lon) + f64::from(point.x) / east * PARTS;
        let lat = f64::from(self.lat) + f64::from(point.y) / north * PARTS;
        LonLat { lon: lon.round() / PARTS, lat: lat.round() / PARTS }
    }

    /// Length of one degree of longitude and of latitude at the origin.
    fn centimetres_per_degree(self) -> (f64, f64) {
        let lat = f64::from(self.lat) / PARTS * RADIANS;
        let sine = libm::sin(lat);
        let square = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let prime_vertical = EQUATORIAL / square.sqrt();
        let meridian = prime_vertical * (1.0 - ECCENTRICITY_SQUARED) / square;
        (prime_vertical * libm::cos(lat) * RADIANS, meridian * RADIANS)
    }
}

/// True for a finite position within the ranges that [`LonLat`] states.
pub(super) fn in_range(at: LonLat) -> bool {
    (-180.0..=180.0).contains(&at.lon) && (-85.0..=85.0).contains(&at.lat)
}

#[expect(clippy::cast_possible_truncation, reason = "`as` stops at the ends of i32, which is what is documented")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}
