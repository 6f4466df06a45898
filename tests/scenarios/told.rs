//! What the district answers, in words.
//!
//! A refusal is its number, and an application with several reasons has them all, in order. Somebody seated is told their
//! stretch, and the shift where there are any. A round tells everybody by position, and then those not eligible.

use super::host::{Host, Told};
use shared_parking::district::{Answer, NewAnswer, Outcome, Passing, Round};
use shared_parking::policy::Bill;
use shared_parking::{ApplicationId, Event, Permit, Refusal};

pub fn event(host: &Host, event: &Event, words: &[&str]) -> Told {
    match event {
        Event::RoundHeld(held) if words[0] == "hold" => Told::of(counts(held)),
        Event::RoundHeld(held) => round(host, held),
        Event::SpacesPassedOn(own) => Told::of(passing(host, own)),
        Event::StayBilled { bill, .. } => Told::of(price(host, bill)),
        Event::PermitChanged { .. } | Event::OfferAccepted(_) => Told::of(host.state(words[1])),
        Event::AppealResolved { resolution, passing: own, .. } => {
            let passed = own.as_ref().map_or_else(String::new, |own| format!(": {}", passing(host, own)));
            match resolution.reopened.as_ref().map(|again| &again.answer) {
                None => Told::of("ok"),
                Some(NewAnswer::InLine { after, number, .. }) => Told::of(format!("after {after} no {number}{passed}")),
                Some(NewAnswer::NotEligible { reasons }) => reasoned(reasons.iter().map(|reason| reason.refusal)),
            }
        }
        _ => Told::of("ok"),
    }
}

fn reasoned(refusals: impl Iterator<Item = Refusal>) -> Told {
    let refusals: Vec<Refusal> = refusals.collect();
    let numbers: Vec<String> = refusals.iter().map(|refusal| refusal.number().to_string()).collect();
    Told { answer: numbers.join(" "), refusals }
}

fn place(permit: &Permit) -> String {
    let shift = permit.shift.as_ref().map_or_else(String::new, |shift| format!(" {shift}"));
    format!("{}{shift}", permit.stretch)
}

fn name(host: &Host, application: &ApplicationId) -> String {
    host.names.get(application).cloned().unwrap_or_else(|| application.to_string())
}

/// `3 seated, 1 left out, 2 not eligible`
fn counts(round: &Round) -> String {
    let count = |of: fn(&Answer) -> bool| round.outcomes.iter().filter(|outcome| of(&outcome.answer)).count();
    let seated = count(|answer| matches!(answer, Answer::Seated { .. }));
    let left_out = count(|answer| matches!(answer, Answer::LeftOut { .. }));
    let others = count(|answer| matches!(answer, Answer::NotEligible { .. }));
    format!("{seated} seated, {left_out} left out, {others} not eligible")
}

fn round(host: &Host, round: &Round) -> Told {
    let mut told: Vec<(u32, String, Vec<Refusal>)> = Vec::new();
    for Outcome { application, answer } in &round.outcomes {
        let name = name(host, application);
        told.push(match answer {
            Answer::Seated { position, permit, .. } => (*position, format!("{name} {}", place(permit)), Vec::new()),
            Answer::LeftOut { position, refusal, .. } => {
                (*position, format!("{name} {}", refusal.number()), vec![*refusal])
            }
            Answer::NotEligible { reasons } => {
                let own = reasoned(reasons.iter().map(|reason| reason.refusal));
                (u32::MAX, format!("{name} {}", own.answer), own.refusals)
            }
        });
    }
    told.sort();
    let refusals = told.iter().flat_map(|(_, _, refusals)| refusals.clone()).collect();
    Told { answer: told.into_iter().map(|(_, words, _)| words).collect::<Vec<_>>().join(", "), refusals }
}

/// Who goes where, in the order of the moves.
fn passing(host: &Host, passing: &Passing) -> String {
    let told = passing.passed.iter().map(|passed| {
        let from = passed.from.as_ref().map_or_else(String::new, |from| format!("{from}>"));
        format!("{} {from}{}", name(host, &passed.permit.application), place(&passed.permit))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "nobody".to_owned() } else { told.join(", ") }
}

/// `7.00 CNY`
pub fn price(host: &Host, bill: &Bill) -> String {
    let currency = &host.district().policy().currency;
    format!("{} {}", currency.write(bill.total), currency.code)
}

/// What the latest round that answered somebody's last application says.
fn latest<'h>(host: &'h Host, name: &str) -> Option<&'h Answer> {
    let own = host.application(name);
    host.district().rounds().iter().rev().find_map(|round| round.answer(&own))
}

/// `seated s0`, `offered s0`, or the refusals.
pub fn answer(host: &Host, name: &str) -> Told {
    match latest(host, name) {
        None => Told::of("none"),
        Some(Answer::Seated { permit, .. }) => {
            let how = if permit.offer.is_some() { "offered" } else { "seated" };
            Told::of(format!("{how} {}", place(permit)))
        }
        Some(Answer::LeftOut { refusal, .. }) => Told::refused(*refusal),
        Some(Answer::NotEligible { reasons }) => reasoned(reasons.iter().map(|reason| reason.refusal)),
    }
}

/// `tier 1`, and the points: `tier 1, 40.0 points`; those for the pair of somebody and their stretch are among them.
pub fn standing(host: &Host, name: &str) -> Told {
    let (sheet, pair) = match latest(host, name) {
        Some(Answer::Seated { standing, pair_points, .. }) => (standing, pair_points.unwrap_or(0)),
        Some(Answer::LeftOut { standing, .. }) => (standing, 0),
        _ => return Told::of("none"),
    };
    let points = sheet.total_points() + u64::from(pair);
    Told::of(match host.district().policy().standing.decimals {
        _ if sheet.points.is_empty() => format!("tier {}", sheet.tier),
        0 => format!("tier {}, {points} points", sheet.tier),
        _ => format!("tier {}, {}.{} points", sheet.tier, points / 10, points % 10),
    })
}
