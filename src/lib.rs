#![doc = include_str!("../README.md")]
// Not in the manifest: in examples and tests everything is private anyway.
#![deny(unreachable_pub)]

mod calendar;
mod error;
mod refusal;
mod units;

pub mod allocation;
pub mod audit;
pub mod district;
pub mod interop;
pub mod inventory;
pub mod journal;
pub mod market;
pub mod people;
pub mod policy;
#[cfg(feature = "render")]
pub mod render;
pub mod sample;

pub use calendar::{Date, LocalTime, TimeOfDay, Timestamp, Window, Zone};
pub use district::{Action, Command, District, Entry, Event, Permit, Stay};
pub use error::{Flaw, FlawCode, FlawCollector, Flaws};
pub use inventory::{Inventory, Space, Street, Stretch};
pub use journal::Journal;
pub use people::{Application, Resident, Vehicle};
pub use policy::{Bill, Policy};
pub use refusal::Refusal;
pub use units::{
    ApplicationId, BasisPoints, Centimetres, Chance, CommandId, CommunityId, ComplaintId, Currency, Digest, DoorId,
    HouseholdId, Money, OfficerId, PermitId, ResidentId, Rounding, Season, ShiftId, StayId, StreetId, StretchId,
    Ticket, VehicleId, Word,
};
