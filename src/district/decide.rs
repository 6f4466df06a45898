//! Deciding: guards in order of precedence, then the effect as events.

use super::{Action, Command, District, Event, Permit, Stay, Step, next};
use crate::calendar::Timestamp;
use crate::inventory::SpaceKind;
use crate::people::Application;
use crate::policy::{Bill, NotPriced, StayFacts};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Digest, Season};

impl District {
    /// What a command would lead to: one event. Looks, and changes nothing.
    ///
    /// A command decided before with the same content leads to no further event.
    ///
    /// # Errors
    /// The refusal of lowest number that applies.
    pub fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Some(known) = self.command(&command.id) {
            let again = Digest::of(command).is_ok_and(|digest| digest == known.digest);
            return if again { Ok(Vec::new()) } else { Err(Refusal::CommandIdReused) };
        }
        if self.clock.is_some_and(|clock| command.at < clock) {
            return Err(Refusal::CommandOutOfOrder);
        }
        let event = match &command.action {
            Action::Apply(application) => self.decide_application(application, command.at)?,
            Action::Withdraw(application) => self.decide_withdrawal(application, command.at)?,
            Action::HoldRound { season, seed } => self.decide_round(season, *seed, command.at)?,
            Action::AcceptOffer(offer) => self.decide_acceptance(offer, command.at)?,
            Action::DeclineOffer(offer) => self.decide_decline(offer, command.at)?,
            Action::CloseOffers(season) => self.decide_closing(season, command.at)?,
            Action::BillStay(stay) => self.decide_stay(stay, command.at)?,
            Action::GrantSpecial(request) => self.decide_grant(request, command.at)?,
            Action::ChangeSpecial { permit, change } => self.decide_change(permit, change, command.at)?,
            Action::RequestPapers { application, missing } => self.decide_request(application, missing, command.at)?,
            Action::Amend(application) => self.decide_amendment(application, command.at)?,
            Action::Suspend { .. }
            | Action::Reinstate(_)
            | Action::Revoke { .. }
            | Action::GiveBack(_)
            | Action::ChangeVehicle { .. }
            | Action::Moved { .. }
            | Action::Died { .. }
            | Action::VehicleSold(_)
            | Action::CloseLapsed(_) => self.decide_held(&command.action, command.at)?,
            Action::Complain(complaint) => self.decide_complaint(complaint, command.at)?,
            Action::AssignComplaint { complaint, officer } => self.decide_assignment(complaint, officer)?,
            Action::AnswerComplaint { complaint, outcome } => self.decide_answer(complaint, *outcome)?,
            Action::RateAnswer { complaint, by, satisfied } => self.decide_rating(complaint, by, *satisfied)?,
            Action::Appeal(appeal) => self.decide_appeal(appeal, command.at)?,
            Action::ResolveAppeal { appeal, officer, finding } => {
                self.decide_resolution(appeal, officer, finding, command.at)?
            }
            Action::FillVacancies(season) => self.decide_filling(season, command.at)?,
        };
        Ok(vec![event])
    }

    fn decide_application(&self, application: &Application, at: Timestamp) -> Result<Event, Refusal> {
        if self.applications.contains_key(&application.id) || self.requested.contains_key(&application.id) {
            return Err(Refusal::ApplicationIdReused);
        }
        self.check_facts(application, at).map(|()| Event::Applied(application.clone()))
    }

    /// The guards of the facts in an application, of a new one or an amended one.
    pub(super) fn check_facts(&self, application: &Application, at: Timestamp) -> Result<(), Refusal> {
        if self.inventory.door(&application.resident.door).is_none() {
            return Err(Refusal::UnknownDoor);
        }
        if application.applied_at > at {
            return Err(Refusal::AppliedInFuture);
        }
        let preferences = &application.preferences;
        let mut streets = preferences.ranked.iter().chain(&preferences.excluded);
        if !streets.all(|street| self.inventory.street(street).is_some()) {
            return Err(Refusal::UnknownStreet);
        }
        if preferences.check().is_err() {
            return Err(Refusal::ContradictoryPreferences);
        }
        if !self.policy.has_shift_of(application) {
            return Err(Refusal::UnknownShift);
        }
        if application.waiting_since.is_some_and(|since| since > application.applied_at) {
            return Err(Refusal::WaitingSinceLater);
        }
        if application.resident.sharing.check().is_err() {
            return Err(Refusal::ImpossibleSharing);
        }
        Ok(())
    }

    fn decide_withdrawal(&self, application: &ApplicationId, at: Timestamp) -> Result<Event, Refusal> {
        next(self.state(application, at).ok_or(Refusal::UnknownApplication)?, Step::Withdraw)?;
        Ok(Event::Withdrawn(application.clone()))
    }

    fn decide_round(&self, season: &Season, seed: u64, at: Timestamp) -> Result<Event, Refusal> {
        if self.rounds.iter().any(|round| round.season == *season) {
            return Err(Refusal::SeasonAllocated);
        }
        self.hold_round(season, seed, at).map(Event::RoundHeld)
    }

    fn decide_stay(&self, stay: &Stay, at: Timestamp) -> Result<Event, Refusal> {
        if self.stays.contains_key(&stay.id) {
            return Err(Refusal::StayIdReused);
        }
        let quoted = self.quote(stay);
        // A stay in the future is quoted, not billed; the refusals of lower number go first.
        if stay.window.end() > at && !quoted.as_ref().is_err_and(|no| *no < Refusal::StayNotEnded) {
            return Err(Refusal::StayNotEnded);
        }
        let bill = quoted?;
        Ok(Event::StayBilled { stay: stay.clone(), bill })
    }

    /// What a stay costs or would cost: the same bill that billing it gives.
    ///
    /// # Errors
    /// An unknown stretch or permit; a permit that is not in force for the whole stay, is suspended in it, is in use by
    /// another stay at the time (a special permit: by the same vehicle), or was for another vehicle then; a vehicle of a
    /// special permit that is not active for the whole stay; a stretch that is not open to the stay; a stay longer than
    /// 366 days or before the tariff's first version. The refusal of lowest number goes first.
    pub fn quote(&self, stay: &Stay) -> Result<Bill, Refusal> {
        let priced = self.price(stay);
        if priced.as_ref().is_err_and(|no| *no < Refusal::PermitInUse) {
            return priced;
        }
        let used = self.user(stay).and_then(|user| self.in_use.get(&user));
        let before = used.and_then(|uses| uses.range(..stay.window.end()).next_back());
        match before {
            Some((_, &end)) if end > stay.window.start() => Err(Refusal::PermitInUse),
            _ => priced,
        }
    }

    /// The bill of a stay whatever other stays its permit is under.
    ///
    /// # Errors
    /// Those of [`quote`](Self::quote) but for the permit being in use.
    pub fn price(&self, stay: &Stay) -> Result<Bill, Refusal> {
        let stretch = self.inventory.stretch(&stay.stretch).ok_or(Refusal::UnknownStretch)?;
        if let Some(special) = stay.permit.as_ref().and_then(|id| self.special.get(id)) {
            return self.price_special(stay, stretch.kind, special);
        }
        let permit = match &stay.permit {
            None => None,
            Some(id) => Some(self.permits.get(id).ok_or(Refusal::UnknownPermit)?),
        };
        let hours = |permit: &Permit| self.policy.shift_covers(permit.shift.as_ref(), stay.window);
        let free = |permit: &Permit| self.is_free_in(&permit.id, stay.window);
        if permit.is_some_and(|permit| !permit.covers(stay.window) || !hours(permit) || !free(permit)) {
            return Err(Refusal::PermitNotInForce);
        }
        let bill = self.price_as(stay, permit.map(|permit| permit.kind.as_str()))?;
        if permit.is_some_and(|permit| !self.has_vehicle(permit, stay.window, &stay.vehicle, stay.class)) {
            return Err(Refusal::NotThePermitsVehicle);
        }
        let open = match permit {
            Some(_) => self.policy.permits.space_kinds.contains(&stretch.kind),
            None => stretch.kind == SpaceKind::Shared,
        };
        if open { Ok(bill) } else { Err(Refusal::SpaceNotOpen) }
    }

    /// What a stay costs under a permit of this kind, or without one.
    pub(super) fn price_as(&self, stay: &Stay, kind: Option<&str>) -> Result<Bill, Refusal> {
        let facts = StayFacts {
            window: stay.window,
            class: &self.policy.permits.area_class,
            vehicle: stay.class,
            permit: kind,
            special_need: stay.special_need,
        };
        self.policy.price(&facts).map_err(|no| match no {
            NotPriced::TooLong { .. } => Refusal::StayTooLong,
            // A checked policy knows its own class, so only a date before the first version is left.
            _ => Refusal::NoTariffYet,
        })
    }
}
