//! The journal: where a district started, and every command with what it led to.
//!
//! Invariant: a replay applies events and never decides; so a better algorithm, a corrected time zone or another
//! rounding cannot rewrite history. As text it is JSON Lines: the genesis, then one entry a line, each with the head that
//! links it to all before it.

mod text;

use crate::district::{Command, District, Entry, Event};
use crate::refusal::Refusal;
use crate::units::Digest;

/// A district with its history.
///
/// ```
/// use shared_parking::{Command, CommandId, Journal, Refusal, Season, Timestamp};
/// use shared_parking::district::Action;
/// let district = shared_parking::sample::small_district(1).unwrap();
/// let at: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
/// let mut journal = Journal::new(district);
/// let season = Season::new("2026").unwrap();
/// let action = Action::HoldRound { season, seed: 7 };
/// let round = Command { id: CommandId::new("c-1").unwrap(), at, action };
/// journal.execute(round.clone()).unwrap();
///
/// // a retry is recognised; the same id with another content is refused
/// assert_eq!(journal.execute(round.clone()).unwrap().len(), 1);
/// assert_eq!(journal.entries().len(), 1);
/// let other = Command { at: at.plus_seconds(1), ..round };
/// assert_eq!(journal.execute(other), Err(Refusal::CommandIdReused));
///
/// // the text replays to the same state
/// let read = Journal::from_jsonl(&journal.to_jsonl().unwrap()).unwrap();
/// assert_eq!(read.district().digest().unwrap(), journal.district().digest().unwrap());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    genesis: District,
    entries: Vec<Entry>,
    /// The head after the genesis, and after each entry.
    heads: Vec<Digest>,
    district: District,
}

impl Journal {
    /// A journal that starts from this state.
    #[must_use]
    pub fn new(genesis: District) -> Self {
        // A district is always writable as JSON; a digest of nothing would only fail to match any other journal's.
        let founded = genesis.digest().unwrap_or_else(|_| Digest::of_bytes(b""));
        Self { district: genesis.clone(), genesis, entries: Vec::new(), heads: vec![founded] }
    }

    /// Decides a command, applies what it leads to, and writes both down. A command executed before returns its stored
    /// events; one that the genesis knows already, and whose events this journal therefore does not hold, none.
    ///
    /// # Errors
    /// The refusal; then nothing has changed and nothing is written down.
    pub fn execute(&mut self, command: Command) -> Result<&[Event], Refusal> {
        let events = self.district.decide(&command)?;
        if let Some(known) = self.district.command(&command.id) {
            // Numbers count from the first command of all; those of the genesis have no entry here.
            let before = self.genesis.commands().len() as u64;
            let at = known.number.checked_sub(before).and_then(|at| usize::try_from(at).ok());
            return Ok(at.and_then(|at| self.entries.get(at)).map_or(&[], |entry| &entry.events));
        }
        let entry = Entry { command, events };
        let head = next_head(self.head(), &entry);
        self.append(entry, head);
        Ok(self.entries.last().map_or(&[], |entry| &entry.events))
    }

    /// The state now.
    #[must_use]
    pub const fn district(&self) -> &District {
        &self.district
    }

    /// The state before the first entry.
    #[must_use]
    pub const fn genesis(&self) -> &District {
        &self.genesis
    }

    /// The entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The state that applying every entry to the genesis gives.
    #[must_use]
    pub fn replay(&self) -> District {
        let mut district = self.genesis.clone();
        for entry in &self.entries {
            district.apply(entry);
        }
        district
    }

    /// The fingerprint of the whole history so far: SHA-256 over the previous head and the entry's JSON, from the digest
    /// of the genesis on. Publish it from time to time: whoever changes, adds or removes anything before it cannot come
    /// to the same head.
    #[must_use]
    pub fn head(&self) -> Digest {
        self.heads.last().copied().unwrap_or_else(|| Digest::of_bytes(b""))
    }

    fn append(&mut self, entry: Entry, head: Digest) {
        self.heads.push(head);
        self.district.apply(&entry);
        self.entries.push(entry);
    }
}

fn next_head(head: Digest, entry: &Entry) -> Digest {
    Digest::of(&(head, entry)).unwrap_or(head)
}
