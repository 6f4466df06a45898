//! Everybody's best open choice, again and again, while choices close one by one.
//!
//! Invariant: what is closed to somebody once is closed for good.

use super::index;
use super::preferences::best;
use crate::market::Choice;

/// How far each person has come.
///
/// Most people ask a few times, and to look through all choices that often costs less than to sort them once. Who asks
/// more often sorts what is open by then and goes through that once. So in all, a person of l choices looks at O(l) of
/// them, and sorts at most once.
pub(super) struct Search {
    /// How often each person has looked through all their choices; above [`LOOKS`] the number of their sorted ones.
    looks: Vec<u32>,
    /// Choices that were open when they were sorted, by position, the preferred one last.
    sorted: Vec<Vec<u32>>,
}

/// How often somebody looks through all their choices before they sort them.
const LOOKS: u32 = 8;

impl Search {
    pub(super) fn new(people: usize) -> Self {
        Self { looks: vec![0; people], sorted: Vec::new() }
    }

    /// The position of the choice that somebody prefers among those open to them, when the one found before has closed.
    /// `choices` gives all in order and whether they are open, `open` tells it of one position.
    pub(super) fn next<I>(
        &mut self,
        person: usize,
        choices: impl Fn() -> I,
        open: impl Fn(usize) -> bool,
    ) -> Option<usize>
    where
        I: Iterator<Item = (Choice, bool)>,
    {
        let looks = &mut self.looks[person];
        if *looks < LOOKS {
            *looks += 1;
            return best(choices());
        }
        if *looks == LOOKS {
            let left = choices().zip(0..).filter(|((_, open), _)| *open);
            let mut left: Vec<(u32, u32)> = left.map(|((choice, _), at)| (choice.cost, at)).collect();
            left.sort_unstable_by(|a, b| b.cmp(a));
            self.sorted.push(left.into_iter().map(|(_, at)| at).collect());
            *looks += index(self.sorted.len());
        }
        let left = &mut self.sorted[(*looks - LOOKS) as usize - 1];
        while let Some(at) = left.pop() {
            if open(at as usize) {
                return Some(at as usize);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Place;

    #[test]
    fn choices_come_in_the_order_of_preference_until_all_are_closed() {
        // costs 0 to 4 over and over: by cost, then place
        let choices: Vec<Choice> = (0..40).map(|at| Choice { place: Place::new(at), cost: at % 5 }).collect();
        let mut expected: Vec<usize> = (0..40).collect();
        expected.sort_by_key(|&at| (choices[at].cost, at));
        let (mut search, mut closed, mut found) = (Search::new(2), [false; 40], Vec::new());
        closed[15] = true;
        loop {
            let all = || choices.iter().zip(&closed).map(|(&choice, &closed)| (choice, !closed));
            let Some(at) = search.next(1, all, |at| !closed[at]) else { break };
            found.push(at);
            closed[at] = true;
            closed[23] |= found.len() == 12; // after they have been sorted
        }
        expected.retain(|&at| at != 15 && at != 23);
        assert_eq!(found, expected);
    }
}
