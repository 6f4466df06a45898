//! The path of a place in a policy document, with entries of lists named by their keys: `discounts[resident-price].when`.
//!
//! Invariant: reading what was written gives the same path.

use super::{Entries, Key, List, Node};
use crate::error::near_miss;
use std::fmt;

/// A path; as a pattern it may hold `[*]`, which stands for any entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::policy) struct Path(pub(in crate::policy) Vec<Segment>);

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::policy) enum Segment {
    /// A field of an object.
    Field(String),
    /// The entry of a list with this key.
    Entry(String),
    /// Any entry of a list.
    Any,
}

impl Path {
    /// The path of a field below this one.
    pub(in crate::policy) fn field(&self, name: &str) -> Self {
        self.with(Segment::Field(name.to_owned()))
    }

    /// The path of an entry below this one.
    pub(in crate::policy) fn entry(&self, key: &str) -> Self {
        self.with(Segment::Entry(key.to_owned()))
    }

    fn with(&self, segment: Segment) -> Self {
        Self(self.0.iter().cloned().chain([segment]).collect())
    }

    /// Whether another path is this one or lies below it; `[*]` here stands for any entry there.
    pub(in crate::policy) fn covers(&self, other: &Self) -> bool {
        let one = |(own, other): (&Segment, &Segment)| match own {
            Segment::Any => !matches!(other, Segment::Field(_)),
            own => own == other,
        };
        self.0.len() <= other.0.len() && self.0.iter().zip(&other.0).all(one)
    }

    /// Whether some path lies at or below both patterns.
    pub(in crate::policy) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|pair| match pair {
            (Segment::Any, Segment::Entry(_) | Segment::Any) | (Segment::Entry(_), Segment::Any) => true,
            (own, other) => own == other,
        })
    }

    /// What stands at this path below a node.
    pub(in crate::policy) fn node(&self, from: Node) -> Node {
        self.0.iter().fold(from, |node, segment| match segment {
            Segment::Field(name) => node.field(name),
            Segment::Entry(key) => node.entry(Some(key)),
            Segment::Any => node.entry(None),
        })
    }

    /// Reads a path; the mistake in words when it is none.
    pub(in crate::policy) fn parse(text: &str) -> Result<Self, String> {
        let (mut segments, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let segment = if let Some(inside) = rest.strip_prefix('[') {
                let (key, after) = key(inside).ok_or("a bracket is not closed")?;
                rest = after;
                key
            } else {
                if !segments.is_empty() {
                    rest = rest.strip_prefix('.').ok_or("a dot is missing")?;
                }
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                rest = after;
                Segment::Field(name.to_owned())
            };
            let nothing = matches!(&segment, Segment::Field(name) if name.is_empty());
            if nothing || segments.is_empty() && !matches!(segment, Segment::Field(_)) {
                return Err("a field is not named".to_owned());
            }
            segments.push(segment);
        }
        if segments.is_empty() { Err("it is empty".to_owned()) } else { Ok(Self(segments)) }
    }

    /// Checks that a policy document can have this path; otherwise problem and remedy.
    pub(in crate::policy) fn check(&self, from: Node) -> Result<Node, (String, String)> {
        let (mut node, mut reached) = (from, Self::default());
        for segment in &self.0 {
            node = below(node, segment, &reached)?;
            reached = reached.with(segment.clone());
        }
        Ok(node)
    }
}

/// The key in a bracket whose opening was read, and what follows the closing one.
fn key(inside: &str) -> Option<(Segment, &str)> {
    if inside.starts_with('"') {
        let mut reader = serde_json::Deserializer::from_str(inside).into_iter::<String>();
        let key = reader.next()?.ok()?;
        return Some((Segment::Entry(key), inside[reader.byte_offset()..].strip_prefix(']')?));
    }
    let (key, after) = inside.split_once(']')?;
    Some((if key == "*" { Segment::Any } else { Segment::Entry(key.to_owned()) }, after))
}

/// What stands one segment below a node, or why nothing can.
fn below(node: Node, segment: &Segment, reached: &Path) -> Result<Node, (String, String)> {
    let at = if reached.0.is_empty() { "a policy".to_owned() } else { format!("{reached}") };
    match (node, segment) {
        (Node::Object(fields) | Node::Variant(fields), Segment::Field(name)) => {
            let names = || fields.iter().map(|field| field.name);
            fields.iter().find(|field| field.name == name).map(|field| field.node).ok_or_else(|| {
                let remedy = near_miss(name, names()).map_or_else(
                    || format!("its fields are {}", names().collect::<Vec<_>>().join(", ")),
                    |meant| format!("did you mean {}?", reached.field(meant)),
                );
                (format!("{at} has no field {name:?}"), remedy)
            })
        }
        (Node::List(List { entries: Entries::ByKey(kinds), .. }), Segment::Entry(key)) => {
            let words = || kinds.iter().map(|(word, _)| *word);
            if words().any(|word| word == key) {
                return Ok(node.entry(Some(key)));
            }
            let remedy = near_miss(key, words()).map_or_else(
                || format!("its entries are {}", words().collect::<Vec<_>>().join(", ")),
                |meant| format!("did you mean {}?", reached.entry(meant)),
            );
            Err((format!("{at} has no entry {key:?}"), remedy))
        }
        (Node::List(list), Segment::Entry(key)) => {
            let place = key.parse::<u32>().is_ok_and(|place| place > 0 && place.to_string() == *key);
            if matches!(list.key, Key::Place) && !place {
                let remedy = format!("name one by its place, as in {}", reached.entry("1"));
                return Err((format!("{at} has no entry {key:?}"), remedy));
            }
            Ok(node.entry(Some(key)))
        }
        (Node::List(_), Segment::Any) => Ok(node.entry(None)),
        (Node::List(list), Segment::Field(name)) => {
            let example = match list.entries {
                Entries::ByKey(kinds) => kinds.first().map_or("*", |(word, _)| word),
                Entries::Alike(_) => "*",
            };
            let remedy = format!("name an entry first, as in {}.{name}", reached.with(key_segment(example)));
            Err((format!("{at} is a list"), remedy))
        }
        _ => Err((format!("{at} has no parts to be told apart"), format!("write {reached}"))),
    }
}

