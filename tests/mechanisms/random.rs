//! The core from random endowments: whether a lottery gives out the order of the list or the places themselves, to be
//! traded, everybody's chances are the same (Abdulkadiroğlu and Sönmez 1998), and so are those of whole answers.

use super::crowd::{Crowd, Seats};
use super::small::{World, orders};
use shared_parking::allocation::{serial, trading};
use shared_parking::market::{Lots, Market};
use std::collections::BTreeMap;

const PEOPLE: usize = 4;

/// Person i of `order` is listed i-th; returns seats by person, not by turn.
fn by_order(wishes: &[&[usize]], order: &[usize]) -> Seats {
    let world = World { room: vec![1; PEOPLE], named: vec![Vec::new(); PEOPLE], held: vec![None; PEOPLE] };
    let stated: Vec<&[usize]> = order.iter().map(|&person| wishes[person]).collect();
    let market = world.market(&stated);
    let seats = seats(&market, |market| serial(market, 7));
    (0..PEOPLE).map(|person| seats[order.iter().position(|&listed| listed == person).unwrap()]).collect()
}

/// Person i holds the i-th of `places`, and everybody may trade.
fn by_endowment(wishes: &[&[usize]], places: &[usize]) -> Seats {
    let held = places.iter().map(|&place| Some(place)).collect();
    let world = World { room: vec![1; PEOPLE], named: vec![Vec::new(); PEOPLE], held };
    seats(&world.market(wishes), |market| trading(market, 7))
}

fn seats(market: &Market, mechanism: impl Fn(&Market) -> shared_parking::market::Allocation) -> Seats {
    Crowd::claimed(market, Lots::Single, 7).dealt(&mechanism(market))
}

fn tally(answers: impl Iterator<Item = Seats>) -> BTreeMap<Seats, u32> {
    answers.fold(BTreeMap::new(), |mut tally, seats| {
        *tally.entry(seats).or_insert(0) += 1;
        tally
    })
}

#[test]
fn random_endowments_traded_give_what_a_random_order_gives() {
    let all = orders(PEOPLE);
    let complete: Vec<&[usize]> = all.iter().filter(|order| order.len() == PEOPLE).map(Vec::as_slice).collect();
    let (mut compared, mut most) = (0, 0);
    // Places can be renamed so that the first person's wishes are 0 1 2 3: the others' wishes are all there is to try.
    for number in 0..24 * 24 * 24 {
        let wishes = [complete[0], complete[number % 24], complete[number / 24 % 24], complete[number / 576]];
        let ordered = tally(complete.iter().map(|order| by_order(&wishes, order)));
        let endowed = tally(complete.iter().map(|places| by_endowment(&wishes, places)));
        assert_eq!(ordered, endowed, "{wishes:?}");
        assert_eq!(ordered.values().sum::<u32>(), 24);
        compared += 1;
        most = most.max(ordered.len());
    }
    assert_eq!(compared, 13_824);
    assert!(most >= 4, "no market had more than {most} answers");
}

/// Bogomolnaia and Moulin's market again: from endowments, too, the first person gets 10, 2, 10 and 2 of 24.
#[test]
fn random_endowments_of_a_known_market() {
    let (early, late): (&[usize], &[usize]) = (&[0, 1, 2, 3], &[1, 0, 3, 2]);
    let wishes = [early, early, late, late];
    let mut got = [0; PEOPLE];
    for places in orders(PEOPLE).iter().filter(|order| order.len() == PEOPLE) {
        got[by_endowment(&wishes, places)[0].unwrap()] += 1;
    }
    assert_eq!(got, [10, 2, 10, 2]);
}
