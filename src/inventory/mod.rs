//! What is on the ground: communities, streets and alleys, marked spaces, doors, and the walk between them.
//!
//! Invariant: coordinates are projected once to local metres and rounded to centimetres; from there on integers decide.
//! Nothing here knows residents, permits or prices.

mod access;
mod build;
mod check;
mod community;
mod extent;
mod findings;
mod geometry;
mod ground;
mod groups;
mod index;
mod joints;
mod kerb;
mod network;
mod overlap;
mod place;
mod projection;
mod record;
mod survey;
mod walk;
mod warning;

pub use ground::{Community, Door, Layout, Point, Route, Side, Space, SpaceKind, Street, StreetKind, Stretch, Walk};
pub use survey::{CommunityRow, DoorRow, KerbRow, KerbRules, LonLat, StreetRow, StretchRow, Survey};
pub use walk::Walker;
pub use warning::Warning;

/// The ground of a district: built from a [`Survey`], then never changed.
///
/// Everything is sorted by id, so its places in the slices ([`Walk::stretch`], [`Inventory::stretch_index`]) and its
/// JSON are the same whatever the order of the survey's rows. The JSON holds integers only; reading it checks all of it
/// and works out the network and the spatial index again.
///
/// ```
/// use shared_parking::inventory::{
///     DoorRow, Inventory, KerbRow, KerbRules, Layout, LonLat, Route, Side, SpaceKind, StreetKind, StreetRow, Survey,
/// };
/// use shared_parking::Centimetres;
///
/// let at = |lon, lat| LonLat { lon, lat };
/// let alley = StreetRow {
///     origin: "row 1".into(),
///     id: "alley".into(),
///     name: "Alley".into(),
///     kind: StreetKind::Alley,
///     community: None,
///     path: vec![at(116.3700, 39.95), at(116.3710, 39.95)], // 85 m
///     width: None,
///     one_way: false,
///     node_from: None,
///     node_to: None,
///     kerbs: vec![KerbRow { side: Side::Left, layout: Layout::Parallel, kind: SpaceKind::Shared, capacity: None }],
/// };
/// let door = DoorRow {
///     origin: "row 2".into(), id: "7".into(), position: at(116.3700, 39.9501), street_name: None, community: None,
/// };
/// let survey = Survey { streets: vec![alley], doors: vec![door], ..Survey::default() };
/// let inventory = Inventory::build(&survey, &KerbRules::default())?;
///
/// assert_eq!(inventory.capacity(SpaceKind::Shared), 14); // 85 m hold 14 cars of 6 m
/// let ids: Vec<_> = inventory.stretches().iter().map(|stretch| stretch.id.as_str()).collect();
/// assert_eq!(ids, ["alley/left/1", "alley/left/2"]);
/// let walks = inventory.walks(&"7".parse()?, Centimetres::metres(500)).unwrap();
/// assert_eq!(walks[0].stretch, 0);
/// assert_eq!(walks[0].route, Route::Network);
/// assert_eq!(walks[0].distance.whole_metres(), 32); // 11 m to the alley, then 21 m along it
/// # Ok::<(), shared_parking::Flaws>(())
/// ```
#[derive(Clone)]
pub struct Inventory {
    name: String,
    attribution: String,
    plane: projection::Plane,
    rules: KerbRules,
    communities: Vec<Community>,
    streets: Vec<Street>,
    stretches: Vec<Stretch>,
    doors: Vec<Door>,
    /// Where each door meets its street. This and what follows is worked out from what stands above.
    starts: Vec<index::Snap>,
    network: network::Network,
    goals: walk::Goals,
    near_streets: index::StreetIndex,
    near_stretches: index::StretchIndex,
}
