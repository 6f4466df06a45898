//! Every single value that complaints, appeals and vacancies leave in a district, changed: reading refuses it or the audit
//! finds it.

use super::support::{changed, leaves};
use super::town::Town;
use serde_json::{Value, json};
use shared_parking::{District, audit};

fn busy(round: Value) -> Town {
    let offers = round["offer_hours"].is_number();
    let mut town = Town::new(&[(0, 1), (200, 1)], &[0, 100], round, None);
    let mut tell = |hour: i64, what: &str| {
        let told = town.tell(hour, what);
        assert!(told.parse::<u16>().is_err(), "{hour} | {what} | {told}");
    };
    for (hour, what) in [
        (0, "apply ann 0"),
        (1, "round r1"),
        (2, "complain g0 ann space s0 visitor-stayed"),
        (3, "stay st1 s0"),
        (4, "complain g1 bob stay st1 plate-misread"),
        (5, "assign g1 o1"),
        (6, "assign g1 o2"),
        (7, "answer g1 not-resolved"),
        (8, "rate g1 bob no"),
        (8_000, "apply bob 0 arrears=5"),
        (8_024, "apply cat 100 space=owned"),
        (8_048, "apply dan 0"),
        (8_072, "apply eve 0"),
        (8_096, "apply fay 100 insured=2020-01-01"),
        (8_120, "apply gil 0"),
        (8_150, "round r2"),
        (8_151, "complain g2 eve decision r2 bob hidden-score"),
        (8_152, "appeal p1 r2 bob wrong-fact"),
        (8_153, "appeal p2 r2 cat wrong-rule"),
        (8_154, "appeal p3 r2 fay wrong-standing"),
        (8_155, "appeal p4 r2 eve wrong-reach"),
        (8_156, "dismiss p4 not-decisive"),
        (8_157, "uphold p2 rule other-space"),
        (8_158, "uphold p1 fact bob arrears=0 need=disability"),
        (8_159, "uphold p3 fact fay arrears=900"),
    ] {
        if offers && hour == 1 {
            tell(hour, what);
            tell(1, "accept ann");
        } else {
            tell(hour, what);
        }
    }
    tell(8_790, "fill r2");
    town
}

#[test]
fn no_single_change_passes() {
    for round in [json!({ "mechanism": "serial-dictatorship", "offer_hours": 9 }), json!({})] {
        let town = busy(round.clone());
        let district = town.district();
        assert_eq!(audit::check(district), Ok(()), "{round}");
        assert_eq!((district.complaints().len(), district.appeals().len(), district.passings().len()), (3, 4, 1));
        let sound = serde_json::to_value(district).expect("a document");
        let mut paths = Vec::new();
        for part in ["applications", "rounds", "passings", "accepted", "permits", "complaints", "appeals"] {
            leaves(&sound[part], &format!("/{part}"), &mut paths);
        }
        assert!(paths.iter().filter(|path| path.starts_with("/appeals") || path.starts_with("/comp")).count() > 100);
        let (mut state, mut passed) = (sound.clone(), Vec::new());
        for path in &paths {
            let leaf = state.pointer_mut(path).expect("a leaf");
            let before = std::mem::replace(leaf, Value::Null);
            *leaf = changed(&before);
            let read: Result<District, _> = serde_json::from_value(state.clone());
            if read.is_ok_and(|district| audit::check(&district).is_ok()) {
                passed.push(path);
            }
            *state.pointer_mut(path).expect("a leaf") = before;
        }
        // An optimal proof may have slack: another price, or another position of closing, can prove the same.
        let slack =
            |path: &str| path.starts_with("/rounds/") && (path.ends_with("/price") || path.ends_with("/closed"));
        passed.retain(|path| !slack(path));
        assert!(passed.is_empty(), "{round}: {passed:#?}");
    }
}

type Lie = fn(&mut Value);

