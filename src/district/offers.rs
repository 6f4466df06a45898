//! Offers: accepted, declined, lapsed; and what becomes of their spaces.

use super::line::Again;
use super::offered::{Held, count};
use super::queue::{Candidate, Ledger, Terms};
use super::table::{Draw, RoundMarket};
use super::{District, Event, Passed, Passing, Permit, Recorded, Round, Step, next};
use crate::allocation::fall_through;
use crate::calendar::{Timestamp, Window};
use crate::market::{Agent, Allocation, Move, Seat};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, PermitId, Season};
use std::collections::{BTreeMap, BTreeSet};

impl District {
    pub(super) fn decide_acceptance(&self, offer: &PermitId, at: Timestamp) -> Result<Event, Refusal> {
        let (_, until) = self.open_offer(offer, at, Step::Accept)?;
        if at < until { Ok(Event::OfferAccepted(offer.clone())) } else { Err(Refusal::OfferLapsed) }
    }

    pub(super) fn decide_decline(&self, offer: &PermitId, at: Timestamp) -> Result<Event, Refusal> {
        let season = self.open_offer(offer, at, Step::Decline)?.0.season.clone();
        self.pass_on(&season, Some(offer), vec![offer.clone()], at)
    }

    pub(super) fn decide_closing(&self, season: &Season, at: Timestamp) -> Result<Event, Refusal> {
        let due = |permit: &&Permit| permit.season == *season && permit.offer.is_some_and(|until| until <= at);
        let due: Vec<PermitId> = self.permits.values().filter(due).map(|permit| permit.id.clone()).collect();
        if due.is_empty() { Err(Refusal::NoOfferDue) } else { self.pass_on(season, None, due, at) }
    }

    fn open_offer(&self, offer: &PermitId, at: Timestamp, step: Step) -> Result<(&Permit, Timestamp), Refusal> {
        let permit = self.permits.get(offer).ok_or(Refusal::UnknownOffer)?;
        next(permit.state(at), step)?;
        Ok((permit, permit.offer.ok_or(Refusal::UnknownOffer)?))
    }

    /// Closes offers of one round and gives their spaces to the next in line, one chain after the other.
    fn pass_on(
        &self,
        season: &Season,
        declined: Option<&PermitId>,
        closed: Vec<PermitId>,
        at: Timestamp,
    ) -> Result<Event, Refusal> {
        let round = self.rounds.iter().find(|round| round.season == *season).ok_or(Refusal::UnknownOffer)?;
        self.passing(round, declined, closed, None, at).map(Event::SpacesPassedOn)
    }

    /// Passes on the spaces of these offers and whatever else is free; `again` joins the line.
    pub(super) fn passing(
        &self,
        round: &Round,
        declined: Option<&PermitId>,
        closed: Vec<PermitId>,
        again: Option<Again<'_>>,
        at: Timestamp,
    ) -> Result<Passing, Refusal> {
        let mut line = Line::form(self, round, &closed, again, at)?;
        let mut passed = Vec::new();
        loop {
            let chains = line.next_chains();
            if chains.is_empty() {
                break;
            }
            passed.extend(chains.into_iter().flatten().filter_map(|step| line.make(step)));
        }
        let (season, declined, by) = (round.season.clone(), declined.cloned(), self.next_number());
        Ok(Passing { season, at, by, declined, closed, passed })
    }
}

/// The people of a round as they stand now: who has an offer or a permit, and who still waits.
struct Line<'a> {
    district: &'a District,
    at: Timestamp,
    table: RoundMarket<'a>,
    /// What new offers have in common; nothing when the round's permits have ended.
    terms: Option<Terms<'a>>,
    /// The present seats, by agent.
    seats: BTreeMap<Agent, Permit>,
    /// Whose offer is open, and may be exchanged for one that costs no more.
    may_move: Vec<bool>,
    /// Who waits and was never offered anything in this round.
    waits: Vec<bool>,
    /// What the ids of their permits are made of, and the refusals that appeals set aside for them.
    entries: Vec<(u32, Vec<Refusal>)>,
    /// The permits in force or offered now, for the claims of households, vehicles and residents.
    standing: BTreeMap<PermitId, Permit>,
}

