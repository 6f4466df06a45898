//! What both rounds start from, and the two policies.

use crate::options::Options;
use crate::support::given::{Given, load};
use crate::support::{communities, season};
use shared_parking::inventory::KerbRules;
use shared_parking::policy::presets;
use shared_parking::sample::{self, Phase};
use shared_parking::{Application, Inventory, Policy};

/// The walking limit of the policy after, where none is given: invented.
const SHORTER_M: u32 = 300;

pub struct Input {
    pub inventory: Inventory,
    pub before: Policy,
    pub after: Policy,
    pub applications: Vec<Application>,
    /// What is found, what is given and what is invented, to print.
    pub provenance: String,
}

impl Input {
    /// Reads every file before it answers, and invents the rest.
    pub fn read(options: &Options) -> Result<Self, String> {
        let policy = |path: &Option<std::path::PathBuf>| path.as_deref().map(|path| load(path, Policy::from_json));
        let (before, after, ground) =
            (policy(&options.before).transpose(), policy(&options.after).transpose(), ground(options));
        let (before, after, (inventory, given)) = match (before, after, ground) {
            (Ok(before), Ok(after), Ok(ground)) => (before, after, ground),
            (before, after, ground) => {
                let problems = [before.err(), after.err(), ground.err()];
                return Err(problems.into_iter().flatten().collect::<Vec<_>>().join("\n"));
            }
        };
        let before = before.unwrap_or_else(presets::xicheng_2022);
        let after = after.unwrap_or_else(|| shorter(&before));
        let (applications, people) = match given {
            Some(given) => (given, "applications as given".to_owned()),
            None => {
                let people = season::people(&inventory, &before, ("2026-01-05T09:00", "2026-02-27T17:00"));
                (sample::applications(&inventory, &people, options.seed), sample::provenance(options.seed))
            }
        };
        let attribution = Some(inventory.attribution()).filter(|source| !source.is_empty());
        let provenance = attribution.map_or_else(|| people.clone(), |source| format!("{source}; {people}"));
        Ok(Self { inventory, before, after, applications, provenance })
    }
}

/// The ground, and the applications that are given.
fn ground(options: &Options) -> Result<(Inventory, Option<Vec<Application>>), String> {
    let (district, applications) = (options.district.as_deref(), options.applications.as_deref());
    if district.is_some() || applications.is_some() {
        let given = Given::read(district, None, applications)?;
        return Ok((given.inventory, given.applications));
    }
    let survey = sample::desheng(Phase::First, &communities::desheng(), options.seed);
    let inventory = Inventory::build(&survey, &KerbRules::default()).map_err(|flaws| flaws.to_string())?;
    Ok((inventory, None))
}

fn shorter(before: &Policy) -> Policy {
    let mut after = before.clone();
    after.permits.walk_limit_m = SHORTER_M;
    after.name = format!("{}, walking limit {SHORTER_M} m", before.name);
    after
}