const LIES: &[(&str, &str, Lie)] = &[
    ("an appeal is forgotten", "StrayCommand", |state| {
        state["appeals"].as_object_mut().expect("appeals").remove("p4");
    }),
    ("an officer is forgotten", "StrayCommand", |state| {
        state["complaints"]["g1"]["assigned"].as_array_mut().expect("officers").remove(0);
    }),
    ("a rating is forgotten", "StrayCommand", |state| state["complaints"]["g1"]["rated"] = Value::Null),
    ("another place in line", "WrongAppeal", |state| {
        let again = &mut state["appeals"]["p2"]["resolved"]["reopened"]["answer"]["in-line"]["after"];
        *again = json!(again.as_u64().expect("a position") + 1);
    }),
    ("not opened again", "WrongAppeal", |state| state["appeals"]["p1"]["resolved"]["reopened"] = Value::Null),
    ("reasons are kept back", "WrongAppeal", |state| {
        state["appeals"]["p3"]["resolved"]["reopened"]["answer"]["not-eligible"]["reasons"] = json!([]);
    }),
    ("more time to answer", "WrongComplaint", |state| state["complaints"]["g0"]["due"] = json!("2026-12-31")),
    ("a passing is forgotten", "StrayCommand", |state| state["passings"] = json!([])),
    ("what fell free is kept back", "WrongOffers", |state| {
        state["passings"][0]["passed"].as_array_mut().expect("permits").remove(0);
    }),
];

#[test]
fn each_lie_is_found() {
    let town = busy(json!({}));
    let sound = serde_json::to_value(town.district()).expect("a document");
    for (what, expected, lie) in LIES {
        let mut state = sound.clone();
        lie(&mut state);
        assert_ne!(state, sound, "{what}");
        let lying: District = serde_json::from_value(state).expect("a district");
        let findings = audit::check(&lying).expect_err(what);
        assert!(findings.iter().any(|finding| format!("{finding:?}").starts_with(expected)), "{what}: {findings:?}");
    }
}

#[test]
fn a_free_space_kept_from_whoever_won_an_appeal_is_found() {
    let mut town = Town::new(&[(0, 2)], &[0], json!({ "offer_hours": 72 }), None);
    for (hour, what, told) in [
        (0, "apply ann 0", "ok"),
        (1, "apply bob 0 arrears=100", "ok"),
        (24, "round r1", "ann s0, bob 209"),
        (25, "appeal p1 r1 bob wrong-fact", "ok"),
        (48, "uphold p1 fact bob arrears=0", "after 1 no 2: bob s0"),
    ] {
        assert_eq!(town.tell(hour, what), told);
    }
    let sound = serde_json::to_value(town.district()).expect("a document");
    let findings = |lie: Lie| {
        let mut state = sound.clone();
        lie(&mut state);
        let lying: District = serde_json::from_value(state).expect("a district");
        let findings = audit::check(&lying).expect_err("a lie");
        findings.iter().map(|finding| format!("{finding:?} ")).collect::<String>()
    };
    let nothing_came = |state: &mut Value| {
        state["passings"] = json!([]);
        state["permits"].as_object_mut().expect("permits").remove("r1-000002");
        state["appeals"]["p1"]["resolved"]["reopened"]["permit"] = Value::Null;
    };
    let told = findings(nothing_came);
    assert!(told.starts_with("NotNextInLine"), "{told}");
    // The number of somebody else's permit: a collision.
    let told = findings(|state| {
        state["appeals"]["p1"]["resolved"]["reopened"]["answer"]["in-line"]["number"] = json!(1);
    });
    assert!(told.contains("WrongAppeal"), "{told}");
    // Facts that make the appellant eligible need the command that named them.
    let told = findings(|state| {
        state["appeals"]["p1"]["resolved"]["finding"]["upheld"]["corrected"]["fact"]["resident"]["arrears"] = json!(-1);
    });
    assert!(told.contains("NotAsked"), "{told}");
}

#[test]
fn a_document_without_complaints_reads_as_before() {
    let town = Town::new(&[(0, 1)], &[0], json!({}), None);
    let document = serde_json::to_value(town.district()).expect("a document");
    assert!(document.get("complaints").is_none() && document.get("appeals").is_none());
    let read: District = serde_json::from_value(document).expect("a district");
    assert_eq!(read, *town.district());
}
