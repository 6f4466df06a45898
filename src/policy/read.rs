//! A policy document read part by part, and checked as far as it could be read.
//!
//! Invariant: every part is looked at, whatever is wrong with the others; a check that needs a part that could not be
//! read is left out, and no other.

mod complaints;
mod eligibility;
mod life;
mod places;
mod round;
mod special;
mod standing;

use super::permits::one_a_space;
use super::tariff::{ClassTariff, ClockWindow, Schedule, Step, Tariff, TariffVersion, check_versions};
use super::{
    Ceiling, ComplaintRules, Condition, Discount, Effect, LifeRules, PermitRules, Policy, Quota, RoundRules, Rule,
    ShiftRules, SpecialClass, StandingRules, ceilings, discount, points, quotas,
};
use crate::calendar::Zone;
use crate::error::{Fields, FlawCode, FlawCollector, Flaws, read};
use crate::units::Currency;
use serde_json::Value;

const FIELDS: [&str; 9] =
    ["name", "source", "zone", "currency", "permits", "eligibility", "standing", "tariff", "discounts"];
const OPTIONAL: [&str; 7] = ["round", "shifts", "ceilings", "quotas", "special", "life", "complaints"];

/// The parts of a policy; `None` for those that could not be read.
pub(super) struct Draft {
    name: Option<String>,
    source: Option<String>,
    zone: Option<Zone>,
    currency: Option<Currency>,
    permits: Option<PermitRules>,
    eligibility: Option<Vec<Option<Rule>>>,
    standing: Option<StandingRules>,
    shifts: Option<Option<ShiftRules>>,
    ceilings: Option<Vec<Option<Ceiling>>>,
    quotas: Option<Vec<Option<Quota>>>,
    round: Option<RoundRules>,
    life: Option<LifeRules>,
    versions: Option<Vec<Option<TariffVersion>>>,
    discounts: Option<Vec<Option<Discount>>>,
    special: Option<Vec<Option<SpecialClass>>>,
    complaints: Option<ComplaintRules>,
}

impl Draft {
    /// Reads what can be read of an object and notes the rest.
    pub(super) fn read(document: &Value, flaws: &mut FlawCollector) -> Option<Self> {
        let mut fields = Fields::open(document, "", &FIELDS, &OPTIONAL, flaws)?;
        Some(Self {
            name: fields.one("name"),
            source: fields.one("source"),
            zone: fields.one("zone"),
            currency: fields.with("currency", currency),
            permits: fields.with("permits", permits),
            eligibility: fields.list("eligibility", eligibility::rule),
            standing: fields.with("standing", standing::standing),
            shifts: fields.with_or_default("shifts", places::shifts),
            ceilings: fields.list_or_empty("ceilings", places::ceiling),
            quotas: fields.list_or_empty("quotas", places::quota),
            round: fields.with_or_default("round", round::round),
            life: fields.with_or_default("life", life::life),
            versions: fields.with("tariff", |value, place, flaws| {
                Fields::open(value, place, &["versions"], &[], flaws)?.list("versions", version)
            }),
            discounts: fields.list("discounts", discount),
            special: fields.list_or_empty("special", special::class),
            complaints: fields.with_or_default("complaints", complaints::complaints),
        })
    }

    /// The whole, when every part of it was read.
    pub(super) fn policy(self) -> Option<Policy> {
        Some(Policy {
            name: self.name?,
            source: self.source?,
            zone: self.zone?,
            currency: self.currency?,
            permits: self.permits?,
            eligibility: self.eligibility?.into_iter().collect::<Option<_>>()?,
            standing: self.standing?,
            shifts: self.shifts?,
            ceilings: self.ceilings?.into_iter().collect::<Option<_>>()?,
            quotas: self.quotas?.into_iter().collect::<Option<_>>()?,
            round: self.round?,
            life: self.life?,
            tariff: Tariff { versions: self.versions?.into_iter().collect::<Option<_>>()? },
            discounts: self.discounts?.into_iter().collect::<Option<_>>()?,
            special: self.special?.into_iter().collect::<Option<_>>()?,
            complaints: self.complaints?,
        })
    }

