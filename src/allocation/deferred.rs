//! Deferred acceptance: applicants propose, places keep the best claims so far.

use super::index;
use super::preferences::{Preferences, seated};
use crate::market::{Allocation, Claim, Claims, Lots, Market, Place};
use std::collections::BinaryHeap;

/// Seats people by applicant-proposing deferred acceptance (Gale and Shapley 1962, many to one).
///
/// Everybody asks for the place they prefer; each place keeps the best claims ([`Claims`]) that fit and turns the others
/// away, who ask for their next one, until nobody is turned away any more. The order in which people ask does not matter.
///
/// It guarantees that nobody prefers a place given to somebody with a worse claim to it (no justified envy) and that no
/// place somebody prefers stays free; among all such allocations everybody gets the one they like best; nobody gains by
/// stating other preferences; and no holder who accepts the place held ends worse, for holders have the best claim to it. It
/// does not guarantee that no exchange would improve it, nor the most seats or the least cost. To see that it was
/// followed, one needs the claims of everybody at every place they prefer to their own.
///
/// Every choice is asked for at most once, and each time a place takes somebody it pays O(log capacity): O(c log q) for c
/// choices of all people at places of q spaces, and mostly O(c), since who is turned away at once costs one comparison.
/// Sorting lists by preference and drawing lots comes on top.
///
/// ```
/// use shared_parking::allocation::deferred;
/// use shared_parking::market::{Lots, Market};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let far = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let near = builder.agent(1, 1, [(kerb, 20)]);
/// builder.priority(near, kerb, 0); // whatever the list says, the kerb prefers who lives beside it
/// let market = builder.build().unwrap();
/// let allocation = deferred(&market, Lots::Single, 7);
/// assert_eq!(allocation.seats_of(near)[0].place, kerb);
/// assert_eq!(allocation.seats_of(far)[0].place, yard);
/// ```
#[must_use]
pub fn deferred(market: &Market, lots: Lots, seed: u64) -> Allocation {
    let claims = Claims::draw(market, lots, seed);
    let preferences = Preferences::of(market);
    let mut doors: Vec<Door> = market.places().map(|place| Door::new(market.capacity(place))).collect();
    // How many of their choices each person has asked for and lost.
    let mut lost = vec![0_u32; claims.people()];
    for first in 0..claims.people() {
        let mut next = Some(index(first));
        while let Some(turn) = next {
            let agent = claims.agent(turn as usize);
            let but = &mut lost[turn as usize];
            let Some(at) = preferences.position(market, agent, *but) else { break };
            let place = market.choices(agent)[at].place;
            let claim = claims.claim(market, turn as usize, at);
            next = doors[place.index()].ask(claim, turn);
            if next == Some(turn) {
                *but += 1;
            } else if let Some(out) = next {
                lost[out as usize] += 1;
            }
        }
    }
    let mut seats = vec![None; claims.people()];
    for (place, door) in (0..).zip(&doors) {
        for &(_, turn) in &door.kept {
            seats[turn as usize] = Some(Place::new(place));
        }
    }
    seated(&claims, &seats)
}

/// A place, and whom it keeps for now.
struct Door {
    capacity: u32,
    /// Claims from this one on are turned away; `None` while there is room.
    limit: Option<Claim>,
    /// The worst claim on top.
    kept: BinaryHeap<(Claim, u32)>,
}

impl Door {
    const fn new(capacity: u32) -> Self {
        Self { capacity, limit: None, kept: BinaryHeap::new() }
    }

    /// Somebody asks: who is turned away, if anybody is.
    fn ask(&mut self, claim: Claim, turn: u32) -> Option<u32> {
        if self.capacity == 0 || self.limit.is_some_and(|limit| claim > limit) {
            return Some(turn);
        }
        let mut out = None;
        if self.limit.is_none() {
            self.kept.push((claim, turn));
        } else if let Some(mut worst) = self.kept.peek_mut() {
            out = Some(worst.1);
            *worst = (claim, turn);
        }
        if index(self.kept.len()) == self.capacity {
            self.limit = self.kept.peek().map(|worst| worst.0);
        }
        out
    }
}
