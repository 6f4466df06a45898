//! Building a market: everything that could be wrong with one is found here.

use super::lists::Interner;
use super::said::{Preference, Priorities, check_holdings, check_preferences};
use super::{Agent, Choice, Cost, Market, Place, Priority, Seat, Standing, index_u32};
use crate::error::{FlawCode, FlawCollector, Flaws};

/// Gathers places and agents, then checks them all at once.
#[derive(Clone, Debug, Default)]
pub struct MarketBuilder {
    capacities: Vec<u32>,
    standings: Vec<Standing>,
    counts: Vec<u32>,
    list_of: Vec<u32>,
    lists: Interner,
    choice_count: usize,
    preferences: Vec<Preference>,
    holdings: Vec<Seat>,
}

impl MarketBuilder {
    /// Adds a place for `capacity` people; 0 is legal and means closed.
    pub fn place(&mut self, capacity: u32) -> Place {
        self.capacities.push(capacity);
        Place::new(index_u32(self.capacities.len() - 1))
    }

    /// Adds `count` identical people of one standing (0 is the best) and the places they accept. Agents with equal
    /// choices share one list in memory.
    pub fn agent(&mut self, standing: Standing, count: u32, choices: impl IntoIterator<Item = (Place, Cost)>) -> Agent {
        let choices = choices.into_iter().map(|(place, cost)| Choice { place, cost });
        let list = self.lists.intern(choices);
        self.choice_count += self.lists.lists.of(list as usize).len();
        self.list_of.push(list);
        self.standings.push(standing);
        self.counts.push(count);
        Agent::new(index_u32(self.counts.len() - 1))
    }

    /// Says how much a place prefers an agent: 0 most. It must be one of the agent's choices.
    pub fn priority(&mut self, agent: Agent, place: Place, priority: Priority) {
        self.preferences.push(Preference { agent, place, priority });
    }

    /// Says that so many people of an agent have a space at a place today, which need not be one of its choices.
    pub fn holds(&mut self, agent: Agent, place: Place, count: u32) {
        self.holdings.push(Seat { agent, place, count });
    }

    /// The market, if all of it is sound. O(choices log choices-per-agent) in all, most of it as agents are added.
    ///
    /// # Errors
    /// Every flaw: a count of 0, a choice of a place that was not added, the same place twice, a cost above
    /// [`Market::MAX_COST`], more than 2^31 - 1 people, spaces, places or choices in distinct lists; a priority for what is
    /// no choice, or said twice; holders beyond an agent's people or a place's capacity, or said twice.
    pub fn build(mut self) -> Result<Market, Flaws> {
        let mut flaws = Flaws::collector();
        self.check_sizes(&mut flaws);
        let lists = &self.lists.lists;
        let sound: Vec<bool> = (0..lists.len()).map(|list| is_sound(lists.of(list), self.capacities.len())).collect();
        for (agent, (&count, &list)) in self.counts.iter().zip(&self.list_of).enumerate() {
            if !sound[list as usize] {
                tell_flaws(agent, lists.of(list as usize), self.capacities.len(), &mut flaws);
            }
            check_count(agent, count, &mut flaws);
        }
        self.preferences.sort_unstable();
        self.holdings.sort_unstable();
        check_preferences(&self.preferences, &self.list_of, lists, &mut flaws);
        check_holdings(&self.holdings, &self.counts, &self.capacities, &mut flaws);
        flaws.finish(())?;
        Ok(self.finish())
    }

    /// The market without a check, for parts that come from a sound one.
    pub(crate) fn finish(self) -> Market {
        // to say that nothing is said is to say nothing: equal markets are equal
        let said = self.preferences.iter().any(|said| said.priority != Market::LAST);
        Market {
            priorities: said.then(|| Priorities::new(&self.preferences, &self.list_of, &self.lists.lists)),
            holdings: self.holdings,
            capacities: self.capacities,
            standings: self.standings,
            counts: self.counts,
            list_of: self.list_of,
            lists: self.lists.lists,
            choice_count: self.choice_count,
        }
    }

    fn check_sizes(&self, flaws: &mut FlawCollector) {
        let people: u64 = self.counts.iter().map(|&count| u64::from(count)).sum();
        let spaces: u64 = self.capacities.iter().map(|&capacity| u64::from(capacity)).sum();
        let sizes = [
            ("places", self.capacities.len() as u64),
            ("people", people),
            ("spaces", spaces),
            ("choices", self.lists.lists.choice_count() as u64),
        ];
        for (what, size) in sizes.into_iter().filter(|&(_, size)| size > Market::MOST as u64) {
            flaws.push(
                FlawCode::OutOfRange,
                "market",
                format!("{size} {what}"),
                format!("divide it: at most {}", Market::MOST),
            );
        }
    }
}

/// Checks one agent as the builder would; `own` is sorted.
pub(crate) fn check_agent(agent: usize, count: u32, own: &[Choice], places: usize, flaws: &mut FlawCollector) {
    if !is_sound(own, places) {
        tell_flaws(agent, own, places, flaws);
    }
    check_count(agent, count, flaws);
}

fn check_count(agent: usize, count: u32, flaws: &mut FlawCollector) {
    if count == 0 {
        flaws.push(FlawCode::OutOfRange, format!("agent {agent}"), "a count of 0", "leave the agent out");
    }
}

fn is_sound(own: &[Choice], places: usize) -> bool {
    own.windows(2).all(|pair| pair[0].place != pair[1].place)
        && own.iter().all(|choice| choice.place.index() < places && choice.cost <= Market::MAX_COST)
}

fn tell_flaws(agent: usize, own: &[Choice], places: usize, flaws: &mut FlawCollector) {
    for pair in own.windows(2).filter(|pair| pair[0].place == pair[1].place) {
        let place = format!("agent {agent}, place {}", pair[0].place.number());
        flaws.push(FlawCode::DuplicateId, place, "the same place twice", "give each place once");
    }
    for choice in own {
        let place = format!("agent {agent}, place {}", choice.place.number());
        if choice.place.index() >= places {
            flaws.push(FlawCode::UnknownReference, place, "no such place", "add the place to this builder first");
        } else if choice.cost > Market::MAX_COST {
            let problem = format!("a cost of {}", choice.cost);
            flaws.push(FlawCode::OutOfRange, place, problem, format!("at most {}", Market::MAX_COST));
        }
    }
}
