//! The refusals of applications, rounds and stays, one line a step, on one district; and that a refused command changes
//! nothing. That every refusal has a step somewhere is for `tests/scenarios` to hold.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use shared_parking::district::Recorded;
use shared_parking::people::{SharingRecord, SpecialNeed, VehicleClass};
use shared_parking::{
    Action, Application, Command, District, Entry, Inventory, Journal, Money, Permit, Season, Stay, Timestamp, Window,
    audit, sample,
};

/// command | day of 2026 (counted from 1 January; `max`: the end of time) | action | expected: ok, again (a retry), or
/// the refusal. Stays: id, stretch, permit, day on which they start, minutes, and what differs from the permit's car.
const STEPS: &str = "
c-1 | 40  | apply a-new d-known          | ok
c-1 | 40  | apply a-new d-known          | again
c-1 | 40  | apply a-other d-known        | 101
c-1 | 41  | apply a-new d-known          | 101
c-2 | 39  | apply a-other d-known        | 102
c-3 | 41  | apply a-new d-known          | 103
c-4 | 41  | apply a-other d-nowhere      | 104
c-4 | 41  | apply a-late d-late          | 112
c-4 | 41  | apply a-other d-known nowhere | 121
c-4 | 41  | apply a-other d-known twice  | 122
c-4 | 41  | apply a-other d-known shift  | 126
c-4 | 41  | apply a-other d-known waited-since-later | 127
c-4 | 41  | apply a-other d-known shared-97-on-4-days | 128
c-4 | 41  | apply a-other d-known shared-on-367-days | 128
c-4 | 41  | accept nobody                | 123
c-4 | 41  | decline nobody               | 123
c-4 | 41  | close 2026                   | 125
c-4 | 41  | withdraw a-nobody            | 113
c-4 | 41  | withdraw a-new               | ok
c-4 | 41  | withdraw a-new               | again
c-5 | 41  | withdraw a-new               | 113
c-5 | 41  | round 2026                   | ok
c-5 | 41  | round 2026                   | again
c-6 | 42  | round 2026                   | 105
c-6 | 42  | withdraw seated              | 114
c-7 | 43  | stay s-1 known first 42 60   | ok
c-7 | 43  | stay s-1 known first 42 60   | again
c-8 | 43  | stay s-1 known - 42 60       | 106
c-9 | 43  | stay s-2 nowhere - 42 60     | 107
c-9 | 43  | stay s-2 known nobody 42 60  | 108
c-9 | 43  | stay s-2 known first 30 60   | 109
c-9 | 43  | stay s-2 known - 42 527041   | 110
c-9 | 43  | stay s-2 known - -5600 60    | 115
c-9 | 43  | stay s-2 known - 42 1441     | 116
c-9 | 43  | stay s-2 known - 42 1440     | ok
c-10 | 43 | stay s-3 known first 42 30   | 117
c-10 | 43 | stay s-3 known first 42 30 vehicle=another  | 117
c-10 | 43 | stay s-3 disabled first 42 30 | 117
c-10 | 43 | stay s-3 known second 42 30 vehicle=another | 118
c-10 | 43 | stay s-3 disabled second 42 30 class=large  | 118
c-10 | 43 | stay s-3 known second 42 30 class=large     | 118
c-10 | 43 | stay s-3 resident - 42 30    | 119
c-10 | 43 | stay s-3 disabled - 42 30    | 119
c-10 | 43 | stay s-3 disabled second 42 30 | 119
c-10 | 43 | stay s-3 resident second 42 30 | ok
c-11 | 43 | stay s-4 known second 41 1440  | ok
c-12 | 500 | stay s-5 known first 405 1441 | 109
c-12 | 500 | stay s-5 known first 405 540  | ok
c-13 | 500 | stay s-6 known first 450 60  | 109
c-14 | 500 | round 2027                   | ok
c-15 | 499 | round 2028                   | 102
c-16 | max | round 2028                   | 120
";

struct Bench {
    journal: Journal,
}

fn day(word: &str) -> Timestamp {
    if word == "max" {
        return Timestamp::MAX;
    }
    let number: i64 = word.parse().expect("a day");
    "2025-12-31T16:00:00Z".parse::<Timestamp>().expect("an instant").plus_seconds((number - 1) * 86_400)
}

