//! Documents of layers that cannot be understood: every mistake at once, with its place and what to write instead.

use super::{beijing, flaws};
use serde_json::{Value, json};

/// The flaws when a part of the document is written otherwise.
fn with(pointer: &str, value: Value) -> Vec<String> {
    let mut document = beijing();
    let (outer, last) = pointer.rsplit_once('/').expect("a place");
    match document.pointer_mut(outer).unwrap_or_else(|| panic!("no {outer}")) {
        Value::Array(all) => all[last.parse::<usize>().expect("a number")] = value,
        Value::Object(map) => drop(map.insert(last.to_owned(), value)),
        other => panic!("{other}"),
    }
    flaws(&document)
}

#[test]
fn a_path_that_no_policy_has_is_told_with_what_was_meant() {
    for (path, expected) in [
        ("permits.walk_limit", "permits has no field \"walk_limit\" [unknown]; did you mean permits.walk_limit_m?"),
        ("permit", "a policy has no field \"permit\" [unknown]; did you mean permits?"),
        (
            "eligibility[arears-at-most]",
            "eligibility has no entry \"arears-at-most\" [unknown]; did you mean eligibility[arrears-at-most]?",
        ),
        ("discounts.effect", "discounts is a list [unknown]; name an entry first, as in discounts[*].effect"),
        ("name", "\"name\" is each layer's own [does-not-fit]; leave it out"),
        (
            "a[b",
            "\"a[b\" is not a path: a bracket is not closed [wrong-value]; write fields with dots and entries in brackets: discounts[resident-price].when.permit",
        ),
    ] {
        let told = with("/layers/2/leaves_open/0", json!({ "path": path }));
        assert_eq!(told, [format!("layers[2].leaves_open[0].path: {expected}")], "{path}");
    }
}

#[test]
fn bounds_that_admit_nothing_or_mean_nothing_are_told() {
    let open = "layers[2].leaves_open[0]";
    let nothing = "its bounds admit nothing [out-of-range]; widen the bounds, or take this part out: what is not left open is closed";
    for (grant, expected) in [
        (json!({ "path": "permits.walk_limit_m", "at_least": 400, "at_most": 399 }), format!("{open}: {nothing}")),
        (json!({ "path": "permits.walk_limit_m", "at_least": 10_001 }), format!("{open}: {nothing}")),
        (json!({ "path": "permits.walk_limit_m", "at_most": 0 }), format!("{open}: {nothing}")),
        (
            json!({ "path": "permits.walk_limit_m", "at_least": 300, "one_of": [100, 200] }),
            format!("{open}: {nothing}"),
        ),
        (json!({ "path": "standing.tiers", "one_of": [] }), format!("{open}: {nothing}")),
        (
            json!({ "path": "permits.walk_limit_m", "at_least": "near" }),
            format!(
                "{open}.at_least: \"near\" cannot stand at permits.walk_limit_m [wrong-value]; write a whole number"
            ),
        ),
        (
            json!({ "path": "standing.tiers", "at_least": 1 }),
            format!(
                "{open}.at_least: at standing.tiers no value is more than another [does-not-fit]; leave it out, or name a number, a day or a clock time"
            ),
        ),
        (
            json!({ "path": "round.mechanism", "one_of": ["optimal", "best"] }),
            format!(
                "{open}.one_of: \"best\" cannot stand at round.mechanism [wrong-value]; write one of \"optimal\", \"serial-dictatorship\", \"top-trading-cycles\", {{\"deferred-acceptance\":\"single\"}}, {{\"deferred-acceptance\":\"per-place\"}}"
            ),
        ),
        (
            json!({ "path": "standing", "one_of": ["x"] }),
            format!(
                "{open}.one_of: standing is no single value [does-not-fit]; leave it out, or name a single value or a list of words"
            ),
        ),
        (
            json!({ "path": "standing.tiers", "only": "add" }),
            format!("{open}.only: standing.tiers is no list of entries [does-not-fit]; leave it out, or name a list"),
        ),
        (
            json!({ "path": "permits.walk_limit_m", "at_mots": 5 }),
            format!("{open}.at_mots: \"at_mots\" is no field [unknown]; did you mean at_most?"),
        ),
    ] {
        assert_eq!(with("/layers/2/leaves_open/0", grant.clone()), [expected], "{grant}");
    }
}

