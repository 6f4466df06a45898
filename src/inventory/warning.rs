//! What a host should look at on its map: ends that nearly meet a street, and parts that no way leads to.
//!
//! Invariant: worked out from the network when asked for; never stored, never a reason to refuse a survey.

use super::{Inventory, Point};
use crate::units::{Centimetres, StreetId};
use std::collections::BTreeMap;
use std::fmt;

/// How near an end must lie to a street that it is not joined to for a warning.
const NEARLY: u32 = 100;

/// Something about the network that is sound but may not be meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Warning {
    /// An end that meets no street, or only streets of another part, lies within 1 m of one and is not joined to it
    /// (within 50 cm it is).
    LooseEnd {
        /// The street that ends.
        street: StreetId,
        /// Where.
        at: Point,
        /// The street that it may be meant to meet.
        near: StreetId,
        /// How far that lies from the end.
        gap: Centimetres,
    },
    /// A part of the network that no way connects to the largest one: walks to and from it are straight lines.
    Island {
        /// How many streets it has.
        streets: usize,
        /// The first of them by id.
        first: StreetId,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LooseEnd { street, at, near, gap } => write!(
                f,
                "an end of street {:?} at ({}, {}) cm lies {gap} from street {:?} and is not joined to it",
                street.as_str(),
                at.x,
                at.y,
                near.as_str()
            ),
            Self::Island { streets, first } => {
                let noun = if *streets == 1 { "street" } else { "streets" };
                write!(f, "no way leads to {streets} {noun} around {:?}", first.as_str())
            }
        }
    }
}

impl Inventory {
    /// What the host should look at on its map: loose ends sorted by street, then the parts that no way connects to
    /// the largest one (by number of streets; of equal ones the one with the first street by id), sorted by their
    /// first street. Not part of the JSON. O(n log n) in the number of streets.
    ///
    /// ```
    /// use shared_parking::inventory::{Inventory, KerbRules, LonLat, StreetKind, StreetRow, Survey, Warning};
    /// let street = |id: &str, path: [(f64, f64); 2]| StreetRow {
    ///     origin: id.into(), id: id.into(), name: id.into(), kind: StreetKind::Street, community: None,
    ///     path: path.map(|(lon, lat)| LonLat { lon, lat }).to_vec(),
    ///     width: None, one_way: false, node_from: None, node_to: None, kerbs: vec![],
    /// };
    /// // The second street ends 0.8 m south of the first.
    /// let streets = vec![
    ///     street("main", [(0.0, 0.0), (0.001, 0.0)]),
    ///     street("side", [(0.0005, -0.001), (0.0005, -0.000_007_2)]),
    /// ];
    /// let inventory = Inventory::build(&Survey { streets, ..Survey::default() }, &KerbRules::default())?;
    /// let told: Vec<String> = inventory.warnings().iter().map(Warning::to_string).collect();
    /// assert!(told[0].contains("lies 0.80 m from street \"main\""), "{told:?}");
    /// assert_eq!(told[1], "no way leads to 1 street around \"side\"");
    /// # Ok::<(), shared_parking::Flaws>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = self.loose_ends();
        warnings.sort();
        warnings.dedup();
        warnings.extend(self.islands());
        warnings
    }

    fn loose_ends(&self) -> Vec<Warning> {
        let nodes = |street: usize| self.network.joints(street).iter().map(move |joint| (joint.node, street));
        let mut meeting: Vec<(u32, usize)> = (0..self.streets.len()).flat_map(nodes).collect();
        meeting.sort_unstable();
        let is_dead = |node: u32| {
            meeting.partition_point(|&(at, _)| at <= node) == meeting.partition_point(|&(at, _)| at < node) + 1
        };
        let mut found = Vec::new();
        for (street, row) in self.streets.iter().enumerate() {
            let joints = self.network.joints(street);
            for (at, joint) in [(row.path.first(), joints.first()), (row.path.last(), joints.last())] {
                let (Some(&at), Some(joint)) = (at, joint) else { continue };
                for snap in self.near_streets.on_each_street(at, NEARLY) {
                    let apart = self.network.component(street) != self.network.component(snap.street);
                    let meets = meeting.binary_search(&(joint.node, snap.street)).is_ok();
                    if !meets && (apart || is_dead(joint.node)) {
                        let (near, gap) = (self.streets[snap.street].id.clone(), Centimetres::new(snap.distance));
                        found.push(Warning::LooseEnd { street: row.id.clone(), at, near, gap });
                    }
                }
            }
        }
        found
    }

    fn islands(&self) -> Vec<Warning> {
        let mut parts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for street in 0..self.streets.len() {
            parts.entry(self.network.component(street)).or_insert((0, street)).0 += 1;
        }
        let mut parts: Vec<(usize, usize)> = parts.into_values().collect();
        parts.sort_by_key(|&(streets, first)| (std::cmp::Reverse(streets), first));
        let mut islands: Vec<(usize, usize)> = parts.into_iter().skip(1).collect();
        islands.sort_by_key(|&(_, first)| first);
        let island =
            |(streets, first): (usize, usize)| Warning::Island { streets, first: self.streets[first].id.clone() };
        islands.into_iter().map(island).collect()
    }
}
