//! Each kind of breach: one change to the sound stack, and the flaw that names both rules and where.

use super::{beijing, flaws, preset};
use serde_json::{Value, json};

/// A place in the document of layers, what is written there, the place of the flaw, what it says. Of a list, `+` adds.
const BREACHES: &str = r#"
1/decides/permits              | {"valid_months":24}    | layers[1].decides, permits.valid_months | the district "Xicheng" sets 24 months, but the city "Beijing" fixed 12 months and does not leave it open
2/decides/permits              | {"valid_months":24}    | layers[2].decides, permits.valid_months | the subdistrict "Desheng" sets 24 months, but the city "Beijing" fixed 12 months and the district "Xicheng" does not leave it open
2/decides/permits/walk_limit_m | 600                    | layers[2].decides, permits.walk_limit_m | the subdistrict "Desheng" sets 600 m, but the district "Xicheng" leaves it open from 200 m to 500 m
3/decides/permits/walk_limit_m | 200                    | layers[3].decides, permits.walk_limit_m | the community "the first" sets 200 m, but the subdistrict "Desheng" fixed 500 m and leaves it open from 300 m to 500 m
3/decides/round                | {"offer_hours":48}     | layers[3].decides, round.offer_hours | the community "the first" sets 48 hours, but the subdistrict "Desheng" does not leave it open
2/decides/round                | {"offer_hours":12}     | layers[2].decides, round.offer_hours | the subdistrict "Desheng" sets 12 hours, but the district "Xicheng" leaves it open from 24 hours to 72 hours
2/decides/round                | {"mechanism":"top-trading-cycles"} | layers[2].decides, round.mechanism | the subdistrict "Desheng" sets top trading cycles, but the district "Xicheng" fixed optimal and leaves it open to optimal, serial dictatorship
2/decides/round                | {"cost":"rank"}        | layers[2].decides, round.cost | the subdistrict "Desheng" sets the rank on the applicant's list, but the district "Xicheng" does not leave it open
1/decides/permits              | {"space_kinds":["shared","disabled"]} | layers[1].decides, permits.space_kinds | the district "Xicheng" sets shared, disabled, but the city "Beijing" fixed shared, resident and leaves it open to shared, resident
1/decides/eligibility          | [{"rule":"arrears-at-most","amount":5000}] | layers[1].decides, eligibility[arrears-at-most].amount | the district "Xicheng" sets 50.00 CNY, but the city "Beijing" fixed 0.00 CNY and leaves eligibility open to additions only
1/takes_out                    | ["eligibility[insurance-valid]"] | layers[1].takes_out, eligibility[insurance-valid] | the district "Xicheng" takes it out, but the city "Beijing" decided it and leaves eligibility open to additions only
2/takes_out                    | ["discounts[resident-price]"] | layers[2].takes_out, discounts[resident-price] | the subdistrict "Desheng" takes it out, but the district "Xicheng" decided it and does not leave it open
2/decides/discounts            | [{"id":"gift","when":{},"effect":{"fixed":{"amount":1}}}] | layers[2].decides, discounts[gift] | the subdistrict "Desheng" adds it, but the district "Xicheng" decided the list and does not leave it open
2/decides/discounts            | [{"id":"resident-price","when":{"permit":null}}] | layers[2].decides, discounts[resident-price].when.permit | the subdistrict "Desheng" unsets it, but the district "Xicheng" fixed resident and does not leave it open
3/decides/standing/tiers       | ["two-in-one","three-in-one","family"] | layers[3].decides, standing.tiers | the community "the first" sets two-in-one, three-in-one, family, but the subdistrict "Desheng" fixed three-in-one, two-in-one, family and does not leave it open
3/decides/standing/points/+    | {"for":"special-need","points":7} | layers[3].decides, standing.points[special-need].points | the community "the first" sets 7 points, but the subdistrict "Desheng" fixed 5 points and leaves standing.points open to additions only
4/decides/tariff/versions/0/classes/0/schedule/windows/0/from | "22:00" | layers[4].decides, tariff.versions[2019-01-01].classes[1].schedule.windows[night].from | the community "the second" sets 22:00, but the city "Beijing" fixed 19:00 and the subdistrict "Desheng" leaves it open from 19:00 to 21:00
3/decides/tariff/versions/0/classes/0/schedule/windows/0/steps/1/unit_price | 400 | layers[3].decides, tariff.versions[2019-01-01].classes[1].schedule.windows[day].steps[2].unit_price | the community "the first" sets 4.00 CNY a 15 min, but the city "Beijing" fixed 3.75 CNY a 15 min and the subdistrict "Desheng" leaves it open from 2.00 CNY to 3.75 CNY
3/decides/tariff/versions/0/classes/0/schedule/windows/0/steps/1/rounding | "ceiling" | layers[3].decides, tariff.versions[2019-01-01].classes[1].schedule.windows[day].steps[2].rounding | the community "the first" sets charged whole, but the city "Beijing" fixed free and the subdistrict "Desheng" does not leave it open
3/decides/zone                 | "Asia/Seoul"           | layers[3].decides, zone | the community "the first" sets Asia/Seoul, but the city "Beijing" fixed Asia/Shanghai and the subdistrict "Desheng" does not leave it open
1/leaves_open/+                | {"path":"permits.valid_months"} | layers[1].leaves_open[8], permits.valid_months | the district "Xicheng" leaves it open, but the city "Beijing" does not leave it open
1/leaves_open/0/at_most        | 2000                   | layers[1].leaves_open[0], permits.walk_limit_m | the district "Xicheng" leaves it open from 200 m to 2000 m, but the city "Beijing" leaves it open from 100 m to 1000 m only
2/leaves_open/0                | {"path":"permits.walk_limit_m"} | layers[2].leaves_open[0], permits.walk_limit_m | the subdistrict "Desheng" leaves it open, but the district "Xicheng" leaves it open from 200 m to 500 m only
2/leaves_open/+                | {"path":"round.mechanism","one_of":["optimal","top-trading-cycles"]} | layers[2].leaves_open[5], round.mechanism | the subdistrict "Desheng" leaves it open to optimal, top trading cycles, but the district "Xicheng" leaves it open to optimal, serial dictatorship only
2/leaves_open/+                | {"path":"eligibility"} | layers[2].leaves_open[5], eligibility | the subdistrict "Desheng" leaves it open, but the district "Xicheng" leaves eligibility open to additions only
2/leaves_open/+                | {"path":"eligibility[arrears-at-most].amount","at_most":5} | layers[2].leaves_open[5], eligibility[arrears-at-most].amount | the subdistrict "Desheng" leaves it open up to 0.05 CNY, but the district "Xicheng" leaves eligibility open to additions only
2/leaves_open/+                | {"path":"round"}       | layers[2].leaves_open[5], round | the subdistrict "Desheng" leaves it open, but the district "Xicheng" does not leave it open
"#;

