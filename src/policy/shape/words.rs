//! A place and a value in a council's words: `walking limit`, `500 m`; `tariff from 2019-01-01, class 1`, `2.50 CNY`.
//!
//! Invariant: whatever the shape does not know is still told, by the names of its fields and its value.

use super::{Kind, Node, POLICY, Path, Segment, Side, inside};
use crate::policy::Tier;
use crate::units::{Currency, Money};
use serde_json::{Map, Value};

/// A place in words, from the segment of this number on; its path where there are no words.
pub(in crate::policy) fn phrase(path: &Path, from: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for at in from..path.0.len() {
        let last = at + 1 == path.0.len();
        let outer = Path(path.0[..at].to_vec()).node(POLICY);
        match &path.0[at] {
            Segment::Field(name) => match outer.fields().iter().find(|field| field.name == name) {
                // A list is named by its entries, save where the list itself is meant.
                Some(field) if last || !matches!(field.node, Node::List(_) | Node::Words(_)) => {
                    parts.push(field.words.to_owned());
                }
                Some(field) if matches!(field.node, Node::Words(_)) => parts.push(field.words.to_owned()),
                Some(_) => {}
                None => parts.push(name.replace('_', " ")),
            },
            Segment::Entry(key) => parts.push(named(outer, key)),
            Segment::Any => parts.push(format!("any {}", named(outer, "").trim())),
        }
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() && from == 0 { path.to_string() } else { parts.join(", ") }
}

/// An entry by its key: `rule plate-origin`, `within 30 m`.
fn named(list: Node, key: &str) -> String {
    let Node::List(list) = list else { return key.to_owned() };
    [list.noun.0, key, list.noun.1].join(" ").trim().to_owned()
}

/// What values are said in: money has a currency.
#[derive(Clone, Debug, Default)]
pub(in crate::policy) struct Tongue(pub(in crate::policy) Option<Currency>);

impl Tongue {
    /// The tongue of a document, whose currency it may lack.
    pub(in crate::policy) fn of(document: &Value) -> Self {
        Self(document.get("currency").and_then(|currency| serde_json::from_value(currency.clone()).ok()))
    }

    /// What stands at a place.
    pub(in crate::policy) fn say(&self, path: &Path, node: Node, side: Side<'_>) -> Option<String> {
        let value = side.value?;
        Some(match (node, value) {
            (Node::Leaf(kind), value) => self.leaf(kind, value, side.beside),
            (Node::Words(said), Value::Array(words)) if !words.is_empty() => {
                words.iter().map(|word| spoken(said, word)).collect::<Vec<_>>().join(", ")
            }
            (Node::Unknown, value) => match path.0.last() {
                Some(Segment::Field(name)) => self.leaf(guessed(name, value), value, side.beside),
                _ => plain(value),
            },
            (_, value) => plain(value),
        })
    }

    /// Everything an entry holds, save the field that is its key: `area inner city; window day (from 07:00; …)`.
    pub(in crate::policy) fn describe(&self, path: &Path, node: Node, entry: &Value) -> String {
        let depth = path.0.len();
        let key = matches!(path.0.last(), Some(Segment::Entry(_))).then(|| Path(path.0[..depth - 1].to_vec()));
        let keys: Vec<Path> = match key.map(|list| list.node(POLICY)) {
            Some(Node::List(list)) => match list.key {
                super::Key::Field(name) => vec![path.field(name)],
                super::Key::Either(names) => names.iter().map(|name| path.field(name)).collect(),
                super::Key::Place => Vec::new(),
            },
            _ => Vec::new(),
        };
        let mut parts = Vec::new();
        for found in inside(path, node, entry) {
            let nothing = found.after.value.and_then(Value::as_object).is_some_and(Map::is_empty);
            if keys.contains(&found.path) || nothing && found.what == super::What::Value {
                continue;
            }
            let words = phrase(&found.path, depth);
            parts.push(match (found.what, found.after.value) {
                (super::What::Entry, Some(entry)) => match self.describe(&found.path, found.node, entry) {
                    nothing if nothing.is_empty() => words,
                    within => format!("{words} ({within})"),
                },
                _ => {
                    let said = self.say(&found.path, found.node, found.after).unwrap_or_default();
                    [words, said].join(" ").trim().to_owned()
                }
            });
        }
        parts.join("; ")
    }

    fn leaf(&self, kind: Kind, value: &Value, beside: Option<&Map<String, Value>>) -> String {
        let number = value.as_i64();
        match (kind, number) {
            (Kind::Word(said), _) => spoken(said, value),
            (Kind::Count((one, many), ..), Some(number)) => {
                format!("{number} {}", if number == 1 { one } else { many }).trim().to_owned()
            }
            (Kind::Money(_), Some(units)) => self.money(units),
            (Kind::Price, Some(units)) => {
                let unit = beside.and_then(|beside| beside.get("unit_minutes")).and_then(Value::as_i64);
                let money = self.money(units);
                unit.map_or_else(|| money.clone(), |minutes| format!("{money} a {minutes} min"))
            }
            (Kind::Share(..), Some(points)) => percent(points),
            _ => plain(value),
        }
    }

    fn money(&self, units: i64) -> String {
        match &self.0 {
            Some(currency) => format!("{} {}", currency.write(Money::minor(units)), currency.code),
            None => format!("{units} minor units"),
        }
    }
}

/// A share of 10,000 basis points in percent, without needless decimals.
fn percent(points: i64) -> String {
    let whole = Currency { code: "".into(), decimals: 2 }.write(Money::minor(points));
    let short = whole.trim_end_matches('0').trim_end_matches('.');
    format!("{}%", if short.is_empty() { "0" } else { short })
}

/// An entry of a list of words, told by its key, as it is said.
pub(in crate::policy) fn said(list: Node, key: &str) -> String {
    let Node::Words(said) = list else { return key.to_owned() };
    let object = serde_json::from_str(key).ok().filter(Value::is_object);
    spoken(said, &object.unwrap_or_else(|| key.into()))
}

/// A word as it is said; an agreement on documents by what it asks for.
fn spoken(said: super::Said, word: &Value) -> String {
    let written = plain(word);
    if let Some(agreement) = word.as_object().and_then(|_| serde_json::from_value::<Tier>(word.clone()).ok()) {
        return agreement.to_string();
    }
    let found = said.iter().find(|(known, _)| *known == written).map_or("", |(_, said)| said);
    if found.is_empty() { written } else { found.to_owned() }
}

/// A value without any knowledge of it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::Object(map) if map.is_empty() => "nothing set".to_owned(),
        other => other.to_string(),
    }
}

