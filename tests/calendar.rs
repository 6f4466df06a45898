//! Texts that calendar and units read, and those they refuse: in one short sentence, without a nested report.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use shared_parking::{Date, Digest, ResidentId, TimeOfDay, Timestamp, Window, Zone};

#[test]
fn local_times_are_read_in_the_zone_and_nothing_is_read_past() {
    let zone: Zone = "Asia/Shanghai".parse().expect("a zone");
    for (text, instant) in [
        ("2026-03-02T08:00", "2026-03-02T00:00:00Z"),
        ("2026-03-02 08:00", "2026-03-02T00:00:00Z"),
        ("2026-03-02T08:00:30", "2026-03-02T00:00:30Z"),
        ("2026-03-02T08:00:30.9", "2026-03-02T00:00:30Z"),
        ("2026-03-02T08:00Z", "2026-03-02T08:00:00Z"),
        ("2026-03-02T08:00:00+09:00", "2026-03-01T23:00:00Z"),
    ] {
        assert_eq!(zone.parse_local(text).expect(text).to_string(), instant, "{text}");
    }
    for text in [
        "",
        "8:00",
        "2026-03-02",
        "2026-03-02T",
        "2026-03-02T08",
        "2026-03-02T0800",
        "2026-03-02T08:00:60",
        "2026-03-02T08:00:60Z",
        "2026-03-02T24:00",
        "2026-02-29T08:00",
        "2026-03-02T08:00[Asia/Tokyo]",
        "2026-03-02T08:00[Asia/Shanghai]",
        "2026-03-02T08:00:00+08:00[Asia/Tokyo]",
        "2026-03-02T08:00:00[u-ca=japanese]",
        "2026-03-02[Asia/Tokyo]",
        "é026-03-02Té8:00",
    ] {
        let flaws = zone.parse_local(text).expect_err(text);
        assert!(flaws.to_string().contains("write it like 2026-03-02T08:00"), "{flaws}");
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
    assert!("2026-03-02T08:00".parse::<Timestamp>().is_err(), "an instant needs an offset");
    for at in [Timestamp::MIN, Timestamp::from_unix(-1), Timestamp::from_unix(0), Timestamp::MAX] {
        assert_eq!(at.to_string().parse(), Ok(at));
    }
}

#[test]
fn only_zones_that_say_something_are_zones() {
    for name in ["UTC", "Asia/Shanghai", "America/New_York"] {
        assert_eq!(name.parse::<Zone>().expect(name).name(), name);
    }
    for name in ["Etc/Unknown", "etc/unknown", "Asia/Desheng", "+08:00", ""] {
        assert!(name.parse::<Zone>().is_err(), "{name}");
    }
}

#[test]
fn days_clock_times_and_digests_have_one_form() {
    for text in ["20260302", "2026-3-2", "2026-03-02T08:00", "2026-03-02[Asia/Tokyo]", "+2026-03-02", " 2026-03-02"] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
    for text in ["2026-03-02", "-009999-01-01", "9999-12-31"] {
        assert_eq!(text.parse::<Date>().expect(text).to_string(), text);
    }
    for text in ["+1:00", "+7:+5", "07:+5", "7:05", "07:5", "07:05:00", "24:01", "07-05", "٠٧:٠٥"] {
        assert!(text.parse::<TimeOfDay>().is_err(), "{text}");
    }
    let digest = Digest::of_bytes(b"abc");
    let text = digest.to_string();
    let read = |text: String| serde_json::from_value::<Digest>(text.into());
    assert_eq!(read(text.clone()).expect("a digest"), digest);
    assert_eq!(read(text.to_uppercase()).expect("capitals are digits too"), digest);
    for wrong in ["+1".repeat(32), text[1..].to_owned(), format!("{text}0"), "é".repeat(32), format!("g{}", &text[1..])]
    {
        let error = read(wrong).expect_err("no digest").to_string();
        assert!(error.contains("64 hexadecimal digits"), "{error}");
    }
}

#[test]
fn a_wrong_text_in_a_document_is_told_in_one_sentence() {
    let told = |error: serde_json::Error| error.to_string();
    let instant = serde_json::from_value::<Timestamp>("x".into()).map_err(told);
    assert_eq!(instant, Err("\"x\" is not an instant; write it like 2026-03-02T08:00:00+08:00".to_owned()));
    let id = serde_json::from_value::<ResidentId>("".into()).map_err(told);
    let remedy = "give 1 to 128 bytes without control characters or outer spaces";
    assert_eq!(id, Err(format!("an empty resident id; {remedy}")));
    let ends = serde_json::json!({ "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T08:00:00Z" });
    let window = serde_json::from_value::<Window>(ends).map_err(told);
    let span = "2026-03-02T08:00:00Z to 2026-03-02T08:00:00Z";
    assert_eq!(window, Err(format!("a window from {span}; let it end after it starts")));
}
