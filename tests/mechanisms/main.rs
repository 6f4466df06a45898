//! The mechanisms that seat one by one: known answers, laws, and what the audit says of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod broken;
mod crowd;
mod exhaustive;
mod known;
mod laws;
mod long;
mod lots;
mod naive;
mod outcome;
mod plain;
mod random;
mod small;
mod ways;
mod witness;
mod written;
mod wrong;
