//! The laws can fail: for each of them a mechanism that breaks it, and the witness found.

use super::crowd::{Crowd, Seats};
use super::naive;
use super::small::{World, orders};
use super::witness::{self, Lie};
use super::written::Written;
use shared_parking::allocation::trading;
use shared_parking::market::Lots;

fn crowd(written: Written) -> Crowd {
    Crowd::claimed(&written.builder.build().unwrap(), Lots::Single, 7)
}

/// Immediate acceptance ("Boston"): in round k everybody left asks for their k-th choice, and who is taken stays.
fn immediate(crowd: &Crowd) -> Seats {
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); crowd.room.len()];
    for round in 0..crowd.room.len() {
        for (there, line) in crowd.lines.iter().enumerate() {
            let asks = |turn: &usize| crowd.people[*turn].prefers.get(round) == Some(&there);
            let left = |turn: &usize| kept.iter().all(|kept| !kept.contains(turn));
            let new: Vec<usize> = line.iter().copied().filter(|turn| asks(turn) && left(turn)).collect();
            let room = crowd.room[there] - kept[there].len();
            kept[there].extend(new.into_iter().take(room));
        }
    }
    naive::seats(crowd, &kept)
}

/// Deferred acceptance the other way round: places offer to the best claims, people keep the best offer.
fn places_propose(crowd: &Crowd) -> Seats {
    let mut seats: Seats = vec![None; crowd.people.len()];
    let mut refused = vec![Vec::new(); crowd.room.len()];
    loop {
        let before = seats.clone();
        for (there, line) in crowd.lines.iter().enumerate() {
            let open = line.iter().copied().filter(|turn| !refused[there].contains(turn));
            for turn in open.take(crowd.room[there]).collect::<Vec<usize>>() {
                if seats[turn] == Some(there) {
                    continue;
                }
                if crowd.likes(turn, Some(there), seats[turn]) {
                    seats[turn].into_iter().for_each(|left: usize| refused[left].push(turn));
                    seats[turn] = Some(there);
                } else {
                    refused[there].push(turn);
                }
            }
        }
        // Somebody who moved leaves a space, to be offered in the next round.
        if seats == before
            && crowd.lines.iter().enumerate().all(|(there, line)| settled(crowd, &seats, there, line, &refused))
        {
            return seats;
        }
    }
}

/// Nobody in line is still to be asked while there is room.
fn settled(crowd: &Crowd, seats: &Seats, there: usize, line: &[usize], refused: &[Vec<usize>]) -> bool {
    let open = line.iter().filter(|turn| !refused[there].contains(turn));
    open.take(crowd.room[there]).all(|&turn| seats[turn] == Some(there))
}

/// The last of the list chooses first.
fn reversed(crowd: &Crowd) -> Seats {
    let mut backwards = crowd.clone();
    backwards.people.reverse();
    naive::serial(&backwards).into_iter().rev().collect()
}

/// Every place has so many spaces more or less than it really has.
fn with_room(crowd: &Crowd, more: isize) -> Seats {
    let mut other = crowd.clone();
    other.room.iter_mut().for_each(|room| *room = room.saturating_add_signed(more));
    naive::serial(&other)
}

/// Top trading cycles in which a place points only to people who accept it, and to its holders.
fn shy(crowd: &Crowd) -> Seats {
    naive::trading_by(crowd, |there, still| crowd.lines[there].iter().copied().find(|&turn| still[turn]))
}

/// A lie that pays, in a world where people truly want these lists.
fn lie(world: &World, mechanism: impl Fn(&Crowd) -> Seats, wishes: &[&[usize]], fair: bool) -> Option<Lie> {
    let lists = orders(world.room.len());
    let number = |list: &&[usize]| lists.iter().position(|other| other == list).unwrap();
    let truth: Vec<usize> = wishes.iter().map(number).collect();
    let seat = |told: &[usize], person: usize| {
        let stated: Vec<&[usize]> = told.iter().map(|&number| &lists[number][..]).collect();
        world.answer(&mechanism, &stated)[person]
    };
    let may = |person: usize, own: &[usize], stated: &[usize]| !fair || world.no_new_priority(person, own, stated);
    witness::lie(&lists, &truth, may, seat)
}

fn pays(person: usize, stated: &[usize], truth_gives: Option<usize>, lie_gives: Option<usize>) -> Option<Lie> {
    Some(Lie { person, stated: stated.to_vec(), truth_gives, lie_gives })
}

#[test]
fn immediate_acceptance_is_envied_and_rewards_lies() {
    let seen = crowd(Written::new(&[1, 1], "1: 1; 2: 1 2; 3: 2"));
    assert_eq!(immediate(&seen), [Some(0), None, Some(1)]);
    assert_eq!(witness::envy(&seen, &immediate(&seen)), Some((1, (2, 1))));
    let world = World { room: vec![1, 1], named: vec![vec![], vec![]], held: vec![None; 3] };
    let wishes: [&[usize]; 3] = [&[0], &[0, 1], &[1]];
    assert_eq!(lie(&world, immediate, &wishes, false), pays(1, &[1], None, Some(1)));
    assert_eq!(lie(&world, naive::deferred, &wishes, false), None);
}

#[test]
fn the_list_from_its_end_is_envied() {
    let seen = crowd(Written::new(&[1], "1: 1; 2: 1"));
    assert_eq!(witness::envy(&seen, &reversed(&seen)), Some((0, (1, 0))));
    assert_eq!(witness::envy(&seen, &naive::serial(&seen)), None);
}

