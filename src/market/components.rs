//! Strongly connected components of a graph given by its successors.
//!
//! Invariant: linear time and no recursion, so that a long chain of people cannot exhaust the stack.

/// The component of each node. Components are numbered so that edges lead only to the same or a lower number.
///
/// Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972) with its calls on a list.
/// `successor(node, next)` is the node's successor number `next`, or `None` after the last.
pub(super) fn components(nodes: usize, successor: impl Fn(usize, usize) -> Option<usize>) -> Vec<u32> {
    let mut walk = Walk {
        found: vec![0; nodes],
        component: vec![0; nodes],
        open: Vec::new(),
        calls: Vec::new(),
        clock: 0,
        complete: 0,
    };
    for node in 0..nodes {
        if walk.found[node] == 0 {
            walk.enter(node);
        }
        while let Some(call) = walk.calls.last_mut() {
            let to = successor(call.node, call.next);
            call.next += 1;
            match to.map(|to| (to, walk.found[to])) {
                None => walk.leave(),
                Some((to, 0)) => walk.enter(to),
                Some((_, DONE)) => {}
                Some((_, earlier)) => call.low = call.low.min(earlier),
            }
        }
    }
    walk.component
}

const DONE: u32 = u32::MAX;

struct Walk {
    /// When each node was found, counted from 1; 0 is not yet, `DONE` is in a complete component.
    found: Vec<u32>,
    component: Vec<u32>,
    /// Found nodes whose component is not complete.
    open: Vec<usize>,
    /// From the first node of the walk to the one being looked at.
    calls: Vec<Call>,
    clock: u32,
    complete: u32,
}

struct Call {
    node: usize,
    next: usize,
    /// When the earliest node was found that this one leads to, among those not complete.
    low: u32,
}

impl Walk {
    fn enter(&mut self, node: usize) {
        self.clock += 1;
        self.found[node] = self.clock;
        self.open.push(node);
        self.calls.push(Call { node, next: 0, low: self.clock });
    }

    fn leave(&mut self) {
        let Some(Call { node: first, low, .. }) = self.calls.pop() else { return };
        if let Some(outer) = self.calls.last_mut() {
            outer.low = outer.low.min(low);
        }
        if low < self.found[first] {
            return;
        }
        while let Some(node) = self.open.pop() {
            self.found[node] = DONE;
            self.component[node] = self.complete;
            if node == first {
                break;
            }
        }
        self.complete += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn together_exactly_if_each_reaches_the_other(edges in prop::collection::vec((0..12usize, 0..12usize), 0..40)) {
            let mut reaches = [[false; 12]; 12];
            (0..12).for_each(|node| reaches[node][node] = true);
            edges.iter().for_each(|&(from, to)| reaches[from][to] = true);
            for middle in 0..12 {
                for from in 0..12 {
                    for to in 0..12 {
                        reaches[from][to] |= reaches[from][middle] && reaches[middle][to];
                    }
                }
            }
            let found = components(12, |node, next| edges.iter().filter(|edge| edge.0 == node).nth(next).map(|edge| edge.1));
            for from in 0..12 {
                for to in 0..12 {
                    prop_assert_eq!(found[from] == found[to], reaches[from][to] && reaches[to][from]);
                    prop_assert!(!reaches[from][to] || found[to] <= found[from]);
                }
            }
        }
    }

    #[test]
    fn a_chain_of_a_million_does_not_exhaust_the_stack() {
        let found = components(1_000_000, |node, next| (next == 0 && node + 1 < 1_000_000).then_some(node + 1));
        assert_eq!((found[0], found[999_999]), (999_999, 0));
    }
}
