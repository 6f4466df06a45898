//! Mechanisms broken on purpose, and the check that catches each, with its witness.

use crate::outcome::drawn::{Size, drawn};
use crate::outcome::naive::{Naive, Seats, allocation};
use crate::outcome::places_propose;
use crate::written::Written;
use shared_parking::allocation::Mechanism::{self, DeferredAcceptance, Optimal, SerialDictatorship, TopTradingCycles};
use shared_parking::allocation::allocate;
use shared_parking::audit::{
    DeniedClaim, Envy, ExchangeStep, MarketFinding, TradeStep, WastedSeat, WorseThanHeld, better_stable_cycles,
    check_outcome, envy_by_list, improvement_cycles, justified_envy, out_of_trade, top_claims_denied, wasted_seats,
    worse_than_held,
};
use shared_parking::market::Lots::{PerPlace, Single};
use shared_parking::market::{Agent, Allocation, Claims, Lots, Market, Place, Seat, lot};

const DEFERRED: Mechanism = DeferredAcceptance(Single);

/// The agent and the place of these numbers, counted from 1 as the texts do.
fn who(number: u32) -> Agent {
    Agent::new(number - 1)
}

fn at(number: u32) -> Place {
    Place::new(number - 1)
}

/// Where everybody sits, by agent from 1: the place's number, 0 for nowhere.
fn answer(seats: &[u32]) -> Allocation {
    let pairs = (1..).zip(seats).filter(|&(_, &seat)| seat > 0);
    allocation(pairs.map(|(number, &seat)| (who(number), at(seat))).collect())
}

fn written(capacities: &[u32], preferences: &str, priorities: &str, holds: &[(usize, usize)]) -> Market {
    Written::new(capacities, preferences).priorities(priorities).holds(holds).builder.build().unwrap()
}

/// Who moves from where to where.
fn step(agent: u32, from: u32, to: u32) -> ExchangeStep {
    ExchangeStep { agent: who(agent), from: at(from), to: at(to) }
}

fn single(market: &Market) -> Claims {
    Claims::draw(market, Single, 7)
}

fn findings(market: &Market, mechanism: Mechanism, answer: &Allocation) -> Vec<MarketFinding> {
    check_outcome(market, mechanism, 7, answer).expect_err("something is wrong")
}

/// Immediate acceptance ("Boston"): in each round people ask for their next choice, and whoever is taken stays.
fn immediate(naive: &Naive<'_>) -> Allocation {
    let mut seats: Seats = vec![None; naive.claims.people()];
    for round in 0..naive.market.places().len() {
        let before = seats.clone();
        for place in naive.market.places() {
            let asking = naive.claimants(place).into_iter();
            let asking = asking.filter(|&turn| before[turn].is_none() && naive.likes[turn].get(round) == Some(&place));
            let taken = before.iter().filter(|seat| **seat == Some(place)).count();
            let room = naive.market.capacity(place) as usize - taken;
            asking.take(room).for_each(|turn| seats[turn] = Some(place));
        }
    }
    naive.allocation(&seats)
}

/// A serial dictatorship in which the people of these turns choose, in this order.
fn serial_of(naive: &Naive<'_>, turns: impl IntoIterator<Item = usize>) -> Allocation {
    let mut seats: Seats = vec![None; naive.claims.people()];
    for turn in turns {
        let taken = |place: Place| seats.iter().filter(|seat| **seat == Some(place)).count();
        let free = naive.likes[turn].iter().copied();
        seats[turn] = free.into_iter().find(|&place| taken(place) < naive.market.capacity(place) as usize);
    }
    naive.allocation(&seats)
}

/// The market as somebody sees it who overlooks holders, or priorities, or adds a space to the first place.
fn seen(market: &Market, holders: bool, priorities: bool, more: u32) -> Market {
    let mut builder = Market::builder();
    for place in market.places() {
        builder.place(market.capacity(place) + if place.number() == 0 { more } else { 0 });
    }
    for agent in market.agents() {
        let choices = market.choices(agent).iter().map(|choice| (choice.place, choice.cost));
        builder.agent(market.standing(agent), market.count(agent), choices);
        for (own, choice) in market.choices(agent).iter().enumerate().filter(|_| priorities && market.has_priorities())
        {
            builder.priority(agent, choice.place, market.priority_at(agent, own));
        }
    }
    for hold in market.holdings().iter().filter(|_| holders) {
        builder.holds(hold.agent, hold.place, hold.count);
    }
    builder.build().unwrap()
}

