//! Each rule of points by itself.

use super::people::{instant, person, rules, score, season, zone};
use serde_json::{Value, json};
use shared_parking::policy::{PairFacts, ScoreFacts, ScoreSheet, StandingRules};
use shared_parking::{Centimetres, CommunityId};

const APPLIED: &str = "2025-03-01T00:00:00Z";
const HELD: &str = "2026-03-01T00:00:00Z";

fn of(points: Value) -> StandingRules {
    rules(json!({ "tiers": ["anyone"], "points": points }))
}

#[test]
fn days_waited_and_need_give_points() {
    // Dongjak's steps in days: less than half a year 5, then 10, 20, 30, and 40 from three years on.
    let steps = [(0, 5), (182, 10), (365, 20), (730, 30), (1_095, 40)];
    let steps = steps.map(|(days, points)| json!({ "days": days, "points": points }));
    let rules = of(json!([{ "for": "waiting", "steps": steps }, { "for": "special-need", "points": 7 }]));
    let (season, zone, applied) = (season(), zone(), instant(APPLIED));
    let sheet = |need: &str, seconds: i64| {
        let facts = ScoreFacts::new(&season, 1, applied.plus_seconds(seconds), &zone);
        rules.score(&person("r", APPLIED, json!({ "special_need": need })), &facts).points
    };
    for (days, seconds, waiting) in
        [(0, 0, 5), (181, 86_399, 5), (182, 0, 10), (364, 86_399, 10), (365, 0, 20), (1_094, 0, 30), (9_999, 0, 40)]
    {
        for (need, extra) in [("none", 0), ("disability", 7), ("wounded-veteran", 7)] {
            assert_eq!(sheet(need, days * 86_400 + seconds), [waiting, extra], "{days} days and {seconds} s, {need}");
        }
    }
    assert_eq!(sheet("none", -1), [0, 0], "nobody waits before applying");
}

#[test]
fn some_needs_alone_may_count() {
    let rules = of(json!([
        { "for": "special-need", "points": 7, "needs": ["wounded-veteran"] },
        { "for": "special-need", "points": 3, "needs": ["disability", "wounded-veteran"] }
    ]));
    for (need, expected) in [("none", [0, 0]), ("disability", [0, 3]), ("wounded-veteran", [7, 3])] {
        let sheet = score(&rules, &person("r", APPLIED, json!({ "special_need": need })), HELD);
        assert_eq!(sheet.points, expected, "{need}");
    }
}

#[test]
fn some_communities_give_points() {
    let rules = of(json!([{ "for": "in-communities", "communities": ["east", "north"], "points": 4 }]));
    let (season, zone) = (season(), zone());
    let facts = ScoreFacts::new(&season, 1, instant(HELD), &zone);
    for (home, expected) in [(None, 0), (Some("north"), 4), (Some("west"), 0), (Some("east"), 4)] {
        let home = home.map(|home| home.parse::<CommunityId>().expect("an id"));
        let facts = ScoreFacts { community: home.as_ref(), ..facts };
        assert_eq!(rules.score(&person("r", APPLIED, json!({})), &facts).points, [expected], "{home:?}");
    }
}

/// Mapo, Seoul: 5 points for 400 hours.
#[test]
fn hours_shared_give_points_by_steps() {
    let rules = of(json!([{ "for": "shared-hours", "steps": [
        { "hours": 400, "points": 5 }, { "hours": 800, "points": 8 }
    ] }]));
    for (hours, days, expected) in [(0, 0, 0), (399, 366, 0), (400, 17, 5), (799, 90, 5), (800, 90, 8), (8_784, 366, 8)]
    {
        let own = person("r", APPLIED, json!({ "sharing": { "hours": hours, "days": days } }));
        assert_eq!(score(&rules, &own, HELD).points, [expected], "{hours} h on {days} days");
    }
}

