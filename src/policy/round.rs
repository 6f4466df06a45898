//! How a round gives out spaces: the mechanism, what a choice costs, renewals, offers.
//!
//! Invariant: a document that leaves the round out means [`RoundRules::default`], part by part.

use crate::error::{FlawCode, FlawCollector};
use crate::market::{Lots, Market, Mechanism};
use crate::people::Preferences;
use crate::units::{Centimetres, StreetId};
use serde::{Deserialize, Serialize};

/// How a round gives out spaces. In a document every part may be left out; the defaults are the mechanism `optimal`, the
/// cost `walk`, no renewals, and permits instead of offers.
///
/// ```
/// use shared_parking::market::{Lots, Mechanism};
/// use shared_parking::policy::{ChoiceCost, Policy, RenewedPlace, presets};
/// let preset = serde_json::to_string(&presets::xicheng_2022()).unwrap();
/// let mut document: serde_json::Value = serde_json::from_str(&preset).unwrap();
/// document["round"] = serde_json::json!({
///     "mechanism": { "deferred-acceptance": "single" },
///     "cost": "rank-then-walk",
///     "renewal": { "within_days": 60, "place": "improve", "tenure_months": 24 },
///     "offer_hours": 72
/// });
/// let round = Policy::from_json(&document.to_string()).unwrap().round;
/// assert_eq!(round.mechanism, Mechanism::DeferredAcceptance(Lots::Single));
/// assert_eq!(round.cost, ChoiceCost::RankThenWalk);
/// assert_eq!(round.renewal.unwrap().place, RenewedPlace::Improve);
///
/// document["round"]["mechanism"] = "serial-dictatorship".into();
/// let flaws = Policy::from_json(&document.to_string()).unwrap_err();
/// assert!(flaws.to_string().contains("round.renewal.place")); // no place is kept for its holder there
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RoundRules {
    /// Which mechanism seats people: see [`Mechanism`] for what each guarantees.
    pub mechanism: Mechanism,
    /// What it costs an applicant to be seated on a stretch, and so what they prefer.
    pub cost: ChoiceCost,
    /// How holders renew; `None`: a term ends, and whoever held a place applies again like everybody (rotation).
    pub renewal: Option<Renewal>,
    /// For how many hours a seat is an offer that lapses unless it is accepted, 1 to 8,784; `None`: it is a permit at
    /// once. Not where places have claims of their own (lots for each place, or points for pairs): a space that falls
    /// free goes by the one list of the round, and could pass by somebody with a better claim to it.
    pub offer_hours: Option<u16>,
}

/// What a choice costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// A permit can be renewed in a round held at most so many days before its end: 1 to 366.
    pub within_days: u16,
    /// Which places an incumbent may get.
    pub place: RenewedPlace,
    /// How many months somebody may hold without a break, 1 to 1,200: whose first permit started longer ago is no
    /// incumbent, and applies like everybody when the permit has ended; with the next permit the count begins anew.
    /// `None`: no limit. It ends renewals, not permits: one renewed on the tenure's last day still lasts its full term,
    /// so that with permits of 12 months and a tenure of 24 somebody may hold for almost 36.
    pub tenure_months: Option<u16>,
}

/// Which places an incumbent may get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RenewedPlace {
    /// The one held.
    Keep,
    /// The one held, or one that costs them less. Not with a serial dictatorship, in which somebody ahead could take the
    /// place held.
    Improve,
}

impl RenewedPlace {
    /// Whether an incumbent may get a place at this cost, `held` being what the place held costs; `same` says that it is
    /// that very place.
    #[must_use]
    pub fn admits(self, same: bool, cost: u32, held: u32) -> bool {
        same || self == Self::Improve && cost < held
    }
}

/// Every mechanism as a document writes it.
pub(super) const MECHANISMS: [(Mechanism, &str); 5] = [
    (Mechanism::Optimal, "\"optimal\""),
    (Mechanism::SerialDictatorship, "\"serial-dictatorship\""),
    (Mechanism::TopTradingCycles, "\"top-trading-cycles\""),
    (Mechanism::DeferredAcceptance(Lots::Single), "{\"deferred-acceptance\": \"single\"}"),
    (Mechanism::DeferredAcceptance(Lots::PerPlace), "{\"deferred-acceptance\": \"per-place\"}"),
];

