//! The published prices of Beijing and Seoul, to the minor unit, as tables.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it finds by panicking")]

use shared_parking::people::{SpecialNeed, VehicleClass};
use shared_parking::policy::{
    Bill, Combination, Crossing, Discount, NotPriced, Policy, Progress, StayFacts, Tariff, presets, price,
};
use shared_parking::{Currency, Date, Flaws, Money, Timestamp, Window, Zone};

fn window(zone: &Zone, from: &str, until: &str) -> Window {
    let at = |local: &str| zone.parse_local(local).unwrap_or_else(|flaws| panic!("{flaws}"));
    Window::new(at(from), at(until)).unwrap_or_else(|flaws| panic!("{flaws}"))
}

fn visitor(class: &str, window: Window) -> StayFacts<'_> {
    StayFacts { window, class, vehicle: VehicleClass::Small, permit: None, special_need: SpecialNeed::None }
}

#[track_caller]
fn beijing(policy: &Policy, class: &str, permit: Option<&str>, from: &str, until: &str) -> Bill {
    let stay = StayFacts { permit, ..visitor(class, window(&policy.zone, from, until)) };
    let bill = policy.price(&stay).unwrap();
    assert!(bill.adds_up(), "{bill:?}");
    bill
}

/// `class who from until total`, one line a stay.
#[track_caller]
fn table(policy: &Policy, rows: &str) {
    let mut checked = 0;
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let [class, who, from, until, total] = cells[..] else { panic!("{row}: five cells") };
        let permit = (who == "resident").then_some("resident");
        let bill = beijing(policy, class, permit, from, until);
        assert_eq!(Currency::CNY.write(bill.total), total, "{row}");
        checked += 1;
    }
    assert!(checked > 0);
}

#[test]
fn beijing_since_2019() {
    table(
        &presets::xicheng_2022(),
        "
        1  visitor   2026-03-02T08:00:00  2026-03-02T08:14:00    0.00
        1  visitor   2026-03-02T08:00:00  2026-03-02T08:14:59    0.00
        1  visitor   2026-03-02T08:00:00  2026-03-02T08:15:00    2.50
        1  visitor   2026-03-02T08:00:59  2026-03-02T08:15:58    0.00
        1  visitor   2026-03-02T08:00:59  2026-03-02T08:15:59    2.50
        1  visitor   2026-03-02T08:00:00  2026-03-02T09:00:00   10.00
        1  visitor   2026-03-02T08:00:00  2026-03-02T09:14:00   10.00
        1  visitor   2026-03-02T08:00:00  2026-03-02T09:14:59   10.00
        1  visitor   2026-03-02T08:00:00  2026-03-02T09:15:00   13.75
        1  visitor   2026-03-02T08:00:00  2026-03-02T10:00:00   25.00
        1  visitor   2026-03-02T07:00:00  2026-03-02T19:00:00  175.00
        2  visitor   2026-03-02T07:00:00  2026-03-02T19:00:00  105.00
        3  visitor   2026-03-02T07:00:00  2026-03-02T19:00:00   35.00
        1  visitor   2026-03-02T19:00:00  2026-03-03T07:00:00    6.00
        2  visitor   2026-03-02T19:00:00  2026-03-03T07:00:00    6.00
        3  visitor   2026-03-02T19:00:00  2026-03-03T07:00:00    6.00
        1  visitor   2026-03-02T07:00:00  2026-03-03T07:00:00  181.00
        2  visitor   2026-03-02T07:00:00  2026-03-03T07:00:00  111.00
        3  visitor   2026-03-02T07:00:00  2026-03-03T07:00:00   41.00
        1  visitor   2026-03-02T18:45:00  2026-03-02T19:00:00    2.50
        1  visitor   2026-03-02T18:45:00  2026-03-02T18:59:59    0.00
        1  visitor   2026-03-02T18:45:01  2026-03-02T19:00:00    0.00
        1  visitor   2026-03-02T19:00:00  2026-03-02T21:00:00    1.00
        1  visitor   2026-03-02T19:00:00  2026-03-02T20:59:59    0.00
        1  visitor   2026-03-03T06:59:59  2026-03-03T07:15:00    2.50
        ",
    );
}

#[test]
fn the_day_ran_until_21_before_2019_and_the_start_of_the_stay_decides() {
    table(
        &presets::xicheng_2022(),
        "
        1  visitor   2018-12-31T19:00:00  2018-12-31T21:00:00   25.00
        1  visitor   2019-01-01T19:00:00  2019-01-01T21:00:00    1.00
        1  visitor   2018-12-31T07:00:00  2018-12-31T21:00:00  205.00
        1  visitor   2018-12-31T23:59:59  2019-01-01T21:00:00  208.00
        1  visitor   2019-01-01T00:00:00  2019-01-01T21:00:00  179.00
        1  visitor   2011-04-01T00:00:00  2011-04-01T02:00:00    1.00
        ",
    );
}

