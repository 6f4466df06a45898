//! Words with no parking in them: ids, money, shares, lengths, chance, digests.
//!
//! Invariant: nothing here knows what a street or a permit is, and no float is stored.

mod chance;
mod digest;
mod id;
mod length;
mod money;
mod share;

pub use chance::{Chance, Ticket};
pub use digest::Digest;
pub use id::{
    ApplicationId, CommandId, CommunityId, ComplaintId, DoorId, HouseholdId, OfficerId, PermitId, ResidentId, Season,
    ShiftId, StayId, StreetId, StretchId, VehicleId, Word,
};
pub use length::Centimetres;
pub use money::{Currency, Money};
pub use share::{BasisPoints, Rounding};
