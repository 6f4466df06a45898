//! Laws on random states: the one answer, nobody worse off, and an end at which nobody who waits can be reached.

use super::every::agrees;
use super::state::{Row, State, states};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use shared_parking::allocation::fall_through;
use shared_parking::audit::check_fall;
use shared_parking::market::{Agent, Allocation, Move, Place};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The standing of who comes, the number of moves, and what they cost.
fn value(state: &State, moves: &[Move]) -> (u32, usize, i64) {
    let cost =
        |agent, place: Option<Place>| place.map_or(0, |place| i64::from(state.market.cost(agent, place).unwrap()));
    let costs = moves.iter().map(|step| cost(step.agent, step.to) - cost(step.agent, step.from));
    (state.market.standing(moves.last().unwrap().agent), moves.len(), costs.sum())
}

/// The same people, each an agent.
fn apart(state: &State) -> State {
    let mut rows = Vec::new();
    for agent in state.market.agents() {
        let mut people = Vec::new();
        for seat in state.seats.seats_of(agent) {
            people.extend((0..seat.count).map(|_| vec![(seat.place.number(), 1)]));
        }
        people.resize(state.market.count(agent) as usize, Vec::new());
        rows.extend(people.into_iter().map(|seats| Row {
            standing: state.market.standing(agent),
            count: 1,
            choices: state.market.choices(agent).iter().map(|choice| (choice.place.number(), choice.cost)).collect(),
            seats,
            may_move: state.may_move[agent.index()],
            may_come: state.may_come[agent.index()],
        }));
    }
    let capacities: Vec<u32> = state.market.places().map(|place| state.market.capacity(place)).collect();
    State::new(&capacities, &rows)
}

/// What a list of moves can be turned into.
#[derive(Clone, Debug)]
enum Lie {
    Drop(prop::sample::Index),
    Repeat(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Other(prop::sample::Index, Option<u32>, Option<u32>, u32, u32),
}

fn lie() -> impl Strategy<Value = Lie> {
    let at = any::<prop::sample::Index>;
    let place = || prop::option::weighted(0.8, 0..5u32);
    prop_oneof![
        1 => at().prop_map(Lie::Drop),
        1 => at().prop_map(Lie::Repeat),
        1 => (at(), at()).prop_map(|(one, other)| Lie::Swap(one, other)),
        4 => (at(), place(), place(), 0..6u32, prop_oneof![9 => Just(1), 1 => Just(0), 1 => Just(2)])
            .prop_map(|(at, from, to, agent, count)| Lie::Other(at, from, to, agent, count)),
    ]
}

fn told(mut moves: Vec<Move>, lie: &Lie) -> Vec<Move> {
    match lie {
        Lie::Drop(at) => drop(moves.remove(at.index(moves.len()))),
        Lie::Repeat(at) => moves.insert(at.index(moves.len()), moves[at.index(moves.len())]),
        Lie::Swap(one, other) => {
            let many = moves.len();
            moves.swap(one.index(many), other.index(many));
        }
        Lie::Other(at, from, to, agent, count) => {
            let at = at.index(moves.len());
            let (agent, place) = (Agent::new(*agent), |place: &Option<u32>| place.map(Place::new));
            moves[at] = Move { agent, from: place(from), to: place(to), count: *count };
        }
    }
    moves
}

#[test]
fn the_right_one_of_all_chains() {
    let lengths = RefCell::new([0; 5]);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(4_000));
    let agrees = |state| {
        lengths.borrow_mut()[agrees(&state).min(4)] += 1;
        Ok(())
    };
    runner.run(&states(8, 5, 2), agrees).unwrap();
    let lengths = lengths.into_inner();
    assert!(lengths.iter().all(|&many| many > 20), "of 0 to 4 moves and more: {lengths:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_audit_accepts_nothing_else((state, lie) in (states(6, 5, 2), lie())) {
        let State { market, seats, may_move, may_come } = &state;
        let Some(right) = state.answer() else { return Ok(()) };
        let other = told(right.clone(), &lie);
        prop_assert_eq!(check_fall(market, seats, may_move, may_come, &other).is_ok(), other == right, "{:?}", other);
    }

