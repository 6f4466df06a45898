//! Rules that change while people wait.

use super::people::{document, person, rules, score};
use proptest::prelude::*;
use serde_json::{Value, json};
use shared_parking::policy::{PairFacts, StandingRules};
use shared_parking::{Centimetres, District, Policy, sample};

/// Rules that give a flat number of points, so that the version that counted can be read off the sheet.
fn version(points: u32) -> Value {
    json!({ "tiers": ["anyone"], "points": [{ "for": "waiting", "steps": [{ "days": 0, "points": points }] }] })
}

/// Versions until these days, with what they mean for those queued: the first gives `points[0]`, the present the last.
fn changing(changes: &[(&str, &str)], points: &[u32]) -> StandingRules {
    let mut standing = version(points[changes.len()]);
    let earlier = changes
        .iter()
        .zip(points)
        .map(|(&(until, queued), &points)| json!({ "until": until, "queued": queued, "rules": version(points) }));
    standing["earlier"] = earlier.collect();
    rules(standing)
}

#[test]
fn who_queued_is_scored_as_the_change_says() {
    // queued | old and new points | applied | held (clock of Seoul) | points, until when the rules were in force
    let table = "
        old    | 7 3 | 2023-06-01T12:00 | 2023-12-31T23:59 | 7 2024-01-01
        new    | 7 3 | 2023-06-01T12:00 | 2023-12-31T23:59 | 7 2024-01-01
        better | 3 7 | 2023-06-01T12:00 | 2023-12-31T23:59 | 3 2024-01-01
        old    | 7 3 | 2023-06-01T12:00 | 2024-01-01T00:00 | 7 2024-01-01
        new    | 7 3 | 2023-06-01T12:00 | 2024-01-01T00:00 | 3 -
        better | 7 3 | 2023-06-01T12:00 | 2024-01-01T00:00 | 7 2024-01-01
        better | 3 7 | 2023-06-01T12:00 | 2024-01-01T00:00 | 7 -
        better | 5 5 | 2023-06-01T12:00 | 2024-01-01T00:00 | 5 -
        old    | 7 3 | 2023-12-31T23:59 | 2029-01-01T00:00 | 7 2024-01-01
        old    | 7 3 | 2024-01-01T00:00 | 2029-01-01T00:00 | 3 -
        better | 7 3 | 2024-01-01T00:00 | 2029-01-01T00:00 | 3 -
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [queued, points, applied, held, expected] = cells[..] else { panic!("five cells: {row}") };
        let points: Vec<u32> = points.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let rules = changing(&[("2024-01-01", queued)], &points);
        let own = person("r", &format!("{applied}:00+09:00"), json!({}));
        let sheet = score(&rules, &own, &format!("{held}:00+09:00"));
        let until = sheet.rules_until.map_or_else(|| "-".to_owned(), |until| until.to_string());
        assert_eq!(format!("{} {until}", sheet.points[0]), expected, "{row}");
        let text = serde_json::to_string(&sheet).unwrap();
        assert_eq!(text.contains("rules_until"), until != "-", "an old sheet keeps its bytes: {text}");
    }
}

/// Each change in its turn, day by day: which versions an application is scored by in the end.
fn naive(changes: &[(u32, usize)], applied: u32, held: u32) -> Vec<usize> {
    let mut own: Option<Vec<usize>> = None;
    for day in 0..=held {
        // Rules change in the morning of their day.
        for (version, _) in changes.iter().enumerate().filter(|(_, change)| change.0 == day) {
            if let Some(own) = &mut own {
                match changes[version].1 {
                    0 => {}
                    1 => *own = vec![version + 1],
                    _ => own.push(version + 1),
                }
            }
        }
        if day == applied {
            own = Some(vec![changes.iter().filter(|change| change.0 <= day).count()]);
        }
    }
    own.expect("applied by then")
}

proptest! {
    #[test]
    fn several_changes_are_taken_one_after_the_other(
        days in proptest::collection::btree_set(0..28_u32, 1..4),
        queued in any::<[u8; 4]>(), points in any::<[u8; 4]>(), applied in 0..28_u32, waited in 0..28_u32,
    ) {
        let held = (applied + waited).min(27);
        let changes: Vec<(u32, usize)> =
            days.iter().zip(queued).map(|(&day, queued)| (day, usize::from(queued % 3))).collect();
        let points: Vec<u32> = points.iter().map(|&points| u32::from(points % 4)).collect();
        let texts: Vec<(String, &str)> = changes
            .iter()
            .map(|&(day, queued)| (format!("2026-02-{:02}", day + 1), ["old", "new", "better"][queued]))
            .collect();
        let borrowed: Vec<(&str, &str)> = texts.iter().map(|(day, queued)| (day.as_str(), *queued)).collect();
        let rules = changing(&borrowed, &points);
        let own = person("r", &format!("2026-02-{:02}T08:00:00+09:00", applied + 1), json!({}));
        let sheet = score(&rules, &own, &format!("2026-02-{:02}T09:00:00+09:00", held + 1));
        let due = naive(&changes, applied, held);
        let most = due.iter().map(|&version| points[version]).max().unwrap();
        let newest = due.into_iter().filter(|&version| points[version] == most).max().unwrap();
        prop_assert_eq!(&sheet.points, &[most]);
        let until = texts.get(newest).map(|(day, _)| day.parse().unwrap());
        prop_assert_eq!(sheet.rules_until, until);
    }
}

