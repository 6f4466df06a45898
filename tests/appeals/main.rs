//! Complaints, appeals and vacancies between rounds, told as tables of what happens and what is answered.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/line.rs"]
mod ground;
#[path = "../support/leaves.rs"]
mod support;
#[path = "../rounds/world.rs"]
#[allow(dead_code, reason = "these tables are played by a host of their own")]
mod world;

mod figures;
mod forged;
mod leaves;
mod random;
mod refusals;
mod stories;
mod town;
