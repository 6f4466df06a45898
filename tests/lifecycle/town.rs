//! A host with a journal who reads what happens from a table, and holds every state to the naive observer's.

use super::model::Model;
use super::table::told;
use super::world::{inventory, policy_with};
use serde_json::{Value, json};
use shared_parking::district::{Answer, State, Step, next};
use shared_parking::{
    Action, Application, ApplicationId, Command, District, Event, Journal, Permit, PermitId, Policy, Season, Timestamp,
    audit,
};
use std::collections::BTreeMap;

pub struct Town {
    pub journal: Journal,
    pub model: Model,
    /// The application that each name handed in last.
    pub applications: BTreeMap<String, ApplicationId>,
    /// Every refusal met, by its number.
    pub refused: std::collections::BTreeSet<u16>,
    start: Timestamp,
}

/// `key=value` among the words, if it is there.
fn said<'w>(words: &[&'w str], key: &str) -> Option<&'w str> {
    words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
}

impl Town {
    pub fn new(limit: u32, stretches: &[(u32, u32)], doors: &[u32], round: Value, life: &Value) -> Self {
        Self::under(policy_with(limit, round, &json!({ "life": life })), stretches, doors)
    }

    /// A town under these rules.
    pub fn under(policy: Policy, stretches: &[(u32, u32)], doors: &[u32]) -> Self {
        let district = District::new(inventory(stretches, doors), policy).expect("a sound policy");
        let start = "2026-03-01T00:00:00+08:00".parse().expect("an instant");
        let (applications, refused) = (BTreeMap::new(), std::collections::BTreeSet::new());
        Self { journal: Journal::new(district), model: Model::new(), applications, refused, start }
    }

    pub fn district(&self) -> &District {
        self.journal.district()
    }

    pub fn hour(&self, hour: i64) -> Timestamp {
        self.start.plus_seconds(hour * 3_600)
    }

