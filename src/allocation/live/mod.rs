//! An allocation that changes one by one: somebody joins or leaves, a place opens, closes or changes its capacity.
//!
//! **Two ways.** [`Live`] stays optimal: after every change as many of the best standing are seated as can be, then of
//! the next, and the cost is least, which may move people along a chain. [`Steady`] moves nobody who is seated: a free
//! space goes to the best standing that waits for it.
//!
//! **Why `Live` is right.** Its prices keep the rules of [`Certificate`](crate::market::Certificate) for all who are
//! present. Somebody who joins looks for the cheapest way to a seat, and prices rise along what was looked at; a space
//! that becomes free looks for the person who gains most, and prices fall; a space that is taken away makes the person
//! in it look. Each of these is one shortest path, and keeps the rules. Weights of standings are whole multiples of
//! 2^64, and every price is one such weight, or none, plus the sum of a path, so they compare as the rules ask.
//!
//! Invariant: agents and places keep their numbers for as long as they are present.

mod ground;
mod moves;
mod reads;
mod snapshot;
mod steady;
mod weight;

pub use crate::market::Move;
pub use snapshot::Snapshot;
pub use steady::Steady;

use super::paths::{Fill, Found, Search};
use crate::error::Flaws;
use crate::market::{Agent, Cost, Market, Place, Standing};
use ground::Ground;
use weight::weight;

/// An allocation that is kept optimal while people and places change; see [`live`](super::live) for how it works.
///
/// It seats as many of each standing, at the same total cost, as [`optimal`](super::optimal()) would for the same people
/// and places; among answers that are equal in both, it stays near the one it had.
///
/// An update looks at the people near the change only. Medians of 50,000 at 112,500 to 1,000,000 spaces, three standings:
/// with lists of about three places (32 spaces) 1.2 microseconds for somebody who leaves and 0.7 to 1.3 for somebody who
/// joins, 13 and 7 at the 99th percentile; with 32 places each 14 and 4 to 6, 66 and 31 to 91 (`benches/updates.rs`).
/// Whoever leaves is taken from the
/// row of everyone who accepts each of their places. In the worst case, when a whole district hangs together and a chain
/// runs through all of it, an update costs O(choices) for each person that it moves. Memory: 8 bytes for each choice of
/// each agent, 8 for each choice of each distinct list, about 100 for each agent and 50 for each space; the lists of those
/// who have left are used again.
///
/// ```
/// use shared_parking::allocation::{Live, Move};
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let kerb = builder.place(1);
/// let yard = builder.place(0); // not open yet
/// let first = builder.agent(1, 1, [(kerb, 10), (yard, 40)]);
/// let mut live = Live::new(&builder.build().unwrap());
/// assert_eq!(live.seats_of(first).collect::<Vec<_>>(), [(kerb, 1)]);
///
/// let second = live.join(0, 1, [(kerb, 20)]).unwrap(); // of a better standing
/// assert_eq!(live.seats_of(second).collect::<Vec<_>>(), [(kerb, 1)]);
/// assert_eq!(live.waiting(first), 1);
///
/// live.set_capacity(yard, 1).unwrap();
/// assert_eq!(live.moves(), [Move { agent: first, from: None, to: Some(yard), count: 1 }]);
///
/// live.leave(second, 1).unwrap();
/// assert_eq!(live.moves().len(), 2); // the second goes, and the first moves to the kerb
/// assert_eq!(live.cost(), 10);
/// ```
#[derive(Clone, Debug)]
pub struct Live {
    ground: Ground,
    search: Search<i128>,
    fill: Fill<i128>,
    moves: Vec<Move>,
}

reads::reads!(Live);

impl Live {
    /// Solves a market and keeps it ready for changes. Agents and places keep the numbers they have in the market.
    #[must_use]
    pub fn new(market: &Market) -> Self {
        let ground = Ground::of(market, &super::optimal(market));
        let places = 0..super::index(market.places().len());
        let (search, fill) = (Search::new(places.clone(), weight(0)), Fill::new(places));
        Self { ground, search, fill, moves: Vec::new() }
    }

