//! Applicants who are wholly eligible under every preset, but for what a step says of them.

use serde_json::{Value, json};
use shared_parking::{Timestamp, Zone};

/// The word for a fact in a step, and where an application has it.
const FACTS: [(&str, &str); 25] = [
    ("id", "/id"),
    ("applied", "/applied_at"),
    ("since", "/waiting_since"),
    ("shift", "/shift"),
    ("resident", "/resident/id"),
    ("household", "/resident/household"),
    ("door", "/resident/door"),
    ("registered", "/resident/registered"),
    ("title", "/resident/documents/title"),
    ("register", "/resident/documents/register"),
    ("licence", "/resident/documents/licence"),
    ("space", "/resident/other_space"),
    ("elsewhere", "/resident/certified_elsewhere"),
    ("arrears", "/resident/arrears"),
    ("need", "/resident/special_need"),
    ("shared-hours", "/resident/sharing/hours"),
    ("shared-days", "/resident/sharing/days"),
    ("no-driving-day", "/resident/no_driving_day"),
    ("vehicle", "/vehicle/id"),
    ("class", "/vehicle/class"),
    ("plate", "/vehicle/plate_origin"),
    ("use", "/vehicle/use"),
    ("insured", "/vehicle/insured_until"),
    ("inspected", "/vehicle/inspected_until"),
    ("ranked", "/preferences/ranked"),
];

/// What nobody's facts need, but a step may state: `excluded=k1,k2`.
const EXCLUDED: (&str, &str) = ("excluded", "/preferences/excluded");

/// An application, as a document.
pub fn sound(id: &str, name: &str, applied_at: Timestamp) -> Value {
    json!({
        "id": id, "applied_at": applied_at, "waiting_since": null, "shift": null,
        "resident": {
            "id": name, "household": format!("h-{name}"), "door": "d0", "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none",
            "sharing": { "hours": 0, "days": 0 }, "no_driving_day": false
        },
        "vehicle": vehicle(&format!("v-{name}")),
        "preferences": { "ranked": [], "excluded": [] }
    })
}

/// A vehicle, as a document.
pub fn vehicle(id: &str) -> Value {
    json!({
        "id": id, "class": "small", "plate_origin": "local", "use": "private",
        "insured_until": "2036-12-31", "inspected_until": "2036-12-31"
    })
}

/// Whether a word of a step states a fact.
pub fn is_fact(word: &str) -> bool {
    word.contains('=')
}

/// States facts, `arrears=9`, where they differ.
pub fn state(application: &mut Value, words: &[&str], zone: &Zone) {
    for word in words.iter().filter(|word| is_fact(word)) {
        let (name, said) = word.split_once('=').expect("a fact");
        let known = FACTS.iter().chain([&EXCLUDED]).find(|(own, _)| *own == name);
        let (_, place) = known.unwrap_or_else(|| panic!("{name} is no fact"));
        let value = match name {
            "ranked" | "excluded" => said.split(',').filter(|street| !street.is_empty()).collect(),
            "applied" | "since" => json!(instant(said, zone)),
            "arrears" | "shared-hours" | "shared-days" | "registered" | "elsewhere" | "no-driving-day" => {
                serde_json::from_str(said).unwrap_or_else(|_| panic!("{word}: a number, true or false"))
            }
            _ => json!(said),
        };
        *application.pointer_mut(place).expect("a place") = value;
    }
}

/// `2026-03-01` (its midnight), `2026-03-01T09:00`, on the policy's clock; `max`: the end of time.
pub fn instant(text: &str, zone: &Zone) -> Timestamp {
    match text.split_once('T') {
        _ if text == "max" => Timestamp::MAX,
        Some(_) => zone.parse_local(&format!("{text}:00")).unwrap_or_else(|flaws| panic!("{flaws}")),
        None => zone.parse_local(&format!("{text}T00:00:00")).unwrap_or_else(|flaws| panic!("{flaws}")),
    }
}
