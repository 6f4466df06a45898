//! The JSON Schema of policy documents, made from the types themselves.

use super::Policy;
use serde_json::Value;

/// The JSON Schema (2020-12) of a policy document: fields, types, words and which fields may be left out. The same text
/// is kept in the repository as `src/policy/policy.schema.json`.
///
/// A document that the schema refuses is refused by [`Policy::from_json`] too. The converse does not hold: ranges, and
/// what parts say of each other, are checked by `from_json` alone.
///
/// ```
/// let schema = shared_parking::policy::schema();
/// assert_eq!(schema["title"], "Policy");
/// assert_eq!(schema["additionalProperties"], false);
/// ```
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(Policy).to_value()
}
