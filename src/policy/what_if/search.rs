//! The smallest set of facts that rules ask to be otherwise.
//!
//! Only the household's earlier claims bear on several facts at once, so each number of them that matters is tried; then
//! every other fact is settled alone.

use super::asked::Asked;
use super::{FactChange, FromTo, documents, door};
use crate::people::{Application, OtherSpace, SpecialNeed};
use crate::policy::points::has_need;
use crate::policy::{Circumstances, Rule};

/// The fewest changes with which all rules say yes; `None` where nothing would do.
pub(super) fn smallest(
    rules: &[&Rule],
    application: &Application,
    circumstances: &Circumstances<'_>,
) -> Option<Vec<FactChange>> {
    let own = circumstances.claims.household;
    // The most claims with which a rule that counts them asks for less.
    let fewer = rules.iter().flat_map(|rule| match rule {
        Rule::PermitsPerHousehold { at_most } => vec![at_most.checked_sub(1)],
        Rule::FurtherVehicles { steps } => steps.iter().map(|step| step.from.checked_sub(2)).collect(),
        _ => Vec::new(),
    });
    let mut numbers: Vec<u32> = fewer.flatten().filter(|&fewer| fewer < own).chain([own]).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    let ways = numbers.into_iter().filter_map(|household| changes(rules, application, circumstances, household));
    ways.min_by_key(Vec::len) // the first of several
}

/// The changes that the rules ask for when the household has so many earlier claims.
fn changes(
    rules: &[&Rule],
    application: &Application,
    circumstances: &Circumstances<'_>,
    household: u32,
) -> Option<Vec<FactChange>> {
    let asked = Asked::by(rules, household, circumstances)?;
    let (resident, vehicle, claims) = (&application.resident, &application.vehicle, circumstances.claims);
    let later = asked.from_day.saturating_sub(circumstances.today.day_of_month());
    let day = circumstances.today.plus_days(i32::from(later));
    let mut found = Found::default();
    found.note(resident.registered, resident.registered || asked.registered, FactChange::Registered);
    found.note(vehicle.plate_origin, in_all(vehicle.plate_origin, &asked.plate_origins)?, FactChange::PlateOrigin);
    found.note(vehicle.class, in_all(vehicle.class, &asked.classes)?, FactChange::VehicleClass);
    found.note(vehicle.usage, in_all(vehicle.usage, &asked.uses)?, FactChange::VehicleUse);
    let until = |own, asked| if asked { day.max(own) } else { own };
    found.note(vehicle.insured_until, until(vehicle.insured_until, asked.insured), FactChange::InsuredUntil);
    found.note(vehicle.inspected_until, until(vehicle.inspected_until, asked.inspected), FactChange::InspectedUntil);
    let space = if asked.no_other_space { OtherSpace::None } else { resident.other_space };
    found.note(resident.other_space, space, FactChange::OtherSpace);
    let elsewhere = resident.certified_elsewhere;
    found.note(elsewhere, elsewhere && !asked.not_elsewhere, FactChange::CertifiedElsewhere);
    found.note(
        resident.arrears,
        asked.arrears.map_or(resident.arrears, |most| most.min(resident.arrears)),
        FactChange::Arrears,
    );
    found.note(resident.special_need, need(resident.special_need, &asked.needs)?, FactChange::SpecialNeed);
    let (own, to) = (resident.documents, documents::nearest(resident.documents, &asked.tiers)?);
    found.note(own.title, to.title, FactChange::Title);
    found.note(own.register, to.register, FactChange::Register);
    found.note(own.licence, to.licence, FactChange::Licence);
    found.note(own.driving_licence, to.driving_licence, FactChange::DrivingLicence);
    found.note(own.insurance, to.insurance, FactChange::Insurance);
    let at_most = |own: u32, most: Option<u32>| most.map_or(own, |most| most.min(own));
    found.note(claims.household, household, FactChange::HouseholdClaims);
    found.note(claims.vehicle, at_most(claims.vehicle, asked.vehicle_claims), FactChange::VehicleClaims);
    found.note(claims.resident, at_most(claims.resident, asked.resident_claims), FactChange::ResidentClaims);
    found.note(claims.door, at_most(claims.door, asked.address_claims), FactChange::AddressClaims);
    let other = door::nearest(application, &asked.doors, circumstances)?;
    found.note(resident.door.clone(), other, FactChange::Door);
    found.note(circumstances.today, day, FactChange::DecidedOn);
    Some(found.0)
}

/// The changes found so far.
#[derive(Default)]
struct Found(Vec<FactChange>);

impl Found {
    fn note<T: PartialEq>(&mut self, from: T, to: T, fact: fn(FromTo<T>) -> FactChange) {
        if from != to {
            self.0.push(fact(FromTo { from, to }));
        }
    }
}

/// The own value when it is in all lists, else the first of its kind that is; `None` when none is.
fn in_all<T: Copy + Ord>(own: T, lists: &[&[T]]) -> Option<T> {
    let fits = |value: &T| lists.iter().all(|list| list.contains(value));
    if fits(&own) { Some(own) } else { lists.iter().copied().flatten().copied().filter(fits).min() }
}

/// The own need when it counts in all lists, else the first that does; `None` when none does.
fn need(own: SpecialNeed, lists: &[Option<&[SpecialNeed]>]) -> Option<SpecialNeed> {
    let fits = |need: &SpecialNeed| lists.iter().all(|needs| has_need(*need, *needs));
    [own, SpecialNeed::Disability, SpecialNeed::WoundedVeteran].into_iter().find(fits)
}
