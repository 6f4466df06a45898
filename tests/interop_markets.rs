//! Assignment problems as text: what is read, what is refused and in which words, and that no order of lines matters.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what it finds by panicking")]

use proptest::prelude::*;
use shared_parking::allocation::{Mechanism, allocate, optimal};
use shared_parking::audit::check_market;
use shared_parking::interop::markets::{self, MarketFile, read_dimacs, read_market, write_market};
use shared_parking::market::{Agent, Lots, Market, Place, Priority, Seat};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const SMALL: &str = include_str!("../examples/data/small.market");

/// Texts, their lines divided by ` / `, and after `=>` the flaws expected of each.
fn check(table: &str, read: impl Fn(&str) -> Result<MarketFile, shared_parking::Flaws>) {
    let rows: Vec<(&str, &str)> = table.lines().filter_map(|row| row.split_once("=>")).collect();
    assert_eq!(rows.len(), table.lines().filter(|row| !row.trim().is_empty()).count(), "a row without =>");
    for (text, expected) in rows {
        let text = text.trim().replace(" / ", "\n");
        let told = match read(&text) {
            Ok(_) => "fine".to_owned(),
            Err(flaws) => {
                assert!(flaws.iter().all(|flaw| flaw.remedy.len() > 8), "no remedy: {flaws}");
                let word = |f: &shared_parking::Flaw| format!("{}: {} [{}]", f.place, f.problem, f.code.slug());
                flaws.iter().map(word).collect::<Vec<_>>().join(" | ")
            }
        };
        assert_eq!(told, expected.trim(), "{text}");
    }
}

