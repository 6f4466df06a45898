//! Worked applications, one line a step: every rule of every preset at its figure, and every refusal there is.
//!
//! A table is text beside this file. A line that starts with `##` begins a story on ground of its own; every other line is
//! a step, `when | step | answer`, or in the table of a preset `when | step | what it shows | answer`. Steps are told in
//! `steps.rs`, answers in `told.rs`, facts in `facts.rs`, the ground in `ground.rs`. To add one: a line in a table, and
//! what the library answers in its last column.
//!
//! A preset's table is complete when each rule of its document is named in the third column of some line, and the answer
//! of a line that names it differs as soon as the rule is taken out of the document, or one of its figures is one higher.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod change;
mod facts;
mod grievances;
mod ground;
mod host;
mod rules;
mod steps;
mod tables;
mod told;

use change::Change;
use host::{Told, play};
use rules::changes;
use shared_parking::Refusal;
use shared_parking::policy::presets;
use std::collections::BTreeSet;
use tables::{CODES, PRESETS, rows};

/// Changes with which no document is sound, so that there is no other answer to compare with: no more cars can be active
/// than a permit lists.
const INDISPENSABLE: [(&str, &str, &str); 2] = [
    ("amsterdam", "special disabled", "active_at_once, one higher"),
    ("amsterdam", "special shared-car", "active_at_once, one higher"),
];

fn document(preset: &str) -> serde_json::Value {
    serde_json::to_value(presets::by_name(preset).expect("a preset")).expect("a document")
}

/// The answers of a table, and where they are not the ones in its last column.
fn held(preset: &str, text: &'static str, wrong: &mut Vec<String>) -> Vec<Told> {
    let mut answers = Vec::new();
    for (row, told) in rows(text).iter().zip(play(preset, text, None)) {
        let told = told.unwrap_or_else(|| panic!("{preset}, line {}: nothing is founded", row.line));
        if row.expected != told.answer {
            wrong.push(format!("{preset}, line {}: {} | {}, not {}", row.line, row.step, told.answer, row.expected));
        }
        answers.push(told);
    }
    answers
}

#[test]
fn every_step_has_its_answer_and_every_refusal_a_step() {
    let (mut met, mut wrong): (BTreeSet<Refusal>, Vec<String>) = (BTreeSet::new(), Vec::new());
    let tables = PRESETS.iter().flat_map(|(preset, texts)| texts.iter().map(move |text| (*preset, *text)));
    for (preset, text) in tables.chain(CODES.map(|text| ("xicheng-2022", text))) {
        met.extend(held(preset, text, &mut wrong).into_iter().flat_map(|told| told.refusals));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let missing: Vec<String> = Refusal::ALL.iter().filter(|no| !met.contains(no)).map(|no| no.to_string()).collect();
    assert!(missing.is_empty(), "no step is refused with {missing:#?}");
}

#[test]
fn every_preset_has_a_table_and_accepts_somebody() {
    let named: Vec<&str> = PRESETS.iter().map(|(preset, _)| *preset).collect();
    assert_eq!(named, presets::names().collect::<Vec<_>>());
    for (preset, texts) in PRESETS {
        let seated = |row: &tables::Row| row.shows.is_empty() && row.expected.starts_with("seated");
        let offered = |row: &tables::Row| row.shows.is_empty() && row.expected.starts_with("offered");
        let accepted = texts.iter().any(|text| rows(text).iter().any(|row| seated(row) || offered(row)));
        assert!(accepted, "{preset}: nobody is accepted");
    }
}

/// Whether an answer is a single refusal, which is how a rule of eligibility alone shows itself.
fn is_one_refusal(answer: &str) -> bool {
    answer.len() == 3 && answer.parse::<u16>().is_ok()
}

#[test]
fn every_rule_of_every_preset_decides_a_step() {
    let (mut missing, mut indispensable) = (Vec::new(), BTreeSet::new());
    for (preset, texts) in PRESETS {
        let changes = changes(&document(preset));
        let known: BTreeSet<&str> = changes.iter().map(|change| change.rule.as_str()).collect();
        let shown: BTreeSet<Shown<'_>> = texts.iter().flat_map(|text| shown(text)).collect();
        let named: BTreeSet<&str> = shown.iter().map(|(rule, ..)| *rule).collect();
        missing.extend(named.difference(&known).map(|rule| format!("{preset} has no rule {rule}")));
        missing.extend(known.difference(&named).map(|rule| format!("{preset}: no step shows {rule}")));
        let mut decided = BTreeSet::new();
        for change in changes.iter().filter(|change| named.contains(change.rule.as_str())) {
            match decides(preset, texts, change) {
                None => drop(indispensable.insert((preset.to_owned(), change.rule.clone(), change.what.clone()))),
                Some(own) if own.is_empty() => {
                    missing.push(format!("{preset}: no step of {} tells {}", change.rule, change.what));
                }
                Some(own) => decided.extend(own),
            }
        }
        let idle = shown.iter().filter(|own| !decided.contains(*own));
        missing.extend(idle.map(|(rule, line, step)| format!("{preset}, line {line}: {step} does not show {rule}")));
    }
    assert!(missing.is_empty(), "{missing:#?}");
    let listed = INDISPENSABLE.map(|(preset, rule, what)| (preset.to_owned(), rule.to_owned(), what.to_owned()));
    assert_eq!(indispensable, listed.into(), "changes with which no document is sound");
}

/// A rule, and the line and the step that show it.
type Shown<'r> = (&'r str, usize, &'r str);

fn shown(text: &'static str) -> Vec<Shown<'static>> {
    let of = |row: tables::Row| row.shows.into_iter().map(move |rule| (rule, row.line, row.step)).collect::<Vec<_>>();
    rows(text).into_iter().flat_map(of).collect()
}

/// The steps that show the rule and are answered otherwise once the document is changed; `None` when no document is sound
/// with it. A rule of eligibility taken out shows itself in a step that it alone refuses.
fn decides(preset: &str, texts: &[&'static str], change: &Change) -> Option<BTreeSet<Shown<'static>>> {
    let (mut sound, mut decided) = (false, BTreeSet::new());
    let alone = change.rule.starts_with("eligibility ") && change.what == "without it";
    for text in texts.iter().filter(|text| shown(text).iter().any(|(rule, ..)| *rule == change.rule)) {
        for (row, told) in rows(text).into_iter().zip(play(preset, text, Some(change))) {
            let (Some(told), Some(rule)) = (told, row.shows.iter().find(|rule| **rule == change.rule)) else {
                continue;
            };
            sound = true;
            if row.expected != told.answer && (!alone || is_one_refusal(&row.expected)) {
                decided.insert((*rule, row.line, row.step));
            }
        }
    }
    sound.then_some(decided)
}
