//! Checking offers that were closed: the right ones, and their spaces passed on to the next in line.
//!
//! Invariant: who had what is read from the records before, the market is built here again, and each chain is checked by
//! [`check_fall`], which searches for none.

use super::Right;
use super::again::walks_from;
use super::finding::Finding;
use super::full::{full_places, is_limited};
use super::line::{Entrant, can_pass_on, is_latest, line_of};
use super::party::{Counts, claim_for, claim_of};
use super::round::valid_until;
use super::vacancy::check_fall;
use crate::calendar::{Timestamp, Window};
use crate::district::{District, Passed, Passing, Permit, Recorded, Round};
use crate::inventory::{Stretch, Walk};
use crate::market::{Agent, Allocation, Market, Move, Place, Seat};
use crate::people::Application;
use crate::policy::{Circumstances, Claims, judge};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, DoorId, PermitId, ShiftId, StretchId};
use std::collections::{BTreeMap, BTreeSet};

/// Checks one passing; `before` are the permits and offers that stood before it. O(choices and permits) for each chain.
pub(super) fn check_passing(
    district: &District,
    passing: &Passing,
    before: &BTreeMap<PermitId, Permit>,
    findings: &mut Vec<Finding>,
) {
    let wrong = || Finding::WrongOffers(passing.season.clone(), passing.by);
    let Some(round) = district.rounds().iter().find(|round| round.season == passing.season) else {
        return findings.push(wrong());
    };
    let right = if passing.closed.is_empty() {
        fills(district, round, passing)
    } else {
        passing.closed == due(passing, before)
    };
    if !right {
        return findings.push(wrong());
    }
    let Some(mut line) = Line::form(district, round, passing, before) else { return findings.push(wrong()) };
    // Each chain ends with somebody who had no offer; what is left over after the last one is a chain that does not.
    for chain in passing.passed.split_inclusive(|passed| passed.from.is_none()) {
        let moves: Option<Vec<Move>> = chain.iter().map(|passed| line.step(passed)).collect();
        let Some(moves) = moves else { return findings.push(wrong()) };
        if let Err(faults) = line.check(&moves) {
            let told = |fault| Finding::NotNextInLine(passing.season.clone(), passing.by, fault);
            return findings.extend(faults.into_iter().map(told));
        }
        for passed in chain {
            if !line.says_what_it_should(&passed.permit) {
                findings.push(wrong());
            }
            line.make(&passed.permit);
        }
    }
    if let Err(faults) = line.check(&[]) {
        let told = |fault| Finding::NotNextInLine(passing.season.clone(), passing.by, fault);
        findings.extend(faults.into_iter().map(told));
    }
}

/// Checks that no free space could fall to anybody in the line of a round, by a command of this instant and number.
pub(super) fn check_nobody_could_come(
    district: &District,
    round: &Round,
    (at, by): (Timestamp, u64),
    before: &BTreeMap<PermitId, Permit>,
    findings: &mut Vec<Finding>,
) {
    let (season, closed, passed) = (round.season.clone(), Vec::new(), Vec::new());
    let none = Passing { season, at, by, declined: None, closed, passed };
    let line = Line::form(district, round, &none, before);
    let Some(line) = line else { return findings.push(Finding::WrongOffers(round.season.clone(), by)) };
    if let Err(faults) = line.check(&[]) {
        let told = |fault| Finding::NotNextInLine(round.season.clone(), by, fault);
        findings.extend(faults.into_iter().map(told));
    }
}

/// Whether free spaces could be passed on without closing an offer: something was, along the line of the latest round.
fn fills(district: &District, round: &Round, passing: &Passing) -> bool {
    passing.declined.is_none()
        && !passing.passed.is_empty()
        && can_pass_on(district)
        && is_latest(district, round, passing.by)
}

/// The offers that the command had to close.
fn due(passing: &Passing, before: &BTreeMap<PermitId, Permit>) -> Vec<PermitId> {
    let open = before.values().filter(|permit| permit.season == passing.season);
    let open = open.filter_map(|permit| Some((&permit.id, permit.offer?)));
    let due = open.filter(|(id, until)| match &passing.declined {
        Some(declined) => *id == declined,
        None => *until <= passing.at,
    });
    due.map(|(id, _)| id.clone()).collect()
}

/// The people of a round, position by position, as they stood when offers were closed.
struct Line<'a> {
    district: &'a District,
    round: &'a Round,
    at: Timestamp,
    people: Vec<&'a Application>,
    numbers: BTreeMap<&'a ApplicationId, Agent>,
    market: Market,
    /// Each stretch for each shift it is given for.
    places: Vec<Right<'a>>,
    walks: BTreeMap<&'a DoorId, Vec<Walk>>,
    /// Permits and offers that stand now, of this round and of others.
    standing: BTreeMap<PermitId, Permit>,
    waits: Vec<bool>,
    /// What the ids of their permits are made of, and the refusals that appeals set aside for them.
    entries: Vec<(u32, Vec<Refusal>)>,
}

