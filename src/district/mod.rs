//! The whole state of a district and its three verbs: decide, apply, ask.
//!
//! [`District::decide`] is pure: it looks, and answers with events or a refusal. [`District::apply`] is total: it takes
//! the events over and never fails. Invariant: state changes in `apply` alone, and events hold results, so a replay
//! never decides again.

mod answer;
mod appeal;
mod apply;
mod changes;
mod command;
mod complaint;
mod complaints;
mod decide;
mod holding;
mod lifecycle;
mod line;
mod offered;
mod offers;
mod papers;
mod passing;
mod permit;
mod published;
mod queue;
mod reopen;
mod round;
mod special;
mod stay;
mod stored;
mod table;
mod turns;
mod waiting;
mod what_if;

pub use answer::{Answer, CeilingProof, Cutoff, Outcome, PlaceProof, Round};
pub use appeal::{
    Appeal, AppealFinding, AppealGround, Correction, DismissalGround, NewAnswer, RecordedAppeal, Reopened, Resolution,
};
pub use changes::{Change, Changed, Ended, Reach, Suspension};
pub use command::{Action, Command, Entry, Event};
pub use complaint::{
    Answered, Assigned, Complaint, ComplaintKind, ComplaintOutcome, Rated, RecordedComplaint, Subject,
};
pub use lifecycle::{State, Step, next};
pub use papers::{EarlierFacts, PapersRequest};
pub use passing::{Accepted, Passed, Passing};
pub use permit::Permit;
pub use published::{PublicBar, PublicRow, Publication};
pub use queue::Candidate;
pub use special::{Activation, SpecialChange, SpecialPermit, SpecialRequest, SpecialStep};
pub use stay::{BilledStay, Stay};
pub use table::{RoundMarket, RoundPlace};
pub use waiting::{
    Bounds, ClassCount, Estimate, LastRound, NoEstimate, NotWaiting, PeopleAhead, Positions, Span, Waiters,
    WaitingClass, WaitingList, WaitingReport, WaitingRow, WrongEstimate,
};

use crate::calendar::Timestamp;
use crate::error::Flaws;
use crate::inventory::Inventory;
use crate::people::Application;
use crate::policy::{Policy, Reason};
use crate::units::{ApplicationId, CommandId, ComplaintId, Digest, PermitId, StayId, StretchId, VehicleId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A district: the ground, the rules, and everything decided so far.
///
/// ```
/// use shared_parking::district::Entry;
/// use shared_parking::{Action, Command, District, Event, Refusal, sample};
/// let mut district: District = sample::small_district(1).unwrap();
/// let first = district.applications().next().unwrap().application.clone();
/// let (id, at) = ("c-1".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
///
/// // deciding looks and changes nothing
/// let twice = Command { id, at, action: Action::Apply(first.clone()) };
/// assert_eq!(district.decide(&twice), Err(Refusal::ApplicationIdReused));
/// let command = Command { action: Action::Withdraw(first.id.clone()), ..twice };
/// let events = district.decide(&command).unwrap();
/// assert_eq!(events, [Event::Withdrawn(first.id.clone())]);
///
/// // applying changes and never fails
/// district.apply(&Entry { command: command.clone(), events });
/// assert!(district.application(&first.id).unwrap().withdrawn.is_some());
/// assert_eq!(district.decide(&command), Ok(vec![])); // a retry leads to nothing more
/// ```
///
/// Cloning is cheap for ground and rules (shared) and linear in applications, permits and stays. Its JSON carries a
/// format number; reading it checks policy and ground, and that every record stands under its own id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "stored::Stored")]
pub struct District {
    format: stored::Format,
    inventory: Arc<Inventory>,
    policy: Arc<Policy>,
    /// The fingerprint of ground and rules on the day the district was founded.
    founded: Digest,
    /// The instant of the latest command.
    clock: Option<Timestamp>,
    commands: BTreeMap<CommandId, Logged>,
    applications: BTreeMap<ApplicationId, Recorded>,
    rounds: Vec<Round>,
    /// Spaces passed on after rounds, oldest first.
    passings: Vec<Passing>,
    /// The offers that were accepted.
    accepted: BTreeMap<PermitId, Accepted>,
    permits: BTreeMap<PermitId, Permit>,
    /// What happened to permits after they were given, oldest first.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    changes: BTreeMap<PermitId, Vec<Changed>>,
    stays: BTreeMap<StayId, BilledStay>,
    /// Derived: for each permit its stays, by their first instant, each with the first instant after it; of a special
    /// permit for each of its vehicles.
    #[serde(skip)]
    in_use: BTreeMap<(PermitId, Option<VehicleId>), BTreeMap<Timestamp, Timestamp>>,
    /// Permits outside rounds and ceilings.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    special: BTreeMap<PermitId, SpecialPermit>,
    /// Derived: the special permit that each request led to.
    #[serde(skip)]
    requested: BTreeMap<ApplicationId, PermitId>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    complaints: BTreeMap<ComplaintId, RecordedComplaint>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    appeals: BTreeMap<ComplaintId, RecordedAppeal>,
    /// Derived: the appeals upheld for each application, in the order in which they were resolved.
    #[serde(skip)]
    upheld: BTreeMap<ApplicationId, Vec<ComplaintId>>,
}

/// What is remembered of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logged {
    /// Its number, counted from 0.
    pub number: u64,
    /// When it was decided.
    pub at: Timestamp,
    /// The fingerprint of the whole command.
    pub digest: Digest,
}

/// An application, and what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// What was handed in, as amended last.
    pub application: Application,
    /// The number of the command that recorded it.
    pub by: u64,
    /// The number of the command that withdrew it, if one did.
    pub withdrawn: Option<u64>,
    /// The facts before each amendment, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierFacts>,
    /// The papers that were asked for, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<PapersRequest>,
}

