//! The whole state of a district and its three verbs: decide, apply, ask.
//!
//! [`District::decide`] is pure: it looks, and answers with events or a refusal. [`District::apply`] is total: it takes
//! the events over and never fails. Invariant: state changes in `apply` alone, and events hold results, so a replay
//! never decides again.

mod answer;
mod apply;
mod command;
mod decide;
mod permit;
mod queue;
mod round;

pub use answer::{Answer, Cutoff, Outcome, PlaceProof, Round};
pub use command::{Action, Command, Entry, Event, Stay};
pub use permit::Permit;

use crate::calendar::Timestamp;
use crate::inventory::Inventory;
use crate::people::Application;
use crate::policy::{Bill, Policy};
use crate::units::{ApplicationId, CommandId, Digest, PermitId, StayId, StretchId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A district: the ground, the rules, and everything decided so far.
///
/// Cloning is cheap for ground and rules (shared) and linear in applications, permits and stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    inventory: Arc<Inventory>,
    policy: Arc<Policy>,
    /// The instant of the latest command.
    clock: Option<Timestamp>,
    /// Each command's number, counted from 0, and the digest of its content.
    commands: BTreeMap<CommandId, (u64, Digest)>,
    applications: BTreeMap<ApplicationId, Recorded>,
    rounds: Vec<Round>,
    permits: BTreeMap<PermitId, Permit>,
    stays: BTreeMap<StayId, BilledStay>,
}

/// An application, and the number of the command that recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    by: u64,
    application: Application,
}

/// A stay with its bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BilledStay {
    /// The stay.
    pub stay: Stay,
    /// What it costs, line by line.
    pub bill: Bill,
}

impl District {
    /// A district in which nothing has happened yet.
    #[must_use]
    pub fn new(inventory: Inventory, policy: Policy) -> Self {
        Self {
            inventory: Arc::new(inventory),
            policy: Arc::new(policy),
            clock: None,
            commands: BTreeMap::new(),
            applications: BTreeMap::new(),
            rounds: Vec::new(),
            permits: BTreeMap::new(),
            stays: BTreeMap::new(),
        }
    }

    /// What is on the ground.
    #[must_use]
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// The rules.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The instant of the latest command, if there was one.
    #[must_use]
    pub const fn clock(&self) -> Option<Timestamp> {
        self.clock
    }

    /// The number of a command decided before, counted from 0, and the digest of its content.
    #[must_use]
    pub fn command(&self, id: &CommandId) -> Option<(u64, Digest)> {
        self.commands.get(id).copied()
    }

    /// All applications, sorted by id.
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.values().map(|recorded| &recorded.application)
    }

    /// One application.
    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&Application> {
        self.applications.get(id).map(|recorded| &recorded.application)
    }

    /// The number of the command that recorded an application.
    #[must_use]
    pub fn recorded_by(&self, id: &ApplicationId) -> Option<u64> {
        self.applications.get(id).map(|recorded| recorded.by)
    }

    /// The rounds held, oldest first.
    #[must_use]
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// All permits ever issued, sorted by id.
    pub fn permits(&self) -> impl Iterator<Item = &Permit> {
        self.permits.values()
    }

    /// One permit.
    #[must_use]
    pub fn permit(&self, id: &PermitId) -> Option<&Permit> {
        self.permits.get(id)
    }

    /// How many permits in force at an instant name each stretch; stretches without any are absent. O(permits).
    #[must_use]
    pub fn held(&self, at: Timestamp) -> BTreeMap<&StretchId, u32> {
        let mut held = BTreeMap::new();
        for permit in self.permits().filter(|permit| permit.valid.contains(at)) {
            *held.entry(&permit.stretch).or_insert(0) += 1;
        }
        held
    }

    /// All stays billed, sorted by id.
    pub fn stays(&self) -> impl Iterator<Item = &BilledStay> {
        self.stays.values()
    }

    /// The fingerprint of the whole state: equal districts have equal digests.
    ///
    /// # Errors
    /// Never in practice: every part of a district can be written as JSON.
    pub fn digest(&self) -> Result<Digest, serde_json::Error> {
        Digest::of(self)
    }
}
