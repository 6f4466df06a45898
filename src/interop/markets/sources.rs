//! Reading the DIMACS assignment format, in which some nodes are sources.
//!
//! Invariant: memory is bounded by the text, not by the number of nodes that its problem line claims.

use super::MarketFile;
use super::draft::{Draft, Row};
use super::scan::{Findings, Form, LARGEST, lines, quoted, whole};
use crate::error::{FlawCode, Flaws};
use crate::market::Market;

const PROBLEM: Form = Form { written: "p asn NODES ARCS", least: 3 };
const NODE: Form = Form { written: "n NODE", least: 1 };
const ARC: Form = Form { written: "a FROM TO COST", least: 3 };

/// So many nodes may be claimed by the shortest text; a longer one may claim one for each of its bytes.
const CLAIM: u32 = 1_000_000;

/// Reads the DIMACS assignment format (see [the module](super)). O(nodes + arcs log arcs).
///
/// ```
/// use shared_parking::allocation::optimal;
/// use shared_parking::interop::markets;
/// let file = markets::read_dimacs("p asn 4 4\nn 1\nn 2\na 1 3 5\na 1 4 9\na 2 3 6\na 2 4 20\n").unwrap();
/// assert_eq!(optimal(file.market()).cost(file.market()), 15); // 1 goes to 4, so that 2 can have 3
///
/// let flaws = markets::read_dimacs("p asn 4 1\nn 1\na 1 3 -5\n").unwrap_err();
/// assert_eq!(flaws.iter().next().unwrap().problem, "a cost of -5");
/// ```
///
/// # Errors
/// Every flaw, in the order of the lines: no problem line or two, words that begin no statement, too few or too many
/// words, numbers that are none or out of range, sources or arcs given twice, arcs that do not lead from a source to
/// another node, a number of arcs other than the problem line claims; more nodes than 1,000,000 and the bytes of the
/// text.
pub fn read_dimacs(text: &str) -> Result<MarketFile, Flaws> {
    let text = whole(text)?;
    let mut found = Findings::default();
    let rows = Rows::gather(text, &mut found);
    let sides = Sides::new(rows.nodes, rows.sources, &mut found);
    let rows = rows.arcs.iter().filter_map(|arc| sides.row(arc, &mut found)).collect();
    let (places, agents) = (sides.ids(false), sides.ids(true));
    let draft =
        Draft { capacities: vec![1; places.len()], people: vec![(0, 1); agents.len()], rows, ..Draft::default() };
    let name = |row: &Row| format!("an arc from {} to {}", agents[row.agent as usize], places[row.place as usize]);
    let market = draft.market(found, name)?;
    Ok(MarketFile { market, places, agents })
}

struct Arc {
    line: u32,
    from: u32,
    to: u32,
    cost: u32,
}

/// The lines of the text, read one by one.
#[derive(Default)]
struct Rows {
    /// Where the problem line stands; 0 while there is none.
    problem: u32,
    nodes: u32,
    /// How many lines of arcs are claimed, if the problem line says so.
    claimed: Option<u32>,
    /// Node and line.
    sources: Vec<(u32, u32)>,
    arcs: Vec<Arc>,
}

impl Rows {
    fn gather(text: &str, found: &mut Findings) -> Self {
        let most = CLAIM.max(u32::try_from(text.len()).unwrap_or(LARGEST)).min(LARGEST);
        let (mut rows, mut arcs, mut sized) = (Self::default(), 0_u32, false);
        for (line, content) in lines(text) {
            let mut rest = content.split_whitespace();
            match rest.next() {
                None => {}
                Some("p") => sized |= rows.problem(line, rest, most, found),
                Some("n") => {
                    let fields = found.fields::<1>(line, rest, NODE);
                    let [node] = fields.words;
                    // a source in spite of words too many, so that its arcs are not called wrong as well
                    let node =
                        if fields.sound { found.number(line, "node", node, 1..=LARGEST) } else { node.parse().ok() };
                    rows.sources.extend(node.map(|node| (node, line)));
                }
                Some("a") => {
                    arcs += 1;
                    rows.arc(line, rest, found);
                }
                Some(comment) if comment.starts_with('c') => {}
                Some(other) => found.stranger(line, other, "begin it with c, p, n or a"),
            }
        }
        if rows.problem == 0 {
            found.push(0, FlawCode::Missing, "it has no problem line", format!("write {}", PROBLEM.written));
        }
        if let Some(claimed) = rows.claimed.filter(|&claimed| claimed != arcs) {
            let problem = format!("{claimed} arcs are claimed, and there are {arcs} lines of arcs");
            found.push(rows.problem, FlawCode::Contradiction, problem, "correct the number, or complete the file");
        }
        if !sized {
            // without the number of nodes nothing more can be said of sources and arcs
            (rows.sources, rows.arcs) = (Vec::new(), Vec::new());
        }
        rows
    }

