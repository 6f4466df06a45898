//! A policy document with many mistakes: all are told at once, each with its path and what to write instead.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::{Value, json};
use shared_parking::Policy;
use shared_parking::policy::{Rule, Tier, presets};

fn preset() -> Value {
    serde_json::to_value(presets::xicheng_2022()).expect("a document")
}

/// The flaws of a document, one line each.
fn told(document: &Value) -> Vec<String> {
    let flaws = Policy::from_json(&document.to_string()).expect_err("a document with flaws");
    flaws.iter().map(ToString::to_string).collect()
}

fn set(document: &mut Value, path: &str, value: Value) {
    *document.pointer_mut(path).unwrap_or_else(|| panic!("no {path}")) = value;
}

/// The flaws of the preset with one change.
#[track_caller]
fn changed(change: impl FnOnce(&mut Policy), expected: &[&str]) {
    let mut policy = presets::xicheng_2022();
    change(&mut policy);
    let found: Vec<String> =
        policy.check().map_or_else(|flaws| flaws.iter().map(ToString::to_string).collect(), |()| vec![]);
    assert_eq!(found, expected);
    // Reading tells the same as checking.
    let read = Policy::from_json(&serde_json::to_string(&policy).expect("a document"));
    assert_eq!(read, policy.check().map(|()| policy));
}

#[test]
fn a_text_that_is_no_policy_has_one_flaw() {
    for (text, expected) in [
        ("", "line 1, column 0: EOF while parsing a value [syntax]"),
        ("{\n  \"name\": }", "line 2, column 11: expected value [syntax]"),
        ("{} {}", "line 1, column 4: trailing characters [syntax]"),
        ("[1, 2]", "document: it holds [1,2] [wrong-value]"),
    ] {
        let flaws = Policy::from_json(text).expect_err(text);
        let flaw = flaws.iter().next().expect("never empty").to_string();
        assert!(flaws.len() == 1 && flaw.starts_with(expected), "{text}: {flaw}");
    }
    let text = preset().to_string();
    assert_eq!(Policy::from_json(&format!("\u{feff}{text}\n")), Ok(presets::xicheng_2022()));
}

