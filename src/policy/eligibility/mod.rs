//! Who may have a permit: a closed list of rules, one file each, each with its own refusal.
//!
//! Invariant: a rule looks at the application and at its [`Circumstances`] (the day, earlier claims, the ground), and at
//! nothing else; it answers with a [`Reason`] or not at all. To add a rule: a file here, a line in [`Rule`] and in
//! `Rule::judge`, its fields in `read/eligibility.rs`, what it asks for in `what_if/asked.rs`, a numbered refusal, and a
//! line in `tests/eligibility.rs` and a step in `tests/scenarios/codes`, where a refusal without a scenario fails the test.

mod address;
mod arrears;
mod car_free;
mod certified_elsewhere;
mod check;
mod circumstances;
mod documents;
mod door_in_community;
mod door_on_street;
mod door_within;
mod further_vehicles;
mod household;
mod inspection;
mod insurance;
mod other_space;
mod plate_origin;
mod registered;
mod resident;
mod special_need;
mod vehicle;
mod vehicle_class;
mod vehicle_use;

pub(super) use check::{check, check_ground};
pub use circumstances::{Circumstances, Claims};
pub use further_vehicles::VehicleStep;

use super::Policy;
use crate::people::{Application, PlateOrigin, SpecialNeed, VehicleClass, VehicleUse};
use crate::refusal::Refusal;
use crate::units::{CommunityId, DoorId, Money, StreetId};
use serde::{Deserialize, Serialize};

/// One rule of eligibility, as the policy document writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Rule {
    /// The applicant is registered as a resident of the area.
    RegisteredResident {},
    /// The plate is of one of these origins.
    PlateOrigin {
        /// The origins admitted, each once.
        admit: Vec<PlateOrigin>,
    },
    /// The vehicle is of one of these classes.
    VehicleClass {
        /// The classes admitted, each once.
        admit: Vec<VehicleClass>,
    },
    /// The vehicle serves one of these uses.
    VehicleUse {
        /// The uses admitted, each once.
        admit: Vec<VehicleUse>,
    },
    /// The insurance is valid on the local day, in the policy's zone, of the instant of the decision; its last day counts.
    InsuranceValid {},
    /// The inspection is valid on the local day, in the policy's zone, of the instant of the decision; its last day counts.
    InspectionValid {},
    /// The household neither owns nor rents an off-street space.
    NoOtherSpace {},
    /// Neither applicant nor vehicle holds a permit of another area.
    NotCertifiedElsewhere {},
    /// Unpaid charges are at most this amount.
    ArrearsAtMost {
        /// The amount, in minor units.
        amount: Money,
    },
    /// The documents fall into one of the tiers of the standing.
    DocumentsInATier {},
    /// A household has at most this many permits; its earliest eligible applications count.
    PermitsPerHousehold {
        /// How many: at least 1.
        at_most: u32,
    },
    /// A vehicle has at most one permit, in whosever name; its earliest eligible application counts.
    OnePermitPerVehicle {},
    /// A resident has at most one permit, in whatever household; the earliest eligible application counts.
    OnePermitPerResident {},
    /// The residence door lies in one of these communities.
    DoorInCommunity {
        /// The communities, each once.
        communities: Vec<CommunityId>,
    },
    /// The residence door opens to one of these streets: the one that the inventory snaps it to.
    DoorOnStreet {
        /// The streets, each once.
        streets: Vec<StreetId>,
    },
    /// The straight line from the residence door to the middle of the nearest stretch that counts is at most so long:
    /// with 300, 300.00 m is and 300.01 m is not. A stretch counts when permits may name its kind of spaces and it lies
    /// on one of the streets.
    DoorWithin {
        /// Metres: 1 to 10,000.
        metres: u32,
        /// The streets, each once; none: all streets.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        streets: Vec<StreetId>,
    },
    /// A residence door has at most this many permits; its earliest eligible applications count.
    PermitsPerAddress {
        /// How many: at least 1.
        at_most: u32,
    },
    /// More is asked of the household's second vehicle, its third, and so on.
    FurtherVehicles {
        /// Steps with ascending vehicles, at least one; all that are reached count.
        steps: Vec<VehicleStep>,
    },
    /// The home is none that was built without a right to permits.
    CarFreeAddress {
        /// The doors without a right, each once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        doors: Vec<DoorId>,
        /// The streets to which only such doors open, each once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        streets: Vec<StreetId>,
    },
    /// The applicant has a special need that the office has accepted, as special classes for people with a disability
    /// ask for: the one who asks for a special permit, be it for themselves or, as a host, for their guests.
    SpecialNeed {
        /// The needs that count, each once; `None`: any need.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        needs: Option<Vec<SpecialNeed>>,
    },
}

