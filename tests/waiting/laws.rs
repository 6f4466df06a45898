//! Hundreds of drawn towns: what is told before a draw holds after it, and is what a naive count gives.

use super::drawn::{Draw, lived};
use super::naive::{Person, Right, free, newcomers, people};
use shared_parking::district::{Estimate, NoEstimate, NotWaiting, PeopleAhead, Round, Waiters, WaitingReport};
use shared_parking::{Action, Command, District, Event, Season, Timestamp};
use std::cmp::Ordering;
use std::collections::BTreeMap;

fn round(district: &District, at: Timestamp, seed: u64) -> Round {
    let season = Season::new("next").expect("a season");
    let id = "next".parse().expect("an id");
    let events = district.decide(&Command { id, at, action: Action::HoldRound { season, seed } }).expect("a round");
    let [Event::RoundHeld(round)] = &events[..] else { panic!("a round") };
    round.clone()
}

/// What the towns had, so that no law holds for want of a case.
#[derive(Default, Debug)]
struct Seen {
    people: usize,
    equals: usize,
    incumbents: usize,
    undecided: usize,
    estimates: usize,
    unbounded: usize,
    merged: usize,
    overtaken: usize,
    shifts: usize,
    ceilings: usize,
}

#[test]
fn what_is_told_before_a_draw_holds_after_it() {
    let mut seen = Seen::default();
    for seed in 0..600 {
        let (journal, at, mut draw) = lived(seed);
        let town = journal.district();
        let waiters = Waiters::at(town, at).expect("a small town");
        let (list, past) = (waiters.list(), newcomers(town));
        for _ in 0..3 {
            let round = round(town, at, u64::from(draw.below(u32::MAX)));
            let people = people(town, &round);
            assert_eq!(people.len(), list.rows.len(), "seed {seed}");
            for own in &people {
                let report = waiters.report(&own.application.id, 3).expect("somebody who waits");
                let told = report.positions;
                assert!(told.first <= own.position && own.position <= told.last && told.last <= told.of, "seed {seed}");
                counted(&report, own, &people, seed);
                let overtakes =
                    |other: &&Person<'_>| other.position < own.position && own.is_better_without_quotas(other);
                seen.overtaken += people.iter().filter(overtakes).count();
                if let Ok(estimate) = &report.estimate {
                    assert_eq!(estimate.free, free(town, own, at), "seed {seed}");
                    turned_over(estimate, own, &past, seed);
                }
                seen.count(town, &report, &list.rows);
            }
        }
        for (id, reasons) in &list.not_eligible {
            let reasons = reasons.clone();
            assert_eq!(waiters.report(id, 3), Err(NotWaiting::NotEligible { reasons }), "seed {seed}");
        }
        let waits = town.applications().filter(|own| own.withdrawn.is_none() && !town.is_seated(&own.application.id));
        assert_eq!(waits.count(), list.rows.len() + list.not_eligible.len(), "seed {seed}");
        estimates(town, &waiters, &mut seen, seed);
        waits_on(town, at, &mut draw);
    }
    let Seen { people, equals, incumbents, undecided, estimates, unbounded, merged, .. } = seen;
    let seen = [
        [people, equals, incumbents, undecided, estimates, unbounded, merged].as_slice(),
        &[seen.overtaken, seen.shifts, seen.ceilings],
    ]
    .concat();
    assert!(seen.iter().all(|&cases| cases > 50), "too few cases: {seen:?}");
}

impl Seen {
    fn count(&mut self, town: &District, report: &WaitingReport, rows: &[shared_parking::district::WaitingRow]) {
        let row = rows.iter().find(|row| row.application == report.application).expect("a row");
        let told = (row.positions, row.incumbent, row.waited_days);
        assert_eq!(told, (report.positions, report.incumbent, report.waited_days));
        self.people += 1;
        self.shifts += usize::from(town.policy().shifts.is_some());
        self.ceilings += usize::from(!town.policy().ceilings.is_empty() && report.estimate.is_ok());
        self.equals += usize::from(report.positions.first < report.positions.last);
        self.incumbents += usize::from(report.incumbent);
        self.undecided +=
            usize::from(town.policy().standing.has_pair_points() && report.on_same_stretches.undecided > 0);
        self.merged += usize::from(report.in_district.others > 0 && !report.in_district.classes.is_empty());
    }
}

/// The numbers of people in a report are those of a naive count.
fn counted(report: &WaitingReport, own: &Person<'_>, people: &[Person<'_>], seed: u64) {
    let others = || people.iter().filter(|other| other.application.id != own.application.id);
    let number = |count: usize| u32::try_from(count).expect("a few");
    let on_list = |order: Ordering| number(others().filter(|other| own.is_behind(other) == order).count());
    let there = |order: Ordering| number(others().filter(|other| own.is_behind_there(other) == Some(order)).count());
    let (all, here) = (&report.in_district, &report.on_same_stretches);
    assert_eq!((all.surely, all.undecided), (on_list(Ordering::Greater), on_list(Ordering::Equal)), "seed {seed}");
    assert_eq!((here.surely, here.undecided), (there(Ordering::Greater), there(Ordering::Equal)), "seed {seed}");
    assert_eq!((report.positions.first, report.positions.of), (all.surely + 1, number(people.len())), "seed {seed}");
    assert_eq!(report.positions.last, report.positions.first + all.undecided, "seed {seed}");
    assert_eq!((report.incumbent, report.stretches as usize), (own.incumbent, own.accepts.len()), "seed {seed}");
    classes(all, &others().filter(|other| own.is_behind(other) == Ordering::Greater).collect::<Vec<_>>());
    let ahead = others().filter(|other| own.is_behind_there(other) == Some(Ordering::Greater));
    classes(here, &ahead.collect::<Vec<_>>());
    if let Ok(estimate) = &report.estimate {
        let newcomers = |order| {
            number(others().filter(|other| !other.incumbent && own.is_behind_there(other) == Some(order)).count())
        };
        let due = (newcomers(Ordering::Greater), newcomers(Ordering::Equal), report.stretches);
        assert_eq!((estimate.ahead, estimate.undecided, estimate.stretches), due, "seed {seed}");
    }
}

