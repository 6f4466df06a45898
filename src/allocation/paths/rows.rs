//! Who could go to each run: the choices once more, from the other side.
//!
//! Invariant: each choice of a site that is present has one entry in the row of its run.

use super::Arc;
use std::ops::Range;

/// A site that could go to a run, and what it costs there.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::allocation) struct Entry {
    pub(in crate::allocation) site: u32,
    pub(in crate::allocation) cost: u32,
}

/// A row's part of the entries, and how much of it is in use.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: usize,
    room: u32,
    held: u32,
}

#[derive(Clone, Debug)]
pub(in crate::allocation) struct Rows {
    spans: Vec<Span>,
    entries: Vec<Entry>,
}

impl Rows {
    /// From the arcs of the sites in order, with `spare` for those who come later. O(arcs).
    pub(in crate::allocation) fn of(
        runs: usize,
        arcs: &[Arc],
        sites: impl Iterator<Item = Range<usize>> + Clone,
        spare: fn(u32) -> u32,
    ) -> Self {
        let mut spans = vec![Span::default(); runs];
        sites.clone().flat_map(|own| &arcs[own]).for_each(|arc| spans[arc.run as usize].room += 1);
        let mut next = 0;
        for span in &mut spans {
            span.start = next;
            span.room += spare(span.room);
            next += span.room as usize;
        }
        let mut rows = Self { spans, entries: vec![Entry::default(); next] };
        for (site, own) in (0..).zip(sites) {
            arcs[own].iter().for_each(|arc| rows.add(arc.run, Entry { site, cost: arc.cost }));
        }
        rows
    }

    pub(in crate::allocation) fn of_run(&self, run: u32) -> &[Entry] {
        let Span { start, held, .. } = self.spans[run as usize];
        &self.entries[start..start + held as usize]
    }

    pub(in crate::allocation) fn add(&mut self, run: u32, entry: Entry) {
        let span = &mut self.spans[run as usize];
        if span.held == span.room {
            // Twice the room, at the end of all entries.
            let old = span.start..span.start + span.held as usize;
            span.start = self.entries.len();
            span.room = (2 * span.room).max(4);
            let end = span.start + span.room as usize;
            self.entries.extend_from_within(old);
            self.entries.resize(end, Entry::default());
        }
        self.entries[span.start + span.held as usize] = entry;
        span.held += 1;
    }

    /// Takes a site from a row. O(row).
    pub(in crate::allocation) fn remove(&mut self, run: u32, site: u32) {
        let Span { start, held, .. } = self.spans[run as usize];
        let row = &mut self.entries[start..start + held as usize];
        if let Some(at) = row.iter().position(|entry| entry.site == site) {
            row.swap(at, held as usize - 1);
            self.spans[run as usize].held -= 1;
        }
    }
}
