//! A host that reads what happens from a table, as `World` does, and knows complaints, appeals and vacancies too.

use super::world::{World, policy_with};
use serde_json::{Value, json};
use shared_parking::district::{Complaint, NewAnswer, Passing};
use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::{
    Action, Application, ApplicationId, Command, District, Event, Journal, PermitId, Season, Stay, Timestamp, Window,
    audit,
};
use std::collections::BTreeMap;

pub struct Town {
    pub world: World,
    /// The application that each name handed in last.
    applications: BTreeMap<String, ApplicationId>,
    start: Timestamp,
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

impl Town {
    pub fn new(stretches: &[(u32, u32)], doors: &[u32], round: Value, points: Option<Value>) -> Self {
        Self::at(World::with_points(300, stretches, doors, round, points))
    }

    /// A town under rules with parts added or replaced.
    pub fn under(stretches: &[(u32, u32)], doors: &[u32], round: Value, parts: &Value) -> Self {
        Self::at(World::under(policy_with(300, round, parts), stretches, doors))
    }

    fn at(world: World) -> Self {
        let start = "2026-03-01T00:00:00+08:00".parse().expect("an instant");
        Self { world, applications: BTreeMap::new(), start }
    }

    pub fn district(&self) -> &District {
        self.world.district()
    }

    /// Reads `hour | what | answer` line by line, and holds every answer to the one expected. Beside what `World` reads
    /// (`round`, `close`, `accept`, `decline`):
    ///
    /// - `apply ann 50 [arrears=9 …]`: from the door at 50 m, with facts that differ; `withdraw ann`
    /// - `papers ann`: asked for; `amend ann arrears=9 …`: come, with facts that differ; `giveback ann`: the permit
    /// - `complain g1 ann space s0 other`, `… stay st1 other`, `… decision r1 bob hidden-score`
    /// - `assign g1 o1`, `answer g1 resolved`, `rate g1 ann yes`
    /// - `appeal p1 r1 ann wrong-fact`, `dismiss p1 facts-confirmed`, `uphold p1 rule other-space`,
    ///   `uphold p1 fact ann arrears=0`: `after 2 no 5`, or `not 207`, and who goes where
    /// - `fill r1`: who goes where; `stay st1 s0`: an hour on a stretch, billed
    #[track_caller]
    pub fn play(&mut self, table: &str) {
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [hour, what, expected] = cells.as_slice() else { panic!("three columns: {line}") };
            assert_eq!(self.tell(hour.parse().expect("an hour"), what), *expected, "{line}");
        }
        if let Err(findings) = audit::check_journal(&self.world.journal) {
            panic!("the audit found {findings:?}");
        }
        assert_eq!(self.world.journal.replay(), *self.district());
        let read = Journal::from_jsonl(&self.world.journal.to_jsonl().expect("text")).expect("a journal");
        assert_eq!(read, self.world.journal);
    }

    pub fn tell(&mut self, hour: i64, what: &str) -> String {
        let words: Vec<&str> = what.split_whitespace().collect();
        let at = self.start.plus_seconds(hour * 3_600);
        let action = match words.as_slice() {
            ["apply", name, door, facts @ ..] => {
                let id = format!("{name}-{}", self.world.journal.entries().len());
                let application = with(application(&id, name, door, at), facts);
                let own = application.id.clone();
                let told = self.send(at, Action::Apply(application));
                if told == "ok" {
                    self.applications.insert((*name).to_owned(), own);
                }
                return told;
            }
            ["amend", name, facts @ ..] => Action::Amend(with(self.known(name), facts)),
            ["papers", name] => {
                let missing = vec!["title".parse().expect("a word")];
                Action::RequestPapers { application: self.application(name), missing }
            }
            ["giveback", name] => Action::GiveBack(self.permit(name)),
            ["withdraw", name] => Action::Withdraw(self.applications[*name].clone()),
            ["fill", season] => Action::FillVacancies(Season::new(season).expect("a season")),
            ["stay", id, stretch] => Action::BillStay(Stay {
                id: id.parse().expect("an id"),
                stretch: stretch.parse().expect("an id"),
                window: Window::new(at.plus_seconds(-3_600), at).expect("a window"),
                vehicle: "v".parse().expect("an id"),
                class: VehicleClass::Small,
                special_need: SpecialNeed::None,
                permit: None,
            }),
            [verb @ ("round" | "close" | "accept" | "decline"), _] => {
                let _ = verb;
                return self.world.tell(hour, what);
            }
            words => self.grievance(words),
        };
        self.send(at, action)
    }

