//! Deciding: guards in order of precedence, then the effect as events.

use super::{Action, Command, District, Event, Stay};
use crate::calendar::Timestamp;
use crate::people::{Application, SpecialNeed};
use crate::policy::{Bill, StayFacts};
use crate::refusal::Refusal;
use crate::units::Digest;

impl District {
    /// What a command would lead to. Looks, and changes nothing.
    ///
    /// A command decided before with the same content leads to no further events.
    ///
    /// # Errors
    /// The refusal of lowest number that applies.
    pub fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Some((_, digest)) = self.command(&command.id) {
            let again = Digest::of(command).is_ok_and(|own| own == digest);
            return if again { Ok(Vec::new()) } else { Err(Refusal::CommandIdReused) };
        }
        if self.clock.is_some_and(|clock| command.at < clock) {
            return Err(Refusal::CommandOutOfOrder);
        }
        let event = match &command.action {
            Action::Apply(application) => self.decide_application(application, command.at)?,
            Action::HoldRound { season, seed } => {
                if self.rounds.iter().any(|round| round.season == *season) {
                    return Err(Refusal::SeasonAllocated);
                }
                Event::RoundHeld(self.hold_round(season, *seed, command.at)?)
            }
            Action::BillStay(stay) => self.decide_stay(stay)?,
        };
        Ok(vec![event])
    }

    fn decide_application(&self, application: &Application, at: Timestamp) -> Result<Event, Refusal> {
        if self.applications.contains_key(&application.id) {
            return Err(Refusal::ApplicationIdReused);
        }
        if self.inventory.door(&application.resident.door).is_none() {
            return Err(Refusal::UnknownDoor);
        }
        if application.applied_at > at {
            return Err(Refusal::AppliedInFuture);
        }
        Ok(Event::Applied(application.clone()))
    }

    fn decide_stay(&self, stay: &Stay) -> Result<Event, Refusal> {
        if self.stays.contains_key(&stay.id) {
            return Err(Refusal::StayIdReused);
        }
        let bill = self.quote(stay)?;
        Ok(Event::StayBilled { stay: stay.clone(), bill })
    }

    /// What a stay would cost: the same bill that billing it gives.
    ///
    /// # Errors
    /// An unknown stretch or permit, a permit not in force when the stay starts, or a stay the tariff gives no price.
    pub fn quote(&self, stay: &Stay) -> Result<Bill, Refusal> {
        if self.inventory.stretch(&stay.stretch).is_none() {
            return Err(Refusal::UnknownStretch);
        }
        let permit = match &stay.permit {
            None => None,
            Some(id) => Some(self.permits.get(id).ok_or(Refusal::UnknownPermit)?),
        };
        if permit.is_some_and(|permit| !permit.valid.contains(stay.window.start())) {
            return Err(Refusal::PermitNotInForce);
        }
        let facts = StayFacts {
            window: stay.window,
            class: &self.policy.permits.area_class,
            vehicle: stay.vehicle,
            permit: permit.map(|permit| permit.kind.as_str()),
            special_need: permit
                .and_then(|permit| self.application(&permit.application))
                .map_or(SpecialNeed::None, |application| application.resident.special_need),
        };
        self.policy.price(&facts).map_err(|_| Refusal::StayNotPriced)
    }
}