impl<'a> Line<'a> {
    fn form(
        district: &'a District,
        round: &'a Round,
        passing: &Passing,
        before: &BTreeMap<PermitId, Permit>,
    ) -> Option<Self> {
        let stands =
            |permit: &&Permit| permit.valid.contains(passing.at) && passing.closed.binary_search(&permit.id).is_err();
        let standing: BTreeMap<PermitId, Permit> =
            before.values().filter(stands).map(|permit| (permit.id.clone(), permit.clone())).collect();
        // The line as it is with the command's own appeal, if it upheld one.
        let queue = line_of(district, round, passing.by + 1)?;
        let earlier = |by: u64| by < passing.by;
        let seated = district.rounds().iter().filter(|round| earlier(round.by)).flat_map(Round::permits);
        let passed = district.passings().iter().filter(|other| earlier(other.by)).flat_map(|other| &other.passed);
        let used: BTreeSet<&ApplicationId> =
            seated.chain(passed.map(|passed| &passed.permit)).map(|permit| &permit.application).collect();
        let waits = |entrant: &Entrant<'_>| {
            let id = &entrant.application.id;
            let takes_part = |recorded: &Recorded| {
                recorded.withdrawn.is_none_or(|by| by > passing.by) && !recorded.misses_papers(passing.by)
            };
            district.application(id).is_none_or(takes_part) && !used.contains(id)
        };
        let waits = queue.iter().map(waits).collect();
        let (people, entries): (Vec<&Application>, Vec<(u32, Vec<Refusal>)>) =
            queue.into_iter().map(|own| (own.application, (own.number, own.set_aside))).unzip();
        let numbers = people.iter().zip(0..).map(|(own, number)| (&own.id, Agent::new(number))).collect();
        let (inventory, rules) = (district.inventory(), &district.policy().permits);
        let walks = walks_from(inventory, &people, rules.walk_limit());
        let rights = |stretch: &'a Stretch| {
            let given = district.policy().rights_on(stretch, inventory).into_iter();
            given.map(|shift| (&stretch.id, shift)).collect::<Vec<_>>()
        };
        let places = inventory.stretches().iter().flat_map(rights).collect();
        let (at, market) = (passing.at, Market::default());
        let mut line = Self { district, round, at, people, numbers, market, places, walks, standing, waits, entries };
        line.market = line.build()?;
        Some(line)
    }

    /// The market of these people: each place has the spaces that nobody outside the round has.
    fn build(&self) -> Option<Market> {
        let (inventory, policy) = (self.district.inventory(), self.district.policy());
        let mut market = Market::builder();
        let mut others: BTreeMap<Right<'_>, u32> = BTreeMap::new();
        for permit in self.standing.values().filter(|permit| self.position(permit).is_none()) {
            *others.entry((&permit.stretch, permit.shift.as_ref())).or_insert(0) += 1;
        }
        for place in &self.places {
            let spaces = inventory.stretch(place.0).map_or(0, |own| policy.permits.permits_for(own.capacity));
            market.place(spaces.saturating_sub(others.get(place).copied().unwrap_or(0)));
        }
        for (standing, application) in (0..).zip(&self.people) {
            let walks = self.walks.get(&application.resident.door).map_or(&[][..], Vec::as_slice);
            let choice = |walk: &Walk| {
                let (stretch, limit) = (&inventory.stretches()[walk.stretch], policy.permits.walk_limit());
                let cost = policy.round.cost(&application.preferences, &stretch.street, walk.distance, limit)?;
                Some((self.place(&stretch.id, policy.shift_asked(application))?, cost))
            };
            market.agent(standing, 1, walks.iter().filter_map(choice));
        }
        if !policy.ceilings.is_empty() {
            // Whoever keeps spaces free for the ceilings: behind everybody, and it may neither come nor be moved.
            let limited = (0..self.places.len()).filter(|&place| is_limited(self.district, self.places[place].0));
            let limited = limited.filter_map(|place| Some((Place::new(u32::try_from(place).ok()?), 0)));
            market.agent(u32::MAX, 1, limited);
        }
        market.build().ok()
    }

    /// The free spaces of areas that are full, as seats of whoever keeps them free.
    fn kept_free(&self, seats: &[Seat]) -> Vec<Seat> {
        let keeper = Agent::new(u32::try_from(self.people.len()).unwrap_or(u32::MAX));
        let full = full_places(self.district, &self.places, self.standing.values(), self.at);
        let kept = full.into_iter().filter_map(|number| {
            let place = Place::new(u32::try_from(number).ok()?);
            let taken: u32 = seats.iter().filter(|seat| seat.place == place).map(|seat| seat.count).sum();
            let count = self.market.capacity(place).saturating_sub(taken);
            (count > 0).then_some(Seat { agent: keeper, place, count })
        });
        kept.collect()
    }

    fn place(&self, stretch: &StretchId, shift: Option<&ShiftId>) -> Option<Place> {
        let first = self.places.partition_point(|place| place.0 < stretch);
        let at = self.places[first..].iter().position(|&place| place == (stretch, shift))?;
        Some(Place::new(u32::try_from(first + at).ok()?))
    }

    /// Whose permit of this round it is.
    fn position(&self, permit: &Permit) -> Option<Agent> {
        if permit.season != self.round.season {
            return None;
        }
        self.numbers.get(&permit.application).copied()
    }

    fn step(&self, passed: &Passed) -> Option<Move> {
        let from = match &passed.from {
            None => None,
            Some(stretch) => Some(self.place(stretch, passed.permit.shift.as_ref())?),
        };
        Some(Move {
            agent: self.position(&passed.permit)?,
            from,
            to: Some(self.place(&passed.permit.stretch, passed.permit.shift.as_ref())?),
            count: 1,
        })
    }

    fn check(&self, moves: &[Move]) -> Result<(), Vec<super::FallFinding>> {
        let mut seats = Vec::new();
        let mut may_move = vec![false; self.people.len()];
        let mut counts = Counts::default();
        for permit in self.standing.values() {
            counts.change(claim_of(permit), 1);
            if let (Some(agent), Some(place)) =
                (self.position(permit), self.place(&permit.stretch, permit.shift.as_ref()))
            {
                seats.push(Seat { agent, place, count: 1 });
                may_move[agent.index()] = permit.offer.is_some_and(|until| until > self.at);
            }
        }
        seats.extend(self.kept_free(&seats));
        seats.sort_unstable();
        let policy = self.district.policy();
        let before_all = Circumstances::of(policy, self.district.inventory(), self.at, Claims::default());
        let eligible = |application: &Application, set_aside: &[Refusal]| {
            let circumstances = Circumstances { claims: counts.of(claim_for(application)), ..before_all };
            let circumstances = circumstances.for_application(policy, application, self.at);
            let reasons = judge(&policy.eligibility, application, &circumstances);
            reasons.iter().all(|reason| set_aside.contains(&reason.refusal))
        };
        // An offer made when the round's permits have ended could never be in force.
        let ended = valid_until(self.district, self.round) <= self.at;
        let waiting = self.people.iter().zip(&self.waits).zip(&self.entries);
        let come = waiting.map(|((application, &waits), (_, aside))| waits && !ended && eligible(application, aside));
        let may_come: Vec<bool> = come.collect();
        check_fall(&self.market, &Allocation { seats, certificate: None }, &may_move, &may_come, moves)
    }

    fn make(&mut self, permit: &Permit) {
        if let Some(agent) = self.position(permit) {
            self.waits[agent.index()] = false;
        }
        self.standing.insert(permit.id.clone(), permit.clone());
    }

    fn says_what_it_should(&self, permit: &Permit) -> bool {
        let Some(agent) = self.position(permit) else { return false };
        let (application, policy) = (self.people[agent.index()], self.district.policy());
        let resident = &application.resident;
        let index = self.district.inventory().stretch_index(&permit.stretch);
        let walks = self.walks.get(&resident.door).map_or(&[][..], Vec::as_slice);
        let walked = walks.iter().find(|walk| Some(walk.stretch) == index);
        let valid = Window::new(self.at, valid_until(self.district, self.round)).ok();
        let hours = policy.round.offer_hours.map(i64::from);
        walked.is_some_and(|walk| walk.distance == permit.walk && walk.route == permit.route)
            && permit.id == PermitId::in_round(&self.round.season, self.entries[agent.index()].0)
            && permit.shift.as_ref() == policy.shift_asked(application)
            && permit.kind == policy.permits.kind
            && (&permit.resident, &permit.household, &permit.door)
                == (&resident.id, &resident.household, &resident.door)
            && permit.vehicle == application.vehicle.id
            && Some(permit.valid) == valid
            && permit.since == self.at
            && permit.renews.is_none()
            && permit.suspended.is_none()
            && permit.ended.is_none()
            && permit.offer == hours.map(|hours| self.at.plus_seconds(hours * 3_600).min(permit.valid.end()))
    }
}
