//! Who may have a permit: a closed list of rules, one file each, each with its own refusal.
//!
//! Invariant: a rule looks at the application, the day and the household's earlier claims, and at nothing else; it
//! answers with a [`Reason`] or not at all. To add a rule: a file here, a line in [`Rule`] and in `Rule::judge`, a
//! numbered refusal, and a line in `tests/eligibility.rs`, where a refusal without a scenario fails the test.

mod arrears;
mod certified_elsewhere;
mod documents;
mod household;
mod inspection;
mod insurance;
mod other_space;
mod plate_origin;
mod registered;
mod resident;
mod vehicle;
mod vehicle_class;
mod vehicle_use;

use crate::calendar::Date;
use crate::error::{FlawCode, FlawCollector};
use crate::people::{Application, PlateOrigin, VehicleClass, VehicleUse};
use crate::policy::standing::Tier;
use crate::refusal::Refusal;
use crate::units::Money;
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
        /// The origins admitted.
        admit: Vec<PlateOrigin>,
    },
    /// The vehicle is of one of these classes.
    VehicleClass {
        /// The classes admitted.
        admit: Vec<VehicleClass>,
    },
    /// The vehicle serves one of these uses.
    VehicleUse {
        /// The uses admitted.
        admit: Vec<VehicleUse>,
    },
    /// The insurance is valid on the day of the decision.
    InsuranceValid {},
    /// The inspection is valid on the day of the decision.
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

/// Permits in force and earlier eligible applications that share something with an application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Those of the same household.
    pub household: u32,
    /// Those for the same vehicle.
    pub vehicle: u32,
    /// Those of the same resident.
    pub resident: u32,
}

/// What a rule may look at besides the application.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The day of the decision, in the policy's zone.
    pub today: Date,
    /// What was claimed before.
    pub claims: Claims,
    /// The tiers of the standing.
    pub tiers: &'a [Tier],
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

/// Finds every flaw of a list of rules.
pub(super) fn check(rules: &[Rule], flaws: &mut FlawCollector) {
    for (at, rule) in rules.iter().enumerate() {
        let place = format!("eligibility[{at}] ({})", rule.word());
        if rules[..at].iter().any(|earlier| earlier.word() == rule.word()) {
            flaws.push(FlawCode::Contradiction, place.clone(), "the rule stands here twice", "keep one of them");
        }
        let nobody = match rule {
            Rule::PlateOrigin { admit } => admit.is_empty(),
            Rule::VehicleClass { admit } => admit.is_empty(),
            Rule::VehicleUse { admit } => admit.is_empty(),
            Rule::PermitsPerHousehold { at_most } => *at_most == 0,
            _ => false,
        };
        if nobody {
            let remedy = "admit at least one, or take the rule out";
            flaws.push(FlawCode::OutOfRange, place.clone(), "the rule admits nobody", remedy);
        }
        if let Rule::ArrearsAtMost { amount } = rule
            && *amount < Money::ZERO
        {
            let remedy = "write 0 or more minor units";
            flaws.push(FlawCode::OutOfRange, place, format!("an amount of {}", amount.as_minor()), remedy);
        }
    }
}

/// The word serde writes for a fact, for messages.
fn word<T: Serialize>(fact: T) -> String {
    serde_json::to_value(fact).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
