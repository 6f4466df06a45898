//! Ties between people with as many points, broken one after the other.

use super::people::{instant, person, rules, season, zone};
use serde_json::{Value, json};
use shared_parking::policy::{PairFacts, ScoreFacts, ScoreSheet};
use shared_parking::{Centimetres, ResidentId, Ticket};

const HELD: &str = "2026-03-01T00:00:00Z";

fn ties(of: Value) -> shared_parking::policy::StandingRules {
    rules(json!({ "tiers": ["anyone"], "points": [], "ties": of }))
}

#[test]
fn each_rule_makes_a_number_the_smaller_of_which_goes_first() {
    let applied = instant("2025-03-01T00:00:00Z").as_unix();
    let special = json!({ "by": "special-need" });
    let veteran = json!({ "by": "special-need", "needs": ["wounded-veteran"] });
    let shift = json!({ "by": "shift", "first": ["all-day", "day"] });
    // rule, facts, number
    for (rule, facts, expected) in [
        (&special, json!({}), 1),
        (&special, json!({ "special_need": "disability" }), 0),
        (&special, json!({ "special_need": "wounded-veteran" }), 0),
        (&veteran, json!({ "special_need": "disability" }), 1),
        (&veteran, json!({ "special_need": "wounded-veteran" }), 0),
        (&shift, json!({ "shift": "all-day" }), 0),
        (&shift, json!({ "shift": "day" }), 1),
        (&shift, json!({ "shift": "night" }), 2),
        (&shift, json!({}), 1), // who names none asks for the policy's first: day, here
        (&json!({ "by": "no-driving-day" }), json!({}), 1),
        (&json!({ "by": "no-driving-day" }), json!({ "no_driving_day": true }), 0),
        (&json!({ "by": "waiting" }), json!({}), applied),
        (&json!({ "by": "first-vehicle" }), json!({}), 3),
    ] {
        let (season, zone, day) = (season(), zone(), "day".parse().expect("an id"));
        let facts_of = ScoreFacts::new(&season, 1, instant(HELD), &zone);
        let facts_of = ScoreFacts { earlier_claims: 3, first_shift: Some(&day), ..facts_of };
        let sheet = ties(json!([rule])).score(&person("r", "2025-03-01T00:00:00Z", facts.clone()), &facts_of);
        assert_eq!(sheet.ties, [expected], "{rule} {facts}");
    }
    let sheet = ties(json!([shift]))
        .score(&person("r", HELD, json!({})), &ScoreFacts::new(&season(), 1, instant(HELD), &zone()));
    assert_eq!(sheet.ties, [2], "where there are no shifts nobody asks for one");
}

#[test]
fn more_points_go_first_within_a_tier_then_ties_then_tickets() {
    let sheet = |tier, points: &[u32], ties: &[i64], ticket: u64| {
        let ticket = serde_json::from_value(format!("{ticket:016x}").into()).expect("a ticket");
        ScoreSheet { ties: ties.to_vec(), ..ScoreSheet::new(tier, points.to_vec(), ticket) }
    };
    let queue = [
        sheet(1, &[30, 5], &[9, 9], 9),
        sheet(1, &[20, 5], &[0, 1], 1),
        sheet(1, &[5, 20], &[0, 1], 2),
        sheet(1, &[25], &[0, 2], 0),
        sheet(1, &[25], &[1, -9], 0),
        sheet(2, &[99], &[0, 0], 0),
        sheet(2, &[], &[], 0),
    ];
    let resident = ResidentId::new("r").expect("an id");
    assert!(queue.windows(2).all(|pair| pair[0].key(&resident) < pair[1].key(&resident)));
}

/// A second definition of which claim to a stretch is the better one, part by part.
#[test]
fn points_of_the_pair_count_before_ties_and_the_ticket_there_after_them() {
    let ticket = |text: &str| -> Ticket { serde_json::from_value(text.into()).expect("a ticket") };
    let (low, high) = (ticket("0000000000000001"), ticket("0000000000000002"));
    let (ann, bob): (ResidentId, ResidentId) = ("ann".parse().unwrap(), "bob".parse().unwrap());
    let with = |tie, ticket| ScoreSheet { ties: vec![tie], ..ScoreSheet::new(1, vec![5], ticket) };
    let (first, second) = (with(0, low), with(1, high));
    assert!(first.key(&ann) < second.key(&bob));
    assert!(first.key_at(4, low, &ann) < second.key_at(4, low, &bob), "the tie-break");
    assert!(first.key_at(4, low, &ann) > second.key_at(5, low, &bob), "the pair's points before it");
    let third = with(0, high);
    assert!(first.key_at(4, high, &ann) > third.key_at(4, low, &bob), "the ticket that counts there");
    assert!(first.key_at(4, low, &ann) < third.key_at(4, low, &bob), "and at last the resident");
    let rules = rules(json!({ "tiers": ["anyone"], "points": [{ "for": "same-community", "points": 3 }] }));
    let pair = PairFacts { straight: Centimetres::metres(1), same_community: true };
    assert_eq!(rules.pair_points(&first, pair), 3);
}
