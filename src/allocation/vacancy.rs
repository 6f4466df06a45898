//! A space that falls free goes to the next in line, with the fewest moves, and nobody is made worse off.
//!
//! **Problem.** Places `p` with capacities `k(p)`; agents `a` with a standing `s(a)`, a count `n(a)` and costs `c(a, p)` at
//! the places they accept; present seats `x(a, p)`, at least one `p` with `k(p) > sum over a x(a, p)` (it is *free*). Of
//! each agent it is said whether its people *may be moved*, and whether those of them who are left out *may come*; who
//! may, *waits*. A *chain* of `m` moves for an agent `a(1)` that waits is
//!
//! > `a(1)` takes `p(1)`, whose holder `a(2)` goes on to `p(2)`, whose holder `a(3)` goes on to ... `p(m)`, which is free,
//!
//! where everybody accepts the place they take, all of `a(2)` to `a(m)` may be moved, and each of them goes to a place that
//! costs no more than the one they leave: `c(a(i), p(i)) <= c(a(i), p(i - 1))`. An equal cost is no worse, whatever the
//! numbers of the places. Nobody is moved twice. One person makes each move: people of an agent are identical, may sit at
//! different places, and are moved each for themselves.
//!
//! The *next in line* is the agent with the best standing, then the lowest number, of all that wait and for whom there is a
//! chain. Of its chains the one is taken that has the fewest moves; then costs least, which is `c(a(1), p(1))` plus what
//! the others' costs change by (never upwards); then comes first by numbers: the lowest `p(m)`, then the lowest `a(m)`, the
//! lowest `p(m - 1)`, the lowest `a(m - 1)`, and so on back to `p(1)`. So there is one answer.
//!
//! Priorities of places, holdings and lots do not count: the line is one for all places. So where places have a say
//! (deferred acceptance, trading), a chain may seat somebody whom another one who waits, with a better claim to that very
//! place, then envies; and where standings tie, the lower number comes first, whatever the lots of
//! [`Claims`](crate::market::Claims) were.
//!
//! **Idea.** Take who waits in the order of the line and search from each breadth first: all the places it accepts are
//! reached with 1 move, all that their holders can go on to with 2, and so on. The first layer with a free place ends the
//! search. Each place keeps the cheapest way it was reached by in its layer. When no layer has a free place, all that was
//! reached is *dead*: it is not searched again.
//!
//! **Why it is right.** The layers give the fewest moves, since every beginning of a chain with the fewest moves has the
//! fewest moves to where it ends; for the same reason the cheapest ways through the layers are the cheapest of the chains
//! with the fewest moves, and the lowest numbers last come from the lowest numbers before. A way through the layers
//! reaches each place once, so it moves nobody twice; and nobody of `a(1)` itself, since who waits could take at once
//! whatever a person of the same agent goes on to.
//!
//! Dead places are full, and none of their holders who may be moved can go anywhere but to dead places. A chain that
//! reached one could not end; so no chain does, their holders stay, and dead they remain after any number of chains.
//! Hence nobody who has no chain ever gets one from those behind, and one pass along the line gives everything that
//! asking again from the start after each chain would.
//!
//! **Cost.** To begin, O(places + seats log seats + agents log agents). In all chains together the holders of dead places
//! are looked at once, each for O(their choices). Beyond that a chain of `m` moves costs the choices of the holders of the
//! places that `m - 1` moves reach: nothing but the own choices where a free place is among them. One chain costs
//! O(choices) at the most. Memory O(places + seats).
//!
//! **Searching from the free places instead** would look at less when a single space falls free, but asks who accepts each
//! place, which takes O(choices) to list; and when many fall free at once it would search from all of them for each chain.

use crate::market::{Agent, Allocation, Market, Move, Place, Standing};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter::FusedIterator;

