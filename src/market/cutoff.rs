//! How good a standing would have been needed.
/// x
#[derive(Debug)]
pub struct Cutoffs;
