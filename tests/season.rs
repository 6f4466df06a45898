//! A season on real ground: the round of the Helsinki district beside solvers that share nothing with this library.
#![cfg(feature = "geojson")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use shared_parking::district::{Answer, Round};
use shared_parking::inventory::KerbRules;
use shared_parking::policy::presets;
use shared_parking::sample::{self, People, Phase, Plan, Rates};
use shared_parking::{
    Action, Application, Centimetres, Command, District, Inventory, Journal, Season, Timestamp, audit, interop,
};

fn people(applicants: usize) -> People {
    People {
        households: applicants * 2,
        applicants,
        applied_from: "2026-01-05T00:00:00Z".parse().expect("an instant"),
        applied_to: "2026-02-27T00:00:00Z".parse().expect("an instant"),
        rates: Rates::default(),
    }
}

fn helsinki() -> Inventory {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/helsinki_district.geojson");
    let text = std::fs::read_to_string(path).expect("the shipped district: run this test in a checkout");
    interop::geojson::inventory(&text, &KerbRules::default()).expect("sound ground")
}

/// A season in which the applications are handed in in the order given.
fn season(inventory: Inventory, applications: &[Application]) -> Journal {
    let mut journal = Journal::new(District::new(inventory, presets::xicheng_2022()).expect("a sound policy"));
    let at: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let action = Action::HoldRound { season: Season::new("2026").expect("a season"), seed: 7 };
    for action in applications.iter().map(|own| Action::Apply(own.clone())).chain([action]) {
        let id = format!("c-{}", journal.entries().len()).parse().expect("an id");
        journal.execute(Command { id, at, action }).expect("no refusal");
    }
    journal
}

/// The round's market as plain rows: for each position the (stretch, walk) pairs, and the spaces on offer.
fn market(district: &District, round: &Round) -> (Vec<Vec<(usize, u32)>>, Vec<u32>) {
    let inventory = district.inventory();
    let mut spaces = vec![0; inventory.stretches().len()];
    for proof in &round.places {
        spaces[inventory.stretch_index(&proof.stretch).expect("a stretch")] = proof.offered;
    }
    let mut queue: Vec<(u32, &Application)> = Vec::new();
    for outcome in &round.outcomes {
        if let Answer::Seated { position, .. } | Answer::LeftOut { position, .. } = &outcome.answer {
            queue.push((*position, &district.application(&outcome.application).expect("an application").application));
        }
    }
    queue.sort_by_key(|&(position, _)| position);
    let walks = queue.iter().map(|(_, application)| {
        let walks = inventory.walks(&application.resident.door, Centimetres::metres(500)).expect("a known door");
        let open = walks.iter().filter(|walk| spaces[walk.stretch] > 0);
        open.map(|walk| (walk.stretch, walk.distance.get())).collect()
    });
    (walks.collect(), spaces)
}

/// Kuhn's augmenting paths in the order of the queue: whoever finds none is left out. Returns the seated.
fn greedy(walks: &[Vec<(usize, u32)>], spaces: &[u32]) -> Vec<usize> {
    fn seat(
        person: usize,
        walks: &[Vec<(usize, u32)>],
        spaces: &[u32],
        at: &mut [Vec<usize>],
        seen: &mut [bool],
    ) -> bool {
        for &(stretch, _) in &walks[person] {
            if std::mem::replace(&mut seen[stretch], true) {
                continue;
            }
            if at[stretch].len() < spaces[stretch] as usize {
                at[stretch].push(person);
                return true;
            }
            for index in 0..at[stretch].len() {
                if seat(at[stretch][index], walks, spaces, at, seen) {
                    at[stretch][index] = person;
                    return true;
                }
            }
        }
        false
    }
    let mut at = vec![Vec::new(); spaces.len()];
    let persons = 0..walks.len();
    persons.filter(|&person| seat(person, walks, spaces, &mut at, &mut vec![false; spaces.len()])).collect()
}

