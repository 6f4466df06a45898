//! A policy document in which everything stands that one may hold.

use serde_json::{Value, json};
use shared_parking::policy::presets;

/// The preset with everything in it that a policy may hold but the preset does not.
pub(crate) fn full() -> Value {
    let mut document = serde_json::to_value(presets::xicheng_2022()).expect("a document");
    document["standing"]["points"] = json!([
        { "for": "waiting", "steps": [{ "days": 180, "points": 10 }, { "days": 365, "points": 20 }] },
        { "for": "special-need", "points": 5 },
        { "for": "distance", "steps": [{ "within_m": 30, "points": 40 }, { "within_m": 60, "points": 30 }], "beyond": 5 },
        { "for": "shared-hours", "rate": {
            "per_hours": 1_000, "points": 100, "most": 90, "annualised": true, "rounding": "nearest"
        } },
        { "for": "in-communities", "communities": ["east"], "points": 7 },
        { "for": "same-community", "points": 10 }
    ]);
    let standing = document["standing"].as_object_mut().expect("an object");
    standing.insert("decimals".to_owned(), json!(1));
    standing.insert("waiting".to_owned(), json!("portable"));
    standing.insert("promotions".to_owned(), json!([{ "shared_hours": 600, "tiers": 1 }]));
    let ties = json!([
        { "by": "special-need", "needs": ["disability"] }, { "by": "shift", "first": ["day"] }, { "by": "no-driving-day" }
    ]);
    let agreement = json!({ "agreement": { "of": ["title", "insurance"], "at_least": 1, "others": "kin" } });
    standing.insert(
        "earlier".to_owned(),
        json!([{ "until": "2024-01-01", "queued": "better", "rules": {
        "tiers": ["three-in-one", agreement.clone()], "ties": ties, "waiting": "portable",
        "points": [
            { "for": "waiting", "steps": [{ "months": 6, "points": 10 }, { "months": 12, "points": 20 }] },
            { "for": "shared-hours", "steps": [{ "hours": 400, "points": 5 }] },
            { "for": "special-need", "points": 5, "needs": ["wounded-veteran"] }
        ],
        "promotions": [{ "shared_hours": 400, "tiers": 1 }]
    } }]),
    );
    standing.insert("ties".to_owned(), ties);
    document["round"] = json!({
        "mechanism": "top-trading-cycles", "cost": "rank",
        "renewal": { "within_days": 60, "place": "improve", "tenure_months": 24 }, "offer_hours": null
    });
    document["permits"]["per_space"] = json!(12_000);
    document["shifts"] = json!({
        "list": [{ "id": "day", "from": "08:00", "until": "18:00" }, { "id": "night", "from": "18:00", "until": "08:00" }],
        "otherwise": ["day", "night"],
        "designated": [{ "area": { "streets": ["market"], "stretches": ["m1"] }, "shifts": ["night", "day"] }]
    });
    document["ceilings"] = json!([
        { "id": "east", "area": { "communities": ["east"] }, "at_most": { "permits": 100 },
          "decay": { "from": "2026-01-01", "every_months": 12, "permits": 10, "least": 85 } },
        { "id": "all", "at_most": { "share": 9_000 } }
    ]);
    document["quotas"] = json!([{
        "id": "need", "area": { "streets": ["market"] }, "group": { "special_needs": ["disability"], "communities": ["east"] },
        "reserve": [{ "from_spaces": 20, "at_least": { "permits": 1 } }, { "from_spaces": 50, "at_least": { "share": 300 } }]
    }]);
    let schedule = "/tariff/versions/1/classes/0/schedule";
    document.pointer_mut(schedule).expect("prices")["cap_per_day"] = json!(9_000);
    document.pointer_mut(schedule).expect("prices")["cap_per_stay"] = json!(20_000);
    let discounts = document["discounts"].as_array_mut().expect("discounts");
    discounts.push(json!({ "id": "need", "when": { "special_need": "disability", "vehicle": "small" },
        "effect": { "percent": { "share": 8_000, "rounding": "ceiling" } } }));
    discounts.push(json!({ "id": "gift", "when": {}, "effect": { "fixed": { "amount": 100 } } }));
    document["complaints"] = json!({ "answer_days": 7, "appeal_days": 20 });
    document["special"] = json!([
        { "kind": "carer", "eligibility": [{ "rule": "registered-resident" }, { "rule": "arrears-at-most", "amount": 0 },
            { "rule": "special-need", "needs": ["disability"] }],
          "vehicles": 5, "active_at_once": 1, "valid_months": 12, "at_most": 200, "per_household": 1 },
        { "kind": "shared-car", "eligibility": [{ "rule": "further-vehicles", "steps": [
            { "from": 2, "documents": agreement, "from_day": 9 }, { "from": 4, "documents": "family" }
        ] }], "vehicles": 1, "active_at_once": 1, "valid_months": 12, "at_most": null }
    ]);
    document
}
