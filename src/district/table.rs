//! The market of a round, and what its numbers stand for.
//!
//! Invariant: place and agent numbers follow stretch ids and positions, so the order in which rows came in cannot matter.

use super::offered::{Held, KeptFree, Offered};
use super::queue::{Candidate, Given, Terms};
use super::{CeilingProof, District, Permit};
use crate::inventory::{Inventory, Route, Walk};
use crate::market::{Agent, Allocation, Lots, Market, MarketBuilder, Mechanism, Place, Seat, Standing};
use crate::policy::{PairFacts, Policy, StandingKey};
use crate::refusal::Refusal;
use crate::units::{DoorId, Season, ShiftId, StretchId, Ticket};
use std::collections::{BTreeMap, BTreeSet};

/// A round as an assignment problem: candidates are agents by their positions, stretches are places by their ids (with
/// shifts, each stretch is as many places as it is given for shifts).
///
/// ```
/// use shared_parking::allocation::{Mechanism, allocate};
/// use shared_parking::{Season, sample};
/// let district = sample::small_district(1).unwrap();
/// let round = district.round_market(&Season::new("2026").unwrap(), 7, "2026-03-01T00:00:00Z".parse().unwrap()).unwrap();
/// let optimal = allocate(round.market(), Mechanism::Optimal, 7);
/// let serial = allocate(round.market(), Mechanism::SerialDictatorship, 7);
/// assert!(optimal.seated() >= serial.seated());
/// let first = &round.candidates()[0];
/// assert!(first.standing.key(&first.application.resident.id) <= round.candidates()[1].standing.key(&round.candidates()[1].application.resident.id));
/// ```
#[derive(Clone, Debug)]
pub struct RoundMarket<'a> {
    inventory: &'a Inventory,
    policy: &'a Policy,
    market: Market,
    candidates: Vec<Candidate<'a>>,
    offered: Vec<Offered<'a>>,
    /// The ceilings, in the policy's order.
    ceilings: Vec<KeptFree>,
    /// The walks from each door to stretches that permits may name, nearest first.
    walks: BTreeMap<&'a DoorId, Vec<Walk>>,
}

/// A place of a round's market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundPlace<'a> {
    /// The stretch.
    pub stretch: &'a StretchId,
    /// For which shift, where the policy has shifts.
    pub shift: Option<&'a ShiftId>,
    /// How many spaces are on offer.
    pub offered: u32,
}

/// What a round draws its tickets from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draw<'a> {
    pub(super) season: &'a Season,
    pub(super) seed: u64,
}

impl<'a> RoundMarket<'a> {
    /// The market: agent `n` is candidate `n`, place `n` is the one of that number in [`places`](Self::places). Costs are
    /// as the policy says (`policy.round.cost`), priorities are set where claims differ from place to place, incumbents
    /// hold their places.
    ///
    /// A candidate's standing is their number; where the policy has ceilings, one more, for then agents of standing 0
    /// come after the candidates: they take the spaces that the ceilings keep free, wherever it costs the others least.
    #[must_use]
    pub const fn market(&self) -> &Market {
        &self.market
    }

