//! Figures of small markets, worked out by hand.

use super::{SEED, figures, seat, spread};
use shared_parking::BasisPoints;
use shared_parking::audit::{EnvyFigures, Grouping, HolderFigures, Labels, NotComparable, Spread, Waiting, compare};
use shared_parking::market::{Allocation, Lots, Market};

fn seats(list: &[(u32, u32, u32)]) -> Allocation {
    let seats = list.iter().map(|&(agent, place, count)| seat(agent, place, count)).collect();
    Allocation { seats, certificate: None }
}

/// Three streets with 2, 1 and 1 spaces. Ann 0 and Bob 1 live north, Cid 2 is two cousins, Dot 3 holds the last street.
fn streets() -> Market {
    let mut builder = Market::builder();
    let [main, back, yard] = [2, 1, 1].map(|spaces| builder.place(spaces));
    let ann = builder.agent(0, 1, [(main, 100), (back, 300)]);
    let bob = builder.agent(1, 1, [(main, 200), (back, 100)]);
    let cid = builder.agent(2, 2, [(main, 50), (back, 60), (yard, 70)]);
    let dot = builder.agent(3, 1, [(main, 10), (yard, 20)]);
    builder.priority(dot, main, 0);
    builder.priority(bob, back, 5);
    builder.priority(cid, back, 4);
    builder.holds(dot, yard, 1);
    builder.holds(cid, main, 1);
    builder.holds(ann, back, 1);
    builder.build().unwrap()
}

fn labels() -> Labels {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let tier = Grouping { name: "tier".into(), groups: names(&["first", "second", "third"]), of: vec![0, 1, 1, 0] };
    let side = Grouping { name: "side".into(), groups: names(&["north", "south"]), of: vec![0, 0, 1, 1] };
    let waiting = Waiting { days: vec![400, 0, 100, 30], next_round: 365 };
    Labels { groupings: vec![tier, side], waiting: Some(waiting) }
}

#[test]
fn every_figure_of_a_small_market_by_hand() {
    // Ann and one cousin on the main street, Bob on the back street, the other cousin in the yard; Dot is left out.
    let allocation = seats(&[(0, 0, 1), (1, 1, 1), (2, 0, 1), (2, 2, 1)]);
    let found = figures(&streets(), &labels(), &allocation, Lots::Single);
    assert_eq!(found.seated, 4);
    // 50, 70, 100, 100: the differences of all ordered pairs are 2 (20 + 50 + 50 + 30 + 30 + 0) = 360 of 2 * 4 * 320.
    let cost =
        Spread { people: 4, total: 320, mean: 80, median: 70, p90: 100, max: 100, gini: BasisPoints::new(1_406) };
    assert_eq!(found.cost, cost);
    // Dot has the best claim to the yard, which she holds, and to the main street, which likes her: but a cousin who
    // holds the main street goes before her there, and Ann does not. The cousin in the yard would rather have the back
    // street, which likes him better than Bob; Ann, who holds it, would not.
    assert_eq!(found.envy, EnvyFigures { agents: 2, pairs: 3 });
    // By the list nobody is ahead of anybody whose place they would rather have.
    assert_eq!(found.envy_by_list, EnvyFigures { agents: 0, pairs: 0 });
    // Ann moved to a place she likes better, a cousin stayed, Dot is out.
    assert_eq!(found.holders, HolderFigures { kept: 1, moved: 1, worse: 0, lost: 1 });
    let groups: Vec<_> = found.groups.iter().map(|of| (of.group.as_str(), of.people, of.seated)).collect();
    assert_eq!(groups, [("first", 2, 1), ("second", 3, 3), ("third", 0, 0), ("north", 2, 2), ("south", 3, 2)]);
    let shares: Vec<_> = found.groups.iter().map(|of| of.share().get()).collect();
    assert_eq!(shares, [5_000, 10_000, 0, 10_000, 6_667]);
    // 0, 100, 100, 400, and Dot's 30 + 365: in all 2 (100 + 100 + 395 + 400 + 0 + 295 + 300 + 295 + 300 + 5) = 4,380
    // of 2 * 5 * 995.
    let waiting = found.waiting.unwrap();
    assert_eq!((waiting.people, waiting.total, waiting.mean, waiting.max), (5, 995, 199, 400));
    assert_eq!((waiting.median, waiting.p90, waiting.gini.get()), (100, 400, 4_402));
}

