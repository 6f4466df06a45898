//! Distinct choice lists: people of one building mostly accept the same places at the same costs.
//!
//! Invariant: two agents with equal lists have the same list number, whether their rows came together or not.

use super::{Choice, index_u32};

/// Choice lists, each kept once, sorted by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists {
    /// Where each list ends in `choices`.
    ends: Vec<usize>,
    choices: Vec<Choice>,
}

impl Lists {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn choice_count(&self) -> usize {
        self.choices.len()
    }

    pub(super) fn of(&self, list: usize) -> &[Choice] {
        let start = if list == 0 { 0 } else { self.ends[list - 1] };
        &self.choices[start..self.ends[list]]
    }
}

/// Finds a list again by its hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    pub(super) lists: Lists,
    hashes: Vec<u64>,
    /// Open addressing with linear probing: list number + 1, or 0. A power of two of slots, at most half used.
    slots: Vec<u32>,
}

impl Interner {
    /// The number of this list.
    pub(super) fn intern(&mut self, choices: impl IntoIterator<Item = Choice>) -> u32 {
        let start = self.lists.choices.len();
        self.lists.choices.extend(choices);
        self.lists.choices[start..].sort_unstable();
        let hash = hash(&self.lists.choices[start..]);
        if 2 * (self.lists.len() + 1) > self.slots.len() {
            self.grow();
        }
        let mut slot = self.home(hash);
        while let Some(known) = self.slots[slot].checked_sub(1) {
            let known = known as usize;
            if self.hashes[known] == hash && self.lists.of(known) == &self.lists.choices[start..] {
                self.lists.choices.truncate(start);
                return index_u32(known);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let number = index_u32(self.lists.len());
        self.slots[slot] = number + 1;
        self.hashes.push(hash);
        self.lists.ends.push(self.lists.choices.len());
        number
    }

    /// The high bits of the hash choose the slot; there are always at least 16 slots.
    fn home(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![0; (4 * (self.lists.len() + 1)).next_power_of_two().max(16)];
        for (&hash, number) in self.hashes.iter().zip(1..) {
            let mut slot = self.home(hash);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = number;
        }
    }
}

/// Multiply and fold; a collision costs a comparison and decides nothing.
fn hash(choices: &[Choice]) -> u64 {
    choices.iter().fold(0x9e37_79b9_7f4a_7c15, |hash: u64, choice| {
        let word = u64::from(choice.place.number()) << 32 | u64::from(choice.cost);
        let mixed = (hash.rotate_left(5) ^ word).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Place;

    #[test]
    fn equal_lists_get_one_number_in_any_order_of_rows() {
        let choice = |place: u32, cost| Choice { place: Place::new(place), cost };
        let mut interner = Interner::default();
        let numbers: Vec<u32> = (0..3_000_u32)
            .map(|row| interner.intern([choice(row % 1_000, 7), choice(row % 1_000 + 1, 9)].into_iter().rev()))
            .collect();
        assert!((0..3_000_u32).all(|row| numbers[row as usize] == row % 1_000));
        assert_eq!((interner.lists.len(), interner.lists.choice_count()), (1_000, 2_000));
        assert_eq!(interner.lists.of(5), [choice(5, 7), choice(6, 9)]);
        assert_eq!(interner.intern([]), 1_000);
        assert_eq!(interner.intern([]), 1_000);
        assert_eq!(interner.lists.of(1_000), []);
    }
}
