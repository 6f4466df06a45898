//! Who asks: households, residents, vehicles, and the facts an application states.
//!
//! Invariant: ids and facts only; no field here asks for a name, an address or a number plate. Facts are stated by the
//! host and judged by `policy`; this module judges nothing.

mod application;
mod documents;
mod preferences;
mod vehicle;

pub use application::{Application, OtherSpace, Resident, SharingRecord, SpecialNeed};
pub use documents::{DocumentKind, Documents, Holder};
pub use preferences::Preferences;
pub use vehicle::{PlateOrigin, Vehicle, VehicleClass, VehicleUse};
