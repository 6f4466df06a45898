//! Assignment problems as text, without parking: the market format, and the DIMACS assignment format.
//!
//! Invariant: places and agents are numbered in the order of their ids, so the order of the lines cannot change an
//! answer. In the market format ids compare byte by byte (`p10` before `p2`); in DIMACS they are numbers.
//!
//! # The market format
//!
//! One statement a line, its words divided by white space:
//!
//! | line | meaning |
//! |---|---|
//! | `place ID CAPACITY` | a place for that many people: 0 (closed) to 2,147,483,647 |
//! | `agent ID STANDING [COUNT]` | COUNT identical people (1 to 2,147,483,647; without it, 1); standing 0 is served first, 4,294,967,295 last |
//! | `choice AGENT PLACE COST` | the agent accepts the place, at this cost a person: 0 to [`Market::MAX_COST`] |
//! | `priority PLACE AGENT AGENT …` | whom the place prefers, best first: their [`Priority`] there is 0, 1, 2 and so on; at most one such line a place |
//! | `rank PLACE AGENT NUMBER` | the agent's priority at the place, 0 (most preferred) to 4,294,967,295 (as if nothing were said): for ties, gaps and points, which a list cannot tell |
//! | `holds AGENT PLACE [COUNT]` | so many people of the agent (without it, 1) have a space there today; several lines add up, in all at most the agent's COUNT and the place's CAPACITY. Need not be a choice |
//! | `# …` | a comment, on a line of its own or after the last word |
//!
//! A place says one thing of an agent, by either statement, and may use both for different agents; whoever it does not
//! name has the priority [`Market::LAST`]. It may name agents that do not accept it, as lists of priorities made before
//! people applied do: they keep their position in the list, and what is said of them has no effect.
//!
//! Lines come in any order: a choice may precede its agent. Blank lines, a byte order mark and either kind of line end
//! are fine. An id is any word that does not begin with `#`; places and agents have separate ids. Numbers are written
//! in digits only. An example, `examples/data/small.market`:
//!
//! ```text
#![doc = include_str!("../../../examples/data/small.market")]
//! ```
//!
//! ```
//! use shared_parking::allocation::{optimal, trading};
//! use shared_parking::interop::markets;
//! let file = markets::read(include_str!("../../../examples/data/small.market")).unwrap();
//! assert_eq!(file.places(), ["cul-de-sac", "elm-street", "oak-street", "yard"]); // sorted, not as they came
//! let allocation = optimal(file.market());
//! assert_eq!((allocation.seated(), allocation.cost(file.market())), (6, 920)); // all but Cleo and Eve
//! let allocation = trading(file.market(), 7);
//! assert_eq!((allocation.seated(), allocation.cost(file.market())), (6, 950)); // Ann and Dan exchange what they hold
//! ```
//!
//! # The DIMACS assignment format
//!
//! | line | meaning |
//! |---|---|
//! | `c …` | a comment: every line that begins with `c` |
//! | `p asn NODES ARCS` | the problem: nodes are numbered from 1 to NODES; exactly one such line |
//! | `n NODE` | a source: an agent of standing 0, one person. Every other node is a place of capacity 1 |
//! | `a FROM TO COST` | an arc from a source to another node: 0 to [`Market::MAX_COST`]; each pair at most once; ARCS lines |
//!
//! The format has `p` first, then `n`, then `a`; here the order is free. Costs are minimised. A perfect matching need
//! not exist: as many as possible are seated. Source of the format: the first DIMACS implementation challenge,
//! as described at <http://lpsolve.sourceforge.net/5.5/DIMACS_asn.htm>.

mod draft;
mod ids;
mod links;
mod plain;
mod scan;
mod sources;
mod write;

pub use plain::read_market;
pub use sources::read_dimacs;
pub use write::write_market;

use super::without_mark;
use crate::error::Flaws;
use crate::market::Market;
#[cfg(doc)]
use crate::market::Priority;

/// An assignment problem with the ids that its places and agents had in the text.
///
/// The ids of places and of agents are distinct, and there is one for each number of the market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketFile {
    market: Market,
    places: Vec<String>,
    agents: Vec<String>,
}

impl MarketFile {
    /// Any market as a file, with ids made of the numbers: `p0`, `a0`, with as many zeros as keep them in order.
    ///
    /// ```
    /// use shared_parking::interop::markets::{MarketFile, read_market, write_market};
    /// use shared_parking::market::Market;
    /// let mut builder = Market::builder();
    /// let kerb = builder.place(2);
    /// builder.agent(0, 3, [(kerb, 70)]);
    /// let file = MarketFile::numbered(builder.build().unwrap());
    /// let text = write_market(&file);
    /// assert_eq!(text, "place p0 2\nagent a0 0 3\nchoice a0 p0 70\n");
    /// assert_eq!(read_market(&text), Ok(file));
    /// ```
    #[must_use]
    pub fn numbered(market: Market) -> Self {
        let ids = |letter: char, count: usize| {
            let width = count.saturating_sub(1).to_string().len();
            (0..count).map(|number| format!("{letter}{number:0width$}")).collect()
        };
        let (places, agents) = (ids('p', market.places().len()), ids('a', market.agents().len()));
        Self { market, places, agents }
    }

    /// The problem itself, with the priorities and the holdings.
    #[must_use]
    pub const fn market(&self) -> &Market {
        &self.market
    }

    /// The ids of the places, by their numbers.
    #[must_use]
    pub fn places(&self) -> &[String] {
        &self.places
    }

    /// The ids of the agents, by their numbers.
    #[must_use]
    pub fn agents(&self) -> &[String] {
        &self.agents
    }
}

/// Reads either format: the first line that begins with a word of one of them (`place`, `agent`, `choice`, `priority`,
/// `rank`, `holds`; `p`, `n`, `a`) says which it is. Without such a line it is taken for the market format.
///
/// ```
/// use shared_parking::interop::markets;
/// let dimacs = "c two by two\np asn 4 3\nn 1\nn 2\na 1 3 5\na 1 4 9\na 2 3 6\n";
/// let file = markets::read(dimacs).unwrap();
/// assert_eq!((file.agents(), file.places()), (&["1".into(), "2".into()][..], &["3".into(), "4".into()][..]));
/// ```
///
/// # Errors
/// As [`read_market`] or [`read_dimacs`].
pub fn read(text: &str) -> Result<MarketFile, Flaws> {
    let mut first = without_mark(text).lines().filter_map(|line| line.split_whitespace().next());
    let telling = ["place", "agent", "choice", "priority", "rank", "holds", "p", "n", "a"];
    match first.find(|word| telling.contains(word)) {
        Some("p" | "n" | "a") => read_dimacs(text),
        _ => read_market(text),
    }
}
