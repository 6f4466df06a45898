//! What was decided from facts that were amended afterwards is explained and checked with the facts of its day.

use super::town::Town;
use super::world::policy_with;
use serde_json::{Value, json};
use shared_parking::{District, audit};

/// What the audit says of the answers of a round, in words.
fn words(town: &Town, round: usize) -> Vec<String> {
    let round = &town.district().rounds()[round];
    let mut explainer = audit::Explainer::new(town.district(), round);
    let told = round.outcomes.iter().map(|outcome| explainer.explain(&outcome.application));
    told.map(|story| story.expect("an answer").to_string()).collect()
}

#[test]
fn a_past_round_is_explained_with_the_facts_of_its_day() {
    for mechanism in ["optimal", "serial-dictatorship", "top-trading-cycles"] {
        let round = json!({ "mechanism": mechanism, "cost": "rank-then-walk" });
        let mut town = Town::new(300, &[(0, 1), (250, 1), (600, 1)], &[0, 90, 200, 400], round, &json!({}));
        town.play(
            "
             0 | apply ann 0                   | applied
            24 | apply bob 90                  | applied
        ",
        );
        for step in
            ["48 | apply cat 90 ranked=k1 ", "72 | apply dan 200 excluded=k1", "80 | apply eve 400", "96 | round r1"]
        {
            let (hour, what) = step.split_once('|').expect("two columns");
            town.tell(hour.trim().parse().expect("an hour"), what.trim());
        }
        let then = words(&town, 0);
        let left_out: Vec<String> = ["cat", "dan", "eve"]
            .into_iter()
            .filter(|name| town.tell(96, &format!("state {name}")) == "waiting")
            .map(str::to_owned)
            .collect();
        assert!(!left_out.is_empty(), "{mechanism}: nobody is left out");
        for name in &left_out {
            assert_eq!(town.tell(97, &format!("amend {name} 400 ranked=k0 need=disability")), "applied");
        }
        assert_eq!(words(&town, 0), then, "{mechanism}");
        town.is_in_order();
        town.tell(98, "round r2");
        town.is_in_order();
        assert_eq!(words(&town, 0), then, "{mechanism}");
    }
}

#[test]
fn a_household_that_moves_keeps_its_place_in_the_queue() {
    let mut town = Town::new(300, &[(0, 1), (600, 1)], &[0, 900, 600], json!({}), &json!({}));
    town.play(
        "
          0 | apply ann 900           | applied
        480 | round r1                | ann s1
        480 | apply bob 900           | applied
        504 | apply cat 600           | applied
        505 | round r2                | bob 303, cat 303
        528 | apply dan 0             | applied
        529 | amend bob 0             | applied
        530 | round r3                | bob s0, cat 303, dan 302
    ",
    );
    let bob = town.district().application(&town.applications["bob"]).expect("an application");
    assert_eq!(bob.earlier.len(), 1);
    let (rounds, by) = (town.district().rounds(), bob.earlier[0].until);
    assert!(rounds[1].by < by && by < rounds[2].by);
    assert_eq!(bob.as_of(rounds[1].by).resident.door.as_str(), "d900");
    assert_eq!(bob.as_of(rounds[2].by).resident.door.as_str(), "d0");
}

#[test]
fn a_round_checked_with_facts_of_another_day_does_not_pass() {
    let mut town = Town::new(300, &[(0, 1), (600, 1)], &[0, 900], json!({}), &json!({}));
    town.play(
        "
          0 | apply ann 0             | applied
         24 | apply bob 0             | applied
         48 | round r1                | ann s0, bob 302
         49 | amend bob 900           | applied
         50 | round r2                | bob s1
    ",
    );
    // The same records with the amendment filed one command too early: before the first round.
    let mut state = serde_json::to_value(town.district()).expect("a document");
    let bob = town.applications["bob"].to_string();
    let until = state["applications"][&bob]["earlier"][0]["until"].as_u64().expect("a number");
    state["applications"][&bob]["earlier"][0]["until"] = Value::from(until - 2);
    let district: District = serde_json::from_value(state).expect("a district");
    let findings = audit::check(&district).expect_err("a lie").into_iter().map(|finding| finding.to_string());
    let findings = findings.collect::<Vec<_>>().join("\n");
    assert!(findings.contains("round r1: agent 1 is left out, though place 1 costs less"), "{findings}");
}

#[test]
fn a_quota_counts_the_holder_as_it_stands() {
    let quota = json!([{
        "id": "need", "group": { "special_needs": ["disability"] },
        "reserve": [{ "from_spaces": 1, "at_least": { "permits": 1 } }]
    }]);
    let parts = json!({ "quotas": quota, "life": { "on_death": "to-household" } });
    for (heir, round) in [("amy", "dan s0, bob s0, cat 302"), ("amy need=disability", "bob s0, cat s0, dan 302")] {
        let mut town = Town::under(policy_with(300, json!({}), &parts), &[(0, 3)], &[0]);
        town.play(
            "
              0 | apply ann 0 need=disability | applied
             24 | round r1                    | ann s0
             48 | apply bob 0                 | applied
             72 | apply cat 0                 | applied
             96 | apply dan 0 need=disability | applied
        ",
        );
        assert_eq!(town.tell(97, &format!("died ann {heir}")), "active");
        assert_eq!(town.tell(98, "round r2"), round, "{heir}");
        town.is_in_order();
    }
}

#[test]
fn whoever_owes_papers_does_not_wait() {
    use shared_parking::district::NotWaiting;
    let mut town = Town::new(300, &[(0, 1)], &[0], json!({}), &json!({}));
    town.play("0 | apply ann 0 | applied\n1 | ask ann title | incomplete");
    let (ann, at) = (town.applications["ann"].clone(), town.hour(2));
    assert_eq!(town.district().waiting(&ann, at, 1).err(), Some(NotWaiting::Incomplete));
    assert_eq!(town.district().what_if(&ann, at), None);
    town.play("3 | amend ann 0 | applied");
    assert!(town.district().waiting(&ann, at, 1).is_ok());
    assert_eq!(town.district().what_if(&ann, at), Some(Vec::new()));
}
