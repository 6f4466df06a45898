//! Whom each place points to: its holders and those it prefers, the best claim first, then the list. Sorted only as far
//! as somebody asks.

use super::index;
use crate::market::{Choice, Claims, Grade, Market, Place};

/// A line before each place, of those about whom something is said there.
pub(super) struct Lines {
    /// One line after the other, with [`Lots::Single`](crate::market::Lots::Single): a grade tells whose it is.
    grades: Vec<Grade>,
    lines: Vec<Line>,
    /// Nobody before this turn is still there.
    list: usize,
}

/// A part of the claims: `first..sorted` are sorted and go before the others of `first..end`.
#[derive(Clone, Copy)]
struct Line {
    first: usize,
    sorted: usize,
    end: usize,
}

/// At least so many are sorted at a time, and at least one in so many.
const SORTED: usize = 32;
const PART: usize = 8;

impl Lines {
    /// O(c) for c choices of all people. A choice without a priority is in no line, but has the room for it.
    pub(super) fn new(market: &Market, claims: &Claims) -> Self {
        let mut lengths = if market.has_priorities() { demand(market) } else { vec![0; market.places().len()] };
        let held = || claims.by_agent().iter().filter_map(|&turn| Some((turn, claims.held(turn as usize)?)));
        held().for_each(|(_, place)| lengths[place.index()] += 1);
        let mut all = 0;
        let line = |length| {
            let first = all;
            all += length;
            Line { first, sorted: first, end: first }
        };
        let mut lines: Vec<Line> = lengths.into_iter().map(line).collect();
        let mut grades = vec![Grade::NONE; all];
        let mut join = |place: Place, grade| {
            let end = &mut lines[place.index()].end;
            grades[*end] = grade;
            *end += 1;
        };
        if market.has_priorities() {
            for &turn in claims.by_agent() {
                let preferred = claims.grades(market, turn as usize).filter(|(_, grade)| grade.is_preferred());
                preferred.for_each(|(Choice { place, .. }, grade)| join(place, grade));
            }
        }
        held().for_each(|(turn, place)| join(place, Grade::of_holder(turn)));
        Self { grades, lines, list: 0 }
    }

    /// Whose claim to a place is the best among those who have not gone, of whom there is one at least: the first of its
    /// line, and when all of the line have gone the first of the list, who has the best claim of those about whom nothing
    /// is said.
    pub(super) fn first(&mut self, place: Place, gone: &[bool]) -> u32 {
        let line = &mut self.lines[place.index()];
        loop {
            let there = self.grades[line.first..line.sorted].iter().position(|grade| !gone[grade.turn()]);
            if let Some(passed) = there {
                line.first += passed;
                return index(self.grades[line.first].turn());
            }
            line.first = line.sorted;
            if line.first == line.end {
                break;
            }
            line.sort(&mut self.grades, gone);
        }
        while gone[self.list] {
            self.list += 1;
        }
        index(self.list)
    }
}

impl Line {
    /// Sorts more of it, when all that are sorted have gone. Nobody who has gone stays in the line.
    ///
    /// To find whom to sort looks at all of the rest, and takes away an eighth of it: O(length) in all.
    fn sort(&mut self, grades: &mut [Grade], gone: &[bool]) {
        let rest = &mut grades[self.sorted..self.end];
        let mut there = 0;
        for at in 0..rest.len() {
            rest[there] = rest[at];
            there += usize::from(!gone[rest[at].turn()]);
        }
        let (rest, next) = (&mut rest[..there], SORTED.max(there / PART));
        if next < there {
            rest.select_nth_unstable(next);
        }
        let next = next.min(there);
        rest[..next].sort_unstable();
        *self = Self { first: self.sorted, sorted: self.sorted + next, end: self.sorted + there };
    }
}

/// How many people accept each place.
fn demand(market: &Market) -> Vec<usize> {
    let mut people = vec![0; market.list_count()];
    market.agents().for_each(|agent| people[market.list_of(agent)] += market.count(agent) as usize);
    let mut demand = vec![0; market.places().len()];
    for (list, people) in people.into_iter().enumerate() {
        market.list(list).iter().for_each(|choice| demand[choice.place.index()] += people);
    }
    demand
}
