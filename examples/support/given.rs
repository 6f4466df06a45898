//! What a run is given: the ground, the rules and the people, read whole before anything is done.

use shared_parking::inventory::KerbRules;
use shared_parking::{Application, Flaws, Inventory, Policy, interop};
use std::path::Path;

/// The district that a checkout ships: see examples/data/README.md for source and licence.
const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/helsinki_district.geojson");

pub struct Given {
    /// From the file named, or the shipped one.
    pub inventory: Inventory,
    pub policy: Option<Policy>,
    pub applications: Option<Vec<Application>>,
}

impl Given {
    /// Reads every file before it answers, so that one run shows the flaws of all of them.
    pub fn read(district: Option<&Path>, policy: Option<&Path>, applications: Option<&Path>) -> Result<Self, String> {
        let ground = district.unwrap_or(Path::new(SHIPPED));
        let inventory = load(ground, |text| interop::geojson::inventory(text, &KerbRules::default()));
        let policy = policy.map(|path| load(path, Policy::from_json)).transpose();
        let applications = applications.map(|path| load(path, |text| read_applications(path, text))).transpose();
        match (inventory, policy, applications) {
            (Ok(inventory), Ok(policy), Ok(applications)) => Ok(Self { inventory, policy, applications }),
            (inventory, policy, applications) => {
                let problems = [inventory.err(), policy.err(), applications.err()];
                Err(problems.into_iter().flatten().collect::<Vec<_>>().join("\n"))
            }
        }
    }
}

/// What was read, where nothing is wrong with it nor with the command line; otherwise the problems of both.
pub fn all_of<T>(mut problems: Vec<String>, read: Result<T, String>) -> Result<T, String> {
    match read {
        Ok(read) if problems.is_empty() => Ok(read),
        read => {
            problems.extend(read.err());
            Err(problems.join("\n"))
        }
    }
}

/// Reads a file whole; what is wrong with it is told under its path.
pub fn load<T>(path: &Path, read: impl FnOnce(&str) -> Result<T, Flaws>) -> Result<T, String> {
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::InvalidData => format!("{}: it is no text in UTF-8; save it as such", path.display()),
        _ => format!("{}: {error}", path.display()),
    };
    let text = std::fs::read_to_string(path).map_err(told)?;
    read(&text).map_err(|flaws| format!("{}: {flaws}", path.display()))
}

fn read_applications(path: &Path, text: &str) -> Result<Vec<Application>, Flaws> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        interop::applications::from_json(text)
    } else {
        interop::applications::from_csv(text)
    }
}
