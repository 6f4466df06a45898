//! Taking events over. Total: nothing here can fail, and nothing here decides.

use super::{
    Accepted, Answered, Assigned, BilledStay, Changed, Correction, District, Entry, Event, Logged, Passing, Rated,
    Recorded, RecordedAppeal, RecordedComplaint, Resolution, Round, SpecialStep, Stay,
};
use crate::calendar::Timestamp;
use crate::units::{ComplaintId, Digest, PermitId, VehicleId};

impl District {
    /// Takes over what a command led to. Applying an entry a second time changes nothing.
    pub fn apply(&mut self, entry: &Entry) {
        let command = &entry.command;
        if self.commands.contains_key(&command.id) {
            return;
        }
        let number = self.next_number();
        // A command is always writable as JSON; a digest of nothing would still only refuse its retry.
        let digest = Digest::of(command).unwrap_or_else(|_| Digest::of_bytes(b""));
        self.commands.insert(command.id.clone(), Logged { number, at: command.at, digest });
        self.clock = self.clock.max(Some(command.at));
        for event in &entry.events {
            self.take(event, number, command.at);
        }
    }

    /// The number the next command will have.
    pub(super) fn next_number(&self) -> u64 {
        self.commands.len() as u64
    }

    fn take(&mut self, event: &Event, number: u64, at: Timestamp) {
        match event {
            Event::Applied(application) => {
                self.applications.insert(application.id.clone(), Recorded::new(application.clone(), number));
            }
            Event::Withdrawn(application) => {
                if let Some(recorded) = self.applications.get_mut(application) {
                    recorded.withdrawn = Some(number);
                }
            }
            Event::RoundHeld(round) => self.issue(round),
            Event::OfferAccepted(offer) => {
                let offered = self.permits.get_mut(offer);
                offered.into_iter().for_each(|permit| permit.accept(at));
                self.accepted.insert(offer.clone(), Accepted { at, by: number });
            }
            Event::SpacesPassedOn(passing) => self.pass(passing),
            Event::StayBilled { stay, bill } => {
                self.keep(BilledStay { stay: stay.clone(), bill: bill.clone(), by: number });
            }
            Event::SpecialGranted(permit) => self.file(permit.clone()),
            Event::SpecialChanged { permit, change } => {
                let changed = self.special.get_mut(permit);
                let step = SpecialStep { change: change.clone(), at, by: number };
                changed.into_iter().for_each(|permit| permit.changes.push(step.clone()));
            }
            Event::PapersRequested { application, missing } => {
                let recorded = self.applications.get_mut(application);
                recorded.into_iter().for_each(|own| own.ask(missing.clone(), number));
            }
            Event::Amended(facts) => {
                let recorded = self.applications.get_mut(&facts.id);
                recorded.into_iter().for_each(|own| own.amend(facts.clone(), number));
            }
            Event::PermitChanged { permit, change } => {
                self.permits.get_mut(permit).into_iter().for_each(|own| own.change(at, change));
                let changed = Changed { at, by: number, change: change.clone() };
                self.changes.entry(permit.clone()).or_default().push(changed);
            }
            Event::AppealLodged { appeal, due } => {
                let (appeal, due) = (appeal.clone(), *due);
                let recorded = RecordedAppeal { appeal, at, by: number, due, resolved: None };
                self.appeals.insert(recorded.appeal.id.clone(), recorded);
            }
            Event::AppealResolved { appeal, resolution, passing } => {
                self.resolve(appeal, resolution);
                passing.iter().for_each(|passing| self.pass(passing));
            }
            Event::ComplaintRaised { .. }
            | Event::ComplaintAssigned { .. }
            | Event::ComplaintAnswered { .. }
            | Event::AnswerRated { .. } => self.hear(event, number, at),
        }
    }

    /// Takes over what happened to a complaint.
    fn hear(&mut self, event: &Event, number: u64, at: Timestamp) {
        match event {
            Event::ComplaintRaised { complaint, due } => {
                let (complaint, due) = (complaint.clone(), *due);
                let (assigned, answered, rated) = (Vec::new(), None, None);
                let recorded = RecordedComplaint { complaint, at, by: number, due, assigned, answered, rated };
                self.complaints.insert(recorded.complaint.id.clone(), recorded);
            }
            Event::ComplaintAssigned { complaint, officer } => {
                let assigned = Assigned { officer: officer.clone(), at, by: number };
                self.complaints.get_mut(complaint).into_iter().for_each(|own| own.assigned.push(assigned.clone()));
            }
            Event::ComplaintAnswered { complaint, outcome } => {
                let answered = Some(Answered { outcome: *outcome, at, by: number });
                self.complaints.get_mut(complaint).into_iter().for_each(|own| own.answered = answered);
            }
            Event::AnswerRated { complaint, satisfied } => {
                let rated = Some(Rated { satisfied: *satisfied, at, by: number });
                self.complaints.get_mut(complaint).into_iter().for_each(|own| own.rated = rated);
            }
            _ => {}
        }
    }

    fn resolve(&mut self, appeal: &ComplaintId, resolution: &Resolution) {
        if let Some(recorded) = self.appeals.get_mut(appeal) {
            recorded.resolved = Some(resolution.clone());
            if recorded.correction().is_some() {
                self.upheld.entry(recorded.appeal.application.clone()).or_default().push(appeal.clone());
            }
            if let Some((Correction::Fact(facts), by)) = recorded.correction() {
                let known = self.applications.get_mut(&facts.id);
                known.into_iter().for_each(|own| own.amend((**facts).clone(), by));
            }
        }
    }

    /// Notes again which appeals were upheld.
    pub(super) fn index_upheld(&mut self) {
        let upheld = self.appeals.values().filter_map(|recorded| Some((recorded.correction()?.1, &recorded.appeal)));
        let mut upheld: Vec<_> = upheld.collect();
        upheld.sort_by_key(|(by, _)| *by);
        for (_, appeal) in upheld {
            self.upheld.entry(appeal.application.clone()).or_default().push(appeal.id.clone());
        }
    }

    fn issue(&mut self, round: &Round) {
        for permit in round.permits() {
            let renewed = permit.renews.as_ref().and_then(|id| self.permits.get_mut(id));
            renewed.into_iter().for_each(|old| old.end_at(permit.valid.start()));
            self.permits.insert(permit.id.clone(), permit.clone());
        }
        self.rounds.push(round.clone());
    }

    fn pass(&mut self, passing: &Passing) {
        for closed in &passing.closed {
            self.permits.remove(closed);
        }
        for passed in &passing.passed {
            self.permits.insert(passed.permit.id.clone(), passed.permit.clone());
        }
        self.passings.push(passing.clone());
    }

    /// Files a stay, and notes when its permit was in use.
    pub(super) fn keep(&mut self, billed: BilledStay) {
        let stay = &billed.stay;
        if let Some(user) = self.user(stay) {
            let uses = self.in_use.entry(user).or_default();
            uses.insert(stay.window.start(), stay.window.end());
        }
        self.stays.insert(stay.id.clone(), billed);
    }

    /// What a stay keeps in use: its permit, of a special permit one vehicle alone.
    pub(super) fn user(&self, stay: &Stay) -> Option<(PermitId, Option<VehicleId>)> {
        let permit = stay.permit.as_ref()?;
        Some((permit.clone(), self.special.contains_key(permit).then(|| stay.vehicle.clone())))
    }
}
