//! Two or more allocations of one market side by side: what each mechanism would mean, in the same numbers.
//!
//! Invariant: every figure follows from the market, the claims and the seats alone; no mechanism is asked or named. All
//! figures are integers, so the same input gives the same bytes everywhere.

mod envy;
mod holders;
mod labels;
mod spread;

pub use envy::EnvyFigures;
pub use holders::HolderFigures;
pub use labels::{Grouping, Labels, NotComparable, Waiting};
pub use spread::Spread;

use super::market::MarketFinding;
use super::outcome::{check_seats, envy_by_list, justified_envy};
use crate::market::{Agent, Allocation, Claims, Lots, Market, Seat};
use crate::units::{BasisPoints, Rounding};
use serde::Serialize;

/// Allocations of one market in the same figures, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// How many people the market has.
    pub people: u64,
    /// How many of them hold a space today.
    pub holders: u64,
    /// How many spaces are on offer.
    pub spaces: u64,
    /// The figures of each allocation.
    pub allocations: Vec<Compared>,
}

/// The figures of one allocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The name it was given.
    pub name: String,
    /// How many people are seated.
    pub seated: u64,
    /// What their seats cost them: walks in centimetres where the market's costs are walks.
    pub cost: Spread,
    /// Who would rather have a place where somebody with a worse claim to it sits.
    pub envy: EnvyFigures,
    /// The same by the list alone, as if no place had a say and nobody held any: somebody later on the list sits there.
    pub envy_by_list: EnvyFigures,
    /// What becomes of today's holders.
    pub holders: HolderFigures,
    /// How many of each group are seated: grouping by grouping, and within one in the order of its groups.
    pub groups: Vec<GroupFigures>,
    /// How long everybody waits in all, in days: those seated until now, the others until the next round at least.
    /// `None` where [`Labels`] say nothing of waiting.
    pub waiting: Option<Spread>,
}

/// How many of a group are seated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupFigures {
    /// The grouping it belongs to: `tier`.
    pub grouping: String,
    /// The group's name.
    pub group: String,
    /// How many people it has.
    pub people: u64,
    /// How many of them are seated.
    pub seated: u64,
}

impl GroupFigures {
    /// The share of the group that is seated, to the nearest basis point; 0 for a group without people.
    #[must_use]
    pub fn share(&self) -> BasisPoints {
        let exact = Rounding::Nearest.divide(i128::from(self.seated) * 10_000, i128::from(self.people));
        BasisPoints::new(u32::try_from(exact).unwrap_or(u32::MAX))
    }
}

/// Puts allocations of one market side by side.
///
/// Lots and seed settle who is ahead of whom ([`Claims`]), and so which envy is justified: give those of the mechanism
/// whose promise is to be seen. Mechanisms that break ties by other lots are without envy by their own only; where no
/// two people have one standing there are no ties, and all lots and seeds give the same figures.
///
/// O(choices of all people, each counted for itself) for each allocation, times O(log) for sorting what is found, besides
/// drawing the lots once.
///
/// # Errors
/// Whatever makes the figures meaningless, all of it: labels that do not fit the market, two allocations of one name,
/// and allocations whose seats the market does not allow. Whether a mechanism's promise was kept, and certificates,
/// [`check_outcome`](crate::audit::check_outcome) looks at.
///
/// ```
/// use shared_parking::allocation::{Mechanism, allocate};
/// use shared_parking::audit::{Grouping, Labels, Waiting, compare};
/// use shared_parking::market::{Lots, Market};
/// let mut builder = Market::builder();
/// let (kerb, yard) = (builder.place(1), builder.place(1));
/// builder.agent(0, 1, [(kerb, 1_000), (yard, 4_000)]);
/// let second = builder.agent(1, 1, [(kerb, 2_000)]);
/// builder.holds(second, kerb, 1);
/// let market = builder.build().unwrap();
/// let tiers = Grouping { name: "tier".into(), groups: vec!["first".into(), "second".into()], of: vec![0, 1] };
/// let labels = Labels { groupings: vec![tiers], waiting: Some(Waiting { days: vec![30, 90], next_round: 365 }) };
///
/// let optimal = allocate(&market, Mechanism::Optimal, 7);
/// let serial = allocate(&market, Mechanism::SerialDictatorship, 7);
/// let named = [("optimal", &optimal), ("in turn", &serial)];
/// let comparison = compare(&market, &labels, &named, Lots::Single, 7).unwrap();
///
/// let [optimal, serial] = &comparison.allocations[..] else { panic!() };
/// assert_eq!((optimal.seated, optimal.cost.mean), (2, 3_000)); // the first walks to the yard, so that both are seated
/// assert_eq!((serial.seated, serial.cost.mean), (1, 1_000));
/// assert_eq!((optimal.envy_by_list.pairs, serial.envy_by_list.pairs), (1, 0));
/// assert_eq!((optimal.holders.kept, serial.holders.lost), (1, 1));
/// assert_eq!(serial.groups[1].seated, 0);
/// assert_eq!(serial.waiting.as_ref().unwrap().max, 90 + 365);
/// ```
pub fn compare(
    market: &Market,
    labels: &Labels,
    allocations: &[(&str, &Allocation)],
    lots: Lots,
    seed: u64,
) -> Result<Comparison, Vec<NotComparable>> {
    let mut problems = labels::problems(labels, market);
    for (at, &(name, allocation)) in allocations.iter().enumerate() {
        if allocations[..at].iter().any(|&(earlier, _)| earlier == name) {
            problems.push(NotComparable::SameName { name: name.to_owned() });
        }
        let told = |finding| NotComparable::Unsound { name: name.to_owned(), finding };
        let mut findings = Vec::new();
        check_seats(market, &allocation.seats, &mut findings);
        problems.extend(findings.into_iter().map(told));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let claims = Claims::draw(market, lots, seed);
    let figures = |&(name, allocation): &(&str, &Allocation)| figures(market, &claims, labels, name, allocation);
    Ok(Comparison {
        people: market.agents().map(|agent| u64::from(market.count(agent))).sum(),
        holders: market.holdings().iter().map(|hold| u64::from(hold.count)).sum(),
        spaces: market.places().map(|place| u64::from(market.capacity(place))).sum(),
        allocations: allocations.iter().map(figures).collect(),
    })
}

fn figures(market: &Market, claims: &Claims, labels: &Labels, name: &str, allocation: &Allocation) -> Compared {
    let walked = |seat: &Seat| Some((market.cost(seat.agent, seat.place)?, seat.count));
    Compared {
        name: name.to_owned(),
        seated: allocation.seated(),
        cost: Spread::of(allocation.seats.iter().filter_map(walked)),
        envy: EnvyFigures::of(&justified_envy(market, claims, allocation)),
        envy_by_list: EnvyFigures::of(&envy_by_list(market, claims, allocation)),
        holders: holders::moves(market, allocation),
        groups: labels.groupings.iter().flat_map(|grouping| grouping.seats(market, allocation)).collect(),
        waiting: labels.waiting.as_ref().map(|waiting| waiting.spread(market, allocation)),
    }
}

/// How many people of an agent are seated; the seats are sound.
fn seated(allocation: &Allocation, agent: Agent) -> u32 {
    allocation.seats_of(agent).iter().map(|seat| seat.count).sum()
}