/// The document with something written somewhere.
fn changed(mut document: Value, place: &str, value: Value) -> Value {
    let (outer, last) = place.rsplit_once('/').expect("a place");
    match document.pointer_mut(&format!("/layers/{outer}")).unwrap_or_else(|| panic!("no {outer}")) {
        Value::Array(all) if last == "+" => all.push(value),
        Value::Array(all) => all[last.parse::<usize>().expect("a number")] = value,
        Value::Object(map) => match (map.get_mut(last), value) {
            // What the layer decides beside it stays.
            (Some(Value::Object(own)), Value::Object(more)) => own.extend(more),
            (_, value) => drop(map.insert(last.to_owned(), value)),
        },
        other => panic!("{other}"),
    }
    document
}

#[test]
fn every_breach_names_who_fixed_what_and_who_set_what() {
    assert_eq!(flaws(&beijing()), [""; 0]);
    let mut tried = 0;
    for line in BREACHES.lines().filter(|line| !line.is_empty()) {
        let [place, value, at, said] = line.split(" | ").map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let document = changed(beijing(), place, serde_json::from_str(value).expect(value));
        let found = flaws(&document);
        let expected = format!("{at}: {said} [contradiction]; ");
        // A change high up may be a breach of what is handed down below it too.
        assert!(found.iter().any(|flaw| flaw.starts_with(&expected)), "{place}: {found:#?}\n{expected}");
        assert!(found.len() == 1 || place.contains("leaves_open"), "{place}: {found:#?}");
        tried += 1;
    }
    assert!(tried >= 25, "{tried}");
}

#[test]
fn breaches_of_all_layers_are_told_at_once() {
    let mut document = changed(beijing(), "1/decides/permits", json!({ "valid_months": 24 }));
    document = changed(document, "2/decides/permits/walk_limit_m", json!(600));
    document = changed(document, "3/decides/zone", json!("Asia/Seoul"));
    document = changed(document, "4/decides/round", json!({ "cost": "rank" }));
    let places: Vec<String> =
        flaws(&document).iter().map(|flaw| flaw.split(": ").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        places,
        [
            "layers[1].decides, permits.valid_months",
            "layers[2].decides, permits.walk_limit_m",
            "layers[3].decides, zone",
            "layers[4].decides, round.cost",
        ]
    );
}

#[test]
fn what_stands_above_may_be_written_again() {
    let mut document = changed(beijing(), "2/decides/eligibility", preset("/eligibility"));
    document = changed(document, "3/decides/permits", json!({ "valid_months": 12, "kind": "resident" }));
    document = changed(document, "4/decides/discounts", preset("/discounts"));
    assert_eq!(flaws(&document), [""; 0]);
}

#[test]
fn what_a_layer_may_add_it_may_leave_open_with_bounds() {
    // Eligibility is open to additions: whoever adds a rule may let others set its figure.
    let mut document = beijing();
    let rules = document["layers"][0]["decides"]["eligibility"].as_array_mut().expect("rules");
    rules.retain(|rule| rule["rule"] != "arrears-at-most");
    document = changed(document, "1/decides/eligibility", json!([{ "rule": "arrears-at-most", "amount": 0 }]));
    let open = json!({ "path": "eligibility[arrears-at-most].amount", "at_most": 5_000 });
    document = changed(document, "1/leaves_open/4", open);
    let set = |amount: i64| {
        changed(document.clone(), "2/decides/eligibility", json!([{ "rule": "arrears-at-most", "amount": amount }]))
    };
    assert_eq!(flaws(&set(5_000)), [""; 0]);
    let found = flaws(&set(5_001));
    let said = "layers[2].decides, eligibility[arrears-at-most].amount: the subdistrict \"Desheng\" sets 50.01 CNY, \
                but the district \"Xicheng\" fixed 0.00 CNY and leaves it open up to 50.00 CNY [contradiction]";
    assert!(found.len() == 1 && found[0].starts_with(said), "{found:#?}");
}