#[test]
fn places_proposing_is_not_the_best_for_applicants_and_rewards_lies() {
    let seen = crowd(Written::new(&[1, 1], "1: 1 2; 2: 2 1").priorities("1: 2 1; 2: 1 2"));
    let stable = naive::stable(&seen, &naive::everything(&seen));
    assert_eq!(stable, [[Some(0), Some(1)], [Some(1), Some(0)]]);
    assert_eq!(places_propose(&seen), stable[1]);
    assert_eq!(witness::beaten(&seen, &stable[1], &stable), Some((0, &stable[0])));
    let world = World { room: vec![1, 1], named: vec![vec![1, 0], vec![0, 1]], held: vec![None; 2] };
    let wishes: [&[usize]; 2] = [&[0, 1], &[1, 0]];
    assert_eq!(lie(&world, places_propose, &wishes, false), pays(0, &[0], Some(1), Some(0)));
    assert_eq!(lie(&world, naive::deferred, &wishes, false), None);
}

#[test]
fn trading_without_holders_protects_nobody() {
    let seen = crowd(Written::new(&[1], "1: 1; 2: 1").holds(&[(2, 1)]));
    assert_eq!(witness::unprotected(&seen, &naive::trading(&seen.by_list())), Some(1));
    assert_eq!(witness::unprotected(&seen, &naive::trading(&seen)), None);
}

#[test]
fn a_space_kept_free_is_waste_and_one_too_many_does_not_fit() {
    let seen = crowd(Written::new(&[2, 1], "1: 1; 2: 1 2; 3: 1"));
    assert_eq!(witness::waste(&seen, &with_room(&seen, -1)), Some((1, 0)));
    assert_eq!(witness::exchange(&seen, &with_room(&seen, -1)), Some(vec![0]));
    assert_eq!(witness::misfit(&seen, &with_room(&seen, 1)), Some((0, 0)));
    assert_eq!(witness::misfit(&seen, &vec![Some(1), None, None]), Some((0, 1)), "a place not accepted");
    assert_eq!(witness::misfit(&seen, &with_room(&seen, 0)), None);
}

/// Roth's market of 1982: what is free of envy leaves an exchange undone.
#[test]
fn deferred_acceptance_leaves_exchanges() {
    let seen =
        crowd(Written::new(&[1, 1, 1], "1: 2 1 3; 2: 1 2 3; 3: 1 2 3").priorities("1: 1 3 2; 2: 2 1 3; 3: 2 1 3"));
    let (free_of_envy, all) = (naive::deferred(&seen), naive::everything(&seen));
    assert_eq!(witness::exchange(&seen, &free_of_envy), Some(vec![0, 1]));
    assert!(!naive::efficient(&seen, &all).contains(&free_of_envy));
    assert_eq!(witness::envy(&seen, &naive::trading(&seen)), Some((2, (1, 0))), "and trading leaves envy");
}

#[test]
fn a_list_passes_over_the_best_claims() {
    let seen = crowd(Written::new(&[1], "1: 1; 2: 1").priorities("1: 2"));
    assert_eq!(witness::passed_over(&seen, &naive::serial(&seen)), Some((1, 0)));
}

/// The first on the list wants place 0, which the third holds; the third wants place 1, and so does the second. If nobody
/// could trade a claim to a place they do not accept, the second would get place 1 and the first nothing, unless the
/// first says that place 1 would do as well.
#[test]
fn trading_among_those_who_accept_rewards_lies() {
    let world = World { room: vec![1, 1], named: vec![vec![], vec![]], held: vec![None, None, Some(0)] };
    let wishes: [&[usize]; 3] = [&[0], &[1], &[1, 0]];
    assert_eq!(world.answer(shy, &wishes), [None, Some(1), Some(0)]);
    assert_eq!(lie(&world, shy, &wishes, true), pays(0, &[0, 1], None, Some(0)));
    assert_eq!(world.answer(naive::queue, &wishes), [Some(0), None, Some(1)]);
    assert_eq!(world.answer(naive::trading, &wishes), [Some(0), None, Some(1)]);
    assert_eq!(lie(&world, naive::trading, &wishes, true), None);
}

/// What the documentation of `trading` admits: place 1 prefers the third, who does not want it, and the market knows of
/// that only if the third accepts it.
#[test]
fn a_priority_known_only_at_choices_can_be_worth_a_lie_in_trading() {
    let world = World { room: vec![1, 1], named: vec![vec![1], vec![2]], held: vec![None; 3] };
    let wishes: [&[usize]; 3] = [&[0], &[1, 0], &[0]];
    let library = |stated: &[&[usize]]| {
        let market = world.market(stated);
        Crowd::claimed(&market, Lots::Single, 7).dealt(&trading(&market, 7))
    };
    assert_eq!(library(&wishes), [Some(0), Some(1), None]);
    assert_eq!(library(&[wishes[0], wishes[1], &[0, 1]]), [None, Some(1), Some(0)]);
    assert_eq!(lie(&world, naive::trading, &wishes, false), pays(2, &[0, 1], None, Some(0)));
    assert_eq!(lie(&world, naive::trading, &wishes, true), None);
    assert_eq!(lie(&world, naive::deferred, &wishes, false), None);
}
