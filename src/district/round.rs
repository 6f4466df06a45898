//! The round: judge, order, seat by the optimal mechanism, and write down an answer for everybody.

use super::queue::Terms;
use super::queue::{Candidate, Queue};
use super::{Answer, Cutoff, District, Outcome, PlaceProof, Round};
use crate::allocation::{Mechanism, allocate};
use crate::calendar::{TimeOfDay, Timestamp, Window};
use crate::inventory::Walk;
use crate::market::{Agent, Allocation, Cutoffs, Market, MarketBuilder, Place};
use crate::refusal::Refusal;
use crate::units::{DoorId, Season};
use std::collections::BTreeMap;

/// A round's market, and what its numbers stand for. Place and agent numbers follow stretch ids and positions, so the
/// order of the rows that came in cannot matter.
struct Table<'a> {
    market: Market,
    /// For each place: which stretch of the inventory, and how many spaces are on offer.
    offered: Vec<(usize, u32)>,
    /// For each agent: the walks to stretches on offer, sorted by distance. People of one door share them.
    walks: Vec<&'a [Walk]>,
}

impl District {
    /// Judges, orders and seats. The caller has made sure that the season is new.
    pub(super) fn hold_round(&self, season: &Season, seed: u64, at: Timestamp) -> Result<Round, Refusal> {
        let by = self.next_number();
        let queue = self.queue(season, seed, at);
        let walks = self.walks(&queue.eligible);
        let table = self.table(&queue.eligible, &walks, at)?;
        let allocation = allocate(&table.market, Mechanism::Optimal, seed);
        let cutoffs = Cutoffs::derive(&table.market, &allocation);
        let sizes = cutoffs.sizes(&table.market);
        let terms = Terms { season, kind: &self.policy.permits.kind, valid: self.validity(at)? };
        let mut outcomes: Vec<Outcome> = queue.refusals().collect();
        for agent in table.market.agents() {
            let candidate = &queue.eligible[agent.index()];
            let answer = match allocation.seats_of(agent).first() {
                Some(seat) => self.seat(candidate, &terms, &table, agent, seat.place),
                None => left_out(&queue, &table, cutoffs.cutoff(agent), sizes[agent.index()], agent),
            };
            outcomes.push(Outcome { application: candidate.application.id.clone(), answer });
        }
        outcomes.sort_by(|a, b| a.application.cmp(&b.application));
        Ok(Round { season: season.clone(), seed, at, by, outcomes, places: self.proofs(&table, &allocation) })
    }

    /// From the instant of the round to the first instant of the day on which the permit's months are over.
    fn validity(&self, at: Timestamp) -> Result<Window, Refusal> {
        let zone = &self.policy.zone;
        let last = zone.local(at).date.plus_months(self.policy.permits.valid_months);
        Window::new(at, zone.instant(last, TimeOfDay::MIDNIGHT)).map_err(|_| Refusal::BeyondCalendar)
    }

    /// The walks from every door of the queue to the stretches that permits may name, within the limit.
    fn walks(&self, eligible: &[Candidate<'_>]) -> BTreeMap<DoorId, Vec<Walk>> {
        let (stretches, rules) = (self.inventory.stretches(), &self.policy.permits);
        let (mut walker, mut reached) = (self.inventory.walker(), Vec::new());
        let mut walks = BTreeMap::new();
        for candidate in eligible {
            let door = &candidate.application.resident.door;
            if let (false, Some(index)) = (walks.contains_key(door), self.inventory.door_index(door)) {
                walker.walks(index, rules.walk_limit(), &mut reached);
                reached.retain(|walk| rules.space_kinds.contains(&stretches[walk.stretch].kind));
                walks.insert(door.clone(), reached.clone());
            }
        }
        walks
    }

    fn table<'a>(
        &self,
        eligible: &[Candidate<'_>],
        walks: &'a BTreeMap<DoorId, Vec<Walk>>,
        at: Timestamp,
    ) -> Result<Table<'a>, Refusal> {
        let held = self.held(at);
        let mut market = Market::builder();
        let mut offered = Vec::new();
        let mut place_of = vec![None; self.inventory.stretches().len()];
        for (index, stretch) in self.inventory.stretches().iter().enumerate() {
            if self.policy.permits.space_kinds.contains(&stretch.kind) {
                let open = stretch.capacity.saturating_sub(held.get(&stretch.id).copied().unwrap_or(0));
                place_of[index] = Some(market.place(open));
                offered.push((index, open));
            }
        }
        let mut walks_of = Vec::with_capacity(eligible.len());
        for (standing, candidate) in (0..).zip(eligible) {
            let reached: &[Walk] = walks.get(&candidate.application.resident.door).map_or(&[], Vec::as_slice);
            let choice = |walk: &Walk| place_of[walk.stretch].map(|place| (place, walk.distance.get()));
            market.agent(standing, 1, reached.iter().filter_map(choice));
            walks_of.push(reached);
        }
        Ok(Table { market: built(market)?, offered, walks: walks_of })
    }

    fn seat(
        &self,
        candidate: &Candidate<'_>,
        terms: &Terms<'_>,
        table: &Table<'_>,
        agent: Agent,
        place: Place,
    ) -> Answer {
        let index = table.offered[place.index()].0;
        let stretch = &self.inventory.stretches()[index];
        let walk = table.walks[agent.index()].iter().find(|walk| walk.stretch == index);
        let (distance, route) =
            walk.map_or((Default::default(), crate::inventory::Route::Network), |walk| (walk.distance, walk.route));
        let position = agent.number() + 1;
        let permit = candidate.permit(terms, position, (stretch.id.clone(), distance, route));
        Answer::Seated { standing: candidate.standing.clone(), position, permit }
    }

    fn proofs(&self, table: &Table<'_>, allocation: &Allocation) -> Vec<PlaceProof> {
        let prices = allocation.certificate.iter().flat_map(|certificate| &certificate.places);
        let proof = |(&(index, offered), price): (&(usize, u32), &crate::market::PlacePrice)| PlaceProof {
            stretch: self.inventory.stretches()[index].id.clone(),
            offered,
            closed: price.closed.map(|standing| standing + 1),
            price: price.price,
        };
        table.offered.iter().zip(prices).map(proof).collect()
    }
}

/// Costs are bounded by the policy's walking limit and the numbers are ours, so only size can be refused.
fn built(market: MarketBuilder) -> Result<Market, Refusal> {
    market.build().map_err(|_| Refusal::MarketTooLarge)
}

fn left_out(queue: &Queue<'_>, table: &Table<'_>, last: Option<u32>, size: (usize, u64), agent: Agent) -> Answer {
    let standing = queue.eligible[agent.index()].standing.clone();
    let cutoff = last.map(|last| Cutoff {
        position: last + 1,
        standing: queue.eligible[last as usize].standing.clone(),
        stretches: u32::try_from(size.0).unwrap_or(u32::MAX),
        spaces: u32::try_from(size.1).unwrap_or(u32::MAX),
    });
    let refusal = match cutoff {
        Some(_) => Refusal::AheadInQueue,
        None if table.market.choices(agent).is_empty() => Refusal::NoSpaceInReach,
        None => Refusal::HeldByPermits,
    };
    Answer::LeftOut { refusal, standing, position: agent.number() + 1, cutoff }
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