#[test]
fn parts_left_open_twice_are_told() {
    for (path, first) in [
        ("standing.points", "standing.points"),
        ("standing", "standing.points"),
        ("standing.points[waiting]", "standing.points"),
        (
            "tariff.versions[*].classes[*].schedule.windows[day].from",
            "tariff.versions[2019-01-01].classes[1].schedule.windows[*].from",
        ),
    ] {
        let found = with("/layers/2/leaves_open/4", json!({ "path": path }));
        let number = if first == "standing.points" { 1 } else { 3 };
        let expected = format!(
            "layers[2].leaves_open[4]: {path} is left open by layers[2].leaves_open[{number}] ({first}) too [contradiction]; leave one of the two out, so that one rule says what is open"
        );
        assert_eq!(found.first(), Some(&expected), "{path}: {found:#?}");
    }
}

#[test]
fn layers_out_of_order_or_twice_are_told() {
    let order = "write city, district and subdistrict in this order, each once, then the communities";
    let swapped = |one: usize, other: usize| {
        let mut document = beijing();
        document["layers"].as_array_mut().expect("layers").swap(one, other);
        flaws(&document)
    };
    assert_eq!(
        swapped(0, 1),
        [format!("layers[1].level: a city below layers[0], a district [contradiction]; {order}")]
    );
    let community = swapped(2, 3);
    assert_eq!(
        community,
        [format!("layers[3].level: a subdistrict below layers[2], a community [contradiction]; {order}")]
    );
    let mut document = beijing();
    let layers = document["layers"].as_array_mut().expect("layers");
    layers.insert(1, layers[0].clone());
    assert_eq!(flaws(&document), [format!("layers[1].level: a city below layers[0], a city [contradiction]; {order}")]);
    let twice = with("/layers/4/community", json!("110102010005"));
    assert_eq!(
        twice,
        ["layers[4].community: layers[3] is of community 110102010005 already [duplicate-id]; put both into one layer"]
    );
    let ids = "layers[3].community: a layer of a community without its id [missing]; add the community's id";
    assert_eq!(with("/layers/3/community", Value::Null), [ids]);
    let high = "layers[1].community: a community above the communities [does-not-fit]; leave it out, or write the level \"community\"";
    assert_eq!(with("/layers/1/community", json!("x")), [high]);
    let last = "layers[3].leaves_open: there is no layer below a community [does-not-fit]; leave it out";
    assert_eq!(with("/layers/3/leaves_open", json!([{ "path": "zone" }])), [last]);
}

#[test]
fn what_cannot_stand_where_it_is_decided_is_told() {
    let at = "layers[2].decides";
    for (decides, expected) in [
        (
            json!({ "permits": { "walk_limit": 500 } }),
            format!("{at}.permits.walk_limit: \"walk_limit\" is no field [unknown]; did you mean walk_limit_m?"),
        ),
        (
            json!({ "permits": { "walk_limit_m": "500" } }),
            format!("{at}.permits.walk_limit_m: \"500\" cannot stand here [wrong-value]; write a whole number"),
        ),
        (
            json!({ "currency": 5 }),
            format!("{at}.currency: 5 is not an object [wrong-value]; write an object with the fields code, decimals"),
        ),
        (
            json!({ "permits": { "space_kinds": "shared" } }),
            format!(
                "{at}.permits.space_kinds: \"shared\" is not a list [wrong-value]; write a list in square brackets"
            ),
        ),
        (
            json!({ "standing": { "tiers": ["family", "aunt"] } }),
            format!(
                "{at}.standing.tiers[1]: \"aunt\" cannot stand here [wrong-value]; write one of \"three-in-one\", \"two-in-one\", \"family\", {{\"agreement\":…}}, \"anyone\""
            ),
        ),
        (
            json!({ "eligibility": [{ "rule": "plate-orgin" }] }),
            format!(
                "{at}.eligibility[0]: \"plate-orgin\" is not one of its words [wrong-value]; did you mean plate-origin?"
            ),
        ),
        (
            json!({ "eligibility": [{ "admit": [] }] }),
            format!("{at}.eligibility[0]: no \"rule\" says which entry it is [missing]; add the field \"rule\""),
        ),
        (
            json!({ "discounts": [{ "id": "a" }, { "id": "a" }] }),
            format!("{at}.discounts[1]: \"a\" stands here twice [duplicate-id]; put both into one entry"),
        ),
        (
            json!({ "discounts": [{ "id": "a", "effect": {} }] }),
            format!(
                "{at}.discounts[0].effect: 0 fields [wrong-value]; write exactly one of percent, fixed, substitute"
            ),
        ),
        (
            json!({ "discounts": ["a"] }),
            format!("{at}.discounts[0]: \"a\" is not an object [wrong-value]; write an object in curly brackets"),
        ),
        (
            json!({ "name": "Desheng" }),
            format!(
                "{at}.name: it is not for a layer to decide [does-not-fit]; leave it out: the layer's own name is taken"
            ),
        ),
        (json!(null), format!("{at}: null is not an object [wrong-value]; write an object with parts of a policy")),
    ] {
        assert_eq!(with("/layers/2/decides", decides.clone()), [expected], "{decides}");
    }
}

