//! What an applicant wishes: streets in order, and streets not wanted.

use crate::error::{FlawCode, Flaws};
use crate::units::StreetId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which streets an applicant prefers and which they do not want. Whether the order counts, the policy says.
///
/// ```
/// use shared_parking::people::Preferences;
/// let wishes: Preferences = serde_json::from_str(r#"{ "ranked": ["elm", "oak"], "excluded": ["main"] }"#).unwrap();
/// assert_eq!(wishes.rank(&"oak".parse().unwrap()), Some(2));
/// assert_eq!(wishes.rank(&"ash".parse().unwrap()), Some(3)); // not on the list: after all that are
/// assert_eq!(wishes.rank(&"main".parse().unwrap()), None);
/// assert!(wishes.check().is_ok());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Streets in order, the best first, each once, at most [`MOST_RANKED`](Self::MOST_RANKED). A street not on the list
    /// comes after all that are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranked: Vec<StreetId>,
    /// Streets on which a space is not wanted, even if there is no other, each once; none of them ranked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<StreetId>,
}

impl Preferences {
    /// The most streets that can be ranked: 1,000, so that a rank and the longest walk a policy can allow (10 km) always
    /// fit one cost of a market.
    pub const MOST_RANKED: usize = 1_000;

    /// Checks what is said, not whether the streets exist.
    ///
    /// # Errors
    /// Every flaw, its place counted from 0, as in `ranked[2]`: too many streets ranked, a street ranked or excluded
    /// twice, a street that is ranked and excluded.
    ///
    /// ```
    /// use shared_parking::people::Preferences;
    /// let wishes: Preferences = serde_json::from_str(r#"{ "ranked": ["elm", "elm"], "excluded": ["elm"] }"#).unwrap();
    /// let flaws = wishes.check().unwrap_err();
    /// let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    /// assert_eq!(places, ["ranked[1]", "excluded[0]"]);
    /// ```
    pub fn check(&self) -> Result<(), Flaws> {
        let mut flaws = Flaws::collector();
        if self.ranked.len() > Self::MOST_RANKED {
            let remedy = format!("rank at most {}: those nearest to the door are enough", Self::MOST_RANKED);
            flaws.push(FlawCode::OutOfRange, "ranked", format!("{} streets are ranked", self.ranked.len()), remedy);
        }
        let mut ranked = BTreeSet::new();
        for (at, street) in self.ranked.iter().enumerate().filter(|(_, street)| !ranked.insert(*street)) {
            let problem = format!("street {:?} is ranked twice", street.as_str());
            flaws.push(FlawCode::Contradiction, format!("ranked[{at}]"), problem, "keep the better rank");
        }
        let mut excluded = BTreeSet::new();
        for (at, street) in self.excluded.iter().enumerate() {
            let (problem, remedy) = if ranked.contains(street) {
                ("is ranked and excluded", "leave it out of one of the two lists")
            } else if !excluded.insert(street) {
                ("is excluded twice", "leave one of the two out")
            } else {
                continue;
            };
            let problem = format!("street {:?} {problem}", street.as_str());
            flaws.push(FlawCode::Contradiction, format!("excluded[{at}]"), problem, remedy);
        }
        flaws.finish(())
    }

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
