//! Lots: numbers drawn from a public seed, which break ties between people of equal standing.

use super::{Agent, Place};
use crate::units::Chance;

/// The lot of one person of an agent; the lower one goes first.
///
/// `d(d(d(seed) xor agent) xor person)`, where `d(x)` is the first output of SplitMix64 from `x` ([`Chance`]), `agent` is
/// the agent's number and `person` counts its people from 0. For one seed no two agents have the same lot for their
/// first person. Lots are not secret: who knows the seed knows them all, so draw it in public after the list is closed.
///
/// ```
/// use shared_parking::Chance;
/// use shared_parking::market::{Agent, lot};
/// let d = |x: u64| Chance::new(x).next();
/// assert_eq!(lot(7, Agent::new(3), 2), d(d(d(7) ^ 3) ^ 2));
/// ```
#[must_use]
pub const fn lot(seed: u64, agent: Agent, person: u32) -> u64 {
    let seeded = Chance::new(seed).next();
    let own = Chance::new(seeded ^ agent.number() as u64).next();
    Chance::new(own ^ person as u64).next()
}

/// The lot of one person of an agent at one place: `d(lot xor d(place))`, with [`lot`] and its `d`.
///
/// ```
/// use shared_parking::Chance;
/// use shared_parking::market::{Agent, Place, lot, lot_at};
/// let d = |x: u64| Chance::new(x).next();
/// assert_eq!(lot_at(7, Agent::new(3), 2, Place::new(5)), d(lot(7, Agent::new(3), 2) ^ d(5)));
/// ```
#[must_use]
pub const fn lot_at(seed: u64, agent: Agent, person: u32, place: Place) -> u64 {
    there(lot(seed, agent, person), place)
}

/// What becomes of a lot at a place.
pub(super) const fn there(lot: u64, place: Place) -> u64 {
    Chance::new(lot ^ Chance::new(place.number() as u64).next()).next()
}