    /// Notes every flaw of the parts, and of what they say of each other.
    pub(super) fn check(&self, flaws: &mut FlawCollector) {
        if self.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
            flaws.push(FlawCode::Missing, "name", "an empty name", "say what the policy is called");
        }
        if let Some(currency) = &self.currency {
            check_currency(currency, flaws);
        }
        if let Some(permits) = &self.permits {
            permits.check(flaws);
        }
        self.check_eligibility(flaws);
        if let Some(standing) = &self.standing {
            standing.check(flaws);
            self.check_tiers(standing, flaws);
        }
        if let Some(round) = &self.round {
            round.check(flaws);
        }
        if let Some(Some(shifts)) = &self.shifts {
            shifts.check(flaws);
        }
        if let Some(ceilings) = &self.ceilings {
            ceilings::check(ceilings, self.round.as_ref(), flaws);
        }
        if let Some(quotas) = &self.quotas {
            quotas::check(quotas, self.round.as_ref(), flaws);
        }
        if let Some(life) = &self.life {
            life.check(flaws);
        }
        if let (Some(standing), Some(shifts)) = (&self.standing, &self.shifts) {
            standing.check_shifts(shifts.as_ref(), flaws);
        }
        if let (Some(standing), Some(round)) = (&self.standing, &self.round) {
            points::check_mechanism(standing, round, flaws);
            points::check_offers(standing, round, flaws);
        }
        if let Some(versions) = &self.versions {
            check_versions(versions, "tariff", flaws);
        }
        if let Some(discounts) = &self.discounts {
            discount::check(discounts.iter().flatten(), "discounts", flaws);
        }
        if let Some(classes) = &self.special {
            super::special::check(classes, self.permits.as_ref().map(|permits| permits.kind.as_str()), flaws);
        }
        if let Some(complaints) = self.complaints {
            complaints.check(flaws);
        }
        self.check_classes(flaws);
        self.check_kinds(flaws);
    }

    /// The rules that could be read, told by their places in the document.
    fn check_eligibility(&self, flaws: &mut FlawCollector) {
        let Some(rules) = &self.eligibility else { return };
        let (numbers, rules): (Vec<usize>, Vec<Rule>) =
            rules.iter().enumerate().filter_map(|(at, rule)| rule.clone().map(|rule| (at, rule))).unzip();
        let mut part = Flaws::collector();
        super::eligibility::check(&rules, &mut part);
        let Err(found) = part.finish(()) else { return };
        for flaw in &found {
            let numbered = flaw.place.strip_prefix("eligibility[").and_then(|rest| rest.split_once(']'));
            let known = numbered.and_then(|(at, rest)| Some((numbers.get(at.parse::<usize>().ok()?)?, rest)));
            let place = known.map_or_else(|| flaw.place.clone(), |(at, rest)| format!("eligibility[{at}]{rest}"));
            flaws.push(flaw.code, place, flaw.problem.clone(), flaw.remedy.clone());
        }
    }

    /// Everybody must have a tier: the list admits anyone, or a rule refuses whom it does not admit.
    fn check_tiers(&self, standing: &StandingRules, flaws: &mut FlawCollector) {
        let Some(rules) = &self.eligibility else { return };
        let refuses = |rule: &Option<Rule>| rule.as_ref().is_none_or(|rule| *rule == Rule::DocumentsInATier {});
        if rules.iter().any(refuses) {
            return;
        }
        for place in standing.without_a_tier_for_all() {
            let remedy = "end the list in \"anyone\", or add the rule \"documents-in-a-tier\" to the eligibility";
            flaws.push(FlawCode::Contradiction, place, "some applicants stand in no tier", remedy);
        }
    }

    /// The class the spaces lie in must have a price in every version.
    fn check_classes(&self, flaws: &mut FlawCollector) {
        let (Some(permits), Some(versions)) = (&self.permits, &self.versions) else { return };
        let class = &permits.area_class;
        for (at, version) in versions.iter().enumerate() {
            let Some(version) = version.as_ref().filter(|version| version.class(class).is_none()) else { continue };
            let problem = format!("version {} of the tariff (from {}) has no class {class:?}", at + 1, version.from);
            let remedy = "name an area class that every version has";
            flaws.push(FlawCode::UnknownReference, "permits.area_class", problem, remedy);
        }
    }

    /// A discount may ask only for a kind of permit that is issued, by rounds or outside them.
    fn check_kinds(&self, flaws: &mut FlawCollector) {
        let (Some(permits), Some(discounts), Some(special)) = (&self.permits, &self.discounts, &self.special) else {
            return;
        };
        if special.contains(&None) {
            return; // its kind could be the one asked for
        }
        let kinds: Vec<&str> = special.iter().flatten().map(|class| class.kind.as_str()).collect();
        for (at, discount) in discounts.iter().enumerate() {
            let asked = discount.as_ref().and_then(|discount| discount.when.permit.as_ref());
            let Some(kind) = asked.filter(|kind| **kind != permits.kind && !kinds.contains(&kind.as_str())) else {
                continue;
            };
            let problem = format!("no permit of kind {kind:?} is issued");
            let others: String = kinds.iter().map(|kind| format!(" or {kind:?}")).collect();
            let remedy = format!("write {:?}{others}, or change permits.kind", permits.kind);
            flaws.push(FlawCode::UnknownReference, format!("discounts[{at}].when.permit"), problem, remedy);
        }
    }
}

impl From<&Policy> for Draft {
    fn from(policy: &Policy) -> Self {
        let policy = policy.clone();
        Self {
            name: Some(policy.name),
            source: Some(policy.source),
            zone: Some(policy.zone),
            currency: Some(policy.currency),
            permits: Some(policy.permits),
            eligibility: Some(policy.eligibility.into_iter().map(Some).collect()),
            standing: Some(policy.standing),
            shifts: Some(policy.shifts),
            ceilings: Some(policy.ceilings.into_iter().map(Some).collect()),
            quotas: Some(policy.quotas.into_iter().map(Some).collect()),
            round: Some(policy.round),
            life: Some(policy.life),
            versions: Some(policy.tariff.versions.into_iter().map(Some).collect()),
            discounts: Some(policy.discounts.into_iter().map(Some).collect()),
            special: Some(policy.special.into_iter().map(Some).collect()),
            complaints: Some(policy.complaints),
        }
    }
}

