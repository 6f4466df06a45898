//! What the run starts from: the ground, the rules and the people.

use crate::options::Options;
use crate::support::given::Given;
use crate::support::season;
use shared_parking::policy::presets;
use shared_parking::{Application, Inventory, Policy, sample};

pub struct Input {
    pub inventory: Inventory,
    pub policy: Policy,
    pub applications: Vec<Application>,
    /// Where people and stays come from, in words to print.
    pub provenance: String,
}

impl Input {
    /// Reads what is given and invents the rest.
    pub fn read(options: &Options) -> Result<Self, String> {
        let (district, policy) = (options.district.as_deref(), options.policy.as_deref());
        let Given { inventory, policy, applications } = Given::read(district, policy, options.applications.as_deref())?;
        let policy = policy.unwrap_or_else(presets::xicheng_2022);
        let (applications, provenance) = match applications {
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
