//! Places that somebody prefers and somebody with a worse claim has.

use super::{People, better};
use crate::market::{Agent, Allocation, Claim, Claims, Market, Place};

/// Somebody prefers a place where somebody with a worse claim to it sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Envy {
    /// Who has the better claim.
    pub agent: Agent,
    /// The place.
    pub place: Place,
    /// The seat they have instead; `None` when left out.
    pub seat: Option<Place>,
    /// Who sits there by the worst claim of all.
    pub over: Agent,
}

/// Who prefers a place where somebody with a worse claim sits: each agent and place once, sorted; by the first in turn
/// of the agent's people, over the worst claim that is seated there. Empty: no justified envy.
///
/// People of an agent have its seats in the order of their turns, the best first ([`Claims::seats`]). That hides no
/// answer: if persons sit without waste and justified envy, an agent's people sit in that order. For let `j` come after
/// `i` in turn and have a seat at `x`, which both prefer to the seat of `i`. Then `j` has the better claim to `x`, so `j`
/// holds it and `i` does not; and `i` holds a place that both prefer to `x`, since holdings come in order too. But who
/// prefers the place held to the seat finds room there, or somebody who does not hold it: waste or justified envy.
///
/// To check it for oneself takes the worst claim that is seated at each place one prefers. O(places + choices of all
/// people), times O(log) for sorting what is found.
///
/// ```
/// use shared_parking::audit::{Envy, justified_envy};
/// use shared_parking::market::{Allocation, Claims, Lots, Market, Seat};
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let far = builder.agent(0, 1, [(kerb, 30)]);
/// let near = builder.agent(1, 1, [(kerb, 10)]);
/// builder.priority(near, kerb, 0);
/// let market = builder.build().unwrap();
/// let claims = Claims::draw(&market, Lots::Single, 7);
/// let allocation = Allocation { seats: vec![Seat { agent: far, place: kerb, count: 1 }], certificate: None };
/// let envy = Envy { agent: near, place: kerb, seat: None, over: far };
/// assert_eq!(justified_envy(&market, &claims, &allocation), [envy]);
/// ```
#[must_use]
pub fn justified_envy(market: &Market, claims: &Claims, allocation: &Allocation) -> Vec<Envy> {
    let people = People::new(market, claims, allocation);
    envy(&people, |turn, at| claims.claim(market, turn, at))
}

/// Who prefers a place where somebody later in turn sits, as [`justified_envy`], but by the list alone: standing, then
/// lot, then agent ([`Claims`]). Priorities and holdings do not count. Empty and nothing wasted: a serial dictatorship's
/// answer, and there is only one; see [`check_outcome`](super::check_outcome).
///
/// To check it for oneself takes the seats of those ahead on the list. Same cost.
#[must_use]
pub fn envy_by_list(market: &Market, claims: &Claims, allocation: &Allocation) -> Vec<Envy> {
    let people = People::new(market, claims, allocation);
    // As if everybody held every place: such claims go by turn alone.
    envy(&people, |turn, _| Claims::claim_to_held(turn))
}

/// Envy by the claims of persons, by turn, to their choices, by position.
fn envy(people: &People<'_>, claim: impl Fn(usize, usize) -> Claim) -> Vec<Envy> {
    let mut worst: Vec<Option<(Claim, Agent)>> = vec![None; people.market.places().len()];
    for (turn, agent, seat) in people.each() {
        let seated = seat.and_then(|place| Some((place, people.position(agent, place)?)));
        if let Some((place, at)) = seated {
            let there = &mut worst[place.index()];
            *there = (*there).max(Some((claim(turn, at), agent)));
        }
    }
    let mut found = Vec::new();
    for (turn, agent, seat) in people.each() {
        for (at, place) in better(people.market, agent, seat) {
            if let Some((limit, over)) = worst[place.index()]
                && claim(turn, at) < limit
            {
                found.push((turn, Envy { agent, place, seat, over }));
            }
        }
    }
    found.sort_unstable_by_key(|&(turn, envy)| (envy.agent, envy.place, turn));
    found.dedup_by_key(|(_, envy)| (envy.agent, envy.place));
    found.into_iter().map(|(_, envy)| envy).collect()
}
