//! People and rules for these tests, written as JSON.

use serde_json::{Value, json};
use shared_parking::policy::{Policy, ScoreFacts, ScoreSheet, StandingRules, presets};
use shared_parking::{Application, Season, Timestamp, Zone};

/// An application handed in at an instant, with these fields of the resident, the vehicle or the application changed.
#[track_caller]
pub fn person(id: &str, applied_at: &str, facts: Value) -> Application {
    let mut document = json!({
        "id": format!("a-{id}"), "applied_at": applied_at,
        "resident": {
            "id": id, "household": format!("h-{id}"), "door": "d", "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none"
        },
        "vehicle": {
            "id": format!("v-{id}"), "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2036-12-31", "inspected_until": "2036-12-31"
        }
    });
    for (field, value) in facts.as_object().expect("fields") {
        let part = if ["waiting_since", "shift"].contains(&field.as_str()) {
            &mut document
        } else {
            &mut document["resident"]
        };
        part[field] = value.clone();
    }
    serde_json::from_value(document).expect("an application")
}

/// The rules of a standing, checked as part of a policy in which places have an order of their own.
#[track_caller]
pub fn rules(standing: Value) -> StandingRules {
    Policy::from_json(&document(standing).to_string()).unwrap_or_else(|flaws| panic!("{flaws}")).standing
}

/// A policy with this standing.
pub fn document(standing: Value) -> Value {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document["standing"] = standing;
    document["round"] = json!({ "mechanism": { "deferred-acceptance": "single" } });
    let shift = |id: &str, from: &str, until: &str| json!({ "id": id, "from": from, "until": until });
    document["shifts"] = json!({
        "list": [
            shift("day", "09:00", "18:00"), shift("night", "18:00", "09:00"), shift("all-day", "00:00", "24:00")
        ],
        "otherwise": ["all-day"]
    });
    document
}

pub fn season() -> Season {
    Season::new("2026").expect("a season")
}

/// Nine hours before UTC all year.
pub fn zone() -> Zone {
    "Asia/Seoul".parse().expect("a zone")
}

pub fn instant(text: &str) -> Timestamp {
    text.parse().expect(text)
}

/// The sheet in a round of season 2026 with seed 1.
pub fn score(rules: &StandingRules, application: &Application, at: &str) -> ScoreSheet {
    rules.score(application, &ScoreFacts::new(&season(), 1, instant(at), &zone()))
}
