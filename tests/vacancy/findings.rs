//! The audit can say no: each finding on purpose.

use super::state::{Row, State};
use shared_parking::audit::FallFinding as F;
use shared_parking::audit::check_fall;
use shared_parking::market::{Agent, Move, Place};

fn agent(number: u32) -> Agent {
    Agent::new(number)
}

fn place(number: u32) -> Place {
    Place::new(number)
}

/// `who from to`, with `-` for nowhere.
fn moves(text: &str) -> Vec<Move> {
    let step = |words: &str| {
        let words: Vec<Option<u32>> = words.split_whitespace().map(|word| word.parse().ok()).collect();
        Move { agent: agent(words[0].unwrap()), from: words[1].map(place), to: words[2].map(place), count: 1 }
    };
    text.split(',').map(str::trim).filter(|words| !words.is_empty()).map(step).collect()
}

/// Place 0 is free, places 1 to 3 are full. Agent 0 sits at 1 and gains at 0; agent 1 sits at 2 and would lose anywhere
/// else; agent 2 sits at 3, may go to 1 and 0, and may not be moved in `state(false)`. Agent 3 waits for 1, agent 4 for 0
/// and 1, agent 5 for 0 but may not come; agent 6 sits at 1 and goes to 0 as agent 0 does, but gains less.
fn state(all_move: bool) -> State {
    let row = |standing, choices: &[(u32, u32)], seats: &[(u32, u32)], may_move, may_come| Row {
        standing,
        count: 1,
        choices: choices.to_vec(),
        seats: seats.to_vec(),
        may_move,
        may_come,
    };
    State::new(
        &[1, 2, 1, 1],
        &[
            row(9, &[(0, 10), (1, 40)], &[(1, 1)], true, false),
            row(9, &[(0, 30), (1, 25), (2, 20)], &[(2, 1)], true, false),
            row(9, &[(0, 30), (1, 30), (3, 30)], &[(3, 1)], all_move, false),
            row(1, &[(1, 7), (3, 9)], &[], true, true),
            row(2, &[(0, 5), (1, 5), (2, 5)], &[], true, true),
            row(0, &[(0, 5)], &[], true, false),
            row(9, &[(0, 20), (1, 40)], &[(1, 1)], true, false),
        ],
    )
}

fn found(all_move: bool, moves: &[Move]) -> Vec<F> {
    let State { market, seats, may_move, may_come } = state(all_move);
    check_fall(&market, &seats, &may_move, &may_come, moves).err().unwrap_or_default()
}

#[test]
fn each_finding_on_purpose() {
    let right = "0 1 0, 3 - 1";
    assert_eq!(state(true).answer(), Some(moves(right)));
    assert_eq!(state(false).answer(), Some(moves(right)));
    for (what, all_move, text, expected) in [
        ("the right one", true, right, vec![]),
        ("the right one", false, right, vec![]),
        ("no moves at all", true, "", vec![F::PassedOver { agent: agent(3), place: place(1) }]),
        ("a worse standing", true, "4 - 0", vec![F::PassedOver { agent: agent(3), place: place(1) }]),
        (
            "a worse standing, and by a detour",
            true,
            "0 1 0, 4 - 1",
            vec![F::PassedOver { agent: agent(3), place: place(1) }, F::TooManyMoves { moves: 2, fewest: 1 }],
        ),
        ("one move more than needed", true, "0 1 0, 2 3 1, 3 - 3", vec![F::TooManyMoves { moves: 3, fewest: 2 }]),
        ("a mover who gains less", true, "6 1 0, 3 - 1", vec![F::TooDear { cost: -13, least: -23 }]),
        (
            "a mover made worse off",
            true,
            "1 2 0, 4 - 2",
            vec![F::WorseOff { agent: agent(1), from: place(2), to: place(0) }],
        ),
        ("a mover who may not be moved", false, "2 3 0, 3 - 3", vec![F::MayNotMove { agent: agent(2) }]),
        ("who may not come", true, "5 - 0", vec![F::NotWaiting { agent: agent(5) }]),
        ("who sits already", true, "1 - 0", vec![F::NotWaiting { agent: agent(1) }]),
        ("nobody comes", true, "0 1 0", vec![F::NotWaiting { agent: agent(0) }]),
        ("who never chose", true, "3 - 0", vec![F::NotAChoice { agent: agent(3), place: place(0) }]),
        ("no room", true, "3 - 1", vec![F::NoRoom { place: place(1) }]),
        (
            "nobody there",
            true,
            "0 3 0, 3 - 3",
            vec![
                F::NotSeated { agent: agent(0), place: place(3) },
                F::WorseOff { agent: agent(0), from: place(3), to: place(0) },
            ],
        ),
        ("not where room was made", true, "0 1 0, 3 - 3", vec![F::Broken { position: 1 }]),
        ("two who come", true, "4 - 0, 3 - 1", vec![F::Broken { position: 0 }, F::Broken { position: 1 }]),
        ("an agent unknown", true, "7 - 0", vec![F::MeaninglessMove { position: 0 }]),
        ("a place unknown", true, "3 - 4", vec![F::MeaninglessMove { position: 0 }]),
        ("a place left unknown", true, "0 4 0", vec![F::MeaninglessMove { position: 0 }]),
        ("to nowhere", true, "3 1 -", vec![F::MeaninglessMove { position: 0 }]),
    ] {
        assert_eq!(found(all_move, &moves(text)), expected, "{what}");
    }
    for count in [0, 2] {
        let many: Vec<Move> = moves(right).into_iter().map(|step| Move { count, ..step }).collect();
        assert!(found(true, &many).contains(&F::MeaninglessMove { position: 0 }));
    }
}

/// As many moves at the same cost: the free place, then who goes there, then the place left, by numbers.
#[test]
fn of_equal_chains_the_first_by_numbers() {
    let row = |choices: &[(u32, u32)], seats: &[(u32, u32)]| Row {
        count: seats.iter().map(|seat| seat.1).sum::<u32>().max(1),
        choices: choices.to_vec(),
        seats: seats.to_vec(),
        may_move: true,
        may_come: true,
        ..Row::default()
    };
    let all = [(0, 5), (1, 5), (2, 5), (3, 5)];
    let state =
        State::new(&[1, 1, 2, 1], &[row(&all[..3], &[(2, 1)]), row(&all, &[(2, 1), (3, 1)]), row(&all[2..], &[])]);
    let State { market, seats, may_move, may_come } = &state;
    assert_eq!(state.answer(), Some(moves("0 2 0, 2 - 2")));
    for (text, position, who, to) in [
        ("0 2 1, 2 - 2", 0, 0, 0), // another free place
        ("1 2 0, 2 - 2", 0, 0, 0), // another agent
        ("1 3 0, 2 - 3", 0, 0, 0),
    ] {
        let first = F::NotTheFirst { position, agent: agent(who), to: place(to) };
        assert_eq!(check_fall(market, seats, may_move, may_come, &moves(text)), Err(vec![first]), "{text}");
    }
}
