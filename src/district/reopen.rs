//! Appeals: lodged, dismissed, or upheld; and decisions taken again at their place in the line of their round.
//!
//! Invariant: what is decided again is judged and scored at the round's instant with the round's season and seed, so the
//! ticket is the old one; nobody who has a permit or an offer loses it by an appeal.

use super::line::{Again, Entrant};
use super::queue::Candidate;
use super::{Appeal, AppealFinding, Correction, District, Event, NewAnswer, Passing, Reopened, Resolution, Round};
use crate::calendar::Timestamp;
use crate::market::{Lots, Mechanism};
use crate::people::Application;
use crate::policy::Claims;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, ComplaintId, OfficerId, PermitId, Season};
use std::collections::BTreeSet;

impl District {
    pub(super) fn decide_appeal(&self, appeal: &Appeal, at: Timestamp) -> Result<Event, Refusal> {
        self.check_waiting(&appeal.application)?;
        self.check_complaint_id(&appeal.id)?;
        let round = self.rounds.iter().find(|round| round.season == appeal.season).ok_or(Refusal::UnknownDecision)?;
        round.answer(&appeal.application).ok_or(Refusal::UnknownDecision)?;
        if self.latest_round_of(&appeal.application).is_some_and(|latest| latest.season != round.season) {
            return Err(Refusal::RoundSuperseded);
        }
        if self.is_seated(&appeal.application) {
            return Err(Refusal::DecisionSeated);
        }
        let day = |at| self.policy.zone.local(at).date;
        if day(at) > day(round.at).plus_days(i32::from(self.policy.complaints.appeal_days)) {
            return Err(Refusal::AppealTooLate);
        }
        let same = |other: &Appeal| (&other.season, &other.application) == (&appeal.season, &appeal.application);
        if self.appeals.values().any(|recorded| same(&recorded.appeal)) {
            return Err(Refusal::AppealedBefore);
        }
        Ok(Event::AppealLodged { appeal: appeal.clone(), due: self.due(at) })
    }

    pub(super) fn decide_resolution(
        &self,
        id: &ComplaintId,
        officer: &OfficerId,
        finding: &AppealFinding,
        at: Timestamp,
    ) -> Result<Event, Refusal> {
        let recorded = self.appeals.get(id);
        let unsound = match finding {
            AppealFinding::Upheld { corrected: Correction::Fact(own) } => self.check_facts(own, at).err(),
            _ => None,
        };
        let against = [
            unsound,
            recorded.is_none().then_some(Refusal::UnknownAppeal),
            recorded.is_some_and(|own| own.resolved.is_some()).then_some(Refusal::AppealResolved),
            recorded.and_then(|own| self.check_correction(&own.appeal.application, finding).err()),
        ];
        if let Some(no) = against.into_iter().flatten().min() {
            return Err(no);
        }
        let application = &recorded.ok_or(Refusal::UnknownAppeal)?.appeal.application;
        let (reopened, passing) = match finding {
            AppealFinding::Dismissed { .. } => (None, None),
            AppealFinding::Upheld { corrected } => {
                let (reopened, passing) = self.reopen(application, corrected, at)?;
                (Some(reopened), passing)
            }
        };
        let (officer, finding, by) = (officer.clone(), finding.clone(), self.next_number());
        let resolution = Box::new(Resolution { officer, finding, at, by, reopened });
        Ok(Event::AppealResolved { appeal: id.clone(), resolution, passing })
    }

    pub(super) fn decide_filling(&self, season: &Season, at: Timestamp) -> Result<Event, Refusal> {
        let round = self.rounds.iter().find(|round| round.season == *season).ok_or(Refusal::UnknownDecision)?;
        if !self.is_latest(round) {
            return Err(Refusal::RoundSuperseded);
        }
        let passing = self.fill(round, None, at)?;
        passing.map(Event::SpacesPassedOn).ok_or(Refusal::NothingToPass)
    }

    /// The spaces that are free now, passed on to the next in line of the latest round; `None` where nothing changes, or
    /// where claims differ from place to place, so that there is no one line.
    fn fill(&self, round: &Round, again: Option<Again<'_>>, at: Timestamp) -> Result<Option<Passing>, Refusal> {
        let per_place = self.policy.round.mechanism == Mechanism::DeferredAcceptance(Lots::PerPlace);
        if per_place || self.policy.standing.has_pair_points() {
            return Ok(None);
        }
        let passing = self.passing(round, None, Vec::new(), again, at)?;
        Ok(Some(passing).filter(|passing| !passing.passed.is_empty()))
    }

    fn is_latest(&self, round: &Round) -> bool {
        self.rounds.last().is_some_and(|latest| latest.season == round.season)
    }

