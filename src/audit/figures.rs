//! A round, and the bills of a time, in numbers for tables and reports.

use super::compare::Spread;
use crate::calendar::Window;
use crate::district::{Answer, District, Round};
use crate::inventory::Route;
use crate::refusal::Refusal;
use crate::units::{Centimetres, Money};
use serde::Serialize;
use std::collections::BTreeMap;

/// A round in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Spaces on offer.
    pub spaces: u64,
    /// Stretches with a space on offer.
    pub stretches: usize,
    /// Applications answered.
    pub applicants: usize,
    /// Those eligible.
    pub eligible: usize,
    /// Those who got a permit.
    pub seated: usize,
    /// Those who did not, by the number of the first reason.
    pub refused: BTreeMap<u16, usize>,
    /// The walks of the seated.
    pub walk: WalkFigures,
}

/// Walks in numbers, in centimetres; all zero when nobody is seated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WalkFigures {
    /// The sum.
    pub total: u64,
    /// The arithmetic mean, to the nearest.
    pub mean: Centimetres,
    /// The walk that half of the seated do not exceed (nearest rank).
    pub median: Centimetres,
    /// The walk that nine tenths of the seated do not exceed (nearest rank).
    pub p90: Centimetres,
    /// The longest.
    pub max: Centimetres,
    /// How many are straight lines times the factor, because the network does not connect door and space.
    pub straight_lines: usize,
}

/// What stays brought in, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Revenue {
    /// Permit holders' stays.
    pub holder_stays: usize,
    /// What holders paid.
    pub holders: Money,
    /// Visitors' stays.
    pub visitor_stays: usize,
    /// What visitors paid.
    pub visitors: Money,
    /// Discounts given, as a positive amount.
    pub discounts: Money,
}

/// The figures of a round. O(answers).
///
/// ```
/// use shared_parking::{Action, Command, Journal, Season, audit, sample};
/// let mut journal = Journal::new(sample::small_district(1).unwrap());
/// let (id, at) = ("round".parse().unwrap(), "2026-03-01T00:00:00Z".parse().unwrap());
/// let action = Action::HoldRound { season: Season::new("2026").unwrap(), seed: 7 };
/// journal.execute(Command { id, at, action }).unwrap();
///
/// let figures = audit::figures(&journal.district().rounds()[0]);
/// assert_eq!((figures.spaces, figures.applicants), (40, 60));
/// assert_eq!(figures.seated + figures.refused.values().sum::<usize>(), 60);
/// assert!(figures.walk.median <= figures.walk.p90 && figures.walk.p90 <= figures.walk.max);
/// ```
#[must_use]
pub fn figures(round: &Round) -> Figures {
    let mut refused: BTreeMap<u16, usize> = BTreeMap::new();
    let mut no = |refusal: Refusal| *refused.entry(refusal.number()).or_insert(0) += 1;
    let mut not_eligible = 0;
    for outcome in &round.outcomes {
        match &outcome.answer {
            Answer::Seated { .. } => {}
            Answer::LeftOut { refusal, .. } => no(*refusal),
            Answer::NotEligible { reasons } => {
                not_eligible += 1;
                reasons.iter().take(1).for_each(|reason| no(reason.refusal));
            }
        }
    }
    Figures {
        spaces: round.places.iter().map(|proof| u64::from(proof.offered)).sum(),
        stretches: round.places.iter().filter(|proof| proof.offered > 0).count(),
        applicants: round.outcomes.len(),
        eligible: round.outcomes.len() - not_eligible,
        seated: round.permits().count(),
        refused,
        walk: walk_figures(round),
    }
}

/// What the stays that ended in a window brought in. O(stays).
///
/// ```
/// use shared_parking::{Timestamp, Window, audit, sample};
/// let district = sample::small_district(1).unwrap();
/// let ever = Window::all_from(Timestamp::MIN);
/// assert_eq!(audit::revenue(&district, ever), audit::Revenue::default());
/// ```
#[must_use]
pub fn revenue(district: &District, window: Window) -> Revenue {
    let mut revenue = Revenue::default();
    for billed in district.stays().filter(|billed| window.contains(billed.stay.window.end())) {
        let bill = &billed.bill;
        let (stays, paid) = match billed.stay.permit {
            Some(_) => (&mut revenue.holder_stays, &mut revenue.holders),
            None => (&mut revenue.visitor_stays, &mut revenue.visitors),
        };
        *stays += 1;
        *paid += bill.total;
        revenue.discounts += bill.gross - bill.total;
    }
    revenue
}

fn walk_figures(round: &Round) -> WalkFigures {
    let spread = Spread::of(round.permits().map(|permit| (permit.walk.get(), 1)));
    WalkFigures {
        total: spread.total,
        mean: Centimetres::new(spread.mean),
        median: Centimetres::new(spread.median),
        p90: Centimetres::new(spread.p90),
        max: Centimetres::new(spread.max),
        straight_lines: round.permits().filter(|permit| permit.route == Route::StraightLine).count(),
    }
}
