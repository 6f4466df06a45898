//! The optimal allocation against brute force, an independent oracle, the laws it keeps, and answers known elsewhere.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod brute;
mod building;
mod checker;
mod cutoffs;
mod known;
mod laws;
mod shortage;
