//! The kinds of single values: which JSON fits, and whether one is more than another.
//!
//! Invariant: only values of one kind are compared, and only of kinds that have an order.

use super::Said;
use crate::calendar::{Date, TimeOfDay, Zone};
use serde_json::Value;
use std::cmp::Ordering;

/// The kind of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) enum Kind {
    /// A text.
    Text,
    /// One of these words (or small objects, by their compact JSON, or by their only field where it ends in `:…}`); any
    /// word when there are none.
    Word(Said),
    /// A whole number of a unit (said once and many times), with the least and the most a policy takes.
    Count((&'static str, &'static str), i64, i64),
    /// An amount in minor units, with the most a policy takes.
    Money(i64),
    /// The price of a unit, whose length stands beside it in `unit_minutes`.
    Price,
    /// A share in basis points, with the least and the most a policy takes.
    Share(i64, i64),
    /// A day.
    Date,
    /// A clock time.
    Clock,
    /// A time zone.
    Zone,
    /// Yes or no.
    Flag,
}

/// The dearest unit and the highest cap or amount taken off, in minor units.
pub(super) const MAX_PRICE: i64 = 1_000_000_000;

impl Kind {
    /// Whether a value can stand here, by its kind alone; otherwise what could.
    pub(in crate::policy) fn fits(self, value: &Value) -> Result<(), String> {
        let text = || value.as_str().unwrap_or_default();
        let (fits, wanted) = match self {
            Self::Text => (value.is_string(), "a text in quotation marks"),
            Self::Word([]) => (value.is_string(), "a text in quotation marks"),
            Self::Word(words) => {
                let known = words
                    .iter()
                    .map(|(word, _)| if word.starts_with('{') { (*word).to_owned() } else { format!("{word:?}") });
                let written = value.to_string();
                let is = |known: String| match known.strip_suffix("…}") {
                    Some(start) => value.as_object().is_some_and(|map| map.len() == 1) && written.starts_with(start),
                    None => known == written,
                };
                return if known.clone().any(is) {
                    Ok(())
                } else {
                    Err(format!("one of {}", known.collect::<Vec<_>>().join(", ")))
                };
            }
            Self::Count(..) | Self::Money(_) | Self::Price | Self::Share(..) => {
                (value.as_i64().is_some(), "a whole number")
            }
            Self::Date => (text().parse::<Date>().is_ok(), "a day like 2026-03-02"),
            Self::Clock => (text().parse::<TimeOfDay>().is_ok(), "a clock time like 07:30"),
            Self::Flag => (value.is_boolean(), "true or false"),
            Self::Zone => (text().parse::<Zone>().is_ok(), "a time zone like Asia/Shanghai"),
        };
        if fits { Ok(()) } else { Err(wanted.to_owned()) }
    }

    /// The least and the most a policy takes, for numbers.
    pub(in crate::policy) const fn range(self) -> Option<(i64, i64)> {
        match self {
            Self::Count(_, least, most) | Self::Share(least, most) => Some((least, most)),
            Self::Money(most) => Some((0, most)),
            Self::Price => Some((0, MAX_PRICE)),
            _ => None,
        }
    }

    /// Whether its values have an order, so that bounds mean something.
    pub(in crate::policy) const fn has_order(self) -> bool {
        self.range().is_some() || matches!(self, Self::Date | Self::Clock)
    }

    /// The order of two values; none where they do not fit or have no order.
    pub(in crate::policy) fn order(self, one: &Value, other: &Value) -> Option<Ordering> {
        match self {
            Self::Date => Some(one.as_str()?.parse::<Date>().ok()?.cmp(&other.as_str()?.parse().ok()?)),
            Self::Clock => {
                let minutes = |value: &Value| Some(value.as_str()?.parse::<TimeOfDay>().ok()?.minutes());
                Some(minutes(one)?.cmp(&minutes(other)?))
            }
            _ if self.has_order() => Some(one.as_i64()?.cmp(&other.as_i64()?)),
            _ => None,
        }
    }
}