impl District {
    /// A district in which nothing has happened yet.
    ///
    /// # Errors
    /// Every flaw of the policy: see [`Policy::check`]; and if there is none, of what it says of the ground: see
    /// [`Policy::check_ground`].
    pub fn new(inventory: Inventory, policy: Policy) -> Result<Self, Flaws> {
        policy.check()?;
        policy.check_ground(&inventory)?;
        Ok(Self {
            format: stored::Format,
            founded: fingerprint(&inventory, &policy),
            inventory: Arc::new(inventory),
            policy: Arc::new(policy),
            clock: None,
            commands: BTreeMap::new(),
            applications: BTreeMap::new(),
            rounds: Vec::new(),
            passings: Vec::new(),
            accepted: BTreeMap::new(),
            permits: BTreeMap::new(),
            changes: BTreeMap::new(),
            stays: BTreeMap::new(),
            in_use: BTreeMap::new(),
            special: BTreeMap::new(),
            requested: BTreeMap::new(),
            complaints: BTreeMap::new(),
            appeals: BTreeMap::new(),
            upheld: BTreeMap::new(),
        })
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

    /// Whether ground and rules are still those the district was founded with, by their fingerprint. O(ground).
    #[must_use]
    pub fn is_as_founded(&self) -> bool {
        self.founded == fingerprint(&self.inventory, &self.policy)
    }

    /// The instant of the latest command, if there was one.
    #[must_use]
    pub const fn clock(&self) -> Option<Timestamp> {
        self.clock
    }

    /// What is remembered of every command decided, sorted by id.
    pub fn commands(&self) -> impl ExactSizeIterator<Item = (&CommandId, &Logged)> {
        self.commands.iter()
    }

    /// What is remembered of one command.
    #[must_use]
    pub fn command(&self, id: &CommandId) -> Option<&Logged> {
        self.commands.get(id)
    }

    /// All applications ever recorded, sorted by id.
    pub fn applications(&self) -> impl Iterator<Item = &Recorded> {
        self.applications.values()
    }

    /// One application.
    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&Recorded> {
        self.applications.get(id)
    }

    /// Whether this application has ever led to a permit or an offer: then it is used up, and whoever wants another one
    /// applies anew. O(rounds log applications + spaces passed on).
    #[must_use]
    pub fn is_seated(&self, id: &ApplicationId) -> bool {
        self.seat_of(id).is_some()
    }

    /// The rounds held, oldest first.
    #[must_use]
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// Spaces passed on after rounds: of offers that were closed, of others that had fallen free; oldest first.
    #[must_use]
    pub fn passings(&self) -> &[Passing] {
        &self.passings
    }

    /// When each accepted offer was accepted, sorted by permit.
    pub fn accepted(&self) -> impl ExactSizeIterator<Item = (&PermitId, &Accepted)> {
        self.accepted.iter()
    }

    /// When one offer was accepted, if it was.
    #[must_use]
    pub fn acceptance(&self, offer: &PermitId) -> Option<&Accepted> {
        self.accepted.get(offer)
    }

    /// All permits ever issued and the offers that are open, sorted by id. Offers that were closed are in
    /// [`passings`](Self::passings).
    pub fn permits(&self) -> impl Iterator<Item = &Permit> {
        self.permits.values()
    }

    /// One permit.
    #[must_use]
    pub fn permit(&self, id: &PermitId) -> Option<&Permit> {
        self.permits.get(id)
    }

    /// How many spaces of each stretch are under a permit in force or an open offer at an instant; where spaces are given
    /// for several shifts, in the one with most of them. Stretches without any are absent. O(permits).
    #[must_use]
    pub fn held(&self, at: Timestamp) -> BTreeMap<&StretchId, u32> {
        let mut most = BTreeMap::new();
        for ((stretch, _), held) in offered::count(self.permits().filter(|permit| permit.valid.contains(at))) {
            let own = most.entry(stretch).or_insert(0);
            *own = held.max(*own);
        }
        most
    }

    /// All stays billed, sorted by id.
    pub fn stays(&self) -> impl Iterator<Item = &BilledStay> {
        self.stays.values()
    }

    /// All complaints, sorted by id.
    pub fn complaints(&self) -> impl ExactSizeIterator<Item = &RecordedComplaint> {
        self.complaints.values()
    }

    /// One complaint.
    #[must_use]
    pub fn complaint(&self, id: &ComplaintId) -> Option<&RecordedComplaint> {
        self.complaints.get(id)
    }

    /// All appeals, sorted by id.
    pub fn appeals(&self) -> impl ExactSizeIterator<Item = &RecordedAppeal> {
        self.appeals.values()
    }

    /// One appeal.
    #[must_use]
    pub fn appeal(&self, id: &ComplaintId) -> Option<&RecordedAppeal> {
        self.appeals.get(id)
    }

    /// All the reasons against an application at an instant, claims of others set aside; none when it is eligible.
    #[must_use]
    pub fn judge(&self, application: &Application, at: Timestamp) -> Vec<Reason> {
        self.judged(application, at, crate::policy::Claims::default())
    }

    /// The fingerprint of the whole state: equal districts have equal digests.
    ///
    /// # Errors
    /// Never in practice: every part of a district can be written as JSON.
    pub fn digest(&self) -> Result<Digest, serde_json::Error> {
        Digest::of(self)
    }
}

fn fingerprint(inventory: &Inventory, policy: &Policy) -> Digest {
    // Both are always writable as JSON; a digest of nothing would only make every check of it fail.
    Digest::of(&(inventory, policy)).unwrap_or_else(|_| Digest::of_bytes(b""))
}
