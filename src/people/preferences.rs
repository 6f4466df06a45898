//! What an applicant wishes: streets in order, and streets not wanted.

use crate::units::StreetId;
use serde::{Deserialize, Serialize};

/// Which streets an applicant prefers and which they do not want. Whether the order counts, the policy says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Streets in order, the best first, each once. A street not on the list comes after all that are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranked: Vec<StreetId>,
    /// Streets on which a space is not wanted, even if there is no other; none of them ranked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<StreetId>,
}

impl Preferences {
    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ranked.is_empty() && self.excluded.is_empty()
    }

    /// The rank of a street, from 1; one more than there are ranked streets for one that is not on the list. `None` for
    /// a street that is not wanted.
    #[must_use]
    pub fn rank(&self, street: &StreetId) -> Option<usize> {
        if self.excluded.contains(street) {
            return None;
        }
        Some(self.ranked.iter().position(|ranked| ranked == street).unwrap_or(self.ranked.len()) + 1)
    }
}
