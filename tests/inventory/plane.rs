//! Degrees to centimetres and back, against geodesics on the ellipsoid.

use crate::town::{door, street, survey};
use geo::{Distance, Geodesic};
use proptest::prelude::*;
use shared_parking::inventory::{Inventory, KerbRules, LonLat, Survey};

/// An inventory with these two positions as doors `a` and `b`, in a district of 5 km around the middle.
fn district(middle: LonLat, a: LonLat, b: LonLat) -> Inventory {
    let mut row = street("s", &[(0., 0.), (0., 0.)]);
    let (north, east) = (0.0225, 0.0225 / middle.lat.to_radians().cos()); // 2.5 km
    row.path = [(-1., -1.), (1., 1.)]
        .map(|(x, y)| LonLat { lon: middle.lon + x * east, lat: middle.lat + y * north })
        .to_vec();
    let mut doors = vec![door("a", (0., 0.)), door("b", (0., 0.))];
    (doors[0].position, doors[1].position) = (a, b);
    let survey = Survey { communities: Vec::new(), streets: vec![row], doors, ..survey() };
    Inventory::build(&survey, &KerbRules::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn within_5_km_lengths_are_true_to_a_thousandth(
        lon in -179.0_f64..179., lat in -60.0_f64..60., places in prop::array::uniform4(-1.0_f64..1.),
    ) {
        let east = 0.0225 / lat.to_radians().cos();
        let at = |x: f64, y: f64| LonLat { lon: lon + x * east, lat: lat + y * 0.0225 };
        let (a, b) = (at(places[0], places[1]), at(places[2], places[3]));
        let inventory = district(LonLat { lon, lat }, a, b);
        let (one, other) = (inventory.doors()[0].position, inventory.doors()[1].position);
        let plane = f64::from(one.x - other.x).hypot(f64::from(one.y - other.y)) / 100.;
        let truth = Geodesic.distance(geo::Point::new(a.lon, a.lat), geo::Point::new(b.lon, b.lat));
        prop_assert!((plane - truth).abs() <= truth / 1000. + 0.02, "{} m, in truth {} m", plane, truth);
    }

    #[test]
    fn degrees_come_back_within_a_centimetre(lon in -179.0_f64..179., lat in -80.0_f64..80., x in -1.0_f64..1., y in -1.0_f64..1.) {
        let at = LonLat { lon: lon + x * 0.02, lat: lat + y * 0.02 };
        let inventory = district(LonLat { lon, lat }, at, at);
        let point = inventory.doors()[0].position;
        let degrees = inventory.to_lon_lat(point);
        let again = inventory.to_point(degrees).unwrap();
        prop_assert!(again.x.abs_diff(point.x) <= 1 && again.y.abs_diff(point.y) <= 1, "{:?} {:?}", point, again);
        let moved = Geodesic.distance(geo::Point::new(at.lon, at.lat), geo::Point::new(degrees.lon, degrees.lat));
        prop_assert!(moved < 0.02, "{} m", moved);
    }
}

#[test]
fn the_error_in_a_district_of_5_km_is_as_stated() {
    // latitude, the most that an east-west length along the district's edge is off, in parts of 10,000
    for (lat, most) in [(0.0_f64, 1), (39.95, 4), (45., 4), (60.17, 7)] {
        let east = 0.0225 / lat.to_radians().cos();
        let (a, b) = (LonLat { lon: 20. - east, lat: lat + 0.0225 }, LonLat { lon: 20. + east, lat: lat + 0.0225 });
        let inventory = district(LonLat { lon: 20., lat }, a, b);
        let plane = f64::from(inventory.doors()[0].position.x.abs_diff(inventory.doors()[1].position.x)) / 100.;
        let truth = Geodesic.distance(geo::Point::new(a.lon, a.lat), geo::Point::new(b.lon, b.lat));
        let off = (plane - truth).abs() / truth * 10_000.;
        assert!(off <= f64::from(most), "at {lat}: {off}");
        assert!(off > f64::from(most) - 1.5, "the statement could be stricter at {lat}: {off}");
    }
}

#[test]
fn no_point_for_no_position() {
    let inventory =
        district(LonLat { lon: 20., lat: 60. }, LonLat { lon: 20., lat: 60. }, LonLat { lon: 20., lat: 60. });
    for (lon, lat) in [(f64::NAN, 0.), (0., f64::INFINITY), (180.1, 0.), (0., -85.1)] {
        assert_eq!(inventory.to_point(LonLat { lon, lat }), None);
    }
    assert!(inventory.to_point(LonLat { lon: 180., lat: -85. }).is_some(), "far away, but a position");
}
