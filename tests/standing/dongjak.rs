//! The score of Dongjak, Seoul: 40 points by distance, 40 by waiting, 10 by hours shared, 10 in the neighbourhood; then
//! disabled people and veterans, all-day applicants, participants of a weekly no-driving day, and the ticket.

use super::people::{instant, person, rules, season, zone};
use proptest::prelude::*;
use serde_json::{Value, json};
use shared_parking::policy::{PairFacts, ScoreFacts, ScoreSheet, ShownPoints, StandingRules};
use shared_parking::{Application, Centimetres};
use std::cmp::Ordering;

/// Points in tenths.
fn dongjak() -> StandingRules {
    let waiting = [(0, 50), (6, 100), (12, 200), (24, 300), (36, 400)];
    let distance = [(30, 400), (60, 300), (90, 200), (120, 100)];
    rules(json!({
        "tiers": ["anyone"],
        "decimals": 1,
        "points": [
            {
                "for": "distance", "beyond": 50,
                "steps": distance.map(|(metres, points)| json!({ "within_m": metres, "points": points }))
            },
            { "for": "waiting", "steps": waiting.map(|(months, points)| json!({ "months": months, "points": points })) },
            { "for": "shared-hours", "rate": {
                "per_hours": 1000, "points": 100, "most": 100, "annualised": true, "rounding": "nearest"
            } },
            { "for": "same-community", "points": 100 }
        ],
        "ties": [
            { "by": "special-need" }, { "by": "shift", "first": ["all-day"] }, { "by": "no-driving-day" }
        ]
    }))
}

