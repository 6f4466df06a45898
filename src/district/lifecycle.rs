//! From application to the end of a permit: the states, the steps between them, and which of them are legal.
//!
//! A state is that of one application together with the permit or offer it led to. Every command that moves one from
//! state to state goes through [`next`], and so does the renewal of permits in a round. States down, steps across; a cell
//! holds the state that follows, or the number of the refusal.
//!
//! | | amend | ask-papers | withdraw | leave-out | offer | seat | accept | decline | lapse |
//! |---|---|---|---|---|---|---|---|---|---|
//! | applied | applied | incomplete | withdrawn | waiting | offered | active | 123 | 123 | 123 |
//! | incomplete | applied | incomplete | withdrawn | 131 | 131 | 131 | 123 | 123 | 123 |
//! | waiting | applied | incomplete | withdrawn | waiting | offered | active | 123 | 123 | 123 |
//! | offered | 132 | 132 | 114 | 132 | offered | 132 | active | withdrawn | expired |
//! | active | 132 | 132 | 114 | 132 | 132 | 132 | 123 | 123 | 123 |
//! | suspended | 132 | 132 | 114 | 132 | 132 | 132 | 123 | 123 | 123 |
//! | expired | 132 | 132 | 114 | 132 | 132 | 132 | 123 | 123 | 123 |
//! | revoked | 132 | 132 | 114 | 132 | 132 | 132 | 123 | 123 | 123 |
//! | withdrawn | 113 | 113 | 113 | 113 | 113 | 113 | 123 | 123 | 123 |
//!
//! | | suspend | reinstate | alter | sell | renew | revoke | give-back | end | expire |
//! |---|---|---|---|---|---|---|---|---|---|
//! | applied | 108 | 108 | 108 | 108 | 108 | 108 | 108 | 108 | 108 |
//! | incomplete | 108 | 108 | 108 | 108 | 108 | 108 | 108 | 108 | 108 |
//! | waiting | 108 | 108 | 108 | 108 | 108 | 108 | 108 | 108 | 108 |
//! | offered | 134 | 134 | 134 | 134 | 134 | 134 | 134 | 134 | 134 |
//! | active | suspended | 137 | active | suspended | expired | revoked | withdrawn | expired | expired |
//! | suspended | 136 | active | suspended | suspended | 136 | revoked | withdrawn | expired | expired |
//! | expired | 135 | 135 | 135 | 135 | 135 | 135 | 135 | 135 | 135 |
//! | revoked | 135 | 135 | 135 | 135 | 135 | 135 | 135 | 135 | 135 |
//! | withdrawn | 135 | 135 | 135 | 135 | 135 | 135 | 135 | 135 | 135 |
//!
//! A legal step can still be refused for what the command says: a vehicle that is not admitted, an offer that has lapsed.

