//! The mathematics as data: places with capacities, agents with a standing, choices with a cost; an allocation and its
//! certificate.
//!
//! Invariant: nothing here decides who is seated, and nothing here knows parking. What is worked out ([`Cutoffs`],
//! [`Shortage`]) follows from a market and its seats. A [`Market`] is valid once built, so solvers and checkers need no
//! error path.

mod allocation;
mod build;
mod chain;
mod claims;
mod components;
mod cutoff;
mod lists;
mod lots;
mod mechanism;
mod moves;
mod place_lots;
mod said;
mod shortage;

pub use allocation::{Allocation, Certificate, PlacePrice, Seat};
pub use build::MarketBuilder;
pub(crate) use build::check_agent;
pub(crate) use claims::Grade;
pub use claims::{Claim, Claims};
pub use cutoff::Cutoffs;
pub use lots::{lot, lot_at};
pub use mechanism::{Lots, Mechanism};
pub use moves::Move;
pub use shortage::{MoreSpaces, Shortage};

use serde::{Deserialize, Serialize};
use std::fmt;

/// A place of a [`Market`], by its number: identical spaces are one place with a capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Place(u32);

/// An agent of a [`Market`], by its number: identical people are one agent with a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Agent(u32);

macro_rules! numbered {
    ($($name:ident)*) => {$(
        impl $name {
            /// The one with this number. Whether there is such a one, the market knows.
            #[must_use]
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// Its number, counted from 0 in the order it was added.
            #[must_use]
            pub const fn number(self) -> u32 {
                self.0
            }

            /// Its number as an index.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}
numbered! { Place Agent }

/// How early an agent is served: 0 is the best standing. Equal standings are ties.
pub type Standing = u32;

/// What it costs to seat an agent at a place; at most [`Market::MAX_COST`].
pub type Cost = u32;

/// How much a place prefers an agent: 0 most, [`Market::LAST`] where nothing is said. Equal priorities are settled by
/// standing, and then by lot.
pub type Priority = u32;

/// A place an agent accepts, and its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice {
    /// The place.
    pub place: Place,
    /// The cost for one person.
    pub cost: Cost,
}

/// An assignment problem: who could go where, at which cost, and who is served first.
///
/// Numbers are names: the order in which places and agents were added is the canonical order that breaks ties, so add
/// them sorted by id and the answer does not depend on the order of your rows.
///
/// ```
/// use shared_parking::market::Market;
/// let mut builder = Market::builder();
/// let kerb = builder.place(2);
/// let yard = builder.place(1);
/// let first = builder.agent(0, 1, [(kerb, 30), (yard, 10)]);
/// let market = builder.build().unwrap();
/// assert_eq!(market.capacity(yard), 1);
/// assert_eq!(market.choices(first).len(), 2);
/// assert_eq!(market.cost(first, kerb), Some(30));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Market {
    capacities: Vec<u32>,
    standings: Vec<Standing>,
    counts: Vec<u32>,
    /// The number of each agent's choice list.
    list_of: Vec<u32>,
    lists: lists::Lists,
    choice_count: usize,
    /// The priority of each choice of each agent; `None` where no place says anything.
    priorities: Option<said::Priorities>,
    /// Who has which space today, sorted by agent, then place; each pair once.
    holdings: Vec<Seat>,
}

impl Market {
    /// The priority of whom a place says nothing about: everybody named goes first.
    pub const LAST: Priority = u32::MAX;

    /// The largest cost of a choice: 2^30 - 1 (10,737 km in centimetres).
    pub const MAX_COST: Cost = (1 << 30) - 1;

    /// The most places, people, spaces or choices (in distinct lists) of a market: 2^31 - 1, since numbers are 32 bits.
    pub const MOST: usize = (u32::MAX >> 1) as usize;

    /// A builder without places or agents.
    #[must_use]
    pub fn builder() -> MarketBuilder {
        MarketBuilder::default()
    }

    /// The places, in order.
    pub fn places(&self) -> impl ExactSizeIterator<Item = Place> + DoubleEndedIterator + use<> {
        (0..index_u32(self.capacities.len())).map(Place)
    }

    /// The agents, in order.
    pub fn agents(&self) -> impl ExactSizeIterator<Item = Agent> + DoubleEndedIterator + use<> {
        (0..index_u32(self.counts.len())).map(Agent)
    }

    /// How many people fit this place.
    #[must_use]
    pub fn capacity(&self, place: Place) -> u32 {
        self.capacities[place.index()]
    }

    /// The standing of an agent.
    #[must_use]
    pub fn standing(&self, agent: Agent) -> Standing {
        self.standings[agent.index()]
    }

    /// How many identical people an agent stands for: at least one.
    #[must_use]
    pub fn count(&self, agent: Agent) -> u32 {
        self.counts[agent.index()]
    }

    /// The places an agent accepts, sorted by place, each once.
    #[must_use]
    pub fn choices(&self, agent: Agent) -> &[Choice] {
        self.list(self.list_of(agent))
    }

    /// How many choices the agents have in all.
    #[must_use]
    pub fn choice_count(&self) -> usize {
        self.choice_count
    }

    /// How many different choice lists there are; agents with equal choices share one.
    #[must_use]
    pub fn list_count(&self) -> usize {
        self.lists.len()
    }

    /// The number of an agent's choice list, below [`Market::list_count`].
    #[must_use]
    pub fn list_of(&self, agent: Agent) -> usize {
        self.list_of[agent.index()] as usize
    }

    /// The choices of a list, sorted by place, each place once.
    #[must_use]
    pub fn list(&self, list: usize) -> &[Choice] {
        self.lists.of(list)
    }

    /// What this place costs this agent, or `None` when it is not a choice.
    #[must_use]
    pub fn cost(&self, agent: Agent, place: Place) -> Option<Cost> {
        let choices = self.choices(agent);
        let at = choices.binary_search_by_key(&place, |choice| choice.place).ok()?;
        Some(choices[at].cost)
    }

    /// Whether any place says whom it prefers.
    #[must_use]
    pub const fn has_priorities(&self) -> bool {
        self.priorities.is_some()
    }

    /// How much one of an agent's choices prefers it: the choice at this position in [`choices`](Self::choices).
    #[must_use]
    pub fn priority_at(&self, agent: Agent, at: usize) -> Priority {
        self.priorities.as_ref().map_or(Self::LAST, |priorities| priorities.of(agent)[at])
    }

    /// How much a place prefers an agent, or `None` when it is not a choice.
    #[must_use]
    pub fn priority(&self, agent: Agent, place: Place) -> Option<Priority> {
        let at = self.choices(agent).binary_search_by_key(&place, |choice| choice.place).ok()?;
        Some(self.priority_at(agent, at))
    }

    /// Who has which space today: people of an agent at a place, which need not be one of its choices. Sorted by agent,
    /// then place; each pair once.
    #[must_use]
    pub fn holdings(&self) -> &[Seat] {
        &self.holdings
    }
}

/// Lengths inside a market fit 32 bits: the builder refuses more.
#[expect(clippy::cast_possible_truncation, reason = "the builder refuses what does not fit")]
const fn index_u32(length: usize) -> u32 {
    length as u32
}
