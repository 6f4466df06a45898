//! The waiting list: told as tables worked out by hand, and against a naive count in hundreds of drawn towns.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/line.rs"]
mod ground;
#[path = "../rounds/world.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod world;

mod drawn;
mod laws;
mod naive;
mod stories;
