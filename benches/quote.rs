//! How long a quote takes: two hours, two days with a resident price, and a year.

#![expect(clippy::unwrap_used, reason = "the figures stand in this file")]

use criterion::{Criterion, criterion_group, criterion_main};
use shared_parking::Window;
use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::policy::{Combination, StayFacts, presets, price, price_total};
use std::hint::black_box;

fn quotes(criterion: &mut Criterion) {
    let policy = presets::xicheng_2022();
    let at = |local: &str| policy.zone.parse_local(local).unwrap();
    let stays = [
        ("two hours", "2026-03-02T08:00", "2026-03-02T10:00", None),
        ("two days, resident", "2026-03-02T08:00", "2026-03-04T08:00", Some("resident")),
        ("a year", "2026-01-01T00:00", "2027-01-01T00:00", None),
    ];
    for (name, from, until, permit) in stays {
        let window = Window::new(at(from), at(until)).unwrap();
        let (vehicle, special_need) = (VehicleClass::Small, SpecialNeed::None);
        let stay = StayFacts { window, class: "1", vehicle, permit, special_need };
        let (tariff, discounts, zone) = (&policy.tariff, &policy.discounts, &policy.zone);
        let bill = price(tariff, discounts, Combination::SingleBest, zone, &stay).unwrap();
        assert!(bill.adds_up());
        criterion.bench_function(&format!("total of {name}"), |bencher| {
            bencher.iter(|| price_total(tariff, discounts, Combination::SingleBest, zone, black_box(&stay)));
        });
        criterion.bench_function(&format!("bill of {name}"), |bencher| {
            bencher.iter(|| price(tariff, discounts, Combination::SingleBest, zone, black_box(&stay)));
        });
    }
}

criterion_group!(benches, quotes);
criterion_main!(benches);
