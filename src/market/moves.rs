//! Moves: what takes one allocation to the next.
//!
//! Invariant: moves are data; who should move is decided elsewhere.

use super::{Agent, Allocation, Place, Seat};
use std::collections::BTreeMap;

/// People of one agent who come to a place, go from it, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Move {
    /// Whose people.
    pub agent: Agent,
    /// The place they had, if any.
    pub from: Option<Place>,
    /// The place they have now, if any.
    pub to: Option<Place>,
    /// How many people.
    pub count: u32,
}

impl Allocation {
    /// The seats after these moves, made in this order; without a certificate, for the old one proves nothing about them.
    /// `None` when more people of an agent leave a place than sit there. O((seats + moves) log seats).
    ///
    /// Whether who comes accepts the place, and fits, is not looked at: `audit` does.
    ///
    /// ```
    /// use shared_parking::market::{Agent, Allocation, Move, Place, Seat};
    /// let (kerb, yard) = (Place::new(0), Place::new(1));
    /// let before = Allocation { seats: vec![Seat { agent: Agent::new(0), place: kerb, count: 2 }], certificate: None };
    /// let aside = Move { agent: Agent::new(0), from: Some(kerb), to: Some(yard), count: 1 };
    /// let after = before.moved(&[aside]).unwrap();
    /// let seats: Vec<_> = after.seats.iter().map(|seat| (seat.place, seat.count)).collect();
    /// assert_eq!(seats, [(kerb, 1), (yard, 1)]);
    /// assert_eq!(after.moved(&[aside, aside]), None); // only one is left at the kerb
    /// ```
    #[must_use]
    pub fn moved(&self, moves: &[Move]) -> Option<Self> {
        let mut people: BTreeMap<(Agent, Place), u32> = BTreeMap::new();
        for seat in &self.seats {
            let there = people.entry((seat.agent, seat.place)).or_insert(0);
            *there = there.checked_add(seat.count)?;
        }
        for step in moves.iter().filter(|step| step.count > 0) {
            if let Some(from) = step.from {
                let left = people.get_mut(&(step.agent, from))?;
                *left = left.checked_sub(step.count)?;
            }
            if let Some(to) = step.to {
                let there = people.entry((step.agent, to)).or_insert(0);
                *there = there.checked_add(step.count)?;
            }
        }
        let seated = people.into_iter().filter(|&(_, count)| count > 0);
        let seats = seated.map(|((agent, place), count)| Seat { agent, place, count }).collect();
        Some(Self { seats, certificate: None })
    }
}
