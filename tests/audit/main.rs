//! The auditor can say no: a sound district passes, and each kind of lie in its state is found under its own name.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/line.rs"]
mod ground;
#[path = "../support/leaves.rs"]
mod support;

mod changes;
mod history;
mod leaves;
mod lies;
mod line;
mod told;

use shared_parking::district::Answer;
use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::{Action, Command, District, Event, Journal, Season, Stay, Timestamp, Window, audit, sample};

/// A journal of two rounds and some stays, the second round a month later over what was left.
fn journal(seed: u64) -> Journal {
    let mut journal = Journal::new(sample::small_district(seed).expect("a district"));
    let start: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let month = 30 * 86_400;
    let mut send = |id: &str, at, action| {
        journal.execute(Command { id: id.parse().expect("an id"), at, action }).expect("no refusal").to_vec()
    };
    let round = |season: &str| Action::HoldRound { season: Season::new(season).expect("a season"), seed };
    let first = send("round 1", start, round("2026"));
    let Event::RoundHeld(held) = &first[0] else { panic!("a round") };
    let left = held.outcomes.iter().find(|outcome| !matches!(outcome.answer, Answer::Seated { .. }));
    send("withdrawal", start, Action::Withdraw(left.expect("somebody without a permit").application.clone()));
    send("round 2", start.plus_seconds(month), round("2026b"));
    for (number, permit) in held.permits().take(3).enumerate() {
        let start = start.plus_seconds(month + 86_400);
        let stay = Stay {
            id: format!("s-{number}").parse().expect("an id"),
            stretch: permit.stretch.clone(),
            window: Window::new(start, start.plus_seconds(9_000)).expect("a window"),
            vehicle: permit.vehicle.clone(),
            class: VehicleClass::Small,
            special_need: SpecialNeed::None,
            permit: (number > 0).then(|| permit.id.clone()),
        };
        send(&format!("bill {number}"), stay.window.end(), Action::BillStay(stay));
    }
    journal
}

fn district(seed: u64) -> District {
    journal(seed).district().clone()
}

/// The first district whose first round knows every kind of answer, and stretches both open and closed.
fn mixed() -> District {
    let full = |district: &District| {
        let round = &district.rounds()[0];
        let refused = audit::figures(round).refused;
        let closed = round.places.iter().filter(|place| place.closed.is_some()).count();
        refused.keys().any(|number| *number < 300)
            && refused.contains_key(&302)
            && (1..round.places.len()).contains(&closed)
    };
    (1..100).map(district).find(full).expect("a mixed district among a hundred")
}

#[test]
fn sound_districts_pass() {
    for seed in 1..=12 {
        assert_eq!(audit::check(&district(seed)), Ok(()), "seed {seed}");
    }
}
