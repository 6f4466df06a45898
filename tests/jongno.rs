//! Jongno, Seoul, 2019: 2,918 spaces, 3,499 applicants, 2,710 of them assigned (published totals). What the engine finds
//! for as many spaces and applicants, under assumptions that each row states.
//!
//! Not published, so assumed here: where spaces and doors lie (an invented lattice of 60 streets and 1,500 doors, seed 1),
//! how many applicants ask for which shift, which streets are given by day and night apart, and how far people walk.
//! Every applicant is eligible. So no row can explain the published figure; together they show what it can have hung on.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::json;
use shared_parking::inventory::KerbRules;
use shared_parking::policy::presets;
use shared_parking::sample::{People, Plan, Rates, applications};
use shared_parking::{
    Action, Application, Command, District, Inventory, Journal, Policy, Season, ShiftId, Timestamp, audit,
};
use std::collections::BTreeMap;

const SPACES: u32 = 2_918;
const APPLICANTS: usize = 3_499;
const REPORTED: usize = 2_710;

/// A stretch, by its index, for a shift.
type Right<'a> = (usize, &'a ShiftId);

/// walking limit in metres | streets of ten given by day and night apart | applicants of ten who ask for all day, day,
/// night | mechanism | seats found
const ROWS: &str = "
500 | 0 | 10 0 0 | optimal              | 2918
300 | 0 | 10 0 0 | optimal              | 2873
150 | 0 | 10 0 0 | optimal              | 2460
300 | 3 | 6 2 2  | optimal              | 2610
300 | 3 | 4 2 4  | optimal              | 2436
300 | 3 | 6 2 2  | serial-dictatorship  | 2431
150 | 3 | 6 2 2  | optimal              | 1778
";

struct Row {
    limit: u32,
    apart: usize,
    asks: [usize; 3],
    mechanism: String,
    seats: String,
}

fn rows() -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let asks: Vec<usize> = cells[2].split_whitespace().map(|word| word.parse().expect("a number")).collect();
        Row {
            limit: cells[0].parse().expect("metres"),
            apart: cells[1].parse().expect("a number"),
            asks: asks.try_into().expect("three numbers"),
            mechanism: cells[3].to_owned(),
            seats: cells[4].to_owned(),
        }
    };
    ROWS.lines().filter(|line| !line.is_empty()).map(row).collect()
}

fn ground() -> Inventory {
    let communities = (1..=10).map(|number| (format!("c-{number}"), format!("Invented {number}"))).collect();
    let plan =
        Plan { name: "As many as Jongno".into(), communities, streets: 60, spaces: SPACES, doors: 1_500, seed: 1 };
    Inventory::build(&plan.survey().expect("a survey"), &KerbRules::default()).expect("an inventory")
}

