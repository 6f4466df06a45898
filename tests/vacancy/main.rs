//! A space that falls free: scenarios as text, every chain of small markets, the laws, and an audit that can say no.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod every;
mod findings;
mod laws;
mod state;
mod stories;
