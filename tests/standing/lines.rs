//! A score sheet in words: each line names the rule and the fact.

use super::people::{instant, person, rules, season, zone};
use serde_json::json;
use shared_parking::policy::{PairFacts, ScoreFacts, StandingRules, Worth};
use shared_parking::{Application, Centimetres};

fn everything() -> StandingRules {
    let points = json!([
        { "for": "waiting", "steps": [{ "months": 0, "points": 50 }, { "months": 12, "points": 200 }] },
        { "for": "waiting", "steps": [{ "days": 3, "points": 1 }] },
        { "for": "special-need", "points": 3 },
        { "for": "shared-hours", "steps": [{ "hours": 400, "points": 5 }] },
        { "for": "in-communities", "communities": ["east"], "points": 2 },
        { "for": "distance", "steps": [{ "within_m": 30, "points": 400 }], "beyond": 5 },
        { "for": "same-community", "points": 100 }
    ]);
    let ties = json!([
        { "by": "special-need" }, { "by": "shift", "first": ["all-day"] }, { "by": "no-driving-day" }, { "by": "waiting" },
        { "by": "first-vehicle" }
    ]);
    let five = json!({ "of": ["title", "register", "licence", "driving-licence", "insurance"], "at_least": 5, "others": "shown" });
    rules(json!({
        "tiers": [{ "agreement": five }, "three-in-one", "two-in-one", "anyone"], "points": points, "ties": ties,
        "decimals": 1, "promotions": [{ "shared_hours": 600, "tiers": 1 }],
        "earlier": [{ "until": "2020-01-01", "queued": "old", "rules": {
            "tiers": ["two-in-one"], "points": [{ "for": "waiting", "steps": [{ "days": 1, "points": 1 }] }]
        } }]
    }))
}

/// The lines of a sheet without its last, the ticket.
fn told(rules: &StandingRules, own: &Application, home: Option<&str>, pair: Option<PairFacts>) -> Vec<String> {
    let (season, zone) = (season(), zone());
    let home = home.map(|home| home.parse().expect("an id"));
    let facts = ScoreFacts::new(&season, 1, instant("2026-03-01T00:00:00Z"), &zone);
    let facts = ScoreFacts { community: home.as_ref(), earlier_claims: 2, ..facts };
    let sheet = rules.score(own, &facts);
    let mut lines = rules.lines(own, &sheet, &facts, pair);
    let ticket = lines.pop().expect("a line");
    assert_eq!((ticket.what, ticket.worth), ("ticket", Worth::Ticket(sheet.ticket)));
    assert_eq!(ticket.to_string(), format!("ticket {}", sheet.ticket));
    lines.iter().map(ToString::to_string).collect()
}

#[test]
fn every_rule_has_its_line_with_the_fact() {
    let own = person(
        "r",
        "2024-12-31T20:00:00Z",
        json!({
            "special_need": "wounded-veteran", "sharing": { "hours": 650, "days": 120 }, "no_driving_day": true, "shift": "all-day",
            "documents": { "title": "other", "register": "applicant", "licence": "applicant" }
        }),
    );
    let pair = PairFacts { straight: Centimetres::new(3_001), same_community: true };
    assert_eq!(
        told(&everything(), &own, Some("east"), Some(pair)),
        [
            "tier 2 of 4: two-in-one, 1 up for 650 hours shared",
            "waiting 14 months: 20.0",
            "waiting 424 days: 0.1",
            "special need wounded veteran: 0.3",
            "650 hours shared on 120 days: 0.5",
            "community east: 0.2",
            "straight line 30.01 m: 0.5",
            "stretch of the door's community: 10.0",
            "31.6 points in all",
            "tie-break by special need: wounded veteran",
            "tie-break by shift: all-day",
            "tie-break by a day without driving: yes",
            "tie-break by waiting: since 2024-12-31T20:00:00Z",
            "tie-break by earlier claims of the household: 2",
        ]
    );
    let plain = person("r", "2026-02-28T00:00:00Z", json!({}));
    assert_eq!(
        told(&everything(), &plain, None, None),
        [
            "tier 2 of 4: three-in-one",
            "waiting 0 months: 5.0",
            "waiting 1 day: 0.0",
            "special need none: 0.0",
            "0 hours shared on 0 days: 0.0",
            "no community: 0.0",
            "distance: counts at each stretch by itself",
            "same-community: counts at each stretch by itself",
            "5.0 points in all",
            "tie-break by special need: none that counts",
            "tie-break by shift: none",
            "tie-break by a day without driving: no",
            "tie-break by waiting: since 2026-02-28T00:00:00Z",
            "tie-break by earlier claims of the household: 2",
        ]
    );
}

#[test]
fn an_earlier_version_and_a_missing_tier_are_told() {
    let documents = json!({ "title": "other", "register": "applicant", "licence": "absent" });
    let own = person("r", "2019-06-01T00:00:00Z", json!({ "documents": documents }));
    let expected = [
        "by the rules in force until 2020-01-01",
        "tier 2: the documents fall into none of the 1",
        "waiting 2465 days: 0.1",
        "0.1 points in all",
    ];
    assert_eq!(told(&everything(), &own, None, None), expected);
}

#[test]
fn without_decimals_points_are_whole() {
    let rules = rules(json!({ "tiers": ["anyone"], "points": [{ "for": "special-need", "points": 1 }] }));
    let own = person("r", "2026-02-28T00:00:00Z", json!({ "special_need": "disability" }));
    assert_eq!(told(&rules, &own, None, None), ["tier 1 of 1: anyone", "special need disability: 1", "1 point in all"]);
}
