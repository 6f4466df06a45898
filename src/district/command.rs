//! What can be asked of a district, and what then happened.

use super::{
    Appeal, AppealFinding, Change, Complaint, ComplaintOutcome, Passing, Resolution, Round, SpecialChange,
    SpecialPermit, SpecialRequest, Stay,
};
use crate::calendar::{Date, Timestamp};
use crate::people::{Application, Resident, Vehicle};
use crate::policy::Bill;
use crate::units::{ApplicationId, CommandId, ComplaintId, DoorId, OfficerId, PermitId, ResidentId, Season, Word};
use serde::{Deserialize, Serialize};

/// A request to the district. The host names it, dates it, and supplies the seed of any draw.
///
/// A command sent again with the same id and content changes nothing; the same id with another content is refused. A
/// refused command leaves no trace, so its id is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Chosen by the host, so that a retry is recognised.
    pub id: CommandId,
    /// When it is decided; never before the command decided last. The library has no clock: compare it with yours
    /// before, for a command dated far ahead closes the district to all that come before its date.
    pub at: Timestamp,
    /// What is asked.
    pub action: Action,
}

/// What a [`Command`] asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Action {
    /// Record an application. Eligibility is judged when a round is held.
    Apply(Application),
    /// Take an application back: it takes part in no later round and claims nothing. Its id stays used; whoever wants
    /// to apply again does so under a new one.
    Withdraw(ApplicationId),
    /// Hold the round of a season: judge, order, seat, and issue permits.
    HoldRound {
        /// The season.
        season: Season,
        /// The public seed of the tickets.
        seed: u64,
    },
    /// Accept the open offer with this permit id: it becomes a permit, in force from now on.
    AcceptOffer(PermitId),
    /// Decline the open offer with this permit id; its space falls to the next in line.
    DeclineOffer(PermitId),
    /// Close all offers of a season that have lapsed; their spaces fall to the next in line.
    CloseOffers(Season),
    /// Bill a stay that has ended.
    BillStay(Stay),
    /// Grant a permit of a special class, in force from now on.
    GrantSpecial(SpecialRequest),
    /// Change a special permit that is in force.
    ChangeSpecial {
        /// Which.
        permit: PermitId,
        /// What is to change.
        change: SpecialChange,
    },
    /// Ask for papers that an application needs: until it is amended it takes no part in rounds, nor when spaces are
    /// passed on.
    RequestPapers {
        /// The application.
        application: ApplicationId,
        /// Which papers: at least one.
        missing: Vec<Word>,
    },
    /// Hand in new facts under the id of an application that has led to nothing yet: its date, resident and household
    /// stay, and since when the household waits may only become earlier. With it an incomplete one is complete.
    Amend(Application),
    /// Suspend a permit: it keeps its space, and no stay can be billed under it.
    Suspend {
        /// The permit.
        permit: PermitId,
        /// Why.
        reason: Word,
    },
    /// Lift the suspension of a permit.
    Reinstate(PermitId),
    /// Take a permit away: it ends now.
    Revoke {
        /// The permit.
        permit: PermitId,
        /// Why.
        reason: Word,
    },
    /// Give a permit back: it ends now.
    GiveBack(PermitId),
    /// Put another vehicle in the place of a permit's; after a sale the permit is suspended no more, but by the office.
    ChangeVehicle {
        /// The permit.
        permit: PermitId,
        /// The other vehicle.
        vehicle: Vehicle,
    },
    /// Report that a holder moved: the permit ends, or stays where the policy says so ([`LifeRules::on_move`]).
    ///
    /// [`LifeRules::on_move`]: crate::policy::LifeRules::on_move
    Moved {
        /// The permit.
        permit: PermitId,
        /// The new door.
        door: DoorId,
    },
    /// Report that a holder died: the permit ends, or somebody of the household takes it over where the policy says so.
    Died {
        /// The permit.
        permit: PermitId,
        /// Who takes it over: another resident of the same household and door.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heir: Option<Resident>,
    },
    /// Report that a permit's vehicle was sold: the permit ends, or is suspended for so many days in which another one
    /// can take its place, where the policy says so.
    VehicleSold(PermitId),
    /// End a permit whose vehicle was sold and had no other take its place in time.
    CloseLapsed(PermitId),
    /// Record a complaint.
    Complain(Complaint),
    /// Give a complaint that was not answered yet to an officer, in the place of any before.
    AssignComplaint {
        /// Which complaint.
        complaint: ComplaintId,
        /// To whom.
        officer: OfficerId,
    },
    /// Answer a complaint that was assigned.
    AnswerComplaint {
        /// Which complaint.
        complaint: ComplaintId,
        /// What came of it.
        outcome: ComplaintOutcome,
    },
    /// Say whether the answer to one's complaint satisfies: once.
    RateAnswer {
        /// Which complaint.
        complaint: ComplaintId,
        /// Who says so: whoever complained.
        by: ResidentId,
        /// Whether it does.
        satisfied: bool,
    },
    /// Appeal the latest decision on an application that has no permit or offer.
    Appeal(Appeal),
    /// Resolve an appeal; one that is upheld re-opens the decision at its place in the line of the latest round that
    /// answered the application.
    ResolveAppeal {
        /// Which appeal.
        appeal: ComplaintId,
        /// Who resolves it.
        officer: OfficerId,
        /// What the officer found.
        finding: AppealFinding,
    },
    /// Let spaces that fell free since fall to the next in line of the latest round, this season's.
    FillVacancies(Season),
}

