//! Deferred acceptance: applicants propose, places keep the best claims so far.

use super::index;
use super::preferences::seated;
use super::search::Search;
use super::serial::by_turn;
use super::waiting::Waiting;
use crate::market::{Allocation, Choice, Claim, Claims, Grade, Lots, Market, Place};
use std::collections::BinaryHeap;

/// Seats people by applicant-proposing deferred acceptance (Gale and Shapley 1962, many to one).
///
/// Everybody asks for the place they prefer; each place keeps the best claims ([`Claims`]) that fit and turns the others
/// away, who ask for their next one, until nobody is turned away any more. The order in which people ask does not matter.
///
/// It guarantees that nobody prefers a place given to somebody with a worse claim to it (no justified envy) and that no
/// place somebody prefers stays free; among all such allocations everybody gets the one they like best; nobody gains by
/// stating other preferences; and no holder who accepts the place held ends worse, for holders have the best claim to it.
/// It does not guarantee that no exchange would improve it, nor the most seats or the least cost. To see that it was
/// followed, one needs the claims of everybody at every place they prefer to their own.
///
/// O(c + t log q + s log l) besides drawing the lots ([`Claims::draw`]): for c choices of all people, each counted for
/// itself, t times that a place of at most q spaces takes somebody (t is at most c), and s choices, of at most l each, of
/// people who are turned away eight times or more. So it is linear in the choices while lists and places do not grow.
/// Memory O(people + places) besides; choices are read where they lie. Without priorities and holders, and with one lot for each
/// person, it is a [`serial`](super::serial()) dictatorship and costs the same.
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
    if claims.are_turns(market) {
        return by_turn(market, &claims); // nobody is turned away for somebody who asks later
    }
    if claims.grades_decide() { run::<Grade>(market, &claims) } else { run::<Claim>(market, &claims) }
}

fn run<B: Bid>(market: &Market, claims: &Claims) -> Allocation {
    let mut hall = Hall::<B>::new(market, claims);
    // People are numbered in the order of agents here, as their choices lie in memory.
    let (mut waiting, mut search) = (Waiting::everybody(claims.people()), Search::new(claims.people()));
    while let Some(person) = waiting.next() {
        let turn = claims.by_agent()[person as usize] as usize;
        let at = search.next(person as usize, || hall.choices(turn), |at| hall.is_open(turn, at));
        if let Some(out) = at.and_then(|at| hall.ask(person, turn, at)) {
            waiting.add(out);
        }
    }
    let mut seats = vec![None; claims.people()];
    for (place, door) in market.places().zip(&hall.doors) {
        for &(_, person) in &door.kept {
            seats[claims.by_agent()[person as usize] as usize] = Some(place);
        }
    }
    seated(market, claims, &seats)
}

/// What a place keeps of a claim: all of it, or the grade, a third as long, where that decides. Much of the time goes into
/// moving what is kept.
trait Bid: Copy + Ord {
    /// Whether different people can have the same grade at a place.
    const TIES: bool;
    fn new(claims: &Claims, market: &Market, turn: usize, at: usize) -> Self;
    fn grade(self) -> Grade;
}

impl Bid for Grade {
    const TIES: bool = false;

    fn new(claims: &Claims, market: &Market, turn: usize, at: usize) -> Self {
        claims.claim(market, turn, at).grade()
    }

    fn grade(self) -> Grade {
        self
    }
}

impl Bid for Claim {
    const TIES: bool = true;

    fn new(claims: &Claims, market: &Market, turn: usize, at: usize) -> Self {
        claims.claim(market, turn, at)
    }

    fn grade(self) -> Grade {
        self.grade()
    }
}

/// Everybody's claims, and who is at which place for now.
struct Hall<'m, B> {
    market: &'m Market,
    claims: &'m Claims,
    /// Grades above this one are turned away, place by place, and with the same grade whoever is behind all who are
    /// kept. A limit never becomes worse.
    limits: Vec<Grade>,
    doors: Vec<Door<B>>,
}

/// A place, and whom it keeps for now, the worst bid on top. Bids do not tie, so who it is decides nothing.
struct Door<B> {
    capacity: u32,
    kept: BinaryHeap<(B, u32)>,
}

impl<'m, B: Bid> Hall<'m, B> {
    fn new(market: &'m Market, claims: &'m Claims) -> Self {
        let limit = |place| if market.capacity(place) == 0 { Grade::BEST } else { Grade::NONE };
        let door = |place| Door { capacity: market.capacity(place), kept: BinaryHeap::new() };
        Self {
            market,
            claims,
            limits: market.places().map(limit).collect(),
            doors: market.places().map(door).collect(),
        }
    }

    /// Somebody asks at a choice that is open to them: who is turned away for it, if anybody.
    fn ask(&mut self, person: u32, turn: usize, at: usize) -> Option<u32> {
        let place = self.market.choices(self.claims.agent(turn))[at].place;
        let bid = B::new(self.claims, self.market, turn, at);
        let door = &mut self.doors[place.index()];
        let mut out = None;
        if index(door.kept.len()) < door.capacity {
            door.kept.push((bid, person));
        } else if let Some(mut worst) = door.kept.peek_mut() {
            out = Some(worst.1);
            *worst = (bid, person);
        }
        if index(door.kept.len()) == door.capacity {
            self.limits[place.index()] = door.kept.peek().map_or(Grade::NONE, |worst| worst.0.grade());
        }
        out
    }

    /// Somebody's choices, in order, and whether they would be taken there.
    fn choices(&self, turn: usize) -> impl Iterator<Item = (Choice, bool)> {
        let grades = self.claims.grades(self.market, turn).zip(0..);
        grades.map(move |((choice, grade), at)| {
            (choice, self.takes(choice.place, grade, || B::new(self.claims, self.market, turn, at)))
        })
    }

    fn is_open(&self, turn: usize, at: usize) -> bool {
        let bid = B::new(self.claims, self.market, turn, at);
        self.takes(self.market.choices(self.claims.agent(turn))[at].place, bid.grade(), || bid)
    }

    /// Whether a place would take a bid of this grade.
    fn takes(&self, place: Place, grade: Grade, bid: impl Fn() -> B) -> bool {
        let limit = self.limits[place.index()];
        let ahead = || self.doors[place.index()].kept.peek().is_some_and(|worst| bid() < worst.0);
        grade < limit || B::TIES && grade == limit && ahead()
    }
}
