//! The district of Helsinki that the checkout ships: a real network with its loose ends.

use shared_parking::Centimetres;
use shared_parking::interop::geojson;
use shared_parking::inventory::{Inventory, KerbRules, Route, SpaceKind, Warning};

#[test]
fn a_real_district_is_built_walked_and_restored() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/helsinki_district.geojson");
    let Ok(text) = std::fs::read_to_string(file) else { return }; // the published package goes without it
    let survey = geojson::read(&text).unwrap().survey;
    let inventory = Inventory::build(&survey, &KerbRules::default()).unwrap_or_else(|flaws| panic!("{flaws}"));
    assert_eq!((inventory.streets().len(), inventory.doors().len()), (1_019, 1_377));
    let shared = inventory.capacity(SpaceKind::Shared);
    // What the map's makers joined is joined, and nothing else: the figures that the documentation quotes.
    assert_eq!((shared, inventory.component_count()), (1_040, 29));
    let islands = inventory.warnings().iter().filter(|warning| matches!(warning, Warning::Island { .. })).count();
    assert_eq!((islands, inventory.warnings().len()), (28, 28), "and no loose end");

    let (mut walker, mut walks) = (inventory.walker(), Vec::new());
    let (mut far, mut connected) = (Vec::new(), 0);
    for door in 0..inventory.doors().len() {
        walker.walks(door, Centimetres::metres(500), &mut walks);
        walker.walks(door, Centimetres::metres(10_000), &mut far);
        let reached = far.iter().filter(|walk| walk.route == Route::Network).count();
        connected += usize::from(reached * 10 > inventory.stretches().len() * 9);
        assert_eq!(far.len(), inventory.stretches().len(), "10 km reach every stretch");
        assert!(far.starts_with(&walks), "a shorter limit gives the first of the same walks");
        for walk in walks.iter().filter(|walk| walk.route == Route::Network) {
            // Nobody walks shorter than the straight line; each piece of path is rounded to the centimetre.
            let (from, to) = (inventory.doors()[door].position, inventory.stretches()[walk.stretch].position);
            let straight = f64::from(from.x - to.x).hypot(f64::from(from.y - to.y));
            assert!(f64::from(walk.distance.get()) + 50. >= straight, "{walk:?}");
        }
    }
    assert!(connected * 100 >= inventory.doors().len() * 95, "{connected} doors on the main network");

    let text = serde_json::to_string(&inventory).unwrap();
    let back: Inventory = serde_json::from_str(&text).unwrap();
    assert_eq!(back, inventory);
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
}
