//! What holders and those with the best claims are promised.

use super::{People, better, liking};
use crate::market::{Agent, Allocation, Claim, Claims, Market, Place};

/// Somebody ends worse than at the place held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorseThanHeld {
    /// Who.
    pub agent: Agent,
    /// The place held, which is one of their choices.
    pub held: Place,
    /// The seat they have instead; `None` when left out.
    pub seat: Option<Place>,
}

/// Somebody is worse off than at a place to which they have one of the best claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeniedClaim {
    /// Who.
    pub agent: Agent,
    /// The place.
    pub place: Place,
    /// The seat they have instead; `None` when left out.
    pub seat: Option<Place>,
}

/// Which holders prefer the place they hold to the seat they have, each agent, place and seat once, sorted. A place held
/// that is no choice of theirs any more counts nothing. Empty: nobody is worse off than at the place held (individual
/// rationality), as deferred acceptance and top trading cycles guarantee.
///
/// Holdings and seats of an agent both go to its people in the order of their turns, the best first ([`Claims`]): so
/// nobody is found if its people can be seated such that none is worse off.
///
/// Everybody can check it for themselves. O(people log choices-per-agent).
///
/// ```
/// use shared_parking::audit::{WorseThanHeld, worse_than_held};
/// use shared_parking::market::{Allocation, Claims, Lots, Market};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(0, 1, [(kerb, 10)]);
/// let bob = builder.agent(0, 1, [(kerb, 10)]);
/// builder.holds(ann, kerb, 1);
/// builder.holds(bob, yard, 1); // which is no choice of theirs any more
/// let market = builder.build().unwrap();
/// let claims = Claims::draw(&market, Lots::Single, 7);
/// let nobody = Allocation { seats: Vec::new(), certificate: None };
/// assert_eq!(worse_than_held(&market, &claims, &nobody), [WorseThanHeld { agent: ann, held: kerb, seat: None }]);
/// ```
#[must_use]
pub fn worse_than_held(market: &Market, claims: &Claims, allocation: &Allocation) -> Vec<WorseThanHeld> {
    let mut found = Vec::new();
    for (turn, agent, seat) in People::new(market, claims, allocation).each() {
        if let Some(held) = claims.held(turn)
            && liking(market, agent, Some(held)) < liking(market, agent, seat)
        {
            found.push(WorseThanHeld { agent, held, seat });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Who is worse off than at a place where their claim is among the best, as many as it has spaces, of its holders and of
/// those to whom it gives a priority; each agent, place and seat once, sorted. (Of people about whom a place says nothing
/// nobody is found.) Empty: the best claims are respected, as deferred acceptance and top trading cycles guarantee: in
/// trading, each space that a place gives away sends off whoever has its best claim left, so all these have gone, each
/// with this place or one they prefer, before it is full.
///
/// To check it for oneself takes the holders and priorities of the place. O(places + choices of all people), times O(log)
/// for sorting what is found; memory O(choices of all people).
///
/// ```
/// use shared_parking::audit::{DeniedClaim, top_claims_denied};
/// use shared_parking::market::{Allocation, Claims, Lots, Market, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let near = builder.agent(1, 1, [(kerb, 10), (yard, 40)]);
/// builder.agent(0, 1, [(kerb, 30)]);
/// builder.priority(near, kerb, 0);
/// let market = builder.build().unwrap();
/// let claims = Claims::draw(&market, Lots::Single, 7);
/// let allocation = Allocation { seats: vec![Seat { agent: near, place: yard, count: 1 }], certificate: None };
/// let denied = DeniedClaim { agent: near, place: kerb, seat: Some(yard) };
/// assert_eq!(top_claims_denied(&market, &claims, &allocation), [denied]);
/// ```
#[must_use]
pub fn top_claims_denied(market: &Market, claims: &Claims, allocation: &Allocation) -> Vec<DeniedClaim> {
    let mut claimed: Vec<Vec<Claim>> = vec![Vec::new(); market.places().len()];
    each_named(market, claims, |place, _, claim| claimed[place.index()].push(claim));
    // The last claim among the best of each place; `None`: nobody's.
    let last = market.places().map(|place| {
        let (own, spaces) = (&mut claimed[place.index()], market.capacity(place) as usize);
        let last = spaces.min(own.len()).checked_sub(1)?;
        Some(*own.select_nth_unstable(last).1)
    });
    let last: Vec<Option<Claim>> = last.collect();
    let mut found = Vec::new();
    for (turn, agent, seat) in People::new(market, claims, allocation).each() {
        let mut denied = |(at, place): (usize, Place)| {
            let named = claims.held(turn) == Some(place) || market.priority_at(agent, at) < Market::LAST;
            if named && last[place.index()].is_some_and(|last| claims.claim(market, turn, at) <= last) {
                found.push(DeniedClaim { agent, place, seat });
            }
        };
        better(market, agent, seat).for_each(&mut denied);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Every claim of holders, to choices or not, and of those with a priority, by turn.
pub(super) fn each_named(market: &Market, claims: &Claims, mut tell: impl FnMut(Place, usize, Claim)) {
    for turn in 0..claims.people() {
        let agent = claims.agent(turn);
        let held = claims.held(turn);
        held.into_iter().for_each(|held| tell(held, turn, Claims::claim_to_held(turn)));
        for (at, choice) in market.choices(agent).iter().enumerate().filter(|(_, choice)| Some(choice.place) != held) {
            if market.priority_at(agent, at) < Market::LAST {
                tell(choice.place, turn, claims.claim(market, turn, at));
            }
        }
    }
}
