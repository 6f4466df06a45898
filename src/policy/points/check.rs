//! What rules of points say that they should not, by themselves and beside the rules of the round.

use super::{PointsRule, SharedRate, SharedScale, Wait, WaitingStep};
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::Inventory;
use crate::people::SpecialNeed;
use crate::policy::eligibility::word;
use crate::policy::{RoundRules, StandingRules};
use crate::units::CommunityId;
use std::collections::BTreeSet;

/// Notes every flaw of the rules of one version, which stands at `place`.
pub(in crate::policy) fn check(rules: &[PointsRule], place: &str, flaws: &mut FlawCollector) {
    for (at, rule) in rules.iter().enumerate() {
        let own = format!("{place}.points[{at}]");
        check_rule(rule, &own, flaws);
        let Some(pairs) = rule.of_pairs() else { continue };
        if let Some(first) = rules[..at].iter().position(|earlier| earlier.of_pairs() == Some(pairs)) {
            let problem = format!("{pairs} stand in {place}.points[{first}] already");
            let remedy = match rule {
                PointsRule::Distance { .. } => "put all steps into one of the two",
                _ => "leave one of the two out",
            };
            flaws.push(FlawCode::Contradiction, own, problem, remedy);
        }
    }
}

fn check_rule(rule: &PointsRule, place: &str, flaws: &mut FlawCollector) {
    match rule {
        PointsRule::Waiting { steps } => check_waiting(steps, &format!("{place}.steps"), flaws),
        PointsRule::Distance { steps, .. } => {
            let distances: Vec<u32> = steps.iter().map(|step| step.within_m).collect();
            check_ascending(&distances, "distances", &format!("{place}.steps"), flaws);
        }
        PointsRule::SharedHours(SharedScale::Steps(steps)) => {
            let place = format!("{place}.steps");
            let (hours, points): (Vec<u32>, Vec<u32>) = steps.iter().map(|step| (step.hours, step.points)).unzip();
            check_ascending(&hours, "hours", &place, flaws);
            check_rising(&points, "hours", &place, flaws);
        }
        PointsRule::SharedHours(SharedScale::Rate(rate)) => check_rate(rate, &format!("{place}.rate"), flaws),
        PointsRule::SpecialNeed { needs, .. } => check_needs(needs.as_deref(), place, flaws),
        PointsRule::InCommunities { communities, .. } => {
            check_communities(communities, &format!("{place}.communities"), flaws);
        }
        PointsRule::SameCommunity { .. } => {}
    }
}

fn check_waiting(steps: &[WaitingStep], place: &str, flaws: &mut FlawCollector) {
    let days: Vec<u32> =
        steps.iter().filter_map(|step| if let Wait::Days(days) = step.wait { Some(days) } else { None }).collect();
    let months: Vec<u16> = steps
        .iter()
        .filter_map(|step| if let Wait::Months(months) = step.wait { Some(months) } else { None })
        .collect();
    let unit = match (days.is_empty(), months.is_empty()) {
        (false, false) => {
            let remedy = "write all steps of the rule in one of the two";
            return flaws.push(FlawCode::Contradiction, place, "days and months are mixed", remedy);
        }
        (true, false) => {
            check_ascending(&months, "months", place, flaws);
            "months"
        }
        _ => {
            check_ascending(&days, "days", place, flaws);
            "days"
        }
    };
    let points: Vec<u32> = steps.iter().map(|step| step.points).collect();
    check_rising(&points, unit, place, flaws);
}

fn check_ascending<T: Ord>(steps: &[T], unit: &str, place: &str, flaws: &mut FlawCollector) {
    if steps.is_empty() {
        flaws.push(FlawCode::Empty, place, "no step", "write at least one");
    } else if !steps.is_sorted_by(|earlier, later| earlier < later) {
        let remedy = format!("sort the steps by {unit}, each once");
        flaws.push(FlawCode::Contradiction, place, format!("{unit} do not ascend"), remedy);
    }
}

/// More waiting, or more hours shared, must never lead to fewer points.
fn check_rising(points: &[u32], unit: &str, place: &str, flaws: &mut FlawCollector) {
    for (at, _) in points.windows(2).enumerate().filter(|(_, pair)| pair[0] > pair[1]) {
        let problem = format!("fewer points for more {unit}: {} after {}", points[at + 1], points[at]);
        let remedy = "let points never fall from step to step";
        flaws.push(FlawCode::Contradiction, format!("{place}[{}].points", at + 1), problem, remedy);
    }
}

