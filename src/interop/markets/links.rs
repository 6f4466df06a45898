//! What is said of places and agents together: choices, priorities, holders.
//!
//! Invariant: a file without priorities and holders pays nothing for them but a look at the first word of each line.

use super::draft::{Row, Said};
use super::plain::{Named, words};
use super::scan::{Findings, Form, LARGEST, lines, quoted};
use crate::error::FlawCode;
use crate::market::{Agent, Market, Place, Seat};

const CHOICE: Form = Form { written: "choice AGENT PLACE COST", least: 3 };
const PRIORITY: Form = Form { written: "priority PLACE AGENT AGENT …", least: 2 };
const RANK: Form = Form { written: "rank PLACE AGENT NUMBER", least: 3 };
const HOLDS: Form = Form { written: "holds AGENT PLACE [COUNT]", least: 2 };

/// What the second pass over the text finds.
pub(super) struct Links {
    pub(super) rows: Vec<Row>,
    /// In the order of the lines.
    said: Vec<Said>,
    /// Where the list of each place stands; 0 while there is none.
    lists: Vec<u32>,
    holds: Vec<Held>,
}

/// Holders: agent, place, line, and how many.
type Held = (u32, u32, u32, u32);

impl Links {
    pub(super) fn gather(text: &str, named: &Named<'_>, found: &mut Findings) -> Self {
        let lists = vec![0; named.places.len()];
        let mut links = Self { rows: Vec::new(), said: Vec::new(), lists, holds: Vec::new() };
        // lines about one agent mostly stand together
        let mut last = ("", 0);
        for (line, content) in lines(text) {
            let mut rest = words(content);
            match rest.next() {
                Some("choice") => {
                    let fields = found.fields::<3>(line, rest, CHOICE);
                    let [agent, place, cost] = fields.words;
                    if !fields.sound {
                        continue;
                    }
                    let own =
                        if agent == last.0 { Some(last.1) } else { named.agents.find(line, "agent", agent, found) };
                    let place = named.places.find(line, "place", place, found);
                    let cost = found.number(line, "cost", cost, 0..=Market::MAX_COST);
                    last = own.map_or(last, |own| (agent, own));
                    if let (Some(agent), Some(place), Some(cost)) = (own, place, cost) {
                        links.rows.push(Row { agent, place, line, cost });
                    }
                }
                Some("priority") => links.list(line, rest, named, found),
                Some("rank") => {
                    let fields = found.fields::<3>(line, rest, RANK);
                    let [place, agent, priority] = fields.words;
                    if !fields.sound {
                        continue;
                    }
                    let place = named.places.find(line, "place", place, found);
                    let agent = named.agents.find(line, "agent", agent, found);
                    let priority = found.number(line, "priority", priority, 0..=Market::LAST);
                    if let (Some(agent), Some(place), Some(priority)) = (agent, place, priority) {
                        links.said.push(Said { agent, place, line, priority });
                    }
                }
                Some("holds") => links.held(line, rest, named, found),
                _ => {} // told in the first pass
            }
        }
        links
    }

    /// So many people of an agent at a place; one, if it is not said.
    fn held<'t>(&mut self, line: u32, rest: impl Iterator<Item = &'t str>, named: &Named<'_>, found: &mut Findings) {
        let fields = found.fields::<3>(line, rest, HOLDS);
        let [agent, place, count] = fields.words;
        if !fields.sound {
            return;
        }
        let agent = named.agents.find(line, "agent", agent, found);
        let place = named.places.find(line, "place", place, found);
        let count = if count.is_empty() { Some(1) } else { found.number(line, "count", count, 1..=LARGEST) };
        if let (Some(agent), Some(place), Some(count)) = (agent, place, count) {
            self.holds.push((agent, place, line, count));
        }
    }

    /// A place and whom it prefers, best first.
    fn list<'t>(
        &mut self,
        line: u32,
        mut rest: impl Iterator<Item = &'t str>,
        named: &Named<'_>,
        found: &mut Findings,
    ) {
        let (place, mut agents) = (rest.next(), rest.peekable());
        let (Some(id), Some(_)) = (place, agents.peek()) else {
            found.push(line, FlawCode::Missing, "too few words", format!("write {}", PRIORITY.written));
            return;
        };
        let place = named.places.find(line, "place", id, found);
        let mut list: Vec<(u32, u32)> = Vec::new();
        list.extend(
            (0..).zip(agents).filter_map(|(at, agent)| Some((named.agents.find(line, "agent", agent, found)?, at))),
        );
        list.sort_unstable();
        for again in list.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let problem = format!("agent {} stands here twice", named.agents.id(again[0].0));
            found.push(line, FlawCode::DuplicateId, problem, "name each agent once in a list");
        }
        list.dedup_by_key(|&mut (agent, _)| agent);
        let Some(place) = place else { return };
        let first = &mut self.lists[place as usize];
        if *first == 0 {
            *first = line;
            self.said.extend(list.iter().map(|&(agent, priority)| Said { agent, place, line, priority }));
        } else {
            let problem = format!("the priority of place {} was given before, at line {first}", quoted(id));
            found.push(line, FlawCode::DuplicateId, problem, "give one list for each place");
        }
    }

    /// What places say, sorted; a flaw where one says two things of an agent.
    pub(super) fn priorities(&mut self, named: &Named<'_>, found: &mut Findings) -> Vec<Said> {
        let mut said = std::mem::take(&mut self.said);
        said.sort_unstable();
        said.dedup_by(|again, first| {
            let same = (again.agent, again.place) == (first.agent, first.place);
            if same {
                let (place, agent) = (named.places.id(first.place), named.agents.id(first.agent));
                let problem =
                    format!("the priority of agent {agent} at place {place} was given before, at line {}", first.line);
                found.push(again.line, FlawCode::DuplicateId, problem, "say one thing of each agent, by either line");
            }
            same
        });
        said
    }

    /// The holdings, each pair once; a flaw for every line with holders beyond an agent's people or a place's spaces.
    pub(super) fn holdings(&self, named: &Named<'_>, found: &mut Findings) -> Vec<Seat> {
        let mut beyond = |key: fn(&Held) -> u32, fits: &dyn Fn(u32) -> (u32, String)| {
            let mut holds = self.holds.clone();
            holds.sort_unstable_by_key(|hold| (key(hold), hold.2));
            for group in holds.chunk_by(|a, b| key(a) == key(b)) {
                let (most, problem) = fits(key(&group[0]));
                let mut all = 0_u64;
                for &(_, _, line, count) in group {
                    all += u64::from(count);
                    if all > u64::from(most) {
                        let remedy = "take this line out, or raise the number";
                        found.push(line, FlawCode::DoesNotFit, problem.as_str(), remedy);
                    }
                }
            }
        };
        beyond(|hold| hold.0, &|agent| {
            let count = named.agents.value(agent).1;
            (count, format!("agent {} has a count of {count}, and more hold a space", named.agents.id(agent)))
        });
        beyond(|hold| hold.1, &|place| {
            let capacity = named.places.value(place);
            (capacity, format!("place {} has a capacity of {capacity}, and more hold it", named.places.id(place)))
        });
        let mut holds = self.holds.clone();
        holds.sort_unstable();
        let seat = |own: &[Held]| Seat {
            agent: Agent::new(own[0].0),
            place: Place::new(own[0].1),
            // more than fits was found above
            count: own.iter().fold(0, |all, held| all.saturating_add(held.3)),
        };
        holds.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(seat).collect()
    }
}