#[test]
fn what_cannot_be_taken_out_is_told() {
    let out = "layers[1].takes_out[0]";
    for (path, expected) in [
        (
            "discounts[gift]",
            format!(
                "{out}: no layer above the district \"Xicheng\" decides discounts[gift] [unknown-reference]; leave it out"
            ),
        ),
        (
            "discounts[*]",
            format!(
                "{out}: discounts[*] is no entry that can be taken out [does-not-fit]; name one entry, as in discounts[gift]; an optional field is unset by null in \"decides\", and a list of words or steps is decided as a whole"
            ),
        ),
        ("discount[x]", format!("{out}: a policy has no field \"discount\" [unknown]; did you mean discounts?")),
    ] {
        assert_eq!(with("/layers/1/takes_out", json!([path])), [expected], "{path}");
    }
}

#[test]
fn mistakes_of_all_layers_are_told_at_once() {
    let mut document = beijing();
    document["layers"][0]["leaves_open"][0]["path"] = json!("permits.walk_limit");
    document["layers"][1]["level"] = json!("borough");
    document["layers"][2]["name"] = json!(" ");
    document["layers"][3]["decides"]["zone"] = json!(8);
    document["layers"][4]["colour"] = json!("red");
    let places: Vec<String> =
        flaws(&document).iter().map(|flaw| flaw.split(": ").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        places,
        [
            "layers[0].leaves_open[0].path",
            "layers[1].level",
            "layers[2].name",
            "layers[3].decides.zone",
            "layers[4].colour"
        ]
    );
    for (text, expected) in [
        ("[]", ": [] is not an object [wrong-value]; write an object with the fields layers"),
        ("{}", "layers: it is missing [missing]; add it"),
        (r#"{ "layers": [] }"#, "layers: no layer [empty]; write at least one"),
    ] {
        let told = shared_parking::policy::Layers::from_json(text).expect_err(text);
        assert_eq!(told.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }
    let twice = beijing().to_string().replacen("\"name\":\"Xicheng\"", "\"name\":\"Xicheng\",\"name\":\"Xicheng\"", 1);
    let told = shared_parking::policy::Layers::from_json(&twice).expect_err("twice");
    assert_eq!(told.iter().next().map(|flaw| flaw.place.as_str()), Some("layers[1].name"));
}

#[test]
fn a_flawed_community_hides_no_breach_of_another() {
    let mut document = beijing();
    document["layers"][3]["decides"]["zone"] = json!(8);
    document["layers"][4]["decides"]["zone"] = json!("Asia/Seoul");
    let found = flaws(&document);
    assert!(found.len() == 2 && found[1].starts_with("layers[4].decides, zone"), "{found:#?}");
    // What is misspelt above might have left it open.
    let open = document["layers"][2].as_object_mut().and_then(|layer| layer.remove("leaves_open")).expect("grants");
    document["layers"][2]["leave_open"] = open;
    let found = flaws(&document);
    assert_eq!(
        found,
        [
            "layers[2].leave_open: \"leave_open\" is no field [unknown]; did you mean leaves_open?",
            "layers[3].decides.zone: 8 cannot stand here [wrong-value]; write a time zone like Asia/Shanghai",
        ]
    );
}
