//! One application as a JSON object.
//!
//! Invariant: an object has every field of the table and no other; those that may be left out are named here.

use super::record::Source;
use crate::error::{Fields, FlawCollector, shown};
use serde_json::Value;
use std::borrow::Cow;

/// The fields of an application that may be left out.
const OPTIONAL: [&str; 3] = ["waiting_since", "shift", "preferences"];
/// The fields of what is preferred.
const LISTS: [&str; 2] = ["ranked", "excluded"];

/// An element of the array.
pub(super) struct Object<'a>(pub(super) &'a Value);

impl Object<'_> {
    /// Notes fields that are missing or unknown, and what is no object.
    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        let fields = ["id", "applied_at", "resident", "vehicle"];
        if let Some(mut application) = Fields::open(self.0, "", &fields, &OPTIONAL, flaws) {
            application.with("resident", resident);
            application.with("vehicle", |value, place, flaws| {
                let fields = ["id", "class", "plate_origin", "use", "insured_until", "inspected_until"];
                Fields::open(value, place, &fields, &[], flaws).map(drop)
            });
            application
                .with("preferences", |value, place, flaws| Fields::open(value, place, &[], &LISTS, flaws).map(drop));
        }
    }

    /// The value of a column's field, if the objects around it have it.
    fn value(&self, column: &str) -> Option<&Value> {
        path(column).split('.').try_fold(self.0, |value, key| value.get(key))
    }
}

fn resident(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<()> {
    let fields = [
        "id",
        "household",
        "door",
        "registered",
        "documents",
        "other_space",
        "certified_elsewhere",
        "arrears",
        "special_need",
    ];
    let mut resident = Fields::open(value, place, &fields, &["sharing", "no_driving_day"], flaws)?;
    resident
        .with("sharing", |value, place, flaws| Fields::open(value, place, &["hours", "days"], &[], flaws).map(drop));
    resident.with("documents", |value, place, flaws| {
        let (required, optional) = (["title", "register", "licence"], ["driving_licence", "insurance"]);
        Fields::open(value, place, &required, &optional, flaws).map(drop)
    })
}

/// Where a column of the table stands in an object.
fn path(column: &str) -> &str {
    match column {
        "resident" => "resident.id",
        "household" => "resident.household",
        "door" => "resident.door",
        "registered" => "resident.registered",
        "title" => "resident.documents.title",
        "register" => "resident.documents.register",
        "licence" => "resident.documents.licence",
        "other_space" => "resident.other_space",
        "certified_elsewhere" => "resident.certified_elsewhere",
        "arrears" => "resident.arrears",
        "special_need" => "resident.special_need",
        "vehicle" => "vehicle.id",
        "vehicle_class" => "vehicle.class",
        "plate_origin" => "vehicle.plate_origin",
        "vehicle_use" => "vehicle.use",
        "insured_until" => "vehicle.insured_until",
        "inspected_until" => "vehicle.inspected_until",
        "shared_hours" => "resident.sharing.hours",
        "shared_days" => "resident.sharing.days",
        "no_driving_day" => "resident.no_driving_day",
        "driving_licence" => "resident.documents.driving_licence",
        "insurance" => "resident.documents.insurance",
        "ranked" => "preferences.ranked",
        "excluded" => "preferences.excluded",
        same => same,
    }
}

impl Source for Object<'_> {
    fn place(&self, column: &str) -> String {
        path(column).to_owned()
    }

    fn is_absent(&self, column: &str) -> bool {
        match column {
            // One of the two alone is a field that is missing.
            "shared_hours" | "shared_days" => self.value("resident.sharing").is_none(),
            _ => self.value(column).is_none(),
        }
    }

    fn shown(&self, column: &str) -> Option<String> {
        self.value(column).map(shown)
    }

    fn text(&self, column: &str) -> Option<&str> {
        self.value(column).and_then(Value::as_str)
    }

    fn flag(&self, column: &str) -> Option<bool> {
        self.value(column).and_then(Value::as_bool)
    }

    fn amount(&self, column: &str) -> Option<i64> {
        self.value(column).and_then(Value::as_i64)
    }

    fn json(&self, column: &str) -> Option<Cow<'_, Value>> {
        self.value(column).map(Cow::Borrowed)
    }
}
