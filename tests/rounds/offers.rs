//! Offers: accepted, declined, lapsed, and passed on to the next in line with the fewest moves.

use super::world::World;
use serde_json::json;

fn offers(mechanism: &str) -> serde_json::Value {
    json!({ "mechanism": mechanism, "offer_hours": 72 })
}

#[test]
fn an_offer_becomes_a_permit_when_it_is_accepted_in_time() {
    let mut world = World::new(300, &[(0, 2)], &[0], offers("optimal"));
    world.play(
        "
           0 | apply ann 0  | ok
           1 | apply bob 0  | ok
           2 | apply cat 0  | ok
          24 | round r1     | ann s0, bob s0, cat 302
          25 | withdraw ann | 114
          25 | accept ann   | ok
          26 | accept ann   | 123
          26 | decline ann  | 123
          26 | accept cat   | 123
          26 | close r1     | 125
          95 | close r1     | 125
          96 | accept bob   | 124
          96 | close r1     | cat s0
          96 | accept bob   | 123
          97 | accept cat   | ok
    ",
    );
    let ann = world.district().permits().find(|permit| permit.resident.as_str() == "ann").unwrap();
    assert_eq!(ann.offer, None);
    assert_eq!(ann.valid.start(), ann.since);
    assert!(world.story("bob").contains("the offer was closed"), "{}", world.story("bob"));
    assert!(world.story("ann").contains("the offer was accepted"), "{}", world.story("ann"));
    assert!(world.story("cat").contains("offered a space on s0"), "{}", world.story("cat"));
}

#[test]
fn a_declined_space_goes_on_with_the_fewest_moves() {
    // Bob holds the farther space and would like the nearer one; Cat reaches only the farther one.
    let mut world = World::new(160, &[(0, 1), (200, 1)], &[0, 90, 300], offers("serial-dictatorship"));
    world.play(
        "
           0 | apply ann 0    | ok
          24 | apply bob 90   | ok
          48 | apply cat 300  | ok
          72 | round r1       | ann s0, bob s1, cat 304
          73 | decline ann    | bob s1>s0, cat s1
          74 | accept bob     | ok
          75 | decline cat    |
    ",
    );
}

#[test]
fn what_was_accepted_is_never_moved() {
    let mut world = World::new(160, &[(0, 1), (200, 1)], &[0, 90, 300], offers("serial-dictatorship"));
    world.play(
        "
           0 | apply ann 0    | ok
          24 | apply bob 90   | ok
          48 | apply cat 300  | ok
          72 | round r1       | ann s0, bob s1, cat 304
          73 | accept bob     | ok
          74 | decline ann    |
          75 | apply dan 0    | ok
          76 | round r2       | cat 303, dan s0
    ",
    );
}

#[test]
fn nobody_is_offered_a_worse_space_or_a_second_one() {
    let mut world = World::new(300, &[(0, 1), (100, 1)], &[0, 60], offers("optimal"));
    world.play(
        "
           0 | apply ann 0    | ok
          24 | apply bob 0    | ok
          48 | apply cat 60   | ok
          49 | apply dan 0    | ok
          72 | round r1       | ann s0, bob s1, cat 302, dan 302
          73 | withdraw cat   | ok
          74 | decline bob    | dan s1
          75 | decline ann    |
          76 | accept dan     | ok
    ",
    );
}

#[test]
fn an_offer_is_no_permit_yet() {
    use shared_parking::people::{SpecialNeed, VehicleClass};
    use shared_parking::{Refusal, Stay, Window};
    let mut world = World::new(300, &[(0, 1)], &[0], offers("optimal"));
    world.play("0 | apply ann 0 | ok\n24 | round r1 | ann s0");
    let stay = |world: &World| {
        let permit = world.district().permits().next().unwrap();
        let start = permit.valid.start().plus_seconds(7_200);
        Stay {
            id: "s".parse().unwrap(),
            stretch: permit.stretch.clone(),
            window: Window::new(start, start.plus_seconds(3_600)).unwrap(),
            vehicle: permit.vehicle.clone(),
            class: VehicleClass::Small,
            special_need: SpecialNeed::None,
            permit: Some(permit.id.clone()),
        }
    };
    assert_eq!(world.district().quote(&stay(&world)), Err(Refusal::PermitNotInForce));
    world.play("25 | accept ann | ok");
    assert!(world.district().quote(&stay(&world)).is_ok());
}

#[test]
fn the_audit_finds_what_a_refusal_would_have_kept_out() {
    use shared_parking::district::Entry;
    use shared_parking::{Action, Command, Event, audit};
    let mut world = World::new(300, &[(0, 1)], &[0], offers("optimal"));
    world.play("0 | apply ann 0 | ok\n24 | round r1 | ann s0");
    let (permit, at) = (world.district().permits().next().unwrap().clone(), world.district().clock().unwrap());
    let mut early = world.district().application(&permit.application).unwrap().application.clone();
    (early.id, early.applied_at) = ("early".parse().unwrap(), at.plus_seconds(1_000_000));
    let forged = [
        ("accepted late", Action::AcceptOffer(permit.id.clone()), Event::OfferAccepted(permit.id.clone())),
        ("withdrawn", Action::Withdraw(permit.application.clone()), Event::Withdrawn(permit.application.clone())),
        ("dated ahead", Action::Apply(early.clone()), Event::Applied(early)),
    ];
    for (what, action, event) in forged {
        let mut district = world.district().clone();
        assert_eq!(audit::check(&district), Ok(()));
        let command = Command { id: "forged".parse().unwrap(), at: at.plus_seconds(72 * 3_600), action };
        assert!(district.decide(&command).is_err(), "{what}");
        district.apply(&Entry { command, events: vec![event] });
        assert!(audit::check(&district).is_err(), "{what} was not found");
    }
}

#[test]
fn the_last_admitted_has_the_ticket_that_counted_there() {
    use shared_parking::Ticket;
    let round = json!({ "mechanism": { "deferred-acceptance": "per-place" } });
    let mut world = World::new(300, &[(0, 1)], &[0], round);
    for name in ["ann", "bob", "cat", "dan"] {
        world.tell(0, &format!("apply {name} 0"));
    }
    world.tell(24, "round r1");
    let round = &world.district().rounds()[0];
    let permit = round.permits().next().unwrap();
    let there = Ticket::draw_at(round.seed, &round.season, &permit.resident, &permit.stretch);
    let bar = &round.published(1).bars[0];
    assert_eq!((bar.given, bar.tier, bar.points), (1, 1, 1)); // a day waited
    let left = ["ann", "bob", "cat", "dan"].into_iter().find(|name| permit.resident.as_str() != *name).unwrap();
    assert!(world.story(left).contains(&format!("ticket {there}")), "{}", world.story(left));
}

#[test]
fn a_place_that_had_to_be_kept_is_not_said_to_be_second_to_others() {
    let round = json!({ "renewal": { "within_days": 30, "place": "keep" } });
    let mut world = World::new(900, &[(25, 1), (600, 1)], &[590], round);
    world.play(
        "
           0 | apply ann 590 excluded k1 | ok
          24 | round r1                  | ann s0
        8700 | apply ann 590             | ok
        8701 | round r2                  | ann s0
    ",
    );
    assert!(!world.story("ann").contains("liked best"), "{}", world.story("ann"));
}