    fn grievance(&self, words: &[&str]) -> Action {
        match words {
            ["complain", id, by, about @ .., kind] => {
                let about = match about {
                    ["space", stretch] => json!({ "space": { "stretch": stretch } }),
                    ["stay", stay] => json!({ "stay": stay }),
                    ["decision", season, name] => {
                        json!({ "decision": { "season": season, "application": self.application(name) } })
                    }
                    other => panic!("{other:?} is nothing to complain about"),
                };
                let complaint: Complaint = read(json!({ "id": id, "by": by, "about": about, "kind": kind }));
                Action::Complain(complaint)
            }
            ["assign", id, officer] => Action::AssignComplaint {
                complaint: id.parse().expect("an id"),
                officer: officer.parse().expect("an id"),
            },
            ["answer", id, outcome] => {
                Action::AnswerComplaint { complaint: id.parse().expect("an id"), outcome: read(json!(outcome)) }
            }
            ["rate", id, by, satisfied] => Action::RateAnswer {
                complaint: id.parse().expect("an id"),
                by: by.parse().expect("an id"),
                satisfied: *satisfied == "yes",
            },
            ["appeal", id, season, name, ground] => Action::Appeal(read(json!({
                "id": id, "season": season, "application": self.application(name), "ground": ground
            }))),
            [verb @ ("dismiss" | "uphold"), id, rest @ ..] => {
                let finding = match (*verb, rest) {
                    ("dismiss", [ground]) => json!({ "dismissed": { "ground": ground } }),
                    ("uphold", ["rule", rule]) => json!({ "upheld": { "corrected": { "rule": rule } } }),
                    ("uphold", ["fact", name, facts @ ..]) => {
                        let known = self.known(name);
                        json!({ "upheld": { "corrected": { "fact": with(known, facts) } } })
                    }
                    other => panic!("{other:?} is no finding"),
                };
                let officer = "o-9".parse().expect("an id");
                Action::ResolveAppeal { appeal: id.parse().expect("an id"), officer, finding: read(finding) }
            }
            other => panic!("{other:?} is no step"),
        }
    }

    /// What is known of somebody's last application.
    fn known(&self, name: &str) -> Application {
        self.district().application(&self.application(name)).expect("an application").application.clone()
    }

    /// The application that somebody handed in last; a word that is none when there is none.
    pub fn application(&self, name: &str) -> ApplicationId {
        self.applications.get(name).cloned().unwrap_or_else(|| "nobody's".parse().expect("an id"))
    }

    /// The permit somebody has or had last; a word that is no permit when there is none.
    fn permit(&self, name: &str) -> PermitId {
        let own = self.district().permits().filter(|permit| permit.resident.as_str() == name).last();
        own.map_or_else(|| "none".parse().expect("an id"), |permit| permit.id.clone())
    }

    fn send(&mut self, at: Timestamp, action: Action) -> String {
        let id = format!("c-{}", self.world.journal.entries().len()).parse().expect("an id");
        let before = self.district().digest().expect("a digest");
        match self.world.journal.execute(Command { id, at, action }).map(<[Event]>::to_vec) {
            Err(refusal) => {
                assert_eq!(self.district().digest().expect("a digest"), before, "a refused command changes nothing");
                refusal.number().to_string()
            }
            Ok(events) => match events.as_slice() {
                [Event::SpacesPassedOn(passing)] => told(passing),
                [Event::AppealResolved { resolution, passing, .. }] => {
                    let answer = match resolution.reopened.as_ref().map(|again| &again.answer) {
                        None => "ok".to_owned(),
                        Some(NewAnswer::InLine { after, number, .. }) => format!("after {after} no {number}"),
                        Some(NewAnswer::NotEligible { reasons }) => format!("not {}", reasons[0].refusal.number()),
                    };
                    let passed = passing.as_ref().map(|passing| format!(": {}", told(passing)));
                    answer + &passed.unwrap_or_default()
                }
                _ => "ok".to_owned(),
            },
        }
    }
}

fn told(passing: &Passing) -> String {
    let told = passing.passed.iter().map(|passed| {
        let from = passed.from.as_ref().map_or(String::new(), |from| format!("{from}>"));
        format!("{} {from}{}", passed.permit.resident, passed.permit.stretch)
    });
    told.collect::<Vec<_>>().join(", ")
}

/// An application with other facts, `arrears=9` or `household=h-ann`.
fn with(application: Application, facts: &[&str]) -> Application {
    let mut document = serde_json::to_value(application).expect("a document");
    for fact in facts {
        let (name, value) = fact.split_once('=').expect("name=value");
        let (part, name, value) = match name {
            "arrears" => ("resident", "arrears", json!(value.parse::<i64>().expect("an amount"))),
            "space" => ("resident", "other_space", json!(value)),
            "need" => ("resident", "special_need", json!(value)),
            "household" => ("resident", "household", json!(value)),
            "resident" => ("resident", "id", json!(value)),
            "door" => ("resident", "door", json!(value)),
            "insured" => ("vehicle", "insured_until", json!(value)),
            "vehicle" => ("vehicle", "id", json!(value)),
            "shift" => {
                document["shift"] = json!(value);
                continue;
            }
            "ranked" => ("preferences", "ranked", value.split(',').collect()),
            other => panic!("{other} is no fact"),
        };
        document[part][name] = value;
    }
    read(document)
}

fn application(id: &str, name: &str, door: &str, applied_at: Timestamp) -> Application {
    read(json!({
        "id": id, "applied_at": applied_at,
        "resident": {
            "id": name, "household": format!("h-{name}"), "door": format!("d{door}"), "registered": true,
            "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0, "special_need": "none"
        },
        "vehicle": {
            "id": format!("v-{name}"), "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2030-12-31", "inspected_until": "2030-12-31"
        }
    }))
}
