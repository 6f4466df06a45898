//! Reading the market format.
//!
//! Invariant: a line that names an id keeps that id known however wrong its other words are, so that one mistake is
//! told once and not again at every line that refers to it.

use super::MarketFile;
use super::draft::{Draft, Row};
use super::ids::{Ids, Record};
use super::links::Links;
use super::scan::{Findings, Form, LARGEST, lines, whole};
use crate::error::{FlawCode, Flaws};
use crate::market::Standing;

const PLACE: Form = Form { written: "place ID CAPACITY", least: 2 };
const AGENT: Form = Form { written: "agent ID STANDING [COUNT]", least: 2 };

/// Reads the market format (see [the module](super)). O(words log words) at worst, O(words + ids log ids) where lines
/// that are about the same agent stand in order.
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
    let mut links = Links::gather(text, &named, &mut found);
    let (said, holdings) = (links.priorities(&named, &mut found), links.holdings(&named, &mut found));
    let draft = Draft {
        capacities: named.places.values().collect(),
        people: named.agents.values().collect(),
        rows: links.rows,
        said,
        holdings,
    };
    let (places, agents) = (&named.places, &named.agents);
    let name = |row: &Row| format!("choice {} {}", agents.id(row.agent), places.id(row.place));
    let market = draft.market(found, name)?;
    Ok(MarketFile { market, places: places.owned(), agents: agents.owned() })
}

/// The words of a line, without its comment.
pub(super) fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().take_while(|word| !word.starts_with('#'))
}

/// What the first pass finds: the places and agents.
pub(super) struct Named<'t> {
    pub(super) places: Ids<'t, u32>,
    pub(super) agents: Ids<'t, (Standing, u32)>,
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
                Some("choice" | "priority" | "rank" | "holds") => {} // for the second pass, when all ids are known
                Some(other) => {
                    found.stranger(line, other, "begin it with place, agent, choice, priority, rank, holds or #");
                }
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