    /// The eligible in the order of the queue; position 1 first.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate<'a>] {
        &self.candidates
    }

    /// What there is to give: the stretches that permits may name, by id, for each shift in the policy's order.
    pub fn places(&self) -> impl ExactSizeIterator<Item = RoundPlace<'a>> {
        self.offered.iter().map(|&Offered { stretch, shift, spaces }| RoundPlace {
            stretch: &self.inventory.stretches()[stretch].id,
            shift,
            offered: spaces,
        })
    }

    /// The agents that are candidates, by their positions.
    pub fn people(&self) -> impl ExactSizeIterator<Item = Agent> {
        (0..u32::try_from(self.candidates.len()).unwrap_or(u32::MAX)).map(Agent::new)
    }

    /// The position that a standing of the market stands for, counted from 1; 0 for that of spaces kept free.
    pub(super) fn position(&self, standing: Standing) -> u32 {
        standing + 1 - self.first()
    }

    /// The standing of the first candidate.
    const fn first(&self) -> Standing {
        first_standing(self.policy)
    }

    /// What each ceiling left of the round.
    pub(super) fn ceilings(&self) -> impl Iterator<Item = &CeilingProof> {
        self.ceilings.iter().map(|kept| &kept.proof)
    }

    /// Whether a place lies in the area of a ceiling.
    pub(super) fn has_ceiling(&self, place: Place) -> bool {
        self.ceilings.iter().any(|kept| kept.places.binary_search(&place.index()).is_ok())
    }

    /// The free spaces of areas that have as many permits and offers as their ceilings let there be, as seats of those who
    /// keep them free. A chain adds one permit in the area of the free space that it ends at, and nowhere else.
    pub(super) fn kept_free_now(&self, seats: &[Seat], standing: &Held<'_>) -> Vec<Seat> {
        let mut free: Vec<u32> = self.offered.iter().map(|place| place.spaces).collect();
        for seat in seats {
            free[seat.place.index()] = free[seat.place.index()].saturating_sub(seat.count);
        }
        let keepers = (u32::try_from(self.candidates.len()).unwrap_or(u32::MAX)..).map(Agent::new);
        let mut kept = Vec::new();
        for (keeper, own) in keepers.zip(self.ceilings.iter().filter(|kept| kept.proof.kept_free > 0)) {
            let area: BTreeSet<usize> = own.places.iter().map(|&place| self.offered[place].stretch).collect();
            let covers = |id: &StretchId| self.inventory.stretch_index(id).is_some_and(|index| area.contains(&index));
            let within = standing.iter().filter(|((stretch, _), _)| covers(stretch)).map(|(_, count)| count);
            if within.sum::<u32>() < own.proof.at_most {
                continue;
            }
            for (&place, number) in own.places.iter().filter_map(|place| Some((place, u32::try_from(*place).ok()?))) {
                let count = std::mem::take(&mut free[place]);
                kept.extend((count > 0).then_some(Seat { agent: keeper, place: Place::new(number), count }));
            }
        }
        kept
    }

    /// How many spaces ceilings keep free at each place.
    pub(super) fn kept_free(&self, allocation: &Allocation) -> Vec<u32> {
        let mut kept = vec![0; self.offered.len()];
        for seat in allocation.seats.iter().filter(|seat| seat.agent.index() >= self.candidates.len()) {
            kept[seat.place.index()] += seat.count;
        }
        kept
    }

    /// The stretch of a place, by its index in the inventory.
    pub(super) fn stretch(&self, place: Place) -> usize {
        self.offered[place.index()].stretch
    }

    /// The place of a stretch for a shift.
    pub(super) fn place(&self, stretch: &StretchId, shift: Option<&ShiftId>) -> Option<Place> {
        let index = self.inventory.stretch_index(stretch)?;
        place_of(&self.offered, index, shift)
    }

    /// The permit, or offer, of a candidate who is seated at a place.
    pub(super) fn permit(&self, agent: Agent, place: Place, terms: &Terms<'_>) -> Permit {
        let index = self.stretch(place);
        let walk = self.reached(agent).iter().find(|walk| walk.stretch == index);
        let (distance, route) = walk.map_or((Default::default(), Route::Network), |walk| (walk.distance, walk.route));
        let (stretch, shift) = (&self.inventory.stretches()[index].id, self.offered[place.index()].shift);
        let seat = Given { stretch, shift, walk: distance, route };
        self.candidates[agent.index()].permit(terms, agent.number() + 1, seat)
    }

    /// The walks of a candidate to the stretches that permits may name.
    pub(super) fn reached(&self, agent: Agent) -> &[Walk] {
        let door = &self.candidates[agent.index()].application.resident.door;
        self.walks.get(door).map_or(&[], Vec::as_slice)
    }

    /// Whether a stretch that is given for the candidate's shift lies within the walking limit, wanted or not.
    pub(super) fn has_places_in_reach(&self, agent: Agent) -> bool {
        let shift = self.policy.shift_asked(self.candidates[agent.index()].application);
        self.reached(agent).iter().any(|walk| place_of(&self.offered, walk.stretch, shift).is_some())
    }

    /// Lays the table: the candidates in their order, the places with their spaces, and the spaces to keep free.
    pub(super) fn lay(
        district: &'a District,
        candidates: Vec<Candidate<'a>>,
        offered: Vec<Offered<'a>>,
        ceilings: Vec<KeptFree>,
        draw: Draw<'_>,
    ) -> Result<Self, Refusal> {
        let (inventory, policy) = (district.inventory(), district.policy());
        let walks = walks_from(inventory, policy, &candidates);
        let mut market = Market::builder();
        for place in &offered {
            market.place(place.spaces);
        }
        for (standing, candidate) in (first_standing(policy)..).zip(&candidates) {
            let reached = walks.get(&candidate.application.resident.door).map_or(&[][..], Vec::as_slice);
            let choices = choices(inventory, policy, candidate, reached);
            let shift = policy.shift_asked(candidate.application);
            let place = |(stretch, cost)| Some((place_of(&offered, stretch, shift)?, cost));
            let agent = market.agent(standing, 1, choices.into_iter().filter_map(place));
            let held = candidate.renews.and_then(|permit| inventory.stretch_index(&permit.stretch));
            let held = held.and_then(|stretch| place_of(&offered, stretch, shift));
            held.into_iter().for_each(|place| market.holds(agent, place, 1));
        }
        for kept in ceilings.iter().filter(|kept| kept.proof.kept_free > 0) {
            let places = kept.places.iter().filter_map(|&place| Some(Place::new(u32::try_from(place).ok()?)));
            market.agent(0, kept.proof.kept_free, places.map(|place| (place, 0)));
        }
        let market_of_all = built(market.clone())?;
        let mut table = Self { inventory, policy, market: market_of_all, candidates, offered, ceilings, walks };
        if table.prioritise(policy, draw, &mut market) {
            table.market = built(market)?;
        }
        Ok(table)
    }

    /// Ranks the claims at each place, where they are not the queue's everywhere: points that depend on the pair, or a
    /// ticket for each place. Whether there was something to rank.
    fn prioritise(&self, policy: &Policy, draw: Draw<'_>, market: &mut MarketBuilder) -> bool {
        let per_place = policy.round.mechanism == Mechanism::DeferredAcceptance(Lots::PerPlace);
        let pairs = policy.standing.has_pair_points(); // which a policy has only where places have a say
        if !per_place && !pairs {
            return false;
        }
        let mut claimants: Vec<Vec<(Key<'_>, Agent)>> = vec![Vec::new(); self.offered.len()];
        for agent in self.people() {
            let candidate = &self.candidates[agent.index()];
            for choice in self.market.choices(agent) {
                let stretch = self.offered[choice.place.index()].stretch;
                let (resident, id) = (&candidate.application.resident.id, &self.inventory.stretches()[stretch].id);
                let ticket = per_place.then(|| Ticket::draw_at(draw.seed, draw.season, resident, id));
                let key = self.key(policy, candidate, stretch, ticket.unwrap_or(candidate.standing.ticket));
                claimants[choice.place.index()].push((key, agent));
            }
        }
        for (place, mut claimants) in self.market.places().zip(claimants) {
            claimants.sort_unstable();
            for (priority, (_, agent)) in (0..).zip(claimants) {
                market.priority(agent, place, priority);
            }
        }
        true
    }

    fn key<'k>(&self, policy: &Policy, candidate: &'k Candidate<'_>, stretch: usize, ticket: Ticket) -> Key<'k> {
        let points = pair_points(self.inventory, policy, candidate, stretch);
        let resident = &candidate.application.resident.id;
        (candidate.renews.is_none(), candidate.standing.key_at(points, ticket, resident))
    }
}

