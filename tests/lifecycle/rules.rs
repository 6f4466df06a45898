//! The rules of a holder's life in a policy document: every part may be absent, and every mistake is told with its path.

use serde_json::{Value, json};
use shared_parking::Policy;
use shared_parking::policy::{LifeRules, OnDeath, OnMove, presets};

fn document(life: Option<&Value>) -> String {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    let map = document.as_object_mut().expect("an object");
    map.remove("life");
    map.extend(life.map(|life| ("life".to_owned(), life.clone())));
    document.to_string()
}

#[test]
fn every_part_may_be_left_out() {
    let ends = LifeRules { on_move: OnMove::Ends, on_death: OnDeath::Ends, vehicle_sold_days: None };
    assert_eq!(LifeRules::default(), ends);
    let all = json!({ "on_move": "keeps-within-walk", "on_death": "to-household", "vehicle_sold_days": 366 });
    let kept =
        LifeRules { on_move: OnMove::KeepsWithinWalk, on_death: OnDeath::ToHousehold, vehicle_sold_days: Some(366) };
    for (life, expected) in [
        (None, ends),
        (Some(json!({})), ends),
        (Some(json!({ "on_move": "ends", "on_death": "ends", "vehicle_sold_days": null })), ends),
        (Some(json!({ "on_death": "to-household" })), LifeRules { on_death: OnDeath::ToHousehold, ..ends }),
        (Some(json!({ "vehicle_sold_days": 1 })), LifeRules { vehicle_sold_days: Some(1), ..ends }),
        (Some(all), kept),
    ] {
        let text = document(life.as_ref());
        let policy = Policy::from_json(&text).unwrap_or_else(|flaws| panic!("{flaws}"));
        assert_eq!(policy.life, expected, "{life:?}");
        let written = serde_json::to_string(&policy).expect("a document");
        assert_eq!(written.contains("\"life\""), expected != ends, "what is not said is not written");
        assert_eq!(Policy::from_json(&written).as_ref(), Ok(&policy));
        assert_eq!(serde_json::from_str::<Policy>(&written).expect("a policy"), policy);
    }
}

/// The rules | their flaws, divided by a bar.
const RULES: &str = r#"
{"vehicle_sold_days": 0} | life.vehicle_sold_days: 0 [out-of-range]; write 1 to 366 days
{"vehicle_sold_days": 367} | life.vehicle_sold_days: 367 [out-of-range]; write 1 to 366 days
{"on_move": "stays"} | life.on_move: "stays" is not one of its words [wrong-value]; write `ends` or `keeps-within-walk`
{"on_sale": 3, "on_death": "ends"} | life.on_sale: "on_sale" is no field [unknown]
"#;

#[test]
fn every_mistake_is_told_with_its_path() {
    for line in RULES.lines().filter(|line| !line.is_empty()) {
        let (life, expected) = line.split_once(" | ").expect("two columns");
        let life = serde_json::from_str(life).expect("JSON");
        let flaws = Policy::from_json(&document(Some(&life))).map(|_| "a policy").expect_err("a flaw");
        let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    }
}
