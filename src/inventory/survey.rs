//! A survey: what readers of other formats hand over, in degrees, before anything is checked.

use super::{Layout, Side, SpaceKind, StreetKind};
use crate::units::Centimetres;

/// A position in WGS 84 degrees, as surveyed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    /// Degrees east, -180 to 180.
    pub lon: f64,
    /// Degrees north, -85 to 85 (a local plane is no use nearer to a pole).
    pub lat: f64,
}

/// The rows of a survey, unchecked. `Inventory::build` finds every flaw at once and names each by its row's `origin`.
///
/// Datum: WGS 84. Convert GCJ-02 or BD-09 before; they are hundreds of metres off and nothing can guess them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// What the district is called.
    pub name: String,
    /// The words its data's licence asks to be shown; empty when none.
    pub attribution: String,
    /// Communities.
    pub communities: Vec<CommunityRow>,
    /// Streets and alleys.
    pub streets: Vec<StreetRow>,
    /// Stretches of marked spaces.
    pub stretches: Vec<StretchRow>,
    /// Doors.
    pub doors: Vec<DoorRow>,
}

/// A community as surveyed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommunityRow {
    /// Where the row comes from, for messages: `feature 12`.
    pub origin: String,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its outer ring, or empty when only named. Streets and doors inside belong to it unless they say otherwise.
    pub ring: Vec<LonLat>,
}

/// A street, alley, or piece of one, as surveyed.
#[derive(Clone, Debug, PartialEq)]
pub struct StreetRow {
    /// Where the row comes from.
    pub origin: String,
    /// Its id.
    pub id: String,
    /// Its name; empty when it has none. Pieces of one street share a name.
    pub name: String,
    /// Its kind.
    pub kind: StreetKind,
    /// Its community, if stated.
    pub community: Option<String>,
    /// The middle line, at least two different positions.
    pub path: Vec<LonLat>,
    /// Width of the carriageway, if measured.
    pub width: Option<Centimetres>,
    /// Whether cars may go only along the path's direction. Walkers go both ways.
    pub one_way: bool,
    /// The network's node at the start of the path, where known. Ends of one number within 10 m of each other are
    /// joined; so are vertices on the same centimetre, and loose ends with a street within 50 cm.
    pub node_from: Option<i64>,
    /// The network's node at the end of the path, where known.
    pub node_to: Option<i64>,
    /// Kerbs on which parking is allowed: the build derives stretches from them.
    pub kerbs: Vec<KerbRow>,
}

/// A kerb on which parking is allowed, along the whole of its street.
///
/// A side has one row, or several that all state their capacity (three of ten spaces are for loading).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KerbRow {
    /// Which side.
    pub side: Side,
    /// How cars stand.
    pub layout: Layout,
    /// Whom its spaces are for.
    pub kind: SpaceKind,
    /// How many cars it is said to hold, if stated; otherwise its usable length is divided by the stall length.
    pub capacity: Option<u32>,
}

/// A stretch of identical marked spaces as surveyed; a single space is a stretch with a capacity of 1.
#[derive(Clone, Debug, PartialEq)]
pub struct StretchRow {
    /// Where the row comes from.
    pub origin: String,
    /// Its id.
    pub id: String,
    /// The street it lies on.
    pub street: String,
    /// Which side of the street's path.
    pub side: Side,
    /// Whom its spaces are for.
    pub kind: SpaceKind,
    /// How cars stand.
    pub layout: Layout,
    /// How many spaces: at least 1.
    pub capacity: u32,
    /// Its geometry: one position (its middle), or a line along the kerb.
    pub path: Vec<LonLat>,
    /// Length of one space along the kerb, if not the rule's.
    pub space_length: Option<Centimetres>,
    /// Width of one space across, if not the rule's.
    pub space_width: Option<Centimetres>,
}

/// A door as surveyed.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorRow {
    /// Where the row comes from.
    pub origin: String,
    /// Its id.
    pub id: String,
    /// Its position.
    pub position: LonLat,
    /// The name of the street it opens to, if stated: it is snapped to that street when one of that name is near.
    pub street_name: Option<String>,
    /// Its community, if stated.
    pub community: Option<String>,
}

/// How stretches are derived from kerbs, and how far a straight line falls short of a walk.
///
/// Defaults: stalls of 6.0 m by 2.5 m along the kerb (Beijing practice, remembered and not confirmed), 3.1 m diagonal
/// and 2.5 m perpendicular per car (Berlin's parking survey), 5.0 m kept clear at each side of a junction (an
/// assumption of this library), and a straight line counted 1.3 times (an assumption of this library).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KerbRules {
    /// Kerb length of one space parallel to the kerb.
    pub parallel_length: Centimetres,
    /// Kerb length of one diagonal space.
    pub diagonal_length: Centimetres,
    /// Kerb length of one space perpendicular to the kerb.
    pub perpendicular_length: Centimetres,
    /// Width of one space across the kerb, for parallel spaces; spaces at an angle reach as far across as a parallel
    /// one is long.
    pub space_width: Centimetres,
    /// Kerb kept clear on each side of a junction.
    pub junction_clear: Centimetres,
    /// What a straight line is multiplied by where the network does not connect, in basis points.
    pub straight_line_factor: crate::units::BasisPoints,
}

impl Default for KerbRules {
    fn default() -> Self {
        Self {
            parallel_length: Centimetres::new(600),
            diagonal_length: Centimetres::new(310),
            perpendicular_length: Centimetres::new(250),
            space_width: Centimetres::new(250),
            junction_clear: Centimetres::new(500),
            straight_line_factor: crate::units::BasisPoints::new(13_000),
        }
    }
}
