//! What is on the ground: communities, streets and alleys, marked spaces, doors, and the walk between them.
//!
//! Invariant: coordinates are projected once to local metres and rounded to centimetres; from there on integers decide.
//! Nothing here knows residents, permits or prices.

mod ground;
mod survey;

pub use ground::{Community, Door, Layout, Point, Route, Side, SpaceKind, Street, StreetKind, Stretch, Walk};
pub use survey::{CommunityRow, DoorRow, KerbRow, KerbRules, LonLat, StreetRow, StretchRow, Survey};
