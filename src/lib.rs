#![doc = include_str!("../README.md")]

mod calendar;
mod error;
mod refusal;
mod units;

pub mod market;
pub mod people;

pub use calendar::{Date, LocalTime, TimeOfDay, Timestamp, Window, Zone};
pub use error::{Flaw, FlawCode, FlawCollector, Flaws};
pub use refusal::Refusal;
pub use units::{
    ApplicationId, BasisPoints, Centimetres, Chance, CommandId, CommunityId, Currency, Digest, DoorId, HouseholdId,
    Money, PermitId, ResidentId, Rounding, StayId, StreetId, StretchId, Ticket, VehicleId,
};
