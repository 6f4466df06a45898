//! From features to the rows of a survey, layer by layer.
//!
//! Invariant: a feature with a flaw leaves no row, and its id is remembered among the lost.

use super::feature::{Feature, plain, shown};
use super::length::Measure;
use super::street::{across, street};
use crate::error::{FlawCode, FlawCollector, Flaws};
use crate::inventory::{CommunityRow, DoorRow, Layout, LonLat, Side, SpaceKind, StretchRow, Survey};
use ::geojson::JsonValue;
use std::collections::{BTreeMap, BTreeSet};

const COMMUNITY: [&str; 5] = ["layer", "type", "id", "name", "note"];
const STRETCH: [&str; 11] =
    ["layer", "type", "id", "street", "side", "kind", "layout", "capacity", "space_length_m", "space_width_m", "note"];
const DOOR: [&str; 7] = ["layer", "type", "id", "street", "number", "community", "note"];

/// What was read so far.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) survey: Survey,
    pub(super) ignored: BTreeMap<String, usize>,
    pub(super) flaws: FlawCollector,
    pub(super) lost: Lost,
    turned: BTreeSet<String>,
}

/// Rows that could not be read, so that nobody complains that they are unknown.
#[derive(Default)]
pub(super) struct Lost {
    pub(super) communities: BTreeSet<String>,
    pub(super) streets: BTreeSet<String>,
}

impl Lost {
    /// Notes the id of a feature whose layer is not known.
    fn any(&mut self, id: Option<String>) {
        self.communities.extend(id.clone());
        self.streets.extend(id);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layer {
    Community,
    Street,
    Stretch,
    Door,
    Address,
    Ignored,
}

fn layer(word: &str) -> Option<Layer> {
    Some(match word {
        "community" => Layer::Community,
        "street" => Layer::Street,
        "stretch" | "space" => Layer::Stretch,
        "door" => Layer::Door,
        "address" => Layer::Address,
        "building" | "offstreet" => Layer::Ignored,
        _ => return None,
    })
}

impl Rows {
    /// Reads the feature at this place of the array.
    pub(super) fn read(&mut self, index: usize, value: &JsonValue) {
        let mut feature = match Feature::new(index, value) {
            Ok(feature) => feature,
            Err(flaws) => {
                self.lost.any(value.get("id").and_then(plain));
                return self.take_over(&flaws);
            }
        };
        let words = [feature.get("layer"), feature.get("type")];
        let words = words.into_iter().flatten().filter_map(JsonValue::as_str);
        let Some((word, layer)) = words.filter_map(|word| layer(word).map(|layer| (word, layer))).next() else {
            note_layer(&mut feature);
            return self.finish(feature, None, |_| ());
        };
        match layer {
            Layer::Community => {
                let row = community(&mut feature);
                self.finish(feature, Some(layer), |rows| rows.survey.communities.push(row));
            }
            Layer::Street => {
                let read = street(&mut feature);
                self.finish(feature, Some(layer), |rows| {
                    for tag in read.unread {
                        *rows.ignored.entry(format!("kerb with {tag}")).or_default() += 1;
                    }
                    if read.turned {
                        rows.turned.insert(read.row.id.clone());
                    }
                    rows.survey.streets.push(read.row);
                });
            }
            Layer::Stretch => {
                let row = stretch(&mut feature, word == "space");
                self.finish(feature, Some(layer), |rows| rows.survey.stretches.push(row));
            }
            Layer::Door | Layer::Address => {
                let row = door(&mut feature, layer == Layer::Address);
                self.finish(feature, Some(layer), |rows| rows.survey.doors.extend(row));
            }
            Layer::Ignored => *self.ignored.entry(word.to_owned()).or_default() += 1,
        }
    }

    /// Keeps the row of a feature without flaws, or else remembers what was lost.
    fn finish(&mut self, feature: Feature<'_>, layer: Option<Layer>, keep: impl FnOnce(&mut Self)) {
        let id = feature.id.clone();
        let Err(flaws) = feature.finish() else { return keep(self) };
        self.take_over(&flaws);
        match layer {
            Some(Layer::Community) => self.lost.communities.extend(id),
            Some(Layer::Street) => self.lost.streets.extend(id),
            None => self.lost.any(id),
            Some(_) => {} // nothing refers to it
        }
    }

    fn take_over(&mut self, flaws: &Flaws) {
        for flaw in flaws {
            self.flaws.push(flaw.code, flaw.place.clone(), flaw.problem.clone(), flaw.remedy.clone());
        }
    }

    /// Ends the reading: a stretch keeps its place when its street was turned round.
    pub(super) fn settle(&mut self) {
        for stretch in &mut self.survey.stretches {
            if self.turned.contains(&stretch.street) {
                stretch.side = across(stretch.side);
            }
        }
    }
}

fn note_layer(feature: &mut Feature<'_>) {
    let remedy = "write community, street, stretch, space, door, address, building or offstreet";
    match feature.first(&["layer", "type"]) {
        Some((key, value)) => {
            feature.flaw(FlawCode::WrongValue, key, format!("{} is no layer", shown(value)), remedy);
        }
        None => feature.flaw(FlawCode::Missing, "layer", "it is missing", remedy),
    }
}

fn community(feature: &mut Feature<'_>) -> CommunityRow {
    let row = CommunityRow {
        origin: feature.origin.clone(),
        id: feature.required_id(),
        name: feature.required_text("name"),
        ring: if feature.has_geometry() { feature.ring() } else { Vec::new() },
    };
    feature.only(&COMMUNITY, false);
    row
}

fn stretch(feature: &mut Feature<'_>, single: bool) -> StretchRow {
    let (path, point) = feature.point_or_line();
    let capacity = feature.capacity("capacity");
    if feature.get("capacity").is_none() && !point && !single {
        let remedy = "write how many spaces the line holds, or draw a Point for a single space";
        feature.flaw(FlawCode::Missing, "capacity", "it is missing", remedy);
    }
    let row = StretchRow {
        origin: feature.origin.clone(),
        id: feature.required_id(),
        street: feature.required_text("street"),
        side: feature.required_word("side", Side::Left),
        kind: feature.word("kind").unwrap_or(SpaceKind::Shared),
        layout: feature.word("layout").unwrap_or(Layout::Parallel),
        capacity: capacity.unwrap_or(1),
        path,
        space_length: feature.length("space_length_m", Measure::SPACE_LENGTH),
        space_width: feature.length("space_width_m", Measure::SPACE_WIDTH),
    };
    feature.only(&STRETCH, false);
    row
}

/// `None` only once the flaw of its geometry is noted.
fn door(feature: &mut Feature<'_>, foreign_are_legal: bool) -> Option<DoorRow> {
    let position = feature.point();
    let row = DoorRow {
        origin: feature.origin.clone(),
        id: feature.required_id(),
        position: position.unwrap_or(LonLat { lon: 0.0, lat: 0.0 }),
        street_name: feature.text("street"),
        community: feature.text("community"),
    };
    feature.only(&DOOR, foreign_are_legal);
    position.map(|_| row)
}
