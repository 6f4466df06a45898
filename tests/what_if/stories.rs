//! Cases with what is told of them, in words.

use super::case::{Case, sound};
use super::town;
use shared_parking::policy::{Claims, WhatIf, presets};

/// The rules, what is wrong, and what would do: for each reason a line, and what would do for all.
const STORIES: &str = r#"
{"rule": "documents-in-a-tier"} | /resident/documents/title="other" /resident/documents/licence="other" | 210 documents-disagree: title: applicant instead of other
{"rule": "documents-in-a-tier"} | /resident/documents/title="other" /resident/documents/licence="child" /resident/documents/register="absent" | 210 documents-disagree: title: applicant instead of other; register: applicant instead of absent
{"rule": "documents-in-a-tier"} | /resident/documents/register="absent" | 210 documents-disagree: register: applicant instead of absent
{"rule": "arrears-at-most", "amount": 100} | /resident/arrears=101 | 209 arrears-outstanding: arrears: at most 100 minor units instead of 101
{"rule": "insurance-valid"} | /vehicle/insured_until="2026-02-28" | 205 insurance-lapsed: insurance: valid until 2026-03-01 or longer instead of 2026-02-28
{"rule": "permits-per-household", "at_most": 1} | claims=3 | 211 household-certified: earlier claims of the household: at most 0 instead of 3
{"rule": "permits-per-address", "at_most": 4} | door_claims=4 | 217 address-full: earlier claims at the door: at most 3 instead of 4
{"rule": "door-on-street", "streets": ["oak", "ash"]} | | 215 off-the-streets: residence door: another, such as oak, instead of near
{"rule": "door-within", "metres": 300} | /resident/door="edge" | 216 too-far-away: residence door: another, such as near, instead of edge
{"rule": "door-within", "metres": 300, "streets": ["ash"]} | | 216 too-far-away: no fact would do
{"rule": "door-on-street", "streets": ["elm"]}, {"rule": "car-free-address", "doors": ["near"]} | | 219 car-free-address: residence door: another, such as edge, instead of near
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["motorcycle"]}]} | claims=1 | 218 further-vehicle: class of the vehicle: motorcycle instead of small
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["motorcycle"]}]}, {"rule": "vehicle-class", "admit": ["small", "large"]} | claims=1 | 218 further-vehicle: earlier claims of the household: at most 0 instead of 1
{"rule": "further-vehicles", "steps": [{"from": 2, "classes": ["motorcycle"], "from_day": 9}]} | claims=1 | 218 further-vehicle: earlier claims of the household: at most 0 instead of 1
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]} | claims=1 | 218 further-vehicle: day of the decision: 2026-03-18 instead of 2026-03-01
{"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]}, {"rule": "insurance-valid"} | claims=1 /vehicle/insured_until="2026-03-17" | 218 further-vehicle: earlier claims of the household: at most 0 instead of 1
{"rule": "permits-per-household", "at_most": 2}, {"rule": "further-vehicles", "steps": [{"from": 2, "from_day": 18}]} | claims=2 | 211 household-certified: earlier claims of the household: at most 1 instead of 2 | 218 further-vehicle: day of the decision: 2026-03-18 instead of 2026-03-01 | all: earlier claims of the household: at most 0 instead of 2
{"rule": "further-vehicles", "steps": [{"from": 2, "documents": {"agreement": {"of": ["title", "insurance"], "at_least": 1, "others": "kin"}}, "classes": ["small"]}]} | claims=1 | 218 further-vehicle: name on the insurance: applicant instead of absent
{"rule": "special-need"} | | 220 no-special-need: special need: disability instead of none
{"rule": "special-need", "needs": ["wounded-veteran"]} | /resident/special_need="disability" | 220 no-special-need: special need: wounded-veteran instead of disability
{"rule": "special-need", "needs": ["wounded-veteran", "disability"]}, {"rule": "arrears-at-most", "amount": 0} | /resident/arrears=1 | 209 arrears-outstanding: arrears: at most 0 minor units instead of 1 | 220 no-special-need: special need: disability instead of none | all: arrears: at most 0 minor units instead of 1; special need: disability instead of none
{"rule": "vehicle-use", "admit": ["goods", "commercial"]}, {"rule": "plate-origin", "admit": ["other"]} | | 202 plate-not-local: plate origin: other instead of local | 204 not-private-use: use of the vehicle: commercial instead of private | all: plate origin: other instead of local; use of the vehicle: commercial instead of private
"#;

#[test]
fn stories_in_words() {
    let town = town::inventory();
    let mut rows = 0;
    for row in STORIES.lines().filter(|row| !row.is_empty()) {
        let mut cells = row.split('|').map(str::trim);
        let (rules, changes) = (cells.next().expect("rules"), cells.next().expect("changes"));
        let mut policy = presets::xicheng_2022();
        policy.eligibility = serde_json::from_str(&format!("[{rules}]")).expect(rules);
        let (mut document, mut claims) = (sound(), Claims::default());
        for change in changes.split_whitespace() {
            match change.split_once('=').expect("field=value") {
                ("claims", number) => claims.household = number.parse().expect("a number"),
                ("door_claims", number) => claims.door = number.parse().expect("a number"),
                (path, value) => *document.pointer_mut(path).expect(path) = serde_json::from_str(value).expect(value),
            }
        }
        let application = serde_json::from_value(document).expect("an application");
        let case = Case { application, today: "2026-03-01".parse().expect("a date"), claims };
        let circumstances = case.circumstances(&policy, &town);
        let found = policy.what_if(&case.application, &circumstances);
        let mut told: Vec<String> = found.iter().map(ToString::to_string).collect();
        let all = policy.what_if_all(&case.application, &circumstances);
        if found.len() > 1 {
            let all: Vec<String> = all.expect("a way").iter().map(ToString::to_string).collect();
            told.push(format!("all: {}", all.join("; ")));
        } else {
            assert_eq!(all.unwrap_or_default(), found[0].changes, "{row}");
        }
        assert_eq!(told, cells.collect::<Vec<_>>(), "{row}");
        // What is told is data too.
        let text = serde_json::to_string(&found).expect("text");
        assert_eq!(serde_json::from_str::<Vec<WhatIf>>(&text).expect("the same"), found);
        rows += 1;
    }
    assert_eq!(rows, 22);
}
