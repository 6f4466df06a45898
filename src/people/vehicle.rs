//! A vehicle as an office sees it.

use crate::calendar::Date;
use crate::units::VehicleId;
use serde::{Deserialize, Serialize};

/// The facts about a vehicle that rules and tariffs ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vehicle {
    /// A pseudonym of the host's choice; never the plate.
    pub id: VehicleId,
    /// How large it is.
    pub class: VehicleClass,
    /// Where it is registered.
    pub plate_origin: PlateOrigin,
    /// What it is used for.
    #[serde(rename = "use")]
    pub usage: VehicleUse,
    /// The last day the compulsory insurance is valid.
    pub insured_until: Date,
    /// The last day the technical inspection is valid.
    pub inspected_until: Date,
}

/// The size of a vehicle, as tariffs tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum VehicleClass {
    /// A passenger car that fits one marked space.
    Small,
    /// Longer or wider than one marked space.
    Large,
    /// Two or three wheels.
    Motorcycle,
}

/// Where the plate was issued, seen from the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PlateOrigin {
    /// In this city.
    Local,
    /// In another city or province.
    Other,
}

/// Who uses the vehicle, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum VehicleUse {
    /// A person's own car.
    Private,
    /// Registered to an organisation.
    Organisation,
    /// Carries passengers for hire.
    Commercial,
    /// Carries goods.
    Goods,
}
