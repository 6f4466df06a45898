//! How applications stand, told from what happened alone: events in their order, and the documented table.

use super::table::documented;
use shared_parking::district::{Answer, Change};
use shared_parking::{ApplicationId, Event, Permit, PermitId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A permit or offer as a naive observer sees it.
#[derive(Clone)]
struct Known {
    application: ApplicationId,
    end: Timestamp,
    by_office: bool,
    sold: bool,
}

/// The naive observer.
pub struct Model {
    table: BTreeMap<(String, String), String>,
    states: BTreeMap<ApplicationId, String>,
    permits: BTreeMap<PermitId, Known>,
    /// Every step taken, with the state it was taken in.
    pub taken: BTreeSet<(String, String)>,
}

impl Model {
    pub fn new() -> Self {
        let (states, permits, taken) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { table: documented(), states, permits, taken }
    }

    pub fn states(&self) -> impl Iterator<Item = (&ApplicationId, &str)> {
        self.states.iter().map(|(id, state)| (id, state.as_str()))
    }

    /// The cell for a step in the state that an application is in.
    pub fn cell(&self, application: &ApplicationId, step: &str) -> &str {
        &self.table[&(self.states[application].clone(), step.to_owned())]
    }

    /// Time passes: permits come to their end.
    pub fn wait(&mut self, at: Timestamp) {
        let over = self.permits.values().filter(|known| known.end <= at).cloned().collect::<Vec<_>>();
        for known in over {
            if ["active", "suspended"].contains(&self.states[&known.application].as_str()) {
                self.step(&known.application, "expire");
            }
        }
    }

    fn step(&mut self, application: &ApplicationId, step: &str) {
        let state = self.states.get_mut(application).expect("a recorded application");
        let key = (state.clone(), step.to_owned());
        let cell = &self.table[&key];
        assert!(!cell.starts_with('1'), "{application} took the step {step} in state {state}: {cell}");
        cell.clone_into(state);
        self.taken.insert(key);
    }

    fn give(&mut self, permit: &Permit) {
        if let Some(old) = permit.renews.as_ref().map(|old| self.permits[old].application.clone()) {
            self.step(&old, "renew");
        }
        self.step(&permit.application, if permit.offer.is_some() { "offer" } else { "seat" });
        let (application, end) = (permit.application.clone(), permit.valid.end());
        self.permits.insert(permit.id.clone(), Known { application, end, by_office: false, sold: false });
    }

    pub fn hear(&mut self, event: &Event, at: Timestamp) {
        self.wait(at);
        match event {
            Event::Applied(own) => {
                self.states.insert(own.id.clone(), "applied".to_owned());
            }
            Event::Amended(own) => self.step(&own.id, "amend"),
            Event::PapersRequested { application, .. } => self.step(application, "ask-papers"),
            Event::Withdrawn(application) => self.step(application, "withdraw"),
            Event::RoundHeld(round) => {
                for outcome in &round.outcomes {
                    match &outcome.answer {
                        Answer::Seated { permit, .. } => self.give(permit),
                        _ => self.step(&outcome.application, "leave-out"),
                    }
                }
            }
            Event::OfferAccepted(offer) => self.step(&self.permits[offer].application.clone(), "accept"),
            Event::SpacesPassedOn(passing) => {
                let how = if passing.declined.is_some() { "decline" } else { "lapse" };
                for closed in &passing.closed {
                    let known = self.permits.remove(closed).expect("an offer");
                    self.step(&known.application, how);
                }
                passing.passed.iter().for_each(|passed| self.give(&passed.permit));
            }
            Event::StayBilled { .. } => {}
            Event::PermitChanged { permit, change } => self.change(permit, change),
            other => panic!("nobody told the model about {other:?}"),
        }
    }

    fn change(&mut self, permit: &PermitId, change: &Change) {
        let known = self.permits.get_mut(permit).expect("a permit");
        let application = known.application.clone();
        let step = match change {
            Change::Suspended { .. } => {
                known.by_office = true;
                "suspend"
            }
            Change::Reinstated => {
                known.by_office = false;
                "reinstate"
            }
            Change::Revoked { .. } => "revoke",
            Change::GivenBack => "give-back",
            Change::VehicleChanged(_) if known.sold && !known.by_office => {
                known.sold = false;
                self.step(&application, "alter");
                "reinstate"
            }
            Change::VehicleChanged(_) => {
                known.sold = false;
                "alter"
            }
            Change::Moved { kept: Some(_), .. } | Change::Died { heir: Some(_) } => "alter",
            Change::VehicleSold { another_by: Some(_) } => {
                known.sold = true;
                "sell"
            }
            Change::Moved { kept: None, .. }
            | Change::Died { heir: None }
            | Change::VehicleSold { another_by: None }
            | Change::VehicleLapsed => "end",
            other => panic!("nobody told the model about {other:?}"),
        };
        self.step(&application, step);
    }
}
