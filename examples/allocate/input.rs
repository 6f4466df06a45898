//! What the run starts from: the ground, the rules and the people, read whole before anything is done.

use crate::options::Options;
use crate::support::season;
use shared_parking::inventory::KerbRules;
use shared_parking::policy::presets;
use shared_parking::{Application, Flaws, Inventory, Policy, interop, sample};
use std::path::Path;

/// The district that a checkout ships: see examples/data/README.md for source and licence.
const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/helsinki_district.geojson");

pub struct Input {
    pub inventory: Inventory,
    pub policy: Policy,
    pub applications: Vec<Application>,
    /// Where people and stays come from, in words to print.
    pub provenance: String,
}

impl Input {
    /// Reads every file before it answers, so that one run shows the flaws of all of them.
    pub fn read(options: &Options) -> Result<Self, String> {
        let ground = options.district.as_deref().unwrap_or(Path::new(SHIPPED));
        let inventory = load(ground, |text| interop::geojson::inventory(text, &KerbRules::default()));
        let policy = match &options.policy {
            Some(path) => load(path, Policy::from_json),
            None => Ok(presets::beijing()),
        };
        let given = options.applications.as_deref().map(|path| load(path, |text| applications(path, text)));
        let (inventory, policy, given) = match (inventory, policy, given.transpose()) {
            (Ok(inventory), Ok(policy), Ok(given)) => (inventory, policy, given),
            (inventory, policy, given) => {
                let problems = [inventory.err(), policy.err(), given.err()];
                return Err(problems.into_iter().flatten().collect::<Vec<_>>().join("\n"));
            }
        };
        let (applications, provenance) = match given {
            Some(given) => (given, format!("applications as given, invented stays (seed {})", options.seed)),
            None => {
                let people = season::people(&inventory, &policy, ("2026-01-05T09:00", "2026-02-27T17:00"));
                let words = format!("{}, and invented stays", sample::provenance(options.seed));
                (sample::applications(&inventory, &people, options.seed), words)
            }
        };
        Ok(Self { inventory, policy, applications, provenance })
    }
}

fn load<T>(path: &Path, read: impl FnOnce(&str) -> Result<T, Flaws>) -> Result<T, String> {
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::InvalidData => format!("{}: it is no text in UTF-8; save it as such", path.display()),
        _ => format!("{}: {error}", path.display()),
    };
    let text = std::fs::read_to_string(path).map_err(told)?;
    read(&text).map_err(|flaws| format!("{}: {flaws}", path.display()))
}

fn applications(path: &Path, text: &str) -> Result<Vec<Application>, Flaws> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        interop::applications::from_json(text)
    } else {
        interop::applications::from_csv(text)
    }
}
