//! What the examples share: reading what is given, running a season through the public API, the table, and the map.

#![allow(dead_code, reason = "each example uses a part of it")]

pub mod communities;
pub mod files;
pub mod given;
pub mod map;
pub mod progress;
pub mod season;
pub mod table;
