//! The bill: lines that name their rule and sum to the total.
//!
//! Invariant: of every bill that [`price`](crate::policy::price) makes, the amount of each line follows from its basis,
//! and the lines sum to the total exactly. [`Bill::adds_up`] checks both without the tariff.

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
/// let beijing = presets::beijing();
/// let at = |local: &str| beijing.zone.parse_local(local).unwrap();
/// let bill = beijing.price(&StayFacts {
///     window: Window::new(at("2026-03-02T08:00"), at("2026-03-02T10:00")).unwrap(),
///     class: "1",
///     vehicle: VehicleClass::Small,
///     permit: Some("resident"),
///     special_need: SpecialNeed::None,
/// }).unwrap();
/// assert_eq!((bill.gross, bill.discounts, bill.total), (Money::minor(2_500), Money::minor(-2_400), Money::minor(100)));
/// assert!(bill.adds_up());
/// let text = bill.write(&beijing.currency, &beijing.zone);
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
    /// The amount that follows, or `None` when it does not fit or an inner line is wrong.
    fn amount(&self) -> Option<Money> {
        match self {
            Self::Units { units, unit_price, .. } => unit_price.times(*units),
            Self::Cap { of, limit } => Some(*limit - *of),
            Self::Percent { of, share, rounding } => Some(-Money::minor(share.of(of.as_minor(), *rounding)).min(*of)),
            Self::Fixed { of, amount } => Some(-*amount.min(of)),
            Self::Instead { of, lines } => lines.iter().all(BillLine::follows).then(|| sum(lines) - *of),
        }
    }
}

impl BillLine {
    /// Whether the amount follows from the basis.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.basis.amount() == Some(self.amount)
    }
}

impl Bill {
    /// Whether every line's amount follows from its basis, the lines sum to the total, gross and discounts are the sums
    /// of their lines, and nothing has the wrong sign. Needs no tariff.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let charged = |line: &&BillLine| matches!(line.basis, Basis::Units { .. } | Basis::Cap { .. });
        let gross: Money = self.lines.iter().filter(charged).map(|line| line.amount).sum();
        self.lines.iter().all(BillLine::follows)
            && gross == self.gross
            && sum(&self.lines) == self.total
            && self.total == self.gross + self.discounts
            && Money::ZERO <= self.total
            && self.discounts <= Money::ZERO
    }
}

/// The sum of the lines' amounts.
pub(super) fn sum(lines: &[BillLine]) -> Money {
    lines.iter().map(|line| line.amount).sum()
}
