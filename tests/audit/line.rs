//! A town of one straight street, drawn in metres, where every walk is plain arithmetic and the queue is the order of
//! the rows.

use super::ground::{self, Part};
use shared_parking::policy::presets;
use shared_parking::{Action, Application, Command, District, Inventory, Journal, Policy, Season, Timestamp};

/// Where the street ends, in metres from where it starts.
const END: u32 = 2_900;

/// One street from 0 to 2,900 m, with stretches and doors right on it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The walking limit in metres.
    pub limit: u32,
    /// Where each stretch has its middle, and how many spaces it has: `s0`, `s1`, … in order.
    pub stretches: Vec<(u32, u32)>,
    /// For each round its applicants, best first, by their doors: `a0`, `a1`, … in order, on through the rounds.
    pub rounds: Vec<Vec<u32>>,
}

impl Line {
    fn inventory(&self) -> Inventory {
        let street = Part { id: "main".into(), name: "Main Street".into(), from: 0, to: END };
        let mut doors: Vec<u32> = self.rounds.concat();
        doors.sort_unstable();
        doors.dedup();
        ground::inventory(&[street], &self.stretches, &doors)
    }

    /// The rules of Xicheng 2022, with this limit and a queue by the days that somebody has waited.
    fn policy(&self) -> Policy {
        let mut policy = serde_json::to_value(presets::xicheng_2022()).expect("a document");
        policy["permits"]["walk_limit_m"] = self.limit.into();
        let steps: Vec<_> = (0..100).map(|days| serde_json::json!({ "days": days, "points": days })).collect();
        policy["standing"] =
            serde_json::json!({ "tiers": ["anyone"], "points": [{ "for": "waiting", "steps": steps }] });
        serde_json::from_value(policy).expect("a policy")
    }

    /// The district after its rounds, each held a day after the one before.
    pub fn held(&self) -> District {
        let mut journal = Journal::new(District::new(self.inventory(), self.policy()).expect("a sound policy"));
        let start: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
        let mut number = 0;
        for (round, doors) in self.rounds.iter().enumerate() {
            let day = i64::try_from(round).expect("few rounds");
            let at = start.plus_seconds(day * 86_400);
            let mut actions = Vec::new();
            for door in doors {
                let applied_at = start.plus_seconds((i64::from(number) - 90) * 86_400);
                actions.push(Action::Apply(application(number, *door, applied_at)));
                number += 1;
            }
            let season = Season::new(&format!("season {round}")).expect("a season");
            actions.push(Action::HoldRound { season, seed: 1 });
            for action in actions {
                let id = format!("c-{}", journal.entries().len()).parse().expect("an id");
                journal.execute(Command { id, at, action }).expect("no refusal");
            }
        }
        journal.district().clone()
    }
}

fn application(number: u32, door: u32, applied_at: Timestamp) -> Application {
    serde_json::from_value(serde_json::json!({
        "id": format!("a{number}"), "applied_at": applied_at,
        "resident": {
            "id": format!("r{number}"), "household": format!("h{number}"), "door": format!("d{door}"),
            "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none"
        },
        "vehicle": {
            "id": format!("v{number}"), "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2026-12-31", "inspected_until": "2026-12-31"
        }
    }))
    .expect("an application")
}