/// The kind that the name of an unknown field stands for, as the fields of policies are named.
fn guessed(name: &str, value: &Value) -> Kind {
    let units = [
        ("m", ("m", "m")),
        ("months", ("month", "months")),
        ("days", ("day", "days")),
        ("hours", ("hour", "hours")),
        ("minutes", ("min", "min")),
        ("points", ("point", "points")),
    ];
    let ends = |word: &str| name.rsplit('_').next() == Some(word);
    if value.as_i64().is_none() {
        return Kind::Text;
    }
    if let Some((_, unit)) = units.into_iter().find(|(word, _)| ends(word)) {
        return Kind::Count(unit, i64::MIN, i64::MAX);
    }
    if ends("share") || ends("percent") || ends("ratio") {
        return Kind::Share(i64::MIN, i64::MAX);
    }
    let money = ["amount", "price", "fee", "cap", "fees", "charge"];
    if money.into_iter().any(ends) { Kind::Money(i64::MAX) } else { Kind::Text }
}

#[cfg(test)]
mod tests {
    use super::{Node, Path, Side, Tongue, percent, phrase};
    use crate::policy::shape::POLICY;
    use crate::units::Currency;
    use serde_json::json;

    #[test]
    fn places_have_words() {
        for (path, words) in [
            ("permits.walk_limit_m", "walking limit"),
            ("eligibility", "rules of eligibility"),
            ("eligibility[plate-origin].admit", "rule plate-origin, admitted"),
            ("eligibility[plate-origin].admit[local]", "rule plate-origin, admitted, local"),
            ("standing.points[distance].steps[30].points", "points for distance, within 30 m"),
            (
                "tariff.versions[2019-01-01].classes[*].schedule.windows[day].steps[1].unit_price",
                "tariff from 2019-01-01, any class, window day, step 1",
            ),
            ("standing.points[waiting].steps[12 months].points", "points for waiting, from 12 months"),
            ("standing.promotions[600].tiers", "promotion from 600 hours shared, up"),
            ("standing.earlier[2024-01-01].rules.tiers", "rules until 2024-01-01, tiers"),
            ("permits", "permits"),
            ("new_part.valid_hours", "new part, valid hours"),
            ("new[a].b", "new, a, b"),
        ] {
            assert_eq!(phrase(&Path::parse(path).unwrap(), 0), words, "{path}");
        }
    }

    #[test]
    fn values_have_units_even_where_the_field_is_new() {
        let tongue = Tongue(Some(Currency::CNY));
        for (path, value, said) in [
            ("permits.walk_limit_m", json!(500), "500 m"),
            ("permits.valid_months", json!(1), "1 month"),
            ("eligibility[arrears-at-most].amount", json!(5_000), "50.00 CNY"),
            ("round.mechanism", json!({ "deferred-acceptance": "single" }), "deferred acceptance with one lot each"),
            ("permits.space_kinds", json!(["shared", "resident"]), "shared, resident"),
            ("new.limit_m", json!(7), "7 m"),
            ("new.term_months", json!(1), "1 month"),
            ("new.share", json!(1_250), "12.5%"),
            ("new.fee", json!(7), "0.07 CNY"),
            ("new.fee", json!("free"), "free"),
            ("new.count", json!(7), "7"),
            ("new.on", json!(true), "yes"),
            ("new.list", json!([]), "none"),
            ("new.m", json!([1, { "a": 2 }]), "[1,{\"a\":2}]"),
        ] {
            let path = Path::parse(path).unwrap();
            let side = Side { value: Some(&value), beside: None };
            assert_eq!(tongue.say(&path, path.node(POLICY), side).as_deref(), Some(said), "{path}");
        }
        let money = Path::parse("eligibility[arrears-at-most].amount").unwrap();
        let side = Side { value: Some(&json!(5)), beside: None };
        assert_eq!(Tongue(None).say(&money, money.node(POLICY), side).as_deref(), Some("5 minor units"));
        assert_eq!(Tongue(None).say(&money, Node::Unknown, Side::default()), None);
    }

    #[test]
    fn shares_are_percent() {
        for (points, said) in [(0, "0%"), (5, "0.05%"), (1_000, "10%"), (1_250, "12.5%"), (10_000, "100%")] {
            assert_eq!(percent(points), said);
        }
    }
}
