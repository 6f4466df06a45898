//! The same of somebody who waits in a district.

use super::case::sound;
use super::town;
use serde_json::json;
use shared_parking::district::Answer;
use shared_parking::policy::{Tier, presets};
use shared_parking::{Action, Command, District, Journal, Refusal, Season};

#[test]
fn a_district_answers_with_the_claims_of_those_before() {
    let mut policy = presets::xicheng_2022();
    policy.standing.tiers = vec![Tier::Anyone];
    policy.eligibility = serde_json::from_value(json!([
        { "rule": "permits-per-household", "at_most": 1 }, { "rule": "permits-per-address", "at_most": 2 }
    ]))
    .expect("rules");
    let district = District::new(town::inventory(), policy).expect("a district");
    let (mut journal, at) = (Journal::new(district), "2026-02-01T00:00:00Z".parse().expect("an instant"));
    for (number, household) in ["one", "one", "two", "three"].into_iter().enumerate() {
        let mut document = sound();
        document["id"] = format!("a-{number}").into();
        document["resident"]["id"] = format!("r-{number}").into();
        document["resident"]["household"] = household.into();
        document["vehicle"]["id"] = format!("v-{number}").into();
        let action = Action::Apply(serde_json::from_value(document).expect("an application"));
        let id = format!("c-{number}").parse().expect("an id");
        journal.execute(Command { id, at, action }).expect("recorded");
    }
    let told = |journal: &Journal, id: &str| {
        let found = journal.district().what_if(&id.parse().expect("an id"), at);
        found.map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let full = "217 address-full: earlier claims at the door: at most 1 instead of 2".to_owned();
    let taken = "211 household-certified: earlier claims of the household: at most 0 instead of 1".to_owned();
    assert_eq!(told(&journal, "a-0"), Some(vec![]));
    assert_eq!(told(&journal, "a-1"), Some(vec![taken]));
    assert_eq!(told(&journal, "a-2"), Some(vec![])); // who is refused claims nothing
    assert_eq!(told(&journal, "a-3"), Some(vec![full]));
    assert_eq!(told(&journal, "a-9"), None);
    let action = Action::HoldRound { season: Season::new("2026").expect("a season"), seed: 1 };
    journal.execute(Command { id: "round".parse().expect("an id"), at, action }).expect("held");
    assert_eq!(told(&journal, "a-0"), None); // it has led to a permit
    assert_eq!(told(&journal, "a-3").map(|told| told.len()), Some(1));
    let refused = journal
        .district()
        .judge(&journal.district().application(&"a-3".parse().expect("an id")).expect("recorded").application, at);
    assert_eq!(refused, []); // claims of others set aside
    let answer = journal.district().rounds()[0].answer(&"a-3".parse().expect("an id"));
    let Answer::NotEligible { reasons } = answer.expect("an answer") else { panic!("eligible") };
    assert_eq!(reasons.iter().map(|reason| reason.refusal).collect::<Vec<_>>(), [Refusal::AddressFull]);
}
