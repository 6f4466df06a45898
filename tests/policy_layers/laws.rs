//! Laws of layers: closed is closed, communities are independent, and bounds hold.

use super::{beijing, community, flaws, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use shared_parking::policy::Layers;

/// Every single value of the whole policy of the stack, as a JSON pointer and the value.
fn leaves(value: &Value, pointer: String, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| leaves(inner, format!("{pointer}/{key}"), found)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(at, inner)| leaves(inner, format!("{pointer}/{at}"), found))
        }
        value => found.push((pointer, value.clone())),
    }
}

/// A part of a document that holds the value at a pointer of the whole alone, entries with their keys beside it. Lists
/// that are decided as a whole (words, steps of a window) are written whole.
fn part(whole: &Value, pointer: &[&str], value: &Value) -> Value {
    let Some((first, rest)) = pointer.split_first() else { return value.clone() };
    match whole {
        Value::Object(map) => json!({ *first: part(&map[*first], rest, value) }),
        Value::Array(all) => {
            let at: usize = first.parse().expect("a number");
            let key =
                ["id", "rule", "for", "from", "days", "within_m"].into_iter().find(|key| all[at].get(key).is_some());
            match key {
                Some(key) => {
                    let mut entry = part(&all[at], rest, value);
                    if entry.get(key).is_none() {
                        entry[key] = all[at][key].clone();
                    }
                    json!([entry])
                }
                None => {
                    let mut all = all.clone();
                    let inner = format!("/{}", pointer.join("/"));
                    let mut list = Value::Array(std::mem::take(&mut all));
                    *list.pointer_mut(&inner).expect("a value") = value.clone();
                    list
                }
            }
        }
        other => panic!("{other}"),
    }
}

/// Other values that could stand somewhere.
fn others() -> Vec<Value> {
    let words = [
        "resident",
        "small",
        "family",
        "anyone",
        "rank",
        "optimal",
        "ceiling",
        "run-on",
        "08:00",
        "2012-03-04",
        "Asia/Seoul",
        "KRW",
        "1",
        "2",
    ];
    let numbers = [0, 1, 2, 7, 100, 250, 300, 374, 400, 501];
    words.iter().map(|word| json!(word)).chain(numbers.iter().map(|number| json!(number))).collect()
}

/// The paths a community may change, by their words in a comparison: those that the subdistrict leaves open.
fn is_open(path: &str) -> bool {
    let class = "tariff.versions[2019-01-01].classes[1].schedule.windows";
    let hours = |path: &str| path.starts_with(class) && (path.ends_with("].from") || path.ends_with("].until"));
    let price = |path: &str| path.starts_with(&format!("{class}[day].steps[")) && path.ends_with("].unit_price");
    path == "permits.walk_limit_m" || hours(path) || price(path) || path == "name" || path == "source"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_closed_stands_whatever_a_community_sets(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4)
    ) {
        let upper = read(&beijing()).policy().expect("a policy");
        let whole = serde_json::to_value(&upper).expect("a document");
        let mut all = Vec::new();
        leaves(&whole, String::new(), &mut all);
        all.retain(|(pointer, _)| pointer != "/name" && pointer != "/source");
        let mut document = beijing();
        document["layers"].as_array_mut().expect("layers").truncate(3);
        for (number, (leaf, other)) in changes.iter().enumerate() {
            let ((pointer, own), others) = (leaf.get(&all), others());
            let value = other.get(&others);
            let segments: Vec<&str> = pointer[1..].split('/').collect();
            document["layers"].as_array_mut().expect("layers").push(json!({
                "level": "community", "community": format!("c{number}"), "name": "a community", "source": "its assembly",
                "decides": part(&whole, &segments, value)
            }));
            let sound = Layers::from_json(&document.to_string());
            if value == own {
                prop_assert!(sound.is_ok(), "{pointer}: {sound:?}");
            }
            match sound {
                Err(found) => {
                    // Refused at this layer, and left out again.
                    let place = format!("layers[{}].decides", document["layers"].as_array().expect("layers").len() - 1);
                    prop_assert!(found.iter().all(|flaw| flaw.place.starts_with(&place)), "{pointer}: {found}");
                    document["layers"].as_array_mut().expect("layers").pop();
                }
                Ok(layers) => {
                    if let Ok(policy) = layers.policy_of(&community(&format!("c{number}"))) {
                        let own_words = |path: &str| path == "name" || path == "source";
                        let changed = upper.compare(&policy).iter().any(|told| !own_words(&told.path));
                        // The key of an entry may name another one, of which nothing is changed.
                        let key = ["id", "rule", "for", "from"].iter().any(|key| segments.last() == Some(key));
                        prop_assert!(changed == (value != own) || key, "{pointer} = {value} is neither refused nor done");
                        for told in upper.compare(&policy) {
                            // A rule of points or a new entry of its list may be added.
                            let added = told.before.is_none() && told.path.starts_with("standing.points[");
                            prop_assert!(is_open(&told.path) || added, "{pointer} = {value}: {told}");
                        }
                    }
                    prop_assert_eq!(layers.policy(), Ok(upper.clone()));
                }
            }
        }
    }

    #[test]
    fn bounds_hold_on_both_sides(metres in 0_i64..700, price in 0_i64..500) {
        let mut document = beijing();
        document["layers"][3]["decides"]["permits"]["walk_limit_m"] = json!(metres);
        let prices = "/layers/3/decides/tariff/versions/0/classes/0/schedule/windows/0/steps/1/unit_price";
        *document.pointer_mut(prices).expect("a price") = json!(price);
        let breaches = usize::from(!(300..=500).contains(&metres)) + usize::from(!(200..=375).contains(&price));
        prop_assert_eq!(flaws(&document).len(), breaches);
    }

    #[test]
    fn the_order_of_communities_changes_nothing(order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let stack = |order: &[usize]| {
            let mut document = beijing();
            let layers = document["layers"].as_array_mut().expect("layers");
            layers.truncate(3);
            layers.extend(order.iter().map(|number| json!({
                "level": "community", "community": format!("c{number}"), "name": format!("number {number}"), "source": "its assembly",
                "decides": { "permits": { "walk_limit_m": 300 + 10 * number } }
            })));
            document
        };
        let (one, other) = (read(&stack(&[0, 1, 2, 3, 4, 5])), read(&stack(&order)));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.to_json(), other.to_json());
        for number in 0..6_u32 {
            let id = community(&format!("c{number}"));
            let policy = other.policy_of(&id).expect("a policy");
            prop_assert_eq!(policy.permits.walk_limit_m, 300 + 10 * number);
            prop_assert_eq!(one.policy_of(&id), Ok(policy));
            prop_assert_eq!(other.origin_in(&id, "permits.walk_limit_m").map(|layer| layer.community().cloned()), Some(Some(id)));
        }
        prop_assert_eq!(Layers::from_json(&other.to_json()), Ok(one));
    }
}
