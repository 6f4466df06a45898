//! Everybody who waits at an instant, laid out as for a round that is not drawn yet.

use super::classes::{PeopleAhead, WaitingClass};
use super::estimate::{Bounds, Estimate, NoEstimate};
use super::report::{NotWaiting, Positions, WaitingReport};
use super::turnover::Turnover;
use crate::calendar::Timestamp;
use crate::district::table::pair_points;
use crate::district::{Candidate, District, RoundMarket};
use crate::market::{Agent, Place};
use crate::policy::ScoreSheet;
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Season, StretchId};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Everybody who waits at an instant: made once, it tells about one after the other.
///
/// ```
/// use shared_parking::district::Waiters;
/// use shared_parking::sample;
/// let district = sample::small_district(1).unwrap();
/// let at = "2026-03-01T00:00:00Z".parse().unwrap();
/// let waiters = Waiters::at(&district, at).unwrap();
/// for row in waiters.list().rows {
///     let report = waiters.report(&row.application, 5).unwrap();
///     assert_eq!(report, district.waiting(&row.application, at, 5).unwrap());
///     assert_eq!(report.positions, row.positions);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Waiters<'a> {
    pub(super) district: &'a District,
    pub(super) at: Timestamp,
    table: RoundMarket<'a>,
    numbers: BTreeMap<&'a ApplicationId, Agent>,
    /// For each candidate what a round could make of the position.
    positions: Vec<Positions>,
    turnover: Turnover<'a>,
}

impl<'a> Waiters<'a> {
    /// Lays out the round that could be held at an instant. As much work as [`District::round_market`].
    ///
    /// # Errors
    /// [`Refusal::MarketTooLarge`].
    pub fn at(district: &'a District, at: Timestamp) -> Result<Self, Refusal> {
        let table = district.round_market(&Season::of_no_round(), 0, at)?;
        let candidates = table.candidates();
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let numbers = candidates.iter().zip(0..).map(|(own, number)| (&own.application.id, Agent::new(number)));
        let numbers = numbers.collect();
        let mut positions = Vec::with_capacity(candidates.len());
        // The queue is sorted, so those whom only the ticket parts stand side by side.
        for equals in candidates.chunk_by(|a, b| by_list(a, b) == Ordering::Equal) {
            let before = number(positions.len());
            let told =
                Positions { first: before + 1, last: before + number(equals.len()), of: number(candidates.len()) };
            positions.extend(equals.iter().map(|_| told));
        }
        Ok(Self { district, at, table, numbers, positions, turnover: Turnover::of(district) })
    }

