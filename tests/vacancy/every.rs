//! Every state of a small size: the chain found is the right one of all there are, and the audit accepts it alone.

use super::state::{Row, State};
use shared_parking::audit::check_fall;

/// The rows that one person can have at two places: costs 0 or 1 or no choice, a seat or none, moved or not, comes or not.
fn rows() -> Vec<Row> {
    let costs = [None, Some(0), Some(1)];
    let lists = costs.iter().flat_map(|&kerb| costs.iter().map(move |&yard| [kerb, yard]));
    let mut rows = Vec::new();
    for list in lists {
        let choices: Vec<(u32, u32)> = (0..).zip(list).filter_map(|(place, cost)| Some((place, cost?))).collect();
        for may in [false, true] {
            let row = Row { count: 1, choices: choices.clone(), ..Row::default() };
            rows.push(Row { may_come: may, ..row.clone() });
            let seated =
                choices.iter().map(|&(place, _)| Row { seats: vec![(place, 1)], may_move: may, ..row.clone() });
            rows.extend(seated);
        }
    }
    rows
}

/// Calls `look` with every `step`-th state of three people and two places with room for none or one more.
fn every(step: usize, mut look: impl FnMut(&State)) -> usize {
    let rows = rows();
    let orders = [[0, 0, 0], [0, 1, 2], [2, 1, 0]];
    let mut looked = 0;
    for number in (0..rows.len().pow(3) * 4 * orders.len()).step_by(step) {
        let mut rest = number;
        let mut digit = |base: usize| {
            let digit = rest % base;
            rest /= base;
            digit
        };
        let order = orders[digit(orders.len())];
        let mut capacities = [u32::from(digit(2) == 1), u32::from(digit(2) == 1)];
        let own = order.map(|standing| Row { standing, ..rows[digit(rows.len())].clone() });
        for (place, people) in own.iter().flat_map(|row| &row.seats) {
            capacities[*place as usize] += people;
        }
        look(&State::new(&capacities, &own));
        looked += 1;
    }
    looked
}

/// How many moves the right chain has; 0 where there is none.
pub fn agrees(state: &State) -> usize {
    let State { market, seats, may_move, may_come } = state;
    let (answer, chains) = (state.answer(), state.chains());
    assert_eq!(answer.as_ref(), chains.first(), "{state:?}");
    let check = |moves: &[_]| check_fall(market, seats, may_move, may_come, moves);
    assert_eq!(check(answer.as_deref().unwrap_or_default()), Ok(()), "{state:?}");
    for other in chains.iter().skip(1) {
        assert!(check(other).is_err(), "{state:?}: {other:?}");
    }
    assert!(answer.is_none() || check(&[]).is_err(), "{state:?}");
    answer.map_or(0, |moves| moves.len())
}

#[test]
fn a_share_of_the_states_of_three_people_and_two_places() {
    let mut lengths = [0; 3];
    let looked = every(11, |state| lengths[agrees(state)] += 1);
    assert_eq!(looked, (42_usize.pow(3) * 12).div_ceil(11));
    assert!(lengths.iter().all(|&many| many > 500), "{lengths:?}");
}

#[test]
#[ignore = "890,000 states: some seconds"]
fn every_state_of_three_people_and_two_places() {
    let mut lengths = [0; 3];
    assert_eq!(every(1, |state| lengths[agrees(state)] += 1), 42_usize.pow(3) * 12);
    assert_eq!(lengths.iter().sum::<usize>(), 42_usize.pow(3) * 12, "{lengths:?}");
}
