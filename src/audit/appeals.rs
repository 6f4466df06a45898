//! Checking appeals: lodged in time against the right decision, and what was decided again.
//!
//! Invariant: the new answer is derived here again from the facts as corrected and the rules; the district's own line is
//! not asked.

use super::application::{first_used, is_on_the_ground};
use super::finding::Finding;
use super::line::{Entrant, can_pass_on, eligible, is_latest, line_of, reopened, set_aside, turn_of};
use super::party::{Counts, claim_for, claim_of, renews};
use super::passing::check_nobody_could_come;
use super::rank::facts;
use crate::calendar::Timestamp;
use crate::district::{
    Answer, AppealFinding, Correction, District, NewAnswer, Passing, Permit, RecordedAppeal, Reopened, Resolution,
    Round,
};
use crate::people::Application;
use crate::policy::{Circumstances, Claims, Reason, judge};
use crate::units::{ApplicationId, PermitId};
use std::collections::{BTreeMap, BTreeSet};

/// Checks when and against what appeals were lodged, and what their findings say. O(appeals x rounds + permits, log each).
pub(super) fn check_appeals(district: &District, findings: &mut Vec<Finding>) {
    let (used, mut decisions) = (first_used(district), BTreeSet::new());
    let policy = district.policy();
    let day = |at: Timestamp| policy.zone.local(at).date;
    for recorded in district.appeals() {
        let (appeal, by) = (&recorded.appeal, recorded.by);
        let round = district.rounds().iter().find(|round| round.season == appeal.season);
        let days = |round: &Round| day(round.at).plus_days(i32::from(policy.complaints.appeal_days));
        let in_time = round.is_some_and(|round| day(recorded.at) <= days(round));
        let sound = in_time
            && latest(district, &appeal.application, by).is_some_and(|latest| latest.season == appeal.season)
            && waits(district, &used, &appeal.application, by)
            && recorded.due == day(recorded.at).plus_days(i32::from(policy.complaints.answer_days))
            && decisions.insert((&appeal.season, &appeal.application))
            && district.complaint(&appeal.id).is_none()
            && recorded.resolved.as_ref().is_none_or(|own| is_resolved(district, recorded, own, &used));
        if !sound {
            findings.push(Finding::WrongAppeal(appeal.id.clone()));
        }
    }
}

/// Whether an application waited for a permit before a command.
fn waits(district: &District, used: &BTreeMap<&ApplicationId, u64>, id: &ApplicationId, by: u64) -> bool {
    let recorded = district.application(id);
    recorded.is_some_and(|own| own.by < by && own.withdrawn.is_none_or(|withdrawn| by < withdrawn))
        && used.get(id).is_none_or(|used| by <= *used)
}

/// The latest round before a command that answered an application.
fn latest<'a>(district: &'a District, id: &ApplicationId, before: u64) -> Option<&'a Round> {
    district
        .rounds()
        .iter()
        .filter(|round| round.by < before && round.answer(id).is_some())
        .max_by_key(|round| round.by)
}

/// The permits and offers that a round or a later command gave first.
fn given_since<'a>(district: &'a District, round: &'a Round) -> impl Iterator<Item = &'a PermitId> {
    let rounds = district.rounds().iter().filter(|other| other.by >= round.by).flat_map(Round::permits);
    let passings = district.passings().iter().filter(|passing| passing.by >= round.by);
    // One that moved on was given before.
    let passed = passings.flat_map(|passing| &passing.passed).filter(|passed| passed.from.is_none());
    rounds.chain(passed.map(|passed| &passed.permit)).map(|permit| &permit.id)
}

fn passing_of(district: &District, by: u64) -> Option<&Passing> {
    district.passings().iter().find(|passing| passing.by == by)
}

/// Whether a resolution came after its appeal, decided again when it upheld it and only then, and corrected something.
fn is_resolved(
    district: &District,
    recorded: &RecordedAppeal,
    own: &Resolution,
    used: &BTreeMap<&ApplicationId, u64>,
) -> bool {
    let id = &recorded.appeal.application;
    let AppealFinding::Upheld { corrected } = &own.finding else {
        return recorded.by < own.by && own.reopened.is_none() && passing_of(district, own.by).is_none();
    };
    let corrects = match (corrected, district.application(id).map(|known| (known, known.as_of(own.by)))) {
        (Correction::Fact(facts), Some((recorded, known))) => {
            (&facts.id, facts.applied_at, &facts.resident.id) == (id, known.applied_at, &known.resident.id)
                && **facts != *known
                && recorded.as_of(own.by + 1) == &**facts
                && is_on_the_ground(district, facts)
        }
        (Correction::Rule(_), known) => known.is_some(),
        (Correction::Fact(_), None) => false,
    };
    let complete = district.application(id).is_some_and(|known| !known.misses_papers(own.by));
    recorded.by < own.by && own.reopened.is_some() && corrects && complete && waits(district, used, id, own.by)
}