fn check_currency(currency: &Currency, flaws: &mut FlawCollector) {
    let code = &currency.code;
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) || currency.decimals > 4 {
        let problem = format!("{code:?} with {} decimals", currency.decimals);
        flaws.push(FlawCode::OutOfRange, "currency", problem, "write three capital letters and 0 to 4 decimals");
    }
}

fn currency(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Currency> {
    let mut fields = Fields::open(value, place, &["code", "decimals"], &[], flaws)?;
    let (code, decimals) = (fields.one("code"), fields.one("decimals"));
    Some(Currency { code: code?, decimals: decimals? })
}

fn permits(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<PermitRules> {
    let names = ["kind", "valid_months", "walk_limit_m", "space_kinds", "area_class"];
    let mut fields = Fields::open(value, place, &names, &["per_space"], flaws)?;
    let per_space = fields.value("per_space").is_some().then(|| fields.one("per_space"));
    let (kind, valid_months, walk_limit_m) =
        (fields.one("kind"), fields.one("valid_months"), fields.one("walk_limit_m"));
    let (space_kinds, area_class) = (fields.all("space_kinds", read), fields.one("area_class"));
    Some(PermitRules {
        kind: kind?,
        valid_months: valid_months?,
        walk_limit_m: walk_limit_m?,
        space_kinds: space_kinds?,
        per_space: per_space.unwrap_or(Some(one_a_space()))?,
        area_class: area_class?,
    })
}

fn version(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<TariffVersion> {
    let switches = ["crossing", "progress", "boundary"];
    let mut fields = Fields::open(value, place, &["from", "classes"], &switches, flaws)?;
    let (from, crossing, progress) = (fields.one("from"), fields.or_default("crossing"), fields.or_default("progress"));
    let (boundary, classes) = (fields.or_default("boundary"), fields.all("classes", class));
    Some(TariffVersion {
        from: from?,
        crossing: crossing?,
        progress: progress?,
        boundary: boundary?,
        classes: classes?,
    })
}

fn class(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<ClassTariff> {
    let mut fields = Fields::open(value, place, &["id", "area", "schedule"], &[], flaws)?;
    let (id, area, schedule) = (fields.one("id"), fields.one("area"), fields.with("schedule", schedule));
    Some(ClassTariff { id: id?, area: area?, schedule: schedule? })
}

fn schedule(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Schedule> {
    let mut fields = Fields::open(value, place, &["windows"], &["cap_per_day", "cap_per_stay"], flaws)?;
    let windows = fields.all("windows", window);
    let (cap_per_day, cap_per_stay) = (fields.or_default("cap_per_day"), fields.or_default("cap_per_stay"));
    Some(Schedule { windows: windows?, cap_per_day: cap_per_day?, cap_per_stay: cap_per_stay? })
}

fn window(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<ClockWindow> {
    let mut fields = Fields::open(value, place, &["id", "from", "until", "steps"], &[], flaws)?;
    let (id, from) = (fields.one("id"), fields.one("from"));
    let (until, steps) = (fields.one("until"), fields.all("steps", step));
    Some(ClockWindow { id: id?, from: from?, until: until?, steps: steps? })
}

fn step(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Step> {
    let names = ["unit_minutes", "unit_price", "rounding"];
    let mut fields = Fields::open(value, place, &names, &["up_to_minutes"], flaws)?;
    let (up_to_minutes, unit_minutes) = (fields.or_default("up_to_minutes"), fields.one("unit_minutes"));
    let (unit_price, rounding) = (fields.one("unit_price"), fields.one("rounding"));
    Some(Step {
        up_to_minutes: up_to_minutes?,
        unit_minutes: unit_minutes?,
        unit_price: unit_price?,
        rounding: rounding?,
    })
}

fn discount(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Discount> {
    let mut fields = Fields::open(value, place, &["id", "when", "effect"], &[], flaws)?;
    let (id, when, effect) = (fields.one("id"), fields.with("when", condition), fields.with("effect", effect));
    Some(Discount { id: id?, when: when?, effect: effect? })
}

fn condition(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Condition> {
    let mut fields = Fields::open(value, place, &[], &["permit", "vehicle", "special_need"], flaws)?;
    let (permit, vehicle) = (fields.or_default("permit"), fields.or_default("vehicle"));
    Some(Condition { permit: permit?, vehicle: vehicle?, special_need: fields.or_default("special_need")? })
}

fn effect(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Effect> {
    let prices = value.as_object().filter(|map| map.len() == 1).and_then(|map| map.get("substitute"));
    let Some(prices) = prices else { return read(value, place, flaws) };
    let mut fields = Fields::open(prices, &format!("{place}.substitute"), &["schedule"], &[], flaws)?;
    Some(Effect::Substitute { schedule: fields.with("schedule", schedule)? })
}
