//! Complaints: raised, assigned, answered, and the answer rated.

use super::{Complaint, ComplaintOutcome, District, Event, RecordedComplaint, Subject};
use crate::calendar::{Date, Timestamp};
use crate::refusal::Refusal;
use crate::units::{ComplaintId, OfficerId, ResidentId};

impl District {
    pub(super) fn decide_complaint(&self, complaint: &Complaint, at: Timestamp) -> Result<Event, Refusal> {
        if let Subject::Space { stretch } = &complaint.about
            && self.inventory.stretch(stretch).is_none()
        {
            return Err(Refusal::UnknownStretch);
        }
        self.check_complaint_id(&complaint.id)?;
        match &complaint.about {
            Subject::Stay(stay) if !self.stays.contains_key(stay) => return Err(Refusal::UnknownStay),
            Subject::Decision { season, application } => {
                let round = self.rounds.iter().find(|round| round.season == *season);
                round.and_then(|round| round.answer(application)).ok_or(Refusal::UnknownDecision)?;
            }
            _ => {}
        }
        Ok(Event::ComplaintRaised { complaint: complaint.clone(), due: self.due(at) })
    }

    pub(super) fn decide_assignment(&self, complaint: &ComplaintId, officer: &OfficerId) -> Result<Event, Refusal> {
        let recorded = self.open_complaint(complaint)?;
        if recorded.officer() == Some(officer) {
            return Err(Refusal::OfficerUnchanged);
        }
        Ok(Event::ComplaintAssigned { complaint: complaint.clone(), officer: officer.clone() })
    }

    pub(super) fn decide_answer(&self, complaint: &ComplaintId, outcome: ComplaintOutcome) -> Result<Event, Refusal> {
        self.open_complaint(complaint)?.officer().ok_or(Refusal::ComplaintNotAssigned)?;
        Ok(Event::ComplaintAnswered { complaint: complaint.clone(), outcome })
    }

    pub(super) fn decide_rating(
        &self,
        complaint: &ComplaintId,
        by: &ResidentId,
        satisfied: bool,
    ) -> Result<Event, Refusal> {
        let recorded = self.complaints.get(complaint).ok_or(Refusal::UnknownComplaint)?;
        if recorded.answered.is_none() {
            return Err(Refusal::ComplaintNotAnswered);
        }
        if recorded.rated.is_some() {
            return Err(Refusal::AnswerRated);
        }
        if recorded.complaint.by != *by {
            return Err(Refusal::NotTheComplainant);
        }
        Ok(Event::AnswerRated { complaint: complaint.clone(), satisfied })
    }

    fn open_complaint(&self, complaint: &ComplaintId) -> Result<&RecordedComplaint, Refusal> {
        let recorded = self.complaints.get(complaint).ok_or(Refusal::UnknownComplaint)?;
        if recorded.answered.is_some() { Err(Refusal::ComplaintAnswered) } else { Ok(recorded) }
    }

    /// Complaints and appeals share their ids.
    pub(super) fn check_complaint_id(&self, id: &ComplaintId) -> Result<(), Refusal> {
        let used = self.complaints.contains_key(id) || self.appeals.contains_key(id);
        if used { Err(Refusal::ComplaintIdReused) } else { Ok(()) }
    }

    /// The last day on which an answer to what comes in at an instant is in time.
    pub(super) fn due(&self, at: Timestamp) -> Date {
        self.policy.zone.local(at).date.plus_days(i32::from(self.policy.complaints.answer_days))
    }
}
