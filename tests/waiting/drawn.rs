//! Towns and their seasons, drawn from a seed: few numbers of points, so that many are equal before a draw.

use super::world::inventory;
use serde_json::{Value, json};
use shared_parking::policy::presets;
use shared_parking::{Action, Application, Chance, Command, District, Journal, PermitId, Policy, Season, Timestamp};

/// Numbers for one town.
pub struct Draw(Chance);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    pub fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.0.below(u64::from(end))).expect("below a u32")
    }

    pub fn of<T: Clone>(&mut self, these: &[T]) -> T {
        these[self.below(u32::try_from(these.len()).expect("a few")) as usize].clone()
    }
}

fn rules(draw: &mut Draw) -> Policy {
    let deferred = json!({ "deferred-acceptance": draw.of(&["single", "per-place"]) });
    let mechanism =
        draw.of(&[json!("optimal"), json!("serial-dictatorship"), json!("top-trading-cycles"), deferred.clone()]);
    let by_place = mechanism == deferred || mechanism == "top-trading-cycles";
    let mut points = vec![
        json!({ "for": "waiting", "steps": [{ "days": 60, "points": 5 }, { "days": 100, "points": 9 }, { "days": 140, "points": 15 }] }),
    ];
    if draw.below(2) == 0 {
        points.push(json!({ "for": "special-need", "points": 10 }));
    }
    let pairs = by_place && draw.below(4) > 0;
    if pairs {
        points.push(json!({ "for": "distance", "steps": [{ "within_m": 200, "points": 15 }], "beyond": 5 }));
    }
    let place = if mechanism == "serial-dictatorship" { "keep" } else { draw.of(&["keep", "improve"]) };
    let apart = pairs || mechanism == json!({ "deferred-acceptance": "per-place" });
    let plain = mechanism == "optimal";
    let ceiling = plain && draw.below(3) == 0;
    let place = if ceiling { "keep" } else { place };
    let hours = if apart || ceiling { None } else { draw.of(&[None, Some(72)]) };
    let renewal = json!({ "within_days": 100, "place": place, "tenure_months": Value::Null });
    let mut policy = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    policy["permits"]["walk_limit_m"] = draw.of(&[400, 900]).into();
    policy["standing"]["points"] = points.into();
    policy["round"] = json!({
        "mechanism": mechanism, "cost": draw.of(&["walk", "rank"]), "offer_hours": hours,
        "renewal": if draw.below(3) == 0 { Value::Null } else { renewal },
    });
    if ceiling {
        let area = draw.of(&[json!({}), json!({ "streets": ["k0", "k1"] })]);
        policy["ceilings"] = json!([{ "id": "most", "area": area, "at_most": { "permits": draw.below(6) } }]);
    }
    if plain && draw.below(2) == 0 {
        let quota = |id: &str, need: &str, permits: u32| {
            let reserve = json!([{ "from_spaces": 1, "at_least": { "permits": 3 + 4 * permits } }]);
            json!({ "id": id, "group": { "special_needs": need.split(' ').collect::<Vec<_>>() }, "reserve": reserve })
        };
        let both = quota("both", "disability wounded-veteran", draw.below(4));
        policy["quotas"] = json!([quota("one", "disability", draw.below(3)), both]);
    }
    if draw.below(3) == 0 {
        let shift = |id: &str, from: &str, until: &str| json!({ "id": id, "from": from, "until": until });
        policy["shifts"] = json!({
            "list": [shift("day", "08:00", "19:00"), shift("night", "19:00", "08:00")], "otherwise": ["day", "night"],
            "designated": [{ "area": { "streets": ["k1"] }, "shifts": ["night"] }],
        });
    }
    Policy::from_json(&policy.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

fn town(draw: &mut Draw) -> District {
    let mut spots: Vec<u32> = (0..=draw.below(4)).map(|_| 25 + 50 * draw.below(39)).collect();
    spots.sort_unstable();
    spots.dedup();
    let stretches: Vec<(u32, u32)> = spots.into_iter().map(|east| (east, 1 + draw.below(3))).collect();
    let doors: Vec<u32> = (0..6).map(|number| number * 320 + draw.below(300)).collect();
    District::new(inventory(&stretches, &doors), rules(draw)).expect("a town")
}

fn application(draw: &mut Draw, town: &District, id: usize, at: Timestamp) -> Application {
    let who = draw.below(40);
    let waited = i64::from(draw.below(100)) * 86_400;
    of(who, draw, town, id, at.plus_seconds(-waited))
}

/// An application of somebody by number, always from the same door for the same vehicle.
fn of(who: u32, draw: &mut Draw, town: &District, id: usize, applied_at: Timestamp) -> Application {
    let streets = town.inventory().streets();
    let excluded: Vec<&str> = streets.iter().filter(|_| draw.below(8) == 0).map(|own| own.id.as_str()).collect();
    let doors = town.inventory().doors();
    let documents = draw.of(&[["applicant"; 3], ["applicant"; 3], ["spouse", "applicant", "applicant"], ["other"; 3]]);
    let need = ["disability", "none", "wounded-veteran", "none", "none"][who as usize % 5];
    let shift = town.policy().shifts.as_ref().map(|_| if who.is_multiple_of(3) { "night" } else { "day" });
    serde_json::from_value(json!({
        "id": format!("a{id}"), "applied_at": applied_at,
        "resident": {
            "id": format!("p{who}"), "household": format!("h{}", who / 2), "registered": true,
            "door": doors[who as usize % doors.len()].id,
            "documents": { "title": documents[0], "register": documents[1], "licence": documents[2] },
            "other_space": "none", "certified_elsewhere": false, "arrears": 0,
            "special_need": need
        },
        "vehicle": {
            "id": format!("v{who}"), "class": "small", "plate_origin": "local", "use": "private",
            "insured_until": "2036-12-31", "inspected_until": "2036-12-31"
        },
        "shift": shift,
        "preferences": { "excluded": excluded }
    }))
    .expect("an application")
}

/// A town some seasons old: applications, withdrawals, rounds, offers accepted, declined and lapsed.
pub fn lived(seed: u64) -> (Journal, Timestamp, Draw) {
    let mut draw = Draw::new(seed);
    let mut journal = Journal::new(town(&mut draw));
    let mut at: Timestamp = "2026-03-01T00:00:00+08:00".parse().expect("an instant");
    for season in 0..draw.below(6) {
        for _ in 0..draw.below(14) {
            at = at.plus_seconds(i64::from(draw.below(10)) * 86_400);
            let own = application(&mut draw, journal.district(), journal.entries().len(), at);
            send(&mut journal, at, Action::Apply(own));
        }
        let any = journal.district().applications().nth(draw.below(30) as usize);
        if let Some(id) = any.map(|recorded| recorded.application.id.clone()) {
            send(&mut journal, at, Action::Withdraw(id));
        }
        at = at.plus_seconds(draw.of(&[60, 200, 300]) * 86_400);
        again(&mut journal, &mut draw, at);
        let season = Season::new(&format!("r{season}")).expect("a season");
        let seed = u64::from(draw.below(1_000));
        send(&mut journal, at, Action::HoldRound { season: season.clone(), seed });
        let offers: Vec<PermitId> =
            journal.district().permits().filter(|own| own.offer.is_some()).map(|own| own.id.clone()).collect();
        for offer in offers {
            match draw.below(4) {
                0 => {} // it lapses
                1 => send(&mut journal, at, Action::DeclineOffer(offer)),
                _ => send(&mut journal, at, Action::AcceptOffer(offer)),
            }
        }
        if draw.below(3) > 0 {
            at = at.plus_seconds(4 * 86_400);
            send(&mut journal, at, Action::CloseOffers(season));
        }
    }
    at = at.plus_seconds(i64::from(draw.below(300)) * 86_400);
    again(&mut journal, &mut draw, at);
    for _ in 0..draw.below(8) {
        let own = application(&mut draw, journal.district(), journal.entries().len(), at);
        send(&mut journal, at, Action::Apply(own));
    }
    (journal, at, draw)
}

/// Half of those whose permits end soon apply once more.
fn again(journal: &mut Journal, draw: &mut Draw, at: Timestamp) {
    let soon =
        |own: &&shared_parking::Permit| own.valid.contains(at) && !own.valid.contains(at.plus_seconds(8_640_000));
    let holders: Vec<String> = journal.district().permits().filter(soon).map(|own| own.resident.to_string()).collect();
    for holder in holders.iter().filter_map(|id| id.strip_prefix('p')) {
        if draw.below(2) == 0 {
            let who = holder.parse().expect("a number");
            let own = of(who, draw, journal.district(), journal.entries().len(), at);
            send(journal, at, Action::Apply(own));
        }
    }
}

/// Sends a command; a refusal changes nothing.
pub fn send(journal: &mut Journal, at: Timestamp, action: Action) {
    let id = format!("c{}", journal.entries().len()).parse().expect("an id");
    let _ = journal.execute(Command { id, at, action });
}
