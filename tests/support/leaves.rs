//! The single values of a document, and other values in their stead.

use serde_json::{Value, json};

/// Every leaf of a part of a district's JSON, as a path.
pub(crate) fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, own)| {
            leaves(own, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), found);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, own)| leaves(own, &format!("{path}/{at}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Another value of the same kind.
pub(crate) fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(own) => json!(!own),
        Value::Number(own) => json!(own.as_i64().map_or(0, |own| own + 1)),
        Value::Null => json!(1),
        // A later second, another hexadecimal digit, another word.
        Value::String(own) if own.ends_with('Z') => json!(format!("{}9Z", &own[..own.len() - 2])),
        Value::String(own) if own.len() > 1 && own.ends_with('0') => json!(format!("{}1", &own[..own.len() - 1])),
        Value::String(own) => json!(format!("{}0", &own[..own.len() - 1])),
        other => other.clone(),
    }
}
