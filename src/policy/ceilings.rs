//! Ceilings: how many permits there may be in an area, whatever its spaces.
//!
//! Invariant: a ceiling never takes a permit from a holder; it only keeps new ones from being given.

use super::{Amount, Area, Policy};
use crate::calendar::Date;
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::Inventory;
use crate::market::Mechanism;
use crate::policy::tariff::check_ids;
use crate::policy::{RenewedPlace, RoundRules};
use serde::{Deserialize, Serialize};

/// The most permits and open offers that may name the spaces of an area at one time.
///
/// A round never gives so many that there would be more, and a space that falls free between rounds goes to nobody while
/// there are as many. Holders keep theirs when it falls: then nobody new gets one until enough have ended. Two ceilings must either not share a stretch, or one must lie wholly within the other.
/// Ceilings need the mechanism `optimal`, which seats as many as they let in, in strict order of the list.
///
/// ```
/// use shared_parking::policy::Ceiling;
/// let ceiling: Ceiling = serde_json::from_str(r#"{
///     "id": "east", "at_most": { "permits": 100 },
///     "decay": { "from": "2026-01-01", "every_months": 12, "permits": 10, "least": 85 }
/// }"#).unwrap();
/// let on = |day: &str| ceiling.on(day.parse().unwrap(), 500);
/// assert_eq!([on("2025-12-31"), on("2026-01-01"), on("2027-01-01"), on("2030-01-01")], [100, 90, 85, 85]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// Its id, unique among the ceilings.
    pub id: String,
    /// Whose spaces count; left out: the whole district.
    #[serde(default, skip_serializing_if = "Area::is_everything")]
    pub area: Area,
    /// How many: a number, or a share of the area's spaces, rounded down. A space counts once for each shift it is given
    /// for.
    pub at_most: Amount,
    /// How it falls over time; left out: not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decay: Option<Decay>,
}

/// How a ceiling falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decay {
    /// The local day of the first fall.
    pub from: Date,
    /// How many months lie between two falls: 1 to 1,200.
    pub every_months: u16,
    /// By how many permits it falls each time: at least 1.
    pub permits: u32,
    /// Below which number it never falls.
    pub least: u32,
}

impl Ceiling {
    /// The ceiling on a local day, for an area with so many spaces.
    #[must_use]
    pub fn on(&self, day: Date, spaces: u64) -> u32 {
        let most = self.at_most.rounded_down(spaces);
        let Some(decay) = self.decay else { return most };
        let mut left = most;
        let mut months = 0_u16;
        while left > decay.least && decay.permits > 0 && decay.from.plus_months(months) <= day {
            left = left.saturating_sub(decay.permits).max(decay.least);
            match months.checked_add(decay.every_months) {
                Some(later) if later > months => months = later,
                _ => break,
            }
        }
        left
    }

    fn check(&self, place: &str, flaws: &mut FlawCollector) {
        self.area.check(&format!("{place}.area"), flaws);
        let Some(decay) = self.decay else { return };
        if !(1..=1_200).contains(&decay.every_months) {
            let place = format!("{place}.decay.every_months");
            flaws.push(FlawCode::OutOfRange, place, decay.every_months.to_string(), "write 1 to 1200 months");
        }
        if decay.permits == 0 {
            let remedy = "write at least 1, or leave the decay out";
            flaws.push(FlawCode::OutOfRange, format!("{place}.decay.permits"), "it falls by nothing", remedy);
        }
    }
}

/// Notes every flaw of the ceilings, and of what they say against the rules of the round.
pub(super) fn check(ceilings: &[Option<Ceiling>], round: Option<&RoundRules>, flaws: &mut FlawCollector) {
    check_ids(ceilings.iter().flatten().map(|ceiling| ceiling.id.as_str()), "ceiling", "ceilings", flaws);
    for (at, ceiling) in ceilings.iter().enumerate() {
        ceiling.iter().for_each(|ceiling| ceiling.check(&format!("ceilings[{at}]"), flaws));
    }
    let Some(round) = round.filter(|_| !ceilings.is_empty()) else { return };
    if round.mechanism != Mechanism::Optimal {
        let remedy = "write \"optimal\" in round.mechanism, or leave the ceilings out";
        let problem = format!("ceilings need the mechanism \"optimal\", not {}", round.mechanism_written());
        flaws.push(FlawCode::Contradiction, "ceilings", problem, remedy);
    }
    if round.renewal.is_some_and(|renewal| renewal.place == RenewedPlace::Improve) {
        let problem = "a holder who improves could enter an area that is over its ceiling, or leave it to somebody new";
        let remedy = "write \"keep\" in round.renewal.place, or leave the ceilings out";
        flaws.push(FlawCode::Contradiction, "ceilings", problem, remedy);
    }
}

/// Notes areas that are not on the ground, and ceilings of which neither lies in the other though they share a stretch.
pub(super) fn check_ground(policy: &Policy, inventory: &Inventory, flaws: &mut FlawCollector) {
    let mut covered: Vec<Vec<usize>> = Vec::new();
    for (at, ceiling) in policy.ceilings.iter().enumerate() {
        ceiling.area.check_ground(inventory, &format!("ceilings[{at}].area"), flaws);
        let own = inventory.stretches().iter().enumerate();
        let own: Vec<usize> =
            own.filter(|(_, stretch)| ceiling.area.covers(stretch, inventory)).map(|(index, _)| index).collect();
        for (earlier, other) in covered.iter().enumerate() {
            let shared = own.iter().filter(|index| other.binary_search(index).is_ok()).count();
            if shared > 0 && shared < own.len().min(other.len()) {
                let problem = format!(
                    "it shares {shared} stretches with ceiling {:?}, and neither lies within the other",
                    policy.ceilings[earlier].id
                );
                let remedy = "let one area hold the other, or let them share nothing";
                flaws.push(FlawCode::Contradiction, format!("ceilings[{at}].area"), problem, remedy);
            }
        }
        covered.push(own);
    }
}
