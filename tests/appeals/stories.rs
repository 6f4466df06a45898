//! What comes of an upheld appeal: a free space, a place behind others, a space that is declined later.

use super::town::Town;
use serde_json::{Value, json};
use shared_parking::audit;

fn offers() -> Value {
    json!({ "offer_hours": 72 })
}

fn story(town: &Town, name: &str) -> String {
    audit::explain(town.district(), &town.application(name)).expect("an answer").to_string()
}

#[test]
fn a_free_space_is_offered_at_once() {
    let mut town = Town::new(&[(0, 2)], &[0], offers(), None);
    town.play(
        "
           0 | apply ann 0                   | ok
           1 | apply bob 0 arrears=100       | ok
          24 | round r1                      | ann s0, bob 209
          25 | appeal p1 r1 bob wrong-fact   | ok
          48 | uphold p1 fact bob arrears=0  | after 1 no 2: bob s0
          49 | accept bob                    | ok
          50 | fill r1                       | 175
    ",
    );
    let told = story(&town, "bob");
    assert!(told.contains("the appeal was upheld: in line after position 1"), "{told}");
    assert!(told.contains("offered a space on s0") && told.ends_with("the offer was accepted"), "{told}");
    let permit = town.district().permits().find(|permit| permit.resident.as_str() == "bob").unwrap();
    assert_eq!((permit.id.as_str(), permit.offer), ("r1-000002", None));
}

#[test]
fn whoever_waits_ahead_gets_the_space() {
    // Ann's permit of an earlier round ends while Cat's appeal is open.
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    town.play(
        "
           0 | apply ann 0                        | ok
           1 | round r1                           | ann s0
        8000 | apply bob 0                        | ok
        8050 | apply cat 0 space=rented           | ok
        8100 | round r2                           | bob 303, cat 207
        8101 | appeal p1 r2 cat wrong-fact        | ok
        8102 | fill r2                            | 175
        8760 | uphold p1 fact cat space=none      | after 1 no 2: bob s0
        8761 | fill r2                            | 175
    ",
    );
    assert!(story(&town, "bob").contains("given a space on s0"), "{}", story(&town, "bob"));
    let told = story(&town, "cat");
    assert!(told.ends_with("the appeal was upheld: in line after position 1"), "{told}");
}

#[test]
fn without_offers_a_vacancy_is_a_permit_that_nobody_moves() {
    let mut town = Town::new(&[(0, 1), (200, 1)], &[0, 100, 250], json!({}), None);
    town.play(
        "
           0 | apply ann 0        | ok
           0 | apply bob 250      | ok
           1 | round r1           | ann s0, bob s1
        8000 | apply cat 100      | ok
        8050 | apply dan 100      | ok
        8060 | apply eve 250      | ok
        8100 | round r2           | cat 303, dan 303, eve 303
        8759 | fill r2            | 175
        8760 | fill r2            | cat s0, dan s1
        8761 | fill r2            | 175
    ",
    );
    assert!(town.district().permits().all(|permit| permit.offer.is_none()));
}

#[test]
fn whoever_has_to_wait_gets_what_is_declined_later() {
    let mut town = Town::new(&[(0, 1)], &[0], offers(), None);
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0 insured=2026-01-31         | ok
          48 | apply cat 0                            | ok
          72 | round r1                               | ann s0, cat 302, bob 205
          73 | appeal p1 r1 bob wrong-fact            | ok
          74 | uphold p1 fact bob insured=2027-01-31  | after 1 no 3
          75 | decline ann                            | bob s0
          76 | decline bob                            | cat s0
          77 | decline cat                            |
          78 | fill r1                                | 175
    ",
    );
}