/// Checks a decision that was taken again; `before` are the permits and offers that stood before. O(answers + appeals),
/// and where nothing was passed on the choices in the line.
pub(super) fn check_reopened(
    district: &District,
    recorded: &RecordedAppeal,
    before: &BTreeMap<PermitId, Permit>,
    findings: &mut Vec<Finding>,
) {
    let id = &recorded.appeal.application;
    let Some((again, by)) = recorded.reopened() else { return };
    let round = latest(district, id, by).filter(|round| round.season == again.season);
    let due = round.and_then(|round| Case { district, round, recorded, by }.answer(before));
    if due.as_ref() != Some(&again.answer) {
        return findings.push(Finding::WrongAppeal(recorded.appeal.id.clone()));
    }
    let Some((round, at)) = round.zip(recorded.resolved.as_ref().map(|own| own.at)) else { return };
    let falls = is_latest(district, round, by) && can_pass_on(district);
    let falls = falls && matches!(again.answer, NewAnswer::InLine { .. });
    let passing = passing_of(district, by);
    let passed = passing.into_iter().flat_map(|passing| &passing.passed).map(|passed| &passed.permit);
    let permit = passed.into_iter().find(|permit| permit.application == *id).map(|permit| &permit.id);
    // No offer is closed with it: that takes a command of its own.
    let closes = |passing: &Passing| passing.declined.is_some() || !passing.closed.is_empty();
    let sound = |own: &Passing| falls && !closes(own) && own.season == round.season && own.at == at;
    let right = passing.is_none_or(sound);
    if !right || permit != again.permit.as_ref() {
        findings.push(Finding::WrongAppeal(recorded.appeal.id.clone()));
    }
    if passing.is_none() && falls {
        check_nobody_could_come(district, round, (at, by), before, findings);
    }
}

/// A decision that was taken again, and by which command.
struct Case<'a> {
    district: &'a District,
    round: &'a Round,
    recorded: &'a RecordedAppeal,
    by: u64,
}

impl<'a> Case<'a> {
    /// The answer that the rules give; `None` when the rule said to be misapplied did not speak against the applicant.
    fn answer(&self, before: &BTreeMap<PermitId, Permit>) -> Option<NewAnswer> {
        let (district, round, id) = (self.district, self.round, &self.recorded.appeal.application);
        let application = district.application(id)?.as_of(self.by + 1);
        if let (Correction::Rule(refusal), _) = self.recorded.correction()? {
            let own = self.judged(application, Claims::default());
            let known = set_aside(district, &round.season, id, self.by);
            if known.contains(refusal) || !own.iter().any(|reason| reason.refusal == *refusal) {
                return None;
            }
        }
        let claims = self.claims(application, before)?;
        let mut reasons = self.judged(application, claims);
        let aside = set_aside(district, &round.season, id, self.by + 1);
        reasons.retain(|reason| !aside.contains(&reason.refusal));
        if !reasons.is_empty() {
            return Some(NewAnswer::NotEligible { reasons });
        }
        let standing =
            district.policy().standing.score(application, &facts(district, round, application, claims.household));
        let turn = turn_of(district, round, application);
        let own = Entrant { application, standing: &standing, renewed: false, number: 0, set_aside: Vec::new(), turn };
        let mut after = 0;
        for found in eligible(district, round, self.by) {
            let (position, other) = found?;
            if other.application.id != *id && other.key() < own.key() {
                after = after.max(position);
            }
        }
        let number = self.number()?;
        Some(NewAnswer::InLine { standing, after, number })
    }

    fn judged(&self, application: &Application, claims: Claims) -> Vec<Reason> {
        let policy = self.district.policy();
        let circumstances = Circumstances::of(policy, self.district.inventory(), self.round.at, claims);
        let circumstances = circumstances.for_application(policy, application, self.round.at);
        judge(&policy.eligibility, application, &circumstances)
    }

    /// The permits given before the round that end after its instant, but the one that the applicant would have renewed;
    /// and everybody in line who applied before.
    fn claims(&self, application: &Application, before: &BTreeMap<PermitId, Permit>) -> Option<Claims> {
        let (district, round) = (self.district, self.round);
        let own = claim_for(application);
        let mut counts = Counts::default();
        let later: BTreeSet<&PermitId> = given_since(district, round).collect();
        for permit in before.values().filter(|permit| !later.contains(&permit.id) && permit.valid.end() > round.at) {
            let same = (&permit.vehicle, &permit.resident) == (&application.vehicle.id, &application.resident.id);
            if !(same && renews(district, round, application, permit)) {
                counts.change(claim_of(permit), 1);
            }
        }
        let line = line_of(district, round, self.by)?;
        let earlier = |other: &&Application| (other.applied_at, &other.id) < (application.applied_at, &application.id);
        for other in line.iter().map(|entrant| entrant.application).filter(earlier) {
            counts.change(claim_for(other), 1);
        }
        Some(counts.of(own))
    }

    /// The position in the round, or the number it was given before, or the first that nobody has.
    fn number(&self) -> Option<u32> {
        let (district, round, id) = (self.district, self.round, &self.recorded.appeal.application);
        if let Some(Answer::Seated { position, .. } | Answer::LeftOut { position, .. }) = round.answer(id) {
            return Some(*position);
        }
        let mut last = 0;
        for found in eligible(district, round, self.by) {
            last = last.max(found?.0);
        }
        for (other, _) in reopened(district, &round.season, self.by) {
            if let Some((Reopened { answer: NewAnswer::InLine { number, .. }, .. }, _)) = other.reopened() {
                if other.appeal.application == *id {
                    return Some(*number);
                }
                last = last.max(*number);
            }
        }
        last.checked_add(1)
    }
}
