//! Everybody who waits at an instant, laid out as for a round that is not drawn yet.

use super::classes::{PeopleAhead, WaitingClass};
use super::estimate::{Bounds, Estimate, NoEstimate};
use super::line::{Line, number};
use super::report::{NotWaiting, Positions, WaitingReport};
use super::turnover::{Right, Turnover};
use crate::calendar::Timestamp;
use crate::district::table::pair_points;
use crate::district::{Candidate, District, RoundMarket};
use crate::market::{Agent, Place};
use crate::refusal::Refusal;
use crate::units::{ApplicationId, Season};
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
    line: Line,
    turnover: Turnover<'a>,
}

impl<'a> Waiters<'a> {
    /// Lays out the round that could be held at an instant. As much work as [`District::round_market`].
    ///
    /// # Errors
    /// [`Refusal::MarketTooLarge`].
    pub fn at(district: &'a District, at: Timestamp) -> Result<Self, Refusal> {
        let table = district.round_market(&Season::of_no_round(), 0, at)?;
        let numbers = table.candidates().iter().map(|own| &own.application.id).zip(table.people()).collect();
        let line = Line::form(district, table.candidates());
        Ok(Self { district, at, table, numbers, line, turnover: Turnover::of(district) })
    }

    /// Those who wait, each with what a round could make of the position, best first as far as that is known; equals in
    /// the order of their applications.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (&Candidate<'a>, Positions)> {
        let candidates = self.table.candidates();
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|&own| (self.line.rank(own), &candidates[own].application.id));
        order.into_iter().map(|own| (&candidates[own], self.line.positions(own)))
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
        let (candidate, positions) = (&self.table.candidates()[own.index()], self.line.positions(own.index()));
        let choices: BTreeSet<Place> = self.table.market().choices(own).iter().map(|choice| choice.place).collect();
        let rivals = self.rivals(own, &choices);
        let class = |agent: Agent| WaitingClass::of(&self.table.candidates()[agent.index()]);
        let ahead = self.table.people().filter(|other| self.line.order(other.index(), own.index()) == Ordering::Less);
        let here = rivals.ahead.iter().copied().map(class);
        Ok(WaitingReport {
            application: id.clone(),
            at: self.at,
            waited_days: self.district.waited_days(candidate.application, self.at),
            incumbent: candidate.renews.is_some(),
            positions,
            stretches: number(choices.len()),
            on_same_stretches: PeopleAhead::count(here, number(rivals.undecided.len()), fewest),
            in_district: PeopleAhead::count(ahead.map(class), positions.last - positions.first, fewest),
            last_round: self.district.in_last_round(id),
            estimate: self.estimate(candidate, &choices, &rivals),
        })
    }

    /// Who accepts a stretch that somebody accepts, for the same shift, and stands or may stand ahead of them.
    fn rivals(&self, own: Agent, choices: &BTreeSet<Place>) -> Rivals {
        let mut rivals = Rivals::default();
        for other in self.table.people().filter(|&other| other != own) {
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
        if !policy.standing.has_pair_points() {
            return self.line.order(a.index(), b.index());
        }
        let stretch = self.table.stretch(place);
        let with = |own: Agent| {
            let candidate = &candidates[own.index()];
            (own.index(), pair_points(self.district.inventory(), policy, candidate, stretch))
        };
        self.line.order_with(with(a), with(b), candidates)
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
            number(agents.iter().filter(|agent| candidates[agent.index()].renews.is_none()).count())
        };
        let bounds = Bounds { lower_days: 0, likely_days: 0, upper_days: None };
        let estimate = Estimate {
            ahead: newcomers(&rivals.ahead),
            undecided: newcomers(&rivals.undecided),
            free: self.free(choices),
            stretches: number(choices.len()),
            spans: self.turnover.on(&self.rights(choices)),
            bounds,
        };
        estimate.derived()
    }

    /// The spaces of some places that nobody has now, incumbents' own left out; of those in the area of a ceiling, no
    /// more than it still lets be given.
    fn free(&self, places: &BTreeSet<Place>) -> u64 {
        let market = self.table.market();
        let brought = |within: &dyn Fn(Place) -> bool| -> u64 {
            market.holdings().iter().filter(|seat| within(seat.place)).map(|seat| u64::from(seat.count)).sum()
        };
        let open = |within: &dyn Fn(Place) -> bool| -> u64 {
            let spaces = places.iter().filter(|&&place| within(place)).map(|&place| u64::from(market.capacity(place)));
            spaces.sum::<u64>().saturating_sub(brought(&|place| places.contains(&place) && within(place)))
        };
        // After the people come those who keep spaces free, one for each ceiling that does; they accept its whole area.
        let keepers = market.agents().skip(self.table.candidates().len());
        let ceilings = keepers.zip(self.table.ceilings().filter(|ceiling| ceiling.kept_free > 0));
        let limits = ceilings.map(|(keeper, ceiling)| {
            let in_area = |place| market.cost(keeper, place).is_some();
            let room = u64::from(ceiling.gives).saturating_sub(brought(&in_area));
            open(&in_area).min(room) + open(&|place| !in_area(place))
        });
        limits.fold(open(&|_| true), u64::min)
    }

    fn rights(&self, places: &BTreeSet<Place>) -> BTreeSet<Right<'a>> {
        let rights = self.table.places().map(|own| (own.stretch, own.shift));
        self.table.market().places().zip(rights).filter(|(place, _)| places.contains(place)).map(|own| own.1).collect()
    }
}

/// The people whom somebody competes with.
#[derive(Default)]
struct Rivals {
    ahead: Vec<Agent>,
    undecided: Vec<Agent>,
}
