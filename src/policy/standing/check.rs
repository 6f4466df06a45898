//! What the rules of a standing say that they should not.

use super::version::Version;
use super::{Promotion, StandingRules, tier, ties};
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::Inventory;
use crate::policy::{ShiftRules, points};

/// The most decimals in which points can be written.
const MOST_DECIMALS: u8 = 4;

impl StandingRules {
    pub(in crate::policy) fn check(&self, flaws: &mut FlawCollector) {
        if self.decimals > MOST_DECIMALS {
            let remedy = format!("write 0 to {MOST_DECIMALS} decimals");
            flaws.push(FlawCode::OutOfRange, "standing.decimals", self.decimals.to_string(), remedy);
        }
        for (place, version) in self.versions() {
            version.check(&place, flaws);
        }
        for (at, _) in self.earlier.windows(2).enumerate().filter(|(_, pair)| pair[0].until >= pair[1].until) {
            let place = format!("standing.earlier[{}].until", at + 1);
            let problem = "the days until which versions were in force do not ascend";
            flaws.push(FlawCode::Contradiction, place, problem, "list the versions by their days, each day once");
        }
    }

    /// Notes each shift of a tie-break that the policy does not have.
    pub(in crate::policy) fn check_shifts(&self, shifts: Option<&ShiftRules>, flaws: &mut FlawCollector) {
        for (place, version) in self.versions() {
            ties::check_known(version.ties, shifts, &place, flaws);
        }
    }

    /// Notes each community with points of its own that is not on the ground.
    pub(in crate::policy) fn check_ground(&self, inventory: &Inventory, flaws: &mut FlawCollector) {
        for (place, rules) in self.all_points() {
            points::check_ground(rules, inventory, &place, flaws);
        }
    }

    /// The places of the versions with tiers in which some applicants stand nowhere.
    pub(in crate::policy) fn without_a_tier_for_all(&self) -> impl Iterator<Item = String> {
        let open = |version: &Version<'_>| !version.tiers.is_empty() && !tier::admit_anyone(version.tiers);
        self.versions().filter(move |(_, version)| open(version)).map(|(place, _)| format!("{place}.tiers"))
    }
}

impl Version<'_> {
    fn check(self, place: &str, flaws: &mut FlawCollector) {
        tier::check(self.tiers, place, flaws);
        points::check(self.points, place, flaws);
        ties::check(self.ties, place, flaws);
        check_promotions(self.promotions, self.tiers.len(), place, flaws);
    }
}

fn check_promotions(promotions: &[Promotion], tiers: usize, place: &str, flaws: &mut FlawCollector) {
    for (at, promotion) in promotions.iter().enumerate() {
        let place = format!("{place}.promotions[{at}]");
        if promotion.tiers == 0 {
            flaws.push(FlawCode::OutOfRange, format!("{place}.tiers"), "0 tiers up", "write at least 1");
        } else if tiers > 0 && u64::from(promotion.tiers) >= tiers as u64 {
            // a list without tiers is a flaw of its own
            let problem = format!("{} tiers up in a list of {tiers}", promotion.tiers);
            let remedy = match tiers - 1 {
                0 => "take the promotion out".to_owned(),
                most => format!("write 1 to {most}"),
            };
            flaws.push(FlawCode::Contradiction, format!("{place}.tiers"), problem, remedy);
        }
        let Some(before) = at.checked_sub(1).map(|before| promotions[before]) else { continue };
        if before.shared_hours >= promotion.shared_hours || before.tiers >= promotion.tiers {
            let problem = "more hours do not lead to a higher tier than the promotion before";
            let remedy = "list promotions by their hours, each with more tiers than the one before";
            flaws.push(FlawCode::Contradiction, place, problem, remedy);
        }
    }
}
