//! The form the peers get: each list of choices once, identical people of one standing as one group.

use shared_parking::market::{Agent, Choice, Market, Standing};
use std::io::{self, Write};

/// A market as arrays of small numbers.
///
/// Invariant: classes count the standings that occur from 0, best first; `starts` has one more entry than lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) capacities: Vec<u32>,
    pub(crate) starts: Vec<u32>,
    /// Place and cost.
    pub(crate) choices: Vec<(u32, u32)>,
    pub(crate) groups: Vec<Group>,
    pub(crate) classes: u32,
}

/// People who are the same to a solver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Group {
    pub(crate) list: u32,
    pub(crate) class: u32,
    pub(crate) count: u32,
}

impl Merged {
    /// Merges whoever has the same choices, in the order of the choices, so that neighbours stay neighbours.
    pub(crate) fn new(market: &Market) -> Self {
        let standings = standings(market);
        let mut agents: Vec<Agent> = market.agents().collect();
        let key = |&agent: &Agent| (market.choices(agent), market.standing(agent));
        agents.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
        let mut merged = Self {
            capacities: market.places().map(|place| market.capacity(place)).collect(),
            starts: vec![0],
            choices: Vec::new(),
            groups: Vec::new(),
            classes: number(standings.len()),
        };
        let mut last: Option<&[Choice]> = None;
        for agent in agents {
            if last != Some(market.choices(agent)) {
                last = Some(market.choices(agent));
                merged.choices.extend(market.choices(agent).iter().map(|choice| (choice.place.number(), choice.cost)));
                merged.starts.push(number(merged.choices.len()));
            }
            let list = number(merged.starts.len() - 2);
            let class = number(standings.partition_point(|&standing| standing < market.standing(agent)));
            match merged.groups.last_mut() {
                Some(group) if (group.list, group.class) == (list, class) => group.count += market.count(agent),
                _ => merged.groups.push(Group { list, class, count: market.count(agent) }),
            }
        }
        merged
    }

    /// Every space a place and every person a group of one.
    pub(crate) fn unmerged(&self) -> Self {
        let mut firsts = Vec::with_capacity(self.capacities.len());
        let mut spaces = 0;
        for &capacity in &self.capacities {
            firsts.push(spaces);
            spaces += capacity;
        }
        let (mut starts, mut choices) = (vec![0], Vec::new());
        for list in 0..self.starts.len() - 1 {
            for &(place, cost) in self.list(list) {
                let first = firsts[place as usize];
                choices.extend((first..first + self.capacities[place as usize]).map(|space| (space, cost)));
            }
            starts.push(number(choices.len()));
        }
        let one = |group: &Group| std::iter::repeat_n(Group { count: 1, ..*group }, group.count as usize);
        Self {
            capacities: vec![1; spaces as usize],
            starts,
            choices,
            groups: self.groups.iter().flat_map(one).collect(),
            classes: self.classes,
        }
    }

    /// Places and costs of a list.
    pub(crate) fn list(&self, list: usize) -> &[(u32, u32)] {
        &self.choices[self.starts[list] as usize..self.starts[list + 1] as usize]
    }

    pub(crate) fn people(&self) -> u64 {
        self.groups.iter().map(|group| u64::from(group.count)).sum()
    }

    pub(crate) fn spaces(&self) -> u64 {
        self.capacities.iter().copied().map(u64::from).sum()
    }

    /// How many pairs of a group and a place there are.
    pub(crate) fn arcs(&self) -> u64 {
        self.groups.iter().map(|group| self.list(group.list as usize).len() as u64).sum()
    }

    /// How many arcs the unmerged form has.
    pub(crate) fn unmerged_arcs(&self) -> u64 {
        let room = |group: &Group| -> u64 {
            let spaces = |&(place, _): &(u32, u32)| u64::from(self.capacities[place as usize]);
            self.list(group.list as usize).iter().map(spaces).sum()
        };
        self.groups.iter().map(|group| room(group) * u64::from(group.count)).sum()
    }

