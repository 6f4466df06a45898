//! A worked stack: what comes out for the subdistrict and for each community, and who decided it.

use super::{WINDOWS, beijing, community, flaws, read};
use serde_json::json;
use shared_parking::policy::{Layers, Level, presets};

#[test]
fn the_subdistrict_has_what_the_layers_decide_together() {
    let layers = read(&beijing());
    let policy = layers.policy().unwrap_or_else(|flaws| panic!("{flaws}"));
    let told: Vec<String> = presets::xicheng_2022().compare(&policy).iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert_eq!(told[0], "name: Beijing, Xicheng 2022, resident permits, now Desheng");
    assert_eq!(told[2], "points for special-need: added (5 points)");
    assert_eq!(
        policy.source,
        "city \"Beijing\": tariff order and rules of certification\n\
         district \"Xicheng\": the resident price of 2022\n\
         subdistrict \"Desheng\": the office's resolution"
    );
    assert_eq!(layers.policy_of(&community("110102010007")), Ok(policy), "a community without a layer of its own");
}

#[test]
fn communities_differ_in_prices_hours_and_points() {
    let layers = read(&beijing());
    let common = layers.policy().expect("a policy");
    let of = |id: &str| {
        let own = layers.policy_of(&community(id)).unwrap_or_else(|flaws| panic!("{flaws}"));
        let told = common.compare(&own).into_iter().filter(|told| told.path != "source");
        told.map(|told| told.words).collect::<Vec<_>>()
    };
    assert_eq!(
        of("110102010005"),
        [
            "name: Desheng, now the first",
            "walking limit: 500 m, now 300 m",
            "points for waiting: added (from 365 days (10 points))",
            "tariff from 2019-01-01, class 1, window day, step 1: 2.50 CNY a 15 min, now 2.00 CNY a 15 min",
        ]
    );
    assert_eq!(
        of("110102010006"),
        [
            "name: Desheng, now the second",
            "tariff from 2019-01-01, class 1, window day, until: 19:00, now 20:00",
            "tariff from 2019-01-01, class 1, window night, from: 19:00, now 20:00",
        ]
    );
}

#[test]
fn whoever_had_the_last_word_is_named() {
    let layers = read(&beijing());
    let by = |path: &str| layers.origin(path).map(ToString::to_string);
    for (path, expected) in [
        ("permits.walk_limit_m", Some("the subdistrict \"Desheng\"")),
        ("permits.valid_months", Some("the city \"Beijing\"")),
        ("permits", Some("the subdistrict \"Desheng\"")),
        ("eligibility[arrears-at-most].amount", Some("the city \"Beijing\"")),
        ("discounts[resident-price].when.permit", Some("the district \"Xicheng\"")),
        ("standing.tiers", Some("the subdistrict \"Desheng\"")),
        ("round.mechanism", Some("the district \"Xicheng\"")),
        ("round.offer_hours", None),
        ("discounts[gift]", None),
        ("permits.limit", None),
        ("permits..", None),
    ] {
        assert_eq!(by(path).as_deref(), expected, "{path}");
    }
    let first = community("110102010005");
    let prices = format!("{WINDOWS}[day].steps[1].unit_price");
    assert_eq!(layers.origin(&prices).map(|layer| layer.level()), Some(Level::City));
    let own = layers.origin_in(&first, &prices).expect("a layer");
    assert_eq!((own.level(), own.name(), own.source()), (Level::Community, "the first", "its assembly"));
    assert_eq!(own.community(), Some(&first));
    // What it did not change is not its own, though it stands in the list it wrote.
    let second_step = format!("{WINDOWS}[day].steps[2].unit_price");
    assert_eq!(layers.origin_in(&first, &second_step).map(|layer| layer.level()), Some(Level::City));
    let elsewhere = community("110102010006");
    assert_eq!(layers.origin_in(&elsewhere, &prices).map(|layer| layer.level()), Some(Level::City));
}

#[test]
fn what_nobody_decides_is_missing_from_the_policy_and_not_from_the_layers() {
    let mut document = beijing();
    document["layers"].as_array_mut().expect("layers").truncate(2);
    let layers = read(&document);
    assert_eq!(layers.all().len(), 2);
    let told: Vec<String> = layers.policy().expect_err("flaws").iter().map(ToString::to_string).collect();
    let remedy = "let the city \"Beijing\" decide it, or leave it open to a layer that does";
    assert_eq!(
        told,
        [
            format!("the layers together, standing: no layer decides it [missing]; {remedy}"),
            format!("the layers together, permits.walk_limit_m: no layer decides it [missing]; {remedy}"),
        ]
    );
}

