//! A round seen again from the district: the auditor's own market, and what each answer should say.
//!
//! Invariant: the market is built here again from the ground, the people and the policy.

use super::finding::Finding;
use super::limits::Limits;
use super::party::Party;
use super::rank::{pair, rank};
use super::round::valid_until;
use crate::calendar::Window;
use crate::district::{Answer, Cutoff, District, Permit, PlaceProof, Round};
use crate::inventory::{Inventory, Walk};
use crate::market::{
    Agent, Allocation, Certificate, Cutoffs, Lots, Market, MarketBuilder, Mechanism, Place, PlacePrice, Seat,
};
use crate::people::Application;
use crate::refusal::Refusal;
use crate::units::{Centimetres, DoorId, PermitId, Season, ShiftId, StretchId, Ticket};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Again<'a> {
    district: &'a District,
    round: &'a Round,
    party: Party<'a>,
    market: Market,
    /// For each place of the market: which stretch of the inventory, and how many spaces are on offer.
    places: Vec<(usize, u32)>,
    /// For each place its shift, where the policy has shifts.
    shifts: Vec<Option<&'a ShiftId>>,
    limits: Limits,
    /// The walks from each door, sorted by stretch.
    walks: BTreeMap<&'a DoorId, Vec<Walk>>,
}

/// The walks from these people's doors, each sorted by stretch.
pub(super) fn walks_from<'a>(
    inventory: &Inventory,
    people: &[&'a Application],
    limit: Centimetres,
) -> BTreeMap<&'a DoorId, Vec<Walk>> {
    let (mut walker, mut walks) = (inventory.walker(), BTreeMap::new());
    for application in people {
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
    pub(super) fn build(
        district: &'a District,
        round: &'a Round,
        party: Party<'a>,
        in_force: &[Permit],
    ) -> Result<Self, String> {
        let (inventory, rules) = (district.inventory(), &district.policy().permits);
        let renewed: BTreeSet<&PermitId> =
            (0..party.queue().len()).filter_map(|index| Some(&party.renews(index)?.id)).collect();
        let (renewed, staying): (Vec<&Permit>, Vec<&Permit>) =
            in_force.iter().partition(|permit| renewed.contains(&permit.id));
        let mut by_stretch: BTreeMap<&StretchId, Vec<&Permit>> = BTreeMap::new();
        staying.iter().for_each(|permit| by_stretch.entry(&permit.stretch).or_default().push(permit));
        let (mut places, mut shifts) = (Vec::new(), Vec::new());
        for (index, stretch) in inventory.stretches().iter().enumerate() {
            for shift in district.policy().rights_on(stretch, inventory) {
                let taken = |permit: &&&Permit| permit.stretch == stretch.id && permit.shift.as_ref() == shift;
                let taken = by_stretch.get(&stretch.id).map_or(0, |own| own.iter().filter(taken).count());
                let taken = u32::try_from(taken).unwrap_or(u32::MAX);
                places.push((index, rules.permits_for(stretch.capacity).saturating_sub(taken)));
                shifts.push(shift);
            }
        }
        let limits = Limits::derive(district, round, &places, &staying, &renewed);
        let walks = walks_from(inventory, party.queue(), rules.walk_limit());
        let mut again = Self { district, round, party, market: Market::default(), places, shifts, limits, walks };
        let builder = again.builder();
        again.market = builder.build().map_err(|flaws| flaws.to_string())?;
        if again.has_own_claims() {
            let mut builder = again.builder();
            again.rank(&mut builder);
            again.market = builder.build().map_err(|flaws| flaws.to_string())?;
        }
        Ok(again)
    }

    fn builder(&self) -> MarketBuilder {
        let mut market = Market::builder();
        for &(_, offered) in &self.places {
            market.place(offered);
        }
        for index in 0..self.people() {
            let agent = market.agent(index + self.first(), 1, self.choices(index as usize));
            let held = self.party.renews(index as usize).and_then(|permit| self.place_of(permit));
            held.into_iter().for_each(|place| market.holds(agent, place, 1));
        }
        self.limits.join(&mut market);
        market
    }

    fn people(&self) -> u32 {
        u32::try_from(self.party.queue().len()).unwrap_or(u32::MAX)
    }

    /// The standing of the first of them: those who keep spaces free for a ceiling stand before everybody.
    fn first(&self) -> u32 {
        u32::from(!self.district.policy().ceilings.is_empty())
    }

    /// What the rules let somebody at an index of the queue accept, and what each costs.
    fn choices(&self, index: usize) -> Vec<(Place, u32)> {
        let (application, policy) = (self.party.queue()[index], self.district.policy());
        let (stretches, limit) = (self.district.inventory().stretches(), policy.permits.walk_limit());
        let walks = self.walks.get(&application.resident.door).map_or(&[][..], Vec::as_slice);
        let choice = |walk: &Walk| {
            let stretch = &stretches[walk.stretch];
            let cost = policy.round.cost(&application.preferences, &stretch.street, walk.distance, limit)?;
            Some((self.place(&stretch.id, policy.shift_asked(application))?, cost))
        };
        let all: Vec<(Place, u32)> = walks.iter().filter_map(choice).collect();
        let held = self.party.renews(index).and_then(|permit| self.place_of(permit));
        let own = held.and_then(|held| all.iter().copied().find(|choice| choice.0 == held));
        let (Some(own), Some(renewal)) = (own, policy.round.renewal) else { return all };
        all.into_iter().filter(|&(place, cost)| renewal.place.admits(place == own.0, cost, own.1)).collect()
    }

    /// Whether claims differ from place to place.
    fn has_own_claims(&self) -> bool {
        let policy = self.district.policy();
        match policy.round.mechanism {
            Mechanism::DeferredAcceptance(Lots::PerPlace) => true,
            Mechanism::DeferredAcceptance(Lots::Single) | Mechanism::TopTradingCycles => {
                policy.standing.has_pair_points()
            }
            _ => false,
        }
    }

    /// Ranks everybody who accepts a place: see [`rank`].
    fn rank(&self, builder: &mut MarketBuilder) {
        let round = self.round;
        let per_place = self.district.policy().round.mechanism == Mechanism::DeferredAcceptance(Lots::PerPlace);
        let mut claims = Vec::with_capacity(self.market.choice_count());
        for agent in (0..self.people()).map(Agent::new) {
            let application = self.party.queue()[agent.index()];
            let Some(score) = self.party.score(agent.index()) else { continue };
            let resident = &application.resident.id;
            let newcomer = self.party.renews(agent.index()).is_none();
            for place in self.market.choices(agent).iter().map(|choice| choice.place) {
                let ticket = if per_place {
                    Ticket::draw_at(round.seed, &round.season, resident, self.stretch(place))
                } else {
                    score.ticket
                };
                let points = self.pair_points(agent, place);
                claims.push((place, rank(newcomer, score, points, ticket, resident), agent));
            }
        }
        claims.sort_unstable();
        for place in claims.chunk_by(|a, b| a.0 == b.0) {
            for (priority, claim) in (0..).zip(place) {
                builder.priority(claim.2, claim.0, priority);
            }
        }
    }

    fn pair_points(&self, agent: Agent, place: Place) -> u32 {
        let pair = pair(self.district, self.party.queue()[agent.index()], self.places[place.index()].0);
        let facts = pair.zip(self.party.score(agent.index()));
        facts.map_or(0, |(pair, sheet)| self.district.policy().standing.pair_points(sheet, pair))
    }

    pub(super) const fn market(&self) -> &Market {
        &self.market
    }

    fn stretch(&self, place: Place) -> &'a StretchId {
        &self.district.inventory().stretches()[self.places[place.index()].0].id
    }

    fn place(&self, stretch: &StretchId, shift: Option<&ShiftId>) -> Option<Place> {
        let index = self.district.inventory().stretch_index(stretch)?;
        let first = self.places.partition_point(|&(other, _)| other < index);
        let here = |&at: &usize| self.places.get(at).is_some_and(|&(other, _)| other == index);
        let at = (first..).take_while(here).find(|&at| self.shifts[at] == shift)?;
        Some(Place::new(u32::try_from(at).ok()?))
    }

    fn place_of(&self, permit: &Permit) -> Option<Place> {
        self.place(&permit.stretch, permit.shift.as_ref())
    }

    fn season(&self) -> Season {
        self.round.season.clone()
    }

    pub(super) fn check_offer(&self, findings: &mut Vec<Finding>) {
        let claim = |proof: &'a PlaceProof| (&proof.stretch, proof.shift.as_ref(), proof.offered);
        let claimed: Vec<_> = self.round.places.iter().map(claim).collect();
        let own = |at: Place| (self.stretch(at), self.shifts[at.index()], self.market.capacity(at));
        let derived: Vec<_> = self.market.places().map(own).collect();
        if claimed != derived {
            let wrong = derived.iter().find(|own| !claimed.contains(own)).or_else(|| claimed.first());
            findings
                .extend(wrong.map(|&(stretch, _, spaces)| Finding::WrongOffer(self.season(), stretch.clone(), spaces)));
        }
        if self.round.ceilings != self.limits.proofs {
            findings.push(Finding::WrongCeilings(self.season()));
        }
    }

    /// The round's claims as an allocation of the auditor's market. A seat on a stretch that is not on offer becomes
    /// one beyond the last place, which no check lets pass.
    pub(super) fn claimed(&self) -> Allocation {
        let beyond = Place::new(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        let mut seats = Vec::new();
        for agent in (0..self.people()).map(Agent::new) {
            if let Some(Answer::Seated { permit, .. }) = self.answer(agent) {
                seats.push(Seat { agent, place: self.place_of(permit).unwrap_or(beyond), count: 1 });
            }
        }
        seats.extend(self.limits.seats(self.round, self.people()));
        // Positions count from 1: where there are no ceilings, a 0 becomes a standing that nobody has, which no check
        // lets pass.
        let price = |proof: &PlaceProof| {
            let closed = proof.closed.map(|position| position.wrapping_sub(1).wrapping_add(self.first()));
            Some(PlacePrice { closed, price: proof.price? })
        };
        let certificate = match self.round.mechanism {
            Mechanism::Optimal => self.round.places.iter().map(price).collect(),
            // Nothing may be claimed: whatever there is becomes a certificate, which the check does not let pass.
            _ => self.round.places.iter().any(|proof| proof.price.is_some() || proof.closed.is_some()).then(Vec::new),
        };
        Allocation { seats, certificate: certificate.map(|places| Certificate { places }) }
    }

    fn answer(&self, agent: Agent) -> Option<&Answer> {
        self.round.answer(&self.party.queue()[agent.index()].id)
    }

    /// Every permit, refusal and cutoff against what the proved allocation gives.
    pub(super) fn check_answers(&self, allocation: &Allocation, findings: &mut Vec<Finding>) {
        let cutoffs = (self.round.mechanism == Mechanism::Optimal).then(|| Cutoffs::derive(&self.market, allocation));
        let sizes = cutoffs.as_ref().map(|cutoffs| cutoffs.sizes(&self.market));
        // seats come by agent, so the last of each place stays
        let last: BTreeMap<Place, u32> =
            allocation.seats.iter().map(|seat| (seat.place, seat.agent.number())).collect();
        for agent in (0..self.people()).map(Agent::new) {
            let bar = match (&cutoffs, &sizes) {
                (Some(cutoffs), Some(sizes)) => {
                    // Who keeps spaces free is nobody whose place in the queue could be told.
                    let last = cutoffs.cutoff(agent).and_then(|standing| standing.checked_sub(self.first()));
                    last.map(|last| (last, sizes[agent.index()]))
                }
                _ if self.round.mechanism == Mechanism::SerialDictatorship => self.last_taken(agent, &last),
                _ => None,
            };
            let best = cutoffs.as_ref().and_then(|cutoffs| cutoffs.best(agent));
            let kept_free = best.is_some_and(|best| best < self.first());
            self.check_answer(agent, bar, kept_free, findings);
        }
    }

    /// The last to take one of an agent's choices that have spaces, and how many choices and spaces those are.
    fn last_taken(&self, agent: Agent, last: &BTreeMap<Place, u32>) -> Option<(u32, (usize, u64))> {
        let spaces = |place| u64::from(self.market.capacity(place));
        let own = self.market.choices(agent).iter().map(|choice| choice.place).filter(|&place| spaces(place) > 0);
        let latest = own.clone().filter_map(|place| last.get(&place)).max()?;
        Some((*latest, (own.clone().count(), own.map(spaces).sum())))
    }

    fn check_answer(
        &self,
        agent: Agent,
        bar: Option<(u32, (usize, u64))>,
        kept_free: bool,
        findings: &mut Vec<Finding>,
    ) {
        let id = self.party.queue()[agent.index()].id.clone();
        match self.answer(agent) {
            Some(Answer::Seated { permit, pair_points, .. })
                if !self.says_what_it_should(agent, permit) || *pair_points != self.points_due(agent, permit) =>
            {
                findings.push(Finding::WrongPermit(self.season(), id));
            }
            Some(Answer::LeftOut { refusal, cutoff, .. })
                if (*refusal, cutoff.clone()) != self.no(agent, bar, kept_free) =>
            {
                findings.push(Finding::WrongRefusal(self.season(), id));
            }
            _ => {}
        }
    }

    fn points_due(&self, agent: Agent, permit: &Permit) -> Option<u32> {
        let place = self.place_of(permit).filter(|_| self.district.policy().standing.has_pair_points());
        place.map(|place| self.pair_points(agent, place))
    }

    /// The refusal and the cutoff that the mechanism gives.
    fn no(&self, agent: Agent, bar: Option<(u32, (usize, u64))>, kept_free: bool) -> (Refusal, Option<Cutoff>) {
        let cutoff = bar.and_then(|(last, size)| {
            let standing = self.party.score(last as usize)?.clone();
            let (stretches, spaces) = (u32::try_from(size.0).ok()?, u32::try_from(size.1).ok()?);
            Some(Cutoff { position: last + 1, standing, stretches, spaces })
        });
        let choices = self.market.choices(agent);
        let application = self.party.queue()[agent.index()];
        let (stretches, shift) =
            (self.district.inventory().stretches(), self.district.policy().shift_asked(application));
        let in_reach = |walk: &Walk| self.place(&stretches[walk.stretch].id, shift).is_some();
        let door = &application.resident.door;
        let refusal = if !choices.is_empty() {
            match (choices.iter().any(|choice| self.market.capacity(choice.place) > 0), self.round.mechanism) {
                (false, _) => Refusal::HeldByPermits,
                (true, Mechanism::Optimal) if kept_free => Refusal::CeilingReached,
                (true, Mechanism::Optimal) => Refusal::AheadInQueue,
                (true, _) => Refusal::BetterClaims,
            }
        } else if self.walks.get(door).is_some_and(|walks| walks.iter().any(in_reach)) {
            Refusal::AllExcluded
        } else {
            Refusal::NoSpaceInReach
        };
        (refusal, cutoff)
    }

    fn says_what_it_should(&self, agent: Agent, permit: &Permit) -> bool {
        let (application, policy) = (self.party.queue()[agent.index()], self.district.policy());
        let (resident, stretch) = (&application.resident, self.district.inventory().stretch_index(&permit.stretch));
        let walks = self.walks.get(&resident.door).map_or(&[][..], Vec::as_slice);
        let walked = stretch.and_then(|index| walks.iter().find(|walk| walk.stretch == index));
        let valid = Window::new(self.round.at, valid_until(self.district, self.round)).ok();
        let renewed = self.party.renews(agent.index());
        let offer = policy.round.offer_hours.filter(|_| renewed.is_none());
        walked.is_some_and(|walk| walk.distance == permit.walk && walk.route == permit.route)
            && permit.shift.as_ref() == policy.shift_asked(application)
            && permit.kind == policy.permits.kind
            && permit.season == self.round.season
            && permit.application == application.id
            && (&permit.resident, &permit.household, &permit.door)
                == (&resident.id, &resident.household, &resident.door)
            && permit.vehicle == application.vehicle.id
            && Some(permit.valid) == valid
            && permit.since == renewed.map_or(self.round.at, |renewed| renewed.since)
            && permit.suspended.is_none()
            && permit.ended.is_none()
            && permit.renews.as_ref() == renewed.map(|renewed| &renewed.id)
            && permit.offer
                == offer.map(|hours| self.round.at.plus_seconds(i64::from(hours) * 3_600).min(permit.valid.end()))
            && permit.id == PermitId::in_round(&self.round.season, agent.number() + 1)
    }
}