/// The newcomers to the stretches that somebody accepts, for the shift asked for.
fn turned_over(estimate: &Estimate, own: &Person<'_>, past: &[BTreeMap<Right, u32>], seed: u64) {
    let on = |all: &BTreeMap<Right, u32>| own.accepts.keys().filter_map(|right| all.get(right)).sum::<u32>();
    let told: Vec<u32> = estimate.spans.iter().map(|span| span.newcomers).collect();
    assert_eq!(told, past.iter().skip(1).map(on).collect::<Vec<_>>(), "seed {seed}");
}

fn classes(told: &PeopleAhead, people: &[&Person<'_>]) {
    let in_classes: u32 = told.classes.iter().map(|own| own.people).sum();
    assert_eq!(in_classes + told.others, told.surely);
    assert!(told.classes.iter().all(|own| own.people >= 3));
    assert!(told.others == 0 || told.others >= 3 || told.classes.is_empty());
    for own in &told.classes {
        let class = own.class;
        let is_in = |person: &&&Person<'_>| {
            let need = person.application.resident.special_need != shared_parking::people::SpecialNeed::None;
            (person.incumbent, person.tier, need) == (class.incumbent, class.tier, class.special_need)
                && (class.points_from..=class.points_to).contains(&person.points)
        };
        assert_eq!(own.people as usize, people.iter().filter(is_in).count());
    }
}

/// Each estimate can be worked out again, from its own numbers and from the records.
fn estimates(town: &District, waiters: &Waiters<'_>, seen: &mut Seen, seed: u64) {
    for row in waiters.list().rows {
        let report = waiters.report(&row.application, 1).expect("somebody who waits");
        let estimate = match &report.estimate {
            Ok(estimate) => estimate,
            Err(NoEstimate::TooFewRounds { held }) => {
                assert!(*held < 3 && *held == town.rounds().len(), "seed {seed}");
                continue;
            }
            Err(NoEstimate::Incumbent) => {
                assert!(report.incumbent, "seed {seed}");
                continue;
            }
            Err(NoEstimate::NoStretch) => {
                assert_eq!(report.stretches, 0, "seed {seed}");
                continue;
            }
            Err(why) => {
                assert!(matches!(why, NoEstimate::NoTurnover { .. }), "seed {seed}: {why}");
                continue;
            }
        };
        assert_eq!(estimate.check(), Ok(()), "seed {seed}");
        derived(estimate);
        assert!(!estimate.derivation().is_empty());
        seen.estimates += 1;
        seen.unbounded += usize::from(estimate.bounds.upper_days.is_none());
        // The spans are those between the rounds.
        assert_eq!(estimate.spans.len(), town.rounds().len() - 1, "seed {seed}");
        for (span, pair) in estimate.spans.iter().zip(town.rounds().windows(2)) {
            assert_eq!((&span.season, span.from, span.to), (&pair[1].season, pair[0].at, pair[1].at), "seed {seed}");
        }
    }
}

/// The bounds by fractions: numerator over denominator, days that are enough, one less that is not.
fn derived(estimate: &Estimate) {
    let days: Vec<u128> = estimate.spans.iter().map(|span| u128::from(span.days())).collect();
    let came: Vec<u128> = estimate.spans.iter().map(|span| u128::from(span.newcomers)).collect();
    let people = |more: u32| (u128::from(estimate.ahead + more) + 1).saturating_sub(u128::from(estimate.free));
    let enough = |told: u64, people: u128, days: u128, came: u128| {
        let told = u128::from(told);
        assert!(told * came >= people * days && (told == 0 || (told - 1) * came < people * days), "{estimate:?}");
    };
    let pace = |a: &usize, b: &usize| (came[*a] * days[*b]).cmp(&(came[*b] * days[*a]));
    let (best, worst) = ((0..days.len()).max_by(pace).unwrap(), (0..days.len()).min_by(pace).unwrap());
    let bounds = estimate.bounds;
    enough(bounds.lower_days, people(0), days[best], came[best]);
    let likely = people(estimate.undecided / 2 + estimate.undecided % 2);
    enough(bounds.likely_days, likely, days.iter().sum(), came.iter().sum());
    assert!(bounds.lower_days <= bounds.likely_days);
    match bounds.upper_days {
        Some(upper) => {
            enough(upper, people(estimate.undecided), days[worst], came[worst]);
            assert!(bounds.likely_days <= upper);
        }
        None => assert!(came[worst] == 0 && people(estimate.undecided) > 0),
    }
}

/// Time waited never gets less, and every whole day counts.
fn waits_on(town: &District, at: Timestamp, draw: &mut Draw) {
    let Some(row) = town.waiting_list(at).expect("a small town").rows.into_iter().next() else { return };
    let applied = town.application(&row.application).expect("an application").application.applied_at;
    let (mut later, mut before) = (at.plus_seconds(-200 * 86_400), 0);
    for _ in 0..6 {
        later = later.plus_seconds(i64::from(draw.below(100 * 86_400)));
        let Ok(report) = town.waiting(&row.application, later, 1) else { continue };
        assert!(report.waited_days >= before);
        let begun = applied.plus_seconds(i64::from(report.waited_days) * 86_400);
        assert!(begun.plus_seconds(86_400) > later && (begun <= later || report.waited_days == 0));
        before = report.waited_days;
    }
}
