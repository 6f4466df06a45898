//! The journal as JSON Lines.

use super::{Journal, next_head};
use crate::district::{Command, District, Entry, Event};
use crate::error::{FlawCode, Flaws};
use crate::units::Digest;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

impl Journal {
    /// Writes the genesis and then each entry, one JSON document a line, each line ended.
    ///
    /// # Errors
    /// Never in practice: every part of a journal can be written as JSON.
    pub fn to_jsonl(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string(&self.genesis)?;
        text.push('\n');
        for number in 0..self.entries.len() {
            text.push_str(&self.line(number)?.unwrap_or_default());
        }
        Ok(text)
    }

    /// One line of [`to_jsonl`](Self::to_jsonl), ended: that of the entry with this number, counted from 0. A host that
    /// appends to a file writes `line(entries().len() - 1)` after each command that added an entry.
    ///
    /// # Errors
    /// Never in practice, as above.
    pub fn line(&self, number: usize) -> Result<Option<String>, serde_json::Error> {
        let (Some(entry), Some(head)) = (self.entries.get(number), self.heads.get(number + 1)) else { return Ok(None) };
        let line = Line { command: Cow::Borrowed(&entry.command), events: Cow::Borrowed(&entry.events), head: *head };
        serde_json::to_string(&line).map(|text| Some(text + "\n"))
    }

    /// Reads what [`to_jsonl`](Self::to_jsonl) wrote, and replays it. Blank lines and a byte order mark are passed over.
    ///
    /// # Errors
    /// Every line that cannot be read, repeats the command of an earlier one, goes back in time, holds events that do not
    /// answer its command, or whose head does not follow from the lines before, with its number counted from 1. After the
    /// first line with a flaw the heads are not compared, and when that is the genesis, nothing is replayed. A last line
    /// torn by a crash is a flaw like any other: cut it off, and send its command again.
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
            match (read::<Line<'_>>(number, line), &mut journal) {
                (Err(flaw), _) => flaws.absorb("journal", flaw),
                (Ok(_), None) => {}
                (Ok(line), Some(journal)) => {
                    let told = flaws.is_clean().then_some(line.head);
                    if let Err(problem) = journal.follow(line.into_entry(), told) {
                        let place = format!("journal, line {number}");
                        flaws.push(FlawCode::Contradiction, place, problem, "restore the line from a copy");
                    }
                }
            }
        }
        // Without a journal there is a flaw of its first line, so nothing is lost here.
        flaws.finish(journal)?.ok_or_else(missing)
    }

    /// Takes over an entry that was read as the next one, if it can be: `told` is the head it should lead to.
    fn follow(&mut self, entry: Entry, told: Option<Digest>) -> Result<(), String> {
        let (district, command) = (&self.district, &entry.command);
        if district.command(&command.id).is_some() {
            return Err(format!("command {} was decided before", command.id));
        }
        if let Some(clock) = district.clock().filter(|&clock| command.at < clock) {
            return Err(format!("command {} at {} lies before {clock}", command.id, command.at));
        }
        if !entry.is_answered() {
            return Err(format!("the events do not answer command {}", command.id));
        }
        let head = next_head(self.head(), &entry);
        if told.is_some_and(|told| told != head) {
            return Err("the head does not follow from this line and those before it".to_owned());
        }
        self.append(entry, head);
        Ok(())
    }
}

/// An entry with the head it leads to.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    command: Cow<'a, Command>,
    events: Cow<'a, [Event]>,
    head: Digest,
}

impl Line<'_> {
    fn into_entry(self) -> Entry {
        Entry { command: self.command.into_owned(), events: self.events.into_owned() }
    }
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