/// metres, applied, held (clock of Seoul), hours shared on days, neighbourhood | distance waiting sharing neighbourhood
/// | total
const SCORES: &str = "
0      2026-02-28T09:00 2026-03-01T09:00 0/0      other | 40.0 5.0  0.0  0.0  | 45.0
30.00  2026-02-28T09:00 2026-03-01T09:00 0/0      other | 40.0 5.0  0.0  0.0  | 45.0
30.01  2026-02-28T09:00 2026-03-01T09:00 0/0      other | 30.0 5.0  0.0  0.0  | 35.0
60.00  2026-02-28T09:00 2026-03-01T09:00 0/0      other | 30.0 5.0  0.0  0.0  | 35.0
60.01  2026-02-28T09:00 2026-03-01T09:00 0/0      other | 20.0 5.0  0.0  0.0  | 25.0
90.00  2026-02-28T09:00 2026-03-01T09:00 0/0      other | 20.0 5.0  0.0  0.0  | 25.0
90.01  2026-02-28T09:00 2026-03-01T09:00 0/0      other | 10.0 5.0  0.0  0.0  | 15.0
120.00 2026-02-28T09:00 2026-03-01T09:00 0/0      other | 10.0 5.0  0.0  0.0  | 15.0
120.01 2026-02-28T09:00 2026-03-01T09:00 0/0      other | 5.0  5.0  0.0  0.0  | 10.0
9999   2026-03-01T09:00 2026-03-01T09:00 0/0      other | 5.0  5.0  0.0  0.0  | 10.0
200    2025-01-31T09:00 2025-07-30T09:00 0/0      other | 5.0  5.0  0.0  0.0  | 10.0
200    2025-01-31T09:00 2025-07-30T23:59 0/0      other | 5.0  5.0  0.0  0.0  | 10.0
200    2025-01-31T09:00 2025-07-31T00:00 0/0      other | 5.0  10.0 0.0  0.0  | 15.0
200    2025-08-31T09:00 2026-02-27T09:00 0/0      other | 5.0  5.0  0.0  0.0  | 10.0
200    2025-08-31T09:00 2026-02-28T09:00 0/0      other | 5.0  10.0 0.0  0.0  | 15.0
200    2025-02-01T09:00 2026-01-31T23:59 0/0      other | 5.0  10.0 0.0  0.0  | 15.0
200    2025-02-01T23:59 2026-02-01T00:00 0/0      other | 5.0  20.0 0.0  0.0  | 25.0
200    2025-02-01T09:00 2026-02-01T09:00 0/0      other | 5.0  20.0 0.0  0.0  | 25.0
200    2024-02-02T09:00 2026-02-01T09:00 0/0      other | 5.0  20.0 0.0  0.0  | 25.0
200    2024-02-01T09:00 2026-02-01T09:00 0/0      other | 5.0  30.0 0.0  0.0  | 35.0
200    2023-02-02T09:00 2026-02-01T09:00 0/0      other | 5.0  30.0 0.0  0.0  | 35.0
200    2023-02-01T09:00 2026-02-01T09:00 0/0      other | 5.0  40.0 0.0  0.0  | 45.0
200    1998-02-01T09:00 2026-02-01T09:00 0/0      other | 5.0  40.0 0.0  0.0  | 45.0
200    2024-02-29T09:00 2024-08-28T09:00 0/0      other | 5.0  5.0  0.0  0.0  | 10.0
200    2024-02-29T09:00 2024-08-29T09:00 0/0      other | 5.0  10.0 0.0  0.0  | 15.0
200    2024-02-29T09:00 2025-02-27T09:00 0/0      other | 5.0  10.0 0.0  0.0  | 15.0
200    2024-02-29T09:00 2025-02-28T09:00 0/0      other | 5.0  20.0 0.0  0.0  | 25.0
200    2024-02-29T09:00 2027-02-28T09:00 0/0      other | 5.0  40.0 0.0  0.0  | 45.0
200    2023-02-28T09:00 2024-02-28T09:00 0/0      other | 5.0  20.0 0.0  0.0  | 25.0
200    2026-03-01T09:00 2026-03-01T09:00 1000/365 other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 1000/366 other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 999/365  other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 995/365  other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 994/365  other | 5.0  5.0  9.9  0.0  | 19.9
200    2026-03-01T09:00 2026-03-01T09:00 985/365  other | 5.0  5.0  9.9  0.0  | 19.9
200    2026-03-01T09:00 2026-03-01T09:00 984/365  other | 5.0  5.0  9.8  0.0  | 19.8
200    2026-03-01T09:00 2026-03-01T09:00 5/365    other | 5.0  5.0  0.1  0.0  | 10.1
200    2026-03-01T09:00 2026-03-01T09:00 4/365    other | 5.0  5.0  0.0  0.0  | 10.0
200    2026-03-01T09:00 2026-03-01T09:00 1500/365 other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 8784/366 other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 500/182  other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 500/183  other | 5.0  5.0  10.0 0.0  | 20.0
200    2026-03-01T09:00 2026-03-01T09:00 500/184  other | 5.0  5.0  9.9  0.0  | 19.9
200    2026-03-01T09:00 2026-03-01T09:00 500/364  other | 5.0  5.0  5.0  0.0  | 15.0
200    2026-03-01T09:00 2026-03-01T09:00 500/365  other | 5.0  5.0  5.0  0.0  | 15.0
200    2026-03-01T09:00 2026-03-01T09:00 250/182  other | 5.0  5.0  5.0  0.0  | 15.0
200    2026-03-01T09:00 2026-03-01T09:00 0/0      same  | 5.0  5.0  0.0  10.0 | 20.0
30     2023-03-01T09:00 2026-03-01T09:00 1000/365 same  | 40.0 40.0 10.0 10.0 | 100.0
60     2025-03-01T09:00 2026-03-01T09:00 250/182  same  | 30.0 20.0 5.0  10.0 | 65.0
";

/// The whole score of a row: its four parts as the lines of the sheet show them, and their total.
fn scored(rules: &StandingRules, own: &Application, at: &str, pair: PairFacts) -> (Vec<String>, String) {
    let (season, zone) = (season(), zone());
    let facts = ScoreFacts::new(&season, 1, instant(at), &zone);
    let sheet = rules.score(own, &facts);
    let lines = rules.lines(own, &sheet, &facts, Some(pair));
    let shown = |what: &str| {
        let line = lines.iter().find(|line| line.what == what).expect(what).to_string();
        line.rsplit(' ').next().expect("a number").to_owned()
    };
    let parts = ["distance", "waiting", "shared-hours", "same-community"].map(shown).to_vec();
    let total = sheet.total_points() + u64::from(rules.pair_points(&sheet, pair));
    (parts, ShownPoints { points: total, decimals: rules.decimals }.to_string())
}

