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

    /// Reads what [`to_jsonl`](Self::to_jsonl) wrote, and replays it. Blank lines and a byte order mark are passed over.
    ///
    /// # Errors
    /// Every line that cannot be read, repeats the command of an earlier one, goes back in time, or holds events that do
    /// not answer its command, with its number counted from 1. When the first line, the genesis, cannot be read, the
    /// others are still read, but not replayed.
    pub fn from_jsonl(text: &str) -> Result<Self, Flaws> {
        let mut flaws = Flaws::collector();
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let missing = || Flaws::one(FlawCode::Empty, "line 1", "an empty journal", "start with a district");
        let (number, first) = lines.next().ok_or_else(missing)?;
        let mut journal = match read::<District>(number, first) {
            Ok(genesis) => Some(Self::new(genesis)),
            Err(flaw) => {
                flaws.absorb("journal", flaw);
                None
            }
        };
        for (number, line) in lines {
            match (read::<Entry>(number, line), &mut journal) {
                (Err(flaw), _) => flaws.absorb("journal", flaw),
                (Ok(_), None) => {}
                (Ok(entry), Some(journal)) => match contradiction(&entry, &journal.district) {
                    Some(problem) => {
                        let place = format!("journal, line {number}");
                        flaws.push(FlawCode::Contradiction, place, problem, "restore the line from a copy");
                    }
                    None => {
                        journal.district.apply(&entry);
                        journal.entries.push(entry);
                    }
                },
            }
        }
        // Without a journal there is a flaw of its first line, so nothing is lost here.
        flaws.finish(journal)?.ok_or_else(missing)
    }
}

/// What is wrong with an entry as the next one, if anything is.
fn contradiction(entry: &Entry, district: &District) -> Option<String> {
    let command = &entry.command;
    if district.command(&command.id).is_some() {
        return Some(format!("command {} was decided before", command.id));
    }
    if let Some(clock) = district.clock().filter(|&clock| command.at < clock) {
        return Some(format!("command {} at {} lies before {clock}", command.id, command.at));
    }
    (!entry.is_answered()).then(|| format!("the events do not answer command {}", command.id))
}

fn read<T: DeserializeOwned>(number: usize, line: &str) -> Result<T, Flaws> {
    let flaw = |path: &str, error: &serde_json::Error| {
        // A line of the journal is the whole text for its reader: its "at line 1" would mislead.
        let problem = error.to_string().replace(" at line 1 column ", " at column ");
        let place = if path == "." { format!("line {number}") } else { format!("line {number}, {path}") };
        Flaws::one(FlawCode::Syntax, place, problem, "restore the line from a copy")
    };
    let mut reader = serde_json::Deserializer::from_str(line);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| flaw(&error.path().to_string(), error.inner()))?;
    reader.end().map(|()| value).map_err(|error| flaw(".", &error))
}