/// A sample district whose second stretch is for residents only and whose third is for people with a disability.
fn district(seed: u64) -> District {
    let sample = sample::small_district(seed).expect("a district");
    let mut ground = serde_json::to_value(sample.inventory()).expect("a document");
    ground["stretches"][1]["kind"] = "resident".into();
    ground["stretches"][2]["kind"] = "disabled".into();
    let inventory: Inventory = serde_json::from_value(ground).expect("an inventory");
    let mut district = District::new(inventory, sample.policy().clone()).expect("a district");
    let mut applications: Vec<_> = sample.applications().collect();
    applications.sort_by_key(|recorded| recorded.by);
    for Recorded { application, .. } in applications.into_iter().cloned() {
        let (id, at) = (format!("first {}", application.id).parse().expect("an id"), application.applied_at);
        let command = Command { id, at, action: Action::Apply(application) };
        let events = district.decide(&command).expect("no refusal");
        district.apply(&Entry { command, events });
    }
    district
}

/// States what no application may, if a word says so.
fn tell(application: &mut Application, wishes: &[&str]) {
    match wishes {
        ["shift"] => application.shift = Some("night".parse().expect("an id")),
        ["waited-since-later"] => application.waiting_since = Some(application.applied_at.plus_seconds(1)),
        ["shared-97-on-4-days"] => application.resident.sharing = SharingRecord { hours: 97, days: 4 },
        ["shared-on-367-days"] => application.resident.sharing = SharingRecord { hours: 0, days: 367 },
        _ => {}
    }
}

impl Bench {
    fn action(&self, words: &[&str]) -> Action {
        let district = self.journal.district();
        match words {
            ["apply", id, door, wishes @ ..] => {
                let known = district.applications().next().expect("a sample application");
                let mut application = Application { id: id.parse().expect("an id"), ..known.application.clone() };
                match *door {
                    "d-known" => {}
                    "d-late" => application.applied_at = day("42"),
                    other => application.resident.door = other.parse().expect("an id"),
                }
                let street = district.inventory().streets()[0].id.clone();
                application.preferences.ranked = match wishes {
                    ["nowhere"] => vec!["nowhere".parse().expect("an id")],
                    ["twice"] => vec![street.clone(), street],
                    _ => Vec::new(),
                };
                tell(&mut application, wishes);
                Action::Apply(application)
            }
            ["accept", id] => Action::AcceptOffer(id.parse().expect("an id")),
            ["decline", id] => Action::DeclineOffer(id.parse().expect("an id")),
            ["close", season] => Action::CloseOffers(Season::new(season).expect("a season")),
            ["round", season] => Action::HoldRound { season: Season::new(season).expect("a season"), seed: 1 },
            ["withdraw", "seated"] => {
                let permit = district.permits().next().expect("a permit");
                Action::Withdraw(permit.application.clone())
            }
            ["withdraw", id] => Action::Withdraw(id.parse().expect("an id")),
            ["stay", id, stretch, permit, from, minutes, differs @ ..] => {
                let from = day(from);
                let minutes: i64 = minutes.parse().expect("minutes");
                let held = |at: usize| district.permits().nth(at).expect("a permit");
                let permit = match *permit {
                    "-" => None,
                    "first" => Some(held(0).clone()),
                    "second" => Some(held(1).clone()),
                    other => Some(Permit { id: other.parse().expect("an id"), ..held(0).clone() }),
                };
                let stretches = district.inventory().stretches();
                let mut stay = Stay {
                    id: id.parse().expect("an id"),
                    stretch: match *stretch {
                        "known" => stretches[0].id.clone(),
                        "resident" => stretches[1].id.clone(),
                        "disabled" => stretches[2].id.clone(),
                        other => other.parse().expect("an id"),
                    },
                    window: Window::new(from, from.plus_seconds(minutes * 60)).expect("a window"),
                    vehicle: permit.as_ref().map_or_else(|| "v".parse().expect("an id"), |own| own.vehicle.clone()),
                    class: VehicleClass::Small,
                    special_need: SpecialNeed::None,
                    permit: permit.map(|own| own.id),
                };
                match differs {
                    [] => {}
                    ["vehicle=another"] => stay.vehicle = "another".parse().expect("an id"),
                    ["class=large"] => stay.class = VehicleClass::Large,
                    other => panic!("no difference {other:?}"),
                }
                Action::BillStay(stay)
            }
            other => panic!("no action {other:?}"),
        }
    }
}

