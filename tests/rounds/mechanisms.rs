//! The same people by different mechanisms, and what they wish.

use super::world::World;
use serde_json::json;
use shared_parking::{Season, Ticket};

/// Ann (at 100 m) waits longest and could go to either stretch; Bob, at 0 m, reaches only the first.
fn two(round: serde_json::Value) -> World {
    let mut world = World::new(160, &[(50, 1), (200, 1)], &[0, 100], round);
    world.play(
        "
          0 | apply ann 100 | ok
         48 | apply bob 0   | ok
    ",
    );
    world
}

#[test]
fn optimal_moves_aside_who_can_serial_does_not() {
    let mut optimal = two(json!({}));
    optimal.play("100 | round r1 | ann s1, bob s0");
    assert!(optimal.story("ann").contains("all together do best"), "{}", optimal.story("ann"));

    let mut serial = two(json!({ "mechanism": "serial-dictatorship" }));
    serial.play("100 | round r1 | ann s0, bob 304");
    let story = serial.story("bob");
    assert!(story.contains("a position before 1"), "{story}");
    assert!(story.contains("304"), "{story}");
}

#[test]
fn points_for_the_pair_count_where_places_have_a_say() {
    let points = json!({ "for": "distance", "steps": [{ "within_m": 60, "points": 50 }], "beyond": 0 });
    for mechanism in [json!({ "deferred-acceptance": "single" }), json!("top-trading-cycles")] {
        let world = || {
            let round = json!({ "mechanism": mechanism });
            World::with_points(160, &[(50, 1), (200, 1)], &[0, 100, 110], round, Some(points.clone()))
        };
        // Ann at 110 m lies 60 m from the first stretch and 90 m from the second, Bob 50 m from the first.
        let mut deferred = world();
        deferred.play(
            "
              0 | apply ann 110 | ok
             48 | apply bob 0   | ok
            100 | round r1      | ann s0, bob 304
        ",
        );
        assert!(deferred.story("bob").contains("The last admitted to s0 stood in tier 1 with 54 points (50 of them"));
        // Ann stands first in the queue by three days, and the first stretch gives Bob fifty.
        let mut far = World::with_points(
            200,
            &[(50, 1), (200, 1)],
            &[0, 150],
            json!({ "mechanism": mechanism }),
            Some(points.clone()),
        );
        far.play(
            "
              0 | apply ann 150 ranked k0 | ok
             48 | apply bob 0             | ok
            100 | round r1                | ann s1, bob s0
        ",
        );
    }
}

#[test]
fn lots_for_each_place_are_drawn_by_resident_and_stretch() {
    let (season, names) = (Season::new("r1").unwrap(), ["a", "b", "c", "d", "e"]);
    // All wait equally long, and all like the first stretch best: there the two lowest of its own tickets count.
    let first = |per_place: bool| {
        let mut order = names.to_vec();
        order.sort_by_key(|name| {
            let resident = name.parse().unwrap();
            match per_place {
                true => Ticket::draw_at(1, &season, &resident, &"s0".parse().unwrap()),
                false => Ticket::draw(1, &season, &resident),
            }
        });
        order[..2].iter().map(|name| format!("{name} s0")).collect::<Vec<_>>()
    };
    assert_ne!(first(true), first(false), "a seed by which it matters");
    for (lots, per_place) in [("per-place", true), ("single", false)] {
        let round = json!({ "mechanism": { "deferred-acceptance": lots } });
        let mut world = World::new(300, &[(0, 2), (100, 2)], &[0, 10, 20, 30, 40], round);
        for (name, door) in names.iter().zip([0, 10, 20, 30, 40]) {
            world.play(&format!("0 | apply {name} {door} | ok"));
        }
        let told = world.tell(24, "round r1");
        assert!(first(per_place).iter().all(|seat| told.contains(seat)), "{lots}: {told}");
        world.play("");
    }
}

#[test]
fn streets_not_wanted_are_not_given() {
    for mechanism in ["optimal", "serial-dictatorship", "top-trading-cycles"] {
        let mut world = World::new(300, &[(450, 1), (550, 1)], &[480, 2000], json!({ "mechanism": mechanism }));
        world.play(
            "
              0 | apply ann 480 excluded k0    | ok
              1 | apply bob 480 excluded k0 k1 | ok
              2 | apply cat 480                | ok
              3 | apply dan 2000               | ok
              4 | apply eve 480 excluded k9    | 121
              4 | apply eve 480 ranked k0 k0   | 122
              4 | apply eve 480 ranked k0 excluded k0 | 122
        ",
        );
        world.play("4 | round r1 | ann s1, bob 305, cat s0, dan 301");
    }
}

#[test]
fn ranks_count_where_the_policy_says_so() {
    // The door is 40 m from s0 on k0 and 60 m from s1 and 160 m from s2 on k1.
    let stretches = [(460, 1), (560, 1), (660, 1)];
    for (cost, first, second) in [("walk", "s0", "s0"), ("rank", "s1", "s1"), ("rank-then-walk", "s1", "s1")] {
        let round = json!({ "mechanism": "serial-dictatorship", "cost": cost });
        let mut world = World::new(300, &stretches, &[500], round.clone());
        world.play(&format!("0 | apply ann 500 ranked k1 k0 | ok\n1 | round r1 | ann {first}"));
        // A street not on the list comes after those that are.
        let mut world = World::new(300, &stretches, &[500], round);
        world.play(&format!("0 | apply ann 500 ranked k1 | ok\n1 | round r1 | ann {second}"));
    }
    // By rank alone the two stretches of k1 are equal, and the total of ranks decides.
    let mut world = World::new(300, &stretches, &[500, 640], json!({ "cost": "rank-then-walk" }));
    world.play(
        "
          0 | apply ann 500 ranked k1 | ok
          1 | apply bob 640 ranked k1 | ok
          2 | round r1                | ann s1, bob s2
    ",
    );
}
