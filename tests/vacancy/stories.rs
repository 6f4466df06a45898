//! Scenarios as text.

use super::state::{Row, State};
use shared_parking::allocation::fall_through;
use shared_parking::audit::check_fall;
use shared_parking::market::{Move, Place};

/// `kerb 1, yard 2` are places and their spaces. Each further line is an agent: `name standing: place cost, ...`, then
/// what it has and may, each after a `|`: `at place` a person who sits there, `waits` one who is left out and may come,
/// `out` one who is left out and may not, `stays` who may not be moved. Answers with everything that falls to somebody:
/// chains of `who from>to`, in the order in which they are made.
fn told(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |words: &str| -> (String, u32) {
        let (name, number) = words.trim().rsplit_once(' ').expect("a name and a number");
        (name.to_owned(), number.parse().expect("a number"))
    };
    let places: Vec<(String, u32)> = lines.next().expect("places").split(',').map(pair).collect();
    let place = |name: &str| u32::try_from(places.iter().position(|place| place.0 == name).expect(name)).unwrap();
    let (mut names, mut rows) = (Vec::new(), Vec::new());
    for line in lines {
        let (head, rest) = line.split_once(':').expect("a colon");
        let mut parts = rest.split('|').map(str::trim);
        let choices = parts.next().expect("choices").split(',').map(pair);
        let mut row = Row { choices: choices.map(|(name, cost)| (place(&name), cost)).collect(), ..Row::default() };
        row.may_move = true;
        for part in parts {
            match part.strip_prefix("at ") {
                Some(name) => row.seats.push((place(name), 1)),
                None if part == "stays" => row.may_move = false,
                None => row.may_come |= part == "waits",
            }
            row.count += u32::from(part != "stays");
        }
        let (name, standing) = pair(head);
        names.push(name);
        rows.push(Row { standing, ..row });
    }
    let capacities: Vec<u32> = places.iter().map(|place| place.1).collect();
    let mut state = State::new(&capacities, &rows);
    let mut told = Vec::new();
    for moves in fall_through(&state.market, &state.seats, &state.may_move, &state.may_come) {
        assert_eq!(check_fall(&state.market, &state.seats, &state.may_move, &state.may_come, &moves), Ok(()));
        state.seats = state.seats.moved(&moves).expect("moves that can be made");
        let name = |place: Option<Place>| place.map_or("", |place| &places[place.index()].0);
        let step = |step: &Move| format!("{} {}>{}", names[step.agent.index()], name(step.from), name(step.to));
        told.push(moves.iter().map(step).collect::<Vec<_>>().join(", "));
    }
    told.join("; ")
}

/// What each story is about, the story, and how it ends.
fn tell(stories: &[(&str, &str, &str)]) {
    for (what, text, expected) in stories {
        assert_eq!(told(text), *expected, "{what}");
    }
}

#[test]
fn who_comes() {
    tell(&[
        ("nobody waits", "kerb 1\nann 0: kerb 5 | out", ""),
        ("nothing is free", "kerb 1\nann 0: kerb 5 | at kerb\nbea 0: kerb 5 | waits", ""),
        ("the next in line", "kerb 1\nann 2: kerb 1 | waits\nbea 1: kerb 9 | waits", "bea >kerb"),
        ("a tie: who came first", "kerb 1\nann 1: kerb 9 | waits\nbea 1: kerb 1 | waits", "ann >kerb"),
        ("the cheaper of two", "kerb 1, yard 1\nann 1: kerb 9, yard 8 | waits", "ann >yard"),
        ("as cheap: the first", "kerb 1, yard 1\nann 1: yard 8, kerb 8 | waits", "ann >kerb"),
        (
            "a holder who gains makes room for the next in line, who could not come otherwise",
            "kerb 1, yard 1\nhal 7: kerb 10, yard 40 | at yard\nann 0: yard 5 | waits\nbea 1: kerb 5 | waits",
            "hal yard>kerb, ann >yard",
        ),
        (
            "a holder who would lose stays, and so the next one comes",
            "kerb 1, yard 1\nhal 0: kerb 41, yard 40 | at yard\nann 1: yard 5 | waits\nbea 2: kerb 5 | waits",
            "bea >kerb",
        ),
        (
            "as dear is no worse",
            "kerb 1, yard 1\nhal 0: kerb 40, yard 40 | at yard\nann 1: yard 5 | waits\nbea 2: kerb 5 | waits",
            "hal yard>kerb, ann >yard",
        ),
        (
            "who may not be moved stays",
            "kerb 1, yard 1\nhal 0: kerb 10, yard 40 | at yard | stays\nann 1: yard 5 | waits\nbea 2: kerb 5 | waits",
            "bea >kerb",
        ),
    ]);
}

