//! What would have to be otherwise: stories in words, and for random people under random rules that the changes told are
//! enough and that no smaller set is.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/town.rs"]
mod town;

mod case;
mod district;
mod drawn;
mod smallest;
mod stories;
