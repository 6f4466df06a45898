//! Top trading cycles: everybody points to the best place left, every place to the best claim, and circles trade.

use super::index;
use super::lines::Lines;
use super::preferences::{best, seated};
use super::search::Search;
use super::serial::by_turn;
use crate::market::{Allocation, Choice, Claims, Lots, Market, Place};

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
/// by stating other preferences, and that no holder who accepts the place held ends worse. A priority counts only at a
/// choice, as the market has it: if somebody would have one at a place they do not want, they may gain by accepting it.
/// It does not guarantee the most seats, the least cost, or that nobody envies somebody with a worse claim: that one may
/// have traded a claim of their own. To see that it was followed, one needs all claims and all holdings.
///
/// O(c + s log l + d log d) besides drawing the lots ([`Claims::draw`]): for c choices of all people, each counted for
/// itself; s choices, of at most l each, of people who find the place they like best full eight times or more; and d
/// priorities and holdings that places come to sort, each only as many as it gets to point at and at least an eighth of
/// what is left, so that d is at most c and the holdings. Memory: 8 bytes for each choice where there are priorities, and
/// O(people + places). Without priorities and holders it costs what a serial dictatorship does.
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
    if claims.are_turns(market) {
        return by_turn(market, &claims); // every place points to the first of the list, who trades alone
    }
    let mut floor = Floor::new(market, &claims);
    for &turn in claims.by_agent() {
        floor.walk(turn);
    }
    seated(market, &claims, &floor.seats)
}

/// Who is still there and what is left.
struct Floor<'m> {
    market: &'m Market,
    claims: &'m Claims,
    lines: Lines,
    room: Vec<u32>,
    /// Which place each person preferred when they last looked; `NOWHERE` for those without choices.
    liked: Vec<Place>,
    search: Search,
    gone: Vec<bool>,
    seats: Vec<Option<Place>>,
    /// Who points to whom, from the first to the last, and the place between them.
    path: Vec<(u32, Place)>,
    /// Where on the path each person stands, counted from 1; 0 for those who do not.
    on_path: Vec<u32>,
}

/// No place has this number.
const NOWHERE: Place = Place::new(u32::MAX);

impl<'m> Floor<'m> {
    fn new(market: &'m Market, claims: &'m Claims) -> Self {
        let people = claims.people();
        let like = |list| {
            let choices: &[Choice] = market.list(list);
            best(choices.iter().map(|&choice| (choice, true))).map_or(NOWHERE, |at| choices[at].place)
        };
        let liked: Vec<Place> = (0..market.list_count()).map(like).collect();
        Self {
            market,
            claims,
            lines: Lines::new(market, claims),
            room: market.places().map(|place| market.capacity(place)).collect(),
            liked: (0..people).map(|turn| liked[market.list_of(claims.agent(turn))]).collect(),
            search: Search::new(people),
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
    ///
    /// A turn of the loop either lets somebody go for good, or puts somebody on the path. People leave the path when they
    /// go, and one more may, to point anew, each time that somebody goes. So in all walks together there are at most as
    /// many turns of the first kind as people, and twice as many of the second; what they look at is bounded by
    /// [`Search`].
    fn walk(&mut self, first: u32) {
        let mut last = Some(first).filter(|&first| !self.gone[first as usize]);
        while let Some(turn) = last {
            match self.best(turn) {
                None => self.gone[turn as usize] = true,
                Some(place) => {
                    self.path.push((turn, place));
                    self.on_path[turn as usize] = index(self.path.len());
                    let next = self.lines.first(place, &self.gone);
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

    /// The place somebody prefers among those with room: the one they liked last, while it has.
    fn best(&mut self, turn: u32) -> Option<Place> {
        let (liked, room) = (&mut self.liked[turn as usize], &self.room);
        if *liked != NOWHERE && room[liked.index()] == 0 {
            let choices = self.market.choices(self.claims.agent(turn as usize));
            let all = || choices.iter().map(|&choice| (choice, room[choice.place.index()] > 0));
            let at = self.search.next(turn as usize, all, |at| room[choices[at].place.index()] > 0);
            *liked = at.map_or(NOWHERE, |at| choices[at].place);
        }
        Some(*liked).filter(|&liked| liked != NOWHERE)
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
