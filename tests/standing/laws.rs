//! Laws of every standing: better facts never harm, waiting never loses points, nobody ties, tickets stay.

use super::people::{instant, person, rules, season, zone};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::strategy::Union;
use serde_json::{Value, json};
use shared_parking::policy::{ScoreFacts, ScoreSheet, StandingRules};
use shared_parking::{Application, CommunityId, Timestamp};

const HELD: &str = "2026-03-01T00:00:00Z";
const SHIFTS: [&str; 3] = ["all-day", "day", "night"];
const NEEDS: [&str; 3] = ["none", "disability", "wounded-veteran"];
const COMMUNITIES: [&str; 3] = ["east", "north", "west"];
/// Worse to better; a parent stands for all kin.
const HOLDERS: [&str; 4] = ["absent", "other", "parent", "applicant"];

/// What rules look at. In every number more is better, but for the claims.
#[derive(Clone, Debug)]
struct Facts {
    documents: [usize; 5],
    waited: i64,
    longer: Option<i64>,
    hours: u32,
    days: u32,
    need: usize,
    no_driving: bool,
    shift: usize,
    community: Option<usize>,
    claims: u32,
}

fn facts() -> impl Strategy<Value = Facts> {
    let sharing = (0..=366_u32).prop_flat_map(|days| (0..=(24 * days).min(1_300), Just(days)));
    let waited = (0..1_500_i64, proptest::option::of(0..900_i64));
    let own = (0..3_usize, any::<bool>(), 0..3_usize, proptest::option::of(0..3_usize), 0..4_u32);
    (proptest::array::uniform5(0..4_usize), waited, sharing, own).prop_map(|(documents, waited, sharing, own)| {
        let ((waited, longer), (hours, days)) = (waited, sharing);
        let (need, no_driving, shift, community, claims) = own;
        Facts { documents, waited, longer, hours, days, need, no_driving, shift, community, claims }
    })
}

fn held() -> Timestamp {
    instant(HELD)
}

impl Facts {
    fn applied(&self) -> Timestamp {
        held().plus_seconds(-86_400 * self.waited)
    }

    fn application(&self, id: &str) -> Application {
        let holder = |at: usize| HOLDERS[self.documents[at]];
        let since = self.longer.map(|longer| self.applied().plus_seconds(-86_400 * longer));
        let facts = json!({
            "documents": {
                "title": holder(0), "register": holder(1), "licence": holder(2), "driving_licence": holder(3),
                "insurance": holder(4)
            },
            "special_need": NEEDS[self.need],
            "sharing": { "hours": self.hours, "days": self.days },
            "no_driving_day": self.no_driving, "shift": SHIFTS[self.shift], "waiting_since": since
        });
        person(id, &self.applied().to_string(), facts)
    }

    fn score(&self, rules: &StandingRules, id: &str, at: Timestamp) -> ScoreSheet {
        let (season, zone) = (season(), zone());
        let community: Option<CommunityId> = self.community.map(|at| COMMUNITIES[at].parse().unwrap());
        let facts = ScoreFacts::new(&season, 7, at, &zone);
        let facts = ScoreFacts { community: community.as_ref(), earlier_claims: self.claims, ..facts };
        rules.score(&self.application(id), &facts)
    }

    /// In every respect at least as good as both.
    fn better(&self, other: &Self, rules: &Value) -> Self {
        let mut best = self.clone();
        best.documents = std::array::from_fn(|at| self.documents[at].max(other.documents[at]));
        best.hours = self.hours.max(other.hours.min(24 * self.days));
        best.need = if self.need == 0 { other.need } else { self.need };
        best.no_driving |= other.no_driving;
        best.claims = self.claims.min(other.claims);
        // One list each, drawn for all versions: see `standing`.
        let rank = |list: &Value, word: &str| {
            let list = list.as_array().expect("a list");
            list.iter().position(|own| own == word).unwrap_or(list.len())
        };
        if rank(&rules["shifts"], SHIFTS[other.shift]) < rank(&rules["shifts"], SHIFTS[self.shift]) {
            best.shift = other.shift;
        }
        let inside = |facts: &Self| {
            facts.community.map(|at| rules["home"].as_array().unwrap().contains(&json!(COMMUNITIES[at])))
        };
        if inside(other) == Some(true) {
            best.community = other.community;
        }
        best
    }
}