#[test]
fn lines_of_the_market_format() {
    let table = r#"
                                                        => document: it holds no statement [empty]
# nothing but a comment                                 => document: it holds no statement [empty]
place p 1                                               => fine
place p 0 / agent a 4294967295 2147483647               => fine
holds a p / choice a p 1073741823 / agent a 0 / place p 1 => fine
place p 1# / agent a#b 007 #5 / choice a#b p 3 # 4      => line 1: "1#" is no capacity [wrong-value]
plaice p 1                                              => line 1: "plaice" begins no statement [unknown]
Place p 1                                               => line 1: "Place" begins no statement [unknown]
place                                                   => line 1: too few words [missing]
place p                                                 => line 1: too few words [missing]
place main street 1                                     => line 1: "1" is a word too many [syntax]
place p many                                            => line 1: "many" is no capacity [wrong-value]
place p 1.5 / place q +1 / place r -1                   => line 1: "1.5" is no capacity [wrong-value] | line 2: "+1" is no capacity [wrong-value] | line 3: a capacity of -1 [out-of-range]
place p 2147483648                                      => line 1: a capacity of 2147483648 [out-of-range]
place p 99999999999999999999999                         => line 1: a capacity of 99999999999999999999999 [out-of-range]
place p 2147483647 / place q 1                          => market: 2147483648 spaces [out-of-range]
agent a 0 2147483647 / agent b 0                        => market: 2147483648 people [out-of-range]
agent a                                                 => line 1: too few words [missing]
agent a 0 0                                             => line 1: a count of 0 [out-of-range]
agent a best                                            => line 1: "best" is no standing [wrong-value]
agent a 4294967296 x                                    => line 1: a standing of 4294967296 [out-of-range] | line 1: "x" is no count [wrong-value]
agent a 0 1 1                                           => line 1: "1" is a word too many [syntax]
place p 1 / place q 1 / place p 2 / place p 1           => line 3: place "p" was given before, at line 1 [duplicate-id] | line 4: place "p" was given before, at line 1 [duplicate-id]
agent a 0 / agent a 0                                   => line 2: agent "a" was given before, at line 1 [duplicate-id]
place x 1 / agent x 0 / choice x x 1                    => fine
choice a p 5                                            => line 1: there is no agent "a" [unknown-reference] | line 1: there is no place "p" [unknown-reference]
place p x / agent a / choice a p 5                      => line 1: "x" is no capacity [wrong-value] | line 2: too few words [missing]
place p 1 / agent a 0 / choice a p                      => line 3: too few words [missing]
place p 1 / agent a 0 / choice a p 1 2                  => line 3: "2" is a word too many [syntax]
place p 1 / agent a 0 / choice a p 1073741824           => line 3: a cost of 1073741824 [out-of-range]
place p 1 / agent a 0 / choice a p -1                   => line 3: a cost of -1 [out-of-range]
place p 1 / agent a 0 / choice a p near                 => line 3: "near" is no cost [wrong-value]
choice a p 1 / place p 1 / choice a p 1 / agent a 0     => line 3: choice "a" "p" was given before, at line 1 [duplicate-id]
place p 1 / agent a 0 / priority p a                    => fine
place p 1 / agent a 0 / priority p                      => line 3: too few words [missing]
place p 1 / priority q a b                              => line 2: there is no place "q" [unknown-reference] | line 2: there is no agent "a" [unknown-reference] | line 2: there is no agent "b" [unknown-reference]
agent a 0 / agent b 0 / place p 1 / priority p a b a a  => line 4: agent "a" stands here twice [duplicate-id]
place p 1 / agent a 0 / priority p a / priority p a     => line 4: the priority of place "p" was given before, at line 3 [duplicate-id]
place p 2 / agent a 0 2 / holds a p / holds a p         => fine
place p 9 / agent a 0 2 / holds a p / holds a p / holds a p => line 5: agent "a" has a count of 2, and more hold a space [does-not-fit]
place p 1 / agent a 0 / agent b 0 / holds b p / holds a p => line 5: place "p" has a capacity of 1, and more hold it [does-not-fit]
place p x / agent a 0 y / holds a p / holds a p         => line 1: "x" is no capacity [wrong-value] | line 2: "y" is no count [wrong-value]
place p 1 / agent a 0 / rank p a 4294967295             => fine
rank p a 0 / agent a 0 / agent b 0 / place p 1 / rank p b 0 => fine
place p 1 / agent a 0 / agent b 0 / rank p b 0 / priority p a => fine
rank p / rank p a                                       => line 1: too few words [missing] | line 2: too few words [missing]
place p 1 / agent a 0 / rank p a 0 1                    => line 3: "1" is a word too many [syntax]
place p 1 / agent a 0 / rank p a first                  => line 3: "first" is no priority [wrong-value]
place p 1 / agent a 0 / rank p a 4294967296 / rank p a -1 => line 3: a priority of 4294967296 [out-of-range] | line 4: a priority of -1 [out-of-range]
rank p a 0                                              => line 1: there is no place "p" [unknown-reference] | line 1: there is no agent "a" [unknown-reference]
place p 1 / agent a 0 / rank p a 3 / rank p a 3 / rank p a 4 => line 4: the priority of agent "a" at place "p" was given before, at line 3 [duplicate-id] | line 5: the priority of agent "a" at place "p" was given before, at line 3 [duplicate-id]
rank p a 3 / place p 1 / agent a 0 / agent b 0 / priority p b a => line 5: the priority of agent "a" at place "p" was given before, at line 1 [duplicate-id]
place p 1 / agent a 0 / priority p a / priority p a / rank p a 0 => line 4: the priority of place "p" was given before, at line 3 [duplicate-id] | line 5: the priority of agent "a" at place "p" was given before, at line 3 [duplicate-id]
place p 1 / agent a 0 / priority q a a                  => line 3: there is no place "q" [unknown-reference] | line 3: agent "a" stands here twice [duplicate-id]
holds a / holds a p q                                   => line 1: too few words [missing] | line 2: there is no agent "a" [unknown-reference] | line 2: there is no place "p" [unknown-reference] | line 2: "q" is no count [wrong-value]
choice a p x / huh / place p 1                          => line 1: there is no agent "a" [unknown-reference] | line 1: "x" is no cost [wrong-value] | line 2: "huh" begins no statement [unknown]
"#;
    check(table, read_market);
    let long = read_market(&"é".repeat(1 << 20)).unwrap_err().to_string();
    assert!(long.len() < 400, "a long word is cut");
}

