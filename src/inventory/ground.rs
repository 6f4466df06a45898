//! The things on the ground, as the rest of the library sees them.

use crate::units::{Centimetres, CommunityId, DoorId, StreetId, StretchId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A position in the district's own plane: centimetres east and north of its origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Centimetres east.
    pub x: i32,
    /// Centimetres north.
    pub y: i32,
}

/// A neighbourhood whose residents share its streets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// Its id.
    pub id: CommunityId,
    /// What it is called.
    pub name: String,
}

/// A street, an alley, or a piece of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Street {
    /// Its id.
    pub id: StreetId,
    /// Its name; empty when it has none.
    pub name: String,
    /// Its kind.
    pub kind: StreetKind,
    /// Its community, if any.
    pub community: Option<CommunityId>,
    /// The middle line: at least two points.
    pub path: Vec<Point>,
    /// Length of the middle line.
    pub length: Centimetres,
    /// Width of the carriageway, if measured.
    pub width: Option<Centimetres>,
    /// Whether cars may go only along the path's direction. Walkers go both ways.
    pub one_way: bool,
    /// The network's node at the start of the path, where known: ends of one number within 10 m are joined.
    pub node_from: Option<i64>,
    /// The network's node at the end of the path, where known.
    pub node_to: Option<i64>,
}

/// What kind of way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StreetKind {
    /// A main street.
    Main,
    /// A street.
    Street,
    /// An alley or hutong.
    Alley,
    /// A way for walkers only.
    Footway,
}

/// A run of identical marked spaces along one kerb.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// Its id.
    pub id: StretchId,
    /// The street it lies on.
    pub street: StreetId,
    /// Which side of the street's path.
    pub side: Side,
    /// Whom its spaces are for.
    pub kind: SpaceKind,
    /// How cars stand.
    pub layout: Layout,
    /// How many spaces.
    pub capacity: u32,
    /// Where it starts along the street's path.
    pub from: Centimetres,
    /// Where it ends along the street's path.
    pub to: Centimetres,
    /// Length of one space along the kerb.
    pub space_length: Centimetres,
    /// Width of one space across the kerb.
    pub space_width: Centimetres,
    /// The middle of the stretch on the street's middle line: walks end here.
    pub position: Point,
}

/// One marked space: the spaces of a stretch are identical and numbered from 1 along the street's path.
///
/// ```
/// use shared_parking::inventory::Space;
/// let space = Space { stretch: "w1/left/1".parse().unwrap(), number: 3 };
/// assert_eq!(space.to_string(), "w1/left/1#3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// Its stretch.
    pub stretch: StretchId,
    /// Its number in the stretch, from 1.
    pub number: u32,
}

impl fmt::Display for Space {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.stretch, self.number)
    }
}

/// Which side of a street, looking along its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// Whom a space is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SpaceKind {
    /// Shared: residents with a permit at a discount, visitors at the tariff.
    Shared,
    /// Residents with a permit only.
    Resident,
    /// People with a disability.
    Disabled,
    /// Loading and unloading.
    Loading,
    /// Charging electric cars.
    Charging,
}

/// How cars stand at the kerb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Along the kerb.
    Parallel,
    /// At an angle to it.
    Diagonal,
    /// At a right angle to it.
    Perpendicular,
}

/// A door: where a household goes in and out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// Its id.
    pub id: DoorId,
    /// Its community, if any.
    pub community: Option<CommunityId>,
    /// Its position.
    pub position: Point,
    /// The street it is snapped to.
    pub street: StreetId,
    /// Where along that street's path.
    pub along: Centimetres,
    /// How far the door lies from that point.
    pub access: Centimetres,
}

/// A walk from a door to the middle of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Walk {
    /// How far.
    pub distance: Centimetres,
    /// The stretch, by its place in [`Inventory::stretches`](super::Inventory::stretches).
    pub stretch: usize,
    /// How the distance was found.
    pub route: Route,
}

/// How a walking distance was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Along the street network.
    Network,
    /// A straight line times the stated factor: the network does not connect the two.
    StraightLine,
}
