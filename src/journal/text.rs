//! The journal as JSON Lines.

use super::Journal;
use crate::district::{District, Entry};
use crate::error::{FlawCode, Flaws};
use serde::de::DeserializeOwned;

impl Journal {
    /// Writes the genesis and then each entry, one JSON document a line, each line ended.
    ///
    /// # Errors
    /// Never in practice: every part of a journal can be written as JSON.
    pub fn to_jsonl(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string(&self.genesis)?;
        text.push('\n');
        for entry in &self.entries {
            text.push_str(&serde_json::to_string(entry)?);
            text.push('\n');
        }
        Ok(text)
    }

    /// Reads what [`to_jsonl`](Self::to_jsonl) wrote, and replays it.
    ///
    /// # Errors
    /// Every line that cannot be read or that repeats the command of an earlier one, with its number counted from 1.
    pub fn from_jsonl(text: &str) -> Result<Self, Flaws> {
        let mut flaws = Flaws::collector();
        let mut lines = (1..).zip(text.lines());
        let missing = || Flaws::one(FlawCode::Empty, "line 1", "an empty journal", "start with a district");
        let (_, first) = lines.next().ok_or_else(missing)?;
        let genesis: District = read(1, first)?;
        let mut journal = Self::new(genesis);
        for (number, line) in lines {
            match read::<Entry>(number, line) {
                Err(flaw) => flaws.absorb("journal", flaw),
                Ok(entry) if journal.district.command(&entry.command.id).is_some() => {
                    let problem = format!("command {} stands on an earlier line", entry.command.id);
                    flaws.push(FlawCode::DuplicateId, format!("journal, line {number}"), problem, "keep one of them");
                }
                Ok(entry) => {
                    journal.district.apply(&entry);
                    journal.entries.push(entry);
                }
            }
        }
        flaws.finish(journal)
    }
}

fn read<T: DeserializeOwned>(number: usize, line: &str) -> Result<T, Flaws> {
    serde_json::from_str(line).map_err(|error| {
        Flaws::one(FlawCode::Syntax, format!("line {number}"), error.to_string(), "restore the line from a copy")
    })
}
