//! The price of a stay: a pure function of tariff, discounts, zone and the stay's facts.
//!
//! Invariant: a quote before parking and the bill after it are one function, so they agree for the same facts; and a
//! stay never costs less by lasting longer, caps and discounts included.

mod cuts;
mod lines;
mod meter;

use super::bill::{Basis, Bill, BillLine};
use super::discount::{Combination, Discount, Effect};
use super::tariff::{Schedule, Tariff, TariffVersion};
use crate::calendar::{Date, Window, Zone};
use crate::people::{SpecialNeed, VehicleClass};
use crate::units::Money;

/// The longest stay that is priced, in seconds: 366 days of 24 hours.
const LONGEST_STAY: i64 = 366 * 86_400;

/// What the price of a stay depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StayFacts<'a> {
    /// From arrival to departure.
    pub window: Window,
    /// The class of area the space lies in.
    pub class: &'a str,
    /// The class of the vehicle.
    pub vehicle: VehicleClass,
    /// The kind of the permit in force when the stay starts, by the policy's id, if any.
    pub permit: Option<&'a str>,
    /// The need the office had accepted when the stay started.
    pub special_need: SpecialNeed,
}

/// Why a stay has no price.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotPriced {
    /// The version in force has no such class.
    #[error("the tariff has no class {class:?}; it has {}", if .known.is_empty() { "none" } else { .known })]
    UnknownClass {
        /// The class asked for.
        class: String,
        /// The classes there are, in the order of the tariff.
        known: String,
    },
    /// The stay starts before the tariff's first version.
    #[error("a stay that starts on {start} has no price: the tariff {}", .first.map_or("has no version".to_owned(), |day| format!("begins on {day}")))]
    BeforeFirstVersion {
        /// The local day on which the stay starts.
        start: Date,
        /// The first day of the first version, if there is one.
        first: Option<Date>,
    },
    /// The stay lasts more than 366 days.
    #[error("a stay of {seconds} seconds is longer than 366 days ({LONGEST_STAY} seconds); bill it in parts")]
    TooLong {
        /// How long it lasts.
        seconds: i64,
    },
    /// A schedule without windows, steps or length of units, which [`Policy::check`](crate::policy::Policy::check)
    /// would have told.
    #[error("the prices of {rule:?} lack a window, a step or the length of a unit; `Policy::check` says where")]
    UncheckedPrices {
        /// The class, or the discount.
        rule: String,
    },
}

/// Prices a stay and says how: the charges by the tariff, and the discount that applies.
///
/// Time and space grow with the windows and steps the stay passes through, not with its seconds or units.
///
/// ```
/// use shared_parking::policy::{Combination, StayFacts, presets, price};
/// use shared_parking::people::{SpecialNeed, VehicleClass};
/// use shared_parking::{Money, Window};
/// let xicheng = presets::xicheng_2022();
/// let at = |local: &str| xicheng.zone.parse_local(local).unwrap();
/// let stay = StayFacts {
///     window: Window::new(at("2026-03-02T08:00"), at("2026-03-02T10:00")).unwrap(),
///     class: "1",
///     vehicle: VehicleClass::Small,
///     permit: None,
///     special_need: SpecialNeed::None,
/// };
/// let bill = price(&xicheng.tariff, &xicheng.discounts, Combination::SingleBest, &xicheng.zone, &stay).unwrap();
/// assert_eq!(bill.total, Money::minor(2_500));
/// assert_eq!(bill.lines.len(), 2); // the first hour, and the second
/// ```
///
/// # Errors
/// [`NotPriced`] when the class is unknown, the stay starts before the first version or lasts more than 366 days.
pub fn price(
    tariff: &Tariff,
    discounts: &[Discount],
    combination: Combination,
    zone: &Zone,
    stay: &StayFacts<'_>,
) -> Result<Bill, NotPriced> {
    let ground = Ground::find(tariff, zone, stay)?;
    let mut lines = lines::of(&ground, stay.class, ground.schedule);
    let gross = super::bill::sum(&lines);
    let granted = ground.combine(discounts, combination, gross)?;
    if let Some((discount, total)) = granted {
        lines.push(discount_line(&ground, discount, gross, total));
    }
    let total = granted.map_or(gross, |(_, total)| total);
    Ok(Bill { lines, gross, discounts: total - gross, total })
}

