//! Is a stable answer the one that everybody likes best?

use super::circles::{Exchange, ExchangeStep, circles};
use super::{People, better};
use crate::market::{Agent, Allocation, Claim, Claims, Market, Place};

/// Exchanges that would make those in them better off, nobody else worse, and hurt no claim: for an answer without waste
/// and justified envy, in which case it is called *stable*. Sorted, and sharing no place. Empty exactly when a stable
/// answer is the one of deferred acceptance, which everybody likes at least as much as any other stable one. Of an answer
/// that is not stable this says nothing.
///
/// For each place `s` let `next(s)` be, among all who prefer `s` to what they have, the one with the best claim to it; if
/// that one is seated, at `t`, they wish to move from `t` to `s`. The exchanges are the circles of these wishes; each place
/// has at most one that leads to it, so no two circles meet.
///
/// **A circle leads to a better stable answer.** Let everybody on it move. Each place on it loses one and gains one, so
/// nobody else is touched and no room appears or goes. Whoever prefers `s` now preferred it before, and their claim is
/// worse than that of `next(s)`, who got in, and than those of all who sat there, for nobody had justified envy. So nobody
/// has now.
///
/// **Where there is a better one, there is a circle.** Let M be the answer, and N another stable one, which nobody likes
/// less and some like better: call these D. (If M is not deferred acceptance's answer, that one is such an N: everybody
/// likes it at least as much as any stable answer, Gale and Shapley 1962.)
/// 1. Whoever gets a new place in N prefers it to what they have in M, where it is therefore full. So places with room in
///    M gain nobody, and the full ones cannot hold more: no place holds more in N than in M. But whoever is seated in M is
///    in N too. Hence the seated are the same people, and every place holds as many: the places D leave in M are those
///    they come to in N. Call these S.
/// 2. Let `s` be in S. Somebody of D comes to it, and prefers it to their seat in M; so there is `next(s)`, whose claim to
///    `s` is at least as good. In N they have `s` or what they like better, or else they would envy the one who came. Both
///    is better than what they have in M: so they are of D, seated, and the place they leave is in S.
/// 3. So from every place of S there is a step to a place of S, from `s` to where `next(s)` sits. S is finite: the steps
///    come round.
///
/// To check it takes everybody's choices, claims and seats. O(places log places + choices of all people).
///
/// ```
/// use shared_parking::audit::better_stable_cycles;
/// use shared_parking::market::{Allocation, Claims, Lots, Market, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let bob = builder.agent(1, 1, [(kerb, 40), (yard, 10)]);
/// builder.priority(ann, yard, 0); // each place prefers who does not prefer it
/// builder.priority(bob, kerb, 0);
/// let market = builder.build().unwrap();
/// let claims = Claims::draw(&market, Lots::Single, 7);
/// let seats = vec![Seat { agent: ann, place: yard, count: 1 }, Seat { agent: bob, place: kerb, count: 1 }];
/// let found = better_stable_cycles(&market, &claims, &Allocation { seats, certificate: None });
/// assert_eq!(found[0].steps.iter().map(|step| step.agent).collect::<Vec<_>>(), [bob, ann]);
/// ```
#[must_use]
pub fn better_stable_cycles(market: &Market, claims: &Claims, allocation: &Allocation) -> Vec<Exchange> {
    type Next = (Claim, Agent, Option<Place>);
    let mut next: Vec<Option<Next>> = vec![None; market.places().len()];
    for (turn, agent, seat) in People::new(market, claims, allocation).each() {
        for (at, place) in better(market, agent, seat) {
            let own = (claims.claim(market, turn, at), agent, seat);
            let best = &mut next[place.index()];
            if best.is_none_or(|best| own < best) {
                *best = Some(own);
            }
        }
    }
    let wish = |(to, next): (Place, Option<Next>)| {
        let (_, agent, seat) = next?;
        Some(ExchangeStep { agent, from: seat?, to })
    };
    circles(next.len(), market.places().zip(next.iter().copied()).filter_map(wish).collect())
}
