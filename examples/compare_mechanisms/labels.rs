//! What is known of the candidates of a round: tier, community, waiting.

use shared_parking::audit::{Grouping, Labels, Waiting};
use shared_parking::district::{Candidate, RoundMarket};
use shared_parking::inventory::{Door, Point};
use shared_parking::{District, Inventory, TimeOfDay, Timestamp};

pub fn labels(district: &District, round: &RoundMarket<'_>, at: Timestamp) -> Labels {
    let (inventory, policy, candidates) = (district.inventory(), district.policy(), round.candidates());
    let days = |candidate: &Candidate<'_>| at.seconds_since(candidate.application.applied_at).max(0) / 86_400;
    let next = policy.zone.local(at).date.plus_months(policy.permits.valid_months);
    let next_round = policy.zone.instant(next, TimeOfDay::MIDNIGHT).seconds_since(at) / 86_400;
    let whole = |days: i64| u32::try_from(days).unwrap_or(u32::MAX);
    let waiting =
        Waiting { days: candidates.iter().map(|own| whole(days(own))).collect(), next_round: whole(next_round) };
    let by_home = if inventory.communities().is_empty() { quarters } else { communities };
    Labels { groupings: vec![tiers(district, candidates), by_home(inventory, candidates)], waiting: Some(waiting) }
}

/// The group of each candidate, by name; groups without anybody are left out.
fn grouping(name: &str, names: &[String], of: impl Iterator<Item = usize> + Clone) -> Grouping {
    let used: Vec<usize> = (0..names.len()).filter(|&group| of.clone().any(|own| own == group)).collect();
    let number = |group| used.iter().zip(0..).find(|(used, _)| **used == group).map_or(0, |(_, number)| number);
    let groups = used.iter().map(|&group| names[group].clone()).collect();
    Grouping { name: name.to_owned(), groups, of: of.map(number).collect() }
}

fn tiers(district: &District, candidates: &[Candidate<'_>]) -> Grouping {
    let tiers = &district.policy().standing.tiers;
    let mut names: Vec<String> = tiers.iter().map(ToString::to_string).collect();
    names.push("no tier".to_owned());
    let of = candidates.iter().map(|own| own.standing.tier as usize - 1);
    grouping("tier", &names, of)
}

fn door<'a>(inventory: &'a Inventory, candidate: &Candidate<'_>) -> Option<&'a Door> {
    inventory.door(&candidate.application.resident.door)
}

fn communities(inventory: &Inventory, candidates: &[Candidate<'_>]) -> Grouping {
    let communities = inventory.communities();
    let mut names: Vec<String> = communities.iter().map(|community| community.name.clone()).collect();
    names.push("no community".to_owned());
    let home = |candidate: &Candidate<'_>| {
        let own = door(inventory, candidate)?.community.as_ref()?;
        communities.iter().position(|community| community.id == *own)
    };
    let of = candidates.iter().map(|own| home(own).unwrap_or(communities.len()));
    grouping("community", &names, of)
}

/// Where there are no communities: four quarters about the median door.
fn quarters(inventory: &Inventory, candidates: &[Candidate<'_>]) -> Grouping {
    let middle = |of: fn(&Point) -> i32| {
        let mut all: Vec<i32> = inventory.doors().iter().map(|door| of(&door.position)).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    };
    let (east, north) = (middle(|at| at.x), middle(|at| at.y));
    let quarter = |candidate: &Candidate<'_>| {
        let at = door(inventory, candidate).map(|door| door.position).unwrap_or_default();
        2 * usize::from(at.y < north) + usize::from(at.x >= east)
    };
    let names = ["north-west", "north-east", "south-west", "south-east"].map(str::to_owned);
    grouping("quarter", &names, candidates.iter().map(quarter))
}
