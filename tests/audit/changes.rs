//! The smallest changes told to somebody left out: each is made and the round held again, and so is a smaller one.

use crate::line::Line;
use proptest::prelude::*;
use shared_parking::allocation::optimal;
use shared_parking::audit::{self, Explainer, Explanation, MoreSpaces, SmallestChanges};
use shared_parking::district::Answer;
use shared_parking::market::{Agent, Market};
use shared_parking::{ApplicationId, Centimetres, District, Refusal};

fn id(number: usize) -> ApplicationId {
    format!("a{number}").parse().expect("an id")
}

/// Whether an applicant has a permit of the last round.
fn is_seated(line: &Line, number: usize) -> bool {
    let district = line.held();
    let round = district.rounds().last().expect("a round");
    matches!(round.answer(&id(number)), Some(Answer::Seated { .. }))
}

/// The line with spaces added at a stretch.
fn with_spaces(line: &Line, stretch: usize, count: u32) -> Line {
    let mut more = line.clone();
    more.stretches[stretch].1 += count;
    more
}

/// Whether an applicant of the only round is seated with a walking limit of their own, by plain arithmetic and a market
/// solved afresh.
fn seated_with_limit(line: &Line, number: usize, limit: u32) -> bool {
    let mut market = Market::builder();
    let places: Vec<_> = line.stretches.iter().map(|&(east, count)| (market.place(count), east)).collect();
    for (standing, &door) in (0..).zip(&line.rounds[0]) {
        let limit = if standing as usize == number { limit } else { line.limit * 100 };
        let walks = places.iter().map(|&(place, east)| (place, east.abs_diff(door) * 100));
        market.agent(standing, 1, walks.filter(|&(_, walk)| walk <= limit));
    }
    let market = market.build().expect("a sound market");
    !optimal(&market).seats_of(Agent::new(u32::try_from(number).expect("small"))).is_empty()
}

fn stretch_number(id: &shared_parking::StretchId) -> usize {
    id.as_str()[1..].parse().expect("s and a number")
}

fn lines() -> impl Strategy<Value = Line> {
    let stretches = prop::collection::btree_map(1..20u32, 0..3u32, 1..6);
    let doors = prop::collection::vec((0..20u32).prop_map(|at| at * 50 + 20), 1..9);
    let limit = prop_oneof![Just(60u32), Just(130), Just(260)];
    (stretches, doors, limit).prop_map(|(stretches, doors, limit)| Line {
        limit,
        stretches: stretches.into_iter().map(|(at, capacity)| (at * 50, capacity.max(1))).collect(),
        rounds: vec![doors],
    })
}

fn changes_of(story: Explanation) -> Option<(Refusal, SmallestChanges)> {
    match story {
        Explanation::LeftOut { refusal, changes, .. } => Some((refusal, changes)),
        _ => None,
    }
}

