//! Taking events over. Total: nothing here can fail, and nothing here decides.

use super::{BilledStay, District, Entry, Event, Logged, Recorded, Round};
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
        self.commands.insert(command.id.clone(), Logged { number, at: command.at, digest });
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
                let recorded = Recorded { application: application.clone(), by: number, withdrawn: None };
                self.applications.insert(application.id.clone(), recorded);
            }
            Event::Withdrawn(application) => {
                if let Some(recorded) = self.applications.get_mut(application) {
                    recorded.withdrawn = Some(number);
                }
            }
            Event::RoundHeld(round) => self.issue(round),
            Event::StayBilled { stay, bill } => {
                self.keep(BilledStay { stay: stay.clone(), bill: bill.clone(), by: number });
            }
        }
    }

    fn issue(&mut self, round: &Round) {
        for permit in round.permits() {
            self.permits.insert(permit.id.clone(), permit.clone());
        }
        self.rounds.push(round.clone());
    }

    /// Files a stay, and notes when its permit was in use.
    pub(super) fn keep(&mut self, billed: BilledStay) {
        let stay = &billed.stay;
        if let Some(permit) = &stay.permit {
            let uses = self.in_use.entry(permit.clone()).or_default();
            uses.insert(stay.window.start(), stay.window.end());
        }
        self.stays.insert(stay.id.clone(), billed);
    }
}
