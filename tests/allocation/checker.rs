//! The check can say no: each finding on purpose, and no wrong answer passes.

use crate::support::oracle::min_cost_flow;
use crate::support::plain::{PlainAgent, PlainMarket, agent, markets};
use proptest::prelude::*;
use shared_parking::allocation::optimal;
use shared_parking::audit::{MarketFinding, check_market};
use shared_parking::market::{Allocation, Certificate, Place, PlacePrice, Seat};

fn place(number: u32) -> Place {
    Place::new(number)
}

fn seat(of: usize, at: u32, count: u32) -> Seat {
    Seat { agent: agent(of), place: place(at), count }
}

/// Place 0 has one space, place 1 two, place 2 none; three agents, the last two people together.
fn market() -> PlainMarket {
    let row = |standing, count, choices: &[(usize, u32)]| PlainAgent { standing, count, choices: choices.to_vec() };
    PlainMarket {
        capacities: vec![1, 2, 0],
        agents: vec![row(0, 1, &[(0, 10), (1, 30)]), row(1, 1, &[(0, 10), (2, 5)]), row(1, 2, &[(0, 4), (1, 20)])],
    }
}

const FREE: PlacePrice = PlacePrice { closed: None, price: 0 };

fn closed(standing: u32, price: i64) -> PlacePrice {
    PlacePrice { closed: Some(standing), price }
}

fn answer(seats: &[Seat], prices: &[PlacePrice]) -> Allocation {
    Allocation { seats: seats.to_vec(), certificate: Some(Certificate { places: prices.to_vec() }) }
}

#[test]
fn each_finding_on_purpose() {
    use MarketFinding as F;
    let (good_seats, good_prices) = good();
    let table: Vec<(&str, Allocation, F)> = vec![
        ("nobody", answer(&[seat(0, 0, 0)], &good_prices), F::MeaninglessSeat { position: 0 }),
        ("agent 9", answer(&[seat(9, 0, 1)], &good_prices), F::MeaninglessSeat { position: 0 }),
        ("place 9", answer(&[seat(0, 9, 1)], &good_prices), F::MeaninglessSeat { position: 0 }),
        ("order", answer(&[seat(2, 1, 1), seat(0, 1, 1)], &good_prices), F::OutOfOrder { position: 1 }),
        ("twice", answer(&[seat(2, 1, 1), seat(2, 1, 1)], &good_prices), F::OutOfOrder { position: 1 }),
        ("no choice", answer(&[seat(1, 1, 1)], &good_prices), F::NotAChoice { agent: agent(1), place: place(1) }),
        (
            "too many",
            answer(&[seat(0, 0, 1), seat(0, 1, 1)], &good_prices),
            F::TooManySeated { agent: agent(0), seated: 2 },
        ),
        ("over", answer(&[seat(0, 0, 1), seat(1, 0, 1)], &good_prices), F::OverCapacity { place: place(0), seated: 2 }),
        ("no space", answer(&[seat(1, 2, 1)], &good_prices), F::OverCapacity { place: place(2), seated: 1 }),
        ("bare", Allocation { seats: good_seats.clone(), certificate: None }, F::NoCertificate),
        ("short", answer(&good_seats, &good_prices[..2]), F::CertificateLength { prices: 2 }),
        (
            "negative",
            answer(&good_seats, &changed(1, PlacePrice { closed: None, price: -1 })),
            F::NegativePrice { place: place(1) },
        ),
        ("free", answer(&good_seats[..1], &good_prices), F::PriceOnFreeSpace { place: place(1) }),
        ("dear", answer(&good_seats, &changed(1, closed(0, 0))), F::SeatTooDear { agent: agent(2), place: place(1) }),
        (
            "cheaper",
            answer(&good_seats, &changed(0, FREE)),
            F::CheaperElsewhere { agent: agent(2), seat: place(1), better: place(0) },
        ),
        ("soon", answer(&good_seats, &changed(0, FREE)), F::LeftOutTooSoon { agent: agent(1), place: place(0) }),
    ];
    assert_eq!(check_market(&market().build(), &answer(&good_seats, &good_prices)), Ok(()));
    for (what, allocation, finding) in table {
        let found = check_market(&market().build(), &allocation).expect_err(what);
        assert!(found.contains(&finding), "{what}: {found:?} lacks {finding:?}");
    }
}

