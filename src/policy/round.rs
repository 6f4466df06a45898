//! How a round gives out spaces: the mechanism, what a choice costs, renewals, offers.

use crate::market::Mechanism;
use serde::{Deserialize, Serialize};

/// How a round gives out spaces. In a document every part may be left out; the defaults are the mechanism `optimal`, the
/// cost `walk`, no renewals, and permits instead of offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoundRules {
    /// Which mechanism seats people: see [`Mechanism`] for what each guarantees.
    pub mechanism: Mechanism,
    /// What it costs an applicant to be seated on a stretch, and so what they prefer.
    pub cost: ChoiceCost,
    /// How holders renew; `None`: a term ends, and whoever held a place applies again like everybody (rotation).
    pub renewal: Option<Renewal>,
    /// For how many hours a seat is an offer that lapses unless it is accepted, 1 to 8,784; `None`: it is a permit at once.
    pub offer_hours: Option<u16>,
}

/// What a choice costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceCost {
    /// The walk in centimetres, whatever the applicant ranks.
    #[default]
    Walk,
    /// The rank of the street on the applicant's list, from 1; streets not on it come after, all at one rank.
    Rank,
    /// The rank first, then the walk: (rank - 1) times (the walking limit + 1 cm), plus the walk. For one applicant no
    /// walk outweighs a rank; where the mechanism adds up costs, a rank counts as much as the longest walk.
    RankThenWalk,
}

/// How holders renew.
///
/// A holder who applies again within the window takes part as an *incumbent*: before everybody else, and never seated
/// worse than at the place held. The new permit replaces the old one at the round's instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// A permit can be renewed in a round held at most so many days before its end: 1 to 366.
    pub within_days: u16,
    /// Which places an incumbent may get.
    pub place: RenewedPlace,
    /// How many months somebody may hold without a break, 1 to 1,200: whose first permit started longer ago is no
    /// incumbent, and applies like everybody when the permit has ended. `None`: no limit.
    pub tenure_months: Option<u16>,
}

/// Which places an incumbent may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RenewedPlace {
    /// The one held.
    Keep,
    /// The one held, or one that costs them less. Not with a serial dictatorship, in which somebody ahead could take the
    /// place held.
    Improve,
}