#[test]
fn immediate_acceptance_leaves_envy() {
    let market = written(&[1, 1, 1], "1: 1 2 3; 2: 1 2 3; 3: 2 1 3", "1: 1 2 3; 2: 1 2 3; 3: 1 2 3", &[]);
    let broken = immediate(&Naive::new(&market, Single, 7));
    assert_eq!(broken, answer(&[1, 3, 2])); // the second asked for place 2 too late
    let envy = Envy { agent: who(2), place: at(2), seat: Some(at(3)), over: who(3) };
    assert_eq!(justified_envy(&market, &single(&market), &broken), [envy]);
    assert_eq!(findings(&market, DEFERRED, &broken), [MarketFinding::Envied(envy)]);
}

/// Roth and Sotomayor, example 2.9, with the women proposing: stable, and worse for every man but the last.
#[test]
fn places_that_propose_leave_a_better_stable_answer() {
    let men = "1: 1 2 3 4; 2: 4 2 3 1; 3: 4 3 1 2; 4: 1 4 3 2; 5: 1 2 4";
    let women = "1: 2 3 1 4 5; 2: 3 1 2 4 5; 3: 4 1 2 3; 4: 1 4 5 2 3";
    let market = written(&[1; 4], men, women, &[]);
    let broken = places_propose(&Naive::new(&market, Single, 7));
    assert_eq!(broken, answer(&[4, 1, 2, 3, 0]));
    assert_eq!(wasted_seats(&market, &broken), []);
    assert_eq!(justified_envy(&market, &single(&market), &broken), []);
    // Of the men who would rather have them, women 4 and 3 like men 4 and 1 best, who have each other's.
    let claims = single(&market);
    let steps = [(4, 3, 4), (1, 4, 3)].map(|(agent, from, to)| step(agent, from, to));
    let found = better_stable_cycles(&market, &claims, &broken);
    assert_eq!(found.iter().map(|exchange| &exchange.steps[..]).collect::<Vec<_>>(), [steps]);
    assert_eq!(findings(&market, DEFERRED, &broken), [MarketFinding::BetterStable { first: steps[0], people: 2 }]);
    // And so on, until every man has what he can.
    let second = [(2, 1, 3), (1, 3, 2), (3, 2, 1)].map(|(agent, from, to)| step(agent, from, to));
    assert_eq!(better_stable_cycles(&market, &claims, &answer(&[3, 1, 2, 4, 0]))[0].steps, second);
    let third = [(3, 1, 3), (2, 3, 2), (1, 2, 1)].map(|(agent, from, to)| step(agent, from, to));
    assert_eq!(better_stable_cycles(&market, &claims, &answer(&[2, 3, 1, 4, 0]))[0].steps, third);
    assert_eq!(check_outcome(&market, DEFERRED, 7, &answer(&[1, 2, 3, 4, 0])), Ok(()));
}

#[test]
fn a_dictatorship_that_skips_somebody_leaves_envy_or_waste() {
    let market = written(&[1, 1, 1], "1: 1 2; 2: 1 2; 3: 2 1", "", &[]);
    let broken = serial_of(&Naive::new(&market, Single, 7), [0, 2]);
    let envy = Envy { agent: who(2), place: at(2), seat: None, over: who(3) };
    assert_eq!(envy_by_list(&market, &single(&market), &broken), [envy]);
    assert_eq!(findings(&market, SerialDictatorship, &broken), [MarketFinding::Envied(envy)]);

    let market = written(&[1, 1, 1], "1: 1 2; 2: 1 2; 3: 3", "", &[]);
    let broken = serial_of(&Naive::new(&market, Single, 7), [0, 2]);
    let wasted = WastedSeat { agent: who(2), place: at(2), seat: None };
    assert_eq!(wasted_seats(&market, &broken), [wasted]);
    assert_eq!(findings(&market, SerialDictatorship, &broken), [MarketFinding::Wasted(wasted)]);
}

#[test]
fn a_dictatorship_that_ignores_the_lots_leaves_envy_by_the_list() {
    let mut builder = Market::builder();
    let (kerb, yard) = (builder.place(1), builder.place(1));
    let [first, second] = [(); 2].map(|()| builder.agent(0, 1, [(kerb, 10), (yard, 20)]));
    let market = builder.build().unwrap();
    let seed = (0..).find(|&seed| lot(seed, second, 0) < lot(seed, first, 0)).unwrap();
    let broken = answer(&[1, 2]);
    let envy = Envy { agent: second, place: kerb, seat: Some(yard), over: first };
    let due = Err(vec![MarketFinding::Envied(envy)]);
    assert_eq!(check_outcome(&market, SerialDictatorship, seed, &broken), due);
    assert_eq!(check_outcome(&market, SerialDictatorship, seed, &answer(&[2, 1])), Ok(()));
}