fn check_rate(rate: &SharedRate, place: &str, flaws: &mut FlawCollector) {
    for (field, value) in [("per_hours", rate.per_hours), ("points", rate.points), ("most", rate.most)] {
        if value == 0 {
            flaws.push(FlawCode::OutOfRange, format!("{place}.{field}"), "0", "write at least 1");
        }
    }
}

/// Notes every flaw of a list of needs, which is the field `needs` of what stands at `place`.
pub(in crate::policy) fn check_needs(needs: Option<&[SpecialNeed]>, place: &str, flaws: &mut FlawCollector) {
    let Some(needs) = needs else { return };
    let place = format!("{place}.needs");
    if needs.is_empty() {
        flaws.push(FlawCode::Empty, &place, "no need", "name at least one, or leave the list out");
    }
    check_each_need(needs, &place, flaws);
}

/// Notes each need of a list at `place` that is none, or stands there twice.
pub(in crate::policy) fn check_each_need(needs: &[SpecialNeed], place: &str, flaws: &mut FlawCollector) {
    let mut known = BTreeSet::new();
    for (at, need) in needs.iter().enumerate() {
        let place = format!("{place}[{at}]");
        if *need == SpecialNeed::None {
            flaws.push(FlawCode::Contradiction, place, "who has no need has none", "take it out");
        } else if !known.insert(*need) {
            flaws.push(FlawCode::Contradiction, place, format!("{} stands here twice", word(need)), "keep the first");
        }
    }
}

fn check_communities(communities: &[CommunityId], place: &str, flaws: &mut FlawCollector) {
    if communities.is_empty() {
        flaws.push(FlawCode::Empty, place, "no community", "name at least one");
    }
    let mut known = BTreeSet::new();
    for (at, community) in communities.iter().enumerate().filter(|(_, community)| !known.insert(*community)) {
        let problem = format!("{:?} stands here twice", community.as_str());
        flaws.push(FlawCode::Contradiction, format!("{place}[{at}]"), problem, "keep the first");
    }
}

/// Notes each community that is not on the ground.
pub(in crate::policy) fn check_ground(
    rules: &[PointsRule],
    inventory: &Inventory,
    place: &str,
    flaws: &mut FlawCollector,
) {
    for (at, rule) in rules.iter().enumerate() {
        let PointsRule::InCommunities { communities, .. } = rule else { continue };
        for (number, id) in communities.iter().enumerate().filter(|(_, id)| inventory.community(id).is_none()) {
            let place = format!("{place}.points[{at}].communities[{number}]");
            let problem = format!("no community {:?} is on the ground", id.as_str());
            flaws.push(FlawCode::UnknownReference, place, problem, "correct the id, or survey it");
        }
    }
}

/// Notes offers where each place has claims of its own: a space that falls free goes by the one list.
pub(in crate::policy) fn check_offers(standing: &StandingRules, round: &RoundRules, flaws: &mut FlawCollector) {
    let apart = if round.draws_by_place() {
        "lots for each place"
    } else if round.orders_by_place()
        && let Some(pairs) = standing.all_points().find_map(|(_, rules)| rules.iter().find_map(PointsRule::of_pairs))
    {
        pairs
    } else {
        return;
    };
    if round.offer_hours.is_some() {
        let problem = format!("a space that falls free goes to the next on the list, which {apart} do not count in");
        let remedy = format!("leave offers out, so that seats are permits at once; or leave the {apart} out");
        flaws.push(FlawCode::Contradiction, "round.offer_hours", problem, remedy);
    }
}

/// Notes each rule whose points the mechanism of the round would pass over.
pub(in crate::policy) fn check_mechanism(standing: &StandingRules, round: &RoundRules, flaws: &mut FlawCollector) {
    if round.orders_by_place() {
        return;
    }
    for (place, rules) in standing.all_points() {
        for (at, pairs) in rules.iter().enumerate().filter_map(|(at, rule)| Some((at, rule.of_pairs()?))) {
            let problem = format!(
                "{pairs} differ from stretch to stretch, but round.mechanism is {}, which serves one list",
                round.mechanism_written()
            );
            let remedy =
                "take these points out, or write {\"deferred-acceptance\": \"single\"} or \"top-trading-cycles\" there";
            flaws.push(FlawCode::Contradiction, format!("{place}.points[{at}]"), problem, remedy);
        }
    }
}
