//! The inventory: what is built from a survey, what is refused, and how far one walks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "helpers of tests: surveys are drawn in metres, and a broken one ends the test"
)]

mod flaws;
mod grid;
#[cfg(feature = "geojson")]
mod helsinki;
mod joints;
mod kerbs;
mod overlap;
mod plane;
mod record;
mod town;
mod walks;
