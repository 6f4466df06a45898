//! Who goes first: tiers by documents, points, tie-breaks, tickets that anyone can recompute, and versions of all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/leaves.rs"]
mod support;

mod district;
mod dongjak;
mod flaws;
mod laws;
mod lines;
mod people;
mod points;
mod tickets;
mod tiers;
mod ties;
mod versions;
