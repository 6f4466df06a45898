//! Rounds by every mechanism, preferences, renewals and offers, told as tables of what happens and what is answered.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/line.rs"]
mod ground;
#[path = "../support/leaves.rs"]
mod support;

mod addresses;
mod better;
mod ceilings;
mod ceilings_between;
mod chance;
mod leaves;
mod mechanisms;
mod offers;
mod published;
mod quotas;
mod renewals;
mod shifts;
mod world;