/// 10 points for 100 hours, by each rounding, as recorded and for a whole year.
#[test]
fn hours_shared_give_points_in_proportion_by_the_rounding_named() {
    // hours days | as recorded: floor nearest ceiling | a year: floor nearest ceiling
    let table = "
        0    0   | 0 0 0     | 0 0 0
        1    365 | 0 0 1     | 0 0 1
        5    365 | 0 1 1     | 0 1 1
        4    365 | 0 0 1     | 0 0 1
        10   365 | 1 1 1     | 1 1 1
        10   366 | 1 1 1     | 1 1 1
        10   364 | 1 1 1     | 1 1 2
        24   1   | 2 2 3     | 50 50 50
        200  365 | 20 20 20  | 20 20 20
        999  365 | 50 50 50  | 50 50 50
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let cells: Vec<Vec<u32>> = row
            .split('|')
            .map(|cell| cell.split_whitespace().map(|number| number.parse().expect("a number")).collect())
            .collect();
        for (annualised, expected) in [(false, &cells[1]), (true, &cells[2])] {
            for (rounding, &expected) in ["floor", "nearest", "ceiling"].into_iter().zip(expected) {
                let rate = json!({
                    "per_hours": 100, "points": 10, "most": 50, "annualised": annualised, "rounding": rounding
                });
                let rules = of(json!([{ "for": "shared-hours", "rate": rate }]));
                let sharing = json!({ "hours": cells[0][0], "days": cells[0][1] });
                let sheet = score(&rules, &person("r", APPLIED, json!({ "sharing": sharing })), HELD);
                assert_eq!(sheet.points, [expected], "{row}, {rounding}, a year: {annualised}");
            }
        }
    }
}

#[test]
fn the_largest_numbers_stay_in_range() {
    let most = json!(u32::MAX);
    let rate = json!({ "per_hours": 1, "points": most, "most": most, "annualised": true, "rounding": "ceiling" });
    let rules = of(json!([{ "for": "shared-hours", "rate": rate }, { "for": "special-need", "points": most }]));
    let own = json!({ "sharing": { "hours": 24, "days": 1 }, "special_need": "disability" });
    let sheet = score(&rules, &person("r", APPLIED, own), HELD);
    assert_eq!(sheet.points, [u32::MAX, u32::MAX]);
    assert_eq!(sheet.total_points(), 2 * u64::from(u32::MAX));
    let pair = PairFacts { straight: Centimetres::new(u32::MAX), same_community: true };
    let far = of(json!([
        { "for": "distance", "steps": [{ "within_m": u32::MAX, "points": most }], "beyond": 5 },
        { "for": "same-community", "points": most }
    ]));
    assert_eq!(far.pair_points(&sheet, pair), u32::MAX, "a step farther than a length can be is within reach of all");
}

#[test]
fn points_of_the_pair_are_not_the_applicants() {
    let (distance, same, need) = (
        json!({ "for": "distance", "steps": [{ "within_m": 30, "points": 40 }], "beyond": 5 }),
        json!({ "for": "same-community", "points": 10 }),
        json!({ "for": "special-need", "points": 7 }),
    );
    let own = person("r", APPLIED, json!({ "special_need": "disability" }));
    let pair = |metres, same_community| PairFacts { straight: Centimetres::metres(metres), same_community };
    let points = |rules: &StandingRules, sheet: &ScoreSheet| {
        [(30, true), (31, true), (30, false), (31, false)]
            .map(|(metres, same)| rules.pair_points(sheet, pair(metres, same)))
    };
    for (given, own_points, of_pairs) in [
        (json!([distance, need, same]), vec![0, 7, 0], [50, 15, 40, 5]),
        (json!([same, need]), vec![0, 7], [10, 10, 0, 0]),
        (json!([need, distance]), vec![7, 0], [40, 5, 40, 5]),
        (json!([need]), vec![7], [0; 4]),
    ] {
        let rules = of(given);
        let sheet = score(&rules, &own, HELD);
        assert_eq!((&sheet.points, sheet.total_points()), (&own_points, 7));
        assert_eq!(points(&rules, &sheet), of_pairs);
        assert_eq!(rules.has_pair_points(), of_pairs != [0; 4]);
    }
}

/// Amsterdam: the time waited moves along.
#[test]
fn waiting_counts_from_where_the_policy_says() {
    let standing = |waiting: Option<&str>| {
        let mut standing = json!({
            "tiers": ["anyone"], "ties": [{ "by": "waiting" }],
            "points": [{ "for": "waiting", "steps": [{ "months": 12, "points": 1 }, { "months": 24, "points": 2 }] }]
        });
        waiting.into_iter().for_each(|waiting| standing["waiting"] = waiting.into());
        rules(standing)
    };
    let (moved, stayed) =
        (person("r", APPLIED, json!({ "waiting_since": "2024-03-01T00:00:00Z" })), person("r", APPLIED, json!({})));
    let sheet = |waiting, own| {
        let sheet = score(&standing(waiting), own, HELD);
        (sheet.points[0], sheet.ties[0])
    };
    let (late, early) = (instant(APPLIED).as_unix(), instant("2024-03-01T00:00:00Z").as_unix());
    for waiting in [None, Some("from-application")] {
        assert_eq!((sheet(waiting, &moved), sheet(waiting, &stayed)), ((1, late), (1, late)));
    }
    assert_eq!((sheet(Some("portable"), &moved), sheet(Some("portable"), &stayed)), ((2, early), (1, late)));
}
