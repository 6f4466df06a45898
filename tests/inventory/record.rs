//! An inventory as JSON and back.

use crate::town::{build, door, kerb, space, street, survey};
use serde_json::{Value, json};
use shared_parking::inventory::{Inventory, Layout, Survey};

fn town() -> Survey {
    let mut main = street("main", &[(0., 0.), (100., 0.), (200., 0.)]);
    main.kerbs = vec![kerb(Layout::Parallel, None)];
    (main.node_from, main.one_way) = (Some(-7), true);
    let mut west = street("west", &[(-4., 3.), (0., 100.)]);
    west.node_from = Some(-7);
    Survey {
        streets: vec![main, west],
        stretches: vec![space("w", "west", (0., 50.))],
        doors: vec![door("a", (10., 4.)), door("b", (-10., 70.))],
        attribution: "drawn by hand".into(),
        ..survey()
    }
}

#[test]
fn json_comes_back_equal_and_byte_for_byte() {
    let inventory = build(&town());
    let text = serde_json::to_string(&inventory).unwrap();
    let back: Inventory = serde_json::from_str(&text).unwrap();
    assert_eq!(back, inventory);
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
    let everywhere = shared_parking::Centimetres::metres(1_000);
    for door in inventory.doors() {
        let walks = inventory.walks(&door.id, everywhere).unwrap();
        assert_eq!(back.walks(&door.id, everywhere).unwrap(), walks, "the network is worked out again");
        assert_eq!(walks.len(), inventory.stretches().len());
        assert_eq!(
            back.nearest_stretches(door.position, everywhere),
            inventory.nearest_stretches(door.position, everywhere)
        );
    }
    assert_eq!(back.to_lon_lat(back.bounds().0), inventory.to_lon_lat(inventory.bounds().0));
}

#[test]
fn json_holds_whole_numbers_only() {
    fn floats(value: &Value) -> usize {
        match value {
            Value::Number(number) => usize::from(number.is_f64()),
            Value::Array(items) => items.iter().map(floats).sum(),
            Value::Object(members) => members.values().map(floats).sum(),
            _ => 0,
        }
    }
    let value = serde_json::to_value(build(&town())).unwrap();
    assert_eq!(floats(&value), 0);
    assert_eq!(value["streets"][0]["path"][1], json!({"x": 10_000, "y": 0}));
}

#[test]
fn a_tampered_record_is_refused() {
    let sound = serde_json::to_value(build(&town())).unwrap();
    // where, the value put there, a piece of the answer
    let table: [(&str, Value, &str); 24] = [
        ("/streets", json!([]), "no streets"),
        ("/streets/0/length", json!(1), "street \"main\""),
        ("/streets/0/path", json!([{"x": 0, "y": 0}]), "street \"main\""),
        ("/streets/0/path/1", json!({"x": 0, "y": 0}), "street \"main\""),
        ("/streets/0/path/1", json!({"x": 2_000_000_000, "y": 0}), "street \"main\""),
        ("/streets/0/width", json!(0), "street \"main\""),
        ("/streets/0/community", json!("nowhere"), "street \"main\""),
        ("/streets/0/id", json!("zoo"), "the ids do not ascend"),
        ("/stretches/0/street", json!("zoo"), "stretch \"main/left/1\""),
        ("/stretches/0/to", json!(99_999), "stretch \"main/left/1\""),
        ("/stretches/0/from", json!(9_999), "stretch \"main/left/1\""),
        ("/stretches/0/capacity", json!(0), "stretch \"main/left/1\""),
        ("/stretches/0/capacity", json!(30), "stretch \"main/left/1\""),
        ("/stretches/0/space_length", json!(0), "stretch \"main/left/1\""),
        ("/stretches/0/position/x", json!(7), "stretch \"main/left/1\""),
        ("/doors/0/street", json!("zoo"), "door \"a\""),
        ("/doors/0/access", json!(399), "door \"a\""),
        ("/doors/0/along", json!(20_001), "door \"a\""),
        ("/doors/0/community", json!("nowhere"), "door \"a\""),
        ("/doors/1/id", json!("a"), "the ids do not ascend"),
        ("/origin/lat", json!(900_000_000), "no position on earth"),
        ("/kerb_rules/parallel_length", json!(0), "parallel_length"),
        ("/doors/0/position", json!({"x": 0, "y": 0, "z": 0}), "unknown field"),
        ("/stretches/0/side", json!("middle"), "unknown variant"),
    ];
    for (place, value, expected) in table {
        let mut record = sound.clone();
        *record.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = value;
        let refused = serde_json::from_value::<Inventory>(record).expect_err(place).to_string();
        assert!(refused.contains(expected), "{place}: {refused}");
    }
}
