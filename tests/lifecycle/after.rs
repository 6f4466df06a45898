//! What an explanation tells of a permit after it was given: stories in words, and the law that whoever hears it all knows
//! how the permit stands.

use super::town::Town;
use serde_json::Value;
use shared_parking::audit::{Explainer, Explanation, Later};
use shared_parking::district::{Answer, Change, State};
use shared_parking::{District, PermitId};
use std::collections::BTreeMap;

/// How rounds are held and what the rules of a holder's life are, steps as `hour what`, about whom, and what is told after
/// the round's answer, with instants as `@hour`. There are two spaces at 0 m and one at 600 m; doors at 0, 100 and 900 m.
const STORIES: &str = r#"
{} / {} / 24 state ann | ann |
{} / {} / 25 suspend ann arrears, 26 reinstate ann, 27 suspend ann misuse, 28 revoke ann misuse, 29 state ann | ann | at @25 the permit was suspended (arrears); at @26 the suspension was lifted; at @27 the permit was suspended (misuse); at @28 the permit was revoked (misuse)
{} / {} / 30 return ann, 9999 state ann | ann | at @30 the permit was given back
{} / {} / 25 vehicle ann vehicle=v2, 26 sold ann | ann | at @25 vehicle v2 took the place of the one before; at @26 the vehicle was sold, and the permit ended
{} / {} / 25 moved ann 100 | ann | at @25 the household moved, and the permit ended
{} / {"on_move": "keeps-within-walk"} / 25 moved ann 100, 26 moved ann 900 | ann | at @25 the household moved, and the permit stayed, 94.00 m from the new door; at @26 the household moved, and the permit ended
{} / {} / 25 died ann | ann | at @25 the holder died, and the permit ended
{} / {"on_death": "to-household"} / 25 died ann bea, 30 suspend ann arrears | ann | at @25 the holder died, and somebody of the household took the permit over; at @30 the permit was suspended (arrears)
{} / {"vehicle_sold_days": 1} / 25 sold ann, 30 vehicle ann vehicle=v2, 31 sold ann, 55 lapsed ann | ann | at @25 the vehicle was sold, and the permit suspended for another to come before @49; at @30 vehicle v2 took the place of the one before; at @31 the vehicle was sold, and the permit suspended for another to come before @55; at @55 the permit ended, for no other vehicle had come in time
{} / {} / 8783 apply cat 100 | ann |
{} / {} / 8784 apply cat 100 | ann | at @8784 the permit expired
{} / {} / 30 suspend ann arrears, 9000 apply cat 100 | ann | at @30 the permit was suspended (arrears); at @8784 the permit expired
{"renewal": {"within_days": 30, "place": "keep"}} / {} / 8700 apply old 0 resident=ann household=h-ann vehicle=v-ann, 8701 round r2, 8702 suspend old arrears, 9000 apply cat 100 | ann | at @8701 renewed for season r2: a space on s0, 6.00 m from the door
{"renewal": {"within_days": 30, "place": "keep"}} / {} / 8700 apply old 0 resident=ann household=h-ann vehicle=v-ann, 8701 round r2, 8702 suspend old arrears | old | at @8702 the permit was suspended (arrears)
{"offer_hours": 72} / {} / 25 accept ann, 26 suspend ann arrears | ann | at @25 the offer was accepted; at @26 the permit was suspended (arrears)
{"offer_hours": 72} / {} / 25 accept bob, 26 decline ann, 9000 apply cat 100 | ann | at @26 the offer was declined
{"offer_hours": 72} / {} / 25 accept bob, 96 close r1, 9000 apply cat 100 | ann | at @96 the offer was closed, for it had lapsed
"#;

/// The hours of the stories, but for those of steps: those at which something was due.
const DUE: [i64; 3] = [49, 55, 8_784];