/// The least total walk that seats exactly these people, by Kuhn and Munkres on one column a space.
fn least_walk(seated: &[usize], walks: &[Vec<(usize, u32)>], spaces: &[u32]) -> i64 {
    const FORBIDDEN: i64 = -1_000_000_000;
    let mut first_column = vec![0];
    for &count in spaces {
        first_column.push(first_column[first_column.len() - 1] + count as usize);
    }
    let mut weights = Matrix::new(seated.len(), first_column[spaces.len()], FORBIDDEN);
    for (row, &person) in seated.iter().enumerate() {
        for &(stretch, walk) in &walks[person] {
            for column in first_column[stretch]..first_column[stretch + 1] {
                weights[(row, column)] = -i64::from(walk);
            }
        }
    }
    -kuhn_munkres(&weights).0
}

fn agrees(journal: &Journal) {
    let district = journal.district();
    assert_eq!(audit::check_journal(journal), Ok(()));
    let round = district.rounds().last().expect("a round");
    let (walks, spaces) = market(district, round);
    let seated = greedy(&walks, &spaces);
    let mut by_round: Vec<usize> = round
        .outcomes
        .iter()
        .filter_map(|outcome| match &outcome.answer {
            Answer::Seated { position, .. } => Some(*position as usize - 1),
            _ => None,
        })
        .collect();
    by_round.sort_unstable();
    assert_eq!(by_round, seated, "the same people are seated");
    assert!(!seated.is_empty(), "a round that seats nobody proves nothing");
    let total: i64 = round.permits().map(|permit| i64::from(permit.walk.get())).sum();
    assert_eq!(total, least_walk(&seated, &walks, &spaces), "and nobody could walk less in all");
}

#[test]
fn small_districts_agree_with_other_solvers() {
    for seed in 1..=8 {
        let plan = Plan { name: "Small".to_owned(), communities: vec![], streets: 6, spaces: 60, doors: 40, seed };
        let survey = plan.survey().expect("a sound plan");
        let inventory = Inventory::build(&survey, &KerbRules::default()).expect("sound ground");
        let applications = sample::applications(&inventory, &people(90), seed);
        agrees(&season(inventory, &applications));
    }
}

#[test]
fn the_first_phase_of_desheng_agrees_with_other_solvers() {
    let inventory = Inventory::build(&sample::desheng(Phase::First, &[], 2019), &KerbRules::default());
    let inventory = inventory.expect("sound ground");
    let applications = sample::applications(&inventory, &people(sample::demand(642)), 2019);
    agrees(&season(inventory, &applications));
}

#[test]
fn the_whole_helsinki_market_agrees_with_other_solvers() {
    let inventory = helsinki();
    let applications = sample::applications(&inventory, &people(sample::demand(1_040)), 2026);
    agrees(&season(inventory, &applications));
}

#[test]
fn the_order_in_which_applications_arrive_does_not_matter() {
    let inventory = helsinki();
    let mut applications = sample::applications(&inventory, &people(600), 5);
    let first = season(inventory.clone(), &applications);
    applications.reverse();
    applications.rotate_left(217);
    let second = season(inventory, &applications);
    let round = |journal: &Journal| journal.district().rounds()[0].clone();
    assert_eq!(round(&first), round(&second));
}

#[test]
fn a_second_round_leaves_the_holders_their_places() {
    let inventory = helsinki();
    let applications = sample::applications(&inventory, &people(1_300), 11);
    let (early, late) = applications.split_at(700);
    let mut journal = season(inventory, early);
    let held = journal.district().permits().count();
    let at: Timestamp = "2026-06-01T00:00:00Z".parse().expect("an instant");
    let second = Action::HoldRound { season: Season::new("2026b").expect("a season"), seed: 8 };
    for (number, action) in late.iter().map(|own| Action::Apply(own.clone())).chain([second]).enumerate() {
        let id = format!("d-{number}").parse().expect("an id");
        journal.execute(Command { id, at, action }).expect("no refusal");
    }
    let district = journal.district();
    assert_eq!(audit::check(district), Ok(()), "no stretch has more permits than spaces, and the rest is proved");
    assert!(district.permits().count() > held, "the second round seats people too");
    let first = district.rounds()[0].permits().map(|permit| district.permit(&permit.id) == Some(permit));
    assert!(first.into_iter().all(|kept| kept), "and takes nothing from those who hold");
}
