//! What a journal says against what was asked, and claims across applications.

use super::journal;
use serde_json::{Value, json};
use shared_parking::district::Answer;
use shared_parking::{Action, Application, Command, Journal, Season, Timestamp, audit, sample};

#[test]
fn a_journal_that_answers_something_else_is_found() {
    type Lie = fn(&mut Value);
    let lies: [(&str, Lie); 6] = [
        ("a bill for another time", |entry| entry["events"][0]["stay-billed"]["bill"]["total"] = json!(0)),
        ("another id", |entry| entry["command"]["id"] = json!("another")),
        ("a second later", |entry| entry["command"]["at"] = json!("2026-12-31T00:00:00Z")),
        ("no bill at all", |entry| entry["events"] = json!([])),
        ("a command changed after its answer", |entry| {
            entry["command"]["action"]["bill-stay"]["vehicle"] = json!("another");
        }),
        ("an answer given twice", |entry| {
            let event = entry["events"][0].clone();
            entry["events"].as_array_mut().expect("events").push(event);
        }),
    ];
    let sound = journal(2);
    assert_eq!(audit::check_journal(&sound), Ok(()));
    let text = sound.to_jsonl().expect("text");
    let lines: Vec<&str> = text.lines().collect();
    for (what, lie) in lies {
        let mut entry: Value = serde_json::from_str(lines[lines.len() - 1]).expect("an entry");
        lie(&mut entry);
        let last = entry.to_string();
        let mut lying = lines.clone();
        *lying.last_mut().expect("an entry") = &last;
        let read = Journal::from_jsonl(&lying.join("\n"));
        let passes = read.is_ok_and(|journal| audit::check_journal(&journal).is_ok());
        assert!(!passes, "{what}");
    }
    let shorter = Journal::from_jsonl(&lines[..lines.len() - 1].join("\n")).expect("a shorter history is a history");
    assert_ne!(shorter.head(), sound.head(), "but it has another head");
}

#[test]
fn one_vehicle_and_one_person_have_one_permit() {
    let twice = |change: fn(&mut Application, &Application)| -> Vec<u16> {
        let mut journal = Journal::new(sample::small_district(1).expect("a district"));
        let at: Timestamp = "2026-03-01T00:00:00Z".parse().expect("an instant");
        let waiting: Vec<Application> = journal.district().applications().map(|own| own.application.clone()).collect();
        let eligible = waiting.iter().find(|own| journal.district().judge(own, at).is_empty()).expect("one").clone();
        let mut second = Application { id: "a-second".parse().expect("an id"), applied_at: at, ..eligible.clone() };
        second.resident.household = "h-other".parse().expect("an id");
        second.resident.id = "r-other".parse().expect("an id");
        second.vehicle.id = "v-other".parse().expect("an id");
        change(&mut second, &eligible);
        let season = Season::new("2026").expect("a season");
        for (id, action) in [("1", Action::Apply(second)), ("2", Action::HoldRound { season, seed: 1 })] {
            journal.execute(Command { id: id.parse().expect("an id"), at, action }).expect("no refusal");
        }
        match journal.district().rounds()[0].answer(&"a-second".parse().expect("an id")).expect("an answer") {
            Answer::NotEligible { reasons } => reasons.iter().map(|reason| reason.refusal.number()).collect(),
            _ => Vec::new(),
        }
    };
    assert!(twice(|_, _| ()).is_empty());
    assert_eq!(twice(|second, first| second.resident.household = first.resident.household.clone()), [211]);
    assert_eq!(twice(|second, first| second.vehicle.id = first.vehicle.id.clone()), [212]);
    assert_eq!(twice(|second, first| second.resident.id = first.resident.id.clone()), [213]);
}
