//! What a stay under a special permit costs.

use super::SpecialPermit;
use crate::district::{District, Stay};
use crate::inventory::SpaceKind;
use crate::policy::Bill;
use crate::refusal::Refusal;

impl District {
    /// The bill of a stay under a special permit, in a space of this kind.
    pub(in crate::district) fn price_special(
        &self,
        stay: &Stay,
        kind: SpaceKind,
        permit: &SpecialPermit,
    ) -> Result<Bill, Refusal> {
        if !permit.covers(stay.window) {
            return Err(Refusal::PermitNotInForce);
        }
        let bill = self.price_as(stay, Some(&permit.request.kind))?;
        if !permit.vehicles_ever().any(|own| (&own.id, own.class) == (&stay.vehicle, stay.class)) {
            return Err(Refusal::NotThePermitsVehicle);
        }
        if !self.policy.permits.space_kinds.contains(&kind) {
            return Err(Refusal::SpaceNotOpen);
        }
        let active = permit.is_active_throughout(&stay.vehicle, stay.class, stay.window);
        if active { Ok(bill) } else { Err(Refusal::VehicleNotActive) }
    }
}
