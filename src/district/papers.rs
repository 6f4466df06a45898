//! Papers asked for, and facts amended: what happens to an application before it leads to anything.
//!
//! Invariant: the facts as they stood before any command can be told, so that what was decided from them can be checked.

use super::{District, Event, Recorded, Step, next};
use crate::calendar::Timestamp;
use crate::people::Application;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Word};
use serde::{Deserialize, Serialize};

/// The facts of an application before an amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierFacts {
    /// The facts.
    pub application: Application,
    /// The number of the command that put others in their place.
    pub until: u64,
}

/// Papers that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PapersRequest {
    /// Which papers.
    pub missing: Vec<Word>,
    /// The number of the command.
    pub by: u64,
}

impl Recorded {
    pub(super) const fn new(application: Application, by: u64) -> Self {
        Self { application, by, withdrawn: None, earlier: Vec::new(), requests: Vec::new() }
    }

    pub(super) fn ask(&mut self, missing: Vec<Word>, by: u64) {
        self.requests.push(PapersRequest { missing, by });
    }

    pub(super) fn amend(&mut self, facts: Application, by: u64) {
        let application = std::mem::replace(&mut self.application, facts);
        self.earlier.push(EarlierFacts { application, until: by });
    }

    /// The facts as the command of this number found them; as they stand for one that is still to come.
    ///
    /// ```
    /// use shared_parking::{Action, Command, Journal, sample};
    /// let mut journal = Journal::new(sample::small_district(1).unwrap());
    /// let first = journal.district().applications().next().unwrap().application.clone();
    /// let mut other = first.clone();
    /// other.resident.special_need = shared_parking::people::SpecialNeed::Disability;
    /// let (id, at) = ("c-1".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
    /// journal.execute(Command { id, at, action: Action::Amend(other.clone()) }).unwrap();
    ///
    /// let recorded = journal.district().application(&first.id).unwrap();
    /// let by = recorded.earlier[0].until;
    /// assert_eq!((recorded.as_of(by), recorded.as_of(by + 1)), (&first, &other));
    /// ```
    #[must_use]
    pub fn as_of(&self, number: u64) -> &Application {
        let earlier = self.earlier.iter().find(|facts| facts.until >= number);
        earlier.map_or(&self.application, |facts| &facts.application)
    }

    /// Whether papers were missing when the command of this number came: asked for, and the application not amended since.
    #[must_use]
    pub fn misses_papers(&self, number: u64) -> bool {
        let asked = self.requests.iter().rev().map(|request| request.by).find(|&by| by < number);
        asked.is_some_and(|by| !self.earlier.iter().any(|facts| by < facts.until && facts.until < number))
    }

    /// Whether it is complete and was not taken back: then it takes part in the next round, unless it has led to a permit
    /// or an offer.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.withdrawn.is_none() && !self.misses_papers(u64::MAX)
    }
}

impl District {
    pub(super) fn decide_request(
        &self,
        application: &ApplicationId,
        missing: &[Word],
        at: Timestamp,
    ) -> Result<Event, Refusal> {
        let state = self.state(application, at).ok_or(Refusal::UnknownApplication)?;
        let legal = next(state, Step::AskPapers);
        if missing.is_empty() && !legal.is_err_and(|no| no < Refusal::NoPaperNamed) {
            return Err(Refusal::NoPaperNamed);
        }
        legal?;
        Ok(Event::PapersRequested { application: application.clone(), missing: missing.to_vec() })
    }

    pub(super) fn decide_amendment(&self, facts: &Application, at: Timestamp) -> Result<Event, Refusal> {
        let known = self.application(&facts.id);
        let state = self.state(&facts.id, at).ok_or(Refusal::UnknownApplication);
        let legal = state.and_then(|state| next(state, Step::Amend));
        let fixed = known.is_some_and(|known| !keeps_what_is_fixed(&known.application, facts));
        let fixed = if fixed { Err(Refusal::FactsFixed) } else { Ok(()) };
        let guards = [self.check_facts(facts, at), legal.map(|_| ()), fixed];
        match guards.into_iter().filter_map(Result::err).min() {
            Some(refusal) => Err(refusal),
            None => Ok(Event::Amended(facts.clone())),
        }
    }
}

/// Date, resident and household stay, and the household has waited no shorter.
fn keeps_what_is_fixed(before: &Application, after: &Application) -> bool {
    let waits_since = |own: &Application| own.waiting_since.map_or(own.applied_at, |since| since.min(own.applied_at));
    before.applied_at == after.applied_at
        && (&before.resident.id, &before.resident.household) == (&after.resident.id, &after.resident.household)
        && waits_since(after) <= waits_since(before)
}