#[test]
fn lines_of_the_dimacs_format() {
    let table = r#"
                                             => document: it has no problem line [missing]
c nothing else                               => document: it has no problem line [missing]
n 1 / a 1 2 3                                => document: it has no problem line [missing]
p asn 0 0                                    => fine
p asn 3 0                                    => fine
a 1 2 3 / n 1 / p asn 2 1                    => fine
cno blank / c x / p asn 2 1 / n 1 / a 1 2 0  => fine
p asn 2 1 / n 1 / a 1 2 -1                   => line 3: a cost of -1 [out-of-range]
p asn 2 1 / n 1 / a 1 2 1073741824           => line 3: a cost of 1073741824 [out-of-range]
p asn 2 1 / n 1 / a 1 2 3.5                  => line 3: "3.5" is no cost [wrong-value]
p asn 2 1 / n 1 / a 1 2                      => line 3: too few words [missing]
p asn 2 1 / n 1 / a 1 2 3 4                  => line 3: "4" is a word too many [syntax]
p asn 2 0 / n 1 s                            => line 2: "s" is a word too many [syntax]
p asn 2 1 / n 1 s / a 1 2 3                  => line 2: "s" is a word too many [syntax]
p asn 2 0 / n                                => line 2: too few words [missing]
p asn 2 0 / n 0 / n 3 / n x                  => line 2: a node of 0 [out-of-range] | line 3: node 3 of 2 [out-of-range] | line 4: "x" is no node [wrong-value]
p asn 2 0 / n 1 / n 1                        => line 3: node 1 was given before, at line 2 [duplicate-id]
p asn 3 1 / n 1 / a 2 3 9                    => line 3: an arc from node 2, which is no source [wrong-value]
p asn 3 1 / n 1 / n 2 / a 1 2 9              => line 4: an arc to node 2, which is a source [wrong-value]
p asn 3 1 / n 1 / a 1 1 9                    => line 3: an arc to node 1, which is a source [wrong-value]
p asn 3 2 / n 1 / a 1 4 9 / a 0 2 9          => line 3: node 4 of 3 [out-of-range] | line 4: a node of 0 [out-of-range]
p asn 2 2 / n 1 / a 1 2 9 / a 1 2 8          => line 4: an arc from 1 to 2 was given before, at line 3 [duplicate-id]
p asn 2 2 / n 1 / a 1 2 9                    => line 1: 2 arcs are claimed, and there are 1 lines of arcs [contradiction]
p asn 2 1 / n 1                              => line 1: 1 arcs are claimed, and there are 0 lines of arcs [contradiction]
p asn 2 0 / p asn 2 0                        => line 2: a second problem line, after line 1 [duplicate-id]
p max 2 0                                    => line 1: "max" is not the kind of problem that is read here [wrong-value]
p asn 2                                      => line 1: too few words [missing]
p asn two 1 / n 1 / a 1 2 3                  => line 1: "two" is no number of nodes [wrong-value]
p asn 2147483647 0                           => line 1: a number of nodes of 2147483647 [out-of-range]
x / p asn 2 0                                => line 1: "x" begins no statement [unknown]
"#;
    check(table, read_dimacs);
}

#[test]
fn the_small_file_means_what_it_says() {
    let windows = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    let mut shuffled: Vec<&str> = SMALL.lines().collect();
    shuffled.reverse();
    let file = markets::read(SMALL).unwrap();
    assert_eq!(markets::read(&windows).as_ref(), Ok(&file));
    assert_eq!(markets::read(&shuffled.join("\n")).as_ref(), Ok(&file));
    assert_eq!(read_market(&write_market(&file)).as_ref(), Ok(&file));

    assert_eq!(file.agents(), ["ann", "bob", "cleo", "dan", "eve", "flat"]);
    let [ann, bob, cleo, dan, flat] = [0, 1, 2, 3, 5].map(Agent::new);
    let (elm, oak) = (Place::new(1), Place::new(2));
    let says = |agent, place| file.market().priority(agent, place);
    assert_eq!((says(cleo, oak), says(dan, oak), says(flat, oak)), (Some(0), Some(1), None));
    assert_eq!(says(flat, elm), Some(Market::LAST));
    let holds: Vec<_> = file.market().holdings().iter().map(|hold| (hold.agent, hold.place, hold.count)).collect();
    assert_eq!(holds, [(ann, oak, 1), (bob, elm, 1), (dan, elm, 1)]);
    assert_eq!((file.market().count(flat), file.market().standing(flat)), (3, 1));
    assert_eq!((file.market().capacity(elm), file.market().cost(flat, elm)), (2, Some(40)));
    assert_eq!(file.market().choice_count(), 8);
}

