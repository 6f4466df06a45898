//! Checking complaints: about something that there was, due on the right day, and answered in the right order; and what
//! the records of complaints and appeals say was asked.

use super::finding::Finding;
use crate::calendar::Timestamp;
use crate::district::{Action, District, RecordedComplaint, Subject};

/// Checks every complaint. O(complaints x (rounds + log records)).
pub(super) fn check_complaints(district: &District, findings: &mut Vec<Finding>) {
    let policy = district.policy();
    for recorded in district.complaints() {
        let due = policy.zone.local(recorded.at).date.plus_days(i32::from(policy.complaints.answer_days));
        let sound = recorded.due == due
            && is_about_something(district, recorded)
            && is_in_order(recorded)
            && district.appeal(&recorded.complaint.id).is_none();
        if !sound {
            findings.push(Finding::WrongComplaint(recorded.complaint.id.clone()));
        }
    }
}

fn is_about_something(district: &District, recorded: &RecordedComplaint) -> bool {
    match &recorded.complaint.about {
        Subject::Space { stretch } => district.inventory().stretch(stretch).is_some(),
        Subject::Stay(stay) => district.stays().any(|billed| billed.stay.id == *stay && billed.by < recorded.by),
        Subject::Decision { season, application } => {
            let round = district.rounds().iter().find(|round| round.season == *season);
            round.is_some_and(|round| round.by < recorded.by && round.answer(application).is_some())
        }
    }
}

/// Assigned, to another officer each time, then answered, then rated.
fn is_in_order(recorded: &RecordedComplaint) -> bool {
    let assigned = recorded.assigned.iter().map(|assigned| assigned.by);
    let steps = assigned.chain(recorded.answered.map(|own| own.by)).chain(recorded.rated.map(|own| own.by));
    let steps: Vec<u64> = std::iter::once(recorded.by).chain(steps).collect();
    steps.is_sorted_by(|earlier, later| earlier < later)
        && recorded.assigned.windows(2).all(|pair| pair[0].officer != pair[1].officer)
        && (recorded.answered.is_none() || !recorded.assigned.is_empty())
        && (recorded.rated.is_none() || recorded.answered.is_some())
}

/// What the records of complaints and appeals say of themselves: see the log's own subjects.
pub(super) fn subjects(district: &District) -> impl Iterator<Item = (String, u64, Option<Timestamp>, Action)> {
    let complaints = district.complaints().flat_map(|recorded| {
        let (id, by) = (&recorded.complaint.id, &recorded.complaint.by);
        let raised = [(recorded.by, recorded.at, Action::Complain(recorded.complaint.clone()))];
        let assigned = recorded.assigned.iter().map(|own| {
            let (complaint, officer) = (id.clone(), own.officer.clone());
            (own.by, own.at, Action::AssignComplaint { complaint, officer })
        });
        let answered = recorded.answered.map(|own| {
            let (complaint, outcome) = (id.clone(), own.outcome);
            (own.by, own.at, Action::AnswerComplaint { complaint, outcome })
        });
        let rated = recorded.rated.map(|own| {
            let (complaint, by, satisfied) = (id.clone(), by.clone(), own.satisfied);
            (own.by, own.at, Action::RateAnswer { complaint, by, satisfied })
        });
        let steps = raised.into_iter().chain(assigned).chain(answered).chain(rated);
        steps.map(move |(number, at, asked)| (format!("complaint {id}"), number, Some(at), asked))
    });
    let appeals = district.appeals().flat_map(|recorded| {
        let id = &recorded.appeal.id;
        let lodged = [(recorded.by, recorded.at, Action::Appeal(recorded.appeal.clone()))];
        let resolved = recorded.resolved.as_ref().map(|own| {
            let (appeal, officer, finding) = (id.clone(), own.officer.clone(), own.finding.clone());
            (own.by, own.at, Action::ResolveAppeal { appeal, officer, finding })
        });
        let steps = lodged.into_iter().chain(resolved);
        steps.map(move |(number, at, asked)| (format!("appeal {id}"), number, Some(at), asked))
    });
    complaints.chain(appeals)
}
