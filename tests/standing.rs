//! Who goes first: tiers by documents, points by waiting and need, tickets that anyone can recompute.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use shared_parking::policy::{DistanceStep, PointsRule, StandingRules, Tier, WaitingStep};
use shared_parking::{Application, Centimetres, ResidentId, Season, Ticket, Timestamp};

/// title register licence | tier under three-in-one, two-in-one, family (4: none of them)
const TIERS: &str = "
applicant applicant applicant | 1
applicant applicant spouse    | 2
applicant applicant other     | 2
applicant applicant absent    | 4
applicant spouse    spouse    | 3
parent    spouse    child     | 3
applicant spouse    other     | 4
applicant spouse    absent    | 4
other     other     other     | 4
";

fn application(resident: &str, documents: &[&str], need: &str) -> Application {
    serde_json::from_value(serde_json::json!({
        "id": format!("a-{resident}"), "applied_at": "2025-03-01T00:00:00Z",
        "resident": {
            "id": resident, "household": "h", "door": "d", "registered": true,
            "documents": { "title": documents[0], "register": documents[1], "licence": documents[2] },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": need
        },
        "vehicle": {
            "id": "v", "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2026-12-31", "inspected_until": "2026-12-31"
        }
    }))
    .expect("an application")
}

fn season() -> Season {
    Season::new("2026").expect("a season")
}

#[test]
fn documents_decide_the_tier() {
    let rules = StandingRules { tiers: vec![Tier::ThreeInOne, Tier::TwoInOne, Tier::Family], points: vec![] };
    let at = "2026-03-01T00:00:00Z".parse().expect("an instant");
    for case in TIERS.lines().filter(|line| !line.trim().is_empty()) {
        let (documents, tier) = case.split_once('|').expect("documents | tier");
        let documents: Vec<&str> = documents.split_whitespace().collect();
        let sheet = rules.score(&application("r", &documents, "none"), &season(), 1, at);
        assert_eq!(sheet.tier.to_string(), tier.trim(), "{case}");
    }
}

#[test]
fn waiting_and_need_give_points() {
    // Dongjak's steps: less than half a year 5, then 10, 20, 30, and 40 from three years on.
    let steps = [(0, 5), (182, 10), (365, 20), (730, 30), (1_095, 40)];
    let steps = steps.map(|(days, points)| WaitingStep { days, points }).to_vec();
    let points = vec![PointsRule::Waiting { steps }, PointsRule::SpecialNeed { points: 7 }];
    let rules = StandingRules { tiers: vec![Tier::Anyone], points };
    let applied: Timestamp = "2025-03-01T00:00:00Z".parse().expect("an instant");
    for (days, seconds, waiting) in
        [(0, 0, 5), (181, 86_399, 5), (182, 0, 10), (364, 86_399, 10), (365, 0, 20), (1_094, 0, 30), (9_999, 0, 40)]
    {
        let at = applied.plus_seconds(days * 86_400 + seconds);
        for (need, extra) in [("none", 0), ("disability", 7), ("wounded-veteran", 7)] {
            let sheet = rules.score(&application("r", &["other"; 3], need), &season(), 1, at);
            assert_eq!(sheet.points, [waiting, extra], "{days} days and {seconds} s, {need}");
        }
    }
    let before = rules.score(&application("r", &["other"; 3], "none"), &season(), 1, applied.plus_seconds(-1));
    assert_eq!(before.points, [0, 0], "nobody waits before applying");
}

/// Dongjak's points by the straight line between door and stretch: up to 30 m 40, 60 m 30, 90 m 20, 120 m 10, beyond 5.
fn by_distance() -> PointsRule {
    let steps = [(30, 40), (60, 30), (90, 20), (120, 10)];
    let steps = steps.map(|(within_m, points)| DistanceStep { within_m, points }).to_vec();
    PointsRule::Distance { steps, beyond: 5 }
}