/// Ann and bob have applied, and round r1 has given or offered a space to each at hour 24.
fn played(rules: &str) -> (Town, Vec<i64>) {
    let parts: Vec<&str> = rules.split(" / ").collect();
    let [round, life, steps] = parts[..] else { panic!("round / life / steps: {rules}") };
    let mut round: Value = serde_json::from_str(round).expect(round);
    round["mechanism"] = if round["offer_hours"].is_null() { "optimal" } else { "serial-dictatorship" }.into();
    let life = serde_json::from_str(life).expect(life);
    let mut town = Town::new(300, &[(0, 2), (600, 1)], &[0, 100, 900], round, &life);
    town.play("0 | apply ann 0 | applied\n 1 | apply bob 0 | applied\n 24 | round r1 | ann s0, bob s0");
    let mut hours = DUE.to_vec();
    for step in steps.split(", ") {
        let (hour, what) = step.split_once(' ').expect("hour what");
        let hour = hour.parse().expect("an hour");
        town.model.wait(town.hour(hour));
        let answer = town.tell(hour, what);
        assert!(answer.parse::<u16>().is_err(), "{step}: {answer}");
        hours.push(hour);
    }
    town.is_in_order();
    (town, hours)
}

#[test]
fn what_became_of_a_permit_is_told_in_words() {
    let mut rows = 0;
    for row in STORIES.lines().filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [rules, name, expected] = cells[..] else { panic!("rules | who | what is told: {row}") };
        let (town, hours) = played(rules);
        let own = &town.applications[name];
        let story = shared_parking::audit::explain(town.district(), own).expect("an answer");
        let mut told: Vec<String> = match &story {
            Explanation::Changed { then, .. } => then.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        assert!(story.to_string().ends_with(&told.join("; ")), "{row}: {story}");
        for hour in hours {
            let at = town.hour(hour).to_string();
            told.iter_mut().for_each(|words| *words = words.replace(&at, &format!("@{hour}")));
        }
        assert_eq!(told.join("; "), expected, "{row}");
        agrees(town.district());
        rows += 1;
    }
    assert_eq!(rows, 17);
}

/// Who hears of every round's answers what became of them knows how each permit and each open offer stands.
pub fn agrees(district: &District) {
    let Some(clock) = district.clock() else { return };
    let mut known: BTreeMap<PermitId, State> = BTreeMap::new();
    for round in district.rounds() {
        let mut explainer = Explainer::new(district, round);
        for outcome in &round.outcomes {
            let story = explainer.explain(&outcome.application).expect("an answer");
            let (first, then) = match story {
                Explanation::Changed { first, then } => (*first, then),
                first => (first, Vec::new()),
            };
            let Some(state) = heard(&first, &then) else { continue };
            if let Answer::Seated { position, .. } | Answer::LeftOut { position, .. } = &outcome.answer {
                known.insert(PermitId::in_round(&round.season, *position), state);
            }
        }
    }
    for permit in district.permits() {
        assert_eq!(known.get(&permit.id), Some(&permit.state(clock)), "{permit:?}");
    }
}

/// How a permit stands by what was told; `None` when there is none.
fn heard(first: &Explanation, then: &[Later]) -> Option<State> {
    let mut state = match first {
        Explanation::Seated { offer, .. } => Some(offer.map_or(State::Active, |_| State::Offered)),
        _ => None,
    };
    let (mut office, mut vehicle) = (false, false);
    for later in then {
        state = match later {
            Later::Offered { .. } => Some(State::Offered),
            Later::Given { .. } | Later::Accepted { .. } => Some(State::Active),
            Later::Declined { .. } => Some(State::Withdrawn),
            Later::Lapsed { .. } | Later::Expired { .. } | Later::Renewed { .. } => Some(State::Expired),
            Later::PermitChanged { change, .. } => match &**change {
                Change::Revoked { .. } => Some(State::Revoked),
                Change::GivenBack => Some(State::Withdrawn),
                Change::Moved { kept: None, .. }
                | Change::Died { heir: None }
                | Change::VehicleSold { another_by: None }
                | Change::VehicleLapsed => Some(State::Expired),
                other => {
                    match other {
                        Change::Suspended { .. } => office = true,
                        Change::Reinstated => office = false,
                        Change::VehicleSold { .. } => vehicle = true,
                        Change::VehicleChanged(_) => vehicle = false,
                        _ => {}
                    }
                    Some(if office || vehicle { State::Suspended } else { State::Active })
                }
            },
            _ => state,
        };
    }
    state
}