/// Steps that ascend, with points that never fall.
fn steps(unit: &'static str, most: u32) -> impl Strategy<Value = Value> {
    (proptest::collection::btree_set(0..most, 1..4), proptest::collection::vec(0..30_u32, 4)).prop_map(
        move |(times, rises)| {
            let mut points = 0;
            let step = |(time, rise): (u32, u32)| {
                points += rise;
                json!({ unit: time, "points": points })
            };
            times.into_iter().zip(rises).map(step).collect()
        },
    )
}

fn point_rules(home: Value) -> impl Strategy<Value = Vec<Value>> {
    let kinds: Vec<BoxedStrategy<Value>> = vec![
        steps("months", 40).prop_map(|steps| json!({ "for": "waiting", "steps": steps })).boxed(),
        steps("days", 1_200).prop_map(|steps| json!({ "for": "waiting", "steps": steps })).boxed(),
        steps("hours", 1_200).prop_map(|steps| json!({ "for": "shared-hours", "steps": steps })).boxed(),
        (1..50_u32, any::<bool>(), select(vec!["floor", "nearest", "ceiling"]))
            .prop_map(|(points, year, rounding)| {
                let rate = json!({
                    "per_hours": 300, "points": points, "most": 40, "annualised": year, "rounding": rounding
                });
                json!({ "for": "shared-hours", "rate": rate })
            })
            .boxed(),
        (0..20_u32).prop_map(|points| json!({ "for": "special-need", "points": points })).boxed(),
        (0..20_u32)
            .prop_map(move |points| json!({ "for": "in-communities", "communities": home, "points": points }))
            .boxed(),
        Just(json!({ "for": "same-community", "points": 3 })).boxed(),
    ];
    let kinds: Vec<_> = kinds.into_iter().map(|kind| kind.boxed()).collect();
    proptest::collection::vec(Union::new(kinds), 0..4).prop_map(|mut rules| {
        let pairs = rules.iter().position(|rule| rule["for"] == "same-community");
        let mut at = 0;
        rules.retain(|rule| {
            at += 1;
            rule["for"] != "same-community" || pairs == Some(at - 1)
        });
        rules
    })
}

fn version(shifts: Value, home: Value) -> impl Strategy<Value = Value> {
    let agreement = json!({ "agreement": {
        "of": ["title", "licence", "driving-licence", "insurance"], "at_least": 2, "others": "kin"
    } });
    let tiers = select(vec![
        json!(["anyone"]),
        json!(["three-in-one", "two-in-one", "anyone"]),
        json!(["family", "two-in-one", "anyone"]),
        json!([agreement, "two-in-one", "family", "anyone"]),
    ]);
    let ties = vec![
        json!({ "by": "special-need" }),
        json!({ "by": "shift", "first": shifts }),
        json!({ "by": "no-driving-day" }),
        json!({ "by": "waiting" }),
        json!({ "by": "first-vehicle" }),
    ];
    let promotion = proptest::option::of(1..900_u32);
    (tiers, point_rules(home), subsequence(ties, 0..=5).prop_shuffle(), promotion, any::<bool>()).prop_map(
        |(tiers, points, ties, promotion, portable)| {
            let room = tiers.as_array().unwrap().len() > 1;
            let promotions: Vec<Value> = promotion
                .filter(|_| room)
                .map(|hours| json!({ "shared_hours": hours, "tiers": 1 }))
                .into_iter()
                .collect();
            json!({
                "tiers": tiers, "points": points, "ties": ties, "promotions": promotions,
                "waiting": if portable { "portable" } else { "from-application" }
            })
        },
    )
}

/// Rules with up to two earlier versions, and the lists that their rules share.
fn standing(most_earlier: usize) -> impl Strategy<Value = (StandingRules, Value)> {
    let shifts = subsequence(SHIFTS.to_vec(), 1..=3).prop_shuffle();
    let home = subsequence(COMMUNITIES.to_vec(), 1..=3).prop_shuffle();
    (shifts, home).prop_flat_map(move |(shifts, home)| {
        let lists = json!({ "shifts": shifts, "home": home });
        let version = || version(json!(shifts), json!(home));
        let queued = select(vec!["old", "new", "better"]);
        let earlier = proptest::collection::vec((queued, version()), 0..=most_earlier);
        (version(), earlier).prop_map(move |(mut present, earlier)| {
            let until = ["2024-06-01", "2025-02-01"];
            let earlier = earlier
                .into_iter()
                .zip(until)
                .map(|((queued, rules), until)| json!({ "until": until, "queued": queued, "rules": rules }));
            present["earlier"] = earlier.collect();
            (rules(present), lists.clone())
        })
    })
}

