//! Serial dictatorship: everybody in turn takes the best place left.

use super::preferences::{best, seated};
use crate::market::{Allocation, Choice, Claims, Lots, Market};

/// The choices of so many people are fetched together: they lie anywhere in memory, and waiting for one after the other
/// would take most of the time.
const AHEAD: usize = 16;

/// Serves people in the order of the list ([`Claims`]): each takes the place they prefer among those with room.
///
/// It guarantees that whoever is ahead is never worse off for anybody behind (no justified envy by the list), that no
/// exchange improves it (Pareto efficient), and that nobody gains by stating other preferences. Everybody can check their
/// own answer from what was left at their turn. It does not look for re-arrangements: somebody may be left out though
/// those ahead could have made room at no loss of a seat, so it seats fewer people than [`optimal`](super::optimal()) in
/// general; and it protects no holder. Priorities of places and holdings do not count.
///
/// O(choices of all people, each counted for itself) besides drawing the lots ([`Claims::draw`]).
/// Memory O(people + places).
///
/// ```
/// use shared_parking::allocation::serial;
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let first = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let second = builder.agent(1, 1, [(kerb, 20)]);
/// let market = builder.build().unwrap();
/// let allocation = serial(&market, 7);
/// assert_eq!(allocation.seats_of(first)[0].place, kerb);
/// assert_eq!(allocation.seats_of(second), []); // the yard stays free: the first need not move aside
/// ```
#[must_use]
pub fn serial(market: &Market, seed: u64) -> Allocation {
    let claims = Claims::draw(market, Lots::Single, seed);
    by_turn(market, &claims)
}

/// Everybody in turn takes the best place left.
pub(super) fn by_turn(market: &Market, claims: &Claims) -> Allocation {
    let mut room: Vec<u32> = market.places().map(|place| market.capacity(place)).collect();
    let mut seats = vec![None; claims.people()];
    let mut near: Vec<Choice> = Vec::new();
    for first in (0..claims.people()).step_by(AHEAD) {
        let turns = first..claims.people().min(first + AHEAD);
        near.clear();
        turns.clone().for_each(|turn| near.extend_from_slice(market.choices(claims.agent(turn))));
        let mut rest = &near[..];
        for turn in turns {
            let (choices, others) = rest.split_at(market.choices(claims.agent(turn)).len());
            rest = others;
            let open = choices.iter().map(|&choice| (choice, room[choice.place.index()] > 0));
            if let Some(at) = best(open) {
                room[choices[at].place.index()] -= 1;
                seats[turn] = Some(choices[at].place);
            }
        }
    }
    seated(market, claims, &seats)
}
