//! Mistakes in the rules of a standing: all told, each with its path and what to write instead.

use super::people::document;
use serde_json::{Value, json};
use shared_parking::Policy;
use shared_parking::policy::{EarlierStanding, Promotion, StandingVersion, Tier};

/// The flaws of a standing with these fields changed, one line each, without the path of the standing; none for sound
/// rules, which are written and read back, and told the same by a check.
fn flaws(fields: &Value) -> Vec<String> {
    let mut standing = json!({ "tiers": ["three-in-one", "two-in-one", "anyone"], "points": [] });
    for (field, value) in fields.as_object().expect("fields") {
        standing[field] = value.clone();
    }
    match Policy::from_json(&document(standing).to_string()) {
        Ok(policy) => {
            assert_eq!(policy.check(), Ok(()));
            let written = serde_json::to_string(&policy).expect("a document");
            assert_eq!(Policy::from_json(&written).as_ref(), Ok(&policy), "{written}");
            assert_eq!(serde_json::from_str::<Policy>(&written).expect("a policy"), policy, "by serde's reader too");
            Vec::new()
        }
        Err(flaws) => flaws.iter().map(|flaw| flaw.to_string().replacen("standing.", "", 1)).collect(),
    }
}

/// Fields of the standing | its flaws, divided by a bar.
const FLAWS: &str = r#"
{} |
{"decimals": 4, "waiting": "portable", "promotions": [{"shared_hours": 600, "tiers": 1}, {"shared_hours": 700, "tiers": 2}]} |
{"decimals": 5} | decimals: 5 [out-of-range]; write 0 to 4 decimals
{"waiting": "moved"} | waiting: "moved" is not one of its words [wrong-value]; write `from-application` or `portable`
{"colour": 1} | colour: "colour" is no field [unknown]; leave it out; the fields are tiers, points, ties, promotions, waiting, decimals, earlier
{"promotions": [{"shared_hours": 600, "tiers": 0}]} | promotions[0].tiers: 0 tiers up [out-of-range]; write at least 1
{"promotions": [{"shared_hours": 600, "tiers": 3}]} | promotions[0].tiers: 3 tiers up in a list of 3 [contradiction]; write 1 to 2
{"tiers": ["anyone"], "promotions": [{"shared_hours": 600, "tiers": 1}]} | promotions[0].tiers: 1 tiers up in a list of 1 [contradiction]; take the promotion out
{"promotions": [{"shared_hours": 600, "tiers": 1}, {"shared_hours": 600, "tiers": 2}]} | promotions[1]: more hours do not lead to a higher tier than the promotion before [contradiction]; list promotions by their hours, each with more tiers than the one before
{"promotions": [{"shared_hours": 600, "tiers": 2}, {"shared_hours": 700, "tiers": 2}]} | promotions[1]: more hours do not lead to a higher tier than the promotion before [contradiction]; list promotions by their hours, each with more tiers than the one before
{"tiers": [{"agreement": {"of": ["title", "insurance"], "at_least": 2, "others": "kin"}}, "anyone"]} |
{"tiers": [{"agreement": {"of": ["title", "insurance"], "at_least": 0, "others": "kin"}}, "anyone"]} | tiers[0].agreement.at_least: 0 of 2 documents [out-of-range]; write 1 to 2
{"tiers": [{"agreement": {"of": ["title", "insurance"], "at_least": 3, "others": "kin"}}, "anyone"]} | tiers[0].agreement.at_least: 3 of 2 documents [out-of-range]; write 1 to 2
{"tiers": [{"agreement": {"of": [], "at_least": 1, "others": "kin"}}, "anyone"]} | tiers[0].agreement.of: no document [empty]; name at least one
{"tiers": [{"agreement": {"of": ["title", "title"], "at_least": 1, "others": "kin"}}, "anyone"]} | tiers[0].agreement.of[1]: title stands here twice [contradiction]; keep the first
{"tiers": ["two-in-one", {"agreement": {"of": ["title", "register", "licence"], "at_least": 2, "others": "kin"}}, "anyone"]} | tiers[1]: nobody stands in 2 of title, register, licence in the applicant's name, the others in that of kin: the tiers before it admit all whom it admits [contradiction]; list the narrower tier first, or take this one out
{"tiers": [{"agreement": {"of": ["deed"], "at_least": 1, "others": "kin"}}, "anyone"]} | tiers[0].agreement.of[0]: "deed" is not one of its words [wrong-value]; write one of `title`, `register`, `licence`, `driving-licence`, `insurance`
{"points": [{"for": "waiting", "steps": [{"months": 0, "points": 5}, {"months": 12, "points": 20}]}]} |
{"points": [{"for": "waiting", "steps": [{"months": 0, "points": 5}, {"days": 365, "points": 20}]}]} | points[0].steps: days and months are mixed [contradiction]; write all steps of the rule in one of the two
{"points": [{"for": "waiting", "steps": [{"points": 5}, {"months": 1, "days": 30, "points": 5}]}]} | points[0].steps[0]: a step of waiting has days or months [wrong-value]; write one of the two | points[0].steps[1]: a step of waiting has days or months [wrong-value]; write one of the two
{"points": [{"for": "waiting", "steps": []}]} | points[0].steps: no step [empty]; write at least one
{"points": [{"for": "waiting", "steps": [{"months": 12, "points": 9}, {"months": 6, "points": 5}]}]} | points[0].steps: months do not ascend [contradiction]; sort the steps by months, each once | points[0].steps[1].points: fewer points for more months: 5 after 9 [contradiction]; let points never fall from step to step
{"points": [{"for": "waiting", "steps": [{"days": 6, "points": 5}, {"days": 6, "points": 5}]}]} | points[0].steps: days do not ascend [contradiction]; sort the steps by days, each once
{"tiers": [{"agreement": {"of": ["deed", "title"], "at_least": "1", "other": "kin"}}, "anyone"]} | tiers[0].agreement.others: it is missing [missing]; is it the field "other"? | tiers[0].agreement.other: "other" is no field [unknown]; did you mean others? | tiers[0].agreement.of[0]: "deed" is not one of its words [wrong-value]; write one of `title`, `register`, `licence`, `driving-licence`, `insurance` | tiers[0].agreement.at_least: string "1" is not a whole number from 0 to 4294967295 [wrong-value]; write a whole number from 0 to 4294967295
{"points": [{"for": "special-need", "points": 1, "needs": ["disability", "wounded-veteran"]}]} |
{"points": [{"for": "special-need", "points": 1, "needs": []}]} | points[0].needs: no need [empty]; name at least one, or leave the list out
{"points": [{"for": "special-need", "points": 1, "needs": ["none", "disability", "disability"]}]} | points[0].needs[0]: who has no need has none [contradiction]; take it out | points[0].needs[2]: disability stands here twice [contradiction]; keep the first
{"points": [{"for": "special-need", "needs": ["deaf"], "point": 1}]} | points[0].points: it is missing [missing]; is it the field "point"? | points[0].point: "point" is no field [unknown]; did you mean points? | points[0].needs[0]: "deaf" is not one of its words [wrong-value]; write one of `none`, `disability`, `wounded-veteran`
{"points": [{"for": "in-communities", "communities": ["a", "b"], "points": 1}]} |
{"points": [{"for": "in-communities", "communities": [], "points": 1}]} | points[0].communities: no community [empty]; name at least one
{"points": [{"for": "in-communities", "communities": ["a", "b", "a"], "points": 1}]} | points[0].communities[2]: "a" stands here twice [contradiction]; keep the first
{"points": [{"for": "shared-hours", "rate": {"per_hours": 1, "points": 1, "most": 1, "rounding": "floor"}}]} |
{"points": [{"for": "shared-hours", "rate": {"per_hours": 0, "points": 0, "most": 0, "rounding": "floor"}}]} | points[0].rate.per_hours: 0 [out-of-range]; write at least 1 | points[0].rate.points: 0 [out-of-range]; write at least 1 | points[0].rate.most: 0 [out-of-range]; write at least 1
{"points": [{"for": "shared-hours", "rate": {"per_hours": 1.5, "points": -1, "most": 1, "rounding": "up"}}]} | points[0].rate.per_hours: floating point `1.5` is not a whole number from 0 to 4294967295 [wrong-value]; write a whole number from 0 to 4294967295 | points[0].rate.points: integer `-1` is not a whole number from 0 to 4294967295 [out-of-range]; write a whole number from 0 to 4294967295 | points[0].rate.rounding: "up" is not one of its words [wrong-value]; write one of `floor`, `ceiling`, `nearest`
{"points": [{"for": "shared-hours"}]} | points[0]: neither a rate nor steps [contradiction]; write one of the two
{"points": [{"for": "shared-hours", "rate": {}, "steps": []}]} | points[0]: a rate and steps [contradiction]; write one of the two
{"points": [{"for": "shared-hours", "steps": [{"hours": 1, "points": 1}, {"hours": 2, "points": 1}]}]} |
{"points": [{"for": "shared-hours", "steps": [{"hours": 2, "points": 2}, {"hours": 2, "points": 1}]}]} | points[0].steps: hours do not ascend [contradiction]; sort the steps by hours, each once | points[0].steps[1].points: fewer points for more hours: 1 after 2 [contradiction]; let points never fall from step to step
{"points": [{"for": "same-community", "points": 1}, {"for": "distance", "steps": [{"within_m": 1, "points": 1}], "beyond": 0}]} |
{"points": [{"for": "same-community", "points": 1}, {"for": "same-community", "points": 2}]} | points[1]: points for the same community stand in standing.points[0] already [contradiction]; leave one of the two out
{"points": [{"for": "distance", "steps": [{"within": 1, "points": 1}, {"within_m": 1, "points": "x"}]}]} | points[0].beyond: it is missing [missing]; add it | points[0].steps[0].within: "within" is no field [unknown]; did you mean within_m? | points[0].steps[1].points: string "x" is not a whole number from 0 to 4294967295 [wrong-value]; write a whole number from 0 to 4294967295
{"points": [{"for": "wating", "steps": []}]} | points[0].for: "wating" is not one of its words [wrong-value]; write one of `waiting`, `special-need`, `shared-hours`, `in-communities`, `distance`, `same-community`
{"points": [7]} | points[0]: integer `7` is not an object in curly brackets [wrong-value]; write an object in curly brackets
{"ties": [{"by": "special-need", "needs": ["disability"]}, {"by": "special-need", "needs": ["wounded-veteran"]}, {"by": "shift", "first": ["day"]}, {"by": "no-driving-day"}, {"by": "waiting"}, {"by": "first-vehicle"}]} |
{"ties": [{"by": "waiting"}, {"by": "special-need"}, {"by": "waiting"}, {"by": "special-need"}]} | ties[2]: "waiting" breaks ties already, in place 0 [contradiction]; keep the first | ties[3]: "special-need" breaks ties already, in place 1 [contradiction]; keep the first
{"ties": [{"by": "shift", "first": ["day"]}, {"by": "shift", "first": ["night"]}]} | ties[1]: "shift" breaks ties already, in place 0 [contradiction]; keep the first
{"ties": [{"by": "shift", "first": []}]} | ties[0].first: no shift [empty]; name at least one
{"ties": [{"by": "shift", "first": ["day", "day"]}]} | ties[0].first[1]: "day" stands here twice [contradiction]; keep the first
{"ties": [{"by": "shift", "first": ["day", "evening"]}]} | ties[0].first[1]: no shift "evening" [unknown-reference]; name one of shifts.list, or take the tie-break out
{"ties": [{"by": "special-need", "needs": ["none"]}]} | ties[0].needs[0]: who has no need has none [contradiction]; take it out
{"ties": [{"by": "age"}]} | ties[0].by: "age" is not one of its words [wrong-value]; write one of `special-need`, `shift`, `no-driving-day`, `waiting`, `first-vehicle`
{"ties": {"by": "waiting"}} | ties: {"by":"waiting"} is not a list [wrong-value]; write a list in square brackets
{"earlier": [{"until": "2020-01-01", "queued": "old", "rules": {"tiers": ["anyone"], "points": []}}, {"until": "2021-01-01", "queued": "better", "rules": {"tiers": ["anyone"], "points": [], "ties": [{"by": "waiting"}], "waiting": "portable"}}]} |
{"earlier": [{"until": "2020-01-01", "queued": "old", "rules": {"tiers": ["anyone"], "points": []}}, {"until": "2020-01-01", "queued": "new", "rules": {"tiers": ["anyone"], "points": []}}]} | earlier[1].until: the days until which versions were in force do not ascend [contradiction]; list the versions by their days, each day once
{"earlier": [{"until": "2020-01-01", "queued": "old", "rules": {"tiers": [], "points": [{"for": "waiting", "steps": []}], "ties": [{"by": "waiting"}, {"by": "waiting"}]}}]} | earlier[0].rules.tiers: no tier [empty]; write at least one, such as "anyone" | earlier[0].rules.points[0].steps: no step [empty]; write at least one | earlier[0].rules.ties[1]: "waiting" breaks ties already, in place 0 [contradiction]; keep the first
{"earlier": [{"until": "2020-13-01", "queued": "mine", "rules": {"tiers": ["anyone"], "earlier": []}}]} | earlier[0].until: "2020-13-01" is not a date [wrong-value]; write it like 2026-03-02 | earlier[0].queued: "mine" is not one of its words [wrong-value]; write one of `old`, `new`, `better` | earlier[0].rules.points: it is missing [missing]; add it | earlier[0].rules.earlier: "earlier" is no field [unknown]; leave it out; the fields are tiers, points, ties, promotions, waiting
"#;