    /// Reads `hour | what | answer` line by line, and holds every answer to the one expected. The answer to a step of
    /// somebody is the state it leads to, or the number of a refusal; to a round or a passing, who goes where. Facts that
    /// differ from a sound resident's are told as `key=value`.
    #[track_caller]
    pub fn play(&mut self, table: &str) {
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [hour, what, expected] = cells.as_slice() else { panic!("three columns: {line}") };
            assert_eq!(self.tell(hour.parse().expect("an hour"), what), *expected, "{line}");
        }
        self.is_in_order();
    }

    /// The audit agrees, a replay gives the same district, and so does its text.
    #[track_caller]
    pub fn is_in_order(&self) {
        if let Err(findings) = audit::check_journal(&self.journal) {
            panic!("the audit found {findings:?}");
        }
        assert_eq!(self.journal.replay().digest().ok(), self.district().digest().ok());
        let read = Journal::from_jsonl(&self.journal.to_jsonl().expect("text")).expect("a journal");
        assert_eq!(read, self.journal);
        let text = serde_json::to_string(self.district()).expect("text");
        assert_eq!(serde_json::from_str::<District>(&text).expect("a district"), *self.district());
    }

    /// One step at an hour, and its answer.
    pub fn tell(&mut self, hour: i64, what: &str) -> String {
        let (at, words) = (self.hour(hour), what.split_whitespace().collect::<Vec<_>>());
        match words[..] {
            ["state", name] => self.state(name, at),
            ["table", state, step] => self.look_up(state, step),
            _ => self.send(at, self.action(at, &words), words[1]),
        }
    }

    fn look_up(&mut self, state: &str, step: &str) -> String {
        let state = State::ALL.iter().find(|own| own.word() == state).expect("a state");
        let step = Step::ALL.iter().find(|own| own.word() == step).expect("a step");
        let answer = next(*state, *step);
        self.refused.extend(answer.err().map(|no| no.number()));
        told(answer)
    }

    fn state(&self, name: &str, at: Timestamp) -> String {
        let state = self.applications.get(name).and_then(|id| self.district().state(id, at));
        state.map_or_else(|| "none".to_owned(), |state| state.to_string())
    }

    pub fn action(&self, at: Timestamp, words: &[&str]) -> Action {
        let word = |at: usize| words.get(at).copied().unwrap_or_default().parse().expect("a word");
        let permit = || self.permit_id(words[1]);
        let known = || self.applications.get(words[1]).cloned().unwrap_or_else(|| "nobody".parse().expect("an id"));
        match words[0] {
            "apply" => {
                let id = format!("{}-{}", words[1], self.journal.entries().len()).parse().expect("an id");
                Action::Apply(self.facts(id, at, words))
            }
            "amend" => {
                let applied_at = self.district().application(&known()).map_or(at, |own| own.application.applied_at);
                Action::Amend(self.facts(known(), applied_at, words))
            }
            "ask" => {
                let missing = words[2..].iter().map(|paper| paper.parse().expect("a word")).collect();
                Action::RequestPapers { application: known(), missing }
            }
            "withdraw" => Action::Withdraw(known()),
            "round" => Action::HoldRound { season: Season::new(words[1]).expect("a season"), seed: 1 },
            "close" => Action::CloseOffers(Season::new(words[1]).expect("a season")),
            "accept" => Action::AcceptOffer(permit()),
            "decline" => Action::DeclineOffer(permit()),
            "suspend" => Action::Suspend { permit: permit(), reason: word(2) },
            "reinstate" => Action::Reinstate(permit()),
            "revoke" => Action::Revoke { permit: permit(), reason: word(2) },
            "return" => Action::GiveBack(permit()),
            "vehicle" => {
                let facts = self.facts(known(), at, &[&["", words[1], "0"], &words[2..]].concat());
                Action::ChangeVehicle { permit: permit(), vehicle: facts.vehicle }
            }
            "moved" => Action::Moved { permit: permit(), door: format!("d{}", words[2]).parse().expect("an id") },
            "died" => {
                Action::Died { permit: permit(), heir: words.get(2).map(|heir| self.heir(words[1], heir, words)) }
            }
            "sold" => Action::VehicleSold(permit()),
            "lapsed" => Action::CloseLapsed(permit()),
            "stay" => self.stay(words),
            other => panic!("{other:?} is no step"),
        }
    }

    fn heir(&self, name: &str, heir: &str, words: &[&str]) -> shared_parking::Resident {
        let held = self.permit(name);
        let household = held.map_or_else(String::new, |held| held.household.to_string());
        let mut facts =
            self.facts("x".parse().expect("an id"), self.start, &[&["", heir, "0"], words].concat()).resident;
        if said(words, "household").is_none() {
            facts.household = household.parse().unwrap_or(facts.household);
        }
        if let Some(held) = held.filter(|_| said(words, "door").is_none()) {
            facts.door = held.door.clone();
        }
        facts
    }

    /// `stay NAME FROM TO VEHICLE [class=…]`, in hours.
    fn stay(&self, words: &[&str]) -> Action {
        let hour = |at: usize| self.hour(words[at].parse().expect("an hour"));
        let stretch = self.permit(words[1]).map_or_else(|| "s0".to_owned(), |held| held.stretch.to_string());
        let stay = json!({
            "id": format!("stay-{}", self.journal.entries().len()), "stretch": stretch,
            "window": { "start": hour(2), "end": hour(3) }, "vehicle": words[4],
            "class": said(words, "class").unwrap_or("small"), "special_need": "none",
            "permit": self.permit_id(words[1]),
        });
        Action::BillStay(serde_json::from_value(stay).expect("a stay"))
    }

    /// `WHAT NAME DOOR [key=value …]`
    fn facts(&self, id: ApplicationId, applied_at: Timestamp, words: &[&str]) -> Application {
        let name = words[1];
        let or = |key: &str, otherwise: &str| said(words, key).map_or_else(|| otherwise.to_owned(), str::to_owned);
        let at = |key: &str| said(words, key).map(|hour| self.hour(hour.parse().expect("an hour")));
        let part = |key: &str| said(words, key).map_or_else(Vec::new, |list| list.split(',').collect());
        let mut facts = json!({
            "id": id, "applied_at": at("applied").unwrap_or(applied_at),
            "resident": {
                "id": or("resident", name), "household": or("household", &format!("h-{name}")),
                "door": format!("d{}", said(words, "door").unwrap_or(words[2])),
                "registered": or("registered", "true") == "true",
                "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
                "other_space": "none", "certified_elsewhere": false, "arrears": 0,
                "special_need": or("need", "none")
            },
            "vehicle": {
                "id": or("vehicle", &format!("v-{name}")), "class": or("class", "small"),
                "plate_origin": or("plate", "local"), "use": "private",
                "insured_until": or("insured", "2036-12-31"), "inspected_until": "2036-12-31"
            },
            "preferences": { "ranked": part("ranked"), "excluded": part("excluded") }
        });
        if let Some(since) = at("since") {
            facts["waiting_since"] = json!(since);
        }
        serde_json::from_value(facts).expect("an application")
    }

    /// The permit or offer that somebody's last application led to.
    pub fn permit(&self, name: &str) -> Option<&Permit> {
        let own = self.applications.get(name)?;
        self.district().permits().find(|permit| permit.application == *own)
    }

    fn permit_id(&self, name: &str) -> PermitId {
        self.permit(name).map_or_else(|| "none".parse().expect("an id"), |permit| permit.id.clone())
    }

    /// Sends a command, tells the observer, and compares what both say of every application.
    pub fn send(&mut self, at: Timestamp, action: Action, name: &str) -> String {
        let id = format!("c-{}", self.journal.entries().len()).parse().expect("an id");
        let before = self.district().digest().ok();
        let answer = self.journal.execute(Command { id, at, action }).map(<[Event]>::to_vec);
        let told = match answer {
            Err(refusal) => {
                assert_eq!(self.district().digest().ok(), before, "a refusal changes nothing");
                self.refused.insert(refusal.number());
                return refusal.number().to_string();
            }
            Ok(events) => {
                events.iter().for_each(|event| self.model.hear(event, at));
                if let [Event::Applied(own)] = events.as_slice() {
                    self.applications.insert(name.to_owned(), own.id.clone());
                }
                self.told(&events[0]).unwrap_or_else(|| self.state(name, at))
            }
        };
        self.agrees(at);
        told
    }

    /// What both say of every application is the same, and no stretch has more permits than spaces.
    pub fn agrees(&self, at: Timestamp) {
        for (application, expected) in self.model.states() {
            let state = self.district().state(application, at).map(State::word);
            assert_eq!(state, Some(expected), "{application} at {at}");
        }
        for (stretch, held) in self.district().held(at) {
            assert!(held <= self.district().inventory().stretch(stretch).expect("a stretch").capacity, "{stretch}");
        }
    }

    fn told(&self, event: &Event) -> Option<String> {
        let name = |id: &ApplicationId| {
            let own = self.applications.iter().find(|(_, own)| *own == id);
            own.map_or_else(|| id.to_string(), |(name, _)| name.clone())
        };
        let mut told: Vec<(usize, String)> = match event {
            Event::RoundHeld(round) => {
                let answer = |outcome: &shared_parking::district::Outcome| {
                    let name = name(&outcome.application);
                    match &outcome.answer {
                        Answer::Seated { position, permit, .. } => {
                            (*position as usize, format!("{name} {}", permit.stretch))
                        }
                        Answer::LeftOut { position, refusal, .. } => {
                            (*position as usize, format!("{name} {}", refusal.number()))
                        }
                        Answer::NotEligible { reasons } => {
                            (usize::MAX, format!("{name} {}", reasons[0].refusal.number()))
                        }
                    }
                };
                round.outcomes.iter().map(answer).collect()
            }
            Event::SpacesPassedOn(passing) => {
                let told = passing.passed.iter().map(|passed| {
                    let from = passed.from.as_ref().map_or(String::new(), |from| format!("{from}>"));
                    format!("{} {from}{}", name(&passed.permit.application), passed.permit.stretch)
                });
                told.enumerate().collect()
            }
            Event::StayBilled { .. } => vec![(0, "billed".to_owned())],
            _ => return None,
        };
        told.sort();
        Some(told.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", "))
    }
}
