//! A town of streets end to end along one line, drawn in metres, where every walk is plain arithmetic; and a host that
//! reads what happens from a table.

use super::ground::{self, Part};
use shared_parking::district::Answer;
use shared_parking::policy::presets;
use shared_parking::{
    Action, Application, Command, District, Event, Inventory, Journal, PermitId, Policy, Season, Timestamp, audit,
};
use std::collections::BTreeMap;

/// How long each street is, in metres: `k0` from 0 to 500, `k1` from 500 to 1,000, and so on.
const STREET: u32 = 500;
const STREETS: u32 = 4;

/// A town of these streets.
pub fn inventory(stretches: &[(u32, u32)], doors: &[u32]) -> Inventory {
    let part = |number| Part {
        id: format!("k{number}"),
        name: format!("Street {number}"),
        from: number * STREET,
        to: (number + 1) * STREET,
    };
    let parts: Vec<Part> = (0..STREETS).map(part).collect();
    ground::inventory(&parts, stretches, doors)
}

/// The rules of Xicheng 2022 with a queue by whole days waited, and this way of holding rounds.
pub fn policy(limit: u32, round: serde_json::Value, points: Option<serde_json::Value>) -> Policy {
    let mut policy = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    policy["permits"]["walk_limit_m"] = limit.into();
    let steps: Vec<_> = (0..1_000).map(|days| serde_json::json!({ "days": days, "points": days })).collect();
    let mut rules = vec![serde_json::json!({ "for": "waiting", "steps": steps })];
    rules.extend(points);
    policy["standing"] = serde_json::json!({ "tiers": ["anyone"], "points": rules });
    policy["round"] = round;
    Policy::from_json(&policy.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// The same rules with parts of the document added or replaced.
pub fn policy_with(limit: u32, round: serde_json::Value, parts: &serde_json::Value) -> Policy {
    let mut document = serde_json::to_value(policy(limit, round, None)).expect("a document");
    for (part, value) in parts.as_object().expect("an object") {
        document[part] = value.clone();
    }
    Policy::from_json(&document.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// A host with a journal, who knows people by short names.
pub struct World {
    pub journal: Journal,
    /// The application that each name handed in last.
    applications: BTreeMap<String, String>,
    start: Timestamp,
}

impl World {
    pub fn new(limit: u32, stretches: &[(u32, u32)], doors: &[u32], round: serde_json::Value) -> Self {
        Self::with_points(limit, stretches, doors, round, None)
    }

    pub fn with_points(
        limit: u32,
        stretches: &[(u32, u32)],
        doors: &[u32],
        round: serde_json::Value,
        points: Option<serde_json::Value>,
    ) -> Self {
        Self::under(policy(limit, round, points), stretches, doors)
    }

    /// A world under these rules.
    pub fn under(policy: Policy, stretches: &[(u32, u32)], doors: &[u32]) -> Self {
        let district = District::new(inventory(stretches, doors), policy).unwrap_or_else(|flaws| panic!("{flaws}"));
        let start = "2026-03-01T00:00:00+08:00".parse().expect("an instant");
        Self { journal: Journal::new(district), applications: BTreeMap::new(), start }
    }

    pub fn district(&self) -> &District {
        self.journal.district()
    }

    /// Reads `hour | what | answer` line by line, and holds every answer to the one expected.
    ///
    /// - `apply ann 50 [ranked k1 k0] [excluded k2] [shift night] [need disability]`: from the door at 50 m, handed in
    ///   at that hour
    /// - `round r1`: everybody's answer by position, `ann s0` or `bob 302`
    /// - `accept ann`, `decline ann`, `close r1`, `withdraw ann`, `return ann`, `fill r1`: `ok`, the number of a refusal,
    ///   or who goes where
    #[track_caller]
    pub fn play(&mut self, table: &str) {
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [hour, what, expected] = cells.as_slice() else { panic!("three columns: {line}") };
            assert_eq!(self.tell(hour.parse().expect("an hour"), what), *expected, "{line}");
        }
        if let Err(findings) = audit::check_journal(&self.journal) {
            panic!("the audit found {findings:?}");
        }
        assert_eq!(self.journal.replay().digest().ok(), self.district().digest().ok());
        let read = Journal::from_jsonl(&self.journal.to_jsonl().expect("text")).expect("a journal");
        assert_eq!(read, self.journal);
    }

    /// One step at an hour, and its answer.
    pub fn tell(&mut self, hour: i64, what: &str) -> String {
        let words: Vec<&str> = what.split_whitespace().collect();
        self.step(self.start.plus_seconds(hour * 3_600), &words)
    }

    fn step(&mut self, at: Timestamp, words: &[&str]) -> String {
        let action = match words {
            ["apply", name, door, wishes @ ..] => {
                let id = format!("{name}-{}", self.journal.entries().len());
                let application = application(&id, name, door, at, wishes);
                let outcome = self.send(at, Action::Apply(application));
                if outcome == "ok" {
                    self.applications.insert((*name).to_owned(), id);
                }
                return outcome;
            }
            ["round", season] => Action::HoldRound { season: Season::new(season).expect("a season"), seed: 1 },
            ["close", season] => Action::CloseOffers(Season::new(season).expect("a season")),
            ["fill", season] => Action::FillVacancies(Season::new(season).expect("a season")),
            ["return", name] => Action::GiveBack(self.offer(name)),
            ["accept", name] => Action::AcceptOffer(self.offer(name)),
            ["decline", name] => Action::DeclineOffer(self.offer(name)),
            ["withdraw", name] => Action::Withdraw(self.applications[*name].parse().expect("an id")),
            other => panic!("{other:?} is no step"),
        };
        self.send(at, action)
    }

    /// The permit or offer that somebody has now; a word that is no permit when there is none.
    fn offer(&self, name: &str) -> PermitId {
        let own = self.district().permits().filter(|permit| permit.resident.as_str() == name).last();
        own.map_or_else(|| "none".parse().expect("an id"), |permit| permit.id.clone())
    }

    fn send(&mut self, at: Timestamp, action: Action) -> String {
        let id = format!("c-{}", self.journal.entries().len()).parse().expect("an id");
        let answer = self.journal.execute(Command { id, at, action }).map(<[Event]>::to_vec);
        match answer {
            Err(refusal) => refusal.number().to_string(),
            Ok(events) => match events.as_slice() {
                [Event::RoundHeld(round)] => self.told(&round.season),
                [Event::SpacesPassedOn(passing)] => {
                    let told = passing.passed.iter().map(|passed| {
                        let from = passed.from.as_ref().map_or(String::new(), |from| format!("{from}>"));
                        format!("{} {from}{}", passed.permit.resident, passed.permit.stretch)
                    });
                    told.collect::<Vec<_>>().join(", ")
                }
                _ => "ok".to_owned(),
            },
        }
    }

    fn told(&self, season: &Season) -> String {
        let round = self.district().rounds().iter().find(|round| round.season == *season).expect("a round");
        let mut told: Vec<(u32, String)> = Vec::new();
        for outcome in &round.outcomes {
            let application = self.district().application(&outcome.application).expect("an application");
            let name = &application.application.resident.id;
            told.push(match &outcome.answer {
                Answer::Seated { position, permit, .. } => {
                    let shift = permit.shift.as_ref().map_or(String::new(), |shift| format!(" {shift}"));
                    (*position, format!("{name} {}{shift}", permit.stretch))
                }
                Answer::LeftOut { position, refusal, .. } => (*position, format!("{name} {}", refusal.number())),
                Answer::NotEligible { reasons } => (u32::MAX, format!("{name} {}", reasons[0].refusal.number())),
            });
        }
        told.sort();
        told.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ")
    }

    /// What the answer to somebody's last application is, in words.
    pub fn story(&self, name: &str) -> String {
        let id = self.applications[name].parse().expect("an id");
        audit::explain(self.district(), &id).expect("an answer").to_string()
    }
}

fn application(id: &str, name: &str, door: &str, applied_at: Timestamp, wishes: &[&str]) -> Application {
    let part = |word: &str| -> Vec<&str> {
        let after = wishes.iter().skip_while(|own| **own != word).skip(1);
        after.take_while(|own| !["ranked", "excluded", "shift", "need"].contains(own)).copied().collect()
    };
    serde_json::from_value(serde_json::json!({
        "shift": part("shift").first(),
        "id": id, "applied_at": applied_at,
        "resident": {
            "id": name, "household": format!("h-{name}"), "door": format!("d{door}"), "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0,
            "special_need": part("need").first().unwrap_or(&"none")
        },
        "vehicle": {
            "id": format!("v-{name}"), "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2030-12-31", "inspected_until": "2030-12-31"
        },
        "preferences": { "ranked": part("ranked"), "excluded": part("excluded") }
    }))
    .expect("an application")
}
