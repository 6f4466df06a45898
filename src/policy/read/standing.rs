//! The rules of a standing, read part by part.

use crate::error::{Fields, FlawCode, FlawCollector, read};
use crate::policy::{EarlierStanding, PointsRule, SharedRate, SharedScale, StandingRules, StandingVersion, Tier};
use serde_json::Value;

const OPTIONAL: [&str; 5] = ["ties", "promotions", "waiting", "decimals", "earlier"];

pub(super) fn standing(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<StandingRules> {
    let mut fields = Fields::open(value, place, &["tiers", "points"], &OPTIONAL, flaws)?;
    let version = parts(&mut fields);
    let (decimals, earlier) = (fields.or_default("decimals"), fields.all_or_empty("earlier", earlier));
    let StandingVersion { tiers, points, ties, promotions, waiting } = version?;
    Some(StandingRules { tiers, points, decimals: decimals?, ties, promotions, waiting, earlier: earlier? })
}

/// The parts that can change from version to version.
fn parts(fields: &mut Fields<'_, '_>) -> Option<StandingVersion> {
    let (tiers, points) = (fields.all("tiers", tier), fields.all("points", rule));
    let (ties, waiting) = (fields.all_or_empty("ties", read), fields.or_default("waiting"));
    let promotions = fields.all_or_empty("promotions", read);
    Some(StandingVersion { tiers: tiers?, points: points?, ties: ties?, promotions: promotions?, waiting: waiting? })
}

/// A tier: a word as serde reads it, an agreement field by field.
pub(super) fn tier(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Tier> {
    let only = value.as_object().filter(|map| map.len() == 1);
    let Some(agreement) = only.and_then(|map| map.get("agreement")) else { return read(value, place, flaws) };
    let place = format!("{place}.agreement");
    let mut fields = Fields::open(agreement, &place, &["of", "at_least", "others"], &[], flaws)?;
    let (of, at_least, others) = (fields.all("of", read), fields.one("at_least"), fields.one("others"));
    Some(Tier::Agreement { of: of?, at_least: at_least?, others: others? })
}

fn earlier(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<EarlierStanding> {
    let mut fields = Fields::open(value, place, &["until", "queued", "rules"], &[], flaws)?;
    let (until, queued) = (fields.one("until"), fields.one("queued"));
    let rules = fields.with("rules", |value, place, flaws| {
        parts(&mut Fields::open(value, place, &["tiers", "points"], &["ties", "promotions", "waiting"], flaws)?)
    });
    Some(EarlierStanding { until: until?, queued: queued?, rules: rules? })
}

/// The fields of a rule of points besides its word: those it must have, and those it may have.
fn fields_of(word: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match word {
        "waiting" => (&["for", "steps"], &[]),
        "special-need" => (&["for", "points"], &["needs"]),
        "shared-hours" => (&["for"], &["rate", "steps"]),
        "in-communities" => (&["for", "communities", "points"], &[]),
        "distance" => (&["for", "steps", "beyond"], &[]),
        "same-community" => (&["for", "points"], &[]),
        _ => return None,
    })
}

/// A rule of points; one whose word is unknown is left to serde, which names those there are.
fn rule(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<PointsRule> {
    let word = value.get("for").and_then(Value::as_str).unwrap_or_default();
    let Some((required, optional)) = fields_of(word) else { return read(value, place, flaws) };
    let mut fields = Fields::open(value, place, required, optional, flaws)?;
    match word {
        "waiting" => Some(PointsRule::Waiting { steps: fields.all("steps", read)? }),
        "special-need" => {
            let (points, needs) = (fields.one("points"), fields.or_default("needs"));
            Some(PointsRule::SpecialNeed { points: points?, needs: needs? })
        }
        "in-communities" => {
            let (communities, points) = (fields.all("communities", read), fields.one("points"));
            Some(PointsRule::InCommunities { communities: communities?, points: points? })
        }
        "distance" => {
            let (steps, beyond) = (fields.all("steps", read), fields.one("beyond"));
            Some(PointsRule::Distance { steps: steps?, beyond: beyond? })
        }
        "same-community" => Some(PointsRule::SameCommunity { points: fields.one("points")? }),
        _ => match (fields.value("rate").is_some(), fields.value("steps").is_some()) {
            (true, false) => Some(PointsRule::SharedHours(SharedScale::Rate(fields.with("rate", rate)?))),
            (false, true) => Some(PointsRule::SharedHours(SharedScale::Steps(fields.all("steps", read)?))),
            (both, _) => {
                let problem = if both { "a rate and steps" } else { "neither a rate nor steps" };
                flaws.push(FlawCode::Contradiction, place, problem, "write one of the two");
                None
            }
        },
    }
}

fn rate(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<SharedRate> {
    let names = ["per_hours", "points", "most", "rounding"];
    let mut fields = Fields::open(value, place, &names, &["annualised"], flaws)?;
    let (per_hours, points, most) = (fields.one("per_hours"), fields.one("points"), fields.one("most"));
    let (annualised, rounding) = (fields.or_default("annualised"), fields.one("rounding"));
    Some(SharedRate {
        per_hours: per_hours?,
        points: points?,
        most: most?,
        annualised: annualised?,
        rounding: rounding?,
    })
}
