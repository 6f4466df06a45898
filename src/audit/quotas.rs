//! Turns that quotas reserve, verified from the answers alone.
//!
//! Invariant: by the order of the list nobody who is passed over early is seated later, so the beginning of a group's
//! order that a quota served shows by itself whether it was long enough and not too long.

use super::finding::Finding;
use super::permits::History;
use super::rank::rank;
use crate::district::{District, Permit, Round};
use crate::people::Application;
use crate::policy::{Quota, ScoreSheet};
use crate::units::PermitId;
use std::collections::BTreeSet;

/// One of the eligible of a round.
pub(super) struct Row<'a> {
    pub(super) application: &'a Application,
    pub(super) score: &'a ScoreSheet,
    pub(super) position: u32,
    pub(super) renews: Option<&'a Permit>,
    /// The quota that the answer names.
    pub(super) quota: Option<&'a str>,
    pub(super) seated: bool,
}

impl Row<'_> {
    /// Where the rules put it: incumbents, then the turns of each quota, then everybody else.
    pub(super) fn key(&self, district: &District) -> impl Ord + '_ {
        let quotas = &district.policy().quotas;
        let block = quotas.iter().position(|quota| Some(quota.id.as_str()) == self.quota).unwrap_or(quotas.len());
        (self.renews.is_none(), block, self.own_key())
    }

    fn own_key(&self) -> impl Ord + '_ {
        let resident = &self.application.resident.id;
        // Incumbents were told apart before.
        (rank(false, self.score, 0, self.score.ticket, resident), &self.application.id)
    }
}

/// Checks the turns of every quota; `in_force` are the permits at the round's instant, of what stood before it.
pub(super) fn check_quotas(
    district: &District,
    round: &Round,
    rows: &[Row<'_>],
    (in_force, before): (&[Permit], &History),
    findings: &mut Vec<Finding>,
) {
    let quotas = &district.policy().quotas;
    let known = |row: &Row<'_>| row.quota.is_none_or(|id| quotas.iter().any(|quota| quota.id == id));
    for row in rows.iter().filter(|row| !known(row) || row.quota.is_some() && row.renews.is_some()) {
        findings.push(Finding::WrongStanding(round.season.clone(), row.application.id.clone()));
    }
    let mut served_before: Vec<&str> = Vec::new();
    for quota in quotas {
        let own = |row: &&Row<'_>| row.quota == Some(quota.id.as_str());
        let is_in = |row: &&Row<'_>| quota.group.admits(row.application, district.inventory());
        let open = |row: &&Row<'_>| row.renews.is_none() && row.quota.is_none_or(|id| !served_before.contains(&id));
        let mut group: Vec<&Row<'_>> = rows.iter().filter(is_in).filter(open).collect();
        group.sort_by(|a, b| a.own_key().cmp(&b.own_key()));
        let served = group.iter().take_while(|row| own(row)).count();
        let seated = group[..served].iter().filter(|row| row.seated).count();
        let due = left_of(district, quota, rows, (in_force, before));
        let enough = if due == 0 {
            served == 0
        } else if seated == due {
            group[..served].last().is_some_and(|last| last.seated)
        } else {
            seated < due && served == group.len()
        };
        if !enough || rows.iter().filter(own).count() != served {
            findings.push(Finding::WrongQuota(round.season.clone(), quota.id.clone()));
        }
        served_before.push(&quota.id);
    }
}

/// How many of its permits the group does not hold: those in force, and those that incumbents renew.
fn left_of(district: &District, quota: &Quota, rows: &[Row<'_>], (in_force, before): (&[Permit], &History)) -> usize {
    let (inventory, policy) = (district.inventory(), district.policy());
    let mut spaces = 0_u64;
    for stretch in inventory.stretches().iter().filter(|stretch| quota.area.covers(stretch, inventory)) {
        policy.rights_on(stretch, inventory).iter().for_each(|_| spaces += u64::from(stretch.capacity));
    }
    let is_in = |application: &Application| quota.group.admits(application, inventory);
    let renewed: BTreeSet<&PermitId> = rows.iter().filter_map(|row| Some(&row.renews?.id)).collect();
    let staying = in_force.iter().filter(|permit| !renewed.contains(&permit.id));
    let held = staying.filter_map(|permit| before.holder(district, permit)).filter(|own| is_in(own)).count();
    let incumbents = rows.iter().filter(|row| row.renews.is_some() && is_in(row.application)).count();
    usize::try_from(quota.reserved(spaces)).unwrap_or(usize::MAX).saturating_sub(held + incumbents)
}