impl RoundRules {
    /// Whether each place has an order of its own, so that points of a pair count.
    pub(super) const fn orders_by_place(&self) -> bool {
        match self.mechanism {
            Mechanism::DeferredAcceptance(_) | Mechanism::TopTradingCycles => true,
            Mechanism::Optimal | Mechanism::SerialDictatorship => false,
        }
    }

    /// Whether each place has lots of its own.
    pub(super) fn draws_by_place(&self) -> bool {
        self.mechanism == Mechanism::DeferredAcceptance(Lots::PerPlace)
    }

    /// The mechanism as a document writes it.
    pub(super) fn mechanism_written(&self) -> &'static str {
        MECHANISMS.iter().find(|(known, _)| *known == self.mechanism).map_or("", |(_, written)| written)
    }

    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        let mut limit = |field: &str, value: u16, most: u16, unit: &str| {
            if !(1..=most).contains(&value) {
                let remedy = format!("write 1 to {most} {unit}");
                flaws.push(FlawCode::OutOfRange, format!("round.{field}"), value.to_string(), remedy);
            }
        };
        if let Some(renewal) = self.renewal {
            limit("renewal.within_days", renewal.within_days, 366, "days");
            if let Some(months) = renewal.tenure_months {
                limit("renewal.tenure_months", months, 1_200, "months");
            }
        }
        if let Some(hours) = self.offer_hours {
            limit("offer_hours", hours, 8_784, "hours");
        }
        let improve = self.renewal.is_some_and(|renewal| renewal.place == RenewedPlace::Improve);
        if improve && self.mechanism == Mechanism::SerialDictatorship {
            let problem = "\"improve\" leaves the place held open to others, and with round.mechanism \
                           \"serial-dictatorship\" somebody ahead could take it: the holder would be worse off";
            let remedy = "write \"keep\", or another mechanism";
            flaws.push(FlawCode::Contradiction, "round.renewal.place", problem, remedy);
        }
    }

    /// What it costs an applicant to be seated on a street's stretch at this walk, or `None` when they do not want the
    /// street. At most [`Market::MAX_COST`](crate::market::Market::MAX_COST), which only a list of more than 1,000 streets
    /// at the longest limit could pass.
    ///
    /// ```
    /// use shared_parking::Centimetres;
    /// use shared_parking::people::Preferences;
    /// use shared_parking::policy::{ChoiceCost, RoundRules};
    /// let (near, far) = ("near".parse().unwrap(), "far".parse().unwrap());
    /// let wishes = Preferences { ranked: vec!["far".parse().unwrap()], excluded: vec![] };
    /// let cost = |cost, street, walk| {
    ///     let rules = RoundRules { cost, ..RoundRules::default() };
    ///     rules.cost(&wishes, street, Centimetres::new(walk), Centimetres::metres(500))
    /// };
    /// assert_eq!((cost(ChoiceCost::Walk, &near, 70), cost(ChoiceCost::Walk, &far, 40_000)), (Some(70), Some(40_000)));
    /// assert_eq!((cost(ChoiceCost::Rank, &near, 70), cost(ChoiceCost::Rank, &far, 40_000)), (Some(2), Some(1)));
    /// assert_eq!(cost(ChoiceCost::RankThenWalk, &near, 70), Some(50_001 + 70));
    /// ```
    #[must_use]
    pub fn cost(
        &self,
        preferences: &Preferences,
        street: &StreetId,
        walk: Centimetres,
        limit: Centimetres,
    ) -> Option<u32> {
        let rank = u32::try_from(preferences.rank(street)?).unwrap_or(u32::MAX);
        let cost = match self.cost {
            ChoiceCost::Walk => walk.get(),
            ChoiceCost::Rank => rank,
            ChoiceCost::RankThenWalk => {
                (rank - 1).saturating_mul(limit.get().saturating_add(1)).saturating_add(walk.get())
            }
        };
        Some(cost.min(Market::MAX_COST))
    }
}
