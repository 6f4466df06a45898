//! What places say of agents, and who has a space today: checked as a market is built.

use super::lists::Lists;
use super::{Agent, Market, Place, Priority, Seat};
use crate::error::{FlawCode, FlawCollector};
use std::collections::BTreeMap;

/// One place's word about one agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Preference {
    pub(super) agent: Agent,
    pub(super) place: Place,
    pub(super) priority: Priority,
}

/// The priority of every choice of every agent, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Priorities {
    /// Where each agent's start.
    starts: Vec<usize>,
    all: Vec<Priority>,
}

impl Priorities {
    /// From what was said, sorted and checked.
    pub(super) fn new(said: &[Preference], list_of: &[u32], lists: &Lists) -> Self {
        let (mut starts, mut all) = (Vec::with_capacity(list_of.len() + 1), Vec::new());
        let mut said = said.iter().peekable();
        for (agent, &list) in (0..).zip(list_of) {
            starts.push(all.len());
            for choice in lists.of(list as usize) {
                let own = said.next_if(|said| (said.agent, said.place) == (Agent::new(agent), choice.place));
                all.push(own.map_or(Market::LAST, |said| said.priority));
            }
        }
        starts.push(all.len());
        Self { starts, all }
    }

    /// Those of one agent, in the order of its choices.
    pub(super) fn of(&self, agent: Agent) -> &[Priority] {
        &self.all[self.starts[agent.index()]..self.starts[agent.index() + 1]]
    }
}

impl Market {
    /// What places say of an agent, in the order of its choices; nothing where no place says anything of anybody.
    pub(crate) fn said(&self, agent: Agent) -> &[Priority] {
        self.priorities.as_ref().map_or(&[], |priorities| priorities.of(agent))
    }
}

/// Each word is about a choice, and said once; `said` is sorted.
pub(super) fn check_preferences(said: &[Preference], list_of: &[u32], lists: &Lists, flaws: &mut FlawCollector) {
    for own in said {
        let list = list_of.get(own.agent.index()).map(|&list| lists.of(list as usize));
        let choice = list.is_some_and(|list| list.binary_search_by_key(&own.place, |choice| choice.place).is_ok());
        if !choice {
            let problem = "a priority for what is no choice";
            flaws.push(
                FlawCode::UnknownReference,
                pair(own.agent, own.place),
                problem,
                "add the choice, or take it out",
            );
        }
    }
    for again in said.windows(2).filter(|two| (two[0].agent, two[0].place) == (two[1].agent, two[1].place)) {
        let place = pair(again[1].agent, again[1].place);
        flaws.push(FlawCode::DuplicateId, place, "a second priority for the same choice", "say it once");
    }
}

/// Holders are people the market has, at places with spaces for them; `holdings` are sorted.
pub(super) fn check_holdings(holdings: &[Seat], counts: &[u32], capacities: &[u32], flaws: &mut FlawCollector) {
    let (mut people, mut spaces) = (BTreeMap::<Agent, u64>::new(), BTreeMap::<Place, u64>::new());
    for hold in holdings {
        if hold.agent.index() >= counts.len() || hold.place.index() >= capacities.len() {
            let problem = "holders of which the market does not know the agent or the place";
            flaws.push(
                FlawCode::UnknownReference,
                pair(hold.agent, hold.place),
                problem,
                "add it to this builder first",
            );
        } else {
            *people.entry(hold.agent).or_insert(0) += u64::from(hold.count);
            *spaces.entry(hold.place).or_insert(0) += u64::from(hold.count);
        }
        if hold.count == 0 {
            flaws.push(FlawCode::OutOfRange, pair(hold.agent, hold.place), "0 holders", "leave them out");
        }
    }
    for again in holdings.windows(2).filter(|two| (two[0].agent, two[0].place) == (two[1].agent, two[1].place)) {
        let place = pair(again[1].agent, again[1].place);
        flaws.push(FlawCode::DuplicateId, place, "holders named twice", "add them up");
    }
    for (agent, held) in people.into_iter().filter(|&(agent, held)| held > u64::from(counts[agent.index()])) {
        let problem = format!("it holds {held} spaces, more than it has people");
        flaws.push(FlawCode::DoesNotFit, format!("agent {agent}"), problem, "correct its count or its holdings");
    }
    for (place, held) in spaces.into_iter().filter(|&(place, held)| held > u64::from(capacities[place.index()])) {
        let problem = format!("{held} spaces of it are held, more than it has");
        flaws.push(FlawCode::DoesNotFit, format!("place {place}"), problem, "correct its capacity or its holders");
    }
}

fn pair(agent: Agent, place: Place) -> String {
    format!("agent {agent}, place {place}")
}
