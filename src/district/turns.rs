//! Turns that quotas reserve: who of a group is served before others.
//!
//! Invariant: the turns of a quota are the shortest beginning of its group's order in which so many are seated as it
//! reserves, or the whole group. Whoever is not seated there could not be seated later either, so nobody loses by it.

use super::District;
use super::queue::Candidate;
use crate::allocation::allocate;
use crate::calendar::Timestamp;
use crate::market::Mechanism;
use crate::people::Application;
use crate::policy::Quota;
use crate::refusal::Refusal;
use crate::units::{PermitId, Season};
use std::collections::BTreeSet;

impl District {
    /// Puts the turns that quotas reserve after the incumbents and before everybody else. A market of the group is solved
    /// for each quota that has something left to give.
    pub(super) fn reserve_turns<'a>(
        &'a self,
        eligible: Vec<Candidate<'a>>,
        season: &Season,
        seed: u64,
        at: Timestamp,
    ) -> Result<Vec<Candidate<'a>>, Refusal> {
        if self.policy.quotas.is_empty() {
            return Ok(eligible);
        }
        let (mut first, mut rest): (Vec<_>, Vec<_>) =
            eligible.into_iter().partition(|candidate| candidate.renews.is_some());
        for quota in &self.policy.quotas {
            let reserved = self.left_of(quota, &first, at);
            let is_in = |candidate: &Candidate<'_>| quota.group.admits(candidate.application, &self.inventory);
            let (group, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_in);
            let trial = first.iter().chain(&group).cloned().collect();
            let turns = if reserved == 0 { 0 } else { self.turns(trial, first.len(), reserved, season, seed, at)? };
            let (served, behind): (Vec<_>, Vec<_>) = group.into_iter().enumerate().partition(|(nth, _)| *nth < turns);
            first.extend(served.into_iter().map(|(_, candidate)| Candidate { quota: Some(&quota.id), ..candidate }));
            rest = others;
            rest.extend(behind.into_iter().map(|(_, candidate)| candidate));
            rest.sort_by(|a, b| a.key().cmp(&b.key()));
        }
        first.append(&mut rest);
        Ok(first)
    }

    /// How many of a quota's permits are not held by its group.
    fn left_of(&self, quota: &Quota, first: &[Candidate<'_>], at: Timestamp) -> u32 {
        let rights = self.inventory.stretches().iter().filter(|stretch| quota.area.covers(stretch, &self.inventory));
        let spaces = rights.map(|stretch| {
            let given = self.policy.rights_on(stretch, &self.inventory).len();
            u64::from(stretch.capacity) * u64::try_from(given).unwrap_or(0)
        });
        let is_in = |application: &Application| quota.group.admits(application, &self.inventory);
        let renewing: BTreeSet<&PermitId> =
            first.iter().filter_map(|candidate| candidate.renews).map(|permit| &permit.id).collect();
        let incumbents =
            first.iter().filter(|candidate| candidate.renews.is_some() && is_in(candidate.application)).count();
        let in_force = self.permits().filter(|permit| permit.valid.contains(at) && !renewing.contains(&permit.id));
        let held = incumbents + in_force.filter_map(|permit| self.as_held(permit)).filter(|own| is_in(own)).count();
        quota.reserved(spaces.sum()).saturating_sub(u32::try_from(held).unwrap_or(u32::MAX))
    }

    /// How many of a group must be served until so many are seated, after the `before` who stand first.
    fn turns(
        &self,
        trial: Vec<Candidate<'_>>,
        before: usize,
        reserved: u32,
        season: &Season,
        seed: u64,
        at: Timestamp,
    ) -> Result<usize, Refusal> {
        let table = self.lay(trial, season, seed, at)?;
        let allocation = allocate(table.market(), Mechanism::Optimal, seed);
        let (mut turns, mut seated) = (0, 0);
        for agent in table.people().skip(before) {
            if seated == reserved {
                break;
            }
            turns += 1;
            seated += u32::from(!allocation.seats_of(agent).is_empty());
        }
        Ok(turns)
    }
}
