//! What the examples share: running a season through the public API, the table, and the map.

pub mod files;
pub mod map;
pub mod progress;
pub mod season;
pub mod table;