#[test]
fn resident_prices_are_one_yuan_for_two_hours_all_day_and_never_dearer_than_the_public_price() {
    table(
        &presets::xicheng_2022(),
        "
        1  resident  2026-03-02T08:00:00  2026-03-02T10:00:00    1.00
        1  resident  2026-03-02T08:00:00  2026-03-02T09:59:59    0.00
        1  resident  2026-03-02T07:00:00  2026-03-03T07:00:00   12.00
        3  resident  2026-03-02T07:00:00  2026-03-03T07:00:00   12.00
        1  resident  2026-03-02T23:00:00  2026-03-03T01:00:00    1.00
        1  resident  2026-03-02T08:00:00  2026-03-02T08:14:00    0.00
        3  resident  2026-03-02T18:00:00  2026-03-02T20:00:00    1.00
        3  resident  2026-03-02T18:30:00  2026-03-02T20:30:00    1.00
        ",
    );
    let policy = presets::xicheng_2022();
    let day = beijing(&policy, "1", Some("resident"), "2026-03-02T07:00", "2026-03-03T07:00");
    assert_eq!((day.gross, day.discounts), (Money::minor(18_100), Money::minor(-16_900)));
    // The lump sum of 360 a month, 4,320 a year, is what 8,640 hours cost by the unit: 360 days of a year's 365.
    let year = beijing(&policy, "1", Some("resident"), "2026-01-01T00:00", "2026-12-27T00:00");
    assert_eq!(year.total, Money::minor(36_000 * 12));
}

#[test]
fn what_the_sources_do_not_say_is_a_switch() {
    let (cut, run_on) = (Crossing::Cut, Crossing::RunOn);
    let (window, stay, arrival) = (Progress::EachWindow, Progress::EachStay, Progress::SinceArrival);
    // Each row: crossing, progress, from, until, fen.
    let rows = [
        // 18:50 to 19:05 is one unit of the day where it runs on, and nothing where 19:00 cuts it.
        (cut, window, "2026-03-02T18:50", "2026-03-02T19:05", 0),
        (run_on, window, "2026-03-02T18:50", "2026-03-02T19:05", 250),
        // The night's first unit begins at 19:00 or at 19:05.
        (cut, window, "2026-03-02T18:50", "2026-03-02T21:00", 100),
        (run_on, window, "2026-03-02T18:50", "2026-03-02T21:00", 250),
        (run_on, window, "2026-03-02T18:50", "2026-03-02T21:05", 350),
        // 06:00 to 08:00: the night's unit is cut at 07:00, or runs on until 08:00.
        (cut, window, "2026-03-02T06:00", "2026-03-02T08:00", 1_000),
        (run_on, window, "2026-03-02T06:00", "2026-03-02T08:00", 100),
        // Two days from 07:00: the first hour comes twice or once.
        (cut, window, "2026-03-02T07:00", "2026-03-04T07:00", 36_200),
        (cut, stay, "2026-03-02T07:00", "2026-03-04T07:00", 36_700),
        (cut, arrival, "2026-03-02T07:00", "2026-03-04T07:00", 36_700),
        // From 05:00 the day's first hour is the stay's third.
        (cut, window, "2026-03-02T05:00", "2026-03-02T08:00", 1_100),
        (cut, stay, "2026-03-02T05:00", "2026-03-02T08:00", 1_100),
        (cut, arrival, "2026-03-02T05:00", "2026-03-02T08:00", 1_600),
        // Half of the first hour before 19:00, the other half the next morning.
        (cut, stay, "2026-03-02T18:30", "2026-03-03T08:00", 500 + 600 + 500 + 750),
        (cut, window, "2026-03-02T18:30", "2026-03-03T08:00", 500 + 600 + 1_000),
    ];
    for (crossing, progress, from, until, fen) in rows {
        let mut policy = presets::xicheng_2022();
        for version in &mut policy.tariff.versions {
            (version.crossing, version.progress) = (crossing, progress);
        }
        let bill = beijing(&policy, "1", None, from, until);
        assert_eq!(bill.total, Money::minor(fen), "{crossing:?} {progress:?} {from} {until}");
    }
}

/// Seoul's visitor tariffs. That a *started* unit is charged in full is our assumption: the sources do not say.
fn seoul(steps: &str, caps: &str) -> Tariff {
    let text = format!(
        r#"{{ "versions": [ {{ "from": "2020-01-01", "classes": [ {{ "id": "v", "area": "visitors", "schedule": {{
            "windows": [ {{ "id": "all-day", "from": "00:00", "until": "24:00", "steps": [ {steps} ] }} ] {caps}
        }} }} ] }} ] }}"#
    );
    let tariff: Tariff = serde_json::from_str(&text).unwrap();
    check(&tariff).unwrap();
    tariff
}

