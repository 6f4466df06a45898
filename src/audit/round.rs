//! Checking a round from the district alone: who took part, in which order, over which choices, with which proof.
//!
//! Invariant: the market is built here again from the ground, the people and the policy; nothing is taken from the
//! round but its claims, and neither the district's own queue nor a solver is called.

use super::finding::Finding;
use super::market::check_market;
use super::party::Party;
use crate::calendar::{TimeOfDay, Window};
use crate::district::{Answer, Cutoff, District, Permit, Round};
use crate::inventory::{Inventory, Walk};
use crate::market::{Agent, Allocation, Certificate, Cutoffs, Market, Place, PlacePrice, Seat};
use crate::refusal::Refusal;
use crate::units::{Centimetres, DoorId, PermitId, Season, StretchId};
use std::collections::BTreeMap;

/// A round seen again from the district: the auditor's own market and its names.
struct Again<'a> {
    district: &'a District,
    round: &'a Round,
    party: Party<'a>,
    market: Market,
    /// For each place of the market: which stretch of the inventory, and how many spaces are on offer.
    places: Vec<(usize, u32)>,
    /// The walks from each door, sorted by stretch.
    walks: BTreeMap<&'a DoorId, Vec<Walk>>,
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
    let sizes = cutoffs.sizes(&again.market);
    for agent in again.market.agents() {
        again.check_answer(agent, cutoffs.cutoff(agent), sizes[agent.index()], findings);
    }
}

/// The permits in force at a round that earlier rounds issued, read from the rounds and not from the state.
pub(super) fn in_force<'a>(district: &'a District, round: &'a Round) -> impl Iterator<Item = &'a Permit> {
    let earlier = district.rounds().iter().filter(|other| other.by < round.by);
    earlier.flat_map(Round::permits).filter(|permit| permit.valid.contains(round.at))
}

/// The walks from every door of the queue, each sorted by stretch.
fn walks_from<'a>(inventory: &Inventory, party: &Party<'a>, limit: Centimetres) -> BTreeMap<&'a DoorId, Vec<Walk>> {
    let (mut walker, mut walks) = (inventory.walker(), BTreeMap::new());
    for application in party.queue() {
        let door = &application.resident.door;
        if let (false, Some(index)) = (walks.contains_key(door), inventory.door_index(door)) {
            let mut reached = Vec::new();
            walker.walks(index, limit, &mut reached);
            reached.sort_unstable_by_key(|walk| walk.stretch);
            walks.insert(door, reached);
        }
    }
    walks
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
        let walks = walks_from(inventory, &party, rules.walk_limit());
        for (standing, application) in (0..).zip(party.queue()) {
            let reached = walks.get(&application.resident.door).map_or(&[][..], Vec::as_slice);
            let choices = reached.iter().filter_map(|walk| {
                let place = places.binary_search_by_key(&walk.stretch, |&(index, _)| index).ok()?;
                Some((Place::new(u32::try_from(place).ok()?), walk.distance.get()))
            });
            market.agent(standing, 1, choices);
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
            // Positions count from 1: a 0 becomes a standing that nobody has, which no check lets pass.
            closed: proof.closed.map(|position| position.wrapping_sub(1)),
            price: proof.price,
        };
        let places = self.round.places.iter().map(price).collect();
        Allocation { seats, certificate: Some(Certificate { places }) }
    }

    fn answer(&self, agent: Agent) -> Option<&Answer> {
        self.round.answer(&self.party.queue()[agent.index()].id)
    }

    fn check_answer(&self, agent: Agent, last: Option<u32>, size: (usize, u64), findings: &mut Vec<Finding>) {
        let id = self.party.queue()[agent.index()].id.clone();
        match self.answer(agent) {
            Some(Answer::Seated { permit, .. }) if !self.says_what_it_should(agent, permit) => {
                findings.push(Finding::WrongPermit(self.season(), id));
            }
            Some(Answer::LeftOut { refusal, cutoff, .. })
                if (*refusal, cutoff.clone()) != self.no(agent, last, size) =>
            {
                findings.push(Finding::WrongRefusal(self.season(), id));
            }
            _ => {}
        }
    }

    /// The refusal and the cutoff that the closed set gives.
    fn no(&self, agent: Agent, last: Option<u32>, size: (usize, u64)) -> (Refusal, Option<Cutoff>) {
        let cutoff = last.and_then(|last| {
            let standing = self.party.score(last as usize)?.clone();
            let (stretches, spaces) = (u32::try_from(size.0).ok()?, u32::try_from(size.1).ok()?);
            Some(Cutoff { position: last + 1, standing, stretches, spaces })
        });
        let refusal = match (&cutoff, self.market.choices(agent).is_empty()) {
            (Some(_), _) => Refusal::AheadInQueue,
            (None, true) => Refusal::NoSpaceInReach,
            (None, false) => Refusal::HeldByPermits,
        };
        (refusal, cutoff)
    }

    fn says_what_it_should(&self, agent: Agent, permit: &Permit) -> bool {
        let (application, policy) = (self.party.queue()[agent.index()], self.district.policy());
        let (resident, stretch) = (&application.resident, self.district.inventory().stretch_index(&permit.stretch));
        let walks = self.walks.get(&resident.door).map_or(&[][..], Vec::as_slice);
        let walked = stretch.and_then(|index| walks.iter().find(|walk| walk.stretch == index));
        let last = policy.zone.local(self.round.at).date.plus_months(policy.permits.valid_months);
        let valid = Window::new(self.round.at, policy.zone.instant(last, TimeOfDay::MIDNIGHT)).ok();
        walked.is_some_and(|walk| walk.distance == permit.walk && walk.route == permit.route)
            && permit.kind == policy.permits.kind
            && permit.season == self.round.season
            && permit.application == application.id
            && (&permit.resident, &permit.household, &permit.door)
                == (&resident.id, &resident.household, &resident.door)
            && permit.vehicle == application.vehicle.id
            && Some(permit.valid) == valid
            && permit.id == PermitId::in_round(&self.round.season, agent.number() + 1)
    }
}