    /// `count` identical people of a standing come, with the places they accept. Returns their number: that of an agent
    /// who has left, or a new one.
    ///
    /// # Errors
    /// Every flaw, as [`MarketBuilder::build`](crate::market::MarketBuilder::build) tells them; nothing is changed then.
    pub fn join(
        &mut self,
        standing: Standing,
        count: u32,
        choices: impl IntoIterator<Item = (Place, Cost)>,
    ) -> Result<Agent, Flaws> {
        let agent = self.ground.join(standing, count, choices)?;
        if let Some(site) = self.ground.site(agent) {
            self.seat(site);
        }
        self.note();
        Ok(agent)
    }

    /// So many people of an agent leave, those without a seat first; when all have left, its number is free again.
    ///
    /// # Errors
    /// When there is no such agent, or not as many people; nothing is changed then.
    pub fn leave(&mut self, agent: Agent, people: u32) -> Result<(), Flaws> {
        let mut rest = self.ground.leave(agent, people)?;
        while rest > 0 {
            // The dearest seat first: it is where most can be gained.
            let Some((holder, run, held)) = self.ground.dearest_seat(agent) else { break };
            let people = held.min(rest);
            self.ground.unseat(holder, people);
            rest -= people;
            self.fill(run);
        }
        self.ground.forget_if_gone(agent);
        self.note();
        Ok(())
    }

    /// A place has room for so many people from now on: it opens, closes (0), grows or shrinks. Whoever must give up a
    /// seat finds another one where that is best for all. One search for each person who must go, or for each block of
    /// identical people who come.
    ///
    /// # Errors
    /// When there is no such place, or the spaces of all places would be more than 2^31 - 1; nothing is changed then.
    pub fn set_capacity(&mut self, place: Place, capacity: u32) -> Result<(), Flaws> {
        let mut missing = self.ground.set_capacity(place, capacity)?;
        self.search.out = weight(0) + weight(0); // somebody must go, whatever it costs
        while missing > 0 {
            let ground = &mut self.ground;
            let state = &mut ground.store.whole();
            let Found::Moved(people) = self.search.empty(&ground.arcs, state, place.number()) else { break };
            ground.store.runs[place.index()].free -= people;
            missing -= people;
        }
        self.ground.price_if_closed(place);
        self.fill(place.number());
        self.note();
        Ok(())
    }

    /// The market as it is now, with the allocation and its certificate. O(places + choices).
    ///
    /// ```
    /// use shared_parking::allocation::{Live, optimal};
    /// use shared_parking::audit::check_market;
    /// use shared_parking::market::Market;
    /// let mut builder = Market::builder();
    /// let kerb = builder.place(2);
    /// let gone = builder.agent(0, 1, [(kerb, 10)]);
    /// let stays = builder.agent(1, 3, [(kerb, 20)]);
    /// let mut live = Live::new(&builder.build().unwrap());
    /// live.leave(gone, 1).unwrap();
    ///
    /// let now = live.snapshot();
    /// assert_eq!(now.agents, [stays]); // agent 0 of the snapshot's market
    /// assert_eq!(check_market(&now.market, &now.allocation), Ok(()));
    /// assert_eq!(optimal(&now.market).cost(&now.market), live.cost());
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.ground, true)
    }

    /// Seats the waiting people of an agent as far as that is best.
    fn seat(&mut self, site: u32) {
        let Ground { arcs, store, .. } = &mut self.ground;
        let state = &mut store.whole();
        self.search.out = state.site(site).weight.0;
        while state.site(site).people.waiting > 0 {
            if !matches!(self.search.seat(arcs, state, site), Found::Moved(_)) {
                return;
            }
        }
    }

    /// Gives the free spaces of a place to whoever gains most.
    fn fill(&mut self, run: u32) {
        let Ground { rows, store, .. } = &mut self.ground;
        self.fill.fill_all(rows, &mut store.whole(), run, 0);
    }

    fn note(&mut self) {
        self.ground.tell_moves(&mut self.moves);
    }
}