proptest! {
    #[test]
    fn better_facts_never_give_a_worse_key((rules, lists) in standing(2), own in facts(), other in facts()) {
        let best = own.better(&other, &lists);
        let id = "r".parse().unwrap();
        let (worse, better) = (own.score(&rules, "r", held()), best.score(&rules, "r", held()));
        prop_assert!(better.key(&id) <= worse.key(&id), "{:?} {:?}\n{:?} {:?}", own, worse, best, better);
    }

    #[test]
    fn to_have_waited_longer_never_gives_a_worse_key((rules, _) in standing(0), own in facts(), more in 0..900_i64) {
        let (mut longer, mut brought) = (own.clone(), own.clone());
        longer.waited += more;
        longer.longer = own.longer.map(|longer| (longer - more).max(0));
        brought.longer = Some(own.longer.unwrap_or(0) + more);
        let id = "r".parse().unwrap();
        let worse = own.score(&rules, "r", held());
        prop_assert!(longer.score(&rules, "r", held()).key(&id) <= worse.key(&id));
        prop_assert!(brought.score(&rules, "r", held()).key(&id) <= worse.key(&id));
    }

    #[test]
    fn points_never_fall_as_time_passes((rules, _) in standing(0), own in facts(), seconds in 0..100_000_000_i64) {
        let now = own.score(&rules, "r", held());
        let later = own.score(&rules, "r", held().plus_seconds(seconds));
        prop_assert!(now.points.iter().zip(&later.points).all(|(now, later)| now <= later), "{:?} {:?}", now, later);
        prop_assert_eq!((now.tier, now.ties, now.ticket), (later.tier, later.ties, later.ticket));
    }

    #[test]
    fn nobody_ties_whoever_is_asked_first(
        (rules, _) in standing(2), people in proptest::collection::vec(facts(), 2..12), swaps in any::<[Index; 8]>(),
    ) {
        let mut all: Vec<_> = Vec::new();
        for (number, own) in people.iter().chain(&people).enumerate() {
            let id = format!("r-{number:02}");
            all.push((own.score(&rules, &id, held()), id.parse().unwrap()));
        }
        let sorted = |mut all: Vec<(ScoreSheet, _)>| {
            all.sort_by(|(a, a_id), (b, b_id)| a.key(a_id).cmp(&b.key(b_id)));
            all
        };
        let order = sorted(all.clone());
        for pair in order.windows(2) {
            prop_assert!(pair[0].0.key(&pair[0].1) < pair[1].0.key(&pair[1].1));
        }
        for pair in swaps.chunks(2) {
            let (a, b) = (pair[0].index(all.len()), pair[1].index(all.len()));
            all.swap(a, b);
        }
        prop_assert_eq!(sorted(all), order);
    }

    #[test]
    fn applying_again_keeps_the_ticket((rules, _) in standing(2), own in facts(), again in facts()) {
        let (first, second) = (own.score(&rules, "r", held()), again.score(&rules, "r", held().plus_seconds(9_999)));
        prop_assert_eq!(first.ticket, second.ticket);
        prop_assert_ne!(first.ticket, own.score(&rules, "s", held()).ticket);
    }

    #[test]
    fn lists_without_an_order_may_come_in_any(
        own in facts(), points in point_rules(json!(["east", "west"])), swap in any::<[Index; 4]>(),
    ) {
        let standing = |points: &[Value], of: &Value, homes: &Value, needs: &Value| {
            let mut points = points.to_vec();
            points.push(json!({ "for": "in-communities", "communities": homes, "points": 2 }));
            points.push(json!({ "for": "special-need", "needs": needs, "points": 4 }));
            let agreement = json!({ "agreement": { "of": of, "at_least": 2, "others": "shown" } });
            rules(json!({
                "tiers": [agreement, "anyone"], "points": points, "ties": [{ "by": "special-need", "needs": needs }]
            }))
        };
        let plain = standing(
            &points, &json!(["title", "licence", "insurance"]), &json!(["east", "north"]),
            &json!(["disability", "wounded-veteran"]),
        );
        let mut other = points.clone();
        if !other.is_empty() {
            let (a, b) = (swap[0].index(other.len()), swap[1].index(other.len()));
            other.swap(a, b);
            let turned = swap[2].index(other.len());
            other.rotate_left(turned);
        }
        let other = standing(
            &other, &json!(["insurance", "title", "licence"]), &json!(["north", "east"]),
            &json!(["wounded-veteran", "disability"]),
        );
        let id = "r".parse().unwrap();
        let (one, two) = (own.score(&plain, "r", held()), own.score(&other, "r", held()));
        prop_assert_eq!(one.key(&id), two.key(&id));
    }
}