#[test]
fn every_boundary_of_the_score_is_as_published() {
    let (rules, mut read) = (dongjak(), 0);
    for row in SCORES.lines().filter(|row| !row.trim().is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [facts, parts, total] = cells[..] else { panic!("three cells: {row}") };
        let facts: Vec<&str> = facts.split_whitespace().collect();
        let [metres, applied, held, shared, home] = facts[..] else { panic!("five facts: {row}") };
        let (whole, hundredths) = metres.split_once('.').unwrap_or((metres, "00"));
        let straight = Centimetres::new(format!("{whole}{hundredths}").parse().expect("centimetres"));
        let (hours, days) = shared.split_once('/').expect("hours/days");
        let sharing = json!({ "hours": hours.parse::<u32>().unwrap(), "days": days.parse::<u32>().unwrap() });
        let own = person("r", &format!("{applied}:00+09:00"), json!({ "sharing": sharing }));
        assert!(own.resident.sharing.check().is_ok(), "{row}");
        let pair = PairFacts { straight, same_community: home == "same" };
        let (found, sum) = scored(&rules, &own, &format!("{held}:00+09:00"), pair);
        assert_eq!(found, parts.split_whitespace().collect::<Vec<_>>(), "{row}");
        assert_eq!(sum, total, "{row}");
        read += 1;
    }
    assert_eq!(read, 49);
}

#[test]
fn needs_then_all_day_then_no_driving_day_then_the_ticket_break_ties() {
    let rules = dongjak();
    let (season, zone) = (season(), zone());
    let facts = ScoreFacts::new(&season, 1, instant("2026-03-01T00:00:00Z"), &zone);
    let mut people: Vec<(Vec<i64>, Application)> = Vec::new();
    for (need, need_rank) in [("none", 1), ("wounded-veteran", 0), ("disability", 0)] {
        for (shift, shift_rank) in [("night", 1), ("all-day", 0), ("day", 1)] {
            for (no_driving, rank) in [(false, 1), (true, 0)] {
                let id = format!("{need}-{shift}-{no_driving}");
                let own = json!({ "special_need": need, "shift": shift, "no_driving_day": no_driving });
                people.push((vec![need_rank, shift_rank, rank], person(&id, "2025-03-01T00:00:00Z", own)));
            }
        }
    }
    let sheets: Vec<ScoreSheet> = people.iter().map(|(_, own)| rules.score(own, &facts)).collect();
    assert!(sheets.iter().all(|sheet| sheet.points == sheets[0].points));
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by(|&a, &b| sheets[a].key(&people[a].1.resident.id).cmp(&sheets[b].key(&people[b].1.resident.id)));
    let mut expected: Vec<usize> = (0..people.len()).collect();
    expected.sort_by_key(|&at| (people[at].0.clone(), sheets[at].ticket.to_string()));
    assert_eq!(order, expected);
    // Nobody gets past more points by a tie-break.
    let longer = rules.score(&person("x", "2024-03-01T00:00:00Z", json!({})), &facts);
    let id = "x".parse().unwrap();
    assert!(people.iter().zip(&sheets).all(|((_, own), sheet)| longer.key(&id) < sheet.key(&own.resident.id)));
}

/// A day of the calendar, as three numbers.
type Day = (u32, u32, u32);

#[derive(Clone, Debug)]
struct Plain {
    centimetres: u32,
    applied: Day,
    hours: u32,
    days: u32,
    same: bool,
    need: bool,
    all_day: bool,
    no_driving: bool,
}

const HELD: Day = (2026, 2, 28);