/// The first takes the near space, the last two the far ones (50 m in all); the second is left out.
fn good() -> (Vec<Seat>, Vec<PlacePrice>) {
    (vec![seat(0, 0, 1), seat(2, 1, 2)], vec![closed(1, -4), closed(1, -20), closed(0, 0)])
}

fn changed(at: usize, price: PlacePrice) -> Vec<PlacePrice> {
    let mut prices = good().1;
    prices[at] = price;
    prices
}

#[test]
fn the_solver_finds_the_answer_by_hand() {
    assert_eq!(optimal(&market().build()).seats, good().0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to the seats, the check says yes only to an answer that is as good.
    #[test]
    fn no_worse_seats_pass(
        (plain, position, to, count) in
            (markets(9, 6), any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3u32)
    ) {
        let mut plain = plain;
        plain.agents.iter_mut().for_each(|agent| agent.standing %= 9);
        let market = plain.build();
        let best = optimal(&market);
        prop_assume!(!best.seats.is_empty());
        let at = position.index(best.seats.len());
        let mut gone = best.clone();
        gone.seats.remove(at);
        prop_assert!(check_market(&market, &gone).is_err(), "a seat taken away");
        let mut moved = best.clone();
        moved.seats[at].place = Place::new(u32::try_from(to.index(plain.capacities.len())).unwrap());
        let mut counted = best.clone();
        counted.seats[at].count = count;
        for other in [moved, counted] {
            if check_market(&market, &other).is_ok() {
                prop_assert_eq!(plain.value(&other), min_cost_flow(&plain));
            }
        }
    }

    /// A price or a closed mark may change only as far as the three rules, written out again here, still hold.
    #[test]
    fn no_wrong_price_passes(
        (plain, position, change, mark) in
            (markets(9, 6), any::<prop::sample::Index>(), -40..40i64, prop::option::of(0..7u32))
    ) {
        let market = plain.build();
        let best = optimal(&market);
        let at = position.index(plain.capacities.len());
        let mut priced = best.clone();
        priced.certificate.as_mut().unwrap().places[at].price += change;
        let mut marked = best;
        marked.certificate.as_mut().unwrap().places[at].closed = mark;
        for other in [priced, marked] {
            prop_assert_eq!(check_market(&market, &other).is_ok(), rules_hold(&plain, &other), "{:?}", other);
        }
    }
}

/// The three rules once more, from their words: full prices compared as pairs, the rank of the mark before the price.
fn rules_hold(plain: &PlainMarket, allocation: &Allocation) -> bool {
    let prices = &allocation.certificate.as_ref().unwrap().places;
    let rank = |closed: Option<u32>| closed.map_or(0, |standing| 1_000 - i64::from(standing));
    let mut used = vec![0; plain.capacities.len()];
    allocation.seats.iter().for_each(|seat| used[seat.place.index()] += seat.count);
    let first = prices.iter().enumerate().all(|(at, price)| {
        let full = (rank(price.closed), price.price);
        full >= (0, 0) && (full == (0, 0) || used[at] == plain.capacities[at])
    });
    first
        && plain.agents.iter().enumerate().all(|(number, row)| {
            let dear =
                |&(place, cost): &(usize, u32)| (rank(prices[place].closed), i64::from(cost) + prices[place].price);
            let out = (rank(Some(row.standing)), 0);
            let own: Vec<&Seat> = allocation.seats.iter().filter(|seat| seat.agent == agent(number)).collect();
            let seated: u32 = own.iter().map(|seat| seat.count).sum();
            row.choices.iter().all(|choice| {
                let here = own.iter().any(|seat| seat.place.index() == choice.0);
                let least = row.choices.iter().all(|other| dear(choice) <= dear(other));
                (!here || (least && dear(choice) <= out)) && (seated == row.count || dear(choice) >= out)
            })
        })
}
