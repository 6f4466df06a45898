//! The JSON Schema of policy documents, made from the types themselves.

use super::Policy;
use serde_json::Value;

/// The JSON Schema (2020-12) of a policy document: fields, types, words and which fields may be left out. The same text
/// is kept in the repository as `src/policy/policy.schema.json`.
///
/// Descriptions are the documentation of the types, without what is for readers of Rust alone: examples and links.
///
/// A document that the schema refuses is refused by [`Policy::from_json`] too. The converse does not hold: ranges, and
/// what parts say of each other (a `shared-hours` that has a rate and steps, say), are checked by `from_json` alone.
///
/// ```
/// let schema = shared_parking::policy::schema();
/// assert_eq!(schema["title"], "Policy");
/// assert_eq!(schema["additionalProperties"], false);
/// ```
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Policy).to_value();
    plain(&mut schema);
    schema
}

/// Takes Rust out of every description, however deep.
fn plain(value: &mut Value) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(key, value)| match value {
            Value::String(text) if key == "description" => *text = without_rust(text),
            value => plain(value),
        }),
        Value::Array(list) => list.iter_mut().for_each(plain),
        _ => {}
    }
}

/// The text up to its first example, each link `[name](target)` being its name.
fn without_rust(text: &str) -> String {
    let text = text.split("```").next().unwrap_or_default().trim_end();
    let mut parts = text.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, rest)) = part.split_once(']') else {
            plain.extend(["[", part]);
            continue;
        };
        let after = rest.strip_prefix('(').and_then(|target| target.split_once(')')).map(|(_, after)| after);
        match (after, name.starts_with('`')) {
            (Some(after), _) => plain.extend([name, after]),
            (None, true) => plain.extend([name, rest]),
            (None, false) => plain.extend(["[", name, "]", rest]),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_description_holds_rust() {
        fn walk(value: &Value, found: &mut usize) {
            match value {
                Value::Object(map) => map.iter().for_each(|(key, value)| {
                    if let (true, Some(text)) = (key == "description", value.as_str()) {
                        *found += 1;
                        assert!(!text.contains("```") && !text.contains("[`") && !text.contains("]("), "{text}");
                        assert!(!text.is_empty());
                    }
                    walk(value, found);
                }),
                Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
                _ => {}
            }
        }
        let mut found = 0;
        walk(&schema(), &mut found);
        assert!(found > 100, "{found}");
    }

    #[test]
    fn links_become_their_names() {
        let text = "See [`Policy::compare`], [the list](crate::policy) and prices[0].\n\n```\nlet x = 1;\n```\nMore.";
        assert_eq!(without_rust(text), "See `Policy::compare`, the list and prices[0].");
        assert_eq!(without_rust("an open [ bracket"), "an open [ bracket");
    }
}