/// A second scorer, written from the published rules alone: tenths of points, days as three numbers.
fn naive(own: &Plain) -> (u32, bool, bool, bool) {
    let distance = match own.centimetres {
        ..=3_000 => 400,
        3_001..=6_000 => 300,
        6_001..=9_000 => 200,
        9_001..=12_000 => 100,
        _ => 50,
    };
    let over = |months: u32| {
        let (year, month, day) = own.applied;
        let month = month - 1 + months;
        let (year, month) = (year + month / 12, month % 12 + 1);
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1];
        (year, month, day.min(last)) <= HELD
    };
    let waiting = if over(36) {
        400
    } else if over(24) {
        300
    } else if over(12) {
        200
    } else if over(6) {
        100
    } else {
        50
    };
    // Tenths of a point by hundredths of a point for each hour: hours / 10, half a tenth going up.
    let (hours, days) = if own.days < 365 { (own.hours * 365, own.days.max(1)) } else { (own.hours, 1) };
    let sharing = ((hours + 5 * days) / (10 * days)).min(100);
    let neighbourhood = if own.same { 100 } else { 0 };
    (distance + waiting + sharing + neighbourhood, own.need, own.all_day, own.no_driving)
}

fn plain() -> impl Strategy<Value = Plain> {
    let near = [2_999_u32, 3_000, 3_001, 6_000, 6_001, 9_000, 9_001, 12_000, 12_001];
    let centimetres = prop_oneof![0..13_000_u32, proptest::sample::select(near.to_vec())];
    let applied = prop_oneof![
        (2022..=2025_u32, 1..=12_u32, 1..=28_u32),
        (2022..=2026_u32, Just(2_u32), 26..=28_u32),
        Just((2024, 2, 29)),
        Just((2025, 8, 31)),
    ];
    let sharing = (0..=366_u32).prop_flat_map(|days| (0..=(24 * days).min(1_200), Just(days)));
    (centimetres, applied, sharing, any::<[bool; 4]>()).prop_map(|(centimetres, applied, (hours, days), flags)| {
        let [same, need, all_day, no_driving] = flags;
        Plain { centimetres, applied, hours, days, same, need, all_day, no_driving }
    })
}

fn facts_of(own: &Plain) -> Value {
    json!({
        "sharing": { "hours": own.hours, "days": own.days }, "no_driving_day": own.no_driving,
        "special_need": if own.need { "disability" } else { "none" },
        "shift": if own.all_day { "all-day" } else { "night" }
    })
}

proptest! {
    #[test]
    fn a_second_scorer_agrees_on_everybody(people in proptest::collection::vec(plain(), 2..6)) {
        let (rules, season, zone) = (dongjak(), season(), zone());
        let facts = ScoreFacts::new(&season, 1, instant("2026-02-28T20:00:00+09:00"), &zone);
        let mut scored = Vec::new();
        for (number, own) in people.iter().enumerate() {
            let (year, month, day) = own.applied;
            let applied = format!("{year}-{month:02}-{day:02}T08:00:00+09:00");
            let application = person(&format!("r-{number}"), &applied, facts_of(own));
            let sheet = rules.score(&application, &facts);
            let pair = PairFacts { straight: Centimetres::new(own.centimetres), same_community: own.same };
            let of_pair = rules.pair_points(&sheet, pair);
            let total = sheet.total_points() + u64::from(of_pair);
            let due = naive(own);
            prop_assert_eq!(total, u64::from(due.0), "{:?}", own);
            scored.push((application, sheet, of_pair, due));
        }
        for (a, a_sheet, a_pair, a_due) in &scored {
            for (b, b_sheet, b_pair, b_due) in &scored {
                let found = a_sheet
                    .key_at(*a_pair, a_sheet.ticket, &a.resident.id)
                    .cmp(&b_sheet.key_at(*b_pair, b_sheet.ticket, &b.resident.id));
                let tickets = a_sheet.ticket.to_string().cmp(&b_sheet.ticket.to_string());
                let due: Ordering = b_due.cmp(a_due).then(tickets); // more points, and yes before no
                prop_assert_eq!(found, due);
            }
        }
    }
}
