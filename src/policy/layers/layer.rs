//! One layer as it is written.
//!
//! Invariant: what a layer decides was read against the shape of a policy; only whether it may is left to the breaches.

use super::grant::Grant;
use crate::policy::shape::Path;
use crate::units::CommunityId;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// The levels, highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The city.
    City,
    /// A district of it.
    District,
    /// A subdistrict, whose office issues the permits.
    Subdistrict,
    /// A community: the lowest level, several side by side.
    Community,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::City => "city",
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
            Self::Community => "community",
        })
    }
}

/// What one authority decides, and what it leaves open to the one below. See [`Layers`](super::Layers).
///
/// Shown, it is what people call it: `the city "Beijing"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layer {
    pub(super) level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) community: Option<CommunityId>,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) decides: Value,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "written")]
    pub(super) takes_out: Vec<Path>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) leaves_open: Vec<Grant>,
}

impl Layer {
    /// Its level.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its decisions come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The community it is for, if it is one's.
    #[must_use]
    pub const fn community(&self) -> Option<&CommunityId> {
        self.community.as_ref()
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} {:?}", self.level, self.name)
    }
}

fn written<S: Serializer>(paths: &[Path], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(paths.iter().map(ToString::to_string))
}
