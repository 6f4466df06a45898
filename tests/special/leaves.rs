//! Every single value that special permits leave in a district, changed: reading refuses it or the audit finds it.

use super::support::{changed, leaves};
use super::table::{STEPS, classes, told};
use shared_parking::{District, audit};

#[test]
fn no_single_change_passes() {
    let steps: Vec<&str> = STEPS.lines().filter(|line| !line.starts_with("max")).collect();
    let (world, _) = told(&classes(), &steps.join("\n"));
    let sound = serde_json::to_value(world.district()).expect("a document");
    let mut paths = Vec::new();
    for part in ["special", "commands", "stays"] {
        leaves(&sound[part], &format!("/{part}"), &mut paths);
    }
    assert!(paths.len() > 200, "only {} leaves", paths.len());
    let mut state = sound.clone();
    let mut passed = Vec::new();
    for path in &paths {
        let leaf = state.pointer_mut(path).expect("a leaf");
        let before = leaf.clone();
        *leaf = changed(&before);
        assert_ne!(*leaf, before, "{path}");
        let read: Result<District, _> = serde_json::from_value(state.clone());
        if read.is_ok_and(|district| audit::check(&district).is_ok()) {
            passed.push(path);
        }
        *state.pointer_mut(path).expect("a leaf") = before;
    }
    assert!(passed.is_empty(), "{passed:#?}");
}

#[test]
fn a_district_without_special_permits_is_written_as_before() {
    let (world, _) = told(&classes(), "0 | apply o-1 bob v-bob | ok");
    let written = serde_json::to_value(world.district()).expect("a document");
    assert_eq!(written.get("special"), None);
    let read: District = serde_json::from_value(written).expect("a district");
    assert_eq!(read, *world.district());
}
