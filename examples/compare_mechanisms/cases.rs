//! The districts to compare the mechanisms for, with their rules and people.

use crate::options::Options;
use crate::support::communities;
use crate::support::given::Given;
use crate::support::season;
use shared_parking::inventory::KerbRules;
use shared_parking::policy::{DistanceStep, PointsRule, RoundRules, Wait, WaitingStep, presets};
use shared_parking::sample::{self, Phase};
use shared_parking::{Application, Inventory, Policy};

pub struct Case {
    pub title: String,
    pub inventory: Inventory,
    pub policy: Policy,
    pub applications: Vec<Application>,
    /// What is found, what is invented, and what is assumed: a sentence each.
    pub words: Vec<String>,
}

/// Three years of applying, so that waiting matters. Invented.
const HELSINKI: (&str, &str) = ("2023-03-01T09:00", "2026-02-27T17:00");
/// Three years until the pilot's second year. Invented.
const DESHENG: (&str, &str) = ("2017-08-14T09:00", "2020-08-11T17:00");

/// The district of the files named; without files the shipped one and both phases of Desheng.
pub fn cases(options: &Options) -> Result<Vec<Case>, String> {
    let mut cases = vec![of_files(options)?];
    if !options.has_files() {
        cases.push(desheng("Desheng, first phase", Phase::First, options.seed)?);
        cases.push(desheng("Desheng, end of 2019", Phase::YearEnd, options.seed)?);
    }
    Ok(cases)
}

fn of_files(options: &Options) -> Result<Case, String> {
    let (district, policy) = (options.district.as_deref(), options.policy.as_deref());
    let Given { inventory, policy, applications } = Given::read(district, policy, options.applications.as_deref())?;
    let (policy, mut words) = match policy {
        Some(policy) => as_compared(policy),
        None => beijing(),
    };
    let applications = match applications {
        Some(given) => {
            words.push("Applications as given.".to_owned());
            given
        }
        None => invented(&inventory, &policy, HELSINKI, options.seed, &mut words),
    };
    words.extend(Some(inventory.attribution().to_owned()).filter(|source| !source.is_empty()));
    Ok(Case { title: inventory.name().to_owned(), inventory, policy, applications, words })
}

fn desheng(title: &str, phase: Phase, seed: u64) -> Result<Case, String> {
    let survey = sample::desheng(phase, &communities::desheng(), seed);
    let inventory = Inventory::build(&survey, &KerbRules::default()).map_err(|flaws| flaws.to_string())?;
    let (policy, mut words) = beijing();
    words.push(
        "The number of spaces and the names of the communities are published; streets and doors are invented."
            .to_owned(),
    );
    let applications = invented(&inventory, &policy, DESHENG, seed, &mut words);
    Ok(Case { title: title.to_owned(), inventory, policy, applications, words })
}

fn invented(
    inventory: &Inventory,
    policy: &Policy,
    between: (&str, &str),
    seed: u64,
    words: &mut Vec<String>,
) -> Vec<Application> {
    words.push(format!("Everybody is invented ({}), applying over three years.", sample::provenance(seed)));
    sample::applications(inventory, &season::people(inventory, policy, between), seed)
}

/// The preset `xicheng-2022` with points as in Dongjak, Seoul: for waiting, and for the straight line from door to stretch.
fn beijing() -> (Policy, Vec<String>) {
    let mut policy = presets::xicheng_2022();
    let waiting = [(0, 5), (183, 10), (365, 20), (730, 30), (1_095, 40)];
    let distance = [(30, 40), (60, 30), (90, 20), (120, 10)];
    policy.standing.points = vec![
        PointsRule::Waiting {
            steps: waiting.map(|(days, points)| WaitingStep { wait: Wait::Days(days), points }).to_vec(),
        },
        PointsRule::Distance {
            steps: distance.map(|(within_m, points)| DistanceStep { within_m, points }).to_vec(),
            beyond: 5,
        },
    ];
    let words =
        "Rules: the preset xicheng-2022, with Dongjak's points for waiting and for distance, up to 40 each.".to_owned();
    let (policy, _) = as_compared(policy);
    (policy, vec![words])
}

/// Its rules for rounds are what is compared: each column has its own mechanism, and all of them prefer the nearer.
fn as_compared(mut policy: Policy) -> (Policy, Vec<String>) {
    let mut words = vec![format!("Rules: {}.", policy.name)];
    if policy.round != RoundRules::default() {
        words.push(
            "Of the policy's rules for rounds none is used: everybody prefers the nearer stretch here.".to_owned(),
        );
    }
    policy.round = RoundRules::default();
    (policy, words)
}
