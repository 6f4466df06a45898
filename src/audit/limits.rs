//! What ceilings leave of a round, derived again.
//!
//! Invariant: nothing is taken from the round but how many spaces it says stay free at each place, and the prices by
//! which that is proved.

use crate::district::{CeilingProof, District, Permit, Round};
use crate::inventory::Stretch;
use crate::market::{Agent, MarketBuilder, Place, Seat};
use crate::policy::Ceiling;
use std::collections::{BTreeMap, BTreeSet};

/// The ceilings of a round, in the policy's order, each with its area.
pub(super) struct Limits {
    pub(super) proofs: Vec<CeilingProof>,
    /// The round's places in each area.
    areas: Vec<BTreeSet<usize>>,
}

impl Limits {
    /// As the round says; a place that is not the round's is in no area.
    pub(super) fn of_round(district: &District, round: &Round) -> Self {
        let stretches: Vec<Option<&Stretch>> =
            round.places.iter().map(|place| district.inventory().stretch(&place.stretch)).collect();
        let areas = district.policy().ceilings.iter().map(|ceiling| area(district, ceiling, &stretches)).collect();
        Self { proofs: round.ceilings.clone(), areas }
    }

    /// As the rules give: `places` are stretches (by their index in the inventory) with the spaces on offer, `staying` the
    /// permits that hold a space and are not renewed, `renewed` those that are.
    pub(super) fn derive(
        district: &District,
        round: &Round,
        places: &[(usize, u32)],
        staying: &[&Permit],
        renewed: &[&Permit],
    ) -> Self {
        let (inventory, policy) = (district.inventory(), district.policy());
        let stretches: Vec<Option<&Stretch>> =
            places.iter().map(|&(stretch, _)| inventory.stretches().get(stretch)).collect();
        let today = policy.zone.local(round.at).date;
        let areas: Vec<BTreeSet<usize>> =
            policy.ceilings.iter().map(|ceiling| area(district, ceiling, &stretches)).collect();
        let mut proofs: Vec<CeilingProof> = Vec::new();
        for (ceiling, own) in policy.ceilings.iter().zip(&areas) {
            let inside = |permit: &&&Permit| {
                inventory.stretch(&permit.stretch).is_some_and(|stretch| ceiling.area.covers(stretch, inventory))
            };
            let number = |permits: &[&Permit]| u32::try_from(permits.iter().filter(inside).count()).unwrap_or(u32::MAX);
            let spaces = own.iter().filter_map(|&place| stretches[place]).map(|stretch| u64::from(stretch.capacity));
            let (at_most, in_force) = (ceiling.on(today, spaces.sum()), number(staying));
            let gives = number(renewed).max(at_most.saturating_sub(in_force));
            proofs.push(CeilingProof { ceiling: ceiling.id.clone(), at_most, in_force, gives, kept_free: 0 });
        }
        // A ceiling keeps free what is offered beyond what it gives, less what those within it keep free already: from
        // the smallest area to the largest.
        let order = order(&areas);
        for (nth, &at) in order.iter().enumerate() {
            let offered: u64 = areas[at].iter().map(|&place| u64::from(places[place].1)).sum();
            let smaller = order[..nth].iter().filter(|&&other| areas[other].is_subset(&areas[at]));
            let within: u64 = smaller.map(|&other| u64::from(proofs[other].kept_free)).sum();
            let free = offered.saturating_sub(u64::from(proofs[at].gives) + within);
            proofs[at].kept_free = u32::try_from(free).unwrap_or(u32::MAX);
        }
        Self { proofs, areas }
    }

    /// The ceilings that keep something free, as agents that stand before everybody.
    pub(super) fn join(&self, market: &mut MarketBuilder) {
        for (proof, own) in self.proofs.iter().zip(&self.areas).filter(|(proof, _)| proof.kept_free > 0) {
            let places = own.iter().filter_map(|&place| Some((Place::new(u32::try_from(place).ok()?), 0)));
            market.agent(0, proof.kept_free, places.collect::<Vec<_>>());
        }
    }

    /// Where they sit, given how many spaces the round says stay free at each place: inner areas first, the cheapest
    /// places first, which is how they sit in an optimal allocation. `people` is the number of agents before them.
    pub(super) fn seats(&self, round: &Round, people: u32) -> Vec<Seat> {
        let mut left: BTreeMap<usize, u32> = round.places.iter().map(|place| place.kept_free).enumerate().collect();
        let binding = |at: &usize| self.proofs.get(*at).is_some_and(|proof| proof.kept_free > 0);
        let mut agents: BTreeMap<usize, u32> = BTreeMap::new();
        for (at, agent) in (0..self.areas.len()).filter(binding).zip(people..) {
            agents.insert(at, agent);
        }
        let mut seats = Vec::new();
        for at in order(&self.areas).into_iter().filter(|at| agents.contains_key(at)) {
            let mut wanted = self.proofs[at].kept_free;
            let mut own: Vec<usize> = self.areas[at].iter().copied().collect();
            own.sort_by_key(|&place| (round.places[place].price, place));
            for place in own {
                let Some(free) = left.get_mut(&place) else { continue };
                let count = wanted.min(*free);
                (wanted, *free) = (wanted - count, *free - count);
                if count > 0 {
                    let number = u32::try_from(place).unwrap_or(u32::MAX);
                    seats.push(Seat { agent: Agent::new(agents[&at]), place: Place::new(number), count });
                }
            }
        }
        // Spaces said to stay free for no ceiling sit beyond the last place, which no check lets pass.
        if left.values().any(|&free| free > 0) {
            let beyond = u32::try_from(round.places.len()).unwrap_or(u32::MAX);
            seats.push(Seat { agent: Agent::new(people), place: Place::new(beyond), count: 1 });
        }
        seats.sort_unstable();
        seats
    }
}

/// From the smallest area to the largest, of equal ones in the policy's order.
fn order(areas: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|&at| (areas[at].len(), at));
    order
}

fn area(district: &District, ceiling: &Ceiling, places: &[Option<&Stretch>]) -> BTreeSet<usize> {
    let inventory = district.inventory();
    let covered = |place: &Option<&Stretch>| place.is_some_and(|stretch| ceiling.area.covers(stretch, inventory));
    places.iter().enumerate().filter(|(_, place)| covered(place)).map(|(at, _)| at).collect()
}