#[test]
fn flaws_of_a_standing_are_all_told_with_their_paths() {
    let mut read = 0;
    for row in FLAWS.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.split(" |").map(str::trim).filter(|cell| !cell.is_empty());
        let fields =
            serde_json::from_str(cells.next().expect("fields")).unwrap_or_else(|error| panic!("{row}: {error}"));
        assert_eq!(flaws(&fields), cells.collect::<Vec<_>>(), "{fields}");
        read += 1;
    }
    assert_eq!(read, 56);
}

#[test]
fn each_version_has_a_tier_for_everybody_or_a_rule_that_refuses() {
    let mut document = document(json!({
        "tiers": ["anyone"], "points": [],
        "earlier": [{ "until": "2020-01-01", "queued": "old", "rules": { "tiers": ["family"], "points": [] } }]
    }));
    assert!(Policy::from_json(&document.to_string()).is_ok(), "the preset refuses those without a tier");
    let rules = document["eligibility"].as_array_mut().expect("rules");
    rules.retain(|rule| rule["rule"] != "documents-in-a-tier");
    let found = Policy::from_json(&document.to_string()).expect_err("a flaw");
    let told: Vec<&str> = found.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(told, ["standing.earlier[0].rules.tiers"]);
}

#[test]
fn points_by_stretch_of_any_version_need_places_with_an_order() {
    let same = json!([{ "for": "same-community", "points": 1 }]);
    let mut document = document(json!({
        "tiers": ["anyone"], "points": same,
        "earlier": [{ "until": "2020-01-01", "queued": "old", "rules": { "tiers": ["anyone"], "points": same } }]
    }));
    let mut told = |round: Value| -> Vec<String> {
        document["round"] = round;
        let found = Policy::from_json(&document.to_string());
        found.map_or_else(|flaws| flaws.iter().map(ToString::to_string).collect(), |_| Vec::new())
    };
    assert!(told(json!({ "mechanism": "top-trading-cycles" })).is_empty());
    let found = told(json!({ "mechanism": "optimal" }));
    let problem = "points for the same community differ from stretch to stretch, but round.mechanism is \"optimal\"";
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with(&format!("standing.earlier[0].rules.points[0]: {problem}")), "{found:?}");
    assert!(found[1].starts_with(&format!("standing.points[0]: {problem}")), "{found:?}");
    let found = told(json!({ "mechanism": "top-trading-cycles", "offer_hours": 72 }));
    assert!(found.len() == 1 && found[0].contains("leave the points for the same community out"), "{found:?}");
}