#[test]
fn a_better_standing_takes_the_place_of_the_old_one() {
    let need = json!({ "for": "special-need", "points": 500 });
    let mut town = Town::new(&[(0, 1)], &[0], offers(), Some(need));
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0                            | ok
          48 | apply cat 0                            | ok
          72 | apply dan 0 arrears=5                  | ok
          96 | round r1                               | ann s0, bob 302, cat 302, dan 209
          97 | appeal p1 r1 cat wrong-standing        | ok
          97 | appeal p2 r1 dan wrong-fact            | ok
          97 | appeal p3 r1 bob wrong-reach           | ok
          98 | uphold p2 fact dan arrears=0           | after 3 no 4
          99 | uphold p1 fact cat need=disability     | after 0 no 3
         100 | uphold p3 fact bob arrears=5           | not 209
         101 | decline ann                            | cat s0
         102 | decline cat                            | dan s0
         103 | decline dan                            |
    ",
    );
    assert!(
        story(&town, "bob").ends_with("the appeal was upheld: not eligible all the same"),
        "{}",
        story(&town, "bob")
    );
    assert!(story(&town, "cat").contains("first in line, before position 1"), "{}", story(&town, "cat"));
}

#[test]
fn a_dismissed_appeal_changes_nothing_but_is_told() {
    let mut town = Town::new(&[(0, 2)], &[0], offers(), None);
    town.play(
        "
           0 | apply ann 0                   | ok
           1 | apply bob 0 arrears=100       | ok
          24 | round r1                      | ann s0, bob 209
          25 | appeal p1 r1 bob wrong-fact   | ok
          26 | dismiss p1 facts-confirmed    | ok
          27 | fill r1                       | 175
        2000 | round r2                      | bob 209
    ",
    );
    let round = &town.district().rounds()[0];
    let told = audit::Explainer::new(town.district(), round).explain(&town.application("bob")).unwrap().to_string();
    assert!(told.ends_with("the appeal was dismissed"), "{told}");
}

#[test]
fn a_corrected_fact_counts_in_later_rounds_and_a_rule_set_aside_does_not() {
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    town.play(
        "
           0 | apply ann 0                   | ok
          24 | apply bob 0 arrears=100       | ok
          48 | apply cat 0 space=owned       | ok
          72 | round r1                      | ann s0, bob 209, cat 207
          73 | appeal p1 r1 bob wrong-fact   | ok
          74 | appeal p2 r1 cat wrong-rule   | ok
          75 | uphold p2 rule other-space    | after 1 no 2
          76 | uphold p1 fact bob arrears=0  | after 1 no 3
        8900 | fill r1                       | 175
        8901 | round r2                      | bob s0, cat 207
    ",
    );
}

#[test]
fn a_household_has_one_claim_whichever_way_it_comes() {
    let mut town = Town::new(&[(0, 1), (200, 1)], &[0, 100], offers(), None);
    town.play(
        "
           0 | apply ann 0                              | ok
          24 | apply bob 0 household=h-ann              | ok
          48 | apply cat 0 household=h-dan              | ok
          72 | apply dan 0 arrears=7                    | ok
          96 | apply eve 0 space=owned vehicle=v-ann    | ok
         120 | round r1                                 | ann s0, cat s1, bob 211, dan 209, eve 207
         121 | appeal p1 r1 bob wrong-claim             | ok
         121 | appeal p2 r1 dan wrong-fact              | ok
         121 | appeal p3 r1 eve wrong-rule              | ok
         122 | uphold p2 fact dan arrears=0             | not 211
         123 | uphold p3 rule other-space               | not 212
         124 | uphold p1 fact bob household=h-bob       | after 1 no 3
         125 | decline ann                              | bob s0
    ",
    );
}

#[test]
fn a_claim_that_waits_is_looked_at_when_a_space_falls_free() {
    // Dan applied before Cat of the same household, and is only now known to be eligible: Cat's permit stands, and while
    // it does Dan cannot come.
    let mut town = Town::new(&[(0, 1)], &[0], offers(), None);
    town.play(
        "
           0 | apply dan 0 arrears=7                    | ok
          24 | apply cat 0 household=h-dan              | ok
          48 | apply bob 0                              | ok
          72 | round r1                                 | cat s0, bob 302, dan 209
          73 | appeal p1 r1 dan wrong-fact              | ok
          74 | uphold p1 fact dan arrears=0             | after 0 no 3
          75 | decline cat                              | dan s0
          76 | decline dan                              | bob s0
    ",
    );
}

