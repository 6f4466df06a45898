//! A part of the ground, named by communities, streets and stretches.

use crate::error::{FlawCode, FlawCollector};
use crate::inventory::{Inventory, Stretch};
use crate::units::{CommunityId, StreetId, StretchId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Display;

/// A part of the district: every stretch that is named, or lies on a street or in a community that is named. Naming
/// nothing means the whole district.
///
/// ```
/// use shared_parking::policy::Area;
/// use shared_parking::sample;
/// let district = sample::small_district(1).unwrap();
/// let ground = district.inventory();
/// let first = &ground.stretches()[0];
/// let street: Area = serde_json::from_value(serde_json::json!({ "streets": [first.street] })).unwrap();
/// assert!(street.covers(first, ground) && Area::default().covers(first, ground));
/// assert!(ground.stretches().iter().any(|other| !street.covers(other, ground)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Area {
    /// Communities, each with all its streets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub communities: Vec<CommunityId>,
    /// Streets, each with all its stretches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub streets: Vec<StreetId>,
    /// Single stretches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stretches: Vec<StretchId>,
}

impl Area {
    /// Whether nothing is named: the whole district.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        self.communities.is_empty() && self.streets.is_empty() && self.stretches.is_empty()
    }

    /// Whether a stretch of the inventory lies in the area.
    #[must_use]
    pub fn covers(&self, stretch: &Stretch, inventory: &Inventory) -> bool {
        let community = || inventory.street(&stretch.street).and_then(|street| street.community.as_ref());
        self.is_everything()
            || self.stretches.contains(&stretch.id)
            || self.streets.contains(&stretch.street)
            || community().is_some_and(|community| self.communities.contains(community))
    }

    /// Notes what is named twice.
    pub(super) fn check(&self, place: &str, flaws: &mut FlawCollector) {
        twice(&self.communities, &format!("{place}.communities"), flaws);
        twice(&self.streets, &format!("{place}.streets"), flaws);
        twice(&self.stretches, &format!("{place}.stretches"), flaws);
    }

    /// Notes what is named and is not on the ground.
    pub(super) fn check_ground(&self, inventory: &Inventory, place: &str, flaws: &mut FlawCollector) {
        let known = |id: &CommunityId| inventory.community(id).is_some();
        strangers(&self.communities, "community", &format!("{place}.communities"), known, flaws);
        strangers(&self.streets, "street", &format!("{place}.streets"), |id| inventory.street(id).is_some(), flaws);
        let known = |id: &StretchId| inventory.stretch(id).is_some();
        strangers(&self.stretches, "stretch", &format!("{place}.stretches"), known, flaws);
    }
}

fn twice<T: Ord + Display>(ids: &[T], place: &str, flaws: &mut FlawCollector) {
    let mut seen = BTreeSet::new();
    for (at, id) in ids.iter().enumerate().filter(|(_, id)| !seen.insert(*id)) {
        flaws.push(
            FlawCode::Contradiction,
            format!("{place}[{at}]"),
            format!("{:?} stands here twice", id.to_string()),
            "keep the first",
        );
    }
}

fn strangers<T: Display>(ids: &[T], kind: &str, place: &str, known: impl Fn(&T) -> bool, flaws: &mut FlawCollector) {
    for (at, id) in ids.iter().enumerate().filter(|(_, id)| !known(id)) {
        let (problem, remedy) =
            (format!("no {kind} {:?} is on the ground", id.to_string()), "correct the id, or survey it");
        flaws.push(FlawCode::UnknownReference, format!("{place}[{at}]"), problem, remedy);
    }
}