/// What the small file is made to show: where the mechanisms differ, whatever the lots.
#[test]
fn each_mechanism_answers_the_small_file_in_its_own_way() {
    let file = markets::read(SMALL).unwrap();
    let (bob, cleo, dan) = (Agent::new(1), Agent::new(2), Agent::new(3));
    for seed in 0..40 {
        let answer = |mechanism| allocate(file.market(), mechanism, seed);
        for lots in [Lots::Single, Lots::PerPlace] {
            let deferred = answer(Mechanism::DeferredAcceptance(lots));
            assert_eq!((deferred.cost(file.market()), deferred.seats_of(dan)), (960, &[][..])); // oak prefers Cleo
        }
        let trading = answer(Mechanism::TopTradingCycles);
        assert_eq!((trading.cost(file.market()), trading.seats_of(cleo)), (950, &[][..])); // Ann and Dan exchange
        assert_eq!(answer(Mechanism::Optimal).cost(file.market()), 920);
    }
    let serial = |seed: &u64| allocate(file.market(), Mechanism::SerialDictatorship, *seed).seats_of(bob).is_empty();
    let losing = (0..40).filter(serial).count();
    assert!((1..40).contains(&losing), "Bob's place is his today, and a lot decides whether it stays his: {losing}");
}

/// What places say and who holds what, divided by ` / `, and after `=>` how it is written.
#[test]
fn priorities_and_holders_are_written_in_the_shortest_lines_that_say_them() {
    let market = "place p 2 / place q 1 / agent a 0 2 / agent b 1 / agent c 2 / choice a p 5 / choice a q 6 / \
        choice b p 7 / choice c q 1";
    let table = "
priority p b a                                      => priority p b a
rank p a 1 / rank p b 0                             => priority p b a
priority q a / priority p a b                       => priority p a b / priority q a
rank p b 0                                          => priority p b
rank p b 1                                          => rank p b 1
rank p b 0 / rank p a 0                             => rank p a 0 / rank p b 0
rank p a 9 / rank p b 7                             => rank p b 7 / rank p a 9
priority p b / rank p a 0                           => rank p a 0 / rank p b 0
priority p b / rank p a 1                           => priority p b a
priority p a c b                                    => rank p a 0 / rank p b 2
priority p a b c                                    => priority p a b
priority p c / rank q b 0                           =>
rank p a 4294967295                                 =>
rank p a 4294967295 / rank p b 4294967294           => rank p b 4294967294
holds c p                                           => holds c p
holds a q / rank q c 1 / holds a p / priority p a   => priority p a / rank q c 1 / holds a p / holds a q
holds a p / holds a p                               => holds a p 2
";
    for (text, expected) in table.lines().filter_map(|row| row.split_once("=>")) {
        let file = read_market(&format!("{market} / {text}").replace(" / ", "\n")).unwrap();
        let written = write_market(&file);
        let said = |line: &&str| ["priority ", "rank ", "holds "].iter().any(|word| line.starts_with(word));
        assert_eq!(written.lines().filter(said).collect::<Vec<_>>().join(" / "), expected.trim(), "{text}");
        assert_eq!(read_market(&written), Ok(file), "{text}");
    }
}

#[test]
fn the_first_telling_line_says_which_format_it_is() {
    assert_eq!(markets::read("c\n\np asn 2 1\nn 2\na 2 1 7\n").unwrap().agents(), ["2"]);
    assert_eq!(markets::read("# p asn\nagent p 0\n").unwrap().agents(), ["p"]);
    assert_eq!(markets::read("c\nrank p a 1\nagent a 0\nplace p 1\n").unwrap_err().iter().count(), 1);
    let told = |text: &str| markets::read(text).unwrap_err().iter().next().unwrap().remedy.clone();
    assert!(told("choise a b 1").contains("place, agent"), "a stranger is taken for the market format");
    assert!(told("n 1").contains("p asn NODES ARCS"));
}

#[test]
fn ids_are_bytes_in_one_format_and_numbers_in_the_other() {
    let market = read_market("place 10 1\nplace 9 1\n").unwrap();
    assert_eq!(market.places(), ["10", "9"]);
    let dimacs = read_dimacs("p asn 11 1\nn 11\na 11 10 1\n").unwrap();
    assert_eq!(dimacs.places().first().map(String::as_str), Some("1"));
    assert_eq!(dimacs.places()[8..], ["9", "10"]);
    let plain = read_market(&write_market(&dimacs)).unwrap();
    assert_eq!(plain.places()[..3], ["1", "10", "2"]);
    assert_eq!(optimal(plain.market()).cost(plain.market()), optimal(dimacs.market()).cost(dimacs.market()));
}

