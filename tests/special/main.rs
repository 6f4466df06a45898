//! Special classes of permits, outside rounds and ceilings: told as tables, drawn by chance beside a naive model, and
//! with every value that they leave behind changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "../support/line.rs"]
mod ground;
#[path = "../support/leaves.rs"]
mod support;

mod laws;
mod leaves;
mod lies;
mod naive;
mod policy;
mod table;
mod world;
