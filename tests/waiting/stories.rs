//! Small towns over several seasons, every number worked out by hand.

use super::world::World;
use serde_json::json;
use shared_parking::district::{NotWaiting, WaitingReport};
use shared_parking::{Action, ApplicationId, Command, Season, Timestamp};

const DAY: i64 = 24;

fn start() -> Timestamp {
    "2026-03-01T00:00:00+08:00".parse().expect("an instant")
}

/// The last application of somebody.
fn application(world: &World, name: &str) -> ApplicationId {
    let own = world.district().applications().filter(|own| own.application.resident.id.as_str() == name);
    own.max_by_key(|own| own.by).expect("an application").application.id.clone()
}

fn report(world: &World, name: &str, day: i64, fewest: u32) -> Result<WaitingReport, NotWaiting> {
    world.district().waiting(&application(world, name), start().plus_seconds(day * 86_400), fewest)
}

/// Reads `day | name | days waited | positions | ahead on the same stretches | in the district | last round | estimate`.
#[track_caller]
fn told(world: &World, table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let report = match report(world, cells[1], cells[0].parse().expect("a day"), 1) {
            Ok(report) => report,
            Err(why) => {
                assert_eq!(cells[2..], [why.to_string()], "{line}");
                continue;
            }
        };
        let last = report.last_round.as_ref().map_or("-".to_owned(), |last| {
            let cutoff = last.cutoff.as_ref().map_or(String::new(), |cutoff| format!(" < {}", cutoff.position));
            format!("{} {}{cutoff} {}", last.season, last.position, last.refusal.number())
        });
        let estimate = match &report.estimate {
            Err(why) => why.to_string(),
            Ok(told) => {
                assert_eq!(told.check(), Ok(()));
                let upper = told.bounds.upper_days.map_or("no bound".to_owned(), |days| days.to_string());
                format!("{} {} {upper}", told.bounds.lower_days, told.bounds.likely_days)
            }
        };
        let (here, all) = (&report.on_same_stretches, &report.in_district);
        let answer = [
            report.waited_days.to_string(),
            format!("{}-{} of {}", report.positions.first, report.positions.last, report.positions.of),
            format!("{}+{}", here.surely, here.undecided),
            format!("{}+{}", all.surely, all.undecided),
            last,
            estimate,
        ];
        assert_eq!(cells[2..], answer, "{line}");
    }
}

/// Plays `day | what | answer`.
#[track_caller]
fn play(world: &mut World, table: &str) {
    let line = |line: &str| {
        let (day, rest) = line.split_once('|').expect("a day");
        format!("{}|{rest}\n", day.trim().parse::<i64>().expect("a day") * DAY)
    };
    let hours: String = table.lines().map(str::trim).filter(|own| !own.is_empty()).map(line).collect();
    world.play(&hours);
}

/// Three spaces at 100 m, one at 900 m, and nobody walks more than 300 m.
fn town(round: serde_json::Value) -> World {
    World::new(300, &[(100, 3), (900, 1)], &[50, 850, 1_400], round)
}