/// The total of [`price`] without its lines: the same figure, without allocating.
///
/// # Errors
/// As [`price`].
pub fn price_total(
    tariff: &Tariff,
    discounts: &[Discount],
    combination: Combination,
    zone: &Zone,
    stay: &StayFacts<'_>,
) -> Result<Money, NotPriced> {
    let ground = Ground::find(tariff, zone, stay)?;
    let gross = ground.cost(ground.schedule);
    Ok(ground.combine(discounts, combination, gross)?.map_or(gross, |(_, total)| total))
}

/// What is settled before the first unit is counted.
struct Ground<'a> {
    stay: &'a StayFacts<'a>,
    zone: &'a Zone,
    version: &'a TariffVersion,
    schedule: &'a Schedule,
    /// The local day of arrival.
    day: Date,
}

impl<'a> Ground<'a> {
    fn find(tariff: &'a Tariff, zone: &'a Zone, stay: &'a StayFacts<'a>) -> Result<Self, NotPriced> {
        let seconds = stay.window.seconds();
        if seconds > LONGEST_STAY {
            return Err(NotPriced::TooLong { seconds });
        }
        let day = zone.local(stay.window.start()).date;
        let first = tariff.versions.first().map(|version| version.from);
        let version = tariff.in_force(day).ok_or(NotPriced::BeforeFirstVersion { start: day, first })?;
        let class = version.class(stay.class).ok_or_else(|| {
            let known: Vec<_> = version.classes.iter().map(|class| class.id.as_str()).collect();
            NotPriced::UnknownClass { class: stay.class.to_owned(), known: known.join(", ") }
        })?;
        sound(&class.schedule, stay.class)?;
        Ok(Self { stay, zone, version, schedule: &class.schedule, day })
    }

    fn cost(&self, schedule: &Schedule) -> Money {
        meter::run(self, schedule, |_| {})
    }

    /// The discount granted and the total it leaves, if one lowers the price.
    fn combine<'d>(
        &self,
        discounts: &'d [Discount],
        combination: Combination,
        gross: Money,
    ) -> Result<Option<(&'d Discount, Money)>, NotPriced> {
        let Combination::SingleBest = combination;
        let mut best: Option<(&Discount, Money)> = None;
        for discount in discounts.iter().filter(|discount| discount.when.holds(self.stay)) {
            let total = match &discount.effect {
                Effect::Percent { share, rounding } => gross - Money::minor(share.of(gross.as_minor(), *rounding)),
                Effect::Fixed { amount } => gross - *amount,
                Effect::Substitute { schedule } => {
                    sound(schedule, &discount.id)?;
                    self.cost(schedule)
                }
            };
            let total = total.max(Money::ZERO);
            let better = best.is_none_or(|(other, least)| (total, &discount.id) < (least, &other.id));
            if total < gross && better {
                best = Some((discount, total));
            }
        }
        Ok(best)
    }
}

fn discount_line(ground: &Ground<'_>, discount: &Discount, gross: Money, total: Money) -> BillLine {
    let basis = match &discount.effect {
        Effect::Percent { share, rounding } => Basis::Percent { of: gross, share: *share, rounding: *rounding },
        Effect::Fixed { amount } => Basis::Fixed { of: gross, amount: *amount },
        Effect::Substitute { schedule } => {
            Basis::Instead { of: gross, lines: lines::of(ground, &discount.id, schedule) }
        }
    };
    BillLine { rule: discount.id.clone(), window: ground.stay.window, amount: total - gross, basis }
}

/// Refuses what the meter cannot run on. A checked policy never gets here with less.
fn sound(schedule: &Schedule, rule: &str) -> Result<(), NotPriced> {
    let windows = &schedule.windows;
    let few = (1..=super::tariff::MAX_WINDOWS).contains(&windows.len());
    let stepped =
        windows.iter().all(|window| !window.steps.is_empty() && window.steps.iter().all(|step| step.unit_minutes > 0));
    if few && stepped { Ok(()) } else { Err(NotPriced::UncheckedPrices { rule: rule.to_owned() }) }
}
