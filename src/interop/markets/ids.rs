//! Ids of the market format and their numbers.
//!
//! Invariant: an id's number is its rank among all ids, compared byte by byte. The table of slots only finds it sooner:
//! in a file of 1.6 million choices in no order, binary search alone took ten times as long as everything else.

use super::scan::{Findings, quoted};
use crate::error::FlawCode;

/// An id, where it was given, and what was said of it.
pub(super) struct Record<'t, T> {
    pub(super) id: &'t str,
    pub(super) line: u32,
    pub(super) value: T,
}

/// How many neighbouring slots an id may stand in: whoever finds them all taken searches the sorted records instead, so
/// ids made to collide cost a logarithm, no more.
const NEIGHBOURS: usize = 16;

/// Records sorted by id, each id once.
pub(super) struct Ids<'t, T> {
    records: Vec<Record<'t, T>>,
    /// Number + 1 of the id in each slot, 0 for a free one; at least twice as many as ids, a power of two.
    slots: Vec<u32>,
}

impl<'t, T: Copy> Ids<'t, T> {
    pub(super) fn new(mut records: Vec<Record<'t, T>>, what: &str, found: &mut Findings) -> Self {
        records.sort_unstable_by_key(|record| (record.id, record.line));
        records.dedup_by(|again, first| {
            let same = again.id == first.id;
            if same {
                let problem = format!("{what} {} was given before, at line {}", quoted(again.id), first.line);
                found.push(again.line, FlawCode::DuplicateId, problem, format!("give each {what} its own id"));
            }
            same
        });
        let mut ids = Self { slots: vec![0; (records.len() * 2).next_power_of_two()], records };
        for (number, record) in (1..).zip(&ids.records) {
            let free = slots(record.id, ids.slots.len()).find(|&slot| ids.slots[slot] == 0);
            free.into_iter().for_each(|slot| ids.slots[slot] = number);
        }
        ids
    }

    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// What was said, in the order of the ids.
    pub(super) fn values(&self) -> impl Iterator<Item = T> {
        self.records.iter().map(|record| record.value)
    }

    /// What was said of the one with this number, which [`find`](Self::find) gave.
    pub(super) fn value(&self, number: u32) -> T {
        self.records[number as usize].value
    }

    /// The id with this number, as it is quoted to the caller.
    pub(super) fn id(&self, number: u32) -> String {
        quoted(self.records[number as usize].id)
    }

    pub(super) fn owned(&self) -> Vec<String> {
        self.records.iter().map(|record| record.id.to_owned()).collect()
    }

    /// The number of an id; a flaw when there is none.
    pub(super) fn find(&self, line: u32, what: &str, id: &str, found: &mut Findings) -> Option<u32> {
        let at = self.number(id);
        if at.is_none() {
            let problem = format!("there is no {what} {}", quoted(id));
            let remedy = format!("add a line for this {what}, or correct the id");
            found.push(line, FlawCode::UnknownReference, problem, remedy);
        }
        at
    }

    fn number(&self, id: &str) -> Option<u32> {
        for slot in slots(id, self.slots.len()) {
            let number = self.slots[slot].checked_sub(1)?; // a free slot: it would stand here
            if self.records[number as usize].id == id {
                return Some(number);
            }
        }
        let at = self.records.binary_search_by(|record| record.id.cmp(id)).ok()?;
        u32::try_from(at).ok()
    }
}

/// The slots in which an id may stand, in the order they are tried: neighbours, from a place that FNV-1a chooses.
fn slots(id: &str, count: usize) -> impl Iterator<Item = usize> + use<> {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    let first = usize::try_from((hash ^ (hash >> 32)) & u64::from(u32::MAX)).unwrap_or(0);
    (0..NEIGHBOURS).map(move |step| first.wrapping_add(step) & (count - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_and_no_other() {
        for count in [0, 1, 2, 3, 100, 5_000] {
            let texts: Vec<String> = (0..count).map(|number| format!("id-{number:05}")).collect();
            let mut found = Findings::default();
            let records = texts.iter().rev().map(|id| Record { id, line: 1, value: () }).collect();
            let mut ids = Ids::new(records, "place", &mut found);
            for crowded in [false, count > 0] {
                if crowded {
                    ids.slots.fill(1); // as if all ids had collided: the sorted records answer
                }
                for (number, id) in (0..).zip(&texts) {
                    assert_eq!(ids.number(id), Some(number), "{id}");
                }
                assert_eq!((ids.number(""), ids.number("id-99999")), (None, None));
            }
            assert_eq!(found.finish(), Ok(()));
        }
    }
}