/// Gives the free spaces to the next in line, chain by chain; [`FallThrough`] does the work as it is asked. Which
/// chain it is, exactly, and what it costs: [`vacancy`](self).
///
/// `may_move` and `may_come` are by the number of the agent; who is beyond their ends may not. Seats that the market does
/// not know are passed over, and who sits where they did not choose to stays there (`audit` names both).
///
/// ```
/// use shared_parking::allocation::{fall_through, serial};
/// use shared_parking::market::{Market, Move};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let lapsed = builder.agent(0, 1, [(kerb, 10)]);
/// let holder = builder.agent(1, 1, [(kerb, 10), (yard, 40)]);
/// let bound = builder.agent(2, 1, [(yard, 20)]);
/// let behind = builder.agent(3, 1, [(kerb, 5)]);
/// let market = builder.build().unwrap();
/// let mut allocation = serial(&market, 7);
/// allocation.seats.retain(|seat| seat.agent != lapsed); // the kerb is free again
///
/// let may_come = [false, true, true, true]; // not who let the offer lapse
/// let moves = fall_through(&market, &allocation, &[true; 4], &may_come).next().unwrap();
/// assert_eq!(moves, [
///     Move { agent: holder, from: Some(yard), to: Some(kerb), count: 1 }, // nearer than before
///     Move { agent: bound, from: None, to: Some(yard), count: 1 },
/// ]);
/// let after = allocation.moved(&moves).unwrap();
/// assert_eq!(after.seats_of(bound)[0].place, yard);
///
/// // Where nobody may be moved, the next in line who accepts the kerb itself takes it.
/// let moves = fall_through(&market, &allocation, &[], &may_come).next().unwrap();
/// assert_eq!(moves, [Move { agent: behind, from: None, to: Some(kerb), count: 1 }]);
/// ```
#[must_use = "chains are found as they are asked for"]
pub fn fall_through<'m>(
    market: &'m Market,
    allocation: &Allocation,
    may_move: &[bool],
    may_come: &[bool],
) -> FallThrough<'m> {
    let may = |flags: &[bool], agent: Agent| flags.get(agent.index()).copied().unwrap_or(false);
    let mut room: Vec<u64> = market.places().map(|place| u64::from(market.capacity(place))).collect();
    let mut waiting: Vec<u64> = market.agents().map(|agent| u64::from(market.count(agent))).collect();
    let mut movers = vec![BTreeMap::new(); room.len()];
    for seat in allocation.seats.iter().filter(|seat| seat.count > 0) {
        let (Some(room), Some(waiting)) = (room.get_mut(seat.place.index()), waiting.get_mut(seat.agent.index()))
        else {
            continue;
        };
        *room = room.saturating_sub(u64::from(seat.count));
        *waiting = waiting.saturating_sub(u64::from(seat.count));
        if may(may_move, seat.agent) && market.cost(seat.agent, seat.place).is_some() {
            *movers[seat.place.index()].entry(seat.agent).or_insert(0) += u64::from(seat.count);
        }
    }
    let waits = |(agent, people): (Agent, u64)| {
        let turn = Turn { standing: market.standing(agent), agent, people };
        (people > 0 && may(may_come, agent)).then_some(Reverse(turn))
    };
    let mut line: Vec<Reverse<Turn>> = market.agents().zip(waiting).filter_map(waits).collect();
    line.sort_unstable();
    FallThrough {
        market,
        may_move: market.agents().map(|agent| may(may_move, agent)).collect(),
        movers,
        free: room.iter().sum(),
        search: Search { reached: vec![None; room.len()], found: Vec::new(), dead: vec![false; room.len()] },
        room,
        line,
    }
}

/// The chains by which free spaces fall to those who wait, one after the other, each as if the ones before were made.
///
/// Each chain is given as its moves in the order in which they can be made: first whoever goes to the free space, at the
/// end the person who comes. [`Allocation::moved`] makes them. After the last chain nobody who waits can come any more,
/// unless somebody were made worse off or moved who may not be; who has come by one chain may be moved by the next if
/// `may_move` says so.
///
/// It guarantees that nobody seated loses by it, that no other person in the line who could come is ahead of the one who
/// comes, and that no fewer moves would do. It does not guarantee the most seats or the least cost in all: unlike
/// [`optimal`](super::optimal()) it never makes anybody worse off for another's sake. Nor does it keep an answer free of
/// justified envy where places have priorities: see [`vacancy`](super::vacancy).
///
/// [`vacancy`](super::vacancy) says exactly which chain it is, how it is found and what that costs.
#[derive(Clone, Debug)]
pub struct FallThrough<'m> {
    market: &'m Market,
    may_move: Vec<bool>,
    /// The people at each place who may be moved.
    movers: Vec<BTreeMap<Agent, u64>>,
    /// Free spaces of each place, and in all.
    room: Vec<u64>,
    free: u64,
    /// Who waits, the next in line last.
    line: Vec<Reverse<Turn>>,
    search: Search,
}

/// Somebody who waits; the smaller one goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    standing: Standing,
    agent: Agent,
    people: u64,
}