#[test]
fn tiers_points_and_ties_of_a_version_stay_together() {
    let distance =
        |points: u32| json!({ "for": "distance", "steps": [{ "within_m": 30, "points": points }], "beyond": 0 });
    let rules = rules(json!({
        "tiers": ["anyone"], "points": [distance(9)], "ties": [{ "by": "no-driving-day" }],
        "earlier": [{ "until": "2024-01-01", "queued": "old", "rules": {
            "tiers": ["three-in-one", "two-in-one", "anyone"], "points": [{ "for": "special-need", "points": 4 }, distance(2)],
            "promotions": [{ "shared_hours": 10, "tiers": 1 }], "waiting": "portable",
            "ties": [{ "by": "waiting" }, { "by": "special-need" }]
        } }]
    }));
    let facts = json!({
        "documents": { "title": "other", "register": "applicant", "licence": "applicant" }, "special_need": "disability",
        "sharing": { "hours": 10, "days": 1 }, "waiting_since": "1970-01-01T00:00:07Z"
    });
    let pair = PairFacts { straight: Centimetres::metres(30), same_community: false };
    let old = score(&rules, &person("r", "2023-06-01T00:00:00Z", facts.clone()), "2026-01-01T00:00:00Z");
    assert_eq!((old.tier, old.promoted, old.points.as_slice(), old.ties.as_slice()), (1, 1, &[4, 0][..], &[7, 0][..]));
    assert_eq!(rules.pair_points(&old, pair), 2);
    let new = score(&rules, &person("r", "2024-06-01T00:00:00Z", facts), "2026-01-01T00:00:00Z");
    assert_eq!((new.tier, new.promoted, new.points.as_slice(), new.ties.as_slice()), (1, 0, &[0][..], &[1][..]));
    assert_eq!(rules.pair_points(&new, pair), 9);
    assert_eq!(old.ticket, new.ticket, "whatever the version");
}

/// The rule `documents-in-a-tier` asks for a tier of the version that counts.
#[test]
fn documents_are_judged_by_the_tiers_that_count() {
    let sample = sample::small_district(1).expect("a district");
    let door = sample.inventory().doors()[0].id.clone();
    let (strict, wide) =
        (json!({ "tiers": ["three-in-one"], "points": [] }), json!({ "tiers": ["family"], "points": [] }));
    // old tiers, new tiers, queued | applied before and after the change: eligible?
    for (old, new, queued, before, after) in [
        (&strict, &wide, "old", false, true),
        (&strict, &wide, "new", true, true),
        (&strict, &wide, "better", true, true),
        (&wide, &strict, "old", true, false),
        (&wide, &strict, "new", false, false),
        (&wide, &strict, "better", true, false),
    ] {
        let mut standing = new.clone();
        standing["earlier"] = json!([{ "until": "2026-01-01", "queued": queued, "rules": old }]);
        let policy = Policy::from_json(&document(standing).to_string()).expect("a policy");
        let district = District::new(sample.inventory().clone(), policy).expect("a district");
        let eligible = |applied: &str, at: &str| {
            let documents = json!({ "title": "parent", "register": "applicant", "licence": "applicant" });
            let mut own = person("r", applied, json!({ "documents": documents }));
            own.resident.door = door.clone();
            district.judge(&own, at.parse().expect("an instant")).is_empty()
        };
        let (early, late, held) = ("2025-12-31T15:59:59Z", "2025-12-31T16:00:00Z", "2026-03-01T00:00:00Z");
        assert_eq!((eligible(early, held), eligible(late, held)), (before, after), "{old} {new} {queued}");
        assert_eq!(eligible(early, early), *old == wide, "before the change the old ones, whatever comes");
    }
}

/// A version without a tier for the documents never scores somebody whom another version that counts admits: standing
/// nowhere among few tiers is no better than standing in the last of many.
#[test]
fn a_version_without_a_tier_for_the_documents_puts_nobody_ahead() {
    let rules = rules(json!({
        "tiers": ["three-in-one", "two-in-one", "family"], "points": [],
        "earlier": [{ "until": "2024-01-01", "queued": "better", "rules": { "tiers": ["three-in-one"], "points": [] } }]
    }));
    let score = |documents: Value, applied: &str| {
        score(&rules, &person("r", applied, json!({ "documents": documents })), "2026-01-01T00:00:00Z")
    };
    let kin = || json!({ "title": "parent", "register": "parent", "licence": "parent" });
    let (early, late) = (score(kin(), "2023-06-01T00:00:00Z"), score(kin(), "2024-06-01T00:00:00Z"));
    assert_eq!((early.tier, early.rules_until), (3, None), "as who applied later");
    assert_eq!(early.tier, late.tier);
    // Whom no version admits is scored by the better one all the same.
    let nowhere = score(json!({ "title": "other", "register": "other", "licence": "other" }), "2023-06-01T00:00:00Z");
    assert_eq!(nowhere.tier, 2);
}