/// Why an application is not eligible: the refusal, and the fact that led to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The numbered no.
    pub refusal: Refusal,
    /// The fact found, in words.
    pub found: String,
}

impl Reason {
    fn new(refusal: Refusal, found: impl Into<String>) -> Self {
        Self { refusal, found: found.into() }
    }
}

impl Rule {
    /// The reason this rule says no, if it does.
    #[must_use]
    pub fn judge(&self, application: &Application, circumstances: &Circumstances<'_>) -> Option<Reason> {
        let (resident, vehicle) = (&application.resident, &application.vehicle);
        match self {
            Self::RegisteredResident {} => registered::judge(resident),
            Self::PlateOrigin { admit } => plate_origin::judge(vehicle, admit),
            Self::VehicleClass { admit } => vehicle_class::judge(vehicle, admit),
            Self::VehicleUse { admit } => vehicle_use::judge(vehicle, admit),
            Self::InsuranceValid {} => insurance::judge(vehicle, circumstances.today),
            Self::InspectionValid {} => inspection::judge(vehicle, circumstances.today),
            Self::NoOtherSpace {} => other_space::judge(resident),
            Self::NotCertifiedElsewhere {} => certified_elsewhere::judge(resident),
            Self::ArrearsAtMost { amount } => arrears::judge(resident, *amount),
            Self::DocumentsInATier {} => documents::judge(resident, circumstances.tiers),
            Self::PermitsPerHousehold { at_most } => household::judge(circumstances.claims, *at_most),
            Self::OnePermitPerVehicle {} => vehicle::judge(circumstances.claims),
            Self::OnePermitPerResident {} => resident::judge(circumstances.claims),
            Self::DoorInCommunity { communities } => {
                door_in_community::judge(&resident.door, circumstances.inventory, communities)
            }
            Self::DoorOnStreet { streets } => door_on_street::judge(&resident.door, circumstances.inventory, streets),
            Self::DoorWithin { metres, streets } => door_within::judge(&resident.door, *metres, streets, circumstances),
            Self::PermitsPerAddress { at_most } => address::judge(circumstances.claims, *at_most),
            Self::FurtherVehicles { steps } => further_vehicles::judge(steps, application, circumstances),
            Self::CarFreeAddress { doors, streets } => {
                car_free::judge(&resident.door, circumstances.inventory, doors, streets)
            }
            Self::SpecialNeed { needs } => special_need::judge(resident, needs.as_deref()),
        }
    }

    /// The word that stands for this rule in a document.
    const fn word(&self) -> &'static str {
        match self {
            Self::RegisteredResident {} => "registered-resident",
            Self::PlateOrigin { .. } => "plate-origin",
            Self::VehicleClass { .. } => "vehicle-class",
            Self::VehicleUse { .. } => "vehicle-use",
            Self::InsuranceValid {} => "insurance-valid",
            Self::InspectionValid {} => "inspection-valid",
            Self::NoOtherSpace {} => "no-other-space",
            Self::NotCertifiedElsewhere {} => "not-certified-elsewhere",
            Self::ArrearsAtMost { .. } => "arrears-at-most",
            Self::DocumentsInATier {} => "documents-in-a-tier",
            Self::PermitsPerHousehold { .. } => "permits-per-household",
            Self::OnePermitPerVehicle {} => "one-permit-per-vehicle",
            Self::OnePermitPerResident {} => "one-permit-per-resident",
            Self::DoorInCommunity { .. } => "door-in-community",
            Self::DoorOnStreet { .. } => "door-on-street",
            Self::DoorWithin { .. } => "door-within",
            Self::PermitsPerAddress { .. } => "permits-per-address",
            Self::FurtherVehicles { .. } => "further-vehicles",
            Self::CarFreeAddress { .. } => "car-free-address",
            Self::SpecialNeed { .. } => "special-need",
        }
    }
}

/// All the reasons against an application, in order of precedence; none when it is eligible.
#[must_use]
pub fn judge(rules: &[Rule], application: &Application, circumstances: &Circumstances<'_>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = rules.iter().filter_map(|rule| rule.judge(application, circumstances)).collect();
    reasons.sort();
    reasons
}

impl Policy {
    /// The most permits that a residence door may have, where a rule limits them: [`Rule::PermitsPerAddress`].
    #[must_use]
    pub fn permits_per_address(&self) -> Option<u32> {
        let limits = self.eligibility.iter().filter_map(|rule| match rule {
            Rule::PermitsPerAddress { at_most } => Some(*at_most),
            _ => None,
        });
        limits.min()
    }
}

/// What serde writes for a fact, for messages: a word without its quotation marks, or JSON.
pub(super) fn word<T: Serialize>(fact: T) -> String {
    let value = serde_json::to_value(fact).unwrap_or_default();
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