    /// What the best standing of two is worth over the next: more than all walks together can differ, so that sums of
    /// `(classes - class) * unit` over the people seated, less their costs, compare as the objective does.
    pub(crate) fn unit(&self) -> i64 {
        let most = i64::from(self.choices.iter().map(|choice| choice.1).max().unwrap_or(0));
        let seats = i64::try_from(self.people().min(self.spaces())).unwrap_or(i64::MAX);
        seats.saturating_add(1).saturating_mul(most).saturating_add(1)
    }

    /// The largest weight, `None` above what leaves an `i64` room for the sums of a solver.
    pub(crate) fn largest_weight(&self) -> Option<i64> {
        self.unit().checked_mul(i64::from(self.classes)).filter(|&weight| weight <= 1 << 60)
    }

    /// Little-endian 32-bit words: the numbers of places, lists, choices, groups and classes; capacities; where each list
    /// starts, and the end; the choices' places, their costs; the groups' lists, classes and counts.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let heads = [self.capacities.len(), self.starts.len() - 1, self.choices.len(), self.groups.len()];
        let mut put = |word: u32| out.write_all(&word.to_le_bytes());
        heads.into_iter().map(number).chain([self.classes]).try_for_each(&mut put)?;
        self.capacities.iter().copied().try_for_each(&mut put)?;
        self.starts.iter().copied().try_for_each(&mut put)?;
        self.choices.iter().map(|choice| choice.0).try_for_each(&mut put)?;
        self.choices.iter().map(|choice| choice.1).try_for_each(&mut put)?;
        self.groups.iter().map(|group| group.list).try_for_each(&mut put)?;
        self.groups.iter().map(|group| group.class).try_for_each(&mut put)?;
        self.groups.iter().map(|group| group.count).try_for_each(&mut put)
    }
}

/// The standings that occur, best first.
pub(crate) fn standings(market: &Market) -> Vec<Standing> {
    let mut standings: Vec<Standing> = market.agents().map(|agent| market.standing(agent)).collect();
    standings.sort_unstable();
    standings.dedup();
    standings
}

/// Markets have fewer than 2^31 of anything; their unmerged forms are made only when small (`peer::columns`).
fn number(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged() -> Merged {
        let mut builder = Market::builder();
        let (kerb, yard) = (builder.place(2), builder.place(1));
        builder.agent(7, 1, [(kerb, 30), (yard, 10)]);
        builder.agent(2, 1, [(yard, 5)]);
        builder.agent(7, 2, [(kerb, 30), (yard, 10)]);
        builder.agent(2, 1, [(kerb, 30), (yard, 10)]);
        Merged::new(&builder.build().unwrap())
    }

    #[test]
    fn the_same_choices_and_standing_are_one_group() {
        let group = |list, class, count| Group { list, class, count };
        let merged = merged();
        assert_eq!(merged.starts, [0, 2, 3]);
        assert_eq!(merged.groups, [group(0, 0, 1), group(0, 1, 3), group(1, 0, 1)]);
        assert_eq!((merged.people(), merged.spaces(), merged.arcs()), (5, 3, 5));
        assert_eq!(merged.unit(), 4 * 30 + 1);
        assert_eq!(merged.largest_weight(), Some(242));
    }

    #[test]
    fn unmerged_has_the_same_people_and_spaces() {
        let (merged, unmerged) = (merged(), merged().unmerged());
        assert_eq!((unmerged.people(), unmerged.spaces(), unmerged.unit()), (5, 3, merged.unit()));
        assert_eq!(unmerged.list(0), [(0, 30), (1, 30), (2, 10)]);
        assert_eq!(unmerged.list(1), [(2, 5)]);
        assert_eq!(unmerged.groups.len(), 5);
        assert_eq!(unmerged.arcs(), merged.unmerged_arcs());
    }

    #[test]
    fn the_file_holds_every_word() {
        let mut bytes = Vec::new();
        merged().write(&mut bytes).unwrap();
        let words: Vec<u32> = bytes.chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect();
        let parts = [vec![2, 2, 3, 3, 2], vec![2, 1], vec![0, 2, 3], vec![0, 1, 1], vec![30, 10, 5]];
        let groups = [vec![0, 0, 1], vec![0, 1, 0], vec![1, 3, 1]];
        assert_eq!(words, [parts.concat(), groups.concat()].concat());
    }
}