use super::{Answer, District, Ended, Permit, Recorded};
use crate::calendar::Timestamp;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, PermitId};
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($(#[$one:meta])* $word:ident = $slug:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$one])* $word,)*
        }

        impl $name {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// The word, the same as in JSON and in the table.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$word => $slug,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

words! {
    /// How an application stands, together with the permit or offer it led to.
    State:
    /// Recorded, or amended, and no round has judged its facts as they stand.
    Applied = "applied",
    /// Papers were asked for and have not come: it takes no part in rounds, nor when spaces are passed on.
    Incomplete = "incomplete",
    /// A round has answered its facts with a no, or an upheld appeal has put them in line, and it takes part in the next.
    Waiting = "waiting",
    /// There is an open offer. Once it has lapsed it can be declined or closed and no longer accepted.
    Offered = "offered",
    /// Its permit is in force.
    Active = "active",
    /// Its permit keeps its space, and no stay can be billed under it.
    Suspended = "suspended",
    /// Its time is over: its permit ended, was renewed by another, or lost the ground it was given on (the holder moved
    /// or died, the vehicle was sold); or its offer lapsed and was closed.
    Expired = "expired",
    /// Its permit was taken away.
    Revoked = "revoked",
    /// The application was taken back, its offer declined, or its permit given back.
    Withdrawn = "withdrawn",
}

words! {
    /// What moves an application or its permit from state to state.
    Step:
    /// New facts are handed in.
    Amend = "amend",
    /// Papers are asked for.
    AskPapers = "ask-papers",
    /// The application is taken back.
    Withdraw = "withdraw",
    /// A round says no.
    LeaveOut = "leave-out",
    /// A space is offered: by a round, or when spaces are passed on; then an open offer may give way to a better one.
    Offer = "offer",
    /// A round gives a permit.
    Seat = "seat",
    /// The offer is accepted.
    Accept = "accept",
    /// The offer is declined.
    Decline = "decline",
    /// The offer has lapsed and is closed.
    Lapse = "lapse",
    /// The permit is suspended.
    Suspend = "suspend",
    /// The suspension ends.
    Reinstate = "reinstate",
    /// Vehicle, door or holder change, and the permit stays.
    Alter = "alter",
    /// The vehicle was sold, and another one may take its place.
    Sell = "sell",
    /// A round gives another permit in its place.
    Renew = "renew",
    /// The permit is taken away.
    Revoke = "revoke",
    /// The holder gives the permit back.
    GiveBack = "give-back",
    /// The permit loses the ground it was given on.
    End = "end",
    /// The permit's time is over.
    Expire = "expire",
}

/// The state after a step.
///
/// # Errors
/// The refusal where the step is not legal in that state: see the table above.
///
/// ```
/// use shared_parking::Refusal;
/// use shared_parking::district::{State, Step, next};
/// assert_eq!(next(State::Active, Step::Suspend), Ok(State::Suspended));
/// assert_eq!(next(State::Suspended, Step::Renew), Err(Refusal::PermitSuspended));
/// assert_eq!(next(State::Expired, Step::Reinstate), Err(Refusal::PermitEnded));
/// ```
pub const fn next(state: State, step: Step) -> Result<State, Refusal> {
    match step {
        Step::Amend | Step::AskPapers | Step::Withdraw => while_waiting(state, step),
        Step::LeaveOut | Step::Offer | Step::Seat => in_round(state, step),
        Step::Accept | Step::Decline | Step::Lapse => while_offered(state, step),
        _ => while_held(state, step),
    }
}

const fn while_waiting(state: State, step: Step) -> Result<State, Refusal> {
    match (state, step) {
        (State::Withdrawn, _) => Err(Refusal::UnknownApplication),
        (State::Applied | State::Incomplete | State::Waiting, Step::Amend) => Ok(State::Applied),
        (State::Applied | State::Incomplete | State::Waiting, Step::AskPapers) => Ok(State::Incomplete),
        (State::Applied | State::Incomplete | State::Waiting, _) => Ok(State::Withdrawn),
        (_, Step::Withdraw) => Err(Refusal::ApplicationSeated),
        _ => Err(Refusal::ApplicationUsedUp),
    }
}

const fn in_round(state: State, step: Step) -> Result<State, Refusal> {
    match (state, step) {
        (State::Withdrawn, _) => Err(Refusal::UnknownApplication),
        (State::Incomplete, _) => Err(Refusal::PapersMissing),
        (State::Applied | State::Waiting, Step::LeaveOut) => Ok(State::Waiting),
        (State::Applied | State::Waiting, Step::Seat) => Ok(State::Active),
        (State::Applied | State::Waiting | State::Offered, Step::Offer) => Ok(State::Offered),
        _ => Err(Refusal::ApplicationUsedUp),
    }
}

const fn while_offered(state: State, step: Step) -> Result<State, Refusal> {
    match (state, step) {
        (State::Offered, Step::Accept) => Ok(State::Active),
        (State::Offered, Step::Decline) => Ok(State::Withdrawn),
        (State::Offered, _) => Ok(State::Expired),
        _ => Err(Refusal::UnknownOffer),
    }
}

const fn while_held(state: State, step: Step) -> Result<State, Refusal> {
    match (state, step) {
        (State::Applied | State::Incomplete | State::Waiting, _) => Err(Refusal::UnknownPermit),
        (State::Offered, _) => Err(Refusal::OfferNotAccepted),
        (State::Expired | State::Revoked | State::Withdrawn, _) => Err(Refusal::PermitEnded),
        (State::Suspended, Step::Suspend | Step::Renew) => Err(Refusal::PermitSuspended),
        (State::Active, Step::Reinstate) => Err(Refusal::PermitNotSuspended),
        (_, Step::Revoke) => Ok(State::Revoked),
        (_, Step::GiveBack) => Ok(State::Withdrawn),
        (_, Step::Suspend | Step::Sell) => Ok(State::Suspended),
        (_, Step::Reinstate) => Ok(State::Active),
        (_, Step::Alter) => Ok(state),
        _ => Ok(State::Expired),
    }
}

impl District {
    /// How an application stands at an instant, together with the permit or offer it led to; `None` when it was never
    /// recorded. What was decided so far counts, and of an instant before the latest command's this says nothing. O(rounds
    /// log applications + spaces passed on).
    ///
    /// ```
    /// use shared_parking::district::State;
    /// use shared_parking::{Action, Command, Journal, Season, Timestamp, sample};
    /// let mut journal = Journal::new(sample::small_district(1).unwrap());
    /// let at: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
    /// let own = journal.district().applications().next().unwrap().application.id.clone();
    /// assert_eq!(journal.district().state(&own, at), Some(State::Applied));
    ///
    /// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
    /// journal.execute(Command { id: "round".parse().unwrap(), at, action }).unwrap();
    /// let permit = journal.district().permits().next().unwrap();
    /// assert_eq!(journal.district().state(&permit.application, at), Some(State::Active));
    /// assert_eq!(journal.district().state(&permit.application, permit.valid.end()), Some(State::Expired));
    /// ```
    #[must_use]
    pub fn state(&self, application: &ApplicationId, at: Timestamp) -> Option<State> {
        let recorded = self.application(application)?;
        if recorded.withdrawn.is_some() {
            return Some(State::Withdrawn);
        }
        let Some(id) = self.seat_of(application) else {
            return Some(self.waiting_state(recorded));
        };
        let closed = || {
            let passing = self.passings().iter().rev().find(|passing| passing.closed.binary_search(id).is_ok());
            let declined = passing.is_some_and(|passing| passing.declined.is_some());
            if declined { State::Withdrawn } else { State::Expired }
        };
        Some(self.permit(id).map_or_else(closed, |permit| permit.state(at)))
    }

    /// The permit or offer that an application led to.
    pub(super) fn seat_of(&self, application: &ApplicationId) -> Option<&PermitId> {
        let seated = self.rounds().iter().find_map(|round| match round.answer(application) {
            Some(Answer::Seated { permit, .. }) => Some(&permit.id),
            _ => None,
        });
        let passed = || {
            let mut passed = self.passings().iter().flat_map(|passing| &passing.passed).map(|passed| &passed.permit);
            passed.find(|permit| permit.application == *application).map(|permit| &permit.id)
        };
        seated.or_else(passed)
    }

    fn waiting_state(&self, recorded: &Recorded) -> State {
        if recorded.misses_papers(u64::MAX) {
            return State::Incomplete;
        }
        let since = recorded.earlier.last().map_or(recorded.by, |facts| facts.until);
        let judged = self.rounds().iter().rev().take_while(|round| round.by > since);
        let judged = judged.filter(|round| round.answer(&recorded.application.id).is_some());
        let upheld = self.upheld.get(&recorded.application.id).into_iter().flatten();
        let mut again = upheld.filter_map(|appeal| Some(self.appeal(appeal)?.reopened()?.1));
        if judged.count() > 0 || again.any(|by| by >= since) { State::Waiting } else { State::Applied }
    }
}

impl Permit {
    /// How it stands at an instant: offered, active, suspended, or one of the ends.
    #[must_use]
    pub fn state(&self, at: Timestamp) -> State {
        match self.ended {
            Some(Ended::Revoked) => State::Revoked,
            Some(Ended::GivenBack) => State::Withdrawn,
            Some(_) => State::Expired,
            None if self.offer.is_some() => State::Offered,
            None if at >= self.valid.end() => State::Expired,
            None if self.suspended.is_some() => State::Suspended,
            None => State::Active,
        }
    }
}
