//! The geometry of a feature: one position, a line, or a ring.
//!
//! Invariant: positions leave here as they were written; whether they lie on Earth is for the inventory to say.

use super::feature::Feature;
use crate::error::FlawCode;
use crate::inventory::LonLat;
use ::geojson::{Geometry, GeometryValue, Position};
use serde::Deserialize as _;

impl Feature<'_> {
    /// Whether there is a geometry at all.
    pub(super) fn has_geometry(&self) -> bool {
        !self.geometry.is_null()
    }

    fn bad_geometry(&mut self, problem: impl Into<String>, remedy: &str) {
        self.flaws.push(FlawCode::BadGeometry, "geometry", problem, remedy);
    }

    fn geometry(&mut self, remedy: &str) -> Option<GeometryValue> {
        if !self.has_geometry() {
            self.bad_geometry("it is missing", remedy);
            return None;
        }
        match Geometry::deserialize(self.geometry) {
            Ok(geometry) => Some(geometry.value),
            Err(error) => {
                self.bad_geometry(error.to_string(), remedy);
                None
            }
        }
    }

    fn positions(&mut self, positions: &[Position], remedy: &str) -> Vec<LonLat> {
        let mut read = Vec::with_capacity(positions.len());
        for (at, position) in positions.iter().enumerate() {
            match *position.as_slice() {
                [lon, lat] | [lon, lat, _] => read.push(LonLat { lon, lat }),
                ref numbers => self.bad_geometry(format!("position {at} has {} numbers", numbers.len()), remedy),
            }
        }
        read
    }

    /// One position.
    pub(super) fn point(&mut self) -> Option<LonLat> {
        const REMEDY: &str = "draw a Point: [longitude, latitude], with or without an altitude";
        match self.geometry(REMEDY)? {
            GeometryValue::Point { coordinates } => self.positions(&[coordinates], REMEDY).pop(),
            other => {
                self.bad_geometry(format!("a {}", other.type_name()), REMEDY);
                None
            }
        }
    }

    /// The positions of a line.
    pub(super) fn line(&mut self) -> Vec<LonLat> {
        const REMEDY: &str = "draw a LineString of positions [longitude, latitude]";
        match self.geometry(REMEDY) {
            Some(GeometryValue::LineString { coordinates }) => self.positions(&coordinates, REMEDY),
            Some(other) => {
                self.bad_geometry(format!("a {}", other.type_name()), REMEDY);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// One position or those of a line, and whether it is one position.
    pub(super) fn point_or_line(&mut self) -> (Vec<LonLat>, bool) {
        const REMEDY: &str = "draw a Point for the middle, or a LineString along the kerb";
        match self.geometry(REMEDY) {
            Some(GeometryValue::Point { coordinates }) => (self.positions(&[coordinates], REMEDY), true),
            Some(GeometryValue::LineString { coordinates }) => (self.positions(&coordinates, REMEDY), false),
            Some(other) => {
                self.bad_geometry(format!("a {}", other.type_name()), REMEDY);
                (Vec::new(), true)
            }
            None => (Vec::new(), true),
        }
    }

    /// The outer ring of a polygon without holes: closed, at least four positions.
    pub(super) fn ring(&mut self) -> Vec<LonLat> {
        const REMEDY: &str = "draw one Polygon: a ring of at least four positions whose last is its first, no holes";
        let rings = match self.geometry(REMEDY) {
            Some(GeometryValue::Polygon { coordinates }) => coordinates,
            Some(other) => {
                self.bad_geometry(format!("a {}", other.type_name()), REMEDY);
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let [outer] = rings.as_slice() else {
            self.bad_geometry(format!("a Polygon of {} rings", rings.len()), REMEDY);
            return Vec::new();
        };
        if outer.len() < 4 || outer.first() != outer.last() {
            self.bad_geometry(format!("a ring of {} positions that is not closed", outer.len()), REMEDY);
            return Vec::new();
        }
        self.positions(outer, REMEDY)
    }
}
