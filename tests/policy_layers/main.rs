//! Layers of policy: city, district, subdistrict and communities, each within what the one above leaves open.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod bad;
mod breaches;
mod laws;
mod stack;

use serde_json::{Value, json};
use shared_parking::CommunityId;
use shared_parking::policy::{Layers, presets};

/// Where the prices of class 1 stand in the tariff of 2019.
const WINDOWS: &str = "tariff.versions[2019-01-01].classes[1].schedule.windows";

/// A part of the preset's document.
fn preset(pointer: &str) -> Value {
    let document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}")).clone()
}

/// The windows of class 1 as a part of a policy document.
fn windows(windows: Value) -> Value {
    json!({ "versions": [{ "from": "2019-01-01", "classes": [{ "id": "1", "schedule": { "windows": windows } }] }] })
}

/// Beijing fixes tariff and eligibility and hands the rest down; Xicheng sets its resident price; Desheng sets the
/// walking limit and the standing; one community has cheaper days and a rule of points, the other later evenings.
fn beijing() -> Value {
    let day = |first: i64, second: i64| {
        json!([
            { "up_to_minutes": 60, "unit_minutes": 15, "unit_price": first, "rounding": "floor" },
            { "unit_minutes": 15, "unit_price": second, "rounding": "floor" }
        ])
    };
    let day_prices = format!("{WINDOWS}[day].steps[*].unit_price");
    let hours = |end: &str| format!("{WINDOWS}[*].{end}");
    json!({ "layers": [
        {
            "level": "city", "name": "Beijing", "source": "tariff order and rules of certification",
            "decides": {
                "zone": "Asia/Shanghai", "currency": { "code": "CNY", "decimals": 2 },
                "permits": { "kind": "resident", "valid_months": 12, "space_kinds": ["shared", "resident"], "area_class": "1" },
                "eligibility": preset("/eligibility"), "tariff": preset("/tariff"), "discounts": []
            },
            "leaves_open": [
                { "path": "permits.walk_limit_m", "at_least": 100, "at_most": 1_000 },
                { "path": "permits.space_kinds", "one_of": ["shared", "resident"] },
                { "path": "eligibility", "only": "add" },
                { "path": "standing" },
                { "path": "round" },
                { "path": "discounts" },
                { "path": day_prices, "at_most": 375 },
                { "path": hours("from"), "at_least": "07:00", "at_most": "22:00" },
                { "path": hours("until") }
            ]
        },
        {
            "level": "district", "name": "Xicheng", "source": "the resident price of 2022",
            "decides": { "discounts": preset("/discounts"), "round": { "mechanism": "optimal" } },
            "leaves_open": [
                { "path": "permits.walk_limit_m", "at_least": 200, "at_most": 500 },
                { "path": "standing" },
                { "path": "round.mechanism", "one_of": ["optimal", "serial-dictatorship"] },
                { "path": "round.offer_hours", "at_least": 24, "at_most": 72 },
                { "path": "eligibility", "only": "add" },
                { "path": day_prices, "at_least": 200, "at_most": 375 },
                { "path": hours("from"), "at_least": "07:00", "at_most": "22:00" },
                { "path": hours("until") }
            ]
        },
        {
            "level": "subdistrict", "name": "Desheng", "source": "the office's resolution",
            "decides": {
                "permits": { "walk_limit_m": 500 },
                "standing": { "tiers": ["three-in-one", "two-in-one", "family"], "points": [{ "for": "special-need", "points": 5 }] }
            },
            "leaves_open": [
                { "path": "permits.walk_limit_m", "at_least": 300, "at_most": 500 },
                { "path": "standing.points", "only": "add" },
                { "path": day_prices, "at_least": 200, "at_most": 375 },
                { "path": hours("from"), "at_least": "19:00", "at_most": "21:00" },
                { "path": hours("until") }
            ]
        },
        {
            "level": "community", "community": "110102010005", "name": "the first", "source": "its assembly",
            "decides": {
                "permits": { "walk_limit_m": 300 },
                "standing": { "points": [{ "for": "waiting", "steps": [{ "days": 365, "points": 10 }] }] },
                "tariff": windows(json!([{ "id": "day", "steps": day(200, 375) }]))
            }
        },
        {
            "level": "community", "community": "110102010006", "name": "the second", "source": "its assembly",
            "decides": { "tariff": windows(json!([{ "id": "night", "from": "20:00" }, { "id": "day", "until": "20:00" }])) }
        }
    ] })
}

fn read(document: &Value) -> Layers {
    Layers::from_json(&document.to_string()).unwrap_or_else(|flaws| panic!("{flaws}"))
}

/// The flaws of a document of layers, one line each; none for a sound one.
fn flaws(document: &Value) -> Vec<String> {
    let read = Layers::from_json(&document.to_string());
    read.map_or_else(|flaws| flaws.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

fn community(id: &str) -> CommunityId {
    id.parse().expect("an id")
}