#[test]
fn trading_that_overlooks_holders_takes_their_places() {
    let market = written(&[1, 1], "1: 1 2; 2: 1 2", "", &[(2, 1)]);
    let broken = Naive::new(&seen(&market, false, true, 0), Single, 7).trading();
    assert_eq!(broken, answer(&[1, 2]));
    let worse = WorseThanHeld { agent: who(2), held: at(1), seat: Some(at(2)) };
    assert_eq!(worse_than_held(&market, &single(&market), &broken), [worse]);
    let step = TradeStep { agent: who(2), due: at(1), got: Some(at(2)) };
    assert_eq!(out_of_trade(&market, &single(&market), &broken), [step]); // with itself
    assert_eq!(findings(&market, TopTradingCycles, &broken), [MarketFinding::OutOfTrade(step)]);
}

#[test]
fn trading_that_overlooks_priorities_denies_the_best_claims() {
    let market = written(&[1, 1], "1: 1 2; 2: 1 2", "1: 2 1; 2: 2 1", &[]);
    let broken = Naive::new(&seen(&market, true, false, 0), Single, 7).trading();
    assert_eq!(broken, answer(&[1, 2]));
    let denied = DeniedClaim { agent: who(2), place: at(1), seat: Some(at(2)) };
    assert_eq!(top_claims_denied(&market, &single(&market), &broken), [denied]);
    let step = TradeStep { agent: who(2), due: at(1), got: Some(at(2)) };
    assert_eq!(findings(&market, TopTradingCycles, &broken), [MarketFinding::OutOfTrade(step)]);
}

#[test]
fn trading_with_one_capacity_off_wastes_or_overfills() {
    let (few, many) = ([1, 1], [2, 1]);
    let [few, many] = [few, many].map(|capacities| written(&capacities, "1: 1; 2: 1 2", "", &[]));
    let broken = Naive::new(&few, Single, 7).trading();
    assert_eq!(broken, answer(&[1, 2]));
    let wasted = WastedSeat { agent: who(2), place: at(1), seat: Some(at(2)) };
    assert_eq!(wasted_seats(&many, &broken), [wasted]);
    let step = TradeStep { agent: who(2), due: at(1), got: Some(at(2)) };
    assert_eq!(findings(&many, TopTradingCycles, &broken), [MarketFinding::OutOfTrade(step)]);

    let broken = Naive::new(&seen(&few, true, true, 1), Single, 7).trading();
    let over = MarketFinding::OverCapacity { place: at(1), seated: 2 };
    assert_eq!(findings(&few, TopTradingCycles, &broken), [over]);
}

/// Roth 1982: what deferred acceptance gives is not what trading gives, and each check says why.
#[test]
fn one_mechanism_for_another() {
    let priorities = "1: 1 3 2; 2: 2 1 3; 3: 2 1 3";
    let market = written(&[1, 1, 1], "1: 2 1 3; 2: 1 2 3; 3: 1 2 3", priorities, &[]);
    let (stable, efficient) = (answer(&[1, 2, 3]), answer(&[2, 1, 3]));
    let envy = Envy { agent: who(3), place: at(1), seat: Some(at(3)), over: who(2) };
    assert_eq!(findings(&market, DEFERRED, &efficient), [MarketFinding::Envied(envy)]);
    let steps = [(1, 2, 1), (2, 1, 2)].map(|(agent, due, got)| TradeStep {
        agent: who(agent),
        due: at(due),
        got: Some(at(got)),
    });
    assert_eq!(findings(&market, TopTradingCycles, &stable), steps.map(MarketFinding::OutOfTrade));
    let exchange =
        [(1, 1, 2), (2, 2, 1)].map(|(agent, from, to)| ExchangeStep { agent: who(agent), from: at(from), to: at(to) });
    assert_eq!(improvement_cycles(&market, &stable)[0].steps, exchange);
    assert_eq!(improvement_cycles(&market, &efficient), []);
    assert_eq!(findings(&market, Optimal, &stable), [MarketFinding::NoCertificate]);
    let optimal = allocate(&market, Optimal, 7);
    assert!(findings(&market, TopTradingCycles, &optimal).contains(&MarketFinding::StrayCertificate));
}

#[test]
fn two_seats_exchanged() {
    let market = written(&[1, 1, 1], "1: 1 2 3; 2: 2 1 3; 3: 3 1 2", "", &[]);
    let envies = |place: u32, over: u32| {
        MarketFinding::Envied(Envy { agent: who(1), place: at(place), seat: Some(at(3)), over: who(over) })
    };
    for mechanism in [SerialDictatorship, DEFERRED] {
        assert_eq!(check_outcome(&market, mechanism, 7, &answer(&[1, 2, 3])), Ok(()));
        assert_eq!(findings(&market, mechanism, &answer(&[3, 2, 1])), [envies(1, 3), envies(2, 2)]);
    }
    let exchanged = improvement_cycles(&market, &answer(&[3, 2, 1]));
    assert_eq!(exchanged[0].steps, [step(3, 1, 3), step(1, 3, 1)]);
}

