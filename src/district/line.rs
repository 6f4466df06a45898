//! The line of a round: everybody eligible by position, and decisions taken again at their places.
//!
//! Invariant: positions and standings are read from the records; nobody stands in line twice.

use super::queue::Candidate;
use super::{Answer, Correction, District, NewAnswer, Reopened, Round};
use crate::people::Application;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Season};
use std::collections::BTreeMap;

/// Somebody in the line of a round.
pub(super) struct Entrant<'a> {
    pub(super) candidate: Candidate<'a>,
    /// What the id of a permit is made of: see [`NewAnswer::InLine`].
    pub(super) number: u32,
    /// The refusals that upheld appeals set aside.
    pub(super) set_aside: Vec<Refusal>,
}

/// Somebody whose decision is being taken again, and the last position that stands before.
pub(super) struct Again<'a> {
    pub(super) after: u32,
    pub(super) entrant: Entrant<'a>,
}

impl District {
    /// The refusals that appeals have set aside for an application in the line of a season.
    pub(super) fn set_aside(&self, season: &Season, application: &ApplicationId) -> Vec<Refusal> {
        let upheld = self.upheld.get(application).into_iter().flatten().filter_map(|id| self.appeals.get(id));
        let own = upheld.filter(|own| own.reopened().is_some_and(|(reopened, _)| reopened.season == *season));
        let rule = own.filter_map(|recorded| match recorded.correction()?.0 {
            Correction::Rule(refusal) => Some(*refusal),
            Correction::Fact(_) => None,
        });
        rule.collect()
    }

    /// The eligible of a round with their positions, and who of them renewed.
    pub(super) fn positions<'a>(&'a self, round: &'a Round) -> impl Iterator<Item = (u32, Candidate<'a>, bool)> {
        round.outcomes.iter().filter_map(move |outcome| {
            let (standing, position, quota, incumbent) = match &outcome.answer {
                Answer::Seated { standing, position, quota, permit, .. } => {
                    (standing, *position, quota, permit.renews.is_some())
                }
                Answer::LeftOut { standing, position, quota, .. } => (standing, *position, quota, false),
                Answer::NotEligible { .. } => return None,
            };
            let (application, quota) = (&self.application(&outcome.application)?.application, quota.as_deref());
            Some((position, Candidate { application, standing: standing.clone(), renews: None, quota }, incumbent))
        })
    }

    /// The quota by which an application has a reserved turn in a round: the one it had there, as long as its facts let it.
    /// A decision taken again reserves no turn anew.
    pub(super) fn turn_of<'a>(&'a self, round: &'a Round, application: &Application) -> Option<&'a str> {
        let answer = round.answer(&application.id)?;
        let (Answer::Seated { quota: Some(id), .. } | Answer::LeftOut { quota: Some(id), .. }) = answer else {
            return None;
        };
        let quota = self.policy.quotas.iter().find(|quota| quota.id == *id)?;
        quota.group.admits(application, &self.inventory).then_some(id.as_str())
    }

    /// What the line of those who did not renew is sorted by: the reserved turns of each quota, then everybody else.
    pub(super) fn rank<'c>(&self, candidate: &'c Candidate<'_>) -> impl Ord + 'c {
        let quotas = &self.policy.quotas;
        let turn = quotas.iter().position(|quota| Some(quota.id.as_str()) == candidate.quota).unwrap_or(quotas.len());
        (turn, candidate.key())
    }

    /// The number of the permit that may come of an application in the line of a round.
    pub(super) fn number_of(&self, round: &Round, application: &ApplicationId) -> u32 {
        if let Some(Answer::Seated { position, .. } | Answer::LeftOut { position, .. }) = round.answer(application) {
            return *position;
        }
        let numbers = self.appeals.values().filter_map(|recorded| match recorded.reopened()?.0 {
            Reopened { season, answer: NewAnswer::InLine { number, .. }, .. } if *season == round.season => {
                Some((&recorded.appeal.application, *number))
            }
            _ => None,
        });
        let numbers: Vec<(&ApplicationId, u32)> = numbers.collect();
        let known = numbers.iter().find(|(other, _)| *other == application).map(|(_, number)| *number);
        let last = self.positions(round).map(|(position, ..)| position).chain(numbers.iter().map(|own| own.1)).max();
        known.unwrap_or_else(|| last.unwrap_or(0).saturating_add(1))
    }

    /// The line of a round: everybody eligible by position, and those whose decisions were taken again at their places,
    /// in the stead of any they had before; `again` is one that is being taken now.
    pub(super) fn line_of<'a>(&'a self, round: &'a Round, again: Option<Again<'a>>) -> Vec<Entrant<'a>> {
        let own = again.as_ref().map(|again| &again.entrant.candidate.application.id);
        let mut latest: BTreeMap<&ApplicationId, (u64, &NewAnswer)> = BTreeMap::new();
        for recorded in self.appeals.values() {
            let reopened = recorded.reopened().filter(|(reopened, _)| reopened.season == round.season);
            if let Some((reopened, by)) = reopened {
                let known = latest.entry(&recorded.appeal.application).or_insert((by, &reopened.answer));
                if known.0 < by {
                    *known = (by, &reopened.answer);
                }
            }
        }
        let stays = |id: &ApplicationId| !latest.contains_key(id) && own != Some(id);
        let first = self.positions(round).filter(|(_, candidate, _)| stays(&candidate.application.id));
        let mut line: Vec<(u32, bool, Entrant<'a>)> = first
            .map(|(position, candidate, _)| {
                (position, false, Entrant { candidate, number: position, set_aside: vec![] })
            })
            .collect();
        for (id, (_, answer)) in latest.iter().filter(|(id, _)| own != Some(**id)) {
            if let (NewAnswer::InLine { standing, after, number }, Some(recorded)) = (answer, self.application(id)) {
                let application = &recorded.application;
                let quota = self.turn_of(round, application);
                let candidate = Candidate { application, standing: standing.clone(), renews: None, quota };
                let set_aside = self.set_aside(&round.season, id);
                line.push((*after, true, Entrant { candidate, number: *number, set_aside }));
            }
        }
        line.extend(again.map(|again| (again.after, true, again.entrant)));
        let place = |entrant: &(u32, bool, Entrant<'a>)| (entrant.0, entrant.1);
        line.sort_by(|a, b| {
            place(a).cmp(&place(b)).then_with(|| self.rank(&a.2.candidate).cmp(&self.rank(&b.2.candidate)))
        });
        line.into_iter().map(|(_, _, entrant)| entrant).collect()
    }
}
