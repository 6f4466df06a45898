//! Checking a round from the district alone: who took part, in which order, over which choices, with which proof.
//!
//! Invariant: the market is built here again from the ground, the people and the policy; nothing is taken from the
//! round but its claims, and neither the district's own queue nor a solver is called.

use super::finding::Finding;
use super::market::check_market;
use super::party::Party;
use crate::district::{Answer, Cutoff, District, Permit, Round};
use crate::inventory::Walk;
use crate::market::{Agent, Allocation, Certificate, Cutoffs, Market, Place, PlacePrice, Seat};
use crate::refusal::Refusal;
use crate::units::{Season, StretchId};
use std::collections::BTreeMap;

/// A round seen again from the district: the auditor's own market and its names.
struct Again<'a> {
    district: &'a District,
    round: &'a Round,
    party: Party<'a>,
    market: Market,
    /// For each place of the market: which stretch of the inventory, and how many spaces are on offer.
    places: Vec<(usize, u32)>,
    /// For each agent: its walks by stretch.
    walks: Vec<BTreeMap<usize, Walk>>,
}

/// Checks one round. O(choices log choices).
pub(super) fn check_round(district: &District, round: &Round, findings: &mut Vec<Finding>) {
    let season = &round.season;
    let before = findings.len();
    let party = Party::gather(district, round, findings);
    let again = match Again::build(district, round, party) {
        Ok(again) => again,
        Err(flaws) => return findings.push(Finding::Unsound(season.clone(), flaws)),
    };
    again.check_offer(findings);
    if findings.len() > before {
        return; // without the right people and places the rest would only echo
    }
    let allocation = again.claimed();
    if let Err(faults) = check_market(&again.market, &allocation) {
        findings.extend(faults.into_iter().map(|fault| Finding::NotProved(season.clone(), fault)));
        return; // cutoffs follow from a proof
    }
    let cutoffs = Cutoffs::derive(&again.market, &allocation);
    for agent in again.market.agents() {
        again.check_answer(agent, &cutoffs, findings);
    }
}

/// The permits in force at a round that earlier rounds issued, read from the rounds and not from the state.
pub(super) fn in_force<'a>(district: &'a District, round: &'a Round) -> impl Iterator<Item = &'a Permit> {
    let earlier = district.rounds().iter().filter(|other| other.by < round.by);
    earlier.flat_map(Round::permits).filter(|permit| permit.valid.contains(round.at))
}

impl<'a> Again<'a> {
    fn build(district: &'a District, round: &'a Round, party: Party<'a>) -> Result<Self, String> {
        let (inventory, rules) = (district.inventory(), &district.policy().permits);
        let mut held: BTreeMap<&StretchId, u32> = BTreeMap::new();
        for permit in in_force(district, round) {
            *held.entry(&permit.stretch).or_insert(0) += 1;
        }
        let (mut market, mut places) = (Market::builder(), Vec::new());
        for (index, stretch) in inventory.stretches().iter().enumerate() {
            if rules.space_kinds.contains(&stretch.kind) {
                let offered = stretch.capacity.saturating_sub(held.get(&stretch.id).copied().unwrap_or(0));
                market.place(offered);
                places.push((index, offered));
            }
        }
        let mut walks = Vec::new();
        for (standing, application) in (0..).zip(party.queue()) {
            let reached = inventory.walks(&application.resident.door, rules.walk_limit()).unwrap_or_default();
            let reached: BTreeMap<usize, Walk> = reached.into_iter().map(|walk| (walk.stretch, walk)).collect();
            let choices = (0..).zip(&places).filter_map(|(place, (index, _))| {
                reached.get(index).map(|walk| (Place::new(place), walk.distance.get()))
            });
            market.agent(standing, 1, choices);
            walks.push(reached);
        }
        Ok(Self { district, round, party, market: market.build().map_err(|flaws| flaws.to_string())?, places, walks })
    }

    fn stretch(&self, place: Place) -> &StretchId {
        &self.district.inventory().stretches()[self.places[place.index()].0].id
    }

    fn season(&self) -> Season {
        self.round.season.clone()
    }

