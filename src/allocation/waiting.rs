//! Who is yet to ask, for deferred acceptance.

use super::index;

/// Who is yet to ask. The order does not matter to the answer, but to the time: people follow one another as their
/// choices lie in memory, round after round.
pub(super) struct Waiting {
    /// A bit for each person.
    bits: Vec<u64>,
    /// Which word is looked at.
    at: usize,
    count: usize,
    /// The last ones, too few to look at all words for them.
    few: Vec<u32>,
}

impl Waiting {
    pub(super) fn everybody(people: usize) -> Self {
        let mut bits = vec![u64::MAX; people.div_ceil(64)];
        if let Some(last) = bits.last_mut().filter(|_| !people.is_multiple_of(64)) {
            *last = (1 << (people % 64)) - 1;
        }
        Self { bits, at: 0, count: people, few: Vec::new() }
    }

    pub(super) fn add(&mut self, person: u32) {
        if self.bits.is_empty() {
            self.few.push(person);
            return;
        }
        self.bits[person as usize / 64] |= 1 << (person % 64);
        self.count += 1;
    }

    /// Whose turn it is to ask. A round looks at every word and begins only while no fewer people wait: O(1) for each.
    pub(super) fn next(&mut self) -> Option<u32> {
        while !self.bits.is_empty() {
            if self.at == self.bits.len() {
                self.at = 0;
                if self.count < self.bits.len() {
                    let bits = std::mem::take(&mut self.bits);
                    self.few =
                        (0..).zip(bits).flat_map(|(word, bits)| ones(bits).map(move |bit| 64 * word + bit)).collect();
                    break;
                }
            }
            if self.bits[self.at] != 0 {
                let bit = self.bits[self.at].trailing_zeros();
                self.bits[self.at] &= self.bits[self.at] - 1;
                self.count -= 1;
                return Some(64 * index(self.at) + bit);
            }
            self.at += 1;
        }
        self.few.pop()
    }
}

/// The numbers of the bits that are set.
fn ones(bits: u64) -> impl Iterator<Item = u32> {
    (0..u64::BITS).filter(move |bit| bits >> bit & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_comes_once_and_again_when_added() {
        for people in [0_u32, 1, 63, 64, 65, 1_000] {
            let mut waiting = Waiting::everybody(people as usize);
            let mut served: Vec<u32> = Vec::new();
            while let Some(person) = waiting.next() {
                // the first time round each third one is turned away
                if person % 3 == 0 && !served.contains(&person) {
                    waiting.add(person);
                }
                served.push(person);
            }
            served.sort_unstable();
            let expected = (0..people).flat_map(|person| vec![person; if person % 3 == 0 { 2 } else { 1 }]);
            assert!(served.into_iter().eq(expected), "{people} people");
        }
    }
}