    /// Reads a problem line; whether it gives the number of nodes.
    fn problem<'t>(&mut self, line: u32, rest: impl Iterator<Item = &'t str>, most: u32, found: &mut Findings) -> bool {
        let fields = found.fields::<3>(line, rest, PROBLEM);
        let [kind, nodes, arcs] = fields.words;
        if self.problem > 0 {
            let problem = format!("a second problem line, after line {}", self.problem);
            found.push(line, FlawCode::DuplicateId, problem, "keep one of them");
            return false;
        }
        self.problem = line;
        if !fields.sound {
            return false;
        }
        if kind != "asn" {
            let problem = format!("{} is not the kind of problem that is read here", quoted(kind));
            found.push(line, FlawCode::WrongValue, problem, format!("write {}", PROBLEM.written));
        }
        let nodes = found.number(line, "number of nodes", nodes, 0..=most);
        self.claimed = found.number(line, "number of arcs", arcs, 0..=LARGEST);
        self.nodes = nodes.unwrap_or(0);
        nodes.is_some()
    }

    fn arc<'t>(&mut self, line: u32, rest: impl Iterator<Item = &'t str>, found: &mut Findings) {
        let fields = found.fields::<3>(line, rest, ARC);
        if !fields.sound {
            return;
        }
        let [from, to, cost] = fields.words;
        let from = found.number(line, "node", from, 1..=LARGEST);
        let to = found.number(line, "node", to, 1..=LARGEST);
        let cost = found.number(line, "cost", cost, 0..=Market::MAX_COST);
        if let (Some(from), Some(to), Some(cost)) = (from, to, cost) {
            self.arcs.push(Arc { line, from, to, cost });
        }
    }
}

/// Which nodes are sources, and the number of each node among those of its side.
struct Sides {
    /// By node - 1.
    nodes: Vec<(bool, u32)>,
}

impl Sides {
    fn new(nodes: u32, mut sources: Vec<(u32, u32)>, found: &mut Findings) -> Self {
        let mut sides = Self { nodes: vec![(false, 0); nodes as usize] };
        sources.sort_unstable();
        let mut first = (0, 0);
        for (node, line) in sources {
            if node == first.0 {
                let problem = format!("node {node} was given before, at line {}", first.1);
                found.push(line, FlawCode::DuplicateId, problem, "give each source once");
                continue;
            }
            first = (node, line);
            if let Some(at) = sides.index(line, node, found) {
                sides.nodes[at].0 = true;
            }
        }
        let (mut agents, mut places) = (0, 0);
        for (source, number) in &mut sides.nodes {
            let next = if *source { &mut agents } else { &mut places };
            *number = *next;
            *next += 1;
        }
        sides
    }

    /// Where a node stands; a flaw when the problem has none of this number.
    fn index(&self, line: u32, node: u32, found: &mut Findings) -> Option<usize> {
        let at = (node as usize).checked_sub(1).filter(|&at| at < self.nodes.len());
        if at.is_none() {
            let problem = format!("node {node} of {}", self.nodes.len());
            found.push(line, FlawCode::OutOfRange, problem, "correct it, or the number of nodes in the problem line");
        }
        at
    }

    /// An arc as a choice, if it leads from a source to another node.
    fn row(&self, &Arc { line, from, to, cost }: &Arc, found: &mut Findings) -> Option<Row> {
        let (left, right) = (self.index(line, from, found), self.index(line, to, found));
        let left = left.map(|at| self.nodes[at]);
        let right = right.map(|at| self.nodes[at]);
        if left.is_some_and(|(source, _)| !source) {
            let problem = format!("an arc from node {from}, which is no source");
            found.push(line, FlawCode::WrongValue, problem, format!("add a line n {from}, or turn the arc round"));
        }
        if right.is_some_and(|(source, _)| source) {
            let problem = format!("an arc to node {to}, which is a source");
            found.push(line, FlawCode::WrongValue, problem, "lead arcs from a source to a node that is none");
        }
        match (left, right) {
            (Some((true, agent)), Some((false, place))) => Some(Row { agent, place, line, cost }),
            _ => None,
        }
    }

    /// The ids of one side, in the order of the nodes.
    fn ids(&self, sources: bool) -> Vec<String> {
        let own = (1_u32..).zip(&self.nodes).filter(|(_, (source, _))| *source == sources);
        own.map(|(node, _)| node.to_string()).collect()
    }
}