#[test]
fn each_step_has_its_answer() {
    let mut bench = Bench { journal: Journal::new(district(1)) };
    for line in STEPS.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [id, at, action, expected] = cells[..] else { panic!("four cells: {line}") };
        let words: Vec<&str> = action.split_whitespace().collect();
        let command = Command { id: id.parse().expect("an id"), at: day(at), action: bench.action(&words) };
        let (before, entries) = (bench.journal.district().digest().expect("a digest"), bench.journal.entries().len());
        let answer = bench.journal.execute(command.clone()).map(<[_]>::to_vec);
        let grown = bench.journal.entries().len() - entries;
        match (expected, &answer) {
            ("ok", Ok(events)) => assert!(!events.is_empty() && grown == 1, "{line}"),
            ("again", Ok(events)) => {
                let stored = bench.journal.entries().iter().find(|entry| entry.command.id == command.id);
                assert_eq!(Some(events), stored.map(|entry| &entry.events), "{line}: the stored answer");
                assert_eq!(grown, 0, "{line}");
            }
            (number, Err(refusal)) => {
                assert_eq!(refusal.number().to_string(), number, "{line}");
                assert_eq!(grown, 0, "{line}");
            }
            _ => panic!("{line}: {answer:?}"),
        }
        if grown == 0 {
            assert_eq!(bench.journal.district().digest().expect("a digest"), before, "{line}: nothing changes");
        }
    }
    let district = bench.journal.district();
    assert_eq!(audit::check_journal(&bench.journal), Ok(()), "whatever was sent, what happened is sound");
    assert_eq!(bench.journal.replay(), *district, "a replay gives the same district");
    let read = Journal::from_jsonl(&bench.journal.to_jsonl().expect("text")).expect("a journal");
    assert_eq!(read, bench.journal, "and so does its text");
    assert!(district.stays().all(|billed| billed.bill.total >= Money::ZERO));
}

#[test]
fn a_damaged_journal_names_every_line() {
    let mut journal = Journal::new(sample::small_district(2).expect("a district"));
    for number in 0..3 {
        let season = Season::new(&number.to_string()).expect("a season");
        let id = format!("c-{number}").parse().expect("an id");
        journal.execute(Command { id, at: day("50"), action: Action::HoldRound { season, seed: 1 } }).expect("a round");
    }
    let text = journal.to_jsonl().expect("text");
    let lines: Vec<&str> = text.lines().collect();
    let places = |lines: &[&str]| -> Vec<String> {
        let flaws = Journal::from_jsonl(&lines.join("\n")).map(|_| "a journal").expect_err("damaged lines");
        flaws.iter().map(|flaw| flaw.place.split(", ").take(2).collect::<Vec<_>>().join(", ")).collect()
    };
    let cut = &lines[1][..lines[1].len() / 2];
    assert_eq!(places(&[lines[0], cut, lines[2], lines[3], lines[2]]), ["journal, line 2", "journal, line 5"]);
    assert_eq!(places(&["{}", lines[1], "[]"]), ["journal, line 1", "journal, line 3"], "a bad genesis hides nothing");
    let emptied = lines[2].replace(&lines[2][lines[2].find("\"events\":[").expect("events")..], "\"events\":[]}");
    assert_eq!(places(&[lines[0], &emptied]), ["journal, line 2"], "a swallowed command");
    let other = lines[2].replacen("\"season\":\"1\",\"seed\":1", "\"season\":\"1\",\"seed\":2", 1);
    assert_eq!(places(&[lines[0], &other]), ["journal, line 2"], "another season's answer");
    assert!(Journal::from_jsonl("").is_err());
    let spaced = format!("\u{feff}{}\n\n{}\n", lines[0], lines[1..].join("\n \n"));
    assert_eq!(Journal::from_jsonl(&spaced).expect("the same journal"), journal);
}
