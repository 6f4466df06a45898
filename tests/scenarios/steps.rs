//! Steps as commands.
//!
//! | step | what it asks for |
//! |---|---|
//! | `ground s0=10x2 0 50` | the ground of a story: see `ground.rs` |
//! | `found {…}` | a district under the table's preset, with parts of its document patched |
//! | `apply ann arrears=9`, `amend ann …`, `ask ann title`, `withdraw ann` | an application, with facts that differ |
//! | `round r1` (answered by everybody), `hold r1` (by how many), `accept ann`, `decline ann`, `close r1`, `fill r1` | a round, and what becomes of its spaces |
//! | `suspend ann arrears`, `reinstate`, `revoke ann misuse`, `return`, `moved ann d50`, `sold`, `lapsed` | a permit's life |
//! | `vehicle ann vehicle=v2 class=large`, `died ann`, `died ann ben registered=false` | another vehicle, an heir |
//! | `stay st1 s0 ann 2026-03-02T09:00 2026-03-02T10:00 class=large` | a stay, billed; `-` for no permit |
//! | `grant a1 carer ann v1 v2`, `activate a1 v1`, `deactivate`, `add`, `remove`, `end a1` | a special permit |
//! | `complain`, `assign`, `reply`, `rate`, `appeal`, `dismiss`, `uphold` | see `grievances.rs` |
//! | `answer ann`, `standing ann`, `state ann`, `quote …` | no command: what the district says |
//!
//! `as c-7 apply ann` sends a command under an id of its own.

use super::facts::{is_fact, sound, state, vehicle};
use super::host::Host;
use super::{facts, grievances};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared_parking::district::{SpecialChange, SpecialRequest};
use shared_parking::{Action, Application, PermitId, Season, Stay, Vehicle};

pub fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

pub fn season(word: &str) -> Season {
    Season::new(word).expect("a season")
}

impl Host {
    pub fn action(&self, words: &[&str], line: usize) -> Action {
        let word = |at: usize| read(json!(words[at]));
        let permit = || self.permit_id(words[1]);
        match words[0] {
            "apply" => Action::Apply(self.facts(words, sound(&format!("{}-{line}", words[1]), words[1], self.at))),
            "amend" => {
                let own = self.application(words[1]);
                let known = self.district().application(&own);
                let document =
                    known.map_or_else(|| sound(own.as_str(), words[1], self.at), |known| full(&known.application));
                Action::Amend(self.facts(words, document))
            }
            "ask" => {
                let missing = words[2..].iter().map(|paper| read(json!(paper))).collect();
                Action::RequestPapers { application: self.application(words[1]), missing }
            }
            "withdraw" => Action::Withdraw(self.application(words[1])),
            "round" | "hold" => Action::HoldRound { season: season(words[1]), seed: 1 },
            "close" => Action::CloseOffers(season(words[1])),
            "fill" => Action::FillVacancies(season(words[1])),
            "accept" => Action::AcceptOffer(permit()),
            "decline" => Action::DeclineOffer(permit()),
            "suspend" => Action::Suspend { permit: permit(), reason: word(2) },
            "reinstate" => Action::Reinstate(permit()),
            "revoke" => Action::Revoke { permit: permit(), reason: word(2) },
            "return" => Action::GiveBack(permit()),
            "vehicle" => {
                let facts = self.facts(words, sound("x", words[1], self.at));
                Action::ChangeVehicle { permit: permit(), vehicle: facts.vehicle }
            }
            "moved" => Action::Moved { permit: permit(), door: words[2].parse().expect("an id") },
            "died" => Action::Died { permit: permit(), heir: self.heir(words) },
            "sold" => Action::VehicleSold(permit()),
            "lapsed" => Action::CloseLapsed(permit()),
            "stay" => Action::BillStay(self.stay(&words[1..])),
            "grant" => self.grant(words),
            "activate" | "deactivate" | "add" | "remove" | "end" => self.change(words),
            _ => grievances::action(self, words),
        }
    }

    /// An application with the facts that a step states.
    pub fn facts(&self, words: &[&str], mut document: Value) -> Application {
        state(&mut document, words, self.zone());
        read(document)
    }

    /// Somebody of the holder's household and door, but for what is said of them.
    fn heir(&self, words: &[&str]) -> Option<shared_parking::Resident> {
        let heir = words.get(2)?;
        let mut document = sound("x", heir, self.at);
        if let Some(held) = self.permit(words[1]) {
            document["resident"]["household"] = json!(held.household);
            document["resident"]["door"] = json!(held.door);
        }
        Some(self.facts(words, document).resident)
    }

    /// `ID STRETCH NAME FROM TO`: under the permit of a name or a special request, or `-`.
    pub fn stay(&self, words: &[&str]) -> Stay {
        let [id, stretch, name, from, to, said @ ..] = words else { panic!("{words:?} is no stay") };
        let bound = |word: &str| facts::instant(word, self.zone());
        let held = self.permit(name);
        let special = name.parse().ok().and_then(|request| self.district().special_permit_of(&request));
        let permit: Option<PermitId> = match (special, *name) {
            (_, "-") => None,
            (Some(own), _) => Some(own.id.clone()),
            (None, _) => Some(self.permit_id(name)),
        };
        let usual = held.map_or_else(|| json!("v"), |held| json!(held.vehicle));
        let mut facts = sound("x", "x", self.at);
        facts["vehicle"]["id"] = usual;
        let facts = self.facts(said, facts);
        read(json!({
            "id": id, "stretch": stretch, "window": { "start": bound(from), "end": bound(to) },
            "vehicle": facts.vehicle.id, "class": facts.vehicle.class,
            "special_need": facts.resident.special_need, "permit": permit
        }))
    }

    /// `grant REQUEST KIND NAME VEHICLE…`; facts are those of the resident and of every vehicle.
    fn grant(&self, words: &[&str]) -> Action {
        let [_, id, kind, name, rest @ ..] = words else { panic!("{words:?} is no request") };
        let cars = rest.iter().filter(|word| !is_fact(word));
        let resident = self.facts(words, sound("x", name, self.at)).resident;
        let vehicles = cars.map(|car| self.car(car, words)).collect();
        let kind = (*kind).to_owned();
        Action::GrantSpecial(SpecialRequest { id: id.parse().expect("an id"), kind, resident, vehicles })
    }

    fn car(&self, id: &str, words: &[&str]) -> Vehicle {
        let mut document = sound("x", "x", self.at);
        document["vehicle"] = vehicle(id);
        self.facts(words, document).vehicle
    }

    fn change(&self, words: &[&str]) -> Action {
        let own = words[1].parse().ok().and_then(|id| self.district().special_permit_of(&id));
        let permit = own.map_or_else(|| "none".parse().expect("an id"), |own| own.id.clone());
        let id = || words[2].parse().expect("an id");
        let change = match words[0] {
            "activate" => SpecialChange::Activate(id()),
            "deactivate" => SpecialChange::Deactivate(id()),
            "add" => SpecialChange::AddVehicle(self.car(words[2], words)),
            "remove" => SpecialChange::RemoveVehicle(id()),
            _ => SpecialChange::Revoke,
        };
        Action::ChangeSpecial { permit, change }
    }
}

/// A recorded application as a document, with places for the facts that it leaves out.
pub fn full(application: &Application) -> Value {
    let mut document = sound("x", "x", application.applied_at);
    super::change::patched(&mut document, &serde_json::to_value(application).expect("a document"));
    document
}
