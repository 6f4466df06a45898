//! Exchanges on circles: each gets the seat of the next, and likes it better.

use super::better;
use crate::market::{Agent, Allocation, Market, Place};

/// One person of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExchangeStep {
    /// The seat somebody has.
    pub from: Place,
    /// The seat they prefer: the one of the next step, and in the last step the one of the first.
    pub to: Place,
    /// Whose person.
    pub agent: Agent,
}

/// A circle of people, each of whom prefers the seat of the next, at different places; from the lowest place on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exchange {
    /// At least two.
    pub steps: Vec<ExchangeStep>,
}

/// Exchanges among the seated that make everybody in them better off and nobody else worse: circles that share no place,
/// so that all of them can be carried out at once, and so many that without their places no circle would be left. Sorted;
/// empty exactly when there is none at all. Once they are carried out, there may be others.
///
/// **With [`wasted_seats`](super::wasted_seats) this is Pareto efficiency**: some other sound answer makes somebody better
/// off and nobody worse, exactly when a seat is wasted or there is a circle. Either is such an answer at once. Conversely,
/// take such an answer and somebody it makes better off, left out before or not, who gets a seat at `s`. Unless `s` had
/// room, which is waste, it was full, so somebody who sat at `s` sits there no more. That one is no worse off, and being
/// left out is worse than any choice: so they sit elsewhere, and prefer it, for preferences do not tie. The same holds for
/// the place they got, and so on: a chain of people who were seated, each of whom prefers the place where the next one
/// sat. There are only so many places, so it comes back to one: a circle. Which of an agent's people has which of its
/// seats makes no difference.
///
/// To check it takes everybody's choices and seats. O(c log c) for c choices of all people, and mostly fewer: those that
/// seated people prefer to their seats.
///
/// ```
/// use shared_parking::audit::improvement_cycles;
/// use shared_parking::market::{Allocation, Market, Seat};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// let ann = builder.agent(0, 1, [(kerb, 10), (yard, 40)]);
/// let bob = builder.agent(1, 1, [(kerb, 40), (yard, 10)]);
/// let market = builder.build().unwrap();
/// let seats = vec![Seat { agent: ann, place: yard, count: 1 }, Seat { agent: bob, place: kerb, count: 1 }];
/// let found = improvement_cycles(&market, &Allocation { seats, certificate: None });
/// let steps = found[0].steps.iter().map(|step| (step.agent, step.from, step.to));
/// assert_eq!(steps.collect::<Vec<_>>(), [(bob, kerb, yard), (ann, yard, kerb)]);
/// ```
#[must_use]
pub fn improvement_cycles(market: &Market, allocation: &Allocation) -> Vec<Exchange> {
    let agents = market.agents().len();
    let mut wishes = Vec::new();
    for seat in allocation.seats.iter().filter(|seat| seat.count > 0 && seat.agent.index() < agents) {
        if market.cost(seat.agent, seat.place).is_some() {
            let preferred = better(market, seat.agent, Some(seat.place));
            wishes.extend(preferred.map(|(_, to)| ExchangeStep { agent: seat.agent, from: seat.place, to }));
        }
    }
    circles(market.places().len(), wishes)
}

/// Circles of wishes that share no place, so many that without their places none is left; sorted.
///
/// A path follows the first wish of each place that does not lead to a place that is done. Where it comes back to itself
/// it has found a circle, whose places are done; where it cannot go on, the place is done: all its wishes lead to places
/// that are done. So without the circles' places, in the order in which places were done, every wish leads to an earlier
/// one, and there is no circle among them.
pub(super) fn circles(places: usize, mut wishes: Vec<ExchangeStep>) -> Vec<Exchange> {
    wishes.sort_unstable();
    wishes.dedup_by_key(|wish| (wish.from, wish.to));
    let mut next = Vec::with_capacity(places + 1);
    for place in 0..=places {
        let start = next.last().copied().unwrap_or(0);
        next.push(start + wishes[start..].iter().take_while(|wish| wish.from.index() < place).count());
    }
    let ends = next[1..].to_vec();
    let mut done = vec![false; places];
    // Where on the path each place stands, counted from 1.
    let mut on_path = vec![0; places];
    let (mut path, mut found): (Vec<ExchangeStep>, Vec<Exchange>) = (Vec::new(), Vec::new());
    for first in 0..places {
        let mut tip = first;
        loop {
            if done[tip] {
                let Some(before) = path.pop() else { break };
                tip = before.from.index();
                on_path[tip] = 0;
                continue;
            }
            let own = &mut next[tip];
            *own += wishes[*own..ends[tip]].iter().take_while(|wish| done[wish.to.index()]).count();
            if *own == ends[tip] {
                done[tip] = true;
                continue;
            }
            let wish = wishes[*own];
            path.push(wish);
            on_path[tip] = path.len();
            tip = wish.to.index();
            if let Some(start) = usize::checked_sub(on_path[tip], 1) {
                let mut steps = path.split_off(start);
                steps.iter().for_each(|step| done[step.from.index()] = true);
                let lowest = (0..steps.len()).min_by_key(|&at| steps[at].from).unwrap_or(0);
                steps.rotate_left(lowest);
                found.push(Exchange { steps });
            }
        }
    }
    found.sort_unstable();
    found
}
