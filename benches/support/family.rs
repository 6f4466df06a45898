//! The families of markets that are measured.

use super::Order::{Strict, Tiers, Ties};
use super::{Order, Reach, Recipe};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Three standings; the nearest stretches that hold 32 spaces.
    Spaces,
    /// The same with the nearest 32 stretches.
    Nearest,
    /// The same with every stretch in the walking radius.
    Wide,
    /// As `Spaces`, and every space has its own distance.
    Own,
    /// As `Spaces`, as many people as spaces.
    Tight,
    /// As `Spaces`, half as many people as spaces.
    Slack,
    /// As `Spaces`, one standing.
    Ties,
    /// As `Spaces`, everyone has their own standing.
    Strict,
    /// As `Nearest`, everyone has their own standing.
    StrictNearest,
}

impl Family {
    pub(crate) const ALL: [Self; 9] = [
        Self::Spaces,
        Self::Nearest,
        Self::Wide,
        Self::Own,
        Self::Tight,
        Self::Slack,
        Self::Ties,
        Self::Strict,
        Self::StrictNearest,
    ];

    pub(crate) fn name(self) -> &'static str {
        ["spaces", "nearest", "wide", "own", "tight", "slack", "ties", "strict", "strict-nearest"][self as usize]
    }

    /// What to invent for so many spaces.
    pub(crate) fn recipe(self, spaces: u32) -> Recipe {
        let people = match self {
            Self::Tight => spaces,
            Self::Slack => spaces / 2,
            _ if spaces == 642 => 1_200,
            _ => 2 * spaces,
        };
        let (reach, order): (Reach, Order) = match self {
            Self::Spaces | Self::Tight | Self::Slack => (Reach::Spaces, Tiers),
            Self::Nearest => (Reach::Stretches, Tiers),
            Self::Wide => (Reach::Wide, Tiers),
            Self::Own => (Reach::OwnDistance, Tiers),
            Self::Ties => (Reach::Spaces, Ties),
            Self::Strict => (Reach::Spaces, Strict),
            Self::StrictNearest => (Reach::Stretches, Strict),
        };
        Recipe { spaces, people, reach, order, seed: 1 }
    }
}
