//! A rule of eligibility, read field by field.

use super::standing::tier;
use crate::error::{Fields, FlawCollector, read};
use crate::policy::{Rule, VehicleStep};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The rules by their words, each with the fields it needs and those it may have.
const FIELDS: [(&str, &[&str], &[&str]); 20] = [
    ("registered-resident", &["rule"], &[]),
    ("plate-origin", &["rule", "admit"], &[]),
    ("vehicle-class", &["rule", "admit"], &[]),
    ("vehicle-use", &["rule", "admit"], &[]),
    ("insurance-valid", &["rule"], &[]),
    ("inspection-valid", &["rule"], &[]),
    ("no-other-space", &["rule"], &[]),
    ("not-certified-elsewhere", &["rule"], &[]),
    ("arrears-at-most", &["rule", "amount"], &[]),
    ("documents-in-a-tier", &["rule"], &[]),
    ("permits-per-household", &["rule", "at_most"], &[]),
    ("one-permit-per-vehicle", &["rule"], &[]),
    ("one-permit-per-resident", &["rule"], &[]),
    ("door-in-community", &["rule", "communities"], &[]),
    ("door-on-street", &["rule", "streets"], &[]),
    ("door-within", &["rule", "metres"], &["streets"]),
    ("permits-per-address", &["rule", "at_most"], &[]),
    ("further-vehicles", &["rule", "steps"], &[]),
    ("car-free-address", &["rule"], &["doors", "streets"]),
    ("special-need", &["rule"], &["needs"]),
];

/// Reads a rule; one without a word, or of an unknown one, as serde does, which names the words there are.
pub(super) fn rule(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Rule> {
    let word = value.get("rule").and_then(Value::as_str).unwrap_or_default();
    let Some((_, required, optional)) = FIELDS.iter().find(|(known, ..)| *known == word) else {
        return read(value, place, flaws);
    };
    let mut fields = Fields::open(value, place, required, optional, flaws)?;
    match word {
        "plate-origin" => Some(Rule::PlateOrigin { admit: fields.all("admit", read)? }),
        "vehicle-class" => Some(Rule::VehicleClass { admit: fields.all("admit", read)? }),
        "vehicle-use" => Some(Rule::VehicleUse { admit: fields.all("admit", read)? }),
        "arrears-at-most" => Some(Rule::ArrearsAtMost { amount: fields.one("amount")? }),
        "permits-per-household" => Some(Rule::PermitsPerHousehold { at_most: fields.one("at_most")? }),
        "door-in-community" => Some(Rule::DoorInCommunity { communities: fields.all("communities", read)? }),
        "door-on-street" => Some(Rule::DoorOnStreet { streets: fields.all("streets", read)? }),
        "door-within" => {
            let (metres, streets) = (fields.one("metres"), fields.all_or_empty("streets", read));
            Some(Rule::DoorWithin { metres: metres?, streets: streets? })
        }
        "permits-per-address" => Some(Rule::PermitsPerAddress { at_most: fields.one("at_most")? }),
        "further-vehicles" => Some(Rule::FurtherVehicles { steps: fields.all("steps", step)? }),
        "car-free-address" => {
            let (doors, streets) = (fields.all_or_empty("doors", read), fields.all_or_empty("streets", read));
            Some(Rule::CarFreeAddress { doors: doors?, streets: streets? })
        }
        "special-need" => Some(Rule::SpecialNeed { needs: all_or_none(&mut fields, "needs")? }),
        // What is left has no field but its word.
        bare => read(&json!({ "rule": bare }), place, flaws),
    }
}

fn step(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<VehicleStep> {
    let mut fields = Fields::open(value, place, &["from"], &["classes", "documents", "from_day"], flaws)?;
    let from = fields.one("from");
    let classes = all_or_none(&mut fields, "classes");
    let documents = fields.with_or_default("documents", |value, place, flaws| {
        if value.is_null() { Some(None) } else { tier(value, place, flaws).map(Some) }
    });
    let from_day = fields.or_default("from_day");
    Some(VehicleStep { from: from?, classes: classes?, documents: documents?, from_day: from_day? })
}

/// A list that may be left out; null is its absence, as of any field that may be.
fn all_or_none<T: DeserializeOwned>(fields: &mut Fields<'_, '_>, name: &str) -> Option<Option<Vec<T>>> {
    match fields.value(name) {
        None | Some((Value::Null, _)) => Some(None),
        Some(_) => fields.all(name, read).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Flaws;

    /// One of each rule with all its fields, and of those that may leave fields out one without.
    const RULES: &str = r#"[
        { "rule": "registered-resident" },
        { "rule": "plate-origin", "admit": ["local", "other"] },
        { "rule": "vehicle-class", "admit": ["small"] },
        { "rule": "vehicle-use", "admit": ["private"] },
        { "rule": "insurance-valid" },
        { "rule": "inspection-valid" },
        { "rule": "no-other-space" },
        { "rule": "not-certified-elsewhere" },
        { "rule": "arrears-at-most", "amount": 7 },
        { "rule": "documents-in-a-tier" },
        { "rule": "permits-per-household", "at_most": 2 },
        { "rule": "one-permit-per-vehicle" },
        { "rule": "one-permit-per-resident" },
        { "rule": "door-in-community", "communities": ["east", "west"] },
        { "rule": "door-on-street", "streets": ["elm"] },
        { "rule": "door-within", "metres": 300, "streets": ["elm", "oak"] },
        { "rule": "permits-per-address", "at_most": 4 },
        { "rule": "further-vehicles", "steps": [
            { "from": 2, "classes": ["small"], "documents": "three-in-one", "from_day": 18 }, { "from": 3, "from_day": 20 },
            { "from": 4, "documents": { "agreement": { "of": ["title", "insurance"], "at_least": 1, "others": "kin" } } }
        ] },
        { "rule": "car-free-address", "doors": ["d-1"], "streets": ["ash"] },
        { "rule": "special-need", "needs": ["disability", "wounded-veteran"] },
        { "rule": "door-within", "metres": 300 },
        { "rule": "car-free-address" },
        { "rule": "special-need" }
    ]"#;

    #[test]
    fn every_rule_is_read_as_serde_reads_it_and_written_as_it_was() {
        let Ok(Value::Array(rules)) = serde_json::from_str(RULES) else { panic!("a list") };
        for value in &rules {
            let mut flaws = Flaws::collector();
            let read = rule(value, "eligibility[0]", &mut flaws);
            assert_eq!(flaws.finish(()), Ok(()), "{value}");
            assert_eq!(read, serde_json::from_value(value.clone()).ok(), "{value}");
            assert_eq!(serde_json::to_value(read).ok().as_ref(), Some(value));
        }
        for (word, required, optional) in FIELDS {
            let full = rules.iter().find(|value| value["rule"] == word).and_then(Value::as_object);
            let names = full.map(|map| map.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>());
            assert_eq!(names, Some(required.iter().chain(optional).copied().collect()), "{word}");
        }
    }
}