#[test]
fn by_which_chain() {
    tell(&[
        (
            "few moves before little cost",
            "kerb 1, yard 1\nhal 0: kerb 10, yard 400 | at yard\nann 1: yard 5, kerb 300 | waits",
            "ann >kerb",
        ),
        (
            "of two chains of two moves the one that costs less: 5 - 10 against 7 - 30",
            "kerb 1, yard 1, mews 1\nhal 0: kerb 30, yard 40 | at yard\nivo 0: kerb 10, mews 40 | at mews
            ann 1: yard 5, mews 7 | waits",
            "ivo mews>kerb, ann >mews",
        ),
        (
            "a chain of three",
            "kerb 1, yard 1, mews 1\nhal 0: kerb 30, yard 40 | at yard\nivo 0: yard 10, mews 40 | at mews
            ann 1: mews 7 | waits",
            "hal yard>kerb, ivo mews>yard, ann >mews",
        ),
        (
            "people of one agent move each for themselves",
            "kerb 1, yard 2, mews 1\nduo 0: kerb 20, yard 40 | at yard | at yard\nivo 0: yard 40, mews 40 | at mews
            ann 1: mews 7 | waits\nbea 2: mews 7, yard 1 | waits",
            "duo yard>kerb, ivo mews>yard, ann >mews",
        ),
        (
            "two people of one agent in one chain, since one of them sits dearer",
            "kerb 1, yard 1, mews 1, lane 1\nduo 0: kerb 10, yard 20, mews 4, lane 5 | at yard | at lane
            ivo 0: yard 40, mews 40 | at mews\nann 1: lane 7 | waits",
            "duo yard>kerb, ivo mews>yard, duo lane>mews, ann >lane",
        ),
    ]);
}

#[test]
fn one_after_the_other() {
    tell(&[
        (
            "an agent who is seated in part waits with the rest",
            "kerb 1, yard 1\nduo 0: kerb 10, yard 20 | at yard | waits",
            "duo >kerb",
        ),
        (
            "one after the other, and who came by one chain is moved by the next",
            "kerb 1, yard 1, mews 1\nann 0: kerb 9, yard 9 | waits\nbea 1: kerb 5 | waits\ncy 2: mews 5, kerb 1 | waits",
            "ann >kerb; ann kerb>yard, bea >kerb; cy >mews",
        ),
        (
            "who came by one chain and may not be moved stays",
            "kerb 1, yard 1\nann 0: kerb 9, yard 9 | waits | stays\nbea 1: kerb 5 | waits",
            "ann >kerb",
        ),
        (
            "two people of one agent move from one place, one after the other",
            "kerb 2, yard 2\nduo 9: kerb 5, yard 6 | at yard | at yard\nann 0: yard 1 | waits\nbea 1: yard 1 | waits",
            "duo yard>kerb, ann >yard; duo yard>kerb, bea >yard",
        ),
        (
            "many spaces, many people of one agent",
            "kerb 2, yard 2\ntrio 0: kerb 5, yard 6 | waits | waits | waits\nann 1: kerb 1, yard 9 | waits",
            "trio >kerb; trio >kerb; trio >yard; ann >yard",
        ),
    ]);
}