    #[test]
    fn to_the_end(state in states(60, 25, 4)) {
        let State { market, seats: start, may_move, may_come } = &state;
        let mut now = start.clone();
        let mut all = Vec::new();
        for moves in fall_through(market, start, may_move, may_come) {
            prop_assert_eq!(check_fall(market, &now, may_move, may_come, &moves), Ok(()));
            let afresh = fall_through(market, &now, may_move, may_come).next();
            prop_assert_eq!(afresh.as_ref(), Some(&moves));
            let movers: BTreeSet<_> = moves.iter().map(|step| (step.agent, step.from)).collect();
            prop_assert_eq!(movers.len(), moves.len(), "somebody is moved twice");
            now = now.moved(&moves).expect("moves that can be made");
            all.extend(moves);
        }
        prop_assert_eq!(start.moved(&all), Some(now.clone()));
        prop_assert_eq!(fall_through(market, &now, may_move, may_come).next(), None);
        prop_assert_eq!(check_fall(market, &now, may_move, may_come, &[]), Ok(()));
        prop_assert!(now.seats.is_sorted());
        let end = State { seats: now, ..state.clone() };
        prop_assert!(market.places().all(|place| end.room(place) <= state.room(place)));
        for agent in market.agents() {
            let costs = |state: &State| {
                let seats = state.seats.seats_of(agent).iter();
                let costs = seats.flat_map(|seat| vec![market.cost(agent, seat.place).unwrap(); seat.count as usize]);
                let mut costs: Vec<u32> = costs.collect();
                costs.sort_unstable();
                costs
            };
            let (before, after) = (costs(&state), costs(&end));
            prop_assert!(after.len() <= market.count(agent) as usize);
            if after.len() == before.len() {
                // whoever sat k-th cheapest sits no dearer
                prop_assert!(before.iter().zip(&after).all(|(before, after)| after <= before));
            }
            if !may_come[agent.index()] {
                prop_assert_eq!(after.len(), before.len());
            }
            if !may_move[agent.index()] {
                let kept = state.seats.seats_of(agent).iter();
                let has = |place| end.seats.seats_of(agent).iter().find(|seat| seat.place == place).map_or(0, |seat| seat.count);
                prop_assert!(kept.clone().all(|seat| has(seat.place) >= seat.count));
            }
        }
    }

    #[test]
    fn identical_people_may_be_told_one_by_one(state in states(12, 6, 4)) {
        let apart = apart(&state);
        let (together, one_by_one) = (state.answer(), apart.answer());
        prop_assert_eq!(together.map(|moves| value(&state, &moves)), one_by_one.map(|moves| value(&apart, &moves)));
    }

    #[test]
    fn the_order_of_seats_does_not_matter(state in states(12, 6, 4)) {
        let mut turned = state.clone();
        turned.seats.seats.reverse();
        prop_assert_eq!(turned.answer(), state.answer());
    }

    #[test]
    fn where_nobody_may_be_moved_the_first_in_line_who_accepts_a_free_place_takes_it(state in states(12, 6, 4)) {
        let still = State { may_move: Vec::new(), ..state.clone() };
        let free = |agent| {
            let choices = state.market.choices(agent).iter().filter(|choice| state.room(choice.place) > 0);
            choices.min_by_key(|choice| (choice.cost, choice.place)).map(|choice| choice.place)
        };
        let waiting = state.market.agents().filter(|&agent| state.waiting(agent) > 0);
        let first = waiting.filter(|&agent| free(agent).is_some()).min_by_key(|&agent| (state.market.standing(agent), agent));
        let takes = |agent| vec![Move { agent, from: None, to: free(agent), count: 1 }];
        prop_assert_eq!(still.answer(), first.map(takes));
    }
}

/// What the market does not know is passed over by both; a seat that is no choice keeps its space, and stays.
#[test]
fn strange_seats() {
    use shared_parking::market::Seat;
    let row = |choices: &[(u32, u32)], seats: &[(u32, u32)]| Row {
        count: 2,
        choices: choices.to_vec(),
        seats: seats.to_vec(),
        may_move: true,
        may_come: true,
        ..Row::default()
    };
    let mut state = State::new(&[1, 2], &[row(&[(0, 5)], &[(1, 1)]), row(&[(1, 5)], &[(1, 1)])]);
    let strange = [(9, 0, 1), (0, 9, 1), (1, 0, 0)];
    let strange =
        strange.map(|(agent, place, count)| Seat { agent: Agent::new(agent), place: Place::new(place), count });
    let expected = [Move { agent: Agent::new(0), from: None, to: Some(Place::new(0)), count: 1 }];
    for more in [&[][..], &strange] {
        state.seats = Allocation { seats: [&state.seats.seats[..2], more].concat(), certificate: None };
        assert_eq!(state.answer().as_deref(), Some(&expected[..]));
        assert_eq!(check_fall(&state.market, &state.seats, &[true; 2], &[true; 2], &expected), Ok(()));
    }
    state.seats.seats[1].count = 9; // more than fit
    state.may_come[1] = false;
    assert_eq!(state.answer().as_deref(), Some(&expected[..]));
}