/// Seats that mean nothing, and whatever else cannot be: told, and no check stumbles over them.
#[test]
fn seats_that_cannot_be() {
    let market = written(&[1, 1], "1: 1 2; 2: 1", "", &[(2, 1)]);
    let seat = |agent, place, count| Seat { agent: who(agent), place: at(place), count };
    let table = [
        (vec![seat(9, 1, 1)], MarketFinding::MeaninglessSeat { position: 0 }),
        (vec![seat(1, 9, 1)], MarketFinding::MeaninglessSeat { position: 0 }),
        (vec![seat(1, 1, 0)], MarketFinding::MeaninglessSeat { position: 0 }),
        (vec![seat(2, 2, 1)], MarketFinding::NotAChoice { agent: who(2), place: at(2) }),
        (vec![seat(1, 2, u32::MAX)], MarketFinding::OverCapacity { place: at(2), seated: u64::from(u32::MAX) }),
        (vec![seat(1, 1, 1), seat(1, 2, 1)], MarketFinding::TooManySeated { agent: who(1), seated: 2 }),
        (vec![seat(2, 1, 1), seat(1, 2, 1)], MarketFinding::OutOfOrder { position: 1 }),
        (vec![seat(1, 2, 1), seat(1, 2, 1)], MarketFinding::OutOfOrder { position: 1 }),
    ];
    for (seats, finding) in table {
        let wrong = Allocation { seats, certificate: None };
        for mechanism in [DEFERRED, DeferredAcceptance(PerPlace), SerialDictatorship, TopTradingCycles, Optimal] {
            assert!(findings(&market, mechanism, &wrong).contains(&finding), "{finding}");
        }
        let claims = single(&market);
        let _ = (wasted_seats(&market, &wrong), improvement_cycles(&market, &wrong));
        let _ = (justified_envy(&market, &claims, &wrong), top_claims_denied(&market, &claims, &wrong));
        let _ = (better_stable_cycles(&market, &claims, &wrong), out_of_trade(&market, &claims, &wrong));
        let _ = worse_than_held(&market, &claims, &wrong);
    }
}

/// Whenever a broken mechanism gives another answer than the right one, it is caught; and each does so often.
#[test]
fn whatever_differs_is_caught() {
    type Broken = fn(&Market, Lots, u64) -> Allocation;
    let table: [(&str, Mechanism, Broken); 8] = [
        ("immediate acceptance", DEFERRED, |market, lots, seed| immediate(&Naive::new(market, lots, seed))),
        ("places propose", DEFERRED, |market, lots, seed| places_propose(&Naive::new(market, lots, seed))),
        ("lots for each place", DEFERRED, |market, _, seed| Naive::new(market, PerPlace, seed).deferred()),
        ("one lot", DeferredAcceptance(PerPlace), |market, _, seed| Naive::new(market, Single, seed).deferred()),
        ("skips the third", SerialDictatorship, |market, lots, seed| {
            let naive = Naive::new(market, lots, seed);
            serial_of(&naive, naive.turns().filter(|&turn| turn != 2))
        }),
        ("by number", SerialDictatorship, |market, lots, seed| {
            let naive = Naive::new(market, lots, seed);
            let mut turns: Vec<usize> = naive.turns().collect();
            turns.sort_by_key(|&turn| naive.claims.agent(turn));
            serial_of(&naive, turns)
        }),
        ("no holders", TopTradingCycles, |market, lots, seed| {
            Naive::new(&seen(market, false, true, 0), lots, seed).trading()
        }),
        ("one space more", TopTradingCycles, |market, lots, seed| {
            Naive::new(&seen(market, true, true, 1), lots, seed).trading()
        }),
    ];
    for (what, mechanism, broken) in table {
        let lots = if let DeferredAcceptance(lots) = mechanism { lots } else { Single };
        let mut differed = 0;
        for seed in 0..200 {
            let market = drawn(Size { agents: 8, places: 5, count: 2, capacity: 2 }, seed);
            let answer = broken(&market, lots, seed);
            let right = answer == allocate(&market, mechanism, seed);
            assert_eq!(check_outcome(&market, mechanism, seed, &answer).is_ok(), right, "{what}, seed {seed}");
            differed += usize::from(!right);
        }
        assert!(differed >= 5, "{what}: {differed} of 200");
    }
}
