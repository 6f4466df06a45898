//! The market of a round seen again, from the round's own claims: who waits, who sits where, what is closed to whom.
//!
//! Invariant: built from the ground, the policy's limit and the round as it is recorded, without a solver. Of a sound
//! round (see [`check`](crate::audit::check)) everything said is exact; of another one it is as wrong as the round.

use super::super::limits::Limits;
use crate::district::{Answer, District, Round};
use crate::inventory::{Walk, Walker};
use crate::market::{Agent, Allocation, Cutoffs, Market, MoreSpaces, Place, Seat, Shortage, Standing};
use crate::units::{ApplicationId, DoorId, ShiftId, StretchId};
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    pub(super) round: &'a Round,
    /// The eligible by position: the agents of the market.
    queue: Vec<(u32, &'a ApplicationId)>,
    /// The standing of the first: those who keep spaces free for a ceiling stand before everybody.
    first: Standing,
    market: Market,
    cutoffs: Cutoffs,
    shortage: Shortage,
}

impl<'a> Table<'a> {
    /// `None` when the round has more people or choices than a market. O(choices), and a walk from every door.
    pub(super) fn of(district: &'a District, round: &'a Round) -> Option<Self> {
        let (stretches, policy) = (district.inventory().stretches(), district.policy());
        let (limits, first) = (Limits::of_round(district, round), u32::from(!policy.ceilings.is_empty()));
        let mut queue: Vec<(u32, &ApplicationId)> = round
            .outcomes
            .iter()
            .filter_map(|outcome| Some((position(&outcome.answer)?, &outcome.application)))
            .collect();
        queue.sort_unstable();
        let mut market = Market::builder();
        for proof in &round.places {
            market.place(proof.offered);
        }
        let mut doors = Doors { district, walker: district.inventory().walker(), walks: BTreeMap::new() };
        for &(position, application) in &queue {
            let choices = doors.choices(round, application)?;
            let shift = policy.shift_asked(district.application(application)?.as_of(round.by));
            let place = |(stretch, cost): (usize, u32)| Some((place_of(round, &stretches[stretch].id, shift)?, cost));
            market.agent(standing(position) + first, 1, choices.into_iter().filter_map(place));
        }
        limits.join(&mut market);
        let market = market.build().ok()?;
        let mut allocation = claimed(round, &queue);
        allocation.seats.extend(limits.seats(round, u32::try_from(queue.len()).ok()?));
        let cutoffs = Cutoffs::derive(&market, &allocation);
        let shortage = Shortage::derive(&market, &allocation);
        Some(Self { round, queue, first, market, cutoffs, shortage })
    }

    /// The number of the command that held the round.
    pub(super) const fn held_by(&self) -> u64 {
        self.round.by
    }

    /// Whether a further choice of this stretch for this shift would seat somebody at this position.
    pub(super) fn is_open(&self, stretch: &StretchId, shift: Option<&ShiftId>, position: u32) -> bool {
        let place = place_of(self.round, stretch, shift);
        place.is_some_and(|place| self.cutoffs.is_open(place, standing(position) + self.first))
    }

    /// How many spaces would have seated somebody, and on which stretches, if there are no ceilings.
    pub(super) fn spaces(&mut self, position: u32, application: &ApplicationId) -> Option<(u32, Vec<&'a StretchId>)> {
        let at = self.queue.binary_search(&(position, application)).ok()?;
        let agent = Agent::new(u32::try_from(at).ok()?);
        let MoreSpaces { count, places } = self.shortage.spaces(&self.market, agent)?;
        let round = self.round;
        Some((count, places.into_iter().map(|place| &round.places[place.index()].stretch).collect()))
    }
}

/// The walks from doors, each worked out once.
struct Doors<'a> {
    district: &'a District,
    walker: Walker<'a>,
    walks: BTreeMap<&'a DoorId, Vec<Walk>>,
}

impl<'a> Doors<'a> {
    /// The stretches somebody accepts, by their place in the inventory, with their costs; who renewed a permit accepts
    /// what the rules let them.
    fn choices(&mut self, round: &Round, application: &ApplicationId) -> Option<Vec<(usize, u32)>> {
        let (inventory, policy) = (self.district.inventory(), self.district.policy());
        let own = self.district.application(application)?.as_of(round.by);
        let (limit, walker) = (policy.permits.walk_limit(), &mut self.walker);
        let walks = self.walks.entry(&own.resident.door).or_insert_with(|| {
            let mut walks = Vec::new();
            if let Some(index) = inventory.door_index(&own.resident.door) {
                walker.walks(index, limit, &mut walks);
            }
            walks
        });
        let cost = |walk: &Walk| {
            let street = &inventory.stretches()[walk.stretch].street;
            Some((walk.stretch, policy.round.cost(&own.preferences, street, walk.distance, limit)?))
        };
        let mut choices: Vec<(usize, u32)> = walks.iter().filter_map(cost).collect();
        let renewed = match round.answer(application)? {
            Answer::Seated { permit, .. } => permit.renews.as_ref(),
            _ => None,
        };
        let held = renewed.and_then(|id| inventory.stretch_index(&self.district.permit(id)?.stretch));
        let held = held.and_then(|held| choices.iter().copied().find(|choice| choice.0 == held));
        if let (Some(held), Some(renewal)) = (held, policy.round.renewal) {
            choices.retain(|&(stretch, cost)| renewal.place.admits(stretch == held.0, cost, held.1));
        }
        Some(choices)
    }
}

const fn standing(position: u32) -> Standing {
    position.saturating_sub(1)
}

fn position(answer: &Answer) -> Option<u32> {
    match answer {
        Answer::Seated { position, .. } | Answer::LeftOut { position, .. } => Some(*position),
        Answer::NotEligible { .. } => None,
    }
}

fn place_of(round: &Round, stretch: &StretchId, shift: Option<&ShiftId>) -> Option<Place> {
    Some(Place::new(u32::try_from(round.place_of(stretch, shift)?).ok()?))
}

/// The seats of a round; one on a stretch that is not on offer is passed over.
fn claimed(round: &Round, queue: &[(u32, &ApplicationId)]) -> Allocation {
    let seat = |(number, &(_, application)): (u32, &(u32, &ApplicationId))| match round.answer(application)? {
        Answer::Seated { permit, .. } => Some(Seat {
            agent: Agent::new(number),
            place: place_of(round, &permit.stretch, permit.shift.as_ref())?,
            count: 1,
        }),
        _ => None,
    };
    Allocation { seats: (0..).zip(queue).filter_map(seat).collect(), certificate: None }
}
