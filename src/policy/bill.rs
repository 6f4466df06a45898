//! The bill: lines that name their rule and sum to the total.
//!
//! Invariant: of every bill that [`price`](crate::policy::price) makes, the amount of each line follows from its basis,
//! each basis from the lines before it, and the lines sum to the total exactly. [`Bill::adds_up`] checks this without the
//! tariff.

mod write;

use crate::calendar::Window;
use crate::units::{BasisPoints, Money, Rounding};
use serde::{Deserialize, Serialize};

/// What a stay costs, line by line. Holds results only, so a journal that keeps it never prices again.
///
/// ```
/// use shared_parking::policy::{StayFacts, presets};
/// use shared_parking::people::{SpecialNeed, VehicleClass};
/// use shared_parking::{Money, Window};
/// let xicheng = presets::xicheng_2022();
/// let at = |local: &str| xicheng.zone.parse_local(local).unwrap();
/// let bill = xicheng.price(&StayFacts {
///     window: Window::new(at("2026-03-02T08:00"), at("2026-03-02T10:00")).unwrap(),
///     class: "1",
///     vehicle: VehicleClass::Small,
///     permit: Some("resident"),
///     special_need: SpecialNeed::None,
/// }).unwrap();
/// assert_eq!((bill.gross, bill.discounts, bill.total), (Money::minor(2_500), Money::minor(-2_400), Money::minor(100)));
/// assert!(bill.adds_up());
/// let text = bill.write(&xicheng.currency, &xicheng.zone);
/// assert!(text.ends_with("\ntotal 1.00\n"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bill {
    /// Charges in the order of time, caps after what they cap, then the discount.
    pub lines: Vec<BillLine>,
    /// The price by the public tariff, caps included: never negative.
    pub gross: Money,
    /// What discounts take off: zero or negative.
    pub discounts: Money,
    /// What is to be paid: never negative.
    pub total: Money,
}

/// One line of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillLine {
    /// The rule: `class/window/step` (steps from 1) for a charge, `class/cap-per-day` or `class/cap-per-stay` for a
    /// cap, the discount's id for a discount. Below a substitute the discount's id stands for the class.
    pub rule: String,
    /// The time it is for.
    pub window: Window,
    /// The amount: zero or positive for a charge, negative for a cap or a discount.
    pub amount: Money,
    /// How the amount follows.
    pub basis: Basis,
}

/// How the amount of a line follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Basis {
    /// Units charged times their price.
    Units {
        /// How many units are charged, incomplete ones by the step's rounding.
        units: i64,
        /// The length of a unit, in minutes.
        unit_minutes: u32,
        /// The price of a unit.
        unit_price: Money,
    },
    /// The limit less what is above it.
    Cap {
        /// The charges that are capped.
        of: Money,
        /// The most they may cost.
        limit: Money,
    },
    /// A share of the gross price.
    Percent {
        /// The price before discounts.
        of: Money,
        /// The share taken off.
        share: BasisPoints,
        /// Which way the amount taken off was rounded.
        rounding: Rounding,
    },
    /// A fixed amount, at most the gross price.
    Fixed {
        /// The price before discounts.
        of: Money,
        /// The amount granted.
        amount: Money,
    },
    /// Other prices instead of the gross price.
    Instead {
        /// The price before discounts.
        of: Money,
        /// The same stay at those prices.
        lines: Vec<BillLine>,
    },
}

impl Basis {
    /// The amount that follows, or `None` when it does not fit.
    fn amount(&self) -> Option<Money> {
        match self {
            Self::Units { units, unit_price, .. } => unit_price.times(*units),
            Self::Cap { of, limit } => Some(*limit - *of),
            Self::Percent { of, share, rounding } => Some(-(*of).min(Money::minor(share.of(of.as_minor(), *rounding)))),
            Self::Fixed { of, amount } => Some(-*amount.min(of)),
            Self::Instead { of, lines } => Some(sum(lines) - *of),
        }
    }
}

impl BillLine {
    /// Whether the amount follows from the basis, below a substitute price also those of the lines it consists of.
    #[must_use]
    pub fn follows(&self) -> bool {
        let inner = match &self.basis {
            Basis::Instead { lines, .. } => lines.iter().all(Self::follows),
            _ => true,
        };
        inner && self.basis.amount() == Some(self.amount)
    }

    /// Whether this is a charge or a cap of charges, and not a discount.
    const fn is_charge(&self) -> bool {
        matches!(self.basis, Basis::Units { .. } | Basis::Cap { .. })
    }

    /// Whether the line lies in the other's time.
    fn is_within(&self, other: &Self) -> bool {
        other.window.start() <= self.window.start() && self.window.end() <= other.window.end()
    }
}

impl Bill {
    /// Whether the bill is right in itself, which needs no tariff:
    ///
    /// - every line's amount follows from its basis;
    /// - charges join end to start, and each is for as many units as its time holds, but for the rounding of the last;
    /// - a cap stands where its time ends, is of the lines before it in that time, and takes something off;
    /// - at most one discount, which stands last, is of the gross price and takes nothing that is not there;
    /// - gross, discounts and total are the sums of their lines, and none has the wrong sign.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let charged = self.lines.iter().take_while(|line| line.is_charge()).count();
        let (charges, discounts) = self.lines.split_at(charged);
        self.lines.iter().all(BillLine::follows)
            && are_charges(charges)
            && exact(charges) == wide(self.gross)
            && exact(discounts) == wide(self.discounts)
            && exact(&self.lines) == wide(self.total)
            && Money::ZERO <= self.total
            && self.discounts <= Money::ZERO
            && match discounts {
                [] => true,
                [only] => is_discount(only, self.gross),
                _ => false,
            }
    }
}

/// Whether lines are charges and caps as a meter makes them.
fn are_charges(lines: &[BillLine]) -> bool {
    let mut reached = None;
    lines.iter().enumerate().all(|(at, line)| match line.basis {
        Basis::Units { units, unit_minutes, unit_price } => {
            let joins = reached.is_none_or(|end| end == line.window.start());
            reached = Some(line.window.end());
            let (seconds, unit) = (i128::from(line.window.seconds()), i128::from(unit_minutes) * 60);
            let fits = |rounding: Rounding| rounding.divide(seconds, unit);
            let count = fits(Rounding::Floor)..=fits(Rounding::Ceiling);
            joins && unit > 0 && count.contains(&i128::from(units)) && Money::ZERO <= unit_price
        }
        Basis::Cap { of, limit } => {
            let capped = lines[..at].iter().filter(|earlier| earlier.is_within(line));
            reached == Some(line.window.end()) && exact(capped) == wide(of) && Money::ZERO <= limit && limit < of
        }
        _ => false,
    })
}

/// Whether a line is a discount of this gross price.
fn is_discount(line: &BillLine, gross: Money) -> bool {
    match &line.basis {
        Basis::Percent { of, .. } => *of == gross,
        Basis::Fixed { of, amount } => *of == gross && Money::ZERO <= *amount,
        Basis::Instead { of, lines } => *of == gross && are_charges(lines) && wide(sum(lines)) == exact(lines),
        Basis::Units { .. } | Basis::Cap { .. } => false,
    }
}

/// The sum of the lines' amounts.
pub(super) fn sum(lines: &[BillLine]) -> Money {
    lines.iter().map(|line| line.amount).sum()
}

/// The sum without an end, which a forged bill could hide behind.
fn exact<'a>(lines: impl IntoIterator<Item = &'a BillLine>) -> i128 {
    lines.into_iter().map(|line| wide(line.amount)).sum()
}

fn wide(amount: Money) -> i128 {
    i128::from(amount.as_minor())
}
