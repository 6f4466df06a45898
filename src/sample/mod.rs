//! Invented districts, applicants and stays of any size from a seed, for documentation, tests, benchmarks and hosts
//! that have nothing to show yet.
//!
//! Everything here is invented and says so in words a host can print: a survey in its name and attribution, people in
//! [`provenance`]. The only figures taken from the world are the published totals that [`desheng`] names.
//!
//! Invariant: the same plan and seed give the same rows on every platform. Each door, household and stretch draws from a
//! stream of its own, so changing one rate does not draw the others again. Nothing here decides anything.

mod applications;
mod degrees;
mod demand;
mod desheng;
mod doors;
mod facts;
mod lattice;
mod names;
mod plan;
mod preferences;
mod rates;
mod small;
mod spaces;
mod stays;
mod streets;

pub use applications::{People, applications, provenance};
pub use degrees::ORIGIN;
pub use demand::demand;
pub use desheng::{Phase, desheng};
pub use plan::Plan;
pub use rates::Rates;
pub use small::small_district;
pub use stays::{Day, Holder, stays};
