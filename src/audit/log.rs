//! The records against the commands they came from.
//!
//! Every record of a district is the subject of one command, and the district keeps each command's number, instant and
//! fingerprint. So the command can be put together again from the record, and a record, number or instant that was
//! changed by accident no longer fits. A fingerprint is no signature: intent is found by publishing the journal's head.

use super::application::corrections;
use super::complaints;
use super::finding::Finding;
use crate::calendar::Timestamp;
use crate::district::{Action, Command, District, Logged};
use crate::units::{CommandId, Digest};
use std::collections::{BTreeMap, BTreeSet};

/// Checks numbers, instants, clock and fingerprints. O(records log records).
pub(super) fn check_log(district: &District, findings: &mut Vec<Finding>) {
    let mut log: Vec<(&CommandId, &Logged)> = district.commands().collect();
    log.sort_by_key(|(_, logged)| logged.number);
    let mut latest: Option<Timestamp> = None;
    for ((id, logged), number) in log.iter().zip(0..) {
        if logged.number != number || latest.is_some_and(|latest| logged.at < latest) {
            findings.push(Finding::StrayCommand((*id).clone()));
        }
        latest = latest.max(Some(logged.at));
    }
    if district.clock() != latest {
        findings.push(Finding::WrongClock);
    }
    let mut unclaimed: BTreeMap<u64, (&CommandId, &Logged)> =
        log.into_iter().map(|(id, logged)| (logged.number, (id, logged))).collect();
    for (what, number, at, action) in subjects(district) {
        let asked = unclaimed.remove(&number).is_some_and(|(id, logged)| {
            let command = Command { id: id.clone(), at: logged.at, action };
            at.is_none_or(|at| at == logged.at) && Digest::of(&command).is_ok_and(|digest| digest == logged.digest)
        });
        if !asked {
            findings.push(Finding::NotAsked(what, number));
        }
    }
    findings.extend(unclaimed.into_values().map(|(id, _)| Finding::StrayCommand(id.clone())));
}

/// The same of special permits and what was changed of them.
fn special(district: &District) -> impl Iterator<Item = (String, u64, Option<Timestamp>, Action)> {
    district.special_permits().flat_map(|permit| {
        let asked = Action::GrantSpecial(permit.request.clone());
        let granted = (format!("special permit {}", permit.id), permit.by, Some(permit.valid.start()), asked);
        let changes = permit.changes.iter().map(|step| {
            let asked = Action::ChangeSpecial { permit: permit.id.clone(), change: step.change.clone() };
            (format!("change of {}", permit.id), step.by, Some(step.at), asked)
        });
        std::iter::once(granted).chain(changes)
    })
}

/// What each record says of itself: its name, the number of its command, its instant if it has one, and what was asked.
fn subjects(district: &District) -> impl Iterator<Item = (String, u64, Option<Timestamp>, Action)> {
    let applications = district.applications().map(|recorded| {
        let asked = Action::Apply(recorded.as_of(0).clone());
        (format!("application {}", recorded.application.id), recorded.by, None, asked)
    });
    let withdrawals = district.applications().filter_map(|recorded| {
        let id = &recorded.application.id;
        Some((format!("withdrawal of {id}"), recorded.withdrawn?, None, Action::Withdraw(id.clone())))
    });
    let rounds = district.rounds().iter().map(|round| {
        let asked = Action::HoldRound { season: round.season.clone(), seed: round.seed };
        (format!("round {}", round.season), round.by, Some(round.at), asked)
    });
    let accepted = district.accepted().map(|(id, accepted)| {
        (format!("acceptance of {id}"), accepted.by, Some(accepted.at), Action::AcceptOffer(id.clone()))
    });
    // What fell to the next in line with an upheld appeal is part of its record.
    let upheld: BTreeSet<u64> = district.appeals().filter_map(|own| Some(own.reopened()?.1)).collect();
    let passings = district.passings().iter().filter(move |passing| !upheld.contains(&passing.by)).map(|passing| {
        let asked = match &passing.declined {
            Some(offer) => Action::DeclineOffer(offer.clone()),
            None if passing.closed.is_empty() => Action::FillVacancies(passing.season.clone()),
            None => Action::CloseOffers(passing.season.clone()),
        };
        (format!("offers of {} passed on", passing.season), passing.by, Some(passing.at), asked)
    });
    let stays = district
        .stays()
        .map(|billed| (format!("stay {}", billed.stay.id), billed.by, None, Action::BillStay(billed.stay.clone())));
    // So are the facts that an upheld appeal put right.
    let corrected = corrections(district);
    let amendments = district.applications().flat_map(move |recorded| {
        // What one amendment brought stood until the next.
        let facts = recorded.earlier.iter().skip(1).map(|facts| &facts.application).chain([&recorded.application]);
        let amended = recorded.earlier.iter().zip(facts);
        let amended = amended.filter(|(before, facts)| !corrected.contains_key(&(&facts.id, before.until)));
        let amended = amended.map(|(before, facts)| {
            (format!("amendment of {}", facts.id), before.until, None, Action::Amend(facts.clone()))
        });
        amended.collect::<Vec<_>>()
    });
    let requests = district.applications().flat_map(|recorded| {
        let id = &recorded.application.id;
        recorded.requests.iter().map(move |request| {
            let asked = Action::RequestPapers { application: id.clone(), missing: request.missing.clone() };
            (format!("papers for {id}"), request.by, None, asked)
        })
    });
    let changes = district.changes().flat_map(|(permit, changes)| {
        changes
            .iter()
            .map(move |own| (format!("change of permit {permit}"), own.by, Some(own.at), own.change.asked(permit)))
    });
    let changes = amendments.chain(requests).chain(changes);
    let complaints = complaints::subjects(district);
    applications
        .chain(withdrawals)
        .chain(rounds)
        .chain(accepted)
        .chain(passings)
        .chain(stays)
        .chain(special(district))
        .chain(changes)
        .chain(complaints)
}