/// OR-Library's assign100 as a DIMACS file, where this machine has it: n, then n by n costs; the optimum is 305.
#[test]
fn assign100_solves_to_its_known_optimum() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/assign100.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: there is no {path}");
        return;
    };
    let mut numbers = text.split_whitespace().map(|word| word.parse::<usize>().unwrap());
    let size = numbers.next().unwrap();
    let mut dimacs = format!("c assign100\np asn {} {}\n", 2 * size, size * size);
    (1..=size).for_each(|source| writeln!(dimacs, "n {source}").unwrap());
    for (at, cost) in numbers.enumerate() {
        writeln!(dimacs, "a {} {} {cost}", at / size + 1, size + at % size + 1).unwrap();
    }
    let file = markets::read(&dimacs).unwrap();
    let allocation = optimal(file.market());
    assert_eq!((allocation.seated(), allocation.cost(file.market())), (100, 305));
    assert_eq!(check_market(file.market(), &allocation), Ok(()));
}

/// Lines of a sound market: ids in no order, identical people, priorities with ties, holders.
fn statements() -> impl Strategy<Value = Vec<String>> {
    let places = prop::collection::btree_map("[a-cé#0-9]{1,3}", 0..4_u32, 0..6);
    let agents = prop::collection::btree_map("[a-c✓]{1,3}", (0..3_u32, 1..4_u32), 1..6);
    let choices = prop::collection::btree_map((0..6_usize, 0..6_usize), 0..=Market::MAX_COST, 0..20);
    let lists = prop::collection::vec(prop::sample::subsequence((0..6_usize).collect::<Vec<_>>(), 0..6), 6);
    let ranks = prop::collection::btree_map((0..6_usize, 0..6_usize), priority(), 0..12);
    let holds = prop::collection::vec((0..6_usize, 0..6_usize), 0..8);
    (places, agents, choices, lists, ranks, holds).prop_map(|(places, agents, choices, lists, ranks, holds)| {
        let places: Vec<(String, u32)> = places.into_iter().filter(|(id, _)| !id.starts_with('#')).collect();
        let agents: Vec<(String, (u32, u32))> = agents.into_iter().collect();
        let (mut room, mut people): (Vec<u32>, Vec<u32>) =
            (places.iter().map(|p| p.1).collect(), agents.iter().map(|a| a.1.1).collect());
        let mut lines: Vec<String> = places.iter().map(|(id, capacity)| format!("place {id} {capacity}")).collect();
        lines.extend(agents.iter().map(|(id, (standing, count))| format!("agent {id} {standing} {count}")));
        for ((agent, place), cost) in choices {
            if let (Some((agent, _)), Some((place, _))) = (agents.get(agent), places.get(place)) {
                lines.push(format!("choice {agent} {place} {cost}"));
            }
        }
        for ((place, agent), priority) in ranks.iter().filter(|((place, agent), _)| !lists[*place].contains(agent)) {
            if let (Some((place, _)), Some((agent, _))) = (places.get(*place), agents.get(*agent)) {
                lines.push(format!("rank {place} {agent} {priority}"));
            }
        }
        for ((place, _), list) in places.iter().zip(lists) {
            let list: Vec<&str> = list.iter().rev().filter_map(|&at| Some(agents.get(at)?.0.as_str())).collect();
            if !list.is_empty() {
                lines.push(format!("priority {place} {}", list.join(" ")));
            }
        }
        for (agent, place) in holds {
            if people.get(agent).is_some_and(|&left| left > 0) && room.get(place).is_some_and(|&left| left > 0) {
                (people[agent], room[place]) = (people[agent] - 1, room[place] - 1);
                lines.push(format!("holds {} {}", agents[agent].0, places[place].0));
            }
        }
        lines
    })
}

/// Few, so that they tie, and the worst.
fn priority() -> impl Strategy<Value = Priority> {
    prop::sample::select(vec![0, 0, 1, 1, 2, 3, 70, Market::LAST - 1, Market::LAST])
}