#[test]
fn the_market_itself_is_told_once_and_allocations_in_their_order() {
    let (market, none) = (streets(), seats(&[]));
    let one = seats(&[(3, 2, 1)]);
    let found = compare(&market, &Labels::default(), &[("one", &one), ("none", &none)], Lots::Single, SEED).unwrap();
    assert_eq!((found.people, found.holders, found.spaces), (5, 3, 4));
    let names: Vec<_> = found.allocations.iter().map(|own| (own.name.as_str(), own.seated)).collect();
    assert_eq!(names, [("one", 1), ("none", 0)]);
    assert_eq!(found.allocations[1].cost, Spread::default());
    assert_eq!(found.allocations[1].waiting, None);
    assert_eq!(found.allocations[1].holders, HolderFigures { lost: 3, ..HolderFigures::default() });
    let told = serde_json::to_value(&found).unwrap();
    assert_eq!(told["allocations"][0]["cost"]["total"], 20);
    assert_eq!(told["allocations"][0]["holders"]["kept"], 1);
}

#[test]
fn a_holder_who_goes_farther_is_worse_off_and_one_who_goes_nearer_is_not() {
    let moved = |to: &[(u32, u32, u32)]| figures(&streets(), &labels(), &seats(to), Lots::Single).holders;
    assert_eq!(moved(&[(3, 0, 1)]), HolderFigures { kept: 0, moved: 1, worse: 0, lost: 2 });
    assert_eq!(moved(&[(2, 1, 1)]), HolderFigures { kept: 0, moved: 1, worse: 1, lost: 2 });
    // One of two cousins holds the main street. Whichever of them sits there, a holder stayed.
    assert_eq!(moved(&[(2, 0, 1), (2, 2, 1)]), HolderFigures { kept: 1, moved: 0, worse: 0, lost: 2 });
}

#[test]
fn gini_of_known_values() {
    for (values, expected) in [
        (&[][..], 0),
        (&[5], 0),
        (&[0, 0], 0),
        (&[3, 3, 3], 0),
        (&[1, 3], 2_500),
        (&[1, 2, 3, 4], 2_500),
        (&[0, 0, 0, 9], 7_500),
        (&[0, 1], 5_000),
        (&[1, 2], 1_667),
        (&[1 << 29, 1 << 29, (1 << 30) - 1], 1_667),
    ] {
        assert_eq!(spread(values).gini.get(), expected, "{values:?}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let named = |name: &str, groups: &[&str], of: &[u32]| Grouping {
        name: name.into(),
        groups: groups.iter().map(|&group| group.to_owned()).collect(),
        of: of.to_vec(),
    };
    let groupings = vec![
        named("tier", &["one", "one"], &[0, 1, 2, 0]),
        named("tier", &["one"], &[0, 0]),
        named("side", &["north"], &[0; 4]),
    ];
    let labels = Labels { groupings, waiting: Some(Waiting { days: vec![1], next_round: 0 }) };
    let (sound, wrong) = (seats(&[(0, 0, 1)]), seats(&[(0, 2, 1), (1, 0, 3), (9, 0, 1)]));
    let named = [("a", &sound), ("b", &wrong), ("a", &sound)];
    let problems = compare(&streets(), &labels, &named, Lots::PerPlace, SEED).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = "\
grouping \"tier\" is there twice; give each a name of its own
grouping \"tier\": group \"one\" is there twice; give each a name of its own
grouping \"tier\": agent 2 is of group 2, which has no name; count groups from 0
grouping \"tier\" names groups for 2 agents, but the market has 4; give each agent one
days waited are given for 1 agents, but the market has 4; give them for each
allocation \"b\": seat 2 names an unknown agent or place, or seats nobody; compare allocations of this market only
allocation \"b\": agent 0 sits at place 2, which is none of its choices; compare allocations of this market only
allocation \"b\": 3 people of agent 1 are seated, more than it has; compare allocations of this market only
allocation \"b\": 3 people sit at place 0, more than fit; compare allocations of this market only
two allocations are named \"a\"; give each a name of its own";
    let mut lines: Vec<&str> = expected.lines().collect();
    let mut found: Vec<&str> = told.iter().map(String::as_str).collect();
    assert!(matches!(problems.last(), Some(NotComparable::SameName { .. })), "{problems:?}");
    lines.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, lines);
}
