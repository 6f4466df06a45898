//! Shifts, ceilings and quotas, read part by part.

use crate::error::{Fields, FlawCollector, read};
use crate::policy::{Area, Ceiling, Decay, Designation, Group, Quota, ReserveStep, Shift, ShiftRules};
use serde_json::Value;

pub(super) fn shifts(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Option<ShiftRules>> {
    if value.is_null() {
        return Some(None);
    }
    let mut fields = Fields::open(value, place, &["list", "otherwise"], &["designated"], flaws)?;
    let (list, otherwise) = (fields.all("list", shift), fields.all("otherwise", read));
    let designated = fields.all_or_empty("designated", designation);
    Some(Some(ShiftRules { list: list?, otherwise: otherwise?, designated: designated? }))
}

fn shift(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Shift> {
    let mut fields = Fields::open(value, place, &["id", "from", "until"], &[], flaws)?;
    let (id, from, until) = (fields.one("id"), fields.one("from"), fields.one("until"));
    Some(Shift { id: id?, from: from?, until: until? })
}

fn designation(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Designation> {
    let mut fields = Fields::open(value, place, &["area", "shifts"], &[], flaws)?;
    let (area, shifts) = (fields.with("area", area), fields.all("shifts", read));
    Some(Designation { area: area?, shifts: shifts? })
}

fn area(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Area> {
    let mut fields = Fields::open(value, place, &[], &["communities", "streets", "stretches"], flaws)?;
    let communities = fields.all_or_empty("communities", read);
    let (streets, stretches) = (fields.all_or_empty("streets", read), fields.all_or_empty("stretches", read));
    Some(Area { communities: communities?, streets: streets?, stretches: stretches? })
}

pub(super) fn ceiling(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Ceiling> {
    let mut fields = Fields::open(value, place, &["id", "at_most"], &["area", "decay"], flaws)?;
    let (id, at_most) = (fields.one("id"), fields.one("at_most"));
    let (area, decay) = (fields.with_or_default("area", area), fields.with_or_default("decay", decay));
    Some(Ceiling { id: id?, area: area?, at_most: at_most?, decay: decay? })
}

fn decay(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Option<Decay>> {
    if value.is_null() {
        return Some(None);
    }
    let mut fields = Fields::open(value, place, &["from", "every_months", "permits", "least"], &[], flaws)?;
    let (from, every_months) = (fields.one("from"), fields.one("every_months"));
    let (permits, least) = (fields.one("permits"), fields.one("least"));
    Some(Some(Decay { from: from?, every_months: every_months?, permits: permits?, least: least? }))
}

pub(super) fn quota(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Quota> {
    let mut fields = Fields::open(value, place, &["id", "group", "reserve"], &["area"], flaws)?;
    let (id, group, reserve) = (fields.one("id"), fields.with("group", group), fields.all("reserve", step));
    let area = fields.with_or_default("area", area);
    Some(Quota { id: id?, area: area?, group: group?, reserve: reserve? })
}

fn group(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<Group> {
    let mut fields = Fields::open(value, place, &[], &["special_needs", "communities"], flaws)?;
    let special_needs = fields.all_or_empty("special_needs", read);
    let communities = fields.all_or_empty("communities", read);
    Some(Group { special_needs: special_needs?, communities: communities? })
}

fn step(value: &Value, place: &str, flaws: &mut FlawCollector) -> Option<ReserveStep> {
    let mut fields = Fields::open(value, place, &["from_spaces", "at_least"], &[], flaws)?;
    let (from_spaces, at_least) = (fields.one("from_spaces"), fields.one("at_least"));
    Some(ReserveStep { from_spaces: from_spaces?, at_least: at_least? })
}
