//! What serde says of a mistake, in the words of our reports.
//!
//! Invariant: a message that is not understood is passed on whole.

use crate::error::{FlawCode, near_miss};

/// Code, problem and remedy of a message of serde, or of a type of ours (`problem; remedy`).
pub(super) fn flaw(message: &str) -> (FlawCode, String, String) {
    let named = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field `") {
        return (FlawCode::Missing, format!("no field {named:?}"), format!("add the field {named:?}"));
    }
    let (found, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    if message.starts_with("unknown field `") {
        let known = expected.split('`').skip(1).step_by(2);
        let remedy = near_miss(named, known)
            .map_or_else(|| format!("leave it out; known here: {expected}"), |meant| format!("did you mean {meant}?"));
        return (FlawCode::Unknown, format!("{named:?} is no field"), remedy);
    }
    if message.starts_with("unknown variant `") {
        return (FlawCode::WrongValue, format!("{named:?} is not one of its words"), format!("write {expected}"));
    }
    for (start, code) in [("invalid type: ", FlawCode::WrongValue), ("invalid value: ", FlawCode::OutOfRange)] {
        if let Some(found) = found.strip_prefix(start).filter(|_| !expected.is_empty()) {
            let expected = plain(expected);
            return (code, format!("{found} is not {expected}"), format!("write {expected}"));
        }
    }
    match message.rsplit_once("; ") {
        Some((problem, remedy)) => (FlawCode::WrongValue, problem.to_owned(), remedy.to_owned()),
        None => {
            (FlawCode::WrongValue, message.to_owned(), "write what the documentation of this field shows".to_owned())
        }
    }
}

/// Rust's names for what is expected, said for people who write documents.
fn plain(expected: &str) -> String {
    let words = match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" => "a whole number from 0 to 18446744073709551615",
        "i64" => "a whole number",
        "a string" => "a text in quotation marks",
        "string or map" => "one word in quotation marks, or an object with one",
        "a sequence" => "a list in square brackets",
        "a boolean" => "true or false",
        "unit" => "null",
        expected
            if expected.starts_with("struct ")
                || expected.starts_with("internally tagged enum ")
                || expected == "a map" =>
        {
            "an object in curly brackets"
        }
        expected => expected,
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn messages_become_problem_and_remedy() {
        for (message, slug, problem, remedy) in [
            ("missing field `door`", "missing", "no field \"door\"", "add the field \"door\""),
            (
                "unknown field `x`, expected `id` or `door`",
                "unknown",
                "\"x\" is no field",
                "leave it out; known here: `id` or `door`",
            ),
            (
                "unknown field `stesp`, expected one of `id`, `steps`",
                "unknown",
                "\"stesp\" is no field",
                "did you mean steps?",
            ),
            (
                "unknown variant `up`, expected `left` or `right`",
                "wrong-value",
                "\"up\" is not one of its words",
                "write `left` or `right`",
            ),
            (
                "invalid type: string \"7\", expected u16",
                "wrong-value",
                "string \"7\" is not a whole number from 0 to 65535",
                "write a whole number from 0 to 65535",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "out-of-range",
                "integer `-1` is not a whole number from 0 to 4294967295",
                "write a whole number from 0 to 4294967295",
            ),
            (
                "\"x; y\" is not a date; write it like 2026-03-02",
                "wrong-value",
                "\"x; y\" is not a date",
                "write it like 2026-03-02",
            ),
        ] {
            let told = flaw(message);
            assert_eq!((told.0.slug(), told.1.as_str(), told.2.as_str()), (slug, problem, remedy), "{message}");
        }
    }
}
