//! The mechanisms that seat one by one: known answers, laws, and what the audit says of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod broken;
mod known;
mod outcome;
mod written;
