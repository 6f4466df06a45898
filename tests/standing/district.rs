//! A round by rules with everything: places with an order of their own, tie-breaks, promotions, waiting brought along,
//! an earlier version. The audit agrees, and finds every number of a sheet that was changed.

use super::people::instant;
use super::support::{changed, leaves};
use serde_json::{Value, json};
use shared_parking::audit::{self, Explainer};
use shared_parking::district::Answer;
use shared_parking::interop::publication;
use shared_parking::inventory::{Inventory, KerbRules};
use shared_parking::policy::{Policy, ScoreSheet, Worth, presets};
use shared_parking::sample::{self, People, Plan, Rates};
use shared_parking::{Action, Application, Command, District, Journal, Season};

fn policy(mechanism: Value, places: bool) -> Policy {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document["eligibility"] = json!([
        { "rule": "documents-in-a-tier" }, { "rule": "permits-per-household", "at_most": 3 }, { "rule": "one-permit-per-vehicle" }
    ]);
    let mut points = vec![
        json!({ "for": "waiting", "steps": [{ "months": 0, "points": 50 }, { "months": 2, "points": 100 }] }),
        json!({ "for": "in-communities", "communities": ["c-1"], "points": 20 }),
    ];
    if places {
        points.push(json!({ "for": "distance", "steps": [{ "within_m": 60, "points": 60 }], "beyond": 5 }));
        points.push(json!({ "for": "same-community", "points": 30 }));
    }
    document["standing"] = json!({
        "tiers": ["three-in-one", "two-in-one", "anyone"], "points": points, "decimals": 1, "waiting": "portable",
        "ties": [{ "by": "first-vehicle" }, { "by": "no-driving-day" }, { "by": "shift", "first": ["night"] }],
        "promotions": [{ "shared_hours": 600, "tiers": 1 }],
        "earlier": [{ "until": "2026-01-10", "queued": "better", "rules": {
            "tiers": ["two-in-one", "anyone"],
            "points": [
                { "for": "special-need", "points": 70 },
                { "for": "waiting", "steps": [{ "days": 30, "points": 40 }, { "days": 50, "points": 60 }] }
            ],
            "ties": [{ "by": "waiting" }]
        } }]
    });
    document["round"] = json!({ "mechanism": mechanism });
    document["shifts"] = json!({
        "list": [{ "id": "day", "from": "09:00", "until": "18:00" }, { "id": "night", "from": "18:00", "until": "09:00" }],
        "otherwise": ["day", "night"]
    });
    Policy::from_json(&document.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// Sixty people of forty households with every fact that the rules ask for, and a round among them.
fn held(mechanism: Value, places: bool) -> Journal {
    let communities = vec![("c-1".to_owned(), "One".to_owned()), ("c-2".to_owned(), "Two".to_owned())];
    let plan = Plan { name: "Small".to_owned(), communities, streets: 6, spaces: 30, doors: 30, seed: 1 };
    let inventory = Inventory::build(&plan.survey().expect("a survey"), &KerbRules::default()).expect("an inventory");
    let people = People {
        households: 40,
        applicants: 60,
        applied_from: instant("2026-01-05T00:00:00+08:00"),
        applied_to: instant("2026-01-30T00:00:00+08:00"),
        rates: Rates::default(),
    };
    let mut applications = sample::applications(&inventory, &people, 1);
    for (number, own) in applications.iter_mut().enumerate() {
        with_facts(own, number);
    }
    applications.sort_by_key(|own| own.applied_at);
    let mut journal = Journal::new(District::new(inventory, policy(mechanism, places)).expect("a district"));
    for own in applications {
        let (id, at) = (format!("apply {}", own.id).parse().expect("an id"), own.applied_at);
        journal.execute(Command { id, at, action: Action::Apply(own) }).expect("no refusal");
    }
    let action = Action::HoldRound { season: Season::new("2026").expect("a season"), seed: 7 };
    let at = instant("2026-03-01T00:00:00Z");
    journal.execute(Command { id: "round".parse().expect("an id"), at, action }).expect("a round");
    journal
}

fn with_facts(own: &mut Application, number: usize) {
    if number.is_multiple_of(3) {
        own.resident.sharing =
            serde_json::from_value(json!({ "hours": 300 + 10 * number, "days": 100 })).expect("a record");
    }
    if number.is_multiple_of(4) {
        own.waiting_since = Some(own.applied_at.plus_seconds(-86_400 * 30));
    }
    own.shift = (number.is_multiple_of(5)).then(|| "night".parse().expect("an id"));
    own.resident.no_driving_day = number % 7 < 2;
}

fn standing(answer: &Answer) -> Option<(&ScoreSheet, Option<u32>)> {
    match answer {
        Answer::Seated { standing, pair_points, .. } => Some((standing, *pair_points)),
        Answer::LeftOut { standing, .. } => Some((standing, None)),
        Answer::NotEligible { .. } => None,
    }
}

fn mechanisms() -> [(Value, bool); 5] {
    [
        (json!("optimal"), false),
        (json!("serial-dictatorship"), false),
        (json!({ "deferred-acceptance": "single" }), true),
        (json!({ "deferred-acceptance": "per-place" }), true),
        (json!("top-trading-cycles"), true),
    ]
}

#[test]
fn the_audit_agrees_and_every_rule_told_somebody_apart() {
    for (mechanism, places) in mechanisms() {
        let journal = held(mechanism.clone(), places);
        assert_eq!(audit::check_journal(&journal), Ok(()), "{mechanism}");
        assert_eq!(journal.replay(), *journal.district());
        let round = &journal.district().rounds()[0];
        let sheets: Vec<_> = round.outcomes.iter().filter_map(|outcome| standing(&outcome.answer)).collect();
        let any = |holds: &dyn Fn(&ScoreSheet) -> bool| sheets.iter().any(|(sheet, _)| holds(sheet));
        assert!(any(&|sheet| sheet.promoted == 1) && any(&|sheet| sheet.rules_until.is_some()));
        for (tie, number) in [(0, 1), (1, 0), (2, 0)] {
            assert!(any(&|sheet| sheet.rules_until.is_none() && sheet.ties[tie] == number), "tie-break {tie}");
        }
        assert!(any(&|sheet| sheet.rules_until.is_some() && sheet.ties[0] > 1_700_000_000));
        if places {
            // far or near, and in the same community or not; or by the earlier version, without points for pairs
            let found: std::collections::BTreeSet<u32> = sheets.iter().filter_map(|(_, pair)| *pair).collect();
            assert!(found.is_subset(&[0, 5, 35, 60, 90].into()) && found.len() >= 4, "{found:?}");
        }
        // A better key has a better position, whoever decided it.
        let mut rows: Vec<_> = Vec::new();
        for outcome in &round.outcomes {
            if let (Some((sheet, _)), Answer::Seated { position, .. } | Answer::LeftOut { position, .. }) =
                (standing(&outcome.answer), &outcome.answer)
            {
                let own = &journal.district().application(&outcome.application).expect("an application").application;
                rows.push((*position, sheet.key(&own.resident.id)));
            }
        }
        rows.sort_by_key(|row| row.0);
        assert!(rows.len() > 40 && rows.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }
}

#[test]
fn a_changed_sheet_is_found() {
    for (mechanism, places) in [(json!("optimal"), false), (json!({ "deferred-acceptance": "per-place" }), true)] {
        let sound = serde_json::to_value(held(mechanism, places).district()).expect("a document");
        let mut paths = Vec::new();
        leaves(&sound["rounds"], "/rounds", &mut paths);
        leaves(&sound["applications"], "/applications", &mut paths);
        let new = ["/ties/", "/promoted", "/rules_until", "/waiting_since", "/shift", "/no_driving_day", "/sharing/"];
        paths.retain(|path| new.iter().any(|part| path.contains(part)) || path.contains("/standing/points/"));
        for part in new {
            assert!(paths.iter().any(|path| path.contains(part)), "nobody has {part}");
        }
        let mut state = sound.clone();
        for path in paths.iter().step_by(3) {
            let leaf = state.pointer_mut(path).expect("a leaf");
            let before = std::mem::replace(leaf, Value::Null);
            *leaf = changed(&before);
            if *leaf == before {
                *leaf = json!("2020-01-01T00:00:00Z"); // its second ends in 9 already
            }
            let read: Result<District, _> = serde_json::from_value(state.clone());
            assert!(!read.is_ok_and(|district| audit::check(&district).is_ok()), "{path}");
            *state.pointer_mut(path).expect("a leaf") = before;
        }
    }
}

#[test]
fn everybody_reads_their_sheet_line_by_line() {
    let journal = held(json!({ "deferred-acceptance": "single" }), true);
    let (district, round) = (journal.district(), &journal.district().rounds()[0]);
    let explainer = Explainer::new(district, round);
    for outcome in &round.outcomes {
        let lines = explainer.score_lines(&outcome.application);
        let Some((sheet, pair)) = standing(&outcome.answer) else {
            assert_eq!(lines, None);
            continue;
        };
        let lines = lines.expect("a sheet");
        let total = lines.iter().find_map(|line| match line.worth {
            Worth::Points(points) if line.what == "total" => Some(points),
            _ => None,
        });
        let total = total.expect("a total");
        assert_eq!((total.points, total.decimals), (sheet.total_points() + u64::from(pair.unwrap_or(0)), 1));
        let seated = matches!(outcome.answer, Answer::Seated { .. });
        let by_stretch = lines.iter().any(|line| line.worth == Worth::ByStretch);
        assert_eq!(by_stretch, !seated && sheet.rules_until.is_none(), "{lines:?}");
        assert_eq!(lines[0].what == "rules", sheet.rules_until.is_some());
    }
    let left_out = round.outcomes.iter().map(|outcome| &outcome.application);
    let stories: Vec<String> = left_out.filter_map(|id| Some(audit::explain(district, id)?.to_string())).collect();
    assert!(stories.iter().any(|story| story.contains(".5 points (")), "points with their decimal: {stories:?}");
}

#[test]
fn the_public_table_tells_ties_promotions_and_versions() {
    let journal = held(json!({ "deferred-acceptance": "single" }), true);
    let public = journal.district().rounds()[0].published(1);
    let text = publication::positions_csv(&public);
    let mut lines = text.lines();
    let header = "position,renewal,tier,points,points_by_rule,ticket,result,ties,promoted,rules_until,shift,quota";
    assert_eq!(lines.next(), Some(header));
    for (line, row) in lines.zip(&public.rows) {
        let cells: Vec<&str> = line.split(',').collect();
        let ties: Vec<String> = row.standing.ties.iter().map(ToString::to_string).collect();
        assert_eq!((cells[7], cells[8]), (ties.join(";").as_str(), row.standing.promoted.to_string().as_str()));
        let shift = row.shift.as_ref().map_or("", shared_parking::ShiftId::as_str);
        assert_eq!((shift.is_empty(), &cells[10..]), (row.refusal.is_some(), &[shift, ""][..]));
        assert_eq!(cells[9], row.standing.rules_until.map_or(String::new(), |until| until.to_string()));
    }
    // The bar of a stretch is its worst claim, points for the pair included.
    for bar in &public.bars {
        let there = journal.district().rounds()[0].outcomes.iter().filter_map(|outcome| match &outcome.answer {
            Answer::Seated { standing, pair_points, permit, .. }
                if permit.stretch == bar.stretch && permit.shift == bar.shift =>
            {
                Some((standing.tier, std::cmp::Reverse(standing.total_points() + u64::from(pair_points.unwrap_or(0)))))
            }
            _ => None,
        });
        assert_eq!(there.max(), Some((bar.tier, std::cmp::Reverse(bar.points))));
    }
}
