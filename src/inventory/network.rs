//! The street network for walkers: nodes where streets meet or end, arcs between them, components.
//!
//! Invariant: a function of the streets alone, so it is never stored. Vertices on the same centimetre are one node, and
//! so are street ends of one node number that lie within [`ONE_NODE`].

use super::geometry::distance;
use super::{Point, Street};
use std::collections::BTreeMap;

/// How far apart two ends of one node number may lie. Clipped data keeps the numbers of ends that were cut off; joined
/// by those, streets would have short cuts that are not there.
const ONE_NODE: u32 = 1_000;

/// A node on a street's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Joint {
    /// Where along the path.
    pub(super) along: u32,
    /// The node's number.
    pub(super) node: u32,
}

/// The way from one node to the next along a street, in one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) to: u32,
    pub(super) length: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Network {
    /// The joints of every street in path order; the first and the last are its ends.
    joints: Vec<Vec<Joint>>,
    /// Where each node's arcs start in `arcs`; one more entry than nodes.
    starts: Vec<usize>,
    arcs: Vec<Arc>,
    /// The component of every node, numbered from 0.
    components: Vec<u32>,
}

impl Network {
    /// The network of these streets. O(vertices log vertices).
    pub(super) fn of(streets: &[Street]) -> Self {
        let (joints, nodes) = joints_of(streets);
        let (starts, arcs) = arcs_of(&joints, nodes);
        let components = components_of(&starts, &arcs);
        Self { joints, starts, arcs, components }
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.components.len()
    }

    /// The joints of a street: at least its two ends.
    pub(super) fn joints(&self, street: usize) -> &[Joint] {
        &self.joints[street]
    }

    /// The joint at or before this place, so that the place lies between it and the next one.
    pub(super) fn piece(&self, street: usize, along: u32) -> usize {
        let joints = &self.joints[street];
        let after = joints.partition_point(|joint| joint.along <= along);
        after.saturating_sub(1).min(joints.len() - 2)
    }

    /// The arcs that leave a node.
    pub(super) fn arcs(&self, node: u32) -> &[Arc] {
        let at = node as usize;
        &self.arcs[self.starts[at]..self.starts[at + 1]]
    }

    /// The component a street belongs to.
    pub(super) fn component(&self, street: usize) -> u32 {
        self.components[self.joints[street][0].node as usize]
    }

    /// How many parts there are that no path connects.
    pub(super) fn component_count(&self) -> u32 {
        self.components.iter().max().map_or(0, |last| last + 1)
    }
}

/// One vertex of one street.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Vertex {
    at: Point,
    street: usize,
    number: usize,
}

/// Every street's joints, and how many nodes they name.
fn joints_of(streets: &[Street]) -> (Vec<Vec<Joint>>, usize) {
    let mut vertices: Vec<Vertex> = Vec::new();
    for (street, row) in streets.iter().enumerate() {
        vertices.extend(row.path.iter().enumerate().map(|(number, &at)| Vertex { at, street, number }));
    }
    vertices.sort_unstable();
    let places: Vec<&[Vertex]> = vertices.chunk_by(|one, other| one.at == other.at).collect();
    let last = |vertex: &Vertex| streets[vertex.street].path.len() - 1;
    let is_end = |vertex: &Vertex| vertex.number == 0 || vertex.number == last(vertex);
    let mut merged = Merged::new(places.len());
    let mut named: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (place, group) in places.iter().enumerate() {
        for vertex in group.iter().filter(|vertex| is_end(vertex)) {
            let row = &streets[vertex.street];
            let number = if vertex.number == 0 { row.node_from } else { row.node_to };
            if let Some(number) = number {
                named.entry(number).or_default().push(place);
            }
        }
    }
    for ends in named.values() {
        for (number, &end) in ends.iter().enumerate() {
            let near = |other: &&usize| distance(places[end][0].at, places[**other][0].at) <= ONE_NODE;
            ends[..number].iter().filter(near).for_each(|&other| merged.join(end, other));
        }
    }
    let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
    let mut found: Vec<Vec<(usize, u32)>> = vec![Vec::new(); streets.len()];
    for (place, group) in places.iter().enumerate() {
        if group.len() > 1 || group.iter().any(is_end) {
            let next = small(numbers.len());
            let node = *numbers.entry(merged.root(place)).or_insert(next);
            for vertex in *group {
                found[vertex.street].push((vertex.number, node));
            }
        }
    }
    let joints = streets.iter().zip(found).map(|(street, own)| along_path(&street.path, own)).collect();
    (joints, numbers.len())
}

fn along_path(path: &[Point], mut own: Vec<(usize, u32)>) -> Vec<Joint> {
    own.sort_unstable();
    let (mut along, mut vertex) = (0, 0);
    let joint = |(number, node): (usize, u32)| {
        while vertex < number {
            along += distance(path[vertex], path[vertex + 1]);
            vertex += 1;
        }
        Joint { along, node }
    };
    own.into_iter().map(joint).collect()
}

fn arcs_of(joints: &[Vec<Joint>], nodes: usize) -> (Vec<usize>, Vec<Arc>) {
    let mut listed: Vec<(u32, Arc)> = Vec::new();
    for pair in joints.iter().flat_map(|own| own.windows(2)) {
        let length = pair[1].along - pair[0].along;
        listed.push((pair[0].node, Arc { to: pair[1].node, length }));
        listed.push((pair[1].node, Arc { to: pair[0].node, length }));
    }
    listed.sort_by_key(|&(from, arc)| (from, arc.to, arc.length));
    let starts = (0..=small(nodes)).map(|node| listed.partition_point(|&(from, _)| from < node)).collect();
    (starts, listed.into_iter().map(|(_, arc)| arc).collect())
}

fn components_of(starts: &[usize], arcs: &[Arc]) -> Vec<u32> {
    let nodes = starts.len() - 1;
    let mut components = vec![u32::MAX; nodes];
    let (mut next, mut waiting) = (0, Vec::new());
    for first in 0..nodes {
        if components[first] != u32::MAX {
            continue;
        }
        components[first] = next;
        waiting.push(first);
        while let Some(node) = waiting.pop() {
            for arc in &arcs[starts[node]..starts[node + 1]] {
                let to = arc.to as usize;
                if components[to] == u32::MAX {
                    components[to] = next;
                    waiting.push(to);
                }
            }
        }
        next += 1;
    }
    components
}

/// Places joined into nodes: each points to another of its set, the root to itself.
struct Merged(Vec<usize>);

impl Merged {
    fn new(places: usize) -> Self {
        Self((0..places).collect())
    }

    fn root(&mut self, place: usize) -> usize {
        let mut at = place;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// Numbers of nodes and streets fit 32 bits: the build refuses more rows than that.
#[expect(clippy::cast_possible_truncation, reason = "the build refuses what does not fit")]
pub(super) const fn small(number: usize) -> u32 {
    number as u32
}
