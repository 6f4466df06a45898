//! The table in the documentation of the lifecycle, and the function that decides by it.

use shared_parking::Refusal;
use shared_parking::district::{State, Step, next};
use std::collections::BTreeMap;

/// The cells of the documented table by state and step; rows that are not of the table are passed over.
pub fn documented() -> BTreeMap<(String, String), String> {
    let text = include_str!("../../src/district/lifecycle.rs");
    let (mut steps, mut cells) = (Vec::new(), BTreeMap::new());
    for row in text.lines().filter_map(|line| line.strip_prefix("//! |")) {
        let row: Vec<String> = row.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        match row[0].as_str() {
            "" => steps = row[1..].to_vec(),
            "---" => {}
            state => {
                assert_eq!(row.len(), steps.len() + 1, "{state}");
                for (step, cell) in steps.iter().zip(&row[1..]) {
                    let twice = cells.insert((state.to_owned(), step.clone()), cell.clone());
                    assert_eq!(twice, None, "{state} {step}");
                }
            }
        }
    }
    cells
}

/// What the function says, as the table writes it.
pub fn told(answer: Result<State, Refusal>) -> String {
    match answer {
        Ok(state) => state.word().to_owned(),
        Err(refusal) => refusal.number().to_string(),
    }
}

#[test]
fn the_documented_table_is_the_function() {
    let mut decided = BTreeMap::new();
    for &state in State::ALL {
        for &step in Step::ALL {
            decided.insert((state.word().to_owned(), step.word().to_owned()), told(next(state, step)));
        }
    }
    assert_eq!(decided.len(), 9 * 18);
    assert_eq!(documented(), decided);
}

#[test]
fn the_words_are_those_of_the_documents() {
    for &state in State::ALL {
        assert_eq!(serde_json::to_value(state).expect("a word"), state.word());
    }
    for &step in Step::ALL {
        assert_eq!(serde_json::to_value(step).expect("a word"), step.to_string());
    }
}
