//! Reading the market format.
//!
//! Invariant: a line that names an id keeps that id known however wrong its other words are, so that one mistake is
//! told once and not again at every line that refers to it.

use super::MarketFile;
use super::draft::{Draft, Row};
use super::ids::{Ids, Record};
use super::scan::{Findings, Form, LARGEST, lines, quoted, whole};
use crate::error::{FlawCode, Flaws};
use crate::market::{Agent, Market, Place, Seat, Standing};

const PLACE: Form = Form { written: "place ID CAPACITY", least: 2 };
const AGENT: Form = Form { written: "agent ID STANDING [COUNT]", least: 2 };
const CHOICE: Form = Form { written: "choice AGENT PLACE COST", least: 3 };
const PRIORITY: Form = Form { written: "priority PLACE AGENT AGENT …", least: 2 };
const HOLDS: Form = Form { written: "holds AGENT PLACE", least: 2 };

/// Reads the market format (see [the module](super)). O(words + ids log ids).
///
/// ```
/// use shared_parking::interop::markets;
/// let flaws = markets::read_market("place kerb one\nchoice ann kerb 5 # who?\n").unwrap_err();
/// let told: Vec<String> = flaws.iter().map(|flaw| format!("{}: {}", flaw.place, flaw.problem)).collect();
/// assert_eq!(told, ["line 1: \"one\" is no capacity", "line 2: there is no agent \"ann\""]);
/// ```
///
/// # Errors
/// Every flaw, in the order of the lines: words that begin no statement, too few or too many words, numbers that are
/// none or out of range, ids, choices and priorities given twice, references to nothing, more holders than an agent has
/// people or a place has spaces. A text without any statement is a flaw. When nothing else is wrong: more than 2^31 - 1
/// people, spaces or choices in all.
pub fn read_market(text: &str) -> Result<MarketFile, Flaws> {
    let text = whole(text)?;
    let mut found = Findings::default();
    let named = Named::gather(text, &mut found);
    let mut links = Links { priorities: vec![(0, Vec::new()); named.places.len()], ..Links::default() };
    links.gather(text, &named, &mut found);
    let holdings = links.holdings(&named, &mut found);
    let draft = Draft {
        capacities: named.places.values().collect(),
        people: named.agents.values().collect(),
        rows: links.rows,
    };
    let (places, agents) = (&named.places, &named.agents);
    let name = |row: &Row| format!("choice {} {}", agents.id(row.agent), places.id(row.place));
    let market = draft.market(found, name)?;
    let priorities = links.priorities.into_iter().map(|(_, agents)| agents).collect();
    Ok(MarketFile { market, places: places.owned(), agents: agents.owned(), priorities, holdings })
}

/// The words of a line, without its comment.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().take_while(|word| !word.starts_with('#'))
}

/// What the first pass finds: the places and agents.
struct Named<'t> {
    places: Ids<'t, u32>,
    agents: Ids<'t, (Standing, u32)>,
}

impl<'t> Named<'t> {
    fn gather(text: &'t str, found: &mut Findings) -> Self {
        let (mut places, mut agents, mut empty) = (Vec::new(), Vec::new(), true);
        for (line, content) in lines(text) {
            let mut rest = words(content);
            match rest.next() {
                None => continue,
                Some("place") => {
                    let fields = found.fields::<2>(line, rest, PLACE);
                    let [id, capacity] = fields.words;
                    let capacity =
                        if fields.sound { found.number(line, "capacity", capacity, 0..=LARGEST) } else { None };
                    places.push(Record { id, line, value: capacity.unwrap_or(LARGEST) });
                }
                Some("agent") => {
                    let fields = found.fields::<3>(line, rest, AGENT);
                    let [id, standing, count] = fields.words;
                    let mut value = (0, if count.is_empty() { 1 } else { LARGEST });
                    if fields.sound {
                        value.0 = found.number(line, "standing", standing, 0..=Standing::MAX).unwrap_or(0);
                    }
                    if fields.sound && !count.is_empty() {
                        value.1 = found.number(line, "count", count, 1..=LARGEST).unwrap_or(LARGEST);
                    }
                    agents.push(Record { id, line, value });
                }
                Some("choice" | "priority" | "holds") => {} // for the second pass, when all ids are known
                Some(other) => found.stranger(line, other, "begin it with place, agent, choice, priority, holds or #"),
            }
            empty = false;
        }
        if empty {
            found.push(0, FlawCode::Empty, "it holds no statement", "give at least a place or an agent");
        }
        places.retain(|record| !record.id.is_empty());
        agents.retain(|record| !record.id.is_empty());
        Self { places: Ids::new(places, "place", found), agents: Ids::new(agents, "agent", found) }
    }
}

