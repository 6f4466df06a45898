//! What the tests of the mathematics share: plain markets, an independent oracle, brute force.

pub(crate) mod oracle;
pub(crate) mod plain;