#[test]
fn the_straight_line_gives_points_to_the_pair() {
    let rules =
        StandingRules { tiers: vec![Tier::Anyone], points: vec![PointsRule::SpecialNeed { points: 7 }, by_distance()] };
    assert!(rules.has_pair_points());
    // centimetres, points
    let table = "
        0     40
        2999  40
        3000  40
        3001  30
        6000  30
        6001  20
        9000  20
        9001  10
        12000 10
        12001 5
        4294967295 5
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let numbers: Vec<u32> = row.split_whitespace().map(|cell| cell.parse().expect("a number")).collect();
        assert_eq!(rules.pair_points(Centimetres::new(numbers[0])), numbers[1], "{row}");
    }
    // A step farther than a length can be is within reach of every length.
    let far = PointsRule::Distance { steps: vec![DistanceStep { within_m: u32::MAX, points: 9 }], beyond: 5 };
    let far = StandingRules { tiers: vec![Tier::Anyone], points: vec![far] };
    assert_eq!(far.pair_points(Centimetres::new(u32::MAX)), 9);
}

#[test]
fn points_of_the_pair_are_not_the_applicants() {
    let need = PointsRule::SpecialNeed { points: 7 };
    let rules = StandingRules { tiers: vec![Tier::Anyone], points: vec![by_distance(), need.clone()] };
    let at = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let sheet = rules.score(&application("r", &["other"; 3], "disability"), &season(), 1, at);
    assert_eq!((sheet.points.as_slice(), sheet.total_points()), (&[0, 7][..], 7));
    let without = StandingRules { tiers: vec![Tier::Anyone], points: vec![need] };
    assert!(!without.has_pair_points());
    assert_eq!(without.pair_points(Centimetres::new(0)), 0);
}

#[test]
fn tickets_belong_to_person_and_season() {
    let rules = StandingRules { tiers: vec![Tier::Anyone], points: vec![] };
    let at = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let first = application("r-1", &["applicant"; 3], "none");
    let again = Application { id: "a-again".parse().expect("an id"), applied_at: at, ..first.clone() };
    let draw = |application: &Application, seed| rules.score(application, &season(), seed, at).ticket;
    assert_eq!(draw(&first, 7), draw(&again, 7), "applying again does not draw again");
    assert_ne!(draw(&first, 7), draw(&first, 8), "another seed is another draw");
    let resident = ResidentId::new("r-1").expect("an id");
    assert_eq!(draw(&first, 7), Ticket::draw(7, &season(), &resident), "anyone can recompute it");
    assert_ne!(
        Ticket::draw(7, &season(), &resident),
        Ticket::draw(7, &Season::new("2027").expect("a season"), &resident)
    );
}

#[test]
fn more_points_go_first_within_a_tier_and_tickets_break_ties() {
    let sheet = |tier, points: &[u32], ticket: u64| {
        let ticket = serde_json::from_value(format!("{ticket:016x}").into()).expect("a ticket");
        shared_parking::policy::ScoreSheet { tier, points: points.to_vec(), ticket }
    };
    let queue =
        [sheet(1, &[30, 5], 9), sheet(1, &[20, 5], 1), sheet(1, &[5, 20], 2), sheet(2, &[99], 0), sheet(2, &[], 0)];
    let resident = ResidentId::new("r").expect("an id");
    assert!(queue.windows(2).all(|pair| pair[0].key(&resident) < pair[1].key(&resident)));
}

#[test]
fn a_ticket_is_written_as_sixteen_digits_and_read_back_strictly() {
    for resident in (0..200).map(|number| ResidentId::new(&format!("r-{number}")).expect("an id")) {
        let ticket = Ticket::draw(7, &season(), &resident);
        let text = serde_json::to_value(ticket).expect("a text");
        assert_eq!(text, ticket.to_string());
        assert_eq!(serde_json::from_value::<Ticket>(text).expect("a ticket"), ticket);
    }
    for wrong in ["5d32316f310506d", "5d32316f310506ddd", "+d32316f310506dd", "5D32316F310506DD", "", "ééééééé0"]
    {
        let error = serde_json::from_value::<Ticket>(wrong.into()).expect_err(wrong).to_string();
        assert!(error.contains("16 hexadecimal digits"), "{error}");
    }
    assert!(serde_json::from_str::<Ticket>("6715403290921305821").is_err(), "a number may have lost its end");
}