#[derive(Clone, Debug)]
struct Search {
    /// By place, in the present search.
    reached: Vec<Option<Way>>,
    /// The places reached, those with fewer moves first.
    found: Vec<Place>,
    /// From which places no chain leads on, now or later.
    dead: Vec<bool>,
}

/// The last move of the best way to a place; the smaller one is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// Moves so far.
    moves: u32,
    /// What they cost: 2^30 for each of 2^31 places at the most.
    cost: i64,
    agent: Agent,
    from: Option<Place>,
}

impl Iterator for FallThrough<'_> {
    type Item = Vec<Move>;

    fn next(&mut self) -> Option<Vec<Move>> {
        while self.free > 0 {
            let Reverse(turn) = *self.line.last()?;
            let Some(end) = self.find(turn.agent) else {
                self.line.pop();
                continue;
            };
            let moves = self.search.trace(end);
            self.make(&moves, end);
            if let Some(Reverse(turn)) = self.line.last_mut() {
                turn.people -= 1;
            }
            if turn.people == 1 {
                self.line.pop();
            }
            return Some(moves);
        }
        None
    }
}

impl FusedIterator for FallThrough<'_> {}

impl FallThrough<'_> {
    /// Searches for a chain for somebody who waits: the free place where it ends.
    fn find(&mut self, agent: Agent) -> Option<Place> {
        self.search.begin();
        for choice in self.market.choices(agent) {
            self.search.reach(choice.place, Way { moves: 1, cost: i64::from(choice.cost), agent, from: None });
        }
        let mut start = 0;
        while start < self.search.found.len() {
            let end = self.search.found.len();
            let layer = &self.search.found[start..end];
            let free = layer.iter().filter(|place| self.room[place.index()] > 0);
            let cost = |place: Place| self.search.reached[place.index()].map(|way| way.cost);
            if let Some(last) = free.copied().min_by_key(|&place| (cost(place), place)) {
                return Some(last);
            }
            for at in start..end {
                self.go_on(self.search.found[at]);
            }
            start = end;
        }
        self.search.bury();
        None
    }

    /// Reaches where the holders of a place can go on to.
    fn go_on(&mut self, from: Place) {
        let Some(here) = self.search.reached[from.index()] else { return };
        for &agent in self.movers[from.index()].keys() {
            let Some(own) = self.market.cost(agent, from) else { continue };
            for choice in self.market.choices(agent).iter().filter(|choice| choice.cost <= own) {
                let cost = here.cost - i64::from(own - choice.cost);
                self.search.reach(choice.place, Way { moves: here.moves + 1, cost, agent, from: Some(from) });
            }
        }
    }

    /// Makes the moves of a chain that ends at a free place.
    fn make(&mut self, moves: &[Move], end: Place) {
        self.room[end.index()] -= 1;
        self.free -= 1;
        for step in moves.iter().filter(|step| self.may_move[step.agent.index()]) {
            if let Some(from) = step.from {
                let there = &mut self.movers[from.index()];
                if let Some(people) = there.get_mut(&step.agent).filter(|people| **people > 1) {
                    *people -= 1;
                } else {
                    there.remove(&step.agent);
                }
            }
            if let Some(to) = step.to {
                *self.movers[to.index()].entry(step.agent).or_insert(0) += 1;
            }
        }
    }
}

impl Search {
    fn begin(&mut self) {
        for place in self.found.drain(..) {
            self.reached[place.index()] = None;
        }
    }

    /// Notes a way to a place, unless a better one is known or none leads on.
    fn reach(&mut self, place: Place, way: Way) {
        if self.dead[place.index()] {
            return;
        }
        match &mut self.reached[place.index()] {
            Some(known) => *known = way.min(*known),
            unknown => {
                *unknown = Some(way);
                self.found.push(place);
            }
        }
    }

    /// Nothing that was reached leads to a free place.
    fn bury(&mut self) {
        for place in &self.found {
            self.dead[place.index()] = true;
        }
    }

    /// The moves of the best way to a place, the last one first: who goes there makes room for the one before.
    fn trace(&self, end: Place) -> Vec<Move> {
        let (mut moves, mut next) = (Vec::new(), Some(end));
        while let Some(to) = next {
            let Some(way) = self.reached[to.index()] else { break };
            moves.push(Move { agent: way.agent, from: way.from, to: Some(to), count: 1 });
            next = way.from;
        }
        moves
    }
}
