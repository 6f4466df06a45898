//! A document with one of its rules changed.

use serde_json::{Value, json};

/// A document with one rule changed.
pub struct Change {
    /// The rule, as the third column of a table names it.
    pub rule: String,
    /// What is changed, in words.
    pub what: String,
    how: How,
}

/// How a document is changed.
pub enum How {
    /// What stands in the list of this path under this word is taken out.
    Without { list: String, word: String },
    /// The value at this path is taken out.
    Remove(String),
    /// A figure is one higher: at a path, or at a path within the entry of a list that has this word.
    Higher { list: String, word: String, figure: String },
    /// A value takes another's place.
    Set(String, Value),
    /// A shift is taken out, wherever it is named.
    Shift(String),
    /// A shift starts or ends at another time: its id, `from` or `until`, the time.
    Clock(String, &'static str, String),
}

/// What a patch says takes the place of what was there; objects are joined, and null takes out.
pub fn patched(document: &mut Value, patch: &Value) {
    match (document, patch) {
        (Value::Object(own), Value::Object(parts)) => {
            for (name, part) in parts {
                patched(own.entry(name).or_insert(Value::Null), part);
                if part.is_null() {
                    own.remove(name);
                }
            }
        }
        (own, patch) => *own = patch.clone(),
    }
}

/// The word by which an entry of a list is known: its `rule`, `for`, `by`, `id`, `kind`, `from`, or the word that it is.
pub fn word(entry: &Value) -> String {
    let named = ["rule", "for", "by", "id", "kind", "from"].iter().find_map(|key| entry.get(key)?.as_str());
    named.or(entry.as_str()).map_or_else(|| entry.to_string(), str::to_owned)
}

impl Change {
    pub fn new(rule: &str, what: &str, how: How) -> Self {
        Self { rule: rule.to_owned(), what: what.to_owned(), how }
    }

    /// The document with this change; the same where it does not have the rule.
    pub fn in_document(&self, document: &Value) -> Value {
        let mut changed = document.clone();
        match &self.how {
            How::Without { list, word: gone } => {
                let Some(own) = changed.pointer_mut(list).and_then(Value::as_array_mut) else { return changed };
                own.retain(|entry| word(entry) != *gone);
                // Somebody has to stand in a tier: where nothing else sees to it, all do, after those with papers.
                if list == "/standing/tiers" && own.is_empty() {
                    own.extend([json!("three-in-one"), json!("anyone")]);
                }
                if list == "/eligibility" && gone == "documents-in-a-tier" {
                    changed["standing"]["tiers"].as_array_mut().expect("tiers").push(json!("anyone"));
                }
            }
            How::Remove(path) => {
                let (home, name) = path.rsplit_once('/').expect("a path");
                changed.pointer_mut(home).and_then(Value::as_object_mut).and_then(|home| home.remove(name));
            }
            How::Higher { list, word: own, figure } => {
                let home = changed.pointer_mut(list);
                let home = if own.is_empty() {
                    home
                } else {
                    home.and_then(Value::as_array_mut)
                        .and_then(|list| list.iter_mut().find(|entry| word(entry) == *own))
                };
                if let Some(number) = home.and_then(|home| home.pointer_mut(figure)) {
                    *number = json!(number.as_u64().expect("a figure") + 1);
                }
            }
            How::Set(path, value) if path == "/" => patched(&mut changed, value),
            How::Set(path, value) => {
                if let Some(own) = changed.pointer_mut(path) {
                    *own = value.clone();
                }
            }
            How::Clock(id, end, time) => {
                let shifts = changed.pointer_mut("/shifts/list").and_then(Value::as_array_mut);
                if let Some(shift) = shifts.and_then(|list| list.iter_mut().find(|shift| word(shift) == *id)) {
                    shift[end] = json!(time);
                }
            }
            How::Shift(id) => {
                if let Some(shifts) = changed.get_mut("shifts") {
                    without(shifts, id);
                }
                if let Some(ties) = changed.pointer_mut("/standing/ties") {
                    without(ties, id);
                    let empty = |tie: &Value| tie["first"].as_array().is_some_and(Vec::is_empty);
                    ties.as_array_mut().expect("ties").retain(|tie| !empty(tie));
                }
            }
        }
        changed
    }
}

/// Takes a shift out of every list in a value.
fn without(value: &mut Value, shift: &str) {
    match value {
        Value::Array(own) => {
            own.retain(|entry| word(entry) != shift);
            own.iter_mut().for_each(|entry| without(entry, shift));
        }
        Value::Object(own) => own.values_mut().for_each(|part| without(part, shift)),
        _ => {}
    }
}
