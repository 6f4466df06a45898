//! Did a free space fall to the next in line, with the fewest moves, and at nobody's cost?
//!
//! Invariant: found by rules alone, applied until nothing changes any more: "a space here can be had when it is free, or
//! when somebody who sits here can go, at no higher cost, where a space can be had". No search, no layers, no order.

mod finding;

pub use finding::FallFinding;

use crate::market::{Agent, Allocation, Cost, Market, Move, Place, Seat};
use std::collections::{BTreeMap, BTreeSet};

/// Checks that these moves are the ones by which a free space falls to the next in line: the last of them brings somebody
/// in who waits, each of the others makes room for the one after it, nobody is made worse off, nobody who could come is
/// ahead of the one who comes, and no chain for that person has fewer moves, or as many at less cost, or comes before it by
/// numbers. No moves at all are right when nobody who waits can come.
///
/// Who may be moved and who may come is by the number of the agent; beyond the ends nobody may. What is asked is exactly
/// what [`allocation::vacancy`](crate::allocation::vacancy) defines. Whether `before` is sound is not looked at; seats that
/// the market does not know are passed over.
///
/// O(rounds x choices of those who may be moved x log places); there is one round more than moves in the longest of all
/// chains that nothing shorter replaces: few in practice, in the worst case as many as there are places.
///
/// ```
/// use shared_parking::audit::{FallFinding, check_fall};
/// use shared_parking::market::{Allocation, Market, Move, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let holder = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let ahead = builder.agent(1, 1, [(yard, 20)]);
/// let behind = builder.agent(2, 1, [(kerb, 5)]);
/// let market = builder.build().unwrap();
/// let before = Allocation { seats: vec![Seat { agent: holder, place: yard, count: 1 }], certificate: None };
/// let everybody = [true; 3];
/// let moves = |moves: &[Move]| check_fall(&market, &before, &everybody, &everybody, moves);
///
/// let nearer = Move { agent: holder, from: Some(yard), to: Some(kerb), count: 1 };
/// assert_eq!(moves(&[nearer, Move { agent: ahead, from: None, to: Some(yard), count: 1 }]), Ok(()));
///
/// let passed_over = FallFinding::PassedOver { agent: ahead, place: yard };
/// assert_eq!(moves(&[Move { agent: behind, from: None, to: Some(kerb), count: 1 }]), Err(vec![passed_over]));
/// assert_eq!(moves(&[]), Err(vec![passed_over]));
/// ```
///
/// # Errors
/// Everything that was found, move by move. Whether somebody was passed over, and whether other moves would do, is looked
/// at when these can be made at all.
pub fn check_fall(
    market: &Market,
    before: &Allocation,
    may_move: &[bool],
    may_come: &[bool],
    moves: &[Move],
) -> Result<(), Vec<FallFinding>> {
    let ground = Ground::of(market, before, may_move, may_come);
    let mut findings = Vec::new();
    ground.check_moves(moves, &mut findings);
    if findings.is_empty() {
        ground.check_line(moves, &mut findings);
        ground.check_chain(moves, &mut findings);
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Who sits, who waits and where there is room, before the moves.
struct Ground<'m> {
    market: &'m Market,
    may_move: &'m [bool],
    /// Who sits where, as far as the market knows them.
    seats: BTreeSet<(Agent, Place)>,
    /// The places with a free space.
    free: BTreeSet<Place>,
    /// Who waits.
    waits: BTreeSet<Agent>,
}

/// The best known way to a place: its moves, its cost, and who makes the last move from where.
type Way = (usize, i64, Agent, Option<Place>);

impl<'m> Ground<'m> {
    fn of(market: &'m Market, before: &Allocation, may_move: &'m [bool], may_come: &[bool]) -> Self {
        let known = |seat: &&Seat| {
            seat.count > 0 && seat.agent.index() < market.agents().len() && seat.place.index() < market.places().len()
        };
        let (mut of_agent, mut of_place) = (BTreeMap::<Agent, u64>::new(), BTreeMap::<Place, u64>::new());
        for seat in before.seats.iter().filter(known) {
            *of_agent.entry(seat.agent).or_insert(0) += u64::from(seat.count);
            *of_place.entry(seat.place).or_insert(0) += u64::from(seat.count);
        }
        let room = |place: &Place| of_place.get(place).copied().unwrap_or(0) < u64::from(market.capacity(*place));
        let waits = |agent: &Agent| {
            let seated = of_agent.get(agent).copied().unwrap_or(0);
            is_set(may_come, *agent) && seated < u64::from(market.count(*agent))
        };
        Self {
            market,
            may_move,
            seats: before.seats.iter().filter(known).map(|seat| (seat.agent, seat.place)).collect(),
            free: market.places().filter(room).collect(),
            waits: market.agents().filter(waits).collect(),
        }
    }

    /// Every way in which somebody seated could go on without being worse off: who, from where, to where, and what their
    /// cost changes by.
    fn steps(&self) -> impl Iterator<Item = (Agent, Place, Place, i64)> {
        self.seats.iter().filter(|(agent, _)| is_set(self.may_move, *agent)).flat_map(|&(agent, from)| {
            let own = self.market.cost(agent, from);
            let choices = self.market.choices(agent).iter().filter_map(move |choice| Some((choice, own?)));
            let better = choices.filter(|(choice, own)| choice.cost <= *own);
            better.map(move |(choice, own)| (agent, from, choice.place, change(Some(own), choice.cost)))
        })
    }

    /// Each move by itself: it can be made, it may be made, and it goes where there is room.
    fn check_moves(&self, moves: &[Move], findings: &mut Vec<FallFinding>) {
        let mut room = None;
        for (position, step) in moves.iter().enumerate() {
            let (agent, last) = (step.agent, position + 1 == moves.len());
            let places = self.market.places().len();
            let Some(to) = step.to.filter(|to| step.count == 1 && to.index() < places) else {
                findings.push(FallFinding::MeaninglessMove { position });
                continue;
            };
            if agent.index() >= self.market.agents().len() || step.from.is_some_and(|from| from.index() >= places) {
                findings.push(FallFinding::MeaninglessMove { position });
                continue;
            }
            if position == 0 && !self.free.contains(&to) {
                findings.push(FallFinding::NoRoom { place: to });
            }
            if (position > 0 && room != Some(to)) || (step.from.is_none() && !last) {
                findings.push(FallFinding::Broken { position });
            }
            room = step.from;
            let cost = self.market.cost(agent, to);
            if cost.is_none() {
                findings.push(FallFinding::NotAChoice { agent, place: to });
            }
            if let Some(from) = step.from {
                self.check_leaving(agent, from, to, findings);
            }
            if last && (step.from.is_some() || !self.waits.contains(&agent)) {
                findings.push(FallFinding::NotWaiting { agent });
            }
        }
    }

    /// Somebody sits there, may be moved, and is no worse off.
    fn check_leaving(&self, agent: Agent, from: Place, to: Place, findings: &mut Vec<FallFinding>) {
        if !self.seats.contains(&(agent, from)) {
            findings.push(FallFinding::NotSeated { agent, place: from });
        }
        if !is_set(self.may_move, agent) {
            findings.push(FallFinding::MayNotMove { agent });
        }
        // where they sit without having chosen to, nobody knows what would be worse
        if self.market.cost(agent, to).is_some_and(|cost| self.market.cost(agent, from).is_none_or(|own| cost > own)) {
            findings.push(FallFinding::WorseOff { agent, from, to });
        }
    }

    /// Nobody who could come is ahead of the one who comes.
    fn check_line(&self, moves: &[Move], findings: &mut Vec<FallFinding>) {
        let mut to_be_had = self.free.clone();
        loop {
            let more = self.steps().filter(|(_, _, to, _)| to_be_had.contains(to)).map(|(_, from, _, _)| from);
            let all: BTreeSet<Place> = to_be_had.iter().copied().chain(more).collect();
            if all.len() == to_be_had.len() {
                break;
            }
            to_be_had = all;
        }
        let could = |agent: Agent| {
            let mut choices = self.market.choices(agent).iter();
            Some((agent, choices.find(|choice| to_be_had.contains(&choice.place))?.place))
        };
        let rank = |agent: Agent| (self.market.standing(agent), agent);
        let next = self.waits.iter().filter_map(|&agent| could(agent)).min_by_key(|&(agent, _)| rank(agent));
        if let Some((agent, place)) = next.filter(|&(agent, _)| moves.last().is_none_or(|last| last.agent != agent)) {
            findings.push(FallFinding::PassedOver { agent, place });
        }
    }

    /// No chain for the person who comes has fewer moves, or as many at less cost, or comes first by numbers.
    fn check_chain(&self, moves: &[Move], findings: &mut Vec<FallFinding>) {
        let Some(last) = moves.last() else { return };
        let ways = self.ways(last.agent);
        let ends = self.free.iter().filter_map(|&place| Some((ways.get(&place)?, place)));
        let best = ends.min_by_key(|&(&(moves, cost, _, _), place)| (moves, cost, place));
        let Some((&(fewest, least, _, _), end)) = best else { return };
        let cost = |step: &Move| {
            let cost = |place| self.market.cost(step.agent, place);
            change(step.from.and_then(cost), step.to.and_then(cost).unwrap_or(0))
        };
        let cost: i64 = moves.iter().map(cost).sum();
        if moves.len() > fewest {
            findings.push(FallFinding::TooManyMoves { moves: moves.len(), fewest });
        } else if cost > least {
            findings.push(FallFinding::TooDear { cost, least });
        } else {
            let mut next = Some(end);
            for (position, step) in moves.iter().enumerate() {
                let Some((to, &(_, _, agent, from))) = next.and_then(|to| Some((to, ways.get(&to)?))) else { return };
                if (step.agent, step.from, step.to) != (agent, from, Some(to)) {
                    findings.push(FallFinding::NotTheFirst { position, agent, to });
                    return;
                }
                next = from;
            }
        }
    }

    /// The best way to each place from somebody who waits, by relaxation: every step is tried until none leads to a better
    /// way. The moves count first, so no way goes in a circle.
    fn ways(&self, agent: Agent) -> BTreeMap<Place, Way> {
        let own = self.market.choices(agent).iter();
        let mut ways: BTreeMap<Place, Way> =
            own.map(|choice| (choice.place, (1, change(None, choice.cost), agent, None))).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for (agent, from, to, change) in self.steps() {
                let Some(&(moves, cost, _, _)) = ways.get(&from) else { continue };
                let way = (moves + 1, cost + change, agent, Some(from));
                if ways.get(&to).is_none_or(|known| way < *known) {
                    ways.insert(to, way);
                    changed = true;
                }
            }
        }
        ways
    }
}

/// What a move costs more than before: all of its cost for somebody who comes.
fn change(from: Option<Cost>, to: Cost) -> i64 {
    i64::from(to) - from.map_or(0, i64::from)
}

fn is_set(flags: &[bool], agent: Agent) -> bool {
    flags.get(agent.index()).copied().unwrap_or(false)
}
