//! Top trading cycles: everybody points to the best place left, every place to the best claim, and circles trade.

use super::index;
use super::preferences::{Preferences, seated};
use crate::market::{Allocation, Claim, Claims, Lots, Market, Place};

/// Seats people by top trading cycles with capacities and existing holders.
///
/// Everybody points to the place they prefer among those with room, every place to whoever has the best claim to it
/// ([`Claims`]: its holders first) among those still there. Somewhere the pointing comes round: everybody on that circle
/// gets the place they point to and goes, and so on; whoever finds no place with room goes without one. Which circle
/// trades first does not matter. Who does not accept a place has a claim to it too, to trade with: a holder's, or that of
/// somebody about whom nothing is said. (Were it not so, one would gain by accepting places one does not want.) Without
/// priorities this is "you request my house, I get your turn" (Abdulkadiroğlu and Sönmez 1999), a place of several spaces
/// being requested from the first of its holders; without holders as well, a [`serial`](super::serial()) dictatorship;
/// with priorities and capacities, the mechanism of Abdulkadiroğlu and Sönmez 2003.
///
/// It guarantees that no exchange would make somebody better off and nobody worse (Pareto efficient), that nobody gains
/// by stating other preferences, and that no holder who accepts the place held ends worse. A priority counts only at a choice,
/// as the market has it: if somebody would have one at a place they do not want, they may gain by accepting that place.
/// It does not guarantee the most seats, the least cost, or that nobody envies somebody with a worse claim: that one may
/// have traded a claim of their own. To see that it was followed, one needs all claims and all holdings.
///
/// O(c log c) for c priorities and holdings of all people, each counted for itself: sorting claims at each place; the
/// trading is linear in choices, people and places.
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
    /// Holders of a place and those it prefers, the best claim first, by turn; one place after the other.
    named: Vec<u32>,
    /// Where the named of each place begin who may still be there, and where they end.
    next: Vec<(usize, usize)>,
    /// Nobody before this turn is still there.
    first: usize,
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
        let (next, named) = named(market, claims);
        Self {
            market,
            claims,
            preferences: Preferences::of(market),
            named,
            next,
            first: 0,
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

    /// The best claim to a place among those still there, of whom there is one at least: the first of the named, and
    /// when all of them have gone the first of the list, who has the best claim of those about whom nothing is said.
    fn claimant(&mut self, place: Place) -> u32 {
        let (next, end) = &mut self.next[place.index()];
        while next < end {
            let turn = self.named[*next];
            if !self.gone[turn as usize] {
                return turn;
            }
            *next += 1;
        }
        while self.gone[self.first] {
            self.first += 1;
        }
        index(self.first)
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

/// For each place its holders and those with a priority there, the best claim first, and where each place's begin and end.
fn named(market: &Market, claims: &Claims) -> (Vec<(usize, usize)>, Vec<u32>) {
    let mut ends = vec![0_usize; market.places().len() + 1];
    each_named(market, claims, |place, _, _| ends[place.index() + 1] += 1);
    for place in 1..ends.len() {
        ends[place] += ends[place - 1];
    }
    let ranges: Vec<(usize, usize)> = ends.windows(2).map(|place| (place[0], place[1])).collect();
    let mut free = ends.clone();
    let mut keyed = vec![(Claims::claim_to_held(0), 0); ends[ranges.len()]];
    each_named(market, claims, |place, turn, claim| {
        keyed[free[place.index()]] = (claim, turn);
        free[place.index()] += 1;
    });
    for &(start, end) in &ranges {
        keyed[start..end].sort_unstable();
    }
    (ranges, keyed.into_iter().map(|(_, turn)| turn).collect())
}

/// Everybody's claim to the place they hold, choice or not, and to each choice where they have a priority, by turn.
fn each_named(market: &Market, claims: &Claims, mut tell: impl FnMut(Place, u32, Claim)) {
    for turn in 0..claims.people() {
        let (agent, held) = (claims.agent(turn), claims.held(turn));
        held.into_iter().for_each(|held| tell(held, index(turn), Claims::claim_to_held(turn)));
        let choices = if market.has_priorities() { market.choices(agent) } else { &[] };
        for (at, choice) in choices.iter().enumerate().filter(|(_, choice)| Some(choice.place) != held) {
            if market.priority_at(agent, at) < Market::LAST {
                tell(choice.place, index(turn), claims.claim(market, turn, at));
            }
        }
    }
}
