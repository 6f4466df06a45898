//! The waiting list once more, by counting people one by one: from the answers of a round, the walks and the records.

use shared_parking::district::{Answer, Round};
use shared_parking::policy::RenewedPlace;
use shared_parking::{Application, ApplicationId, District, PermitId, StretchId};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody in the queue of a round.
pub struct Person<'a> {
    pub application: &'a Application,
    pub position: u32,
    pub incumbent: bool,
    pub tier: u32,
    pub points: u64,
    /// The stretches accepted, with the points of the pair.
    pub accepts: BTreeMap<&'a StretchId, u64>,
}

/// The queue of a round that was decided on a district as it stands.
pub fn people<'a>(district: &'a District, round: &Round) -> Vec<Person<'a>> {
    let mut people: Vec<Person<'a>> =
        round.outcomes.iter().filter_map(|own| person(district, &own.application, &own.answer)).collect();
    people.sort_by_key(|own| own.position);
    people
}

fn person<'a>(district: &'a District, id: &ApplicationId, answer: &Answer) -> Option<Person<'a>> {
    let (standing, position, renews) = match answer {
        Answer::Seated { standing, position, permit, .. } => (standing, *position, permit.renews.as_ref()),
        Answer::LeftOut { standing, position, .. } => (standing, *position, None),
        Answer::NotEligible { .. } => return None,
    };
    let (inventory, policy) = (district.inventory(), district.policy());
    let application = &district.application(id).expect("an application").application;
    let limit = policy.permits.walk_limit();
    let mut costs = BTreeMap::new();
    for walk in inventory.walks(&application.resident.door, limit).expect("a door") {
        let stretch = &inventory.stretches()[walk.stretch];
        let cost = policy.round.cost(&application.preferences, &stretch.street, walk.distance, limit);
        let cost = cost.filter(|_| policy.permits.space_kinds.contains(&stretch.kind));
        costs.extend(cost.map(|cost| (&stretch.id, cost)));
    }
    if let Some(held) = renews.and_then(|old| district.permit(old)) {
        let own = costs[&held.stretch];
        let improve = policy.round.renewal.expect("a renewal").place == RenewedPlace::Improve;
        costs.retain(|stretch, cost| **stretch == held.stretch || improve && *cost < own);
    }
    let pair = |stretch: &StretchId| {
        let (door, stretch) =
            (inventory.door_index(&application.resident.door), inventory.stretch_index(stretch).expect("a stretch"));
        let straight = inventory.straight_line(door.expect("a door"), stretch).expect("a line");
        u64::from(policy.standing.pair_points(straight))
    };
    Some(Person {
        application,
        position,
        incumbent: renews.is_some(),
        tier: standing.tier,
        points: standing.total_points(),
        accepts: costs.into_keys().map(|stretch| (stretch, pair(stretch))).collect(),
    })
}

impl Person<'_> {
    /// Whether another one stands ahead on the list before the draw.
    pub fn is_behind(&self, other: &Self) -> Ordering {
        self.compare(other, 0, 0)
    }

    /// `Greater`: the other one stands ahead.
    fn compare(&self, other: &Self, own_pair: u64, other_pair: u64) -> Ordering {
        let key = |of: &Self, pair: u64| (!of.incumbent, of.tier, u64::MAX - of.points - pair);
        key(self, own_pair).cmp(&key(other, other_pair))
    }

    /// How another one who accepts one of the same stretches stands at them: `Greater` ahead at all of them, `Less`
    /// behind at all, `Equal` otherwise.
    pub fn is_behind_there(&self, other: &Self) -> Option<Ordering> {
        let shared = self.accepts.iter().filter_map(|(stretch, &pair)| Some((pair, *other.accepts.get(stretch)?)));
        let orders: BTreeSet<Ordering> = shared.map(|(own, others)| self.compare(other, own, others)).collect();
        match orders.len() {
            0 => None,
            1 => orders.first().copied(),
            _ => Some(Ordering::Equal),
        }
    }
}

/// The newcomers of each round to each stretch, read from what was recorded and not from the permits that stand.
pub fn newcomers(district: &District) -> Vec<BTreeMap<StretchId, u32>> {
    let of_round = |round: &Round| {
        let new = round.permits().filter(|permit| permit.renews.is_none());
        let mut places: BTreeMap<PermitId, StretchId> =
            new.map(|permit| (permit.id.clone(), permit.stretch.clone())).collect();
        for passing in district.passings().iter().filter(|passing| passing.season == round.season) {
            passing.closed.iter().for_each(|closed| assert!(places.remove(closed).is_some(), "{closed}"));
            for passed in &passing.passed {
                let before = places.insert(passed.permit.id.clone(), passed.permit.stretch.clone());
                assert_eq!(before, passed.from);
            }
        }
        let mut counts = BTreeMap::new();
        places.into_values().for_each(|stretch| *counts.entry(stretch).or_insert(0) += 1);
        counts
    };
    district.rounds().iter().map(of_round).collect()
}
