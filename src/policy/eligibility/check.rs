//! The flaws of a list of rules: each on its own, and what they say of each other.

use super::{Rule, further_vehicles};
use crate::error::{FlawCode, FlawCollector};
use crate::inventory::Inventory;
use crate::policy::points::check_needs;
use crate::units::Money;
use serde::Serialize;
use std::fmt::Display;

/// Finds every flaw of a list of rules.
pub(in crate::policy) fn check(rules: &[Rule], flaws: &mut FlawCollector) {
    for (at, rule) in rules.iter().enumerate() {
        let place = place(at, rule);
        if rules[..at].iter().any(|earlier| earlier.word() == rule.word()) {
            flaws.push(FlawCode::Contradiction, place.clone(), "the rule stands here twice", "keep one of them");
        }
        if admits_nobody(rule) {
            let remedy = "admit at least one, or take the rule out";
            flaws.push(FlawCode::OutOfRange, place.clone(), "the rule admits nobody", remedy);
        }
        check_numbers(rule, &place, flaws);
        check_lists(rule, &place, flaws);
    }
    check_households(rules, flaws);
    check_streets(rules, flaws);
}

/// Finds every id that the rules name and the ground does not have.
pub(in crate::policy) fn check_ground(rules: &[Rule], inventory: &Inventory, flaws: &mut FlawCollector) {
    for (at, rule) in rules.iter().enumerate() {
        let place = place(at, rule);
        let mut unknown = |field: &str, noun: &str, at: usize, id: &dyn Display| {
            let (place, problem) = (format!("{place}.{field}[{at}]"), format!("there is no {noun} {id}"));
            let remedy = format!("survey the {noun}, correct its id, or leave it out");
            flaws.push(FlawCode::UnknownReference, place, problem, remedy);
        };
        if let Rule::DoorInCommunity { communities } = rule {
            let known = |id| inventory.community(id).is_some();
            let strangers = communities.iter().enumerate().filter(|(_, id)| !known(id));
            strangers.for_each(|(at, id)| unknown("communities", "community", at, id));
        }
        if let Rule::CarFreeAddress { doors, .. } = rule {
            let strangers = doors.iter().enumerate().filter(|(_, id)| inventory.door(id).is_none());
            strangers.for_each(|(at, id)| unknown("doors", "door", at, id));
        }
        if let Rule::DoorOnStreet { streets }
        | Rule::DoorWithin { streets, .. }
        | Rule::CarFreeAddress { streets, .. } = rule
        {
            let strangers = streets.iter().enumerate().filter(|(_, id)| inventory.street(id).is_none());
            strangers.for_each(|(at, id)| unknown("streets", "street", at, id));
        }
    }
}

fn place(at: usize, rule: &Rule) -> String {
    format!("eligibility[{at}] ({})", rule.word())
}

fn admits_nobody(rule: &Rule) -> bool {
    match rule {
        Rule::PlateOrigin { admit } => admit.is_empty(),
        Rule::VehicleClass { admit } => admit.is_empty(),
        Rule::VehicleUse { admit } => admit.is_empty(),
        Rule::PermitsPerHousehold { at_most } | Rule::PermitsPerAddress { at_most } => *at_most == 0,
        Rule::DoorInCommunity { communities } => communities.is_empty(),
        Rule::DoorOnStreet { streets } => streets.is_empty(),
        _ => false,
    }
}

fn check_numbers(rule: &Rule, place: &str, flaws: &mut FlawCollector) {
    match rule {
        Rule::ArrearsAtMost { amount } if *amount < Money::ZERO => {
            let remedy = "write 0 or more minor units";
            flaws.push(FlawCode::OutOfRange, place, format!("an amount of {}", amount.as_minor()), remedy);
        }
        Rule::DoorWithin { metres, .. } if !(1..=10_000).contains(metres) => {
            let remedy = "write 1 to 10000 metres";
            flaws.push(FlawCode::OutOfRange, format!("{place}.metres"), metres.to_string(), remedy);
        }
        Rule::FurtherVehicles { steps } => further_vehicles::check(steps, place, flaws),
        _ => {}
    }
}