/// What happened: results, so that applying one never computes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// An application was recorded.
    Applied(Application),
    /// An application was taken back.
    Withdrawn(ApplicationId),
    /// A round was held; its seated outcomes are permits, or offers.
    RoundHeld(Round),
    /// An offer was accepted.
    OfferAccepted(PermitId),
    /// Offers were closed, and their spaces passed on.
    SpacesPassedOn(Passing),
    /// A stay was billed.
    StayBilled {
        /// The stay.
        stay: Stay,
        /// What it costs, line by line.
        bill: Bill,
    },
    /// A special permit was granted.
    SpecialGranted(SpecialPermit),
    /// A special permit was changed.
    SpecialChanged {
        /// Which.
        permit: PermitId,
        /// What has changed.
        change: SpecialChange,
    },
    /// Papers were asked for.
    PapersRequested {
        /// The application.
        application: ApplicationId,
        /// Which papers.
        missing: Vec<Word>,
    },
    /// New facts took the place of an application's.
    Amended(Application),
    /// Something happened to a permit.
    PermitChanged {
        /// The permit.
        permit: PermitId,
        /// What.
        change: Change,
    },
    /// A complaint was recorded.
    ComplaintRaised {
        /// The complaint.
        complaint: Complaint,
        /// The last day on which an answer is in time.
        due: Date,
    },
    /// A complaint was given to an officer.
    ComplaintAssigned {
        /// Which complaint.
        complaint: ComplaintId,
        /// To whom.
        officer: OfficerId,
    },
    /// A complaint was answered.
    ComplaintAnswered {
        /// Which complaint.
        complaint: ComplaintId,
        /// What came of it.
        outcome: ComplaintOutcome,
    },
    /// Whoever complained said whether the answer satisfies.
    AnswerRated {
        /// Which complaint.
        complaint: ComplaintId,
        /// Whether it does.
        satisfied: bool,
    },
    /// A decision was appealed.
    AppealLodged {
        /// The appeal.
        appeal: Appeal,
        /// The last day on which an answer is in time.
        due: Date,
    },
    /// An appeal was resolved.
    AppealResolved {
        /// Which appeal.
        appeal: ComplaintId,
        /// How, and what was decided again.
        resolution: Box<Resolution>,
        /// The spaces that fell to the next in line with it, if any did.
        passing: Option<Passing>,
    },
}

/// A line of the journal: a command and what it led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What was asked.
    pub command: Command,
    /// What happened.
    pub events: Vec<Event>,
}

impl Entry {
    /// Whether the events answer the command: one event, of its kind and about its subject. What the event says (the
    /// round's result, the bill) is for the audit to check.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        let [event] = self.events.as_slice() else { return false };
        match (&self.command.action, event) {
            (Action::Apply(asked), Event::Applied(recorded)) => asked == recorded,
            (Action::Withdraw(asked), Event::Withdrawn(application)) => asked == application,
            (Action::HoldRound { season, seed }, Event::RoundHeld(round)) => {
                (&round.season, round.seed, round.at) == (season, *seed, self.command.at)
            }
            (Action::AcceptOffer(asked), Event::OfferAccepted(offer)) => asked == offer,
            (Action::DeclineOffer(asked), Event::SpacesPassedOn(passing)) => {
                (passing.declined.as_ref(), passing.at) == (Some(asked), self.command.at)
            }
            (Action::CloseOffers(asked), Event::SpacesPassedOn(passing)) => {
                (&passing.season, &passing.declined, passing.at) == (asked, &None, self.command.at)
            }
            (Action::BillStay(asked), Event::StayBilled { stay, .. }) => asked == stay,
            (Action::GrantSpecial(asked), Event::SpecialGranted(permit)) => {
                (asked, self.command.at) == (&permit.request, permit.valid.start()) && permit.changes.is_empty()
            }
            (Action::ChangeSpecial { permit: asked, change: wanted }, Event::SpecialChanged { permit, change }) => {
                (asked, wanted) == (permit, change)
            }
            (
                Action::RequestPapers { application: asked, missing: papers },
                Event::PapersRequested { application, missing },
            ) => (asked, papers) == (application, missing),
            (Action::Amend(asked), Event::Amended(recorded)) => asked == recorded,
            (asked, Event::PermitChanged { permit, change }) => *asked == change.asked(permit),
            (Action::FillVacancies(asked), Event::SpacesPassedOn(passing)) => {
                (&passing.season, &passing.declined, passing.at, passing.closed.is_empty())
                    == (asked, &None, self.command.at, true)
            }
            (asked, event) => event.answers_complaint(asked, self.command.at),
        }
    }
}

impl Event {
    /// Whether it answers a command about a complaint or an appeal.
    fn answers_complaint(&self, action: &Action, at: Timestamp) -> bool {
        match (action, self) {
            (Action::Complain(asked), Self::ComplaintRaised { complaint, .. }) => asked == complaint,
            (
                Action::AssignComplaint { complaint: asked, officer: to },
                Self::ComplaintAssigned { complaint, officer },
            ) => (asked, to) == (complaint, officer),
            (
                Action::AnswerComplaint { complaint: asked, outcome: so },
                Self::ComplaintAnswered { complaint, outcome },
            ) => (asked, so) == (complaint, outcome),
            (
                Action::RateAnswer { complaint: asked, satisfied: so, .. },
                Self::AnswerRated { complaint, satisfied },
            ) => (asked, so) == (complaint, satisfied),
            (Action::Appeal(asked), Self::AppealLodged { appeal, .. }) => asked == appeal,
            (
                Action::ResolveAppeal { appeal: asked, officer, finding },
                Self::AppealResolved { appeal, resolution, .. },
            ) => (asked, officer, finding, at) == (appeal, &resolution.officer, &resolution.finding, resolution.at),
            _ => false,
        }
    }
}
