//! What must hold of an answer, looked at without the mechanism.

use shared_parking::allocation::Mechanism;
use shared_parking::market::{Allocation, Claim, Claims, Lots, Market, Place};

/// Stops at the first breach of what the mechanism guarantees of each person: a seat that does not exist, a free space
/// that somebody prefers, a holder who lost; with deferred acceptance also a preferred place given to a worse claim,
/// with serial dictatorship one given to somebody behind.
pub(crate) fn check(market: &Market, mechanism: Mechanism, seed: u64, allocation: &Allocation) {
    let lots = match mechanism {
        Mechanism::DeferredAcceptance(lots) => lots,
        _ => Lots::Single,
    };
    let claims = Claims::draw(market, lots, seed);
    let seats = claims.seats(market, allocation);
    assert_eq!(seats.iter().flatten().count() as u64, allocation.seated(), "a seat that is no choice, or dealt twice");
    let mut taken = vec![0; market.places().len()];
    seats.iter().flatten().for_each(|place| taken[place.index()] += 1);
    assert!(market.places().all(|place| taken[place.index()] <= market.capacity(place)), "more people than spaces");
    let worst = worst(market, mechanism, &claims, &seats);
    for (turn, seat) in seats.iter().enumerate() {
        let choices = market.choices(claims.agent(turn));
        let mine = seat.and_then(|seat| choices.iter().find(|choice| choice.place == seat));
        for (at, choice) in choices.iter().enumerate() {
            if mine.is_some_and(|mine| (mine.cost, mine.place) <= (choice.cost, choice.place)) {
                continue;
            }
            let place = choice.place;
            assert_eq!(taken[place.index()], market.capacity(place), "turn {turn} prefers {place}, which is free");
            if mechanism != Mechanism::SerialDictatorship {
                assert!(claims.held(turn) != Some(place), "turn {turn} held {place} and lost it");
            }
            let behind = claim(market, mechanism, &claims, turn, at).zip(worst[place.index()]);
            assert!(behind.is_none_or(|(mine, worst)| worst < mine), "turn {turn} has a better claim to {place}");
        }
    }
}

/// What decides between two people at a place, where the mechanism promises that it does: no claim for trading.
fn claim(market: &Market, mechanism: Mechanism, claims: &Claims, turn: usize, at: usize) -> Option<Claim> {
    match mechanism {
        Mechanism::DeferredAcceptance(_) => Some(claims.claim(market, turn, at)),
        Mechanism::SerialDictatorship => Some(Claims::claim_to_held(turn)), // by turn
        _ => None,
    }
}

/// The worst claim among those seated at each place.
fn worst(market: &Market, mechanism: Mechanism, claims: &Claims, seats: &[Option<Place>]) -> Vec<Option<Claim>> {
    let mut worst = vec![None; market.places().len()];
    for (turn, seat) in seats.iter().enumerate() {
        let Some(place) = seat else { continue };
        let choices = market.choices(claims.agent(turn));
        let at = choices.iter().position(|choice| choice.place == *place).expect("seats are choices");
        let worst: &mut Option<Claim> = &mut worst[place.index()];
        *worst = (*worst).max(claim(market, mechanism, claims, turn, at));
    }
    worst
}
