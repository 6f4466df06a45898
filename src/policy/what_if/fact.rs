//! A fact as it is, and as it would have to be.

use crate::calendar::Date;
use crate::people::{Holder, OtherSpace, PlateOrigin, SpecialNeed, VehicleClass, VehicleUse};
use crate::policy::eligibility::word;
use crate::units::{DoorId, Money};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A value as it is, and as it would have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromTo<T> {
    /// As it is.
    pub from: T,
    /// As it would have to be.
    pub to: T,
}

/// A fact that would have to be otherwise. In JSON `{ "fact": "arrears", "from": 1200, "to": 0 }`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FactChange {
    /// Whether the applicant is registered as a resident of the area.
    Registered(FromTo<bool>),
    /// Where the plate was issued.
    PlateOrigin(FromTo<PlateOrigin>),
    /// The class of the vehicle.
    VehicleClass(FromTo<VehicleClass>),
    /// The use of the vehicle.
    VehicleUse(FromTo<VehicleUse>),
    /// The last day of the insurance; a later one does as well.
    InsuredUntil(FromTo<Date>),
    /// The last day of the inspection; a later one does as well.
    InspectedUntil(FromTo<Date>),
    /// Whether the household has an off-street space.
    OtherSpace(FromTo<OtherSpace>),
    /// Whether applicant or vehicle hold a permit of another area.
    CertifiedElsewhere(FromTo<bool>),
    /// The arrears in minor units; less does as well.
    Arrears(FromTo<Money>),
    /// The need that the office has accepted.
    SpecialNeed(FromTo<SpecialNeed>),
    /// In whose name the title to the home stands.
    Title(FromTo<Holder>),
    /// In whose name the household register stands.
    Register(FromTo<Holder>),
    /// In whose name the vehicle licence stands.
    Licence(FromTo<Holder>),
    /// In whose name the driving licence stands.
    DrivingLicence(FromTo<Holder>),
    /// In whose name the insurance stands.
    Insurance(FromTo<Holder>),
    /// Earlier claims of the household, one or more of them withdrawn or given up; fewer do as well.
    HouseholdClaims(FromTo<u32>),
    /// Earlier claims for the vehicle; fewer do as well.
    VehicleClaims(FromTo<u32>),
    /// Earlier claims of the resident; fewer do as well.
    ResidentClaims(FromTo<u32>),
    /// Earlier claims at the residence door; fewer do as well.
    AddressClaims(FromTo<u32>),
    /// The residence door; the nearest that satisfies the rules about doors is told, and others may do as well.
    Door(FromTo<DoorId>),
    /// The day of the decision.
    DecidedOn(FromTo<Date>),
}

/// The fact in words: `arrears: at most 0 minor units instead of 1200`.
impl fmt::Display for FactChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told =
            |fact: &str, to: &dyn fmt::Display, from: &dyn fmt::Display| write!(f, "{fact}: {to} instead of {from}");
        let yes = |flag: bool| if flag { "yes" } else { "no" };
        let at_least = |day: Date| format!("valid until {day} or longer");
        let at_most = |count: u32| format!("at most {count}");
        match self {
            Self::Registered(own) => told("registered in the area", &yes(own.to), &yes(own.from)),
            Self::PlateOrigin(own) => told("plate origin", &word(own.to), &word(own.from)),
            Self::VehicleClass(own) => told("class of the vehicle", &word(own.to), &word(own.from)),
            Self::VehicleUse(own) => told("use of the vehicle", &word(own.to), &word(own.from)),
            Self::InsuredUntil(own) => told("insurance", &at_least(own.to), &own.from),
            Self::InspectedUntil(own) => told("inspection", &at_least(own.to), &own.from),
            Self::OtherSpace(own) => told("off-street space", &word(own.to), &word(own.from)),
            Self::CertifiedElsewhere(own) => told("permit of another area", &yes(own.to), &yes(own.from)),
            Self::Arrears(own) => {
                let most = format!("at most {} minor units", own.to.as_minor());
                told("arrears", &most, &own.from.as_minor())
            }
            Self::SpecialNeed(own) => told("special need", &word(own.to), &word(own.from)),
            Self::Title(own) => told("title", &word(own.to), &word(own.from)),
            Self::Register(own) => told("register", &word(own.to), &word(own.from)),
            Self::Licence(own) => told("licence", &word(own.to), &word(own.from)),
            Self::DrivingLicence(own) => told("driving licence", &word(own.to), &word(own.from)),
            Self::Insurance(own) => told("name on the insurance", &word(own.to), &word(own.from)),
            Self::HouseholdClaims(own) => told("earlier claims of the household", &at_most(own.to), &own.from),
            Self::VehicleClaims(own) => told("earlier claims for the vehicle", &at_most(own.to), &own.from),
            Self::ResidentClaims(own) => told("earlier claims of the resident", &at_most(own.to), &own.from),
            Self::AddressClaims(own) => told("earlier claims at the door", &at_most(own.to), &own.from),
            Self::Door(own) => told("residence door", &format!("another, such as {},", own.to), &own.from),
            Self::DecidedOn(own) => told("day of the decision", &own.to, &own.from),
        }
    }
}