#[test]
fn an_appeal_decided_after_another_round_opens_that_one() {
    let mut town = Town::new(&[(0, 1)], &[0], offers(), None);
    town.play(
        "
           0 | apply ann 0                   | ok
          24 | apply bob 0 arrears=100       | ok
          48 | round r1                      | ann s0, bob 209
          49 | appeal p1 r1 bob wrong-fact   | ok
          50 | apply cat 0                   | ok
          51 | round r2                      | cat 303, bob 209
          52 | appeal p2 r2 bob wrong-fact   | ok
          53 | uphold p1 fact bob arrears=0  | after 0 no 2
          54 | uphold p2 fact bob need=disability | after 0 no 2
          55 | decline ann                   |
          56 | fill r2                       | bob s0
    ",
    );
    let told = story(&town, "bob");
    assert_eq!(told.matches("the appeal was upheld").count(), 2, "{told}");
}

#[test]
fn where_places_have_lists_of_their_own_a_free_space_waits_for_the_round() {
    let round = json!({ "mechanism": { "deferred-acceptance": "per-place" } });
    let mut town = Town::new(&[(0, 2)], &[0], round, None);
    town.play(
        "
           0 | apply ann 0                   | ok
          24 | apply bob 0 arrears=100       | ok
          48 | round r1                      | ann s0, bob 209
          49 | appeal p1 r1 bob wrong-fact   | ok
          50 | uphold p1 fact bob arrears=0  | after 1 no 2
          51 | fill r1                       | 175
          52 | round r2                      | bob s0
    ",
    );
}

#[test]
fn a_reserved_turn_is_kept_and_none_is_reserved_anew() {
    let parts = json!({ "quotas": [{
        "id": "disabled", "group": { "special_needs": ["disability"] },
        "reserve": [{ "from_spaces": 1, "at_least": { "permits": 1 } }]
    }] });
    let mut town = Town::under(&[(0, 1)], &[0, 900], offers(), &parts);
    // Cat's turn was reserved, but her door was recorded too far away; Dan's need was not recorded.
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0                            | ok
          48 | apply cat 900 need=disability          | ok
          72 | apply dan 0 arrears=3                  | ok
          96 | round r1                               | cat 301, ann s0, bob 302, dan 209
          97 | appeal p1 r1 cat wrong-reach           | ok
          97 | appeal p2 r1 dan wrong-fact            | ok
          98 | uphold p2 fact dan arrears=0 need=disability | after 3 no 4
          99 | uphold p1 fact cat door=d0             | after 0 no 1
         100 | decline ann                            | cat s0
         101 | decline cat                            | bob s0
         102 | decline bob                            | dan s0
    ",
    );
}

#[test]
fn under_a_ceiling_a_free_space_waits_for_the_round() {
    let parts = json!({ "ceilings": [{ "id": "all", "at_most": { "permits": 1 } }] });
    let mut town = Town::under(&[(0, 2)], &[0], json!({}), &parts);
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0                            | ok
          48 | round r1                               | ann s0, bob 306
          49 | fill r1                                | 175
          50 | appeal p1 r1 bob wrong-reach           | ok
          51 | uphold p1 fact bob need=disability     | after 1 no 2
        9000 | round r2                               | bob s0
    ",
    );
}