#[test]
fn a_town_with_a_known_turnover() {
    let mut world = town(json!({}));
    // Whoever waits longer goes first. Three of r1 and r2 fill the spaces at 100 m; ann's falls free after twelve months.
    play(
        &mut world,
        "
        0   | apply ann 50  | ok
        10  | round r1      | ann s0
        20  | apply bob 50  | ok
        21  | apply cat 50  | ok
        22  | apply dan 50  | ok
        23  | apply eve 850 | ok
        24  | apply fay 850 | ok
        40  | apply ray 1400 | ok
        100 | round r2      | bob s0, cat s0, dan 302, eve s1, fay 302, ray 301
        ",
    );
    told(
        &world,
        "
        100 | dan | 78 | 1-1 of 3 | 0+0 | 0+0 | r2 3 < 2 302 | 2 rounds were held; an estimate needs three, so two spans between rounds
        ",
    );
    play(
        &mut world,
        "
        200 | apply eli 50 | ok
        200 | apply flo 50 | ok
        210 | apply gus 50 | ok
        376 | round r3     | dan s0, fay 303, ray 301, flo 302, eli 302, gus 302
        ",
    );
    // On s0 two came in within 90 days up to r2, one within 276 days up to r3: three within 366.
    // gus: eli, flo and himself. 3 x 90 / 2, 3 x 366 / 3, 3 x 276 / 1.
    // eli: himself alone, or flo first. 1 x 90 / 2, 2 x 366 / 3, 2 x 276 / 1.
    // fay: alone on s1, where one came in up to r2 and nobody since. 1 x 90 / 1, 1 x 366 / 1.
    told(
        &world,
        "
        380 | fay | 356 | 1-1 of 5 | 0+0 | 0+0 | r3 2 303     | 90 366 no bound
        380 | ray | 340 | 2-2 of 5 | 0+0 | 1+0 | r3 3 301     | no stretch with spaces lies in reach that the applicant accepts
        380 | eli | 180 | 3-4 of 5 | 0+1 | 2+1 | r3 5 < 1 302 | 45 244 552
        380 | flo | 180 | 3-4 of 5 | 0+1 | 2+1 | r3 4 < 1 302 | 45 244 552
        380 | gus | 170 | 5-5 of 5 | 2+0 | 4+0 | r3 6 < 1 302 | 135 366 828
        381 | gus | 171 | 5-5 of 5 | 2+0 | 4+0 | r3 6 < 1 302 | 135 366 828
        ",
    );
    // From day 465 on the spaces that r2 gave are free again: for eli, flo and gus two are on s0, for fay one on s1.
    told(
        &world,
        "
        464 | gus | 254 | 5-5 of 5 | 2+0 | 4+0 | r3 6 < 1 302 | 135 366 828
        465 | fay | 441 | 1-1 of 5 | 0+0 | 0+0 | r3 2 303     | 0 0 0
        465 | eli | 265 | 3-4 of 5 | 0+1 | 2+1 | r3 5 < 1 302 | 0 0 0
        465 | gus | 255 | 5-5 of 5 | 2+0 | 4+0 | r3 6 < 1 302 | 45 122 276
        ",
    );
    let derivation = report(&world, "gus", 380, 1).unwrap().estimate.unwrap().derivation();
    assert_eq!(
        derivation,
        "\
        Stretches that you accept: 1. Newcomers ahead of you there: 2, and 0 more whom the draw may put ahead.\n\
        Spaces free there now: 0. So spaces must still fall free for 3 people at the least (none of the 0 goes first), \
        likely for 3 (half of them), at the most for 3 (all of them), you being the last.\n\
        Newcomers who got a space there: 2 in the 90 days up to round r2; 1 in the 276 days up to round r3.\n\
        At the least: 3 people at the pace of round r2, 3 x 90 days / 2 = 135 days (5 months).\n\
        Likely: 3 people at the average pace, 3 x 366 days / 3 = 366 days (13 months).\n\
        At the most: 3 people at the pace of round r3, 3 x 276 days / 1 = 828 days (28 months).\n\
        Days count from now and are rounded up; a month is 365/12 days. Spaces are given in rounds, so the answer comes \
        with a round. Who applies later and stands better, who gives up, and changes of spaces or rules are not foreseen.\n"
    );
}

#[test]
fn who_does_not_wait_is_told_why() {
    let mut world = town(json!({}));
    play(
        &mut world,
        "
        0  | apply ann 50   | ok
        1  | apply bob 50   | ok
        2  | withdraw bob   | ok
        10 | round r1       | ann s0
        11 | apply cat 1400 | ok
        12 | apply ann 50   | ok
        ",
    );
    told(
        &world,
        "
        20 | bob | the application was withdrawn
        20 | cat | 9 | 1-1 of 1 | 0+0 | 0+0 | - | no stretch with spaces lies in reach that the applicant accepts
        ",
    );
    let NotWaiting::NotEligible { reasons } = report(&world, "ann", 20, 1).unwrap_err() else { panic!("not eligible") };
    let numbers: Vec<u16> = reasons.iter().map(|reason| reason.refusal.number()).collect();
    assert_eq!(numbers, [211, 212, 213]);
    let first = world.district().permits().next().expect("a permit");
    let at = start().plus_seconds(20 * 86_400);
    let seated = NotWaiting::Seated { permit: first.id.clone() };
    assert_eq!(world.district().waiting(&first.application, at, 1), Err(seated));
    assert_eq!(world.district().waiting(&"nobody".parse().unwrap(), at, 1), Err(NotWaiting::Unknown));
    let list = world.district().waiting_list(at).unwrap();
    assert_eq!((list.rows.len(), list.not_eligible.len()), (1, 1));
    assert_eq!(list.not_eligible[0], (application(&world, "ann"), reasons));
}

#[test]
fn a_space_passed_on_counts_once_and_for_whoever_has_it() {
    let mut world = World::new(3_000, &[(100, 1), (900, 1)], &[50, 850], json!({ "offer_hours": 72 }));
    // r2 offers ann's old space to cat, who declines: dan comes. r3 offers it to eli, who lets it lapse: flo comes.
    play(
        &mut world,
        "
        0   | apply ann 50 excluded k1 | ok
        1   | apply bob 850 excluded k0 | ok
        10  | round r1      | ann s0, bob s1
        10  | accept ann    | ok
        10  | accept bob    | ok
        20  | apply cat 50 excluded k1  | ok
        21  | apply dan 50 excluded k1  | ok
        22  | apply eli 50 excluded k1  | ok
        23  | apply flo 50 excluded k1  | ok
        24  | apply gus 50 excluded k1  | ok
        25  | apply hal 50  | ok
        380 | round r2      | cat s0, dan 302, eli 302, flo 302, gus 302, hal s1
        381 | decline cat   | dan s0
        381 | accept dan    | ok
        381 | accept hal    | ok
        760 | round r3      | eli s0, flo 302, gus 302
        764 | close r3      | flo s0
        ",
    );
    // On s0 one came in within 370 days up to r2, another within 380 up to r3. The offer to flo keeps the space.
    // gus accepts s0 alone, where nobody stands ahead; in those spans it was one each time.
    told(&world, "765 | gus | 741 | 1-1 of 1 | 0+0 | 0+0 | r3 3 < 1 302 | 370 375 380");
}