/// What the second pass finds: what is said of places and agents together.
#[derive(Default)]
struct Links {
    rows: Vec<Row>,
    /// Line and agents for each place; line 0 when nothing was said.
    priorities: Vec<(u32, Vec<Agent>)>,
    /// Agent, place, line.
    holds: Vec<(u32, u32, u32)>,
}

impl Links {
    fn gather(&mut self, text: &str, named: &Named<'_>, found: &mut Findings) {
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
                        self.rows.push(Row { agent, place, line, cost });
                    }
                }
                Some("priority") => self.priority(line, rest, named, found),
                Some("holds") => {
                    let fields = found.fields::<2>(line, rest, HOLDS);
                    let [agent, place] = fields.words;
                    if !fields.sound {
                        continue;
                    }
                    let agent = named.agents.find(line, "agent", agent, found);
                    let place = named.places.find(line, "place", place, found);
                    self.holds.extend(agent.zip(place).map(|(agent, place)| (agent, place, line)));
                }
                _ => {} // told in the first pass
            }
        }
    }

    fn priority<'t>(
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
        let mut list: Vec<u32> = Vec::new();
        list.extend(agents.filter_map(|agent| named.agents.find(line, "agent", agent, found)));
        let mut sorted = list.clone();
        sorted.sort_unstable();
        let mut twice: Vec<u32> = sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice.dedup();
        for agent in twice {
            let problem = format!("agent {} stands here twice", named.agents.id(agent));
            found.push(line, FlawCode::DuplicateId, problem, "name each agent once in a list");
        }
        let Some((first, said)) = place.and_then(|place| self.priorities.get_mut(place as usize)) else { return };
        if *first == 0 {
            (*first, *said) = (line, list.into_iter().map(Agent::new).collect());
        } else {
            let problem = format!("the priority of place {} was given before, at line {first}", quoted(id));
            found.push(line, FlawCode::DuplicateId, problem, "give one list for each place");
        }
    }

    /// The holdings, each pair once; a flaw for every holder beyond an agent's people or a place's spaces.
    fn holdings(&self, named: &Named<'_>, found: &mut Findings) -> Vec<Seat> {
        let mut beyond = |key: fn(&(u32, u32, u32)) -> u32, fits: &dyn Fn(u32) -> (u32, String)| {
            let mut holds = self.holds.clone();
            holds.sort_unstable_by_key(|hold| (key(hold), hold.2));
            for group in holds.chunk_by(|a, b| key(a) == key(b)) {
                let (most, problem) = fits(key(&group[0]));
                for &(_, _, line) in group.iter().skip(most as usize) {
                    found.push(line, FlawCode::DoesNotFit, problem.as_str(), "take this line out, or raise the number");
                }
            }
        };
        beyond(|hold| hold.0, &|agent| {
            let count = named.agents.value(agent).1;
            (count, format!("agent {} has a count of {count}, and that many hold already", named.agents.id(agent)))
        });
        beyond(|hold| hold.1, &|place| {
            let capacity = named.places.value(place);
            (
                capacity,
                format!("place {} has a capacity of {capacity}, and that many hold it already", named.places.id(place)),
            )
        });
        let mut pairs: Vec<(u32, u32)> = self.holds.iter().map(|hold| (hold.0, hold.1)).collect();
        pairs.sort_unstable();
        let seat = |pair: &[(u32, u32)]| Seat {
            agent: Agent::new(pair[0].0),
            place: Place::new(pair[0].1),
            count: u32::try_from(pair.len()).unwrap_or(u32::MAX),
        };
        pairs.chunk_by(|a, b| a == b).map(seat).collect()
    }
}
