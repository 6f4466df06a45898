//! The street network for walkers: nodes where streets meet or end, arcs between them, components.
//!
//! Invariant: a function of the streets alone, so it is never stored.

use super::Street;
use super::index::StreetIndex;
use super::joints::joints_of;

/// A node on a street's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The network of these streets, which the index holds. O(vertices log vertices).
    pub(super) fn of(streets: &[Street], near: &StreetIndex) -> Self {
        let (joints, nodes) = joints_of(streets, near);
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

/// Numbers of nodes and streets fit 32 bits: the build refuses more rows than that.
#[expect(clippy::cast_possible_truncation, reason = "the build refuses what does not fit")]
pub(super) const fn small(number: usize) -> u32 {
    number as u32
}
