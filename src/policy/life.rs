//! What becomes of a permit when its holder moves or dies, or its vehicle is sold.
//!
//! Invariant: a document that leaves this part out means [`LifeRules::default`]: the permit ends.

use super::Reason;
use crate::error::{FlawCode, FlawCollector};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What becomes of a permit in a holder's life. In a document every part may be left out; by default a permit ends when
/// its holder moves or dies and when its vehicle is sold.
///
/// ```
/// use shared_parking::policy::{LifeRules, OnDeath, OnMove, Policy, presets};
/// let preset = serde_json::to_string(&presets::xicheng_2022()).unwrap();
/// let mut document: serde_json::Value = serde_json::from_str(&preset).unwrap();
/// assert_eq!(Policy::from_json(&preset).unwrap().life, LifeRules::default());
///
/// document["life"] = serde_json::json!({ "on_move": "keeps-within-walk", "vehicle_sold_days": 30 });
/// let life = Policy::from_json(&document.to_string()).unwrap().life;
/// assert_eq!((life.on_move, life.on_death), (OnMove::KeepsWithinWalk, OnDeath::Ends));
/// assert_eq!(life.vehicle_sold_days, Some(30));
///
/// document["life"]["vehicle_sold_days"] = 0.into();
/// assert!(Policy::from_json(&document.to_string()).unwrap_err().to_string().contains("life.vehicle_sold_days"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LifeRules {
    /// What becomes of it when the holder moves.
    #[serde(skip_serializing_if = "OnMove::is_end")]
    pub on_move: OnMove,
    /// What becomes of it when the holder dies.
    #[serde(skip_serializing_if = "OnDeath::is_end")]
    pub on_death: OnDeath,
    /// For how many days of 24 hours a permit whose vehicle was sold is suspended and can get another one, 1 to 366.
    /// `None`: it ends with the sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vehicle_sold_days: Option<u16>,
}

/// What becomes of a permit when its holder moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OnMove {
    /// It ends.
    #[default]
    Ends,
    /// It stays when its place lies within the walking limit of the new door, and ends otherwise.
    KeepsWithinWalk,
}

/// What becomes of a permit when its holder dies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OnDeath {
    /// It ends.
    #[default]
    Ends,
    /// Another resident of the household can take it over.
    ToHousehold,
}

impl OnMove {
    /// Whether the permit ends, wherever the holder moves.
    #[must_use]
    pub fn is_end(&self) -> bool {
        *self == Self::Ends
    }
}

impl OnDeath {
    /// Whether the permit ends, whoever lives in the household.
    #[must_use]
    pub fn is_end(&self) -> bool {
        *self == Self::Ends
    }
}

impl LifeRules {
    /// Whether nothing differs from the default.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        if let Some(days) = self.vehicle_sold_days.filter(|days| !(1..=366).contains(days)) {
            let place = "life.vehicle_sold_days";
            flaws.push(FlawCode::OutOfRange, place, days.to_string(), "write 1 to 366 days");
        }
    }
}

impl Reason {
    /// Whether it is about the vehicle, so that another vehicle could mend it.
    ///
    /// ```
    /// use shared_parking::Refusal;
    /// use shared_parking::policy::Reason;
    /// let about = |refusal| Reason { refusal, found: String::new() }.is_about_vehicle();
    /// assert!(about(Refusal::InsuranceLapsed) && !about(Refusal::HouseholdCertified));
    /// ```
    #[must_use]
    pub const fn is_about_vehicle(&self) -> bool {
        matches!(
            self.refusal,
            Refusal::PlateNotLocal
                | Refusal::VehicleClassNotAdmitted
                | Refusal::NotPrivateUse
                | Refusal::InsuranceLapsed
                | Refusal::InspectionLapsed
                | Refusal::VehicleCertified
                | Refusal::FurtherVehicle
        )
    }
}