/// A claim to one place: incumbents first, then as they stand there.
pub(super) type Key<'k> = (bool, StandingKey<'k>);

/// The points of a pair of applicant and stretch; 0 where the policy has none.
pub(super) fn pair_points(inventory: &Inventory, policy: &Policy, candidate: &Candidate<'_>, stretch: usize) -> u32 {
    let Some(door) = inventory.door_index(&candidate.application.resident.door) else { return 0 };
    let Some(straight) = inventory.straight_line(door, stretch) else { return 0 };
    let street = inventory.street(&inventory.stretches()[stretch].street);
    let (home, there) = (&inventory.doors()[door].community, street.and_then(|street| street.community.as_ref()));
    let same_community = home.is_some() && home.as_ref() == there;
    policy.standing.pair_points(&candidate.standing, PairFacts { straight, same_community })
}

fn place_of(offered: &[Offered<'_>], stretch: usize, shift: Option<&ShiftId>) -> Option<Place> {
    let first = offered.partition_point(|place| place.stretch < stretch);
    let own = offered[first..].iter().take_while(|place| place.stretch == stretch);
    let at = first + own.zip(0..).find(|(place, _)| place.shift == shift)?.1;
    Some(Place::new(u32::try_from(at).ok()?))
}

/// The standing of the first candidate: where there are ceilings, those who keep spaces free stand before everybody.
const fn first_standing(policy: &Policy) -> Standing {
    if policy.ceilings.is_empty() { 0 } else { 1 }
}

/// The stretches a candidate accepts, by their index in the inventory, and what each costs.
///
/// An incumbent accepts the place held, and what the policy lets them improve to.
fn choices(inventory: &Inventory, policy: &Policy, candidate: &Candidate<'_>, reached: &[Walk]) -> Vec<(usize, u32)> {
    let (preferences, limit) = (&candidate.application.preferences, policy.permits.walk_limit());
    let cost = |walk: &Walk| {
        let street = &inventory.stretches()[walk.stretch].street;
        Some((walk.stretch, policy.round.cost(preferences, street, walk.distance, limit)?))
    };
    let mut choices: Vec<(usize, u32)> = reached.iter().filter_map(cost).collect();
    let held = candidate.renews.and_then(|permit| inventory.stretch_index(&permit.stretch));
    let held = held.and_then(|held| choices.iter().copied().find(|choice| choice.0 == held));
    if let (Some((held, own)), Some(renewal)) = (held, policy.round.renewal) {
        choices.retain(|&(stretch, cost)| renewal.place.admits(stretch == held, cost, own));
    }
    choices
}

/// The walks from every door of the queue to the stretches that permits may name, within the limit.
fn walks_from<'a>(
    inventory: &'a Inventory,
    policy: &Policy,
    candidates: &[Candidate<'a>],
) -> BTreeMap<&'a DoorId, Vec<Walk>> {
    let (stretches, rules) = (inventory.stretches(), &policy.permits);
    let (mut walker, mut reached) = (inventory.walker(), Vec::new());
    let mut walks = BTreeMap::new();
    for candidate in candidates {
        let door = &candidate.application.resident.door;
        if let (false, Some(index)) = (walks.contains_key(door), inventory.door_index(door)) {
            walker.walks(index, rules.walk_limit(), &mut reached);
            reached.retain(|walk| rules.space_kinds.contains(&stretches[walk.stretch].kind));
            walks.insert(door, reached.clone());
        }
    }
    walks
}

/// Costs are bounded by the policy's walking limit and the numbers are ours, so only size can be refused.
fn built(market: MarketBuilder) -> Result<Market, Refusal> {
    market.build().map_err(|_| Refusal::MarketTooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_beyond_its_numbers_is_refused() {
        let mut market = Market::builder();
        market.agent(0, u32::MAX, []);
        assert_eq!(built(market), Err(Refusal::MarketTooLarge));
    }
}