    fn latest_round_of(&self, application: &ApplicationId) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| round.answer(application).is_some())
    }

    fn check_waiting(&self, application: &ApplicationId) -> Result<(), Refusal> {
        let recorded = self.applications.get(application);
        let waits = recorded.is_some_and(|recorded| recorded.withdrawn.is_none());
        if waits { Ok(()) } else { Err(Refusal::UnknownApplication) }
    }

    /// Whether a decision on this application can be opened again with this correction.
    fn check_correction(&self, id: &ApplicationId, finding: &AppealFinding) -> Result<(), Refusal> {
        let AppealFinding::Upheld { corrected } = finding else { return Ok(()) };
        let facts = &self.application(id).ok_or(Refusal::UnknownApplication)?.application;
        let wrong = match corrected {
            Correction::Fact(own) => {
                let own = &**own;
                let kept = (&own.id, own.applied_at, &own.resident.id) == (id, facts.applied_at, &facts.resident.id);
                (!kept || own == facts).then_some(Refusal::NotACorrection)
            }
            Correction::Rule(refusal) => {
                let round = self.latest_round_of(id).ok_or(Refusal::UnknownDecision)?;
                let known = self.set_aside(&round.season, id);
                let reasons = self.judged(facts, round.at, Claims::default());
                let own = reasons.iter().any(|reason| reason.refusal == *refusal) && !known.contains(refusal);
                (!own).then_some(Refusal::RuleNotApplied)
            }
        };
        let seated = self.is_seated(id).then_some(Refusal::DecisionSeated);
        let incomplete = self.application(id).is_some_and(|known| known.misses_papers(u64::MAX));
        let incomplete = incomplete.then_some(Refusal::PapersMissing);
        let against = [self.check_waiting(id).err(), incomplete, seated, wrong];
        against.into_iter().flatten().min().map_or(Ok(()), Err)
    }

    /// Decides again on an application that waits.
    fn reopen(
        &self,
        id: &ApplicationId,
        corrected: &Correction,
        at: Timestamp,
    ) -> Result<(Reopened, Option<Passing>), Refusal> {
        let round = self.latest_round_of(id).ok_or(Refusal::UnknownDecision)?;
        let (season, mut set_aside) = (round.season.clone(), self.set_aside(&round.season, id));
        let application = match corrected {
            Correction::Fact(facts) => facts,
            Correction::Rule(refusal) => {
                set_aside.push(*refusal);
                &self.application(id).ok_or(Refusal::UnknownApplication)?.application
            }
        };
        let claims = self.claims_before(round, application);
        let mut reasons = self.judged(application, round.at, claims);
        reasons.retain(|reason| !set_aside.contains(&reason.refusal));
        if !reasons.is_empty() {
            return Ok((Reopened { season, answer: NewAnswer::NotEligible { reasons }, permit: None }, None));
        }
        let standing = self.score(application, claims, &season, round.seed, round.at);
        let quota = self.turn_of(round, application);
        let candidate = Candidate { application, standing: standing.clone(), renews: None, quota };
        let ahead = self.positions(round).filter(|(_, other, incumbent)| {
            other.application.id != *id && (*incumbent || self.rank(other) < self.rank(&candidate))
        });
        let after = ahead.map(|(position, ..)| position).max().unwrap_or(0);
        let number = self.number_of(round, id);
        let answer = NewAnswer::InLine { standing, after, number };
        let passing = if self.is_latest(round) {
            self.fill(round, Some(Again { after, entrant: Entrant { candidate, number, set_aside } }), at)?
        } else {
            None
        };
        let passed = passing.iter().flat_map(|passing| &passing.passed);
        let permit = passed.map(|passed| &passed.permit).find(|permit| permit.application == *id);
        Ok((Reopened { season, answer, permit: permit.map(|permit| permit.id.clone()) }, passing))
    }

    /// What others claim against an application in a round: the permits given before it that end after its instant, as they
    /// stand now, but the one that the application would have renewed; and everybody in line who applied before.
    fn claims_before(&self, round: &Round, application: &Application) -> Claims {
        let renewed = |permit: &super::Permit| {
            (&permit.resident, &permit.vehicle) == (&application.resident.id, &application.vehicle.id)
                && self.is_renewable(permit, round.at)
                && self.accepts_held(application, permit)
        };
        let rounds = self.rounds.iter().filter(|other| other.by < round.by).flat_map(Round::permits);
        let passings = self.passings.iter().filter(|passing| passing.by < round.by);
        let passed = passings.flat_map(|passing| &passing.passed).map(|passed| &passed.permit);
        let given: BTreeSet<&PermitId> = rounds.chain(passed).map(|permit| &permit.id).collect();
        let earlier = self
            .permits
            .values()
            .filter(|permit| given.contains(&permit.id) && permit.valid.end() > round.at && !renewed(permit));
        let mut ledger = self.claims_of(earlier);
        let turn = |own: &Application| (own.applied_at, own.id.clone());
        for entrant in self.line_of(round, None) {
            let other = entrant.candidate.application;
            if turn(other) < turn(application) {
                ledger.claim_for(other);
            }
        }
        ledger.claims(application)
    }
}
