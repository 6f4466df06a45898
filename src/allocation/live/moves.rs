//! What an update has moved, told by agents.
//!
//! Invariant: what is taken and left again within one update is not told.

use super::ground::Ground;
use crate::market::{Agent, Move, Place};

impl Ground {
    /// Turns the steps since the last time into moves: of each agent, those who leave a place are those who take another.
    pub(super) fn tell_moves(&mut self, moves: &mut Vec<Move>) {
        moves.clear();
        let mut net = std::mem::take(&mut self.net);
        net.clear();
        self.store.steps.sort_unstable_by_key(|step| (step.site, step.run));
        for step in self.store.steps.drain(..) {
            let people = if step.takes { i64::from(step.people) } else { -i64::from(step.people) };
            match net.last_mut() {
                Some(last) if (last.0, last.1) == (step.site, step.run) => last.2 += people,
                _ => net.push((step.site, step.run, people)),
            }
        }
        for own in net.chunk_by_mut(|one, other| one.0 == other.0) {
            pair(self.agent(own[0].0), own, moves);
        }
        moves.sort_unstable();
        self.net = net;
    }
}

/// Pairs what an agent's people leave (counts below zero) with what they take.
fn pair(agent: Agent, own: &mut [(u32, u32, i64)], moves: &mut Vec<Move>) {
    let (mut left, mut taken) = (0, 0);
    loop {
        left += own[left..].iter().take_while(|each| each.2 >= 0).count();
        taken += own[taken..].iter().take_while(|each| each.2 <= 0).count();
        let from = own.get(left).map(|&(_, run, people)| (Place::new(run), -people));
        let to = own.get(taken).map(|&(_, run, people)| (Place::new(run), people));
        let people = match (from, to) {
            (None, None) => return,
            (Some((_, people)), None) | (None, Some((_, people))) => people,
            (Some((_, going)), Some((_, coming))) => going.min(coming),
        };
        let count = u32::try_from(people).unwrap_or(u32::MAX);
        moves.push(Move { agent, from: from.map(|from| from.0), to: to.map(|to| to.0), count });
        if from.is_some() {
            own[left].2 += people;
        }
        if to.is_some() {
            own[taken].2 -= people;
        }
    }
}
