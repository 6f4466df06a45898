//! Taking events over. Total: nothing here can fail, and nothing here decides.

use super::{BilledStay, District, Entry, Event, Recorded, Round};
use crate::units::Digest;

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
        self.commands.insert(command.id.clone(), (number, digest));
        self.clock = self.clock.max(Some(command.at));
        for event in &entry.events {
            self.take(event, number);
        }
    }

    /// The number the next command will have.
    pub(super) fn next_number(&self) -> u64 {
        self.commands.len() as u64
    }

    fn take(&mut self, event: &Event, number: u64) {
        match event {
            Event::Applied(application) => {
                let recorded = Recorded { by: number, application: application.clone() };
                self.applications.insert(application.id.clone(), recorded);
            }
            Event::RoundHeld(round) => self.issue(round),
            Event::StayBilled { stay, bill } => {
                let billed = BilledStay { stay: stay.clone(), bill: bill.clone() };
                self.stays.insert(stay.id.clone(), billed);
            }
        }
    }

    fn issue(&mut self, round: &Round) {
        for permit in round.permits() {
            self.permits.insert(permit.id.clone(), permit.clone());
        }
        self.rounds.push(round.clone());
    }
}
