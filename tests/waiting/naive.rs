//! The waiting list once more, by counting people one by one: from the answers of a round, the walks and the records.

use shared_parking::district::{Answer, Round};
use shared_parking::policy::{PairFacts, RenewedPlace};
use shared_parking::{Application, ApplicationId, District, Permit, PermitId, ShiftId, StretchId, Timestamp};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A stretch for a shift.
pub type Right = (StretchId, Option<ShiftId>);

/// Somebody in the queue of a round.
pub struct Person<'a> {
    pub application: &'a Application,
    pub position: u32,
    pub incumbent: bool,
    pub tier: u32,
    pub points: u64,
    /// By which quotas they could be served before others.
    pub quotas: BTreeSet<&'a str>,
    /// The stretches accepted for the shift asked for, with the points of the pair.
    pub accepts: BTreeMap<Right, u64>,
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
        let given = policy.rights_on(stretch, inventory).contains(&policy.shift_asked(application));
        let cost = cost.filter(|_| policy.permits.space_kinds.contains(&stretch.kind) && given);
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
        let pair = PairFacts { straight, same_community: false }; // nobody gives points for it here
        u64::from(policy.standing.pair_points(standing, pair))
    };
    let quotas = policy.quotas.iter().filter(|quota| quota.group.admits(application, inventory));
    let shift = policy.shift_asked(application).cloned();
    Some(Person {
        application,
        position,
        incumbent: renews.is_some(),
        tier: standing.tier,
        points: standing.total_points(),
        quotas: quotas.map(|quota| quota.id.as_str()).collect(),
        accepts: costs.into_keys().map(|stretch| ((stretch.clone(), shift.clone()), pair(stretch))).collect(),
    })
}

impl Person<'_> {
    /// Whether another one stands ahead on the list before the draw.
    pub fn is_behind(&self, other: &Self) -> Ordering {
        self.compare(other, 0, 0)
    }

    /// Whether tier and points are better than those of another one.
    pub fn is_better_without_quotas(&self, other: &Self) -> bool {
        (self.incumbent, self.tier) == (other.incumbent, other.tier) && self.points > other.points
    }

    /// `Greater`: the other one stands ahead.
    fn compare(&self, other: &Self, own_pair: u64, other_pair: u64) -> Ordering {
        let key = |of: &Self, pair: u64| (!of.incumbent, of.tier, u64::MAX - of.points - pair);
        let order = key(self, own_pair).cmp(&key(other, other_pair));
        // Of two newcomers, the one behind may be served before by a quota of theirs that the other does not have.
        let (first, second) = if order == Ordering::Less { (self, other) } else { (other, self) };
        let overtakes = !first.incumbent && second.quotas.iter().any(|quota| !first.quotas.contains(quota));
        if overtakes { Ordering::Equal } else { order }
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
pub fn newcomers(district: &District) -> Vec<BTreeMap<Right, u32>> {
    let of_round = |round: &Round| {
        let new = round.permits().filter(|permit| permit.renews.is_none());
        let right = |permit: &Permit| (permit.stretch.clone(), permit.shift.clone());
        let mut places: BTreeMap<PermitId, Right> = new.map(|permit| (permit.id.clone(), right(permit))).collect();
        for passing in district.passings().iter().filter(|passing| passing.season == round.season) {
            passing.closed.iter().for_each(|closed| assert!(places.remove(closed).is_some(), "{closed}"));
            for passed in &passing.passed {
                let before = places.insert(passed.permit.id.clone(), right(&passed.permit));
                assert_eq!(before.map(|before| before.0), passed.from);
            }
        }
        let mut counts = BTreeMap::new();
        places.into_values().for_each(|right| *counts.entry(right).or_insert(0) += 1);
        counts
    };
    district.rounds().iter().map(of_round).collect()
}

/// The spaces that nobody has now of those somebody accepts, as far as a ceiling, of which there is one at most, lets
/// them be given.
pub fn free(district: &District, person: &Person<'_>, at: Timestamp) -> u64 {
    let (inventory, policy) = (district.inventory(), district.policy());
    let in_force: Vec<&Permit> = district.permits().filter(|permit| permit.valid.contains(at)).collect();
    let open = |own: &Right| {
        let capacity = inventory.stretch(&own.0).expect("a stretch").capacity;
        let held = in_force.iter().filter(|permit| (&permit.stretch, &permit.shift) == (&own.0, &own.1)).count();
        u64::from(policy.permits.permits_for(capacity)) - u64::try_from(held).expect("a few")
    };
    let Some(ceiling) = policy.ceilings.first() else { return person.accepts.keys().map(open).sum() };
    let covers = |stretch: &StretchId| ceiling.area.covers(inventory.stretch(stretch).expect("a stretch"), inventory);
    let held = in_force.iter().filter(|permit| covers(&permit.stretch)).count();
    let most = ceiling.on(policy.zone.local(at).date, 0); // a number, no share
    let room = u64::from(most).saturating_sub(u64::try_from(held).expect("a few"));
    let (inside, outside): (Vec<&Right>, Vec<&Right>) = person.accepts.keys().partition(|own| covers(&own.0));
    inside.into_iter().map(open).sum::<u64>().min(room) + outside.into_iter().map(open).sum::<u64>()
}