#[test]
fn what_is_unsound_is_told_at_the_layer_that_said_it() {
    // Where in the document, what is written there, whose policy (0 the subdistrict's), the flaw.
    for (pointer, value, whose, expected) in [
        (
            "/layers/0/decides/permits/valid_months",
            json!(0),
            0,
            "the city \"Beijing\", permits.valid_months: 0 [out-of-range]; write 1 to 1200 months",
        ),
        (
            "/layers/0/decides/eligibility/1/admit",
            json!([]),
            0,
            "the city \"Beijing\", eligibility[plate-origin]: the rule admits nobody [out-of-range]; admit at least one, or take the rule out",
        ),
        (
            "/layers/1/decides/discounts/0/when/permit",
            json!("guest"),
            0,
            "the district \"Xicheng\", discounts[resident-price].when.permit: no permit of kind \"guest\" is issued [unknown-reference]; write \"resident\", or change permits.kind",
        ),
        (
            "/layers/2/decides/standing/tiers",
            json!(["family", "three-in-one"]),
            0,
            "the subdistrict \"Desheng\", standing.tiers: nobody stands in three-in-one: the tiers before it admit all whom it admits [contradiction]; list the narrower tier first, or take this one out",
        ),
        (
            "/layers/3/decides/tariff/versions/0/classes/0/schedule/windows/0/steps/0/up_to_minutes",
            json!(null),
            5,
            "the community \"the first\", tariff.versions[2019-01-01].classes[1].schedule.windows[day].steps[1]: no end, but steps follow [contradiction]; state up_to_minutes",
        ),
        (
            "/layers/4/decides/tariff/versions/0/classes/0/schedule/windows/0/from",
            json!("21:00"),
            6,
            "the community \"the second\", tariff.versions[2019-01-01].classes[1]: a gap: \"day\" until 20:00, \"night\" from 21:00 [contradiction]; let every window start where the one before it ends",
        ),
    ] {
        let mut document = beijing();
        *document.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value;
        if whose == 5 {
            // Let the community unset it.
            for layer in 0..3 {
                let open = document["layers"][layer]["leaves_open"].as_array_mut().expect("grants");
                open.push(json!({ "path": format!("{WINDOWS}[day].steps[1].up_to_minutes") }));
            }
        }
        assert_eq!(flaws(&document), [""; 0], "{pointer}");
        let layers = read(&document);
        let policy =
            if whose == 0 { layers.policy() } else { layers.policy_of(&community(&format!("11010201000{whose}"))) };
        let told: Vec<String> = policy.expect_err(pointer).iter().map(ToString::to_string).collect();
        assert_eq!(told, [expected], "{pointer}");
    }
}

#[test]
fn an_entry_is_taken_out_changed_or_added_where_the_list_is_open() {
    let mut document = beijing();
    let discounts = json!([
        { "id": "gift", "when": {}, "effect": { "fixed": { "amount": 100 } } },
        { "id": "need", "when": { "special_need": "disability" }, "effect": { "percent": { "share": 5_000, "rounding": "floor" } } }
    ]);
    document["layers"][0]["decides"]["discounts"] = discounts;
    document["layers"][1]["takes_out"] = json!(["discounts[gift]"]);
    document["layers"][1]["decides"]["discounts"].as_array_mut().expect("discounts").push(json!(
        { "id": "need", "when": { "vehicle": "small" }, "effect": { "fixed": { "amount": 300 } } }
    ));
    let policy = read(&document).policy().unwrap_or_else(|flaws| panic!("{flaws}"));
    let discounts = serde_json::to_value(&policy.discounts).expect("discounts");
    assert_eq!(
        discounts[0],
        json!({
            "id": "need", "when": { "vehicle": "small", "special_need": "disability" }, "effect": { "fixed": { "amount": 300 } }
        })
    );
    assert_eq!(discounts[1]["id"], "resident-price");
    assert_eq!(discounts.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_version_that_is_added_stands_by_its_first_day() {
    let mut document = beijing();
    document["layers"][0]["leaves_open"][6] = json!({ "path": "tariff.versions", "only": "add" });
    let grants = document["layers"][0]["leaves_open"].as_array_mut().expect("grants");
    grants.truncate(7);
    let mut version = super::preset("/tariff/versions/0");
    version["from"] = json!("2015-05-05");
    document["layers"][1]["decides"]["tariff"] = json!({ "versions": [version] });
    document["layers"][1]["leaves_open"].as_array_mut().expect("grants").truncate(5);
    document["layers"][2]["leaves_open"] = json!([]);
    document["layers"].as_array_mut().expect("layers").truncate(3);
    let policy = read(&document).policy().unwrap_or_else(|flaws| panic!("{flaws}"));
    let days: Vec<String> = policy.tariff.versions.iter().map(|version| version.from.to_string()).collect();
    assert_eq!(days, ["2011-04-01", "2015-05-05", "2019-01-01"]);
}

#[test]
fn what_was_written_is_read() {
    let mut document = beijing();
    document["layers"][1]["takes_out"] = json!([]);
    let layers = read(&document);
    assert_eq!(Layers::from_json(&layers.to_json()).as_ref(), Ok(&layers));
    assert_eq!(Layers::from_json(&layers.to_json()).expect("layers").to_json(), layers.to_json());
    let written: serde_json::Value = serde_json::from_str(&layers.to_json()).expect("a document");
    assert_eq!(written, beijing());
}
