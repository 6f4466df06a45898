//! Every small market: the mechanisms beside their naive models, and their laws, lies included.

use super::crowd::{Crowd, Seats, agent};
use super::naive;
use super::small::{World, orders, worlds};
use super::witness;
use shared_parking::allocation::{deferred, serial, trading};
use shared_parking::market::{Allocation, Lots, Market};

/// What the three mechanisms answer to one market.
struct Answers {
    deferred: Seats,
    serial: Seats,
    trading: Seats,
}

fn seats(people: usize, allocation: &Allocation) -> Seats {
    (0..people).map(|person| allocation.seats_of(agent(person)).first().map(|seat| seat.place.index())).collect()
}

impl Answers {
    /// Answers that agree with the naive models.
    fn agreed(world: &World, market: &Market, crowd: &Crowd) -> Self {
        let people = world.held.len();
        let own = Self {
            deferred: seats(people, &deferred(market, Lots::Single, 7)),
            serial: seats(people, &serial(market, 7)),
            trading: seats(people, &trading(market, 7)),
        };
        assert_eq!(own.deferred, naive::deferred(crowd), "deferred acceptance: {market:?}");
        assert_eq!(own.serial, naive::serial(crowd), "serial dictatorship: {market:?}");
        assert_eq!(own.trading, naive::trading(crowd), "top trading cycles: {market:?}");
        if !market.has_priorities() {
            assert_eq!(own.trading, naive::queue(crowd), "you request my house: {market:?}");
        }
        own
    }

    fn keep_the_laws(&self, market: &Market, crowd: &Crowd) {
        let all = naive::everything(crowd);
        let stable = naive::stable(crowd, &all);
        assert!(stable.contains(&self.deferred), "not stable: {market:?}");
        assert_eq!(witness::beaten(crowd, &self.deferred, &stable), None, "{market:?}");
        assert_eq!(witness::envy(crowd, &self.deferred), None, "{market:?}");
        assert_eq!(witness::envy(&crowd.by_list(), &self.serial), None, "{market:?}");
        let efficient = naive::efficient(crowd, &all);
        assert!(efficient.contains(&self.serial) && efficient.contains(&self.trading), "not efficient: {market:?}");
        assert_eq!(efficient.len(), all.iter().filter(|seats| witness::exchange(crowd, seats).is_none()).count());
        for seats in [&self.deferred, &self.trading] {
            assert_eq!(witness::unprotected(crowd, seats), None, "{market:?}");
        }
        assert_eq!(witness::passed_over(crowd, &self.trading), None, "{market:?}");
        for seats in [&self.deferred, &self.serial, &self.trading] {
            assert_eq!(witness::misfit(crowd, seats), None, "{market:?}");
            assert_eq!(witness::waste(crowd, seats), None, "{market:?}");
        }
    }
}

/// Looks at every `step`-th world, with everybody's every list; returns how many markets that was.
fn look(people: usize, places: usize, step: usize) -> usize {
    let lists = orders(places);
    let mut looked = 0;
    for world in (0..worlds(people, places)).step_by(step).filter_map(|number| World::number(number, people, places)) {
        let mut answers: Vec<Answers> = Vec::new();
        let mut profile = vec![0; people];
        // As a number with as many digits as people, the first person's digit the lowest.
        let code = |profile: &[usize]| profile.iter().rev().fold(0, |code, digit| code * lists.len() + digit);
        loop {
            let stated: Vec<&[usize]> = profile.iter().map(|&number| &lists[number][..]).collect();
            let market = world.market(&stated);
            let crowd = Crowd::claimed(&market, Lots::Single, 7);
            assert_eq!(code(&profile), answers.len());
            answers.push(Answers::agreed(&world, &market, &crowd));
            answers[answers.len() - 1].keep_the_laws(&market, &crowd);
            if !next(&mut profile, lists.len()) {
                break;
            }
        }
        loop {
            let any = |_: usize, _: &[usize], _: &[usize]| true;
            let fair = |person: usize, own: &[usize], stated: &[usize]| world.no_new_priority(person, own, stated);
            let found = [
                witness::lie(&lists, &profile, any, |told, person| answers[code(told)].deferred[person]),
                witness::lie(&lists, &profile, any, |told, person| answers[code(told)].serial[person]),
                witness::lie(&lists, &profile, fair, |told, person| answers[code(told)].trading[person]),
            ];
            assert_eq!(found, [None, None, None], "{world:?} {profile:?} of {lists:?}");
            if !next(&mut profile, lists.len()) {
                break;
            }
        }
        looked += answers.len();
    }
    looked
}

/// Counts on; `false` when it comes round to zeros.
fn next(digits: &mut [usize], base: usize) -> bool {
    for digit in digits {
        *digit += 1;
        if *digit < base {
            return true;
        }
        *digit = 0;
    }
    false
}

#[test]
fn lists_and_worlds_are_counted() {
    assert_eq!([0, 1, 2, 3, 4].map(|many| orders(many).len()), [1, 2, 5, 16, 65]);
    assert_eq!(worlds(2, 2), (5 * 3) * (5 * 3) * 9);
    assert_eq!(
        (0..81).filter(|&number| World::number(number, 2, 2).is_some()).count(),
        1 + 3 + 3 + 4 + 4 + 7 + 8 + 8 + 9
    );
}

#[test]
fn every_market_of_two_people_and_two_places() {
    assert_eq!(look(2, 2, 1), 47 * 25 * 25);
}

#[test]
fn a_share_of_the_markets_of_three_people_and_two_places() {
    assert!(look(3, 2, 7) > 400_000);
}

#[test]
fn a_share_of_the_markets_of_three_people_and_three_places() {
    assert!(look(3, 3, 30_011) > 200_000);
}

#[test]
fn a_share_of_the_markets_of_four_people_and_two_places() {
    assert!(look(4, 2, 4_001) > 100_000);
}

#[test]
#[ignore = "3 million markets: half a minute"]
fn every_market_of_three_people_and_two_places() {
    assert_eq!(look(3, 2, 1), 99 * 256 * 125);
}

#[test]
#[ignore = "9 million markets: minutes"]
fn a_larger_share_of_the_markets_of_three_people_and_three_places() {
    assert!(look(3, 3, 1_009) > 8_000_000);
}
