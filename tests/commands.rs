//! Every refusal of a command, one line a step, on one district; and that a refused command changes nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use shared_parking::{Action, Application, Command, Journal, Money, Refusal, Season, Stay, Timestamp, Window, sample};
use std::collections::BTreeSet;

/// command | day of 2026 (counted from 1 January) | action | expected: ok, again (a retry), or the refusal
const STEPS: &str = "
c-1 | 40  | apply a-new d-known          | ok
c-1 | 40  | apply a-new d-known          | again
c-1 | 40  | apply a-other d-known        | 101
c-1 | 41  | apply a-new d-known          | 101
c-2 | 39  | apply a-other d-known        | 102
c-3 | 41  | apply a-new d-known          | 103
c-4 | 41  | apply a-other d-nowhere      | 104
c-4 | 41  | apply a-late d-late          | 112
c-5 | 41  | round 2026                   | ok
c-5 | 41  | round 2026                   | again
c-6 | 42  | round 2026                   | 105
c-7 | 43  | stay s-1 known first 42 60   | ok
c-7 | 43  | stay s-1 known first 42 60   | again
c-8 | 43  | stay s-1 known - 42 60       | 106
c-9 | 43  | stay s-2 nowhere - 42 60     | 107
c-9 | 43  | stay s-2 known nobody 42 60  | 108
c-9 | 43  | stay s-2 known first 30 60   | 109
c-9 | 43  | stay s-2 known first 42 527040 | ok
c-10 | 43 | stay s-3 known - 42 527041   | 110
c-10 | 43 | stay s-3 known - 42 60       | ok
c-11 | 500 | stay s-4 known first 450 60 | 109
c-12 | 500 | round 2027                  | ok
c-13 | 499 | round 2028                  | 102
";

/// Refused for want of memory alone: tested beside the code that refuses.
const ELSEWHERE: [Refusal; 1] = [Refusal::MarketTooLarge];

struct Bench {
    journal: Journal,
    first_permit: Option<shared_parking::PermitId>,
}

fn day(number: i64) -> Timestamp {
    "2025-12-31T16:00:00Z".parse::<Timestamp>().expect("an instant").plus_seconds((number - 1) * 86_400)
}

impl Bench {
    fn action(&self, words: &[&str]) -> Action {
        let district = self.journal.district();
        match words {
            ["apply", id, door] => {
                let known = district.applications().next().expect("a sample application");
                let mut application = Application { id: id.parse().expect("an id"), ..known.clone() };
                match *door {
                    "d-known" => {}
                    "d-late" => application.applied_at = day(42),
                    other => application.resident.door = other.parse().expect("an id"),
                }
                Action::Apply(application)
            }
            ["round", season] => Action::HoldRound { season: Season::new(season).expect("a season"), seed: 1 },
            ["stay", id, stretch, permit, from, minutes] => {
                let from = day(from.parse().expect("a day"));
                let minutes: i64 = minutes.parse().expect("minutes");
                Action::BillStay(Stay {
                    id: id.parse().expect("an id"),
                    stretch: match *stretch {
                        "known" => district.inventory().stretches()[0].id.clone(),
                        other => other.parse().expect("an id"),
                    },
                    window: Window::new(from, from.plus_seconds(minutes * 60)).expect("a window"),
                    vehicle: shared_parking::people::VehicleClass::Small,
                    permit: match *permit {
                        "-" => None,
                        "first" => self.first_permit.clone(),
                        other => Some(other.parse().expect("an id")),
                    },
                })
            }
            other => panic!("no action {other:?}"),
        }
    }
}

#[test]
fn each_step_has_its_answer() {
    let district = sample::small_district(1).expect("a district");
    let mut bench = Bench { journal: Journal::new(district), first_permit: None };
    let mut met: BTreeSet<Refusal> = ELSEWHERE.into();
    for line in STEPS.lines().filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [id, at, action, expected] = cells[..] else { panic!("four cells: {line}") };
        let words: Vec<&str> = action.split_whitespace().collect();
        let command = Command {
            id: id.parse().expect("an id"),
            at: day(at.parse().expect("a day")),
            action: bench.action(&words),
        };
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
                met.insert(*refusal);
            }
            _ => panic!("{line}: {answer:?}"),
        }
        if grown == 0 {
            assert_eq!(bench.journal.district().digest().expect("a digest"), before, "{line}: nothing changes");
        }
        bench.first_permit = bench.journal.district().permits().next().map(|permit| permit.id.clone());
    }
    let all = Refusal::ALL.iter().filter(|refusal| refusal.number() < 200);
    assert!(all.clone().all(|refusal| met.contains(refusal)), "no step for one of {:?}", all.collect::<Vec<_>>());

    let district = bench.journal.district();
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
        journal.execute(Command { id, at: day(50), action: Action::HoldRound { season, seed: 1 } }).expect("a round");
    }
    let text = journal.to_jsonl().expect("text");
    let mut lines: Vec<&str> = text.lines().collect();
    let cut = &lines[1][..lines[1].len() / 2];
    let first = lines[2];
    lines[1] = cut;
    lines.push(first);
    let flaws = Journal::from_jsonl(&lines.join("\n")).expect_err("two damaged lines");
    let places: Vec<&str> = flaws.iter().map(|flaw| flaw.place.as_str()).collect();
    assert_eq!(places, ["journal, line 2", "journal, line 5"]);
    assert!(Journal::from_jsonl("").is_err());
}
