//! Layers of policy: what the city, the district, the subdistrict and each community decide, put together.
//!
//! Invariant: a layer decides only what the layer above it leaves open, and leaves open no more than was left open to
//! it; so whatever is closed above stands in every policy that comes out below.

mod bounds;
mod breach;
mod grant;
mod layer;
mod merge;
mod read;
mod sound;

pub use layer::{Layer, Level};

use super::Policy;
use super::shape::Path;
use crate::error::{Flaws, document};
use crate::units::CommunityId;
use merge::Merged;
use serde::Serialize;
use std::collections::BTreeMap;

/// Layers of policy from the top: at most one each of city, district and subdistrict, then communities side by side.
///
/// The document is `{ "layers": [ … ] }`, each layer an object with
/// - `level`: `city`, `district`, `subdistrict` or `community`, in this order;
/// - `name` and `source`: what it is called, and where its decisions come from;
/// - `community`: the id, for a community only;
/// - `decides`: a part of a policy document, without `name` and `source`. Objects are put together field by field. Entries
///   of lists are matched by what they are (rules of eligibility by `rule`, points by `for`, discounts, classes and
///   windows by `id`, versions of the tariff by `from`), so that an entry need only hold its key and what it changes;
///   entries that are new come last, versions and windows by `from`. Lists of words (`standing.tiers`) and the `steps` of
///   a window are decided as a whole. `null` says that an optional field is not set;
/// - `takes_out`: paths of entries from above that are not to stand, `discounts[gift]`;
/// - `leaves_open`: what the layer below may decide otherwise, or at all. Nothing else.
///
/// Each part of `leaves_open` has a `path`, in which `[*]` stands for any entry, and what lies below it is open too: of a
/// list, entries may be changed, added and taken out. With `"only": "add"` entries may be added to a list and those from
/// above stand. A single number, share, amount, day or clock time may have `at_least` and `at_most`; a single value or
/// the words of a list may have to be `one_of` those listed. What a layer writes as it stands above is no change, and
/// needs no leave.
///
/// ```
/// use shared_parking::policy::Layers;
/// let text = r#"{ "layers": [
///     { "level": "city", "name": "Beijing", "source": "the tariff order",
///       "decides": { "permits": { "walk_limit_m": 500 } },
///       "leaves_open": [ { "path": "permits.walk_limit_m", "at_least": 100, "at_most": 500 } ] },
///     { "level": "subdistrict", "name": "Desheng", "source": "a resolution",
///       "decides": { "permits": { "walk_limit_m": 400 } } }
/// ] }"#;
/// let layers = Layers::from_json(text).unwrap();
/// assert_eq!(layers.origin("permits.walk_limit_m").unwrap().name(), "Desheng");
/// assert!(layers.policy().is_err()); // nobody decides the rest
///
/// let flaws = Layers::from_json(&text.replace("\"walk_limit_m\": 400", "\"walk_limit_m\": 600")).unwrap_err();
/// assert!(flaws.to_string().contains("the city \"Beijing\" fixed 500 m and leaves it open from 100 m to 500 m"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layers {
    /// The upper layers from the top, then the communities by id.
    layers: Vec<Layer>,
    /// What the upper layers decide together.
    #[serde(skip)]
    upper: Merged,
    /// The same with what each community decides.
    #[serde(skip)]
    communities: BTreeMap<CommunityId, Merged>,
}

impl Layers {
    /// Reads layers and checks that each keeps within what was left open to it. Whether a whole policy comes out is said
    /// by [`policy`](Self::policy) and [`policy_of`](Self::policy_of).
    ///
    /// # Errors
    /// One flaw with line and column when the text is not JSON. Otherwise every mistake at once: fields that are missing,
    /// unknown or there twice; levels out of order or twice, a community twice; paths that no policy document has;
    /// bounds that admit nothing or mean nothing there; values that cannot stand where they are decided; and every
    /// breach, naming who fixed what and who set what. Breaches of a layer are looked for when it and all above it could
    /// be read.
    pub fn from_json(text: &str) -> Result<Self, Flaws> {
        let (document, twice) = document(text)?;
        let mut flaws = Flaws::collector();
        let layers = read::layers(&document, twice, &mut flaws);
        let (upper, communities) = breach::check(&layers, &mut flaws);
        flaws.finish(())?;
        let mut layers: Vec<Layer> = layers.into_iter().filter_map(|given| given.layer).collect();
        layers.sort_by(|one, other| (one.level, &one.community).cmp(&(other.level, &other.community)));
        Ok(Self { layers, upper, communities })
    }

    /// The document, from which [`from_json`](Self::from_json) reads the same layers; communities by id.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Layers are data with text for keys, so that writing them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The layers from the top, the communities by id.
    #[must_use]
    pub fn all(&self) -> &[Layer] {
        &self.layers
    }

    /// The policy of the subdistrict: what all layers but the communities decide. Its name is that of its lowest layer,
    /// its source the sources of all.
    ///
    /// # Errors
    /// Every flaw of what the layers make together, as [`Policy::from_json`] tells it, each at the layer that has the
    /// last word on that place; what no layer decides is missing.
    pub fn policy(&self) -> Result<Policy, Flaws> {
        sound::policy(&self.upper, &self.of(None))
    }

    /// The policy of a community: that of the subdistrict, save for what the community's own layer decides, if it has one.
    ///
    /// # Errors
    /// As [`policy`](Self::policy).
    pub fn policy_of(&self, community: &CommunityId) -> Result<Policy, Flaws> {
        sound::policy(self.merged(community), &self.of(Some(community)))
    }

    /// The layer that has the last word on a place in the policy of the subdistrict, such as `permits.walk_limit_m` or
    /// `discounts[resident-price]`: the lowest that set anything there. None where nothing is decided.
    #[must_use]
    pub fn origin(&self, path: &str) -> Option<&Layer> {
        self.upper.origin(&Path::parse(path).ok()?).and_then(|at| self.of(None).get(at).copied())
    }

    /// The layer that has the last word on a place in the policy of a community.
    #[must_use]
    pub fn origin_in(&self, community: &CommunityId, path: &str) -> Option<&Layer> {
        let origin = self.merged(community).origin(&Path::parse(path).ok()?);
        origin.and_then(|at| self.of(Some(community)).get(at).copied())
    }

    fn merged(&self, community: &CommunityId) -> &Merged {
        self.communities.get(community).unwrap_or(&self.upper)
    }

    /// The layers that make a policy, from the top.
    fn of(&self, community: Option<&CommunityId>) -> Vec<&Layer> {
        let takes_part = |layer: &&Layer| layer.level != Level::Community || layer.community.as_ref() == community;
        self.layers.iter().filter(takes_part).collect()
    }
}
