//! Rules and applications drawn at random.

use super::case::{Case, sound};
use super::town;
use serde_json::{Value, json};
use shared_parking::people::Holder;
use shared_parking::policy::{Claims, presets};
use shared_parking::{Chance, Policy};

pub const HOLDERS: [Holder; 6] =
    [Holder::Applicant, Holder::Spouse, Holder::Parent, Holder::Child, Holder::Other, Holder::Absent];

/// One of several, drawn.
fn one<T: Clone>(chance: &mut Chance, all: &[T]) -> T {
    all[usize::try_from(chance.below(all.len() as u64)).expect("small")].clone()
}

/// Rules drawn at random, each with an even chance.
pub fn policy(chance: &mut Chance) -> Policy {
    let classes = [json!(["small"]), json!(["small", "large"]), json!(["motorcycle"]), json!(["large", "motorcycle"])];
    let streets = [json!(["elm"]), json!(["oak", "ash"]), json!(["ash"])];
    let household = chance.below(3) + 2;
    let agreement = json!({ "of": ["licence", "title"], "at_least": chance.below(2) + 1, "others": "kin" });
    let tier = [json!("three-in-one"), json!("two-in-one"), json!("family"), json!({ "agreement": agreement })];
    let step = |from: u64, chance: &mut Chance| {
        let mut step = json!({ "from": from, "from_day": 2 + chance.below(27) });
        if chance.below(2) == 0 {
            step = json!({ "from": from, "classes": one(chance, &classes) });
        }
        if chance.below(2) == 0 {
            step["documents"] = one(chance, &tier);
        }
        step
    };
    let mut steps = vec![step(2, chance)];
    if household > 2 && chance.below(2) == 0 {
        steps.push(step(household, chance));
    }
    let all = [
        json!({ "rule": "registered-resident" }),
        json!({ "rule": "plate-origin", "admit": ["local"] }),
        json!({ "rule": "vehicle-class", "admit": one(chance, &classes) }),
        json!({ "rule": "vehicle-use", "admit": one(chance, &[json!(["private"]), json!(["organisation", "goods"])]) }),
        json!({ "rule": "insurance-valid" }),
        json!({ "rule": "inspection-valid" }),
        json!({ "rule": "no-other-space" }),
        json!({ "rule": "not-certified-elsewhere" }),
        json!({ "rule": "arrears-at-most", "amount": chance.below(3) }),
        json!({ "rule": "documents-in-a-tier" }),
        json!({ "rule": "permits-per-household", "at_most": household }),
        json!({ "rule": "one-permit-per-vehicle" }),
        json!({ "rule": "one-permit-per-resident" }),
        json!({ "rule": "door-in-community", "communities": one(chance, &[json!(["west"]), json!(["east", "west"])]) }),
        json!({ "rule": "door-on-street", "streets": one(chance, &streets) }),
        json!({ "rule": "door-within", "metres": one(chance, &[50, 300, 450]) }),
        json!({ "rule": "permits-per-address", "at_most": chance.below(2) + 1 }),
        json!({ "rule": "further-vehicles", "steps": steps }),
        json!({ "rule": "car-free-address", "doors": one(chance, &[json!(["near"]), json!(["oak", "elm"])]) }),
        one(
            chance,
            &[json!({ "rule": "special-need" }), json!({ "rule": "special-need", "needs": ["wounded-veteran"] })],
        ),
    ];
    let rules: Vec<Value> = all.into_iter().filter(|_| chance.below(2) > 0).collect();
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    let tiers = if rules.iter().any(|rule| rule["rule"] == "documents-in-a-tier") {
        one(chance, &[json!(["three-in-one", "two-in-one", "family"]), json!(["three-in-one"]), json!(["family"])])
    } else {
        json!(["anyone"])
    };
    (document["eligibility"], document["standing"]["tiers"]) = (rules.into(), tiers);
    Policy::from_json(&document.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// A sound application but for some facts, each wrong with a chance of one in four, documents of one in two.
pub fn case(chance: &mut Chance) -> Case {
    let mut document = sound();
    let wrong: [(&str, Value); 14] = [
        ("/resident/registered", json!(false)),
        ("/vehicle/plate_origin", json!("other")),
        ("/vehicle/class", one(chance, &[json!("large"), json!("motorcycle")])),
        ("/vehicle/use", one(chance, &[json!("organisation"), json!("goods")])),
        ("/vehicle/insured_until", one(chance, &[json!("2026-03-04"), json!("2026-03-12")])),
        ("/vehicle/inspected_until", one(chance, &[json!("2026-03-04"), json!("2026-03-12")])),
        ("/resident/other_space", one(chance, &[json!("owned"), json!("rented")])),
        ("/resident/certified_elsewhere", json!(true)),
        ("/resident/special_need", one(chance, &[json!("disability"), json!("wounded-veteran")])),
        ("/resident/arrears", (chance.below(3) + 1).into()),
        ("/resident/documents/title", serde_json::to_value(one(chance, &HOLDERS)).expect("a word")),
        ("/resident/documents/register", serde_json::to_value(one(chance, &HOLDERS)).expect("a word")),
        ("/resident/documents/licence", serde_json::to_value(one(chance, &HOLDERS)).expect("a word")),
        ("/resident/door", one(chance, &town::DOORS.map(|door| json!(door.0)))),
    ];
    for (path, value) in wrong {
        let odds = if path.contains("documents") { 2 } else { 4 };
        if chance.below(odds) == 0 {
            *document.pointer_mut(path).expect(path) = value;
        }
    }
    let mut claims = || u32::try_from(chance.below(4).saturating_sub(1)).expect("small");
    let claims = Claims { household: claims() + claims(), vehicle: claims(), resident: claims(), door: claims() };
    let today = ["2026-03-05", "2026-03-16", "2026-03-30"][usize::try_from(chance.below(3)).expect("small")];
    let application = serde_json::from_value(document).expect("an application");
    Case { application, today: today.parse().expect("a date"), claims }
}
