//! Ceilings at any instant: which areas can take no further permit, and whether one ever had too many.
//!
//! Invariant: counted from permits and offers with their windows; what rounds say of their ceilings is not read here.

use super::Right;
use super::finding::Finding;
use crate::calendar::{Date, Timestamp, Window};
use crate::district::{District, Permit};
use crate::inventory::Stretch;
use crate::policy::Ceiling;
use crate::units::StretchId;
use std::collections::BTreeSet;

/// The places of areas that have as many permits and offers as their ceilings let there be, by number.
pub(super) fn full_places<'p>(
    district: &District,
    places: &[Right<'_>],
    standing: impl Iterator<Item = &'p Permit> + Clone,
    at: Timestamp,
) -> BTreeSet<usize> {
    let day = district.policy().zone.local(at).date;
    let is_full = |ceiling: &&Ceiling| {
        let within = standing.clone().filter(|permit| covers(district, ceiling, &permit.stretch)).count();
        u64::try_from(within).unwrap_or(u64::MAX) >= u64::from(limit(district, ceiling, day))
    };
    let full = district.policy().ceilings.iter().filter(is_full);
    full.flat_map(|ceiling| (0..places.len()).filter(|&place| covers(district, ceiling, places[place].0))).collect()
}

/// Whether a place lies in the area of any ceiling.
pub(super) fn is_limited(district: &District, stretch: &StretchId) -> bool {
    district.policy().ceilings.iter().any(|ceiling| covers(district, ceiling, stretch))
}

/// Checks that there never were more permits and offers in an area than its ceiling let there be on that day, but for
/// those who had theirs before. O(ceilings x permits log permits).
pub(super) fn check_ceilings(district: &District, windows: &[(&StretchId, Window)], findings: &mut Vec<Finding>) {
    for ceiling in &district.policy().ceilings {
        let own = windows.iter().filter(|(stretch, _)| covers(district, ceiling, stretch));
        let mut steps: Vec<(Timestamp, i64)> =
            own.flat_map(|(_, window)| [(window.start(), 1), (window.end(), -1)]).collect();
        steps.sort_unstable();
        let mut now = 0_i64;
        for instant in steps.chunk_by(|one, other| one.0 == other.0) {
            let (at, before) = (instant[0].0, now);
            now += instant.iter().map(|(_, step)| step).sum::<i64>();
            let most = limit(district, ceiling, district.policy().zone.local(at).date);
            if now > before.max(i64::from(most)) {
                let count = u32::try_from(now).unwrap_or(u32::MAX);
                findings.push(Finding::AboveCeiling(ceiling.id.clone(), at, count, most));
            }
        }
    }
}

/// The ceiling on a day: a space counts once for each shift it is given for.
fn limit(district: &District, ceiling: &Ceiling, day: Date) -> u32 {
    let (inventory, policy) = (district.inventory(), district.policy());
    let spaces = |stretch: &Stretch| {
        let times = u64::try_from(policy.rights_on(stretch, inventory).len()).unwrap_or(u64::MAX);
        times.saturating_mul(u64::from(stretch.capacity))
    };
    let own = inventory.stretches().iter().filter(|stretch| ceiling.area.covers(stretch, inventory));
    ceiling.on(day, own.map(spaces).fold(0, u64::saturating_add))
}

fn covers(district: &District, ceiling: &Ceiling, stretch: &StretchId) -> bool {
    let inventory = district.inventory();
    inventory.stretch(stretch).is_some_and(|stretch| ceiling.area.covers(stretch, inventory))
}