#[test]
fn a_permit_given_at_once_stays_where_it_is() {
    // Cat likes both stretches equally, Dan reaches only the one she takes: an offer moves on, a permit does not.
    for (round, filled) in [(json!({}), "cat s0"), (offers(), "cat s0, cat s0>s1, dan s0")] {
        let mut town = Town::new(&[(50, 1), (350, 1)], &[0, 50, 200, 350], round, None);
        let accepted = filled.contains("dan");
        town.play("0 | apply ann 50 | ok\n0 | apply bob 350 | ok\n1 | round r1 | ann s0, bob s1");
        if accepted {
            town.play("1 | accept ann | ok\n1 | accept bob | ok");
        }
        town.play(
            &"
            8000 | apply cat 200 | ok
            8050 | apply dan 0   | ok
            8100 | round r2      | cat 303, dan 303
            8760 | fill r2       | FILLED
            8761 | fill r2       | 175
        "
            .replace("FILLED", filled),
        );
    }
}

#[test]
fn what_is_given_back_or_taken_away_goes_to_the_next_in_line() {
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0 arrears=9                  | ok
          48 | apply cat 0                            | ok
          72 | round r1                               | ann s0, cat 302, bob 209
          73 | appeal p1 r1 bob wrong-fact            | ok
          74 | papers bob                             | ok
          75 | uphold p1 fact bob arrears=0           | 131
          76 | amend bob arrears=8                    | ok
          77 | uphold p1 fact bob arrears=0           | after 1 no 3
          78 | fill r1                                | 175
          79 | giveback ann                           | ok
          80 | papers bob                             | ok
          81 | fill r1                                | cat s0
          82 | giveback cat                           | ok
          83 | fill r1                                | 175
          84 | amend bob                              | ok
          85 | fill r1                                | bob s0
    ",
    );
    use shared_parking::district::State;
    let district = town.district();
    let now = district.clock().unwrap();
    assert_eq!(district.state(&town.application("bob"), now), Some(State::Active));
    let facts = district.application(&town.application("bob")).unwrap();
    assert_eq!(facts.earlier.len(), 3, "two amendments and a correction");
}

#[test]
fn whoever_is_put_in_line_waits() {
    use shared_parking::district::State;
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    let state = |town: &Town| town.district().state(&town.application("bob"), town.district().clock().unwrap());
    town.play("0 | apply ann 0 | ok\n24 | apply bob 0 arrears=9 | ok\n48 | round r1 | ann s0, bob 209");
    assert_eq!(state(&town), Some(State::Waiting));
    town.play("49 | amend bob arrears=8 | ok\n50 | appeal p1 r1 bob wrong-fact | ok");
    assert_eq!(state(&town), Some(State::Applied));
    town.play("51 | uphold p1 fact bob arrears=0 | after 1 no 2");
    assert_eq!(state(&town), Some(State::Waiting));
}

#[test]
fn the_line_of_a_round_before_the_last_gets_nothing_by_an_appeal() {
    // Bob's papers were missing when the second round was held, so the first is the latest that answered him.
    let mut town = Town::new(&[(0, 1)], &[0], json!({}), None);
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0 arrears=9                  | ok
          48 | round r1                               | ann s0, bob 209
          49 | papers bob                             | ok
          50 | apply cat 0                            | ok
          72 | round r2                               | cat 303
          73 | amend bob                              | ok
          74 | appeal p1 r1 bob wrong-fact            | ok
          75 | giveback ann                           | ok
          76 | uphold p1 fact bob arrears=0           | after 1 no 2
          77 | fill r1                                | 167
          78 | fill r2                                | cat s0
    ",
    );
}

#[test]
fn a_permit_given_since_does_not_speak_against_an_earlier_decision() {
    // Sue, of Bob's household, got her permit in the second round; nobody had one at home when Bob was refused.
    let mut town = Town::new(&[(0, 2)], &[0], json!({}), None);
    town.play(
        "
           0 | apply ann 0                            | ok
          24 | apply bob 0 arrears=9                  | ok
          48 | round r1                               | ann s0, bob 209
          49 | papers bob                             | ok
          50 | apply sue 0 household=h-bob            | ok
          72 | round r2                               | sue s0
          73 | amend bob                              | ok
          74 | appeal p1 r1 bob wrong-fact            | ok
          75 | uphold p1 fact bob arrears=0           | after 1 no 2
    ",
    );
}