fn told(district: &District, number: usize) -> Option<(Refusal, SmallestChanges)> {
    changes_of(audit::explain(district, &id(number)).expect("an answer"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn each_change_told_is_enough_and_a_smaller_is_not(line in lines()) {
        let district = line.held();
        prop_assert_eq!(audit::check(&district), Ok(()));
        for number in 0..line.rounds[0].len() {
            let Some((refusal, changes)) = told(&district, number) else { continue };
            prop_assert_eq!(changes.before_position.is_some(), refusal == Refusal::AheadInQueue);
            prop_assert_eq!(changes.spaces.is_some(), refusal != Refusal::NoSpaceInReach);
            if let Some(before) = changes.before_position {
                let moved = |to: usize| {
                    let mut other = line.clone();
                    let door = other.rounds[0].remove(number);
                    other.rounds[0].insert(to, door);
                    is_seated(&other, to)
                };
                let before = before as usize;
                prop_assert!(moved(before - 1), "right before the position told");
                prop_assert!(!moved(before), "right behind it");
            }
            if let Some(MoreSpaces { count, at }) = &changes.spaces {
                prop_assert!(at.is_sorted_by_key(|near| near.walk) && !at.is_empty());
                let within = |&(east, _): &(u32, u32)| east.abs_diff(line.rounds[0][number]) <= line.limit;
                for stretch in (0..line.stretches.len()).filter(|&at| within(&line.stretches[at])) {
                    let named = at.iter().any(|near| stretch_number(&near.stretch) == stretch);
                    prop_assert_eq!(is_seated(&with_spaces(&line, stretch, *count), number), named);
                }
                for stretch in 0..line.stretches.len() {
                    prop_assert!(!is_seated(&with_spaces(&line, stretch, count - 1), number), "one space less");
                }
            }
            match &changes.walk_limit {
                Some(near) => {
                    let limit = near.walk.get();
                    prop_assert!(limit > line.limit * 100);
                    prop_assert!(seated_with_limit(&line, number, limit));
                    prop_assert!(!seated_with_limit(&line, number, limit - 1));
                }
                None => prop_assert!(!seated_with_limit(&line, number, 300_000)),
            }
        }
    }
}

/// The limit, the stretches (`metre*spaces`), the doors of each round in the order of the queue, and the last
/// sentence that an applicant of the last round is told.
const TOLD: &[(&str, usize, &str)] = &[
    // 302, one who waits: before the other, a further walk, or one space.
    (
        "100 | 500*1 900*1 | 500 500",
        1,
        "The only space in reach is held by position 1. \
         Enough would have been a position before 1; or a walking limit of 400.00 m, to Main Street (s1); \
         or one more space on Main Street (s0)",
    ),
    // Two wait ahead; the far stretch is open to nobody else.
    (
        "100 | 500*1 560*1 900*1 | 500 560 500 500 500",
        4,
        "Enough would have been a position before 2; or a walking limit of 400.00 m, to Main Street (s2); \
         or 3 more spaces, all on one of Main Street (s0) or Main Street (s1)",
    ),
    // Those ahead could change places: the closed set goes beyond what the last one reaches.
    (
        "100 | 500*1 590*2 | 545 545 500 640",
        3,
        "All 3 spaces on 2 stretches (1 in reach, the others by changing places) are held by people up to position 3. \
         Enough would have been a position before 3; or one more space on Main Street (s1)",
    ),
    // Four stretches would do: three are named.
    (
        "100 | 470*1 500*1 530*1 560*1 590*1 | 500 500 500 500 500 500",
        5,
        "Enough would have been a position before 5; \
         or one more space on Main Street (s1), Main Street (s0), Main Street (s2) or one of 2 other stretches in reach",
    ),
    // The same with one more in the queue ahead, and with one stretch less.
    (
        "100 | 470*1 500*1 530*1 560*1 590*1 | 500 500 500 500 500 500 500",
        6,
        "Enough would have been a position before 5; or 2 more spaces, all on one of Main Street (s1), \
         Main Street (s0), Main Street (s2) or 2 other stretches in reach",
    ),
    (
        "100 | 470*1 500*1 530*1 560*1 | 500 500 500 500 500",
        4,
        "Enough would have been a position before 4; or one more space on Main Street (s1), Main Street (s0), \
         Main Street (s2) or another stretch in reach",
    ),
    // 301, and the whole street is held by people ahead: nothing would do.
    ("100 | 500*1 | 500 900", 1, ""),
    // 301, and there is an open stretch 300 m away, held by somebody behind.
    ("100 | 500*1 | 800 500", 0, "Enough would have been a walking limit of 300.00 m, to Main Street (s0)"),
    // 303: under a permit of the round before; one more waits ahead.
    (
        "100 | 500*1 900*1 | 500 | 500 510",
        2,
        "Enough would have been a walking limit of 390.00 m, to Main Street (s1); \
         or 2 more spaces on Main Street (s0)",
    ),
];

fn line(text: &str) -> Line {
    let cells: Vec<&str> = text.split('|').collect();
    let numbers = |cell: &str| cell.split_whitespace().map(|word| word.parse().expect("metres")).collect();
    let stretch = |word: &str| {
        let (at, count) = word.split_once('*').expect("metre*spaces");
        (at.parse().expect("metres"), count.parse().expect("spaces"))
    };
    Line {
        limit: cells[0].trim().parse().expect("metres"),
        stretches: cells[1].split_whitespace().map(stretch).collect(),
        rounds: cells[2..].iter().map(|cell| numbers(cell)).collect(),
    }
}

#[test]
fn told_in_words() {
    for (text, number, expected) in TOLD {
        let district = line(text).held();
        let story = audit::explain(&district, &id(*number)).expect("an answer");
        let words = story.to_string();
        let (_, told) = words.split_once(']').unwrap_or_else(|| panic!("seated: {words}"));
        let told = told.trim_start_matches(". ");
        let ending = if expected.contains(" held ") { told } else { told.find("Enough").map_or("", |at| &told[at..]) };
        assert_eq!(ending, *expected, "{text}");
    }
}

/// With a permit of an earlier round in the way: the spaces told are enough in the second round, one less is not.
#[test]
fn spaces_under_a_permit() {
    let line = line("100 | 500*2 900*1 | 500 500 | 500 510 490");
    let district = line.held();
    for number in 2..5 {
        let (refusal, changes) = told(&district, number).expect("left out");
        assert_eq!(refusal, Refusal::HeldByPermits);
        let count = u32::try_from(number - 1).expect("small");
        assert_eq!(changes.spaces.map(|spaces| spaces.count), Some(count));
        // More spaces only for the second round: the first one's people are two, and so are its spaces.
        assert!(is_seated(&with_spaces(&line, 0, count), number));
        assert!(!is_seated(&with_spaces(&line, 0, count - 1), number));
    }
}

/// The queue of a round, best first, each with their walks, and its market with spaces added at one stretch.
fn market_again(district: &District, added: Option<(usize, u32)>) -> (Vec<&ApplicationId>, Market) {
    let (inventory, round) = (district.inventory(), &district.rounds()[0]);
    let mut queue: Vec<(u32, &ApplicationId)> = Vec::new();
    for outcome in &round.outcomes {
        if let Answer::Seated { position, .. } | Answer::LeftOut { position, .. } = &outcome.answer {
            queue.push((*position, &outcome.application));
        }
    }
    queue.sort_unstable();
    let mut market = Market::builder();
    let places: Vec<_> = round
        .places
        .iter()
        .map(|proof| {
            let stretch = inventory.stretch_index(&proof.stretch).expect("a stretch");
            let more = added.filter(|&(at, _)| at == stretch).map_or(0, |(_, count)| count);
            (stretch, market.place(proof.offered + more))
        })
        .collect();
    for (standing, (_, application)) in (0..).zip(&queue) {
        let door = &district.application(application).expect("an application").application.resident.door;
        let walks = inventory.walks(door, district.policy().permits.walk_limit()).expect("a known door");
        let place = |stretch: usize| places.iter().find(|own| own.0 == stretch).map(|own| own.1);
        market.agent(standing, 1, walks.iter().filter_map(|walk| Some((place(walk.stretch)?, walk.distance.get()))));
    }
    (queue.into_iter().map(|(_, application)| application).collect(), market.build().expect("a sound market"))
}

/// On sampled ground, with streets that cross: whoever is told a number is seated with it, and not with one less.
#[test]
fn spaces_told_in_a_sample_are_enough() {
    let (mut made, mut several) = (0, 0);
    for seed in 1..=6 {
        let district = super::district(seed);
        let mut explainer = Explainer::new(&district, &district.rounds()[0]);
        for outcome in &district.rounds()[0].outcomes {
            let story = explainer.explain(&outcome.application).expect("an answer");
            let alone = Explainer::new(&district, &district.rounds()[0]).explain(&outcome.application);
            assert_eq!(Some(&story), alone.as_ref(), "asked alone or in turn");
            let Some((_, SmallestChanges { spaces: Some(MoreSpaces { count, at }), .. })) = changes_of(story) else {
                continue;
            };
            let near = &at[at.len() / 2];
            let stretch = district.inventory().stretch_index(&near.stretch).expect("a stretch");
            let seated = |added: u32| {
                let (queue, market) = market_again(&district, Some((stretch, added)));
                let number = queue.iter().position(|own| **own == outcome.application).expect("in the queue");
                !optimal(&market).seats_of(Agent::new(u32::try_from(number).expect("small"))).is_empty()
            };
            assert!(near.walk <= Centimetres::metres(district.policy().permits.walk_limit_m));
            assert!(seated(count) && !seated(count - 1), "{count} at {near:?}");
            (made, several) = (made + 1, several + usize::from(count > 1));
        }
    }
    assert!(made > 20 && several > 10, "{made} {several}");
}