fn policy(row: &Row, ground: &Inventory) -> Policy {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document["permits"]["walk_limit_m"] = row.limit.into();
    document["eligibility"] = json!([]);
    document["standing"] = json!({ "tiers": ["anyone"], "points": [] });
    document["round"] = json!({ "mechanism": row.mechanism });
    let streets = ground.streets().iter().enumerate().filter(|(at, _)| at % 10 < row.apart).map(|(_, own)| &own.id);
    document["shifts"] = json!({
        "list": [
            { "id": "all-day", "from": "00:00", "until": "24:00" },
            { "id": "day", "from": "09:00", "until": "18:00" },
            { "id": "night", "from": "18:00", "until": "09:00" }
        ],
        "otherwise": ["all-day"],
        "designated": [{ "area": { "streets": streets.collect::<Vec<_>>() }, "shifts": ["day", "night"] }]
    });
    if row.apart == 0 {
        document["shifts"]["designated"] = json!([]);
    }
    Policy::from_json(&document.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

fn applicants(row: &Row, ground: &Inventory) -> Vec<Application> {
    let people = People {
        households: 4_000,
        applicants: APPLICANTS,
        applied_from: "2019-01-01T00:00:00Z".parse().expect("an instant"),
        applied_to: "2019-01-31T00:00:00Z".parse().expect("an instant"),
        rates: Rates::default(),
    };
    let mut all = applications(ground, &people, 1);
    let [all_day, day, _] = row.asks;
    for (at, application) in all.iter_mut().enumerate() {
        let shift = match at % 10 {
            own if own < all_day => "all-day",
            own if own < all_day + day => "day",
            _ => "night",
        };
        application.shift = Some(shift.parse().expect("a shift"));
    }
    all
}

/// The most people who can be seated at all, by augmenting paths over stretches: nothing of the library but its walks.
fn most_seats(district: &District, people: &[Application]) -> usize {
    let (ground, policy) = (district.inventory(), district.policy());
    let mut capacity: BTreeMap<Right<'_>, usize> = BTreeMap::new();
    for (index, stretch) in ground.stretches().iter().enumerate() {
        for shift in policy.rights_on(stretch, ground).into_iter().flatten() {
            capacity.insert((index, shift), stretch.capacity as usize);
        }
    }
    let choices: Vec<Vec<Right<'_>>> = people
        .iter()
        .map(|own| {
            let walks = ground.walks(&own.resident.door, policy.permits.walk_limit()).expect("a door");
            let shift = own.shift.as_ref().expect("a shift");
            walks.iter().map(|walk| (walk.stretch, shift)).filter(|right| capacity.contains_key(right)).collect()
        })
        .collect();
    let mut seated: BTreeMap<Right<'_>, Vec<usize>> = BTreeMap::new();
    let mut count = 0;
    for person in 0..people.len() {
        // Breadth first: places reached, each with who would move there and from where.
        let mut from: BTreeMap<Right<'_>, (usize, Option<Right<'_>>)> = BTreeMap::new();
        let mut waiting = std::collections::VecDeque::new();
        for &right in &choices[person] {
            from.entry(right).or_insert((person, None));
            waiting.push_back(right);
        }
        while let Some(right) = waiting.pop_front() {
            if seated.get(&right).map_or(0, Vec::len) < capacity[&right] {
                let mut to = right;
                loop {
                    let (mover, before) = from[&to];
                    seated.entry(to).or_default().push(mover);
                    let Some(before) = before else { break };
                    seated.get_mut(&before).expect("a place").retain(|&other| other != mover);
                    to = before;
                }
                count += 1;
                break;
            }
            for &holder in seated.get(&right).into_iter().flatten() {
                for &next in &choices[holder] {
                    from.entry(next).or_insert_with(|| {
                        waiting.push_back(next);
                        (holder, Some(right))
                    });
                }
            }
        }
    }
    count
}

#[test]
fn seats_found_for_as_many_spaces_and_applicants_as_jongno_had() {
    let ground = ground();
    assert_eq!(ground.stretches().iter().map(|stretch| stretch.capacity).sum::<u32>(), SPACES);
    let at: Timestamp = "2019-02-01T00:00:00Z".parse().expect("an instant");
    let mut told = Vec::new();
    for row in rows() {
        let people = applicants(&row, &ground);
        let mut journal = Journal::new(District::new(ground.clone(), policy(&row, &ground)).expect("a district"));
        for application in &people {
            let (id, at) = (
                application.id.as_str().parse().expect("an id"),
                application.applied_at.max(journal.district().clock().unwrap_or(application.applied_at)),
            );
            journal.execute(Command { id, at, action: Action::Apply(application.clone()) }).expect("recorded");
        }
        let season = Season::new("2019").expect("a season");
        let command =
            Command { id: "round".parse().expect("an id"), at, action: Action::HoldRound { season, seed: 1 } };
        journal.execute(command).expect("a round");
        let district = journal.district();
        let seats = district.rounds()[0].permits().count();
        assert_eq!(audit::check(district), Ok(()));
        let most = most_seats(district, &people);
        if row.mechanism == "optimal" {
            assert_eq!(seats, most, "{} m: a seat lost", row.limit);
        } else {
            assert!(seats <= most);
        }
        if seats.to_string() != row.seats {
            told.push(format!(
                "{} m, {} of 10 apart, {:?}, {}: {seats}, written {} (reported: {REPORTED})",
                row.limit, row.apart, row.asks, row.mechanism, row.seats
            ));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
