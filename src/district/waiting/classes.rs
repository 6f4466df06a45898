//! People in numbers: how many of each class, and no class so small that it points to somebody.

use crate::district::Candidate;
use crate::people::SpecialNeed;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many people are ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleAhead {
    /// Those who stand ahead whatever the tickets.
    pub surely: u32,
    /// Those whom tickets, the turns of a quota, or a stretch's own points may put ahead or behind.
    pub undecided: u32,
    /// Those surely ahead by class, best first. No class is told with fewer people than the `fewest` that was asked for.
    pub classes: Vec<ClassCount>,
    /// Those of all classes not told: 0, or `fewest` and more, or everybody where there are no more than that. Where the
    /// small classes have too few people together, the smallest other one is among them. Whoever compares reports of
    /// several people can still learn more than one tells: give each to its applicant alone.
    pub others: u32,
}

/// How many people of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ClassCount {
    /// The class.
    pub class: WaitingClass,
    /// How many.
    pub people: u32,
}

/// A class of people who wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingClass {
    /// Whether they hold a permit and would renew it.
    pub incumbent: bool,
    /// The tier, from 1.
    pub tier: u32,
    /// Points, those for a pair of applicant and stretch left out: from here on …
    pub points_from: u64,
    /// … up to here.
    pub points_to: u64,
    /// Whether they state a special need.
    pub special_need: bool,
}

/// How many numbers of points make a class.
const BAND: u64 = 10;

impl WaitingClass {
    /// The class of a candidate: points in bands of ten.
    pub(super) fn of(candidate: &Candidate<'_>) -> Self {
        let points = candidate.standing.total_points();
        let points_from = points - points % BAND;
        Self {
            incumbent: candidate.renews.is_some(),
            tier: candidate.standing.tier,
            points_from,
            points_to: points_from.saturating_add(BAND - 1),
            special_need: candidate.application.resident.special_need != SpecialNeed::None,
        }
    }

    /// Best first.
    fn key(self) -> (bool, u32, Reverse<u64>, bool) {
        (!self.incumbent, self.tier, Reverse(self.points_from), !self.special_need)
    }
}

impl PeopleAhead {
    /// Counts the classes of those surely ahead. O(n log n).
    pub(super) fn count(surely: impl Iterator<Item = WaitingClass>, undecided: u32, fewest: u32) -> Self {
        let mut counts = BTreeMap::new();
        for class in surely {
            counts.entry(class.key()).or_insert(ClassCount { class, people: 0 }).people += 1;
        }
        let mut classes: Vec<ClassCount> = counts.into_values().collect();
        let surely = classes.iter().map(|own| own.people).sum();
        let mut others: u32 = classes.iter().map(|own| own.people).filter(|&people| people < fewest).sum();
        classes.retain(|own| own.people >= fewest);
        // A remainder of few would point to them as well.
        while others > 0 && others < fewest && !classes.is_empty() {
            let smallest = (0..classes.len()).rev().min_by_key(|&at| classes[at].people);
            others += smallest.map_or(0, |at| classes.remove(at).people);
        }
        Self { surely, undecided, classes, others }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(people: &[u32], fewest: u32) -> (Vec<u32>, u32) {
        let class = |tier| WaitingClass { incumbent: false, tier, points_from: 0, points_to: 9, special_need: false };
        let all = (1..).zip(people).flat_map(|(tier, &people)| (0..people).map(move |_| class(tier)));
        let ahead = PeopleAhead::count(all, 0, fewest);
        assert_eq!(ahead.surely, people.iter().sum::<u32>());
        (ahead.classes.iter().map(|own| own.people).collect(), ahead.others)
    }

    #[test]
    fn few_are_told_together() {
        for (people, fewest, told, others) in [
            (&[][..], 5, &[][..], 0),
            (&[7, 1, 6], 0, &[7, 1, 6], 0),
            (&[7, 5, 6], 5, &[7, 5, 6], 0),
            (&[7, 3, 2], 5, &[7], 5), // three and two are five
            (&[7, 1, 6], 5, &[7], 7), // one alone would be told by what is left: the smallest other goes with it
            (&[6, 1, 6], 5, &[6], 7), // of equal ones the worse
            (&[6, 1], 5, &[], 7),
            (&[1, 1], 5, &[], 2), // there are no more
        ] {
            assert_eq!(count(people, fewest), (told.to_vec(), others), "{people:?} {fewest}");
        }
    }
}
