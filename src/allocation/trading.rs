//! Top trading cycles: everybody points to the best place left, every place to the best claim, and circles trade.

use super::index;
use super::preferences::{Preferences, seated};
use crate::market::{Allocation, Claim, Claims, Lots, Market, Place};

/// Seats people by top trading cycles with capacities and existing holders.
///
/// Everybody points to the place they prefer among those with room, every place to whoever has the best claim to it
/// ([`Claims`]: its holders first) among those still there. Somewhere the pointing comes round: everybody on that circle
/// gets the place they point to and goes, and so on; whoever finds no place with room goes without one. Which circle
/// trades first does not matter. A place points only to people who accept it, and to its holders. Without priorities this
/// is "you request my house, I get your turn" (Abdulkadiroğlu and Sönmez 1999); without holders as well, a
/// [`serial`](super::serial()) dictatorship; with priorities and capacities, the mechanism of Abdulkadiroğlu and Sönmez
/// 2003.
///
/// It guarantees that no exchange would make somebody better off and nobody worse (Pareto efficient), that nobody gains
/// by stating other preferences, and that no holder ends worse than at the place held. A holder may exchange a place for
/// another one even where they no longer accept it themselves. It does not guarantee the most seats, the least cost, or
/// that nobody envies somebody with a worse claim: that one may have traded a claim of their own. To see that it was
/// followed, one needs all claims and all holdings.
///
/// O(c log c) for c choices of all people, each counted for itself: sorting claims at each place; the trading is O(c).
///
/// ```
/// use shared_parking::allocation::trading;
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(5, 1, [(kerb, 10), (yard, 40)]);
/// let bob = builder.agent(0, 1, [(kerb, 20), (yard, 10)]);
/// builder.holds(ann, yard, 1);
/// builder.holds(bob, kerb, 1);
/// let market = builder.build().unwrap();
/// let allocation = trading(&market, 7);
/// assert_eq!(allocation.seats_of(ann)[0].place, kerb); // they exchange
/// assert_eq!(allocation.seats_of(bob)[0].place, yard);
/// ```
#[must_use]
pub fn trading(market: &Market, seed: u64) -> Allocation {
    let claims = Claims::draw(market, Lots::Single, seed);
    let mut floor = Floor::new(market, &claims);
    for turn in 0..claims.people() {
        floor.walk(index(turn));
    }
    seated(&claims, &floor.seats)
}

/// Who is still there and what is left.
struct Floor<'m> {
    market: &'m Market,
    claims: &'m Claims,
    preferences: Preferences,
    /// Everybody with a claim to a place, the best first, by turn; one place after the other.
    claimants: Vec<u32>,
    /// Where the claimants of each place begin who may still be there.
    next: Vec<usize>,
    room: Vec<u32>,
    /// How many of their choices each person has found full.
    full: Vec<u32>,
    gone: Vec<bool>,
    seats: Vec<Option<Place>>,
    /// Who points to whom, from the first to the last, and the place between them.
    path: Vec<(u32, Place)>,
    /// Where on the path each person stands, counted from 1; 0 for those who do not.
    on_path: Vec<u32>,
}

impl<'m> Floor<'m> {
    fn new(market: &'m Market, claims: &'m Claims) -> Self {
        let people = claims.people();
        let (next, claimants) = claimants(market, claims);
        Self {
            market,
            claims,
            preferences: Preferences::of(market),
            claimants,
            next,
            room: market.places().map(|place| market.capacity(place)).collect(),
            full: vec![0; people],
            gone: vec![false; people],
            seats: vec![None; people],
            path: Vec::new(),
            on_path: vec![0; people],
        }
    }

    /// Follows the pointing from somebody until they have gone.
    ///
    /// Whoever is not last on the path still points where it says: the room of a place shrinks only in a circle through
    /// whom it points to, and that one stands next on the path.
    fn walk(&mut self, first: u32) {
        let mut last = Some(first).filter(|&first| !self.gone[first as usize]);
        while let Some(turn) = last {
            match self.best(turn) {
                None => self.gone[turn as usize] = true,
                Some(place) => {
                    self.path.push((turn, place));
                    self.on_path[turn as usize] = index(self.path.len());
                    let next = self.claimant(place);
                    match (self.on_path[next as usize] as usize).checked_sub(1) {
                        Some(start) => self.trade(start),
                        None => {
                            last = Some(next);
                            continue;
                        }
                    }
                }
            }
            // whoever led to those who went points anew
            last = self.path.pop().map(|(turn, _)| turn);
            if let Some(turn) = last {
                self.on_path[turn as usize] = 0;
            }
        }
    }

    /// The place somebody prefers among those with room.
    fn best(&mut self, turn: u32) -> Option<Place> {
        let agent = self.claims.agent(turn as usize);
        loop {
            let at = self.preferences.position(self.market, agent, self.full[turn as usize])?;
            let place = self.market.choices(agent)[at].place;
            if self.room[place.index()] > 0 {
                return Some(place);
            }
            self.full[turn as usize] += 1;
        }
    }

    /// The best claim to a place among those still there. Whoever points to it has one.
    fn claimant(&mut self, place: Place) -> u32 {
        let next = &mut self.next[place.index()];
        while self.gone[self.claimants[*next] as usize] {
            *next += 1;
        }
        self.claimants[*next]
    }

    /// Everybody from this position of the path on gets the place they point to, and goes.
    fn trade(&mut self, start: usize) {
        for (turn, place) in self.path.drain(start..) {
            self.seats[turn as usize] = Some(place);
            self.room[place.index()] -= 1;
            self.gone[turn as usize] = true;
            self.on_path[turn as usize] = 0;
        }
    }
}

/// For each place everybody with a claim to it, the best first, and where each place's begin.
fn claimants(market: &Market, claims: &Claims) -> (Vec<usize>, Vec<u32>) {
    let mut ends = vec![0_usize; market.places().len() + 1];
    each_claim(market, claims, |place, _, _| ends[place.index() + 1] += 1);
    for place in 1..ends.len() {
        ends[place] += ends[place - 1];
    }
    let starts = ends[..market.places().len()].to_vec();
    let mut free = starts.clone();
    // By turn already, where nothing but the list counts.
    if !market.has_priorities() && market.holdings().is_empty() {
        let mut turns = vec![0; ends[starts.len()]];
        each_claim(market, claims, |place, turn, _| {
            turns[free[place.index()]] = turn;
            free[place.index()] += 1;
        });
        return (starts, turns);
    }
    let mut keyed = vec![(Claims::claim_to_held(0), 0); ends[starts.len()]];
    each_claim(market, claims, |place, turn, at| {
        let claim = at.map_or(Claims::claim_to_held(turn as usize), |at| claims.claim(market, turn as usize, at));
        keyed[free[place.index()]] = (claim, turn);
        free[place.index()] += 1;
    });
    for place in ends.windows(2) {
        keyed[place[0]..place[1]].sort_unstable();
    }
    (starts, keyed.into_iter().map(|(_, turn): (Claim, u32)| turn).collect())
}

/// Every claim of everybody by turn: to each choice, with its position, and to the place held where it is none.
fn each_claim(market: &Market, claims: &Claims, mut tell: impl FnMut(Place, u32, Option<usize>)) {
    for turn in 0..claims.people() {
        let choices = market.choices(claims.agent(turn));
        for (at, choice) in choices.iter().enumerate() {
            tell(choice.place, index(turn), Some(at));
        }
        let elsewhere = claims.held(turn).filter(|held| choices.iter().all(|choice| choice.place != *held));
        elsewhere.into_iter().for_each(|held| tell(held, index(turn), None));
    }
}
