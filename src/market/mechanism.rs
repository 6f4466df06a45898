//! The mechanisms by name: the closed list that a policy chooses from and a round records.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How an allocation is found: a closed list, so that a policy can name one and a journal can keep the name.
///
/// "Ahead" and "claim" are as [`Claims`](super::Claims) order people; "prefers" is: costs less, and at equal cost has the
/// lower number.
///
/// | | `Optimal` | `DeferredAcceptance` | `SerialDictatorship` | `TopTradingCycles` |
/// |---|---|---|---|---|
/// | seats as many as can be | yes | no | no | no |
/// | least cost for those seated | yes | no | no | no |
/// | no space free that somebody would like better | yes, but between equal costs | yes | yes | yes |
/// | nobody prefers a place given to somebody with a worse claim (no justified envy) | no | yes | yes, by the list alone | no |
/// | no exchange makes somebody better off and nobody worse (Pareto efficient) | yes, in costs | no | yes | yes |
/// | nobody gains by stating other preferences (strategy-proof) | no | yes | yes | yes, but by accepting a place that prefers them and that they do not want |
/// | nobody is worse off than at the place held, if they still accept it | no | yes | no | yes |
/// | priorities of places count | no | yes | no | yes |
/// | to audit a deviation one needs | the published prices | the claims of all who applied to the place | the list down to one's own turn | all claims and all holdings |
///
/// "Nobody" is no person, and a strategy-proof answer is so for agents of one person. People of one agent state one list
/// together, so an agent of several can gain by a joint lie: by the truth one of two may take what the other could not
/// do without (the test below). Give people who decide for themselves agents of their own.
///
/// ```
/// use shared_parking::allocation::{Mechanism, allocate};
/// use shared_parking::market::{Claims, Lots, Market};
/// let seated = |kerb_costs, yard_costs| {
///     let mut builder = Market::builder();
///     let (kerb, yard) = (builder.place(1), builder.place(1));
///     let two = builder.agent(0, 2, [(kerb, kerb_costs), (yard, yard_costs)]);
///     let one = builder.agent(0, 1, [(yard, 10)]);
///     let market = builder.build().unwrap();
///     // a seed by which the turns are: one of two, the one, the other of two
///     let seed = (0..).find(|&seed| {
///         let claims = Claims::draw(&market, Lots::Single, seed);
///         claims.agent(1) == one
///     });
///     allocate(&market, Mechanism::SerialDictatorship, seed.unwrap()).seats_of(two).len()
/// };
/// assert_eq!(seated(10, 40), 1); // the truth: the kerb, then the one takes the yard
/// assert_eq!(seated(40, 10), 2); // the lie: the yard, and the kerb is left for the other
/// ```
///
/// All but `Optimal` seat people one by one: their memory and that of their audits grows with the people, not with the
/// agents, so an agent of 2^31 - 1 people takes some 60 to 140 GB.
///
/// No mechanism has everything: where places have priorities, an answer without justified envy can waste an exchange
/// that all involved would like (Roth 1982), and one that protects holders' trades can leave justified envy (Jeong 2017,
/// for street parking). A serial dictatorship is the easiest to audit, since each person needs only what was left at
/// their turn; deferred acceptance and top trading cycles are the hardest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mechanism {
    /// Seat as many as possible of the best standing, then of the next, and so on; then cost least in all. Draws no lots,
    /// and looks neither at priorities nor at holdings. See [`optimal()`](crate::allocation::optimal()).
    #[default]
    Optimal,
    /// Applicants propose, places keep the best claims: see [`deferred()`](crate::allocation::deferred()).
    DeferredAcceptance(Lots),
    /// Everybody in turn takes the best place left: see [`serial()`](crate::allocation::serial()).
    SerialDictatorship,
    /// Everybody points to the best place left, every place to the best claim, and those on a circle trade: see
    /// [`trading()`](crate::allocation::trading()).
    TopTradingCycles,
}

/// How ties between claims of equal priority and standing are broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Lots {
    /// One lot for each person, which counts at every place. Fewer exchanges are wasted so.
    #[default]
    Single,
    /// One lot for each person and place: bad luck at one place is not bad luck everywhere.
    PerPlace,
}

/// In words, for tables.
///
/// ```
/// use shared_parking::market::{Lots, Mechanism};
/// assert_eq!(Mechanism::DeferredAcceptance(Lots::PerPlace).to_string(), "deferred acceptance, lots per place");
/// ```
impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Optimal => "optimal",
            Self::DeferredAcceptance(Lots::Single) => "deferred acceptance",
            Self::DeferredAcceptance(Lots::PerPlace) => "deferred acceptance, lots per place",
            Self::SerialDictatorship => "serial dictatorship",
            Self::TopTradingCycles => "top trading cycles",
        })
    }
}
