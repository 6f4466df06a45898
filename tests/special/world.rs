//! A host who knows people by short names and counts the hours since the first of March.

use super::ground::{self, Part};
use serde_json::{Value, json};
use shared_parking::district::{SpecialChange, SpecialRequest};
use shared_parking::policy::presets;
use shared_parking::{
    Action, Application, ApplicationId, Command, District, Event, Inventory, Journal, PermitId, Policy, Refusal,
    Season, Stay, Timestamp, Vehicle, Window,
};

/// Three stretches of one street: `s0` shared, `s1` for residents, `s2` for people with a disability. A door `d0`.
pub fn inventory() -> Inventory {
    let street = Part { id: "k".into(), name: "Street".into(), from: 0, to: 500 };
    let built = ground::inventory(&[street], &[(10, 2), (100, 2), (200, 1)], &[0]);
    let mut ground = serde_json::to_value(built).expect("a document");
    ground["stretches"][1]["kind"] = "resident".into();
    ground["stretches"][2]["kind"] = "disabled".into();
    serde_json::from_value(ground).expect("an inventory")
}

/// The rules of Xicheng 2022 with these classes; a carer parks free, a guest at half the price.
pub fn policy(special: &Value) -> Policy {
    let mut policy = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    policy["special"] = special.clone();
    let issued = |kind: &str| special.as_array().expect("a list").iter().any(|class| class["kind"] == kind);
    for (kind, share) in [("carer", 10_000), ("guest", 5_000)].into_iter().filter(|(kind, _)| issued(kind)) {
        let effect = json!({ "percent": { "share": share, "rounding": "floor" } });
        let discount = json!({ "id": kind, "when": { "permit": kind }, "effect": effect });
        policy["discounts"].as_array_mut().expect("a list").push(discount);
    }
    Policy::from_json(&policy.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

pub fn hour(hour: i64) -> Timestamp {
    "2026-03-01T00:00:00+08:00".parse::<Timestamp>().expect("an instant").plus_seconds(hour * 3_600)
}

pub fn vehicle(id: &str, facts: &[(&str, &str)]) -> Vehicle {
    let fact = |name: &str, usual: &'static str| -> String {
        facts.iter().find(|(own, _)| *own == name).map_or(usual, |(_, value)| *value).to_owned()
    };
    serde_json::from_value(json!({
        "id": id, "class": fact("class", "small"), "plate_origin": "local", "use": "private",
        "insured_until": fact("insured", "2030-12-31"), "inspected_until": "2030-12-31"
    }))
    .expect("a vehicle")
}

fn resident(name: &str, facts: &[(&str, &str)]) -> Value {
    let fact = |name: &str| facts.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
    json!({
        "id": name, "household": fact("household").unwrap_or_else(|| format!("h-{name}")),
        "door": fact("door").unwrap_or_else(|| "d0".to_owned()), "registered": fact("registered").is_none(),
        "documents": { "title": "applicant", "register": "applicant", "licence": "applicant" },
        "other_space": "none", "certified_elsewhere": false, "arrears": 0,
        "special_need": fact("need").unwrap_or_else(|| "none".to_owned())
    })
}

pub fn request(id: &str, kind: &str, name: &str, vehicles: &[&str], facts: &[(&str, &str)]) -> SpecialRequest {
    SpecialRequest {
        id: id.parse().expect("an id"),
        kind: kind.to_owned(),
        resident: serde_json::from_value(resident(name, facts)).expect("a resident"),
        vehicles: vehicles.iter().map(|id| vehicle(id, facts)).collect(),
    }
}

/// The words of a step, and its facts: `door=d1`.
fn divided<'a>(words: &[&'a str]) -> (Vec<&'a str>, Vec<(&'a str, &'a str)>) {
    let plain = words.iter().filter(|word| !word.contains('=')).copied().collect();
    (plain, words.iter().filter_map(|word| word.split_once('=')).collect())
}

pub struct World {
    pub journal: Journal,
}

impl World {
    pub fn new(special: &Value) -> Self {
        Self { journal: Journal::new(District::new(inventory(), policy(special)).expect("a sound policy")) }
    }

    pub fn district(&self) -> &District {
        self.journal.district()
    }

    /// The special permit of a request; a word that is no permit when there is none.
    pub fn permit(&self, request: &str) -> PermitId {
        let permit = request.parse::<ApplicationId>().ok().and_then(|id| self.district().special_permit_of(&id));
        permit.map_or_else(|| "none".parse().expect("an id"), |permit| permit.id.clone())
    }

    /// One step at an hour, and its answer: the number of a refusal, a permit's id, the total of a bill, or `ok`.
    ///
    /// - `grant a-1 carer ann v1 v2 [facts]`
    /// - `activate a-1 v1`, `deactivate`, `add a-1 v3 [facts]`, `remove`, `revoke a-1`
    /// - `stay x s0 a-1 v1 8 10 [class=large]`: from hour 8 to hour 10, under the permit of a request, or `-`
    /// - `apply o-1 bob v1`, `round r1`
    pub fn tell(&mut self, at: Timestamp, what: &str) -> String {
        self.send(at, what).unwrap_or_else(|refusal| refusal.number().to_string())
    }

    /// The same, with refusals apart.
    pub fn send(&mut self, at: Timestamp, what: &str) -> Result<String, Refusal> {
        let words: Vec<&str> = what.split_whitespace().collect();
        let (words, facts) = divided(&words);
        let change = |request: &str, change| Action::ChangeSpecial { permit: self.permit(request), change };
        let id = |word: &str| word.parse().expect("an id");
        let action = match words.as_slice() {
            ["grant", own, kind, name, vehicles @ ..] => {
                Action::GrantSpecial(request(own, kind, name, vehicles, &facts))
            }
            ["activate", own, car] => change(own, SpecialChange::Activate(id(car))),
            ["deactivate", own, car] => change(own, SpecialChange::Deactivate(id(car))),
            ["add", own, car] => change(own, SpecialChange::AddVehicle(vehicle(car, &facts))),
            ["remove", own, car] => change(own, SpecialChange::RemoveVehicle(id(car))),
            ["revoke", own] => change(own, SpecialChange::Revoke),
            ["stay", own, stretch, permit, car, from, until] => {
                let bound = |word: &str| hour(word.parse().expect("an hour"));
                Action::BillStay(Stay {
                    id: own.parse().expect("an id"),
                    stretch: stretch.parse().expect("an id"),
                    window: Window::new(bound(from), bound(until)).expect("a window"),
                    vehicle: id(car),
                    class: vehicle(car, &facts).class,
                    special_need: shared_parking::people::SpecialNeed::None,
                    permit: (*permit != "-").then(|| self.permit(permit)),
                })
            }
            ["apply", own, name, car] => Action::Apply(application(own, at, name, car)),
            ["round", season] => Action::HoldRound { season: Season::new(season).expect("a season"), seed: 1 },
            other => panic!("{other:?} is no step"),
        };
        let id = format!("c-{}", self.journal.entries().len()).parse().expect("an id");
        Ok(match self.journal.execute(Command { id, at, action })? {
            [Event::SpecialGranted(permit)] => permit.id.to_string(),
            [Event::StayBilled { bill, .. }] => bill.total.as_minor().to_string(),
            _ => "ok".to_owned(),
        })
    }
}

fn application(id: &str, at: Timestamp, name: &str, car: &str) -> Application {
    let (resident, vehicle) = (resident(name, &[]), vehicle(car, &[]));
    serde_json::from_value(json!({ "id": id, "applied_at": at, "resident": resident, "vehicle": vehicle }))
        .expect("an application")
}