#[test]
fn rules_made_in_code_are_checked_like_a_document() {
    let mut policy: Policy =
        serde_json::from_value(document(json!({ "tiers": ["anyone"], "points": [] }))).expect("a policy");
    let until = "2020-01-01".parse().expect("a day");
    let version = StandingVersion { tiers: vec![Tier::Anyone, Tier::Family], ..StandingVersion::default() };
    policy.standing.earlier =
        vec![EarlierStanding { until, queued: shared_parking::policy::Queued::New, rules: version }];
    policy.standing.promotions = vec![Promotion { shared_hours: 1, tiers: 1 }];
    let found = policy.check().expect_err("two flaws");
    assert_eq!(
        found.iter().map(|flaw| flaw.place.as_str()).collect::<Vec<_>>(),
        ["standing.earlier[0].rules.tiers[1]", "standing.promotions[0].tiers"]
    );
    assert_eq!(Policy::from_json(&serde_json::to_string(&policy).expect("a document")), Err(found));
}

#[test]
fn shifts_and_communities_must_be_known() {
    let standing = json!({
        "tiers": ["anyone"], "points": [{ "for": "in-communities", "communities": ["nowhere"], "points": 1 }],
        "ties": [{ "by": "shift", "first": ["day"] }]
    });
    let mut document = document(standing.clone());
    let policy = Policy::from_json(&document.to_string()).expect("a policy");
    let sample = shared_parking::sample::small_district(1).expect("a district");
    let found = policy.check_ground(sample.inventory()).expect_err("a flaw");
    let told: Vec<&str> = found.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(told, ["standing.points[0].communities[0]"]);
    // Without shifts nobody asks for one; and in an earlier version it is the same.
    document.as_object_mut().expect("an object").remove("shifts");
    document["standing"]["earlier"] = json!([{ "until": "2020-01-01", "queued": "old", "rules": standing }]);
    let found = Policy::from_json(&document.to_string()).expect_err("two flaws");
    let told: Vec<&str> = found.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(told, ["standing.earlier[0].rules.ties[0].first[0]", "standing.ties[0].first[0]"]);
}

/// What the reader admits the schema admits.
#[cfg(feature = "schema")]
#[test]
fn the_schema_admits_every_sound_row() {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("policy.json", shared_parking::policy::schema()).expect("a resource");
    let schema = compiler.compile("policy.json", &mut schemas).expect("a schema");
    let (mut sound, mut refused) = (0, 0);
    for row in FLAWS.lines().filter(|row| !row.is_empty()) {
        let (fields, told) = row.split_once(" |").expect("fields | flaws");
        let mut standing = json!({ "tiers": ["three-in-one", "two-in-one", "anyone"], "points": [] });
        let fields: Value = serde_json::from_str(fields).expect("fields");
        fields.as_object().expect("fields").iter().for_each(|(field, value)| standing[field] = value.clone());
        let found = schemas.validate(&document(standing), schema).map_err(|error| error.to_string());
        if told.trim().is_empty() {
            assert_eq!(found, Ok(()), "{row}");
            sound += 1;
        } else {
            refused += u32::from(found.is_err());
        }
    }
    assert!(sound > 10 && refused > 10, "{sound} {refused}");
}