#[test]
fn holders_who_renew_stand_ahead_and_are_not_in_the_way() {
    let renewal = json!({ "renewal": { "within_days": 60, "place": "keep", "tenure_months": null } });
    let mut world = World::new(300, &[(100, 2)], &[50], renewal);
    play(
        &mut world,
        "
        0   | apply ann 50 | ok
        10  | round r1     | ann s0
        20  | apply bob 50 | ok
        100 | round r2     | bob s0
        110 | apply cat 50 | ok
        340 | apply ann 50 | ok
        350 | round r3     | ann s0, cat 302
        690 | apply ann 50 | ok
        ",
    );
    // ann renews, so she came in once, before r2. bob's space has been free since day 465.
    told(
        &world,
        "
        400 | cat | 290 | 1-1 of 1 | 0+0 | 0+0 | r3 2 < 1 302 | 90 340 no bound
        700 | ann | 10  | 1-1 of 2 | 0+0 | 0+0 | - | the applicant holds a space and renews it
        700 | cat | 590 | 2-2 of 2 | 1+0 | 1+0 | r3 2 < 1 302 | 0 0 0
        ",
    );
}

#[test]
fn the_people_ahead_are_told_by_class() {
    let mut world = town(json!({}));
    for number in 0..7 {
        assert_eq!(world.tell(number * DAY, &format!("apply p{number} 50")), "ok");
    }
    assert_eq!(world.tell(20 * DAY, "apply late 50"), "ok");
    // On day 25: points 25 down to 19, a band of ten each.
    let told = |fewest| {
        let ahead = report(&world, "late", 25, fewest).unwrap().on_same_stretches;
        let classes = ahead.classes.iter().map(|own| {
            let class = own.class;
            assert_eq!((class.incumbent, class.tier, class.special_need), (false, 1, false));
            (class.points_from, class.points_to, own.people)
        });
        (classes.collect::<Vec<_>>(), ahead.others, ahead.surely)
    };
    assert_eq!(told(1), (vec![(20, 29, 6), (10, 19, 1)], 0, 7));
    assert_eq!(told(3), (vec![], 7, 7)); // the one of 19 points would be told by what is left
}

#[test]
fn a_space_that_fell_free_between_rounds_counts_where_it_was_passed_on() {
    let mut world = World::new(300, &[(0, 1)], &[0], json!({}));
    let send = |world: &mut World, day: i64, action: Action| {
        let id = format!("c-{}", world.journal.entries().len()).parse().expect("an id");
        let at = start().plus_seconds(day * 86_400);
        world.journal.execute(Command { id, at, action }).expect("no refusal");
    };
    let vacate = |world: &mut World, day: i64, name: &str, season: &str| {
        let own = application(world, name);
        let permit = world.district().permits().find(|permit| permit.application == own).expect("a permit").id.clone();
        send(world, day, Action::GiveBack(permit));
        send(world, day, Action::FillVacancies(Season::new(season).expect("a season")));
    };
    let spans = |world: &World, day: i64| -> Vec<u32> {
        let estimate = report(world, "gil", day, 1).expect("gil waits").estimate.expect("an estimate");
        estimate.spans.iter().map(|span| span.newcomers).collect()
    };
    for (day, name) in (0..).zip(["ann", "bob", "cat", "dan", "eve", "fay"]) {
        assert_eq!(world.tell(day * DAY, &format!("apply {name} 0")), "ok");
    }
    world.tell(10 * DAY, "round r1"); // ann
    vacate(&mut world, 100, "ann", "r1"); // bob, in the first span
    world.tell(400 * DAY, "round r2"); // cat
    world.tell(700 * DAY, "apply gil 0");
    world.tell(800 * DAY, "round r3"); // dan
    assert_eq!(spans(&world, 850), [2, 1]);
    vacate(&mut world, 900, "dan", "r3"); // eve, in no span yet
    assert_eq!(spans(&world, 950), [2, 1]);
    world.tell(1_300 * DAY, "round r4"); // fay
    assert_eq!(spans(&world, 1_301), [2, 1, 2]);
}