fn check(tariff: &Tariff) -> Result<(), Flaws> {
    let mut found = Flaws::collector();
    tariff.check("tariff", &mut found);
    found.finish(())
}

fn step(up_to: &str, unit: u32, price: u32) -> String {
    format!(r#"{{ {up_to} "unit_minutes": {unit}, "unit_price": {price}, "rounding": "ceiling" }}"#)
}

#[test]
fn seoul_visitors() {
    let first = r#""up_to_minutes": 30,"#;
    let jongno = seoul(&format!("{}, {}", step(first, 30, 600), step("", 5, 100)), "");
    let yangcheon = seoul(&format!("{}, {}", step(first, 30, 600), step("", 10, 200)), "");
    let gwanak = seoul(&step("", 30, 600), "");
    let geumjeong = seoul(&format!("{}, {}", step(first, 30, 300), step("", 10, 100)), r#", "cap_per_day": 2400"#);
    let rows = "
        minutes  jongno  yangcheon  gwanak  geumjeong
              1     600        600     600        300
             30     600        600     600        300
             31     700        800    1200        400
             65    1300       1400    1800        700
             66    1400       1400    1800        700
            239    4800       4800    4800       2400
            240    4800       4800    4800       2400
            241    4900       5000    5400       2400
            600   12000      12000   12000       2400
    ";
    let zone: Zone = "Asia/Seoul".parse().unwrap();
    let start = zone.parse_local("2026-03-02T09:00").unwrap();
    let mut checked = 0;
    for row in rows.lines().skip(2).filter(|row| !row.trim().is_empty()) {
        let cells: Vec<i64> = row.split_whitespace().map(|cell| cell.parse().unwrap()).collect();
        let stay = visitor("v", Window::new(start, start.plus_seconds(cells[0] * 60)).unwrap());
        for (tariff, &won) in [&jongno, &yangcheon, &gwanak, &geumjeong].iter().zip(&cells[1..]) {
            let bill = price(tariff, &[], Combination::SingleBest, &zone, &stay).unwrap();
            assert!(bill.adds_up());
            assert_eq!(bill.total, Money::minor(won), "{row}");
            checked += 1;
        }
    }
    assert_eq!(checked, 36);
}

#[test]
fn a_day_cap_counts_by_local_day_and_a_stay_cap_once() {
    let zone: Zone = "Asia/Seoul".parse().unwrap();
    let total = |tariff: &Tariff, from: &str, until: &str| {
        let stay = visitor("v", window(&zone, from, until));
        let bill = price(tariff, &[], Combination::SingleBest, &zone, &stay).unwrap();
        assert!(bill.adds_up());
        bill.total.as_minor()
    };
    let daily = seoul(&step("", 10, 100), r#", "cap_per_day": 2400"#);
    assert_eq!(total(&daily, "2026-03-02T12:00", "2026-03-03T01:00"), 2_400 + 600);
    assert_eq!(total(&daily, "2026-03-02T12:00", "2026-03-05T12:00"), 4 * 2_400);
    // A unit that runs over midnight counts on the day on which it begins.
    assert_eq!(total(&daily, "2026-03-02T23:55", "2026-03-03T00:05"), 100);
    let both = seoul(&step("", 10, 100), r#", "cap_per_day": 2400, "cap_per_stay": 5000"#);
    assert_eq!(total(&both, "2026-03-02T12:00", "2026-03-05T12:00"), 5_000);
}

#[test]
fn seoul_gives_the_highest_single_discount() {
    let zone: Zone = "Asia/Seoul".parse().unwrap();
    let gwanak = seoul(&step("", 30, 600), "");
    let discounts: Vec<Discount> = serde_json::from_str(
        r#"[
            { "id": "disability", "when": { "special_need": "disability" },
              "effect": { "percent": { "share": 8000, "rounding": "floor" } } },
            { "id": "small", "when": { "vehicle": "small" },
              "effect": { "percent": { "share": 5000, "rounding": "floor" } } },
            { "id": "voucher", "when": { "permit": "resident" }, "effect": { "fixed": { "amount": 1000 } } }
        ]"#,
    )
    .unwrap();
    let stay = |minutes: i64| {
        visitor("v", {
            let start = zone.parse_local("2026-03-02T09:00").unwrap();
            Window::new(start, start.plus_seconds(minutes * 60)).unwrap()
        })
    };
    let bill = |facts: &StayFacts<'_>| price(&gwanak, &discounts, Combination::SingleBest, &zone, facts).unwrap();
    let rule = |bill: &Bill| bill.lines.last().unwrap().rule.clone();
    let small = bill(&stay(60));
    assert_eq!((small.total, rule(&small).as_str()), (Money::minor(600), "small"));
    let need = bill(&StayFacts { special_need: SpecialNeed::Disability, ..stay(60) });
    assert_eq!((need.total, rule(&need).as_str()), (Money::minor(240), "disability"));
    let free = bill(&StayFacts { permit: Some("resident"), ..stay(30) });
    assert_eq!((free.total, rule(&free).as_str()), (Money::ZERO, "voucher"));
    let dear = bill(&StayFacts { permit: Some("resident"), ..stay(120) });
    assert_eq!((dear.total, rule(&dear).as_str()), (Money::minor(1_200), "small"));
}

#[test]
fn nights_of_eleven_and_thirteen_hours_are_priced_by_real_time() {
    let mut policy = presets::xicheng_2022();
    policy.zone = "America/New_York".parse().unwrap();
    table(
        &policy,
        "
        1  visitor   2026-03-06T19:00  2026-03-07T07:00    6.00
        1  visitor   2026-03-07T19:00  2026-03-08T07:00    5.00
        1  visitor   2026-10-31T19:00  2026-11-01T07:00    6.00
        1  visitor   2026-03-07T07:00  2026-03-08T07:00  180.00
        1  visitor   2026-03-08T07:00  2026-03-08T07:15    2.50
        1  resident  2026-10-31T07:00  2026-11-01T08:00   13.00
        ",
    );
}

#[test]
fn a_stay_without_a_price_says_why() {
    let policy = presets::xicheng_2022();
    let no = |class: &str, from: &str, until: &str| {
        policy.price(&visitor(class, window(&policy.zone, from, until))).unwrap_err()
    };
    let unknown = no("4", "2026-03-02T08:00", "2026-03-02T09:00");
    assert_eq!(unknown.to_string(), "the tariff has no class \"4\"; it has 1, 2, 3");
    let first: Date = "2011-04-01".parse().unwrap();
    let start = first.plus_days(-1);
    let early = no("1", "2011-03-31T23:59:59", "2011-04-01T09:00");
    assert_eq!(early, NotPriced::BeforeFirstVersion { start, first: Some(first) });
    assert_eq!(early.to_string(), "a stay that starts on 2011-03-31 has no price: the tariff begins on 2011-04-01");
    let never = NotPriced::BeforeFirstVersion { start, first: None };
    assert_eq!(never.to_string(), "a stay that starts on 2011-03-31 has no price: the tariff has no version");
    let long = no("1", "2026-03-02T08:00", "2226-03-02T08:00");
    assert!(matches!(long, NotPriced::TooLong { .. }));
    assert!(policy.price(&visitor("1", window(&policy.zone, "2028-01-01T00:00", "2029-01-01T00:00"))).is_ok());
    let over = no("1", "2028-01-01T00:00", "2029-01-01T00:00:01");
    assert_eq!(over, NotPriced::TooLong { seconds: 366 * 86_400 + 1 });
    let told = "a stay of 31622401 seconds is longer than 366 days (31622400 seconds); bill it in parts";
    assert_eq!(over.to_string(), told);
}

#[test]
fn the_last_days_of_the_calendar_have_a_price() {
    let policy = presets::xicheng_2022();
    for seconds in [1, 86_400, 366 * 86_400] {
        let stay = Window::new(Timestamp::MAX.plus_seconds(-seconds), Timestamp::MAX).unwrap();
        assert!(policy.price(&visitor("1", stay)).unwrap().adds_up());
    }
}

#[test]
fn a_bill_survives_json_and_a_changed_one_does_not_add_up() {
    let policy = presets::xicheng_2022();
    let bill = beijing(&policy, "1", Some("resident"), "2026-03-02T08:00:30", "2026-03-04T10:00");
    let text = serde_json::to_string(&bill).unwrap();
    assert_eq!(serde_json::from_str::<Bill>(&text).unwrap(), bill);
    assert!(serde_json::from_str::<Bill>(&text.replace("\"total\"", "\"sum\"")).is_err());
    for forged in [
        Bill { total: bill.total - Money::minor(1), ..bill.clone() },
        Bill { gross: bill.gross + Money::minor(1), ..bill.clone() },
        Bill { lines: bill.lines[1..].to_vec(), ..bill.clone() },
        serde_json::from_str(&text.replacen("\"units\":4", "\"units\":5", 1)).unwrap(),
    ] {
        assert_ne!(forged, bill);
        assert!(!forged.adds_up(), "{forged:?}");
    }
}
