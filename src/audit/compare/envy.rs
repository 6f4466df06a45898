//! Who would rather have a place where somebody with a worse claim sits: how many.

use super::super::outcome::Envy;
use serde::Serialize;

/// Justified envy in numbers: see [`justified_envy`](crate::audit::justified_envy) and
/// [`envy_by_list`](crate::audit::envy_by_list), which name the witnesses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EnvyFigures {
    /// How many agents have people who envy.
    pub agents: u64,
    /// Of how many places they do: pairs of an agent and a place.
    pub pairs: u64,
}

impl EnvyFigures {
    /// Counts witnesses, sorted by agent, each pair once.
    pub(super) fn of(witnesses: &[Envy]) -> Self {
        let agents = witnesses.chunk_by(|a, b| a.agent == b.agent);
        Self { agents: agents.count() as u64, pairs: witnesses.len() as u64 }
    }
}
