//! What a comparison knows of people besides the market: the groups they belong to, and how long they have waited.

use super::{GroupFigures, MarketFinding, Spread, seated};
use crate::market::{Agent, Allocation, Market};
use std::collections::BTreeSet;

/// What is known of a market's agents: nothing, unless somebody says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Ways to divide people into groups, such as tiers and communities.
    pub groupings: Vec<Grouping>,
    /// How long they have waited.
    pub waiting: Option<Waiting>,
}

/// One way to divide people into groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// What it goes by: `tier`. No other grouping has this name.
    pub name: String,
    /// The names of the groups, each once.
    pub groups: Vec<String>,
    /// For each agent of the market, in order: its group's position in `groups`.
    pub of: Vec<u32>,
}

/// How long people have waited.
///
/// In a comparison the wait of somebody who is seated ends with the round, while whoever is left out waits on until the
/// next one, and perhaps longer: their wait counts as `days + next_round`. So an allocation that leaves out those who
/// have waited longest is more unequal than one that leaves out those who have just come. Both are counted among
/// everybody: among the seated alone, or with what is left to wait alone, a round could look fairer for seating fewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For each agent of the market, in order: whole days waited until the round by each of its people.
    pub days: Vec<u32>,
    /// In how many days the next round is held.
    pub next_round: u32,
}

/// Why figures would mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotComparable {
    /// A grouping does not name one group for each agent.
    #[error("grouping {name:?} names groups for {given} agents, but the market has {agents}; give each agent one")]
    GroupingLength {
        /// The grouping.
        name: String,
        /// For how many it does.
        given: usize,
        /// How many agents there are.
        agents: usize,
    },
    /// An agent belongs to a group that the grouping does not have.
    #[error("grouping {name:?}: agent {agent} is of group {group}, which has no name; count groups from 0")]
    UnknownGroup {
        /// The grouping.
        name: String,
        /// Which agent.
        agent: Agent,
        /// The number of the group.
        group: u32,
    },
    /// Two groupings have one name, or two groups of one grouping.
    #[error("{what} {name:?} is there twice; give each a name of its own")]
    TwiceNamed {
        /// `grouping`, or which grouping's groups.
        what: String,
        /// The name.
        name: String,
    },
    /// The days waited are not those of one market's agents.
    #[error("days waited are given for {given} agents, but the market has {agents}; give them for each")]
    WaitingLength {
        /// For how many they are given.
        given: usize,
        /// How many agents there are.
        agents: usize,
    },
    /// Two allocations have one name.
    #[error("two allocations are named {name:?}; give each a name of its own")]
    SameName {
        /// The name.
        name: String,
    },
    /// An allocation seats people in a way that the market does not allow.
    #[error("allocation {name:?}: {finding}; compare allocations of this market only")]
    Unsound {
        /// The allocation.
        name: String,
        /// What is wrong.
        finding: MarketFinding,
    },
}

/// What is wrong with labels.
pub(super) fn problems(labels: &Labels, market: &Market) -> Vec<NotComparable> {
    let (agents, mut problems) = (market.agents().len(), Vec::new());
    let names = labels.groupings.iter().map(|grouping| &grouping.name);
    problems.extend(twice("grouping", names));
    for grouping in &labels.groupings {
        let name = &grouping.name;
        problems.extend(twice(&format!("grouping {name:?}: group"), grouping.groups.iter()));
        if grouping.of.len() != agents {
            let given = grouping.of.len();
            problems.push(NotComparable::GroupingLength { name: name.clone(), given, agents });
        }
        let unknown =
            (0..).map(Agent::new).zip(&grouping.of).filter(|&(_, &group)| group as usize >= grouping.groups.len());
        problems.extend(unknown.map(|(agent, &group)| NotComparable::UnknownGroup {
            name: name.clone(),
            agent,
            group,
        }));
    }
    let given = labels.waiting.as_ref().map(|waiting| waiting.days.len()).filter(|&given| given != agents);
    problems.extend(given.map(|given| NotComparable::WaitingLength { given, agents }));
    problems
}

fn twice<'a>(what: &str, names: impl Iterator<Item = &'a String>) -> Vec<NotComparable> {
    let mut seen = BTreeSet::new();
    let again = names.filter(|&name| !seen.insert(name));
    again.map(|name| NotComparable::TwiceNamed { what: what.to_owned(), name: name.clone() }).collect()
}

impl Grouping {
    /// How many of each group there are and are seated.
    pub(super) fn seats(&self, market: &Market, allocation: &Allocation) -> Vec<GroupFigures> {
        let empty =
            |group: &String| GroupFigures { grouping: self.name.clone(), group: group.clone(), people: 0, seated: 0 };
        let mut groups: Vec<GroupFigures> = self.groups.iter().map(empty).collect();
        for (agent, &group) in market.agents().zip(&self.of) {
            let own = &mut groups[group as usize];
            own.people += u64::from(market.count(agent));
            own.seated += u64::from(seated(allocation, agent));
        }
        groups
    }
}

impl Waiting {
    /// How long everybody waits in all; at most `u32::MAX` days.
    pub(super) fn spread(&self, market: &Market, allocation: &Allocation) -> Spread {
        let agents = market.agents().zip(&self.days);
        Spread::of(agents.flat_map(|(agent, &days)| {
            let seated = seated(allocation, agent);
            [(days, seated), (days.saturating_add(self.next_round), market.count(agent) - seated)]
        }))
    }
}