impl<'a> Line<'a> {
    fn form(
        district: &'a District,
        round: &'a Round,
        closed: &[PermitId],
        again: Option<Again<'a>>,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        let mut standing: BTreeMap<PermitId, Permit> = BTreeMap::new();
        for permit in district.permits.values().filter(|permit| permit.valid.contains(at)) {
            if closed.binary_search(&permit.id).is_err() {
                standing.insert(permit.id.clone(), permit.clone());
            }
        }
        let line = district.line_of(round, again).into_iter();
        let (candidates, entries): (Vec<_>, Vec<(u32, Vec<Refusal>)>) =
            line.map(|entrant| (entrant.candidate, (entrant.number, entrant.set_aside))).unzip();
        let draw = Draw { season: &round.season, seed: round.seed };
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let own = |index: usize| standing.get(&PermitId::in_round(&round.season, entries[index].0));
        let seats: BTreeMap<Agent, Permit> =
            (0..candidates.len()).filter_map(|index| Some((Agent::new(number(index)), own(index)?.clone()))).collect();
        let offered = district.offered(&of_others(&standing, &seats));
        let ceilings = district.ceilings_at(&offered, at);
        let table = RoundMarket::lay(district, candidates, offered, ceilings, draw)?;
        let may_move = table
            .market()
            .agents()
            .map(|agent| seats.get(&agent).is_some_and(|permit| permit.offer.is_some_and(|until| until > at)));
        let may_move = may_move.collect();
        let used: BTreeSet<&ApplicationId> = district.seated().collect();
        let waits = |candidate: &Candidate<'_>| {
            let recorded = district.application(&candidate.application.id);
            recorded.is_some_and(Recorded::takes_part) && !used.contains(&candidate.application.id)
        };
        let waits = table.candidates().iter().map(waits).collect();
        let terms = Window::new(at, district.validity(round.at)?.end()).ok();
        let terms = terms.map(|valid| district.terms(&round.season, valid));
        Ok(Self { district, at, table, terms, seats, may_move, waits, entries, standing })
    }

    /// The next chains among those who are still eligible: all of them, or up to the first that seats somebody with
    /// whom another one who waits shares a household, a vehicle or a person, and may lose their claim now; or somebody
    /// who takes the last permit of an address from which another one waits; or one that takes a space in the area of a
    /// ceiling, which may be reached then.
    fn next_chains(&self) -> Vec<Vec<Move>> {
        let Some(terms) = &self.terms else { return Vec::new() };
        let claims = self.district.claims_of(self.standing.values());
        let candidates = self.table.candidates();
        let eligible = |((candidate, &waits), (_, set_aside)): ((&Candidate<'_>, &bool), &(u32, Vec<Refusal>))| {
            let application = candidate.application;
            let reasons = || self.district.judged(application, self.at, claims.claims(application));
            waits && reasons().iter().all(|reason| set_aside.contains(&reason.refusal))
        };
        let may_come: Vec<bool> = candidates.iter().zip(&self.waits).zip(&self.entries).map(eligible).collect();
        // Whoever comes has an open offer then, or a permit at once, which is not moved.
        let may_move = |(&moves, &comes): (&bool, &bool)| moves || (comes && terms.offer.is_some());
        let may_move: Vec<bool> = self.may_move.iter().zip(&may_come).map(may_move).collect();
        let mut waiting = Ledger::default();
        for (candidate, _) in candidates.iter().zip(&may_come).filter(|(_, comes)| **comes) {
            waiting.claim_for(candidate.application);
        }
        let seat = |(&agent, permit): (&Agent, &Permit)| {
            Some(Seat { agent, place: self.table.place(&permit.stretch, permit.shift.as_ref())?, count: 1 })
        };
        let mut seats: Vec<Seat> = self.seats.iter().filter_map(seat).collect();
        seats.extend(self.table.kept_free_now(&seats, &count(self.standing.values())));
        let allocation = Allocation { seats, certificate: None };
        let per_address = self.district.policy.permits_per_address();
        let (mut chains, mut come) = (Vec::new(), Ledger::default());
        for chain in fall_through(self.table.market(), &allocation, &may_move, &may_come) {
            let comer = chain.last().map(|step| candidates[step.agent.index()].application);
            let fills_area = chain.first().and_then(|step| step.to).is_some_and(|free| self.table.has_ceiling(free));
            chains.push(chain);
            if fills_area {
                break;
            }
            let Some(comer) = comer else { continue };
            come.claim_for(comer);
            let (own, so_far) = (waiting.claims(comer), come.claims(comer));
            let is_full = |most| claims.claims(comer).door.saturating_add(so_far.door) >= most;
            let fills_address = own.door > so_far.door && per_address.is_some_and(is_full);
            if own.household > 1 || own.vehicle > 1 || own.resident > 1 || fills_address {
                break;
            }
        }
        chains
    }

    /// Makes one move, and says which offer came of it.
    fn make(&mut self, step: Move) -> Option<Passed> {
        let agent = step.agent;
        let terms = self.terms.as_ref()?;
        let id = PermitId::in_round(terms.season, self.entries[agent.index()].0);
        let permit = Permit { id, ..self.table.permit(agent, step.to?, terms) };
        let before = self.seats.insert(agent, permit.clone());
        self.standing.insert(permit.id.clone(), permit.clone());
        self.waits[agent.index()] = false;
        self.may_move[agent.index()] = permit.offer.is_some();
        Some(Passed { from: before.map(|before| before.stretch), permit })
    }
}

/// The permits of others than these: their spaces are not the round's to give.
fn of_others<'p>(standing: &'p BTreeMap<PermitId, Permit>, own: &BTreeMap<Agent, Permit>) -> Held<'p> {
    let own: BTreeSet<&PermitId> = own.values().map(|permit| &permit.id).collect();
    count(standing.values().filter(|permit| !own.contains(&permit.id)))
}
