//! A small district with its applications handed in, ready for a round.

use super::{People, Plan, Rates, applications};
use crate::calendar::{Date, TimeOfDay, Timestamp, Zone};
use crate::district::{Action, Command, District, Entry};
use crate::error::{FlawCode, Flaws};
use crate::inventory::{Inventory, KerbRules};
use crate::people::Application;
use crate::policy::{Policy, presets};
use crate::units::CommandId;

/// An invented district under the preset `xicheng-2022`: 5 streets, 40 spaces, 30 doors and 60 applications of January 2026,
/// already recorded. Each seed gives another district.
///
/// # Errors
/// Never in practice: the plan is sound.
///
/// ```
/// let district = shared_parking::sample::small_district(1)?;
/// assert_eq!(district.applications().count(), 60);
/// assert_eq!(district.permits().count(), 0);
/// # Ok::<(), shared_parking::Flaws>(())
/// ```
pub fn small_district(seed: u64) -> Result<District, Flaws> {
    let plan = Plan { name: "Small".to_owned(), communities: vec![], streets: 5, spaces: 40, doors: 30, seed };
    let inventory = Inventory::build(&plan.survey()?, &KerbRules::default())?;
    let policy = presets::xicheng_2022();
    let people = People {
        households: 120,
        applicants: 60,
        applied_from: january(&policy, "2026-01-05")?,
        applied_to: january(&policy, "2026-01-30")?,
        rates: Rates::default(),
    };
    let mut applications = applications(&inventory, &people, seed);
    applications.sort_by(|a, b| (a.applied_at, &a.id).cmp(&(b.applied_at, &b.id)));
    let mut district = District::new(inventory, policy)?;
    for application in applications {
        record(&mut district, application)?;
    }
    Ok(district)
}

fn january(policy: &Policy, day: &str) -> Result<Timestamp, Flaws> {
    let (zone, day): (&Zone, Date) = (&policy.zone, day.parse()?);
    Ok(zone.instant(day, TimeOfDay::MIDNIGHT))
}

fn record(district: &mut District, application: Application) -> Result<(), Flaws> {
    let id = CommandId::new(&format!("apply-{}", application.id))?;
    let command = Command { id, at: application.applied_at, action: Action::Apply(application) };
    let events = district.decide(&command).map_err(|refusal| {
        // Invented applications name doors that exist and ids that are new: a refusal would be our mistake.
        Flaws::one(FlawCode::Contradiction, command.id.as_str(), refusal.to_string(), "report this as a bug")
    })?;
    district.apply(&Entry { command, events });
    Ok(())
}