#[test]
fn mistakes_of_all_parts_are_told_with_the_flaws_of_what_could_be_read() {
    let mut document = preset();
    set(&mut document, "/name", json!(" "));
    set(&mut document, "/zone", json!("Asia/Desheng"));
    set(&mut document, "/currency/decimals", json!(300));
    set(&mut document, "/permits/valid_months", json!("12"));
    set(&mut document, "/permits/space_kinds", json!(["shared", "resdent"]));
    set(&mut document, "/eligibility/1", json!({ "rule": "plate-orgin", "admit": [] }));
    set(&mut document, "/eligibility/3/admit", json!([]));
    set(&mut document, "/standing/tiers/1", json!("two"));
    let windows = "/tariff/versions/1/classes/0/schedule/windows";
    set(&mut document, &format!("{windows}/0/from"), json!("+7:00"));
    set(&mut document, &format!("{windows}/1/steps/0/unit_price"), json!("1.00"));
    set(&mut document, "/tariff/versions/0/classes/0/schedule/windows/1/steps", json!([]));
    set(&mut document, "/discounts/0/effect", json!({ "percent": { "share": 1 } }));
    let found = told(&document);
    let class = "tariff.versions[1].classes[0].schedule.windows";
    let expected = [
        "zone: \"Asia/Desheng\" is not a time zone of the IANA database [wrong-value]; write it like Asia/Shanghai",
        "currency.decimals: integer `300` is not a whole number from 0 to 255 [out-of-range]; write a whole number from 0 to 255",
        "permits.valid_months: string \"12\" is not a whole number from 0 to 65535 [wrong-value]; write a whole number from 0 to 65535",
        "permits.space_kinds[1]: \"resdent\" is not one of its words [wrong-value]; write one of `shared`, `resident`, `disabled`, `loading`, `charging`",
        "eligibility[1].rule: \"plate-orgin\" is not one of its words [wrong-value]; write one of `registered-resident`, `plate-origin`,",
        "standing.tiers[1]: \"two\" is not one of its words [wrong-value]; write one of `three-in-one`, `two-in-one`, `family`, `agreement`, `anyone`",
        &format!("{class}[0].from: \"+7:00\" is not a clock time [wrong-value]; write it like 07:30"),
        &format!(
            "{class}[1].steps[0].unit_price: string \"1.00\" is not a whole number [wrong-value]; write a whole number"
        ),
        "discounts[0].effect.percent: no field \"rounding\" [missing]; add the field \"rounding\"",
        "name: an empty name [missing]; say what the policy is called",
        "eligibility[3] (vehicle-use): the rule admits nobody [out-of-range]; admit at least one, or take the rule out",
        "tariff, version 1, class \"1\", window \"night\": no step [empty]; give at least one step",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
}

#[test]
fn fields_that_are_missing_unknown_or_there_twice_are_each_a_flaw() {
    let mut document = preset();
    let map = document.as_object_mut().expect("an object");
    let rules = map.remove("eligibility").expect("rules");
    map.insert("eligibilty".to_owned(), rules);
    map.remove("source");
    map.insert("colour".to_owned(), json!("red"));
    let permits = map["permits"].as_object_mut().expect("an object");
    let limit = permits.remove("walk_limit_m").expect("a limit");
    permits.insert("walk_limit".to_owned(), limit);
    map["standing"].as_object_mut().expect("an object").remove("points");
    set(&mut document, "/discounts/0/when", json!({ "permt": "resident" }));
    let text = document.to_string().replacen("\"valid_months\":12", "\"valid_months\":12,\"valid_months\":24", 1);
    let flaws = Policy::from_json(&text).expect_err("flaws");
    let found: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    let fields = "name, source, zone, currency, permits, eligibility, standing, tariff, discounts, round, shifts, ceilings, quotas, special, life, complaints";
    assert_eq!(
        found,
        [
            "permits.valid_months: it stands there twice [contradiction]; leave one of the two out".to_owned(),
            "source: it is missing [missing]; add it".to_owned(),
            "eligibility: it is missing [missing]; is it the field \"eligibilty\"?".to_owned(),
            format!("colour: \"colour\" is no field [unknown]; leave it out; the fields are {fields}"),
            "eligibilty: \"eligibilty\" is no field [unknown]; did you mean eligibility?".to_owned(),
            "permits.walk_limit_m: it is missing [missing]; is it the field \"walk_limit\"?".to_owned(),
            "permits.walk_limit: \"walk_limit\" is no field [unknown]; did you mean walk_limit_m?".to_owned(),
            "standing.points: it is missing [missing]; add it".to_owned(),
            "discounts[0].when.permt: \"permt\" is no field [unknown]; did you mean permit?".to_owned(),
        ]
    );
}

#[test]
fn no_single_damage_passes_unseen_or_hides_another() {
    // Each value of the document is replaced by what it cannot be, beside one flaw that only a check finds.
    fn paths(value: &Value, path: String, found: &mut Vec<String>) {
        match value {
            Value::Array(all) => {
                all.iter().enumerate().for_each(|(at, inner)| paths(inner, format!("{path}/{at}"), found))
            }
            Value::Object(map) => map.iter().for_each(|(key, inner)| paths(inner, format!("{path}/{key}"), found)),
            _ => {}
        }
        found.push(path);
    }
    let mut all = Vec::new();
    paths(&preset(), String::new(), &mut all);
    all.retain(|path| !path.is_empty() && !path.starts_with("/permits"));
    assert!(all.len() > 150, "{}", all.len());
    for path in all {
        let mut document = preset();
        set(&mut document, "/permits/walk_limit_m", json!(10_001));
        set(&mut document, &path, json!([[]]));
        let found = told(&document);
        let limit = "permits.walk_limit_m: 10001 [out-of-range]; write 1 to 10000 metres";
        assert!(found.iter().any(|line| line == limit), "{path}: {found:?}");
        let part = path[1..].split('/').next().unwrap_or_default();
        assert!(found.len() == 2 && found[0].starts_with(part), "{path}: {found:?}");
    }
}

#[test]
fn tiers_reach_everybody_and_each_tier_somebody() {
    use Tier::{Anyone, Family, ThreeInOne, TwoInOne};
    let nobody = |at: usize, tier: Tier| {
        let problem = format!("nobody stands in {tier}: the tiers before it admit all whom it admits");
        format!("standing.tiers[{at}]: {problem} [contradiction]; list the narrower tier first, or take this one out")
    };
    let tiers = |tiers: &[Tier], expected: &[&str]| changed(|policy| policy.standing.tiers = tiers.to_vec(), expected);
    tiers(&[ThreeInOne, TwoInOne, Family, Anyone], &[]);
    tiers(&[Family, TwoInOne, Anyone], &[]); // in the family, then two in one and a stranger
    tiers(&[Anyone, Family], &[&nobody(1, Family)]);
    tiers(&[TwoInOne, ThreeInOne], &[&nobody(1, ThreeInOne)]);
    tiers(&[Family, ThreeInOne, TwoInOne], &[&nobody(1, ThreeInOne)]);
    tiers(&[Anyone, Anyone], &["standing.tiers[1]: anyone stands here twice [contradiction]; keep the first"]);
    let without_rule = |tiers: &[Tier], expected: &[&str]| {
        changed(
            |policy| {
                policy.eligibility.retain(|rule| *rule != Rule::DocumentsInATier {});
                policy.standing.tiers = tiers.to_vec();
            },
            expected,
        );
    };
    without_rule(&[ThreeInOne, Anyone], &[]);
    let stranded = "standing.tiers: some applicants stand in no tier [contradiction]; end the list in \"anyone\", \
                    or add the rule \"documents-in-a-tier\" to the eligibility";
    without_rule(&[ThreeInOne, TwoInOne, Family], &[stranded]);
    // The rule may be the one that could not be read.
    let mut document = preset();
    let rules = document["eligibility"].as_array_mut().expect("rules");
    let at = rules.iter().position(|rule| rule["rule"] == "documents-in-a-tier").expect("the rule");
    rules[at] = json!({ "rule": "documents-in-tier" });
    assert_eq!(told(&document).len(), 1);
}

#[test]
fn words_kinds_and_lists_are_sound() {
    let remedy = "give 1 to 64 bytes without slashes, control characters or outer spaces";
    for word in ["", " resident", "resident ", "a/b", "a\nb", "a\u{7}"] {
        let kind = format!("permits.kind: a kind {word:?} [wrong-value]; {remedy}");
        changed(
            |policy| {
                policy.permits.kind = word.to_owned();
                policy.discounts[0].when.permit = Some(word.to_owned());
            },
            &[&kind],
        );
        let discount = format!("discounts: discount id {word:?} [wrong-value]; {remedy}");
        changed(|policy| policy.discounts[0].id = word.to_owned(), &[&discount]);
        let class = format!("tariff, version 2: class id {word:?} [wrong-value]; {remedy}");
        changed(|policy| policy.tariff.versions[1].classes[2].id = word.to_owned(), &[&class]);
        let window = format!("tariff, version 2, class \"1\": window id {word:?} [wrong-value]; {remedy}");
        changed(|policy| policy.tariff.versions[1].classes[0].schedule.windows[0].id = word.to_owned(), &[&window]);
    }
    let twice = "permits.space_kinds[2]: shared stands here twice [contradiction]; keep the first";
    changed(|policy| policy.permits.space_kinds.push(policy.permits.space_kinds[0]), &[twice]);
    changed(
        |policy| policy.permits.walk_limit_m = 10_001,
        &["permits.walk_limit_m: 10001 [out-of-range]; write 1 to 10000 metres"],
    );
    changed(
        |policy| policy.tariff.versions[0].from = "9000-01-01".parse().expect("a day"),
        &[
            "tariff, version 2: it starts on 2019-01-01, version 1 on 9000-01-01 [contradiction]; list the versions by first day",
        ],
    );
}

#[test]
fn everyone_may_apply_and_a_tariff_may_be_left_out_or_start_in_the_future() {
    changed(
        |policy| {
            policy.eligibility.clear();
            policy.standing.tiers = vec![Tier::Anyone];
        },
        &[],
    );
    changed(|policy| policy.tariff.versions.clear(), &[]); // it prices nothing
    changed(
        |policy| {
            policy.tariff.versions.truncate(1);
            policy.tariff.versions[0].from = "9000-01-01".parse().expect("a day");
        },
        &[],
    );
}

/// A policy within a larger document goes by the same reader: what a document may not hold, no journal holds either.
#[test]
fn a_part_of_a_larger_document_is_read_as_strictly() {
    let mut document = serde_json::to_value(presets::amsterdam()).expect("a document");
    assert_eq!(serde_json::from_value::<Policy>(document.clone()).expect("a policy"), presets::amsterdam());
    for (path, wrong) in [("/ceilings/0/area", json!([])), ("/round", json!([])), ("/permits", json!([]))] {
        let whole = document.clone();
        match path.rsplit_once('/') {
            Some((above, name)) => document.pointer_mut(above).expect("a part")[name] = wrong,
            None => unreachable!("paths have a slash"),
        }
        let told = serde_json::from_value::<Policy>(document).expect_err(path).to_string();
        assert!(told.contains(&path[1..].replace("/0/", "[0].")) && told.contains("object"), "{path}: {told}");
        document = whole;
    }
    let text = document.to_string().replacen("\"name\":", "\"name\":\"x\",\"name\":", 1);
    assert!(serde_json::from_str::<Policy>(&text).expect_err("twice").to_string().contains("twice"));
}
