//! A host with a journal, who plays a table: one story after the other, each on ground of its own.

use super::change::{Change, patched};
use super::tables::{Row, rows};
use super::{facts, ground, told};
use serde_json::{Value, json};
use shared_parking::policy::presets;
use shared_parking::{
    Action, ApplicationId, Command, District, Event, Flaws, Inventory, Journal, Permit, PermitId, Policy, Refusal,
    Timestamp, Zone, audit,
};
use std::collections::BTreeMap;

/// What came of a step.
pub struct Told {
    pub answer: String,
    /// The refusals in it, of a command or of a round.
    pub refusals: Vec<Refusal>,
}

impl Told {
    pub fn of(answer: impl Into<String>) -> Self {
        Self { answer: answer.into(), refusals: Vec::new() }
    }

    pub fn refused(refusal: Refusal) -> Self {
        Self { answer: refusal.number().to_string(), refusals: vec![refusal] }
    }
}

/// A story under way.
pub struct Host {
    pub journal: Journal,
    /// The instant of the step.
    pub at: Timestamp,
    /// The application that each name handed in last, and whose every application is.
    pub applications: BTreeMap<String, ApplicationId>,
    pub names: BTreeMap<ApplicationId, String>,
}

/// The answers of all steps of a table, under a preset as it is or with a change; none of those after a founding whose
/// policy is unsound with the change.
pub fn play(preset: &str, text: &'static str, change: Option<&Change>) -> Vec<Option<Told>> {
    let (mut ground, mut host, mut answers) = (None, None, Vec::new());
    for row in rows(text) {
        let words: Vec<&str> = row.step.split_whitespace().collect();
        if row.begins || words[0] == "found" {
            finish(host.take(), change);
        }
        let told = match (words[0], &mut host) {
            ("ground", _) => {
                ground = Some(ground::inventory(&words[1..]));
                Some(Told::of("ok"))
            }
            ("found", _) => {
                let own = ground.clone().expect("ground before it is founded");
                let founded = policy(preset, row.step, change).and_then(|policy| Host::found(own, policy));
                let sound = |flaws: &Flaws| assert!(change.is_some(), "{preset}, line {}: {flaws}", row.line);
                host = founded.inspect_err(sound).ok();
                host.is_some().then(|| Told::of("ok"))
            }
            (_, Some(host)) => Some(host.tell(&row, &words)),
            (_, None) => None,
        };
        answers.push(told);
    }
    finish(host, change);
    answers
}

/// The preset, with what a step patches in: `found {…}`. `thin-shifts` divides the day into shifts of three minutes.
fn policy(preset: &str, step: &str, change: Option<&Change>) -> Result<Policy, Flaws> {
    let mut document = serde_json::to_value(presets::by_name(preset)?).expect("a document");
    if let Some(at) = step.find('{') {
        let patch: Value = serde_json::from_str(&step[at..]).unwrap_or_else(|error| panic!("{step}: {error}"));
        patched(&mut document, &patch);
    }
    if step.starts_with("found thin-shifts") {
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let shift = |from| json!({ "id": clock(from), "from": clock(from), "until": clock(from + 3) });
        let ids: Vec<String> = (0..1_440).step_by(3).map(clock).collect();
        let list: Vec<Value> = (0..1_440).step_by(3).map(shift).collect();
        document["shifts"] = json!({ "list": list, "otherwise": ids });
    }
    let document = change.map_or_else(|| document.clone(), |change| change.in_document(&document));
    Policy::from_json(&document.to_string())
}

/// Whatever was sent, what happened is sound, and a replay of it gives the same district.
fn finish(host: Option<Host>, change: Option<&Change>) {
    let Some(host) = host.filter(|_| change.is_none()) else { return };
    assert_eq!(audit::check(host.district()), Ok(()));
    assert_eq!(audit::check_journal(&host.journal), Ok(()));
    assert_eq!(host.journal.replay(), *host.district());
    let read = Journal::from_jsonl(&host.journal.to_jsonl().expect("text")).expect("a journal");
    assert_eq!(read, host.journal);
}

impl Host {
    fn found(ground: Inventory, policy: Policy) -> Result<Self, Flaws> {
        let district = District::new(ground, policy)?;
        let (applications, names) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { journal: Journal::new(district), at: Timestamp::MIN, applications, names })
    }

    pub fn district(&self) -> &District {
        self.journal.district()
    }

    pub fn zone(&self) -> &Zone {
        &self.district().policy().zone
    }

    fn tell(&mut self, row: &Row, words: &[&str]) -> Told {
        if !row.when.is_empty() {
            self.at = facts::instant(&row.when.replace(' ', "T"), self.zone());
        }
        let (id, words) = match words {
            ["as", id, rest @ ..] => ((*id).to_owned(), rest),
            _ => (format!("c-{}", row.line), words),
        };
        match words {
            ["answer", name] => told::answer(self, name),
            ["standing", name] => told::standing(self, name),
            ["state", name] => Told::of(self.state(name)),
            ["quote", stay @ ..] => match self.district().quote(&self.stay(stay)) {
                Ok(bill) => Told::of(told::price(self, &bill)),
                Err(refusal) => Told::refused(refusal),
            },
            words => {
                let action = self.action(words, row.line);
                self.send(&id, action, words)
            }
        }
    }

    /// Sends a command. A refused one changes nothing, nor does a retry.
    fn send(&mut self, id: &str, action: Action, words: &[&str]) -> Told {
        let (before, entries) = (self.district().clone(), self.journal.entries().len());
        let command = Command { id: id.parse().expect("an id"), at: self.at, action };
        let answer = self.journal.execute(command).map(<[Event]>::to_vec);
        if self.journal.entries().len() == entries {
            assert_eq!(*self.district(), before, "{words:?}: nothing changes");
        }
        match answer {
            Err(refusal) => Told::refused(refusal),
            Ok(_) if self.journal.entries().len() == entries => Told::of("again"),
            Ok(events) => {
                let [event] = events.as_slice() else { panic!("one event: {events:?}") };
                if let Event::Applied(own) = event {
                    self.applications.insert(words[1].to_owned(), own.id.clone());
                    self.names.insert(own.id.clone(), words[1].to_owned());
                }
                told::event(self, event, words)
            }
        }
    }

    /// The application that somebody handed in last; an id that is nobody's when there is none.
    pub fn application(&self, name: &str) -> ApplicationId {
        self.applications.get(name).cloned().unwrap_or_else(|| "nobody's".parse().expect("an id"))
    }

    /// The permit or offer that somebody's last application led to.
    pub fn permit(&self, name: &str) -> Option<&Permit> {
        let own = self.application(name);
        self.district().permits().find(|permit| permit.application == own)
    }

    /// Its id; one that is no permit's when there is none.
    pub fn permit_id(&self, name: &str) -> PermitId {
        self.permit(name).map_or_else(|| "none".parse().expect("an id"), |permit| permit.id.clone())
    }

    pub fn state(&self, name: &str) -> String {
        let state = self.district().state(&self.application(name), self.at);
        state.map_or_else(|| "none".to_owned(), |state| state.to_string())
    }
}