fn check_lists(rule: &Rule, place: &str, flaws: &mut FlawCollector) {
    match rule {
        Rule::PlateOrigin { admit } => check_words(admit, "admit", place, flaws),
        Rule::VehicleClass { admit } => check_words(admit, "admit", place, flaws),
        Rule::VehicleUse { admit } => check_words(admit, "admit", place, flaws),
        Rule::DoorInCommunity { communities } => check_once(communities, "communities", place, flaws),
        Rule::DoorOnStreet { streets } | Rule::DoorWithin { streets, .. } => {
            check_once(streets, "streets", place, flaws);
        }
        Rule::FurtherVehicles { steps } => {
            for (at, step) in steps.iter().enumerate() {
                check_words(
                    step.classes.as_deref().unwrap_or_default(),
                    "classes",
                    &format!("{place}.steps[{at}]"),
                    flaws,
                );
            }
        }
        Rule::CarFreeAddress { doors, streets } => {
            if doors.is_empty() && streets.is_empty() {
                let remedy = "name a door or a street, or take the rule out";
                flaws.push(FlawCode::Empty, place, "the rule names no door and no street", remedy);
            }
            check_once(doors, "doors", place, flaws);
            check_once(streets, "streets", place, flaws);
        }
        Rule::SpecialNeed { needs } => check_needs(needs.as_deref(), place, flaws),
        _ => {}
    }
}

/// As [`check_once`], for facts that a document writes as words.
fn check_words<T: Serialize>(list: &[T], field: &str, place: &str, flaws: &mut FlawCollector) {
    let words: Vec<String> = list.iter().map(super::word).collect();
    check_once(&words, field, place, flaws);
}

fn check_once<T: Ord + Display>(list: &[T], field: &str, place: &str, flaws: &mut FlawCollector) {
    let mut met = std::collections::BTreeSet::new();
    for (at, twice) in list.iter().enumerate().filter(|(_, own)| !met.insert(*own)) {
        let place = format!("{place}.{field}[{at}]");
        flaws.push(FlawCode::Contradiction, place, format!("{twice} stands here twice"), "keep the first");
    }
}

/// A step for further vehicles must be one that some household comes to.
fn check_households(rules: &[Rule], flaws: &mut FlawCollector) {
    let at_most = rules.iter().find_map(|rule| match rule {
        Rule::PermitsPerHousehold { at_most } if *at_most > 0 => Some(*at_most),
        _ => None,
    });
    let Some(at_most) = at_most else { return };
    for (at, rule) in rules.iter().enumerate() {
        let Rule::FurtherVehicles { steps } = rule else { continue };
        for (own, step) in steps.iter().enumerate().filter(|(_, step)| step.from > at_most) {
            let place = format!("{}.steps[{own}].from", place(at, rule));
            let problem = format!("from {}, but permits-per-household admits {at_most}", step.from);
            let remedy = "take the step out, or admit more permits for a household";
            flaws.push(FlawCode::Contradiction, place, problem, remedy);
        }
    }
}

/// A street is either one whose doors get permits or a car-free one.
fn check_streets(rules: &[Rule], flaws: &mut FlawCollector) {
    let admitted = rules.iter().find_map(|rule| match rule {
        Rule::DoorOnStreet { streets } => Some(streets),
        _ => None,
    });
    let Some(admitted) = admitted else { return };
    for (at, rule) in rules.iter().enumerate() {
        let Rule::CarFreeAddress { streets, .. } = rule else { continue };
        for (own, street) in streets.iter().enumerate().filter(|(_, street)| admitted.contains(street)) {
            let place = format!("{}.streets[{own}]", place(at, rule));
            let problem = format!("the rule door-on-street admits {street}");
            flaws.push(FlawCode::Contradiction, place, problem, "leave the street out of one of the two");
        }
    }
}
