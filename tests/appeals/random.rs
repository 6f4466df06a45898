//! Random commands: the audit passes after each, a replay gives the same, and figures agree with a plain count.

use super::town::Town;
use proptest::prelude::*;
use serde_json::json;
use shared_parking::district::{AppealFinding, ComplaintOutcome};
use shared_parking::{Action, Journal, Timestamp, audit};
use std::collections::BTreeMap;

const NAMES: [&str; 6] = ["ann", "bob", "cat", "dan", "eve", "fay"];

/// One step, drawn as numbers: what, about whom, which variant, and how many hours later.
type Draw = (u8, u8, u8, u16);

fn words(town: &Town, (what, who, how, _): Draw) -> String {
    let (name, pick) = (NAMES[usize::from(who) % NAMES.len()], usize::from(how));
    let (id, held) = (who % 4, town.district().rounds().len());
    // Mostly the latest season, now and then the one before or the next.
    let season = [held, held, held, held.saturating_sub(1), held + 1][pick % 5];
    // Mostly an appeal that is open, and whoever lodged it.
    let open =
        town.district().appeals().filter(|recorded| recorded.resolved.is_none()).map(|recorded| &recorded.appeal);
    let open: Vec<_> = open.collect();
    let appeal = open.get(usize::from(who)).or(open.first());
    let (own, whose) = appeal.map_or(("p0".to_owned(), name.to_owned()), |appeal| {
        (appeal.id.to_string(), appeal.application.as_str().split('-').next().expect("a name").to_owned())
    });
    let fact = ["arrears=0", "space=none", "need=disability", "household=h-ann", "door=d0", "arrears=4"];
    match what % 32 {
        0..=5 => {
            let flaw = ["", "arrears=7", "need=disability", "space=owned", "", "household=h-ann"];
            format!("apply {name} {} {}", [0, 100, 250][pick % 3], flaw[pick % flaw.len()])
        }
        6 => format!("round r{}", held + 1),
        7..=9 => format!("accept {name}"),
        10 => format!("decline {name}"),
        11 => format!("close r{season}"),
        12..=14 => format!("fill r{season}"),
        15 => format!("{} {name}", ["withdraw", "papers", "amend", "giveback", "giveback"][pick % 5]),
        16 => format!("complain g{id} {name} space s0 other"),
        17 => format!("complain g{id} {name} decision r{season} {name} waiting-estimate"),
        18 => format!("assign g{id} o{season}"),
        19 => format!("answer g{id} {}", ["resolved", "not-resolved", "unfounded"][pick % 3]),
        20 => format!("rate g{id} {name} {}", if how % 2 == 0 { "yes" } else { "no" }),
        21..=24 => format!("appeal p{who}-{season} r{season} {name} wrong-fact"),
        25 => format!("dismiss {own} facts-confirmed"),
        26..=29 => format!("uphold {own} fact {whose} {}", fact[pick % fact.len()]),
        _ => format!("uphold {own} rule {}", ["other-space", "arrears-outstanding"][pick % 2]),
    }
}

fn mechanism(number: u8, offers: bool) -> serde_json::Value {
    let mechanism = match number % 5 {
        0 => json!("optimal"),
        1 => json!("serial-dictatorship"),
        2 => json!("top-trading-cycles"),
        3 => json!({ "deferred-acceptance": "single" }),
        _ => json!({ "deferred-acceptance": "per-place" }),
    };
    let renewal = json!({ "within_days": 90, "place": "keep" });
    let hours = (offers && number % 5 != 4).then_some(48);
    json!({ "mechanism": mechanism, "offer_hours": hours, "renewal": renewal })
}

/// Shifts, quotas and ceilings, as far as the mechanism has a use for them.
fn parts(number: u8, offers: bool) -> serde_json::Value {
    match (number / 5 % 4, number.is_multiple_of(5)) {
        (1, _) => json!({ "shifts": {
            "list": [
                { "id": "day", "from": "09:00", "until": "18:00" },
                { "id": "night", "from": "18:00", "until": "09:00" }
            ],
            "otherwise": ["day", "night"]
        } }),
        (2, true) => json!({ "quotas": [{
            "id": "disabled", "group": { "special_needs": ["disability"] },
            "reserve": [{ "from_spaces": 1, "at_least": { "permits": 1 } }]
        }] }),
        (3, true) if !offers => json!({ "ceilings": [{ "id": "all", "at_most": { "permits": 2 } }] }),
        _ => json!({ "complaints": { "answer_days": 3, "appeal_days": 366 } }),
    }
}

