//! Every single value that rounds and offers leave in a district, changed: reading refuses it or the audit finds it.

use super::support::{changed, leaves};
use super::world::World;
use serde_json::{Value, json};
use shared_parking::{District, audit};

/// Whether places have claims of their own: then there are no offers.
fn apart(mechanism: &Value, points: Option<&Value>) -> bool {
    points.is_some() || *mechanism == json!({ "deferred-acceptance": "per-place" })
}

/// A town with renewals, wishes, offers accepted, declined, lapsed and passed on.
fn busy(mechanism: Value, points: Option<Value>) -> District {
    let renewal = json!({ "within_days": 30, "place": "keep", "tenure_months": 36 });
    let hours = (!apart(&mechanism, points.as_ref())).then_some(72);
    let round = json!({ "mechanism": mechanism, "cost": "rank-then-walk", "renewal": renewal, "offer_hours": hours });
    let mut world = World::with_points(700, &[(0, 1), (400, 1), (600, 2)], &[0, 90, 450, 610], round, points);
    for step in [
        "0 | apply ann 0",
        "24 | apply bob 90 ranked k1",
        "48 | apply cat 450 excluded k1",
        "72 | apply dan 610 ranked k1 k0",
        "96 | apply eve 450",
        "120 | apply fay 450",
        "144 | round r1",
        "145 | accept ann",
        "146 | accept bob",
        "147 | decline dan",
        "216 | close r1",
        "216 | accept eve",
        "300 | close r1",
        "8700 | apply ann 0",
        "8724 | apply gil 90",
        "8740 | round r2",
        "8741 | accept gil",
        "8812 | close r2",
    ] {
        let (hour, what) = step.split_once('|').expect("two columns");
        world.tell(hour.trim().parse().expect("an hour"), what.trim());
    }
    world.district().clone()
}

#[test]
fn no_single_change_passes() {
    let points = json!({ "for": "distance", "steps": [{ "within_m": 100, "points": 50 }], "beyond": 3 });
    for (mechanism, points) in [
        (json!("optimal"), None),
        (json!("serial-dictatorship"), None),
        (json!({ "deferred-acceptance": "single" }), None),
        (json!({ "deferred-acceptance": "single" }), Some(points.clone())),
        (json!({ "deferred-acceptance": "per-place" }), None),
        (json!("top-trading-cycles"), None),
        (json!("top-trading-cycles"), Some(points)),
    ] {
        let offers = !apart(&mechanism, points.as_ref());
        let district = busy(mechanism.clone(), points);
        assert_eq!(audit::check(&district), Ok(()), "{mechanism}");
        assert!(
            district.passings().len() >= if offers { 2 } else { 0 }
                && district.permits().any(|permit| permit.renews.is_some())
        );
        let sound = serde_json::to_value(&district).expect("a document");
        let mut paths = Vec::new();
        for part in ["applications", "rounds", "passings", "accepted", "permits"] {
            leaves(&sound[part], &format!("/{part}"), &mut paths);
        }
        assert!(paths.len() > 300, "only {} leaves", paths.len());
        let (mut state, mut passed) = (sound.clone(), Vec::new());
        for path in &paths {
            let leaf = state.pointer_mut(path).expect("a leaf");
            let before = std::mem::replace(leaf, Value::Null);
            *leaf = changed(&before);
            let read: Result<District, _> = serde_json::from_value(state.clone());
            if read.is_ok_and(|district| audit::check(&district).is_ok()) {
                passed.push(path);
            }
            *state.pointer_mut(path).expect("a leaf") = before;
        }
        // An optimal proof may have slack: another price, or another position of closing, can prove the same.
        let proof =
            |path: &str| path.starts_with("/rounds/") && (path.ends_with("/price") || path.ends_with("/closed"));
        passed.retain(|path| mechanism != json!("optimal") || !proof(path));
        assert!(passed.is_empty(), "{mechanism}: {passed:#?}");
    }
}
