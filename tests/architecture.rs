//! Holds `src` to the import table and the file length that ARCHITECTURE.md states.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Module, then the modules it may import; the same table stands in ARCHITECTURE.md.
const TABLE: &str = "
error       :
refusal     :
units       : error
calendar    : error units
inventory   : units error
people      : units calendar error
market      : units error
allocation  : units error market
reservation : units calendar refusal
policy      : units calendar error refusal inventory people market
district    : units calendar error refusal inventory people market allocation reservation policy
journal     : units calendar error refusal district
marking     : units inventory market allocation policy district
audit       : units calendar refusal inventory people market policy reservation district journal
sample      : units calendar error inventory people market policy district
interop     : units calendar error inventory people market policy district
render      : units calendar inventory district audit
";
const LONGEST_FILE: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn table() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let row = |line: &'static str| {
        let (module, imports) = line.split_once(':').expect("module : imports");
        (module.trim(), imports.split_whitespace().collect())
    };
    TABLE.lines().filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the checkout") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The modules named after `crate::` in a file, those in the tests inside it too; comments are left out.
fn imports(text: &str) -> BTreeSet<String> {
    // All lines as one, for a path may be broken after `crate::` or `{`.
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue; // $crate:: and the like are other paths
        }
        let statement = code[at + path.len()..].split(';').next().unwrap_or_default();
        for name in heads(statement.trim_start()) {
            found.insert(name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found.remove("");
    found
}

/// What the paths after `crate::` start with: one, or each of an outer group, as in `{a::{B, C}, d::E}`.
fn heads(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else { return vec![rest] };
    let (mut heads, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(&group[start..at]);
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn every_module_imports_only_what_the_table_allows() {
    let (table, src) = (table(), root().join("src"));
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 20, "the walk found only {} files", files.len());
    let mut breaches = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        let module = inside.split(['/', '.']).next().unwrap_or_default().to_owned();
        if module == "lib" {
            continue;
        }
        let Some(allowed) = table.get(module.as_str()) else {
            breaches.push(format!("{inside}: module {module} has no row in the table"));
            continue;
        };
        for name in imports(&fs::read_to_string(&file).expect("a source file")) {
            if name != module && !allowed.contains(name.as_str()) {
                breaches.push(format!("{inside}: {module} may not import crate::{name}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_table_has_no_cycle() {
    let mut earlier = BTreeSet::new();
    for line in TABLE.lines().filter(|line| !line.trim().is_empty()) {
        let (module, imports) = line.split_once(':').expect("module : imports");
        for import in imports.split_whitespace() {
            assert!(earlier.contains(import), "{} imports {import}, which stands below it", module.trim());
        }
        earlier.insert(module.trim());
    }
}

#[test]
fn the_table_stands_in_architecture_md() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for (module, imports) in table() {
        let row = text
            .lines()
            .find(|line| line.split('|').nth(1).is_some_and(|cell| cell.trim().trim_matches('`') == module))
            .unwrap_or_else(|| panic!("no row for {module}"));
        let told: BTreeSet<&str> = row.split('|').nth(2).unwrap_or_default().split([',', ' ']).collect();
        let told: BTreeSet<&str> = told.into_iter().filter(|word| !matches!(*word, "" | "–")).collect();
        assert_eq!(told, imports, "{module}");
    }
}

#[test]
fn no_file_is_too_long() {
    let mut files = Vec::new();
    for folder in ["src", "tests", "examples", "benches"] {
        rust_files(&root().join(folder), &mut files);
    }
    let long = |file: &PathBuf| fs::read_to_string(file).expect("a source file").lines().count() > LONGEST_FILE;
    let giants: Vec<_> = files.into_iter().filter(long).collect();
    assert!(giants.is_empty(), "over {LONGEST_FILE} lines: {giants:?}");
}

#[test]
fn the_import_reader_sees_what_it_should() {
    for (text, expected) in [
        ("use crate::units::Money;", "units"),
        ("let x = crate::audit::check(crate::people::A); // crate::comment", "audit people"),
        ("use crate::{people::A, policy::B};", "people policy"),
        (
            "use crate::{\n    audit::X,\n    market::{Y, Z}, // crate::comment\n    units,\n};\nuse a::{b, c};",
            "audit market units",
        ),
        ("use crate::{audit::{self, X}, market};", "audit market"),
        ("use crate::\n    audit::X;", "audit"),
        ("pub(crate) use crate::render::{a, b};", "render"),
        ("pub(in crate::policy) fn f() { $crate::hidden(); my_crate::hidden(); }", "policy"),
        ("/// [`crate::doc`]\n//! crate::doc", ""),
        ("#[cfg(test)]\nmod tests {\n    use crate::sample::Plan;\n}", "sample"),
    ] {
        let seen: Vec<String> = imports(text).into_iter().collect();
        assert_eq!(seen.join(" "), expected, "{text}");
    }
}
