//! One round under two policies: the figures against a naive count of people one by one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use shared_parking::audit::{Gains, NotOneQuestion, Tally, compare_rounds};
use shared_parking::district::Round;
use shared_parking::inventory::KerbRules;
use shared_parking::policy::{RoundRules, Rule, Tier, presets};
use shared_parking::sample::{People, Plan, Rates, applications};
use shared_parking::{
    Action, Application, ApplicationId, Command, District, Inventory, Journal, Permit, Policy, Refusal, Season,
};
use std::collections::BTreeMap;

fn season() -> Season {
    Season::new("2026").expect("a season")
}

fn ground(seed: u64) -> Inventory {
    let communities = ["east", "south", "west"].map(|id| (id.to_owned(), id.to_uppercase())).to_vec();
    let plan = Plan { name: "Three".into(), communities, streets: 6, spaces: 45, doors: 40, seed };
    Inventory::build(&plan.survey().expect("a sound plan"), &KerbRules::default()).expect("sound ground")
}

fn asked(inventory: &Inventory, seed: u64) -> Vec<Application> {
    let instant = |text: &str| text.parse().expect("an instant");
    let (applied_from, applied_to) = (instant("2026-01-05T00:00:00Z"), instant("2026-01-30T00:00:00Z"));
    let people = People { households: 140, applicants: 90, applied_from, applied_to, rates: Rates::default() };
    applications(inventory, &people, seed)
}

fn held(inventory: &Inventory, policy: Policy, people: &[Application], seed: u64) -> District {
    let mut journal = Journal::new(District::new(inventory.clone(), policy).expect("a sound policy"));
    let at = "2026-03-01T00:00:00Z".parse().expect("an instant");
    let round = Action::HoldRound { season: season(), seed };
    for action in people.iter().map(|own| Action::Apply(own.clone())).chain([round]) {
        let id = format!("c-{}", journal.entries().len()).parse().expect("an id");
        journal.execute(Command { id, at, action }).expect("no refusal");
    }
    journal.district().clone()
}

/// Policies that a council could weigh against the preset.
fn variants() -> Vec<Policy> {
    let with = |change: fn(&mut Policy)| {
        let mut policy = presets::xicheng_2022();
        change(&mut policy);
        policy
    };
    vec![
        with(|_| {}),
        with(|policy| policy.permits.walk_limit_m = 200),
        with(|policy| policy.standing.tiers = vec![Tier::Family]),
        with(|policy| policy.eligibility.retain(|rule| *rule != Rule::NoOtherSpace {})),
        with(|policy| {
            let round = serde_json::json!({ "mechanism": "serial-dictatorship" });
            policy.round = serde_json::from_value::<RoundRules>(round).expect("rules");
        }),
    ]
}

fn round(district: &District) -> &Round {
    district.rounds().last().expect("a round")
}

/// Counts the people that a test picks.
fn count(before: &District, after: &District, picks: impl Fn(&Application) -> bool) -> Tally {
    let seats = |district: &District| -> BTreeMap<ApplicationId, Permit> {
        round(district).permits().map(|permit| (permit.application.clone(), permit.clone())).collect()
    };
    let (old, new) = (seats(before), seats(after));
    let mut tally = Tally::default();
    for own in before.applications().map(|own| &own.application).filter(|own| picks(own)) {
        tally.people += 1;
        let (was, is) = (old.get(&own.id), new.get(&own.id));
        tally.before += was.iter().count();
        tally.after += is.iter().count();
        match (was, is) {
            (None, Some(_)) => tally.gained += 1,
            (Some(_), None) => tally.lost += 1,
            (Some(was), Some(is)) if is.walk < was.walk => tally.nearer += 1,
            (Some(was), Some(is)) if is.walk > was.walk => tally.farther += 1,
            _ => {}
        }
    }
    tally
}

fn agrees(before: &District, after: &District, gains: &Gains) {
    assert_eq!(gains.all, count(before, after, |_| true));
    let tiers = &before.policy().standing.tiers;
    let tier = |own: &Application| {
        let admits = tiers.iter().position(|tier| tier.admits(own.resident.documents));
        u32::try_from(admits.unwrap_or(tiers.len()) + 1).expect("a few")
    };
    for own in &gains.tiers.groups {
        assert_eq!(own.tally, count(before, after, |person| tier(person) == own.group), "tier {}", own.group);
    }
    for own in &gains.communities.groups {
        let home = |person: &Application| before.inventory().door(&person.resident.door).unwrap().community.clone();
        assert_eq!(own.tally, count(before, after, |person| home(person) == own.group), "{:?}", own.group);
    }
    let told = gains.tiers.groups.iter().map(|own| own.tally.people).sum::<usize>() + gains.tiers.others.people;
    assert_eq!(told, gains.all.people, "everybody stands in one tier");
    let told = gains.communities.groups.iter().map(|own| own.tally.people).sum::<usize>();
    assert_eq!(told + gains.communities.others.people, gains.all.people, "and in one community");
    assert_eq!((gains.before.seated, gains.after.seated), (gains.all.before, gains.all.after));
    let no =
        |figures: &shared_parking::audit::Figures, refusal: Refusal| figures.refused.get(&refusal.number()).copied();
    for refusal in Refusal::ALL {
        let reasons = |district: &District| {
            let named = |own: &&shared_parking::district::Outcome| match &own.answer {
                shared_parking::district::Answer::Seated { .. } => false,
                shared_parking::district::Answer::LeftOut { refusal: no, .. } => no == refusal,
                shared_parking::district::Answer::NotEligible { reasons } => reasons[0].refusal == *refusal,
            };
            Some(round(district).outcomes.iter().filter(named).count()).filter(|&count| count > 0)
        };
        assert_eq!(no(&gains.before, *refusal), reasons(before), "{refusal}");
        assert_eq!(no(&gains.after, *refusal), reasons(after), "{refusal}");
    }
}

