//! From application to the end of a permit: the table of steps, stories told as text tables, lives by chance, and what
//! the audit finds.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/line.rs"]
mod ground;
#[path = "../support/leaves.rs"]
mod support;
#[allow(dead_code, reason = "its host tells other tables")]
#[path = "../rounds/world.rs"]
mod world;

mod after;
mod chance;
mod leaves;
mod lies;
mod model;
mod past;
mod rules;
mod stories;
mod table;
mod town;
mod vehicles;