fn key_segment(key: &str) -> Segment {
    if key == "*" { Segment::Any } else { Segment::Entry(key.to_owned()) }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Field(name) if at == 0 => f.write_str(name)?,
                Segment::Field(name) => write!(f, ".{name}")?,
                Segment::Any => f.write_str("[*]")?,
                Segment::Entry(key) if key == "*" || key.is_empty() || key.contains(['"', ']']) => {
                    write!(f, "[{}]", serde_json::Value::from(key.as_str()))?;
                }
                Segment::Entry(key) => write!(f, "[{key}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, Segment};
    use crate::policy::shape::POLICY;

    #[test]
    fn what_was_written_is_read() {
        for key in ["a", "", "*", "]", "\"", "a]b", "[", "a.b", "\\\"]", "1"] {
            let path = Path::default().field("discounts").entry(key).field("id");
            assert_eq!(Path::parse(&path.to_string()), Ok(path), "{key:?}");
        }
        let any = Path(vec![Segment::Field("discounts".to_owned()), Segment::Any]);
        assert_eq!(Path::parse("discounts[*]"), Ok(any));
    }

    #[test]
    fn what_is_no_path_is_told() {
        for (text, problem) in [
            ("", "it is empty"),
            (".a", "a field is not named"),
            ("a.", "a field is not named"),
            ("a..b", "a field is not named"),
            ("[a]", "a field is not named"),
            ("a[b", "a bracket is not closed"),
            ("a[\"b]", "a bracket is not closed"),
            ("a[b]c", "a dot is missing"),
        ] {
            assert_eq!(Path::parse(text), Err(problem.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_pattern_covers_what_lies_below_it() {
        let path = |text: &str| Path::parse(text).unwrap();
        for (pattern, other, covers, meets) in [
            ("a", "a", true, true),
            ("a", "a.b[c]", true, true),
            ("a.b", "a", false, true),
            ("a[*].b", "a[x].b.c", true, true),
            ("a[x].b", "a[*].b", false, true),
            ("a[x].b", "a[y].b", false, false),
            ("a[x]", "ab[x]", false, false),
            ("a[*].b[1]", "a[x].b[*]", false, true),
            ("a[*]", "a.x", false, false),
        ] {
            assert_eq!(path(pattern).covers(&path(other)), covers, "{pattern} {other}");
            assert_eq!(path(pattern).meets(&path(other)), meets, "{pattern} {other}");
            assert_eq!(path(other).meets(&path(pattern)), meets, "{pattern} {other}");
        }
    }

    #[test]
    fn a_path_that_no_policy_has_is_told_with_what_was_meant() {
        for (text, problem, remedy) in [
            ("permit", "a policy has no field \"permit\"", "did you mean permits?"),
            ("permits.walk_limit", "permits has no field \"walk_limit\"", "did you mean permits.walk_limit_m?"),
            ("currency.x", "currency has no field \"x\"", "its fields are code, decimals"),
            (
                "eligibility[arears-at-most]",
                "eligibility has no entry \"arears-at-most\"",
                "did you mean eligibility[arrears-at-most]?",
            ),
            (
                "eligibility.amount",
                "eligibility is a list",
                "name an entry first, as in eligibility[registered-resident].amount",
            ),
            ("tariff.versions.from", "tariff.versions is a list", "name an entry first, as in tariff.versions[*].from"),
            ("name.x", "name has no parts to be told apart", "write name"),
            (
                "permits.space_kinds[shared]",
                "permits.space_kinds has no parts to be told apart",
                "write permits.space_kinds",
            ),
            ("eligibility[*].amount", "eligibility[*] has no parts to be told apart", "write eligibility[*]"),
            (
                "tariff.versions[*].classes[*].schedule.windows[*].steps[first]",
                "tariff.versions[*].classes[*].schedule.windows[*].steps has no entry \"first\"",
                "name one by its place, as in tariff.versions[*].classes[*].schedule.windows[*].steps[1]",
            ),
        ] {
            let told = Path::parse(text).unwrap().check(POLICY).unwrap_err();
            assert_eq!((told.0.as_str(), told.1.as_str()), (problem, remedy), "{text}");
        }
    }
}