#[test]
fn gains_and_losses_are_those_of_a_naive_count() {
    let mut seen = Tally::default();
    for seed in 0..6 {
        let inventory = ground(seed);
        let people = asked(&inventory, seed);
        let districts: Vec<District> =
            variants().into_iter().map(|policy| held(&inventory, policy, &people, seed)).collect();
        for after in &districts {
            let gains = compare_rounds(&districts[0], after, &season(), 1).expect("one question");
            agrees(&districts[0], after, &gains);
            assert!(gains.communities.groups.len() > 1 && gains.tiers.groups.len() > 1);
            assert_eq!(gains.communities.others, Tally::default());
            seen.gained += gains.all.gained;
            seen.lost += gains.all.lost;
            seen.nearer += gains.all.nearer;
            seen.farther += gains.all.farther;
            // The other way round, who gained loses.
            let back = compare_rounds(after, &districts[0], &season(), 1).expect("one question").all;
            let Tally { people, before, after, gained, lost, nearer, farther } = gains.all;
            let turned = Tally {
                people,
                before: after,
                after: before,
                gained: lost,
                lost: gained,
                nearer: farther,
                farther: nearer,
            };
            assert_eq!(back, turned);
        }
        let same = compare_rounds(&districts[0], &districts[0], &season(), 1).expect("one question").all;
        assert_eq!((same.gained, same.lost, same.nearer, same.farther), (0, 0, 0, 0));
    }
    assert!([seen.gained, seen.lost, seen.nearer, seen.farther].iter().all(|&cases| cases > 10), "{seen:?}");
}

#[test]
fn small_groups_are_told_together() {
    let inventory = ground(1);
    let people = asked(&inventory, 1);
    let [before, after] = [0, 1].map(|at| held(&inventory, variants().remove(at), &people, 1));
    let each = compare_rounds(&before, &after, &season(), 1).expect("one question").communities;
    let mut sizes: Vec<usize> = each.groups.iter().map(|own| own.tally.people).collect();
    sizes.sort_unstable();
    assert_eq!(sizes.len(), 3);
    let told = |fewest| {
        let all = compare_rounds(&before, &after, &season(), fewest).expect("one question");
        agrees(&before, &after, &all);
        assert_eq!(all.communities.groups.len() + all.communities.merged.len(), 3);
        (all.communities.groups.len(), all.communities.others.people)
    };
    assert_eq!(told(sizes[0]), (3, 0));
    // One short of enough takes the next smallest with it.
    assert_eq!(told(sizes[0] + 1), (1, sizes[0] + sizes[1]));
    assert_eq!(told(sizes[2] + 1), (0, 90));
}

#[test]
fn other_questions_are_not_compared() {
    let inventory = ground(2);
    let people = asked(&inventory, 2);
    let district = |people: &[Application], seed| held(&inventory, presets::xicheng_2022(), people, seed);
    let before = district(&people, 1);
    let problems = |after: &District| compare_rounds(&before, after, &season(), 1).expect_err("another question");
    assert_eq!(problems(&district(&people, 2)), [NotOneQuestion::OtherDraw]);
    assert_eq!(problems(&district(&people[1..], 1)), [NotOneQuestion::OtherPeople(people[0].id.clone())]);
    let mut changed = people.clone();
    changed[3].resident.registered ^= true;
    assert_eq!(problems(&district(&changed, 1)), [NotOneQuestion::OtherPeople(people[3].id.clone())]);
    let none = compare_rounds(&before, &before, &Season::new("2027").unwrap(), 1).expect_err("no round");
    let which: Vec<String> = none.iter().map(ToString::to_string).collect();
    assert_eq!(which.len(), 2);
    assert!(which[0].contains("before held no round of season 2027") && which[1].contains("after"));
}

#[test]
fn whoever_is_not_eligible_stands_in_a_tier_of_the_rules_that_counted_then() {
    let inventory = ground(3);
    let people = asked(&inventory, 3);
    let mut policy = presets::xicheng_2022();
    // Everybody was queued when the tiers changed, and keeps those of before.
    let earlier = serde_json::json!({ "until": "2026-02-15", "queued": "old", "rules": policy.standing });
    let now = serde_json::json!({ "tiers": ["anyone"], "points": [], "earlier": [earlier] });
    let old = std::mem::replace(&mut policy.standing, serde_json::from_value(now).expect("rules"));
    let district = held(&inventory, policy, &people, 3);
    let gains = compare_rounds(&district, &district, &season(), 1).expect("one question");
    let tier = |own: &Application| {
        let admits = old.tiers.iter().position(|tier| tier.admits(own.resident.documents));
        u32::try_from(admits.unwrap_or(old.tiers.len()) + 1).expect("a few")
    };
    assert!(gains.tiers.groups.len() > 1 && gains.before.seated < people.len());
    for own in &gains.tiers.groups {
        assert_eq!(own.tally, count(&district, &district, |person| tier(person) == own.group), "tier {}", own.group);
    }
}
