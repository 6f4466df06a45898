//! What rules ask of each fact, all of them together.

use crate::people::{PlateOrigin, SpecialNeed, VehicleClass, VehicleUse};
use crate::policy::{Circumstances, Rule, Tier};
use crate::units::Money;

/// What rules ask of each fact once the number of the household's earlier claims is settled: then no fact depends on
/// another, but for the insurance and the inspection on the day of the decision.
#[derive(Default)]
pub(super) struct Asked<'a> {
    pub(super) registered: bool,
    pub(super) plate_origins: Vec<&'a [PlateOrigin]>,
    pub(super) classes: Vec<&'a [VehicleClass]>,
    pub(super) uses: Vec<&'a [VehicleUse]>,
    pub(super) insured: bool,
    pub(super) inspected: bool,
    pub(super) no_other_space: bool,
    pub(super) not_elsewhere: bool,
    pub(super) arrears: Option<Money>,
    /// The need must be in each list; `None`: any need.
    pub(super) needs: Vec<Option<&'a [SpecialNeed]>>,
    /// The documents must satisfy one tier of each list.
    pub(super) tiers: Vec<&'a [Tier]>,
    /// The most earlier claims.
    pub(super) vehicle_claims: Option<u32>,
    pub(super) resident_claims: Option<u32>,
    pub(super) address_claims: Option<u32>,
    /// The rules about doors.
    pub(super) doors: Vec<&'a Rule>,
    /// The first day of the month; 0 when any will do.
    pub(super) from_day: u8,
}

impl<'a> Asked<'a> {
    /// Gathers it from rules; `None` when they admit no household with so many earlier claims, or nobody at an address.
    pub(super) fn by(rules: &[&'a Rule], household: u32, circumstances: &Circumstances<'a>) -> Option<Self> {
        let mut asked = Self::default();
        for &rule in rules {
            match rule {
                Rule::RegisteredResident {} => asked.registered = true,
                Rule::PlateOrigin { admit } => asked.plate_origins.push(admit),
                Rule::VehicleClass { admit } => asked.classes.push(admit),
                Rule::VehicleUse { admit } => asked.uses.push(admit),
                Rule::InsuranceValid {} => asked.insured = true,
                Rule::InspectionValid {} => asked.inspected = true,
                Rule::NoOtherSpace {} => asked.no_other_space = true,
                Rule::NotCertifiedElsewhere {} => asked.not_elsewhere = true,
                Rule::ArrearsAtMost { amount } => asked.arrears = Some(asked.arrears.unwrap_or(*amount).min(*amount)),
                Rule::SpecialNeed { needs } => asked.needs.push(needs.as_deref()),
                Rule::DocumentsInATier {} => asked.tiers.push(circumstances.tiers),
                Rule::PermitsPerHousehold { at_most } if household < *at_most => {}
                Rule::PermitsPerHousehold { .. } => return None,
                Rule::OnePermitPerVehicle {} => asked.vehicle_claims = Some(0),
                Rule::OnePermitPerResident {} => asked.resident_claims = Some(0),
                Rule::DoorInCommunity { .. }
                | Rule::DoorOnStreet { .. }
                | Rule::DoorWithin { .. }
                | Rule::CarFreeAddress { .. } => asked.doors.push(rule),
                Rule::PermitsPerAddress { at_most } => {
                    let most = at_most.checked_sub(1)?;
                    asked.address_claims = Some(asked.address_claims.unwrap_or(most).min(most));
                }
                Rule::FurtherVehicles { steps } => {
                    for step in steps.iter().filter(|step| step.reaches(household)) {
                        asked.classes.extend(step.classes.as_deref());
                        asked.tiers.extend(step.documents.as_ref().map(std::slice::from_ref));
                        asked.from_day = asked.from_day.max(step.from_day.unwrap_or(0));
                    }
                }
            }
        }
        Some(asked)
    }
}