    fn check_offer(&self, findings: &mut Vec<Finding>) {
        let claimed: Vec<_> = self.round.places.iter().map(|proof| (&proof.stretch, proof.offered)).collect();
        let derived: Vec<_> = self.market.places().map(|at| (self.stretch(at), self.market.capacity(at))).collect();
        if claimed != derived {
            let wrong = derived.iter().find(|own| !claimed.contains(own)).or_else(|| claimed.first());
            findings
                .extend(wrong.map(|&(stretch, spaces)| Finding::WrongOffer(self.season(), stretch.clone(), spaces)));
        }
    }

    /// The round's claims as an allocation of the auditor's market. A seat on a stretch that is not on offer becomes
    /// one beyond the last place, which no check lets pass.
    fn claimed(&self) -> Allocation {
        let mut seats = Vec::new();
        for agent in self.market.agents() {
            if let Some(Answer::Seated { permit, .. }) = self.answer(agent) {
                let stretches = self.district.inventory().stretches();
                let at = self.places.partition_point(|&(index, _)| stretches[index].id < permit.stretch);
                let there = self.places.get(at).is_some_and(|&(index, _)| stretches[index].id == permit.stretch);
                let number = if there { at } else { self.places.len() };
                seats.push(Seat { agent, place: Place::new(u32::try_from(number).unwrap_or(u32::MAX)), count: 1 });
            }
        }
        let price = |proof: &crate::district::PlaceProof| PlacePrice {
            closed: proof.closed.map(|position| position.saturating_sub(1)),
            price: proof.price,
        };
        let places = self.round.places.iter().map(price).collect();
        Allocation { seats, certificate: Some(Certificate { places }) }
    }

    fn answer(&self, agent: Agent) -> Option<&Answer> {
        self.round.answer(&self.party.queue()[agent.index()].id)
    }

    fn check_answer(&self, agent: Agent, cutoffs: &Cutoffs, findings: &mut Vec<Finding>) {
        let id = self.party.queue()[agent.index()].id.clone();
        match self.answer(agent) {
            Some(Answer::Seated { permit, .. }) if !self.says_what_it_should(agent, permit) => {
                findings.push(Finding::WrongPermit(self.season(), id));
            }
            Some(Answer::LeftOut { refusal, cutoff, .. }) if (*refusal, cutoff.clone()) != self.no(agent, cutoffs) => {
                findings.push(Finding::WrongRefusal(self.season(), id));
            }
            _ => {}
        }
    }

    /// The refusal and the cutoff that the closed set gives.
    fn no(&self, agent: Agent, cutoffs: &Cutoffs) -> (Refusal, Option<Cutoff>) {
        let closed = cutoffs.closed_set(agent);
        let cutoff = cutoffs.cutoff(agent).and_then(|last| {
            let (position, spaces) = (last + 1, closed.iter().map(|&place| self.market.capacity(place)).sum());
            let standing = self.party.score(last as usize)?.clone();
            Some(Cutoff { position, standing, stretches: u32::try_from(closed.len()).ok()?, spaces })
        });
        (if cutoff.is_some() { Refusal::AheadInQueue } else { Refusal::NoSpaceInReach }, cutoff)
    }

    fn says_what_it_should(&self, agent: Agent, permit: &Permit) -> bool {
        let (application, policy) = (self.party.queue()[agent.index()], self.district.policy());
        let (resident, stretch) = (&application.resident, self.district.inventory().stretch_index(&permit.stretch));
        let walked = stretch.and_then(|index| self.walks[agent.index()].get(&index));
        let day = policy.zone.local(self.round.at).date.plus_months(policy.permits.valid_months);
        walked.is_some_and(|walk| walk.distance == permit.walk && walk.route == permit.route)
            && permit.kind == policy.permits.kind
            && permit.season == self.round.season
            && permit.application == application.id
            && (&permit.resident, &permit.household, &permit.door)
                == (&resident.id, &resident.household, &resident.door)
            && permit.vehicle == application.vehicle.id
            && permit.valid.start() == self.round.at
            && policy.zone.local(permit.valid.end()).date == day
    }
}