    /// Those who wait, each with what a round could make of the position; equals in the order of their applications.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (&Candidate<'a>, Positions)> {
        let mut rows: Vec<_> = self.table.candidates().iter().zip(self.positions.iter().copied()).collect();
        rows.sort_by_key(|(own, positions)| (positions.first, &own.application.id));
        rows.into_iter()
    }

    /// What one of them is told; classes of fewer than `fewest` people are told together. O(choices of those who wait).
    ///
    /// # Errors
    /// Why it does not wait.
    pub fn report(&self, id: &ApplicationId, fewest: u32) -> Result<WaitingReport, NotWaiting> {
        let Some(&own) = self.numbers.get(id) else {
            self.district.in_line(id, self.at)?;
            return Err(NotWaiting::Unknown);
        };
        let (candidate, positions) = (&self.table.candidates()[own.index()], self.positions[own.index()]);
        let choices: BTreeSet<Place> = self.table.market().choices(own).iter().map(|choice| choice.place).collect();
        let rivals = self.rivals(own, &choices);
        let class = |agent: &Agent| WaitingClass::of(&self.table.candidates()[agent.index()]);
        let ahead = self.table.candidates().iter().take(positions.first as usize - 1).map(WaitingClass::of);
        let undecided = u32::try_from(rivals.undecided.len()).unwrap_or(u32::MAX);
        Ok(WaitingReport {
            application: id.clone(),
            at: self.at,
            waited_days: self.district.waited_days(candidate.application, self.at),
            incumbent: candidate.renews.is_some(),
            positions,
            stretches: u32::try_from(choices.len()).unwrap_or(u32::MAX),
            on_same_stretches: PeopleAhead::count(rivals.ahead.iter().map(class), undecided, fewest),
            in_district: PeopleAhead::count(ahead, positions.last - positions.first, fewest),
            last_round: self.district.in_last_round(id),
            estimate: self.estimate(candidate, &choices, &rivals),
        })
    }

    /// Who accepts a stretch that somebody accepts, and stands or may stand ahead of them.
    fn rivals(&self, own: Agent, choices: &BTreeSet<Place>) -> Rivals {
        let mut rivals = Rivals::default();
        for other in self.table.market().agents().filter(|&other| other != own) {
            let shared = self.table.market().choices(other).iter().map(|choice| choice.place);
            let mut orders = shared.filter(|place| choices.contains(place)).map(|place| self.order(other, own, place));
            let Some(first) = orders.next() else { continue };
            match orders.fold(first, |all, here| if all == here { all } else { Ordering::Equal }) {
                Ordering::Less => rivals.ahead.push(other),
                Ordering::Equal => rivals.undecided.push(other),
                Ordering::Greater => {}
            }
        }
        rivals
    }

    /// Who of two stands ahead at a place, as far as it is known before the draw.
    fn order(&self, a: Agent, b: Agent, place: Place) -> Ordering {
        let (policy, candidates) = (self.district.policy(), self.table.candidates());
        let (a, b) = (&candidates[a.index()], &candidates[b.index()]);
        if !policy.standing.has_pair_points() {
            return by_list(a, b);
        }
        let there = |own: &Candidate<'_>| {
            let pair = pair_points(self.district.inventory(), policy, own, self.table.stretch(place));
            let mut sheet = own.standing.clone();
            sheet.points.push(pair);
            sheet
        };
        a.renews.is_none().cmp(&b.renews.is_none()).then_with(|| by_sheet(&there(a), &there(b), a))
    }

    fn estimate(
        &self,
        candidate: &Candidate<'_>,
        choices: &BTreeSet<Place>,
        rivals: &Rivals,
    ) -> Result<Estimate, NoEstimate> {
        if candidate.renews.is_some() {
            return Err(NoEstimate::Incumbent);
        }
        if choices.is_empty() {
            return Err(NoEstimate::NoStretch);
        }
        let rounds = self.district.rounds().len();
        if rounds < 3 {
            return Err(NoEstimate::TooFewRounds { held: rounds });
        }
        let newcomers = |agents: &[Agent]| {
            let candidates = self.table.candidates();
            let count = agents.iter().filter(|agent| candidates[agent.index()].renews.is_none()).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let bounds = Bounds { lower_days: 0, likely_days: 0, upper_days: None };
        let estimate = Estimate {
            ahead: newcomers(&rivals.ahead),
            undecided: newcomers(&rivals.undecided),
            free: self.free(choices),
            stretches: u32::try_from(choices.len()).unwrap_or(u32::MAX),
            spans: self.turnover.on(&self.ids(choices)),
            bounds,
        };
        estimate.derived()
    }

    /// The spaces of some stretches that nobody has now, incumbents' own left out.
    fn free(&self, places: &BTreeSet<Place>) -> u64 {
        let market = self.table.market();
        let open: u64 = places.iter().map(|&place| u64::from(market.capacity(place))).sum();
        let brought = market.holdings().iter().filter(|seat| places.contains(&seat.place));
        open.saturating_sub(brought.map(|seat| u64::from(seat.count)).sum())
    }

    fn ids(&self, places: &BTreeSet<Place>) -> BTreeSet<&'a StretchId> {
        let stretches = self.district.inventory().stretches();
        places.iter().map(|&place| &stretches[self.table.stretch(place)].id).collect()
    }
}

/// The people whom somebody competes with.
#[derive(Default)]
struct Rivals {
    ahead: Vec<Agent>,
    undecided: Vec<Agent>,
}

/// Who of two stands ahead on the list, as far as it is known before the draw: `Equal` when the ticket will decide.
fn by_list(a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
    a.renews.is_none().cmp(&b.renews.is_none()).then_with(|| by_sheet(&a.standing, &b.standing, a))
}

/// The order of two score sheets if ticket and resident were the same.
fn by_sheet(a: &ScoreSheet, b: &ScoreSheet, anyone: &Candidate<'_>) -> Ordering {
    let resident = &anyone.application.resident.id;
    let mut b = b.clone();
    b.ticket = a.ticket;
    a.key(resident).cmp(&b.key(resident))
}
