//! The permits as they stood, read from the records of rounds, offers and changes and not from the state.
//!
//! Invariant: every change of a permit is in a record that names its command, so what stood before any command can be
//! told.

use crate::calendar::{Timestamp, Window};
use crate::district::{Changed, District, Passing, Permit, RecordedAppeal, Round, SpecialPermit, SpecialStep};
use crate::people::Application;
use crate::units::{PermitId, ShiftId, StretchId};
use std::collections::BTreeMap;

/// Permits and offers, and how they came about.
#[derive(Default)]
pub(super) struct History {
    /// As they stand, those that have ended too; offers that were closed are gone.
    pub(super) permits: BTreeMap<PermitId, Permit>,
    /// When a space was kept by an offer that then went elsewhere, was closed, or became a permit.
    pub(super) kept: Vec<(StretchId, Option<ShiftId>, Window)>,
    /// Permits issued under an id that was given before, renewed, accepted or closed though there is no such one, or
    /// accepted when the offer had lapsed.
    pub(super) strays: Vec<PermitId>,
    /// The facts about holder and vehicle of the permits that were changed.
    pub(super) holders: BTreeMap<PermitId, Application>,
}

/// One record that changes permits.
pub(super) enum Change<'a> {
    /// A round was held.
    Issued(&'a Round),
    /// An offer was accepted.
    Accepted(&'a PermitId, Timestamp),
    /// Offers were closed, and their spaces passed on.
    Passed(&'a Passing),
    /// A special permit was granted, or changed by a step.
    Special(&'a SpecialPermit, Option<&'a SpecialStep>),
    /// Something happened to a permit.
    Changed(&'a PermitId, &'a Changed),
    /// A decision was taken again; what was passed on with it is a change of its own.
    Reopened(&'a RecordedAppeal),
}

impl History {
    /// Goes through all records in the order of their commands; `look` sees each with what stood before it. O(permits log
    /// permits).
    pub(super) fn walk<'a>(district: &'a District, mut look: impl FnMut(&Self, &Change<'a>)) -> Self {
        let rounds = district.rounds().iter().map(|round| (round.by, Change::Issued(round)));
        let accepted = district.accepted().map(|(id, accepted)| (accepted.by, Change::Accepted(id, accepted.at)));
        let passings = district.passings().iter().map(|passing| (passing.by, Change::Passed(passing)));
        let reopened = district.appeals().filter_map(|own| Some((own.reopened()?.1, Change::Reopened(own))));
        let changed = district.changes().flat_map(|(permit, changes)| changes.iter().map(move |own| (permit, own)));
        let changed = changed.map(|(permit, own)| (own.by, Change::Changed(permit, own)));
        let changes = rounds.chain(accepted).chain(reopened).chain(passings).chain(changed);
        let mut changes: Vec<(u64, Change<'_>)> = changes.collect();
        for permit in district.special_permits() {
            changes.push((permit.by, Change::Special(permit, None)));
            changes.extend(permit.changes.iter().map(|step| (step.by, Change::Special(permit, Some(step)))));
        }
        changes.sort_by_key(|(by, _)| *by);
        let mut history = Self::default();
        for (_, change) in changes {
            look(&history, &change);
            match change {
                Change::Issued(round) => round.permits().for_each(|permit| history.issue(permit)),
                Change::Accepted(id, at) => history.accept(id, at),
                Change::Passed(passing) => history.pass(passing),
                Change::Special(..) => {}
                Change::Changed(permit, changed) => history.alter(district, permit, changed),
                Change::Reopened(_) => {}
            }
        }
        history
    }

    fn issue(&mut self, permit: &Permit) {
        if let Some(renewed) = &permit.renews {
            match self.permits.get_mut(renewed).map(|old| cut(old, permit.valid.start())) {
                Some(Some(shorter)) => self.permits.entry(renewed.clone()).and_modify(|old| old.valid = shorter),
                _ => return self.strays.push(renewed.clone()),
            };
        }
        if self.permits.insert(permit.id.clone(), permit.clone()).is_some() {
            self.strays.push(permit.id.clone());
        }
    }

    fn accept(&mut self, id: &PermitId, at: Timestamp) {
        match self.permits.get_mut(id) {
            Some(permit) if permit.offer.is_some_and(|until| at < until) => {
                self.kept.extend(cut(permit, at).map(|kept| (permit.stretch.clone(), permit.shift.clone(), kept)));
                permit.valid = Window::new(at, permit.valid.end()).unwrap_or(permit.valid);
                (permit.offer, permit.since) = (None, at);
            }
            _ => self.strays.push(id.clone()),
        }
    }

    fn close(&mut self, id: &PermitId, at: Timestamp) {
        match self.permits.remove(id) {
            Some(permit) if permit.offer.is_some() => {
                self.kept.extend(cut(&permit, at).map(|kept| (permit.stretch.clone(), permit.shift.clone(), kept)));
            }
            _ => self.strays.push(id.clone()),
        }
    }

    fn pass(&mut self, passing: &Passing) {
        passing.closed.iter().for_each(|id| self.close(id, passing.at));
        for passed in &passing.passed {
            // One passing can move the same offer more than once, even one that came of it.
            if passed.from.is_some() {
                self.close(&passed.permit.id, passing.at);
            }
            if self.permits.insert(passed.permit.id.clone(), passed.permit.clone()).is_some() {
                self.strays.push(passed.permit.id.clone());
            }
        }
    }
}

/// A permit's time up to an instant; nothing when it started then or later.
pub(super) fn cut(permit: &Permit, at: Timestamp) -> Option<Window> {
    Window::new(permit.valid.start(), at.min(permit.valid.end())).ok()
}
