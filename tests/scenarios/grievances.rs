//! Complaints and appeals as commands.
//!
//! - `complain g1 ann space s0 other`, `… stay st1 other`, `… decision r1 bob hidden-score`
//! - `assign g1 o1`, `reply g1 resolved`, `rate g1 ann yes`
//! - `appeal p1 r1 ann wrong-fact`, `dismiss p1 settled`, `uphold p1 rule other-space`, `uphold p1 fact ann arrears=0`

use super::host::Host;
use super::steps::{full, read, season};
use serde_json::json;
use shared_parking::Action;

pub fn action(host: &Host, words: &[&str]) -> Action {
    match words {
        ["complain", id, by, about @ .., kind] => {
            let about = match about {
                ["space", stretch] => json!({ "space": { "stretch": stretch } }),
                ["stay", stay] => json!({ "stay": stay }),
                ["decision", season, name] => {
                    json!({ "decision": { "season": season, "application": host.application(name) } })
                }
                other => panic!("{other:?} is nothing to complain about"),
            };
            Action::Complain(read(json!({ "id": id, "by": by, "about": about, "kind": kind })))
        }
        ["assign", id, officer] => {
            Action::AssignComplaint { complaint: read(json!(id)), officer: read(json!(officer)) }
        }
        ["reply", id, outcome] => Action::AnswerComplaint { complaint: read(json!(id)), outcome: read(json!(outcome)) },
        ["rate", id, by, satisfied] => {
            Action::RateAnswer { complaint: read(json!(id)), by: read(json!(by)), satisfied: *satisfied == "yes" }
        }
        ["appeal", id, round, name, ground] => Action::Appeal(read(json!({
            "id": id, "season": season(round), "application": host.application(name), "ground": ground
        }))),
        ["dismiss", id, ground] => resolve(id, json!({ "dismissed": { "ground": ground } })),
        ["uphold", id, "rule", rule] => resolve(id, json!({ "upheld": { "corrected": { "rule": rule } } })),
        ["uphold", id, "fact", name, facts @ ..] => {
            let known = host.district().application(&host.application(name)).expect("an application");
            let fact =
                if facts.is_empty() { known.application.clone() } else { host.facts(facts, full(&known.application)) };
            resolve(id, json!({ "upheld": { "corrected": { "fact": fact } } }))
        }
        other => panic!("{other:?} is no step"),
    }
}

fn resolve(id: &str, finding: serde_json::Value) -> Action {
    Action::ResolveAppeal { appeal: read(json!(id)), officer: read(json!("o-9")), finding: read(finding) }
}