/// Any market: agents with standing, count, and at some places a cost, a priority and holders, so far as there is room.
fn market() -> impl Strategy<Value = Market> {
    let word = (prop::option::of(0..9_u32), prop::option::of(priority()), 0..3_u32);
    let agent = (0..3_u32, 1..4_u32, prop::collection::vec(word, 4));
    (prop::collection::vec(0..5_u32, 4), prop::collection::vec(agent, 0..14)).prop_map(|(mut room, agents)| {
        let mut builder = Market::builder();
        let places: Vec<Place> = room.iter().map(|&capacity| builder.place(capacity)).collect();
        for (standing, count, words) in agents {
            let own = places.iter().zip(&words);
            let choices = own.clone().filter_map(|(&place, (choice, ..))| Some((place, (*choice)?)));
            let (agent, mut people) = (builder.agent(standing, count, choices), count);
            for (&place, &(choice, said, held)) in own {
                if let (Some(_), Some(said)) = (choice, said) {
                    builder.priority(agent, place, said);
                }
                let held = held.min(people).min(room[place.index()]);
                if held > 0 {
                    builder.holds(agent, place, held);
                }
                (people, room[place.index()]) = (people - held, room[place.index()] - held);
            }
        }
        builder.build().unwrap()
    })
}

proptest! {
    #[test]
    fn every_market_is_written_and_read_again(market in market()) {
        let file = MarketFile::numbered(market.clone());
        prop_assert_eq!(file.market(), &market);
        prop_assert_eq!(read_market(&write_market(&file)), Ok(file));
    }

    #[test]
    fn the_market_knows_what_was_said(lines in statements()) {
        let file = read_market(&lines.join("\n")).unwrap();
        let (mut said, mut held) = (BTreeMap::new(), BTreeMap::new());
        for line in &lines {
            let words: Vec<&str> = line.split(' ').collect();
            match words[0] {
                "priority" => said.extend((0..).zip(&words[2..]).map(|(at, &agent)| ((agent, words[1]), at))),
                "rank" => said.extend([((words[2], words[1]), words[3].parse().unwrap())]),
                "holds" => *held.entry((words[1], words[2])).or_insert(0) += 1,
                _ => {}
            }
        }
        for (agent, id) in file.market().agents().zip(file.agents()) {
            for choice in file.market().choices(agent) {
                let expected = said.get(&(id.as_str(), file.places()[choice.place.index()].as_str()));
                let expected: Priority = expected.copied().unwrap_or(Market::LAST);
                prop_assert_eq!(file.market().priority(agent, choice.place), Some(expected));
            }
        }
        let name = |hold: &Seat| (file.agents()[hold.agent.index()].as_str(), file.places()[hold.place.index()].as_str());
        let known: BTreeMap<_, _> = file.market().holdings().iter().map(|hold| (name(hold), hold.count)).collect();
        prop_assert_eq!(known, held);
    }

    #[test]
    fn what_is_written_is_read_again(lines in statements()) {
        let file = read_market(&lines.join("\n")).unwrap();
        let text = write_market(&file);
        let again = markets::read(&text);
        prop_assert_eq!(again.as_ref(), Ok(&file));
    }

    #[test]
    fn the_order_of_lines_changes_nothing(lines in statements(), chance in any::<u64>()) {
        let mut mixed = lines.clone();
        for at in (1..mixed.len()).rev() {
            let other = usize::try_from(chance.rotate_left(u32::try_from(at).unwrap()) % (at as u64 + 1)).unwrap();
            mixed.swap(at, other);
        }
        prop_assert_eq!(read_market(&mixed.join("\n")), read_market(&lines.join("\n")));
    }

    #[test]
    fn more_than_ten_keep_their_order(places in 11..120_usize) {
        let mut builder = Market::builder();
        (0..places).for_each(|capacity| { builder.place(u32::try_from(capacity).unwrap()); });
        let file = MarketFile::numbered(builder.build().unwrap());
        prop_assert_eq!(read_market(&write_market(&file)), Ok(file));
    }

    #[test]
    fn random_text_is_answered(text in any::<String>(), words in prop::collection::vec(
        prop::sample::select(vec!["place", "agent", "choice", "priority", "rank", "holds", "p", "asn", "n", "a", "c", "#", "\n",
            "\n", "\r\n", "0", "1", "2", "3", "-1", "4294967296", "x"]), 0..60)) {
        for text in [text, words.join(" ")] {
            for read in [markets::read, read_market, read_dimacs] {
                if let Ok(file) = read(&text) {
                    let allocation = optimal(file.market());
                    prop_assert_eq!(check_market(file.market(), &allocation), Ok(()));
                }
            }
        }
    }
}