/// Plays what can be played; `true` when an appeal was upheld, and when a vacancy was filled.
fn play(town: &mut Town, draws: &[Draw]) -> (bool, bool) {
    let (mut hour, mut met) = (0, (false, false));
    for &draw in draws {
        hour += i64::from(draw.3);
        if draw.3 > 1_000 {
            // Permits of earlier rounds may have ended.
            let latest = format!("fill r{}", town.district().rounds().len());
            met.1 |= town.tell(hour, &latest) != "175";
            assert_eq!(audit::check(town.district()), Ok(()), "{hour} | {latest}");
        }
        let words = words(town, draw);
        let of_one = ["withdraw", "papers", "amend"].iter().any(|verb| words.starts_with(verb));
        let unknown = of_one || words.contains(" fact ");
        let name = words.split(' ').nth(if of_one { 1 } else { 3 });
        if unknown && name.is_some_and(|name| town.application(name).as_str() == "nobody's") {
            continue;
        }
        let told = town.tell(hour, &words);
        let done = told.parse::<u16>().is_err();
        met.0 |= done && words.starts_with("uphold");
        met.1 |= done && words.starts_with("fill");
        if done {
            assert_eq!(audit::check(town.district()), Ok(()), "{hour} | {words} | {told}");
        }
        if done && words.starts_with("fill") {
            assert_eq!(town.tell(hour, &words), "175", "what was filled is full");
        }
    }
    met
}

/// By month: raised, resolved, rated, satisfied; counted from the commands alone.
fn naive(journal: &Journal) -> BTreeMap<String, [u64; 4]> {
    let zone = &journal.genesis().policy().zone;
    let month = |at: Timestamp| zone.local(at).date.to_string()[..7].to_owned();
    let mut raised: BTreeMap<String, String> = BTreeMap::new();
    let mut months: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for entry in journal.entries() {
        let at = month(entry.command.at);
        let (id, counts) = match &entry.command.action {
            Action::Complain(complaint) => {
                raised.insert(complaint.id.to_string(), at);
                (&complaint.id, [1, 0, 0, 0])
            }
            Action::Appeal(appeal) => {
                raised.insert(appeal.id.to_string(), at);
                (&appeal.id, [1, 0, 0, 0])
            }
            Action::AnswerComplaint { complaint, outcome } => {
                (complaint, [0, u64::from(*outcome == ComplaintOutcome::Resolved), 0, 0])
            }
            Action::RateAnswer { complaint, satisfied, .. } => (complaint, [0, 0, 1, u64::from(*satisfied)]),
            Action::ResolveAppeal { appeal, finding, .. } => {
                assert!(matches!(finding, AppealFinding::Upheld { .. } | AppealFinding::Dismissed { .. }));
                (appeal, [0, 1, 0, 0])
            }
            _ => continue,
        };
        let own = months.entry(raised[id.as_str()].clone()).or_default();
        own.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    months
}

fn holds(number: u8, offers: bool, draws: &[Draw]) -> (bool, bool) {
    let (stretches, doors) = ([(0, 1), (150, 1), (220, 1)], [0, 100, 250]);
    let mut town = Town::under(&stretches, &doors, mechanism(number, offers), &parts(number, offers));
    for words in ["apply ann 0", "apply bob 100 arrears=7", "apply cat 0 space=owned", "apply dan 250", "round r1"] {
        town.tell(0, words);
    }
    let met = play(&mut town, draws);
    let journal = &town.world.journal;
    assert_eq!(audit::check_journal(journal), Ok(()));
    assert_eq!(journal.replay(), *town.district());
    let read = Journal::from_jsonl(&journal.to_jsonl().expect("text")).expect("a journal");
    assert_eq!(read, *journal);
    let figures = audit::complaint_figures(town.district(), Timestamp::MAX);
    let told: BTreeMap<String, [u64; 4]> = figures
        .months
        .iter()
        .map(|own| {
            let resolved = own.resolved + own.upheld + own.dismissed;
            let raised = own.complaints + own.appeals;
            assert_eq!(u64::from(own.resolution.get()), resolved * 10_000 / raised);
            let sums = [raised, resolved, own.rated, own.satisfied];
            (own.month.to_string()[..7].to_owned(), sums)
        })
        .collect();
    assert_eq!(told, naive(journal));
    met
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let hours = prop_oneof![12 => 0..30u16, 2 => 30..900u16, 1 => Just(4_400u16)];
    prop::collection::vec((any::<u8>(), 0..6u8, any::<u8>(), hours), 20..90)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_is_sent_the_audit_passes_and_the_figures_agree(number: u8, offers: bool, draws in draws()) {
        holds(number, offers, &draws);
    }
}

#[test]
fn such_draws_do_uphold_appeals_and_fill_vacancies() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let (mut runner, mut met) = (TestRunner::deterministic(), (0, 0));
    for number in 0..60 {
        let drawn = draws().new_tree(&mut runner).expect("draws").current();
        let (upheld, filled) = holds(number, number % 2 == 0, &drawn);
        met = (met.0 + u32::from(upheld), met.1 + u32::from(filled));
    }
    assert!(met.0 >= 5 && met.1 >= 2, "{met:?}");
}
